/* The module's definition and what its topics share; see qkv.h. */
#include "config.h"

#include "toolkit/qkv.h"

#include "tensorobj/array.h"
#include "value/obj.h"

bool labels_from(Interp *in, Value v, Labels *out, Err *err) {
    *out = (Labels){0};
    if (v.tag == VT_NONE || v.tag == VT_UNSET) return true;
    Value list = VALUE_UNSET;
    if (value_is(v, &type_str)) {
        if (!value_call_method(in, v, "split", NULL, 0, &list, err)) return false;
    } else if (!seq_collect(in, v, &list, err))
        return false;
    size_t n = (size_t)list_count(list);
    out->items = mem_zero(sizeof *out->items * (n + 1));
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        Str s = STR_INIT;
        ok = value_str(in, list_items(list)[i], &s, err);
        out->items[out->count++] = str_detach(&s);
    }
    value_release(list);
    if (!ok) labels_clear(out);
    return ok;
}

void labels_clear(Labels *l) {
    for (size_t i = 0; i < l->count; i++) mem_free(l->items[i]);
    mem_free(l->items);
    *l = (Labels){0};
}

static void tensor_numbers(const Tensor *t, double **out, size_t *n) {
    int64_t index[TENSOR_MAX_DIM] = {0};
    *n = (size_t)tensor_numel(t);
    *out = mem_alloc(sizeof **out * (*n + 1));
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = tensor_get_f64(t, index);
        for (int d = t->ndim - 1; d >= 0 && ++index[d] == t->shape[d]; d--) index[d] = 0;
    }
}

bool numbers_from(Interp *in, Value v, double **out, size_t *n, Err *err) {
    Tensor *t = tensor_peek(v);
    if (t) {
        tensor_numbers(t, out, n);
        return true;
    }
    Value list = VALUE_UNSET;
    if (!seq_collect(in, v, &list, err)) return false;
    size_t count = (size_t)list_count(list);
    double *nums = mem_alloc(sizeof *nums * (count + 1));
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = value_to_float(in, list_items(list)[i], &nums[i], err);
    value_release(list);
    if (!ok) {
        mem_free(nums);
        return false;
    }
    *out = nums;
    *n = count;
    return true;
}

bool qkv_tensor(Value v, const char *fn, const char *param, Tensor **out, Err *err) {
    *out = tensor_peek(v);
    if (*out) return true;
    err_set(err, ERR_TYPE, "qkv.%s: %s must be a tensor, not %s", fn, param, value_type(v)->name);
    return err_hint(err, "torch.tensor(...) makes one");
}

static NativeRow all_rows[64];

/* One table for the module, put together from the topics'. */
static void gather_rows(void) {
    static const NativeRow *const tables[] = {
#define X(table) table,
        QKV_TABLES(X)
#undef X
    };
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        for (const NativeRow *r = tables[i]; r->sig; r++) {
            if (n + 1 >= ARRAY_LEN(all_rows)) BUG("more rows in qkv than its table holds");
            all_rows[n++] = *r;
        }
}

extern const ModuleText toolkit_texts[];

void qkv_install(Interp *in) {
    static const ModuleDef defs[] = {
        {.name = "qkv", .rows = all_rows},
        {.name = "safetensors.torch", .rows = safetensors_rows},
        {0},
    };
    if (!all_rows[0].sig) gather_rows();
    interp_modules_define(in, toolkit_texts, defs);
    ledger_install(in);
}
