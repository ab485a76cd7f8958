/* Tuples with more to them: torch.Size, and torch.return_types, whose fields have names. See
 * types.h. */
#include "config.h"

#include "tensorobj/types.h"

#include <string.h>

#include "eval/native.h"
#include "value/number.h"
#include "tensorobj/args.h"

/* ---- Size: a tuple of ints with a repr and numel ----------------------------------------- */

static bool size_repr(Interp *in, Value self, Str *out, Err *err) {
    int64_t n = tuple_count(self);
    str_add(out, "torch.Size([");
    for (int64_t i = 0; i < n; i++) {
        if (i) str_add(out, ", ");
        if (!value_repr(in, tuple_items(self)[i], out, err)) return false;
    }
    str_add(out, "])");
    return true;
}

static TupleObj *size_alloc(Type *type, int64_t n) {
    TupleObj *t = obj_new_var(type, sizeof *t + sizeof(Value) * (size_t)n);
    t->count = n;
    return t;
}

Value size_new(int n, const int64_t *shape) {
    TupleObj *t = size_alloc(&type_size, n);
    for (int i = 0; i < n; i++) t->items[i] = value_int(shape[i]);
    return value_obj(t);
}

/* Any number of ints, as PyTorch takes them: what has no __index__ is refused by its place. */
static bool size_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    if (args->npos > 1 || args->nkw)
        return err_set(err, ERR_TYPE, "torch.Size() takes one sequence of ints");
    Value list = list_new();
    if (args->npos) {
        value_release(list);
        if (!seq_collect(in, args->pos[0], &list, err)) return false;
    }
    TupleObj *t = size_alloc(&type_size, list_count(list));
    bool ok = true;
    for (int64_t i = 0; i < t->count; i++) {
        Value item =
            i < list_count(list) ? list_items(list)[i] : VALUE_NONE; /* __index__ runs code */
        int64_t size = 0;
        bool is_index = false;
        ok = ok && index_try(in, item, &size, &is_index, err);
        if (ok && (!is_index || item.tag == VT_BOOL))
            ok = err_set(err, ERR_TYPE,
                         "torch.Size() takes an iterable of 'int' (item %lld is '%s')",
                         (long long)i, value_type(item)->name);
        t->items[i] = value_int(size);
    }
    value_release(list);
    *out = value_obj(t);
    if (!ok) value_release(*out);
    return ok;
}

/* Slices of a Size are Sizes, as in PyTorch. */
static bool size_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    int64_t start, step, count;
    TupleObj *t;
    if (!value_is(key, &type_slice)) return type_tuple.getitem(in, self, key, out, err);
    if (!slice_resolve(in, key, tuple_count(self), &start, &step, &count, err)) return false;
    t = size_alloc(&type_size, count);
    for (int64_t i = 0; i < count; i++) {
        t->items[i] = value_retain(tuple_items(self)[start + i * step]);
    }
    *out = value_obj(t);
    return true;
}

/* Size + tuple is a Size. */
static bool size_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    TupleObj *t;
    int64_t n;
    if (op != OP_ADD || !value_is(a, &type_size) || !value_isinstance(b, &type_tuple)) {
        return type_tuple.binary(in, op, a, b, out, err);
    }
    n = tuple_count(a);
    t = size_alloc(&type_size, n + tuple_count(b));
    for (int64_t i = 0; i < t->count; i++) {
        t->items[i] = value_retain(i < n ? tuple_items(a)[i] : tuple_items(b)[i - n]);
    }
    *out = value_obj(t);
    return true;
}

static bool do_numel(Interp *in, Value *args, Value *out, Err *err) {
    int64_t product = 1;
    for (int64_t i = 0; i < tuple_count(args[0]); i++) {
        int64_t d;
        if (!value_to_int(in, tuple_items(args[0])[i], &d, err)) return false;
        if (__builtin_mul_overflow(product, d, &product))
            return err_set(err, ERR_RUNTIME, "numel: integer multiplication overflow");
    }
    *out = value_int(product);
    return true;
}

static const NativeRow size_rows[] = {
    {"numel(self) -> int", do_numel, 0, "The number of elements of a tensor of this shape.",
     ">>> torch.zeros(2, 3).shape.numel()\n6"},
    {0},
};

Type type_size;

/* ---- return_types: tuples whose fields have names ---------------------------------------- */

static Type type_return;

typedef struct ReturnObj {
    const ReturnKind *kind; /* behind the items, see return_kind */
} ReturnObj;

/* The kind stands after the last item, so that the tuple's own code works on it. */
static const ReturnKind *return_kind(Value v) {
    ReturnObj tail;
    memcpy(&tail, tuple_items(v) + tuple_count(v), sizeof tail);
    return tail.kind;
}

Value return_tuple_take(const ReturnKind *kind, const Value *items) {
    TupleObj *t =
        obj_new_var(&type_return, sizeof *t + sizeof(Value) * (size_t)kind->n + sizeof(ReturnObj));
    ReturnObj tail = {kind};
    t->count = kind->n;
    memcpy(t->items, items, sizeof *items * (size_t)kind->n);
    memcpy(t->items + kind->n, &tail, sizeof tail);
    return value_obj(t);
}

static bool return_repr(Interp *in, Value self, Str *out, Err *err) {
    const ReturnKind *kind = return_kind(self);
    str_printf(out, "torch.return_types.%s(", kind->name);
    for (int i = 0; i < kind->n; i++) {
        str_printf(out, "%s\n%s=", i ? "," : "", kind->fields[i]);
        if (!value_repr(in, tuple_items(self)[i], out, err)) return false;
    }
    str_addc(out, ')');
    return true;
}

/* copy.deepcopy of each field under the same memo. */
static bool return_deepcopy(Interp *in, Value *args, Value *out, Err *err) {
    const ReturnKind *kind = return_kind(args[0]);
    Value copy, items[ARRAY_LEN(kind->fields)];
    int n = 0;
    if (!interp_import(in, "copy", &copy, err)) return false;
    for (; n < kind->n; n++) {
        Value pos[] = {tuple_items(args[0])[n], args[1]};
        if (!value_call_method(in, copy, "deepcopy", pos, 2, &items[n], err)) break;
    }
    value_release(copy);
    if (n == kind->n) {
        *out = return_tuple_take(kind, items);
        return true;
    }
    for (int i = 0; i < n; i++) value_release(items[i]);
    return false;
}

static const NativeRow return_rows[] = {
    {"__deepcopy__(self, memo)", return_deepcopy, 0, "For copy.deepcopy.", NULL},
    {0},
};

static bool return_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    const ReturnKind *kind = return_kind(self);
    UNUSED(in), UNUSED(err);
    for (int i = 0; i < kind->n; i++) {
        if (!strcmp(name->s, kind->fields[i])) *out = value_retain(tuple_items(self)[i]);
    }
    return true;
}

/* ---- the types ------------------------------------------------------------------------------ */

/* A type that is a tuple but for the slots that are set afterwards. */
static void tuple_like(Type *t, const char *name) {
    *t = type_tuple;
    t->name = name;
    t->module = "torch";
    t->base = &type_tuple;
    t->attrs = NULL;
    t->methods = NULL;
    t->create = NULL;
    t->mro = NULL;
    t->nmro = 0;
    t->flags &= ~(unsigned)(TYPE_READY | TYPE_BASE);
    t->str = NULL;
}

void tuple_types_install(void) {
    if (type_size.name) return;
    type_ready(&type_tuple);
    tuple_like(&type_size, "Size");
    type_size.methods = size_rows;
    type_size.doc = "The shape of a tensor: a tuple of ints.";
    type_size.create = size_create;
    type_size.repr = size_repr;
    type_size.getitem = size_getitem;
    type_size.binary = size_binary;
    tuple_like(&type_return, "return_types");
    type_return.doc = "Several results with names, such as (values, indices).";
    type_return.methods = return_rows;
    type_return.repr = return_repr;
    type_return.getattr = return_getattr;
}
