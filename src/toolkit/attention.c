/* qkv.attention: a kernel of the engine by name, with its pattern, and what it did. */
#include "config.h"

#include <math.h>

#include "attn/kernel.h"
#include "attn/mask.h"
#include "attn/shape.h"
#include "toolkit/qkv.h"
#include "tensorobj/tensorobj.h"
#include "value/obj.h"
#include "grad/ops.h"
#include "tensor/copy.h"

/* Positions of the signature's parameters. */
enum {
    ARG_Q,
    ARG_K,
    ARG_V,
    ARG_MASK,
    ARG_CAUSAL,
    ARG_SCALE,
    ARG_WINDOW,
    ARG_DILATION,
    ARG_SINKS,
    ARG_LENGTHS,
    ARG_ALIBI,
    ARG_LAYOUT,
    ARG_BLOCK,
    ARG_BIAS,
    ARG_KERNEL,
    ARG_WEIGHTS,
    ARG_LSE,
    ARG_STATS,
    ARG_FLOAT64
};

/* One call: what the arguments were made into. */
typedef struct Call {
    AttnArgs a;
    AttnShape size;
    const AttnKernel *kernel;
    bool want_stats;
    /* owned: what a borrows */
    Tensor *mask, *layout;
    int64_t *lengths;
    float *slopes;
} Call;

static bool is_true(Value v) {
    return v.tag == VT_BOOL && v.b;
}

static void call_clear(Call *c) {
    tensor_release(c->mask);
    tensor_release(c->layout);
    mem_free(c->lengths);
    mem_free(c->slopes);
}

/* ---- arguments -------------------------------------------------------------------------- */

static bool read_causal(Value v, AttnArgs *a, Err *err) {
    a->bottom_right = str_eq_cstr(v, "bottom-right");
    a->causal = is_true(v) || a->bottom_right || str_eq_cstr(v, "top-left");
    if (a->causal || v.tag == VT_BOOL || v.tag == VT_NONE) return true;
    err_set(err, ERR_VALUE, "qkv.attention: causal must be a bool, 'top-left' or 'bottom-right'");
    return err_hint(err, "they differ when queries and keys differ in number: True and 'top-left' "
                         "put the first query at the first key");
}

/* None: open. */
static bool read_side(Interp *in, Value v, int64_t *keys, Err *err) {
    *keys = -1;
    if (v.tag == VT_NONE) return true;
    if (!value_to_int(in, v, keys, err)) return false;
    if (*keys >= 0) return true;
    err_set(err, ERR_VALUE, "qkv.attention: a window has 0 keys or more on a side, got %lld",
            (long long)*keys);
    return err_hint(err, "None leaves a side open: window=(128, None)");
}

/* w, or (before, after). */
static bool read_window(Interp *in, Value v, AttnPattern *p, Err *err) {
    if (v.tag == VT_NONE) return true;
    p->windowed = true;
    if (!value_is(v, &type_tuple) && !value_is(v, &type_list)) {
        if (!read_side(in, v, &p->before, err)) return false;
        p->after = p->before;
        return true;
    }
    Value list = VALUE_UNSET;
    if (!seq_collect(in, v, &list, err)) return false;
    bool ok = list_count(list) == 2 && read_side(in, list_items(list)[0], &p->before, err) &&
              read_side(in, list_items(list)[1], &p->after, err);
    if (!ok && !err->kind)
        err_set(err, ERR_VALUE, "qkv.attention: window must be keys per side or (before, after)");
    value_release(list);
    return ok;
}

static bool read_lengths(Interp *in, Value v, Call *c, Err *err) {
    size_t n;
    if (!ints_from(in, v, &c->lengths, &n, err)) return false;
    c->a.pattern.lengths = c->lengths;
    if (!c->lengths || (int64_t)n == c->size.B) return true;
    return err_set(err, ERR_VALUE,
                   "qkv.attention: lengths wants one number a sequence, %lld, got %zu",
                   (long long)c->size.B, n);
}

/* True: the paper's slopes; else a number a head. */
static bool read_alibi(Interp *in, Value v, Call *c, Err *err) {
    if (v.tag == VT_NONE || (v.tag == VT_BOOL && !v.b)) return true;
    double *given = NULL;
    size_t n = 0;
    if (!is_true(v) && !numbers_from(in, v, &given, &n, err)) return false;
    bool ok = is_true(v) || (int64_t)n == c->size.H;
    c->slopes = mem_alloc(sizeof *c->slopes * (size_t)(c->size.H + 1));
    c->a.pattern.slopes = c->slopes;
    if (is_true(v)) attn_alibi_slopes(c->size.H, c->slopes);
    for (size_t h = 0; ok && h < n; h++) c->slopes[h] = (float)given[h];
    mem_free(given);
    if (ok) return true;
    return err_set(err, ERR_VALUE,
                   "qkv.attention: alibi must be True or one slope a head, %lld, got %zu",
                   (long long)c->size.H, n);
}

static bool misfit_layout(const Call *c, const Tensor *t, Err *err) {
    Str s = STR_INIT;
    shape_str(&s, t->ndim, t->shape);
    err_set(err, ERR_VALUE,
            "qkv.attention: a layout of %s bools does not divide %lld queries and %lld keys into "
            "blocks of %lld",
            str_cstr(&s), (long long)c->size.T, (long long)c->size.S,
            (long long)c->a.pattern.block);
    str_clear(&s);
    return err_hint(err, "wanted (blocks of queries, blocks of keys) or (heads, the same); "
                         "qkv.layout makes one");
}

static bool read_layout(Interp *in, Value v, Value block, Call *c, Err *err) {
    Tensor *t;
    AttnPattern *p = &c->a.pattern;
    if (v.tag == VT_NONE) {
        if (block.tag == VT_NONE) return true;
        return err_set(err, ERR_VALUE, "qkv.attention: block goes with layout, which is missing");
    }
    if (!qkv_tensor(v, "attention", "layout", &t, err)) return false;
    int64_t n = t->ndim, rows = n >= 2 ? t->shape[n - 2] : 0;
    if (block.tag == VT_NONE)
        p->block = rows ? (c->size.T + rows - 1) / rows : 0;
    else if (!value_to_int(in, block, &p->block, err))
        return false;
    if (n < 2 || n > 3 || p->block < 1 || rows != (c->size.T + p->block - 1) / p->block ||
        t->shape[n - 1] != (c->size.S + p->block - 1) / p->block)
        return misfit_layout(c, t, err);
    p->layout_heads = n == 3 ? t->shape[0] : 1;
    if (!tensor_clone_contiguous(t, DT_BOOL, &c->layout, err)) return false;
    p->layout = tensor_data(c->layout);
    return true;
}

/* A bool mask and a bias that is added, as the one operand that kernels take. */
static bool read_mask(Value mask, Value bias, Call *c, Err *err) {
    Tensor *m = NULL, *b = NULL, *hidden = NULL;
    if (mask.tag != VT_NONE && !qkv_tensor(mask, "attention", "mask", &m, err)) return false;
    if (bias.tag != VT_NONE && !qkv_tensor(bias, "attention", "bias", &b, err)) return false;
    if (b && !dtype_is_float((DType)b->dtype)) {
        err_set(err, ERR_TYPE, "qkv.attention: bias must be floating, got torch.%s",
                dtype_name((DType)b->dtype));
        return err_hint(err, "what hides keys goes into mask: True = may attend");
    }
    if (m && b && m->dtype == DT_BOOL) {
        bool ok =
            mask_to_bias(m, (DType)b->dtype, &hidden, err) && op_add(hidden, b, 1, &c->mask, err);
        tensor_release(hidden);
        c->a.mask = c->mask;
        return ok;
    }
    if (m && b) return op_add(m, b, 1, &c->mask, err) && (c->a.mask = c->mask);
    c->a.mask = m ? m : b;
    return true;
}

static bool unknown_kernel(Value v, Err *err) {
    Str names = STR_INIT;
    for (int i = 0; i < attn_kernel_count; i++) str_printf(&names, ", %s", attn_kernels[i].name);
    err_set(err, ERR_VALUE, "qkv.attention: there is no kernel %s%s%s",
            value_is(v, &type_str) ? "'" : "of type ",
            value_is(v, &type_str) ? str_of(v)->s : value_type(v)->name,
            value_is(v, &type_str) ? "'" : "");
    err_hint(err, "kernels are auto%s: see qkv.kernels()", str_cstr(&names));
    str_clear(&names);
    return false;
}

static bool read_kernel(Value v, Call *c, Err *err) {
    if (str_eq_cstr(v, "auto"))
        c->kernel = attn_kernel_choose(&c->a);
    else if (value_is(v, &type_str))
        c->kernel = attn_kernel_find(str_of(v)->s);
    return c->kernel || unknown_kernel(v, err);
}

static bool read_call(Interp *in, Value *args, Call *c, Err *err) {
    Tensor *q, *k, *v;
    if (!qkv_tensor(args[ARG_Q], "attention", "q", &q, err) ||
        !qkv_tensor(args[ARG_K], "attention", "k", &k, err) ||
        !qkv_tensor(args[ARG_V], "attention", "v", &v, err))
        return false;
    c->a = attn_args(q, k, v);
    AttnPattern *p = &c->a.pattern;
    if (!attn_shape(&c->a, &c->size, err)) return false;
    if (args[ARG_SCALE].tag != VT_NONE && !value_to_float(in, args[ARG_SCALE], &c->a.scale, err))
        return false;
    c->a.want_weights = is_true(args[ARG_WEIGHTS]);
    c->a.want_lse = is_true(args[ARG_LSE]);
    c->a.f64 = is_true(args[ARG_FLOAT64]);
    c->want_stats = is_true(args[ARG_STATS]);
    if (!read_causal(args[ARG_CAUSAL], &c->a, err) || !read_window(in, args[ARG_WINDOW], p, err) ||
        !value_to_int(in, args[ARG_DILATION], &p->step, err) ||
        !value_to_int(in, args[ARG_SINKS], &p->sinks, err) ||
        !read_lengths(in, args[ARG_LENGTHS], c, err) || !read_alibi(in, args[ARG_ALIBI], c, err) ||
        !read_layout(in, args[ARG_LAYOUT], args[ARG_BLOCK], c, err) ||
        !read_mask(args[ARG_MASK], args[ARG_BIAS], c, err))
        return false;
    if (p->step < 1)
        return err_set(err, ERR_VALUE, "qkv.attention: dilation must be at least 1, got %lld",
                       (long long)p->step);
    if (p->sinks && !p->windowed && p->step == 1) {
        err_set(err, ERR_VALUE,
                "qkv.attention: sinks go with a window or a dilation, which are missing");
        return err_hint(err, "sinks=4, window=(1024, 0), causal=True");
    }
    return read_kernel(args[ARG_KERNEL], c, err);
}

/* ---- results ---------------------------------------------------------------------------- */

static void warn_dead(Interp *in, int64_t rows) {
    Str text = STR_INIT;
    Sink *s = interp_sink(in);
    str_printf(&text,
               "%lld quer%s with every key masked: output 0 there, as "
               "scaled_dot_product_attention has it; the plain formula gives nan",
               (long long)rows, rows == 1 ? "y" : "ies");
    View *note = view_note(VIEW_WARNING, str_cstr(&text));
    if (s && s->show) s->show(s, note);
    view_release(note);
    str_clear(&text);
}

static Value stats_dict(const Call *c, const AttnOut *o) {
    const AttnShape *z = &c->size;
    const struct {
        const char *name;
        int64_t value;
    } rows[] = {{"scores", z->B * z->H * z->T * z->S},
                {"computed", o->scores_computed},
                {"kept", o->scores_kept},
                {"tiles", o->tiles},
                {"skipped", o->skipped},
                {"scratch", o->scratch},
                {"hidden_queries", o->dead_rows}};
    Value d = dict_value_new(), name = str_value_cstr(c->kernel->name);
    dict_set_cstr(dict_of(d), "kernel", name);
    value_release(name);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        dict_set_cstr(dict_of(d), rows[i].name, value_int(rows[i].value));
    return d;
}

/* The output, or a tuple of it and what else was asked for. */
static Value results(const Call *c, AttnOut *o) {
    Value got[4];
    int n = 0;
    Tensor **tensors[] = {&o->out, &o->weights, &o->lse};
    for (size_t i = 0; i < ARRAY_LEN(tensors); i++) {
        if (!*tensors[i]) continue;
        got[n++] = tensor_wrap_take(*tensors[i]);
        *tensors[i] = NULL;
    }
    if (c->want_stats) got[n++] = stats_dict(c, o);
    if (n == 1) return got[0];
    Value all = tuple_new(n);
    for (int i = 0; i < n; i++) tuple_items(all)[i] = got[i];
    return all;
}

static bool do_attention(Interp *in, Value *args, Value *out, Err *err) {
    Call c = {0};
    AttnOut o = {0};
    bool ok = read_call(in, args, &c, err) && attn_run_kernel(c.kernel, &c.a, &o, err);
    if (ok) {
        if (o.dead_rows) warn_dead(in, o.dead_rows);
        *out = results(&c, &o);
        attn_out_clear(&o);
    }
    call_clear(&c);
    return ok;
}

/* [(name, help), ...] */
static bool do_kernels(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    Value list = list_new();
    for (int i = 0; i < attn_kernel_count; i++) {
        Value row = tuple_new(2);
        tuple_items(row)[0] = str_value_cstr(attn_kernels[i].name);
        tuple_items(row)[1] = str_value_cstr(attn_kernels[i].help);
        list_push_take(list, row);
    }
    *out = list;
    return true;
}

static bool do_alibi_slopes(Interp *in, Value *args, Value *out, Err *err) {
    int64_t heads;
    Tensor *t = NULL;
    if (!value_to_int(in, args[0], &heads, err)) return false;
    if (heads < 1 || heads > 65536)
        return err_set(err, ERR_VALUE, "qkv.alibi_slopes: wanted 1 to 65536 heads, got %lld",
                       (long long)heads);
    if (!tensor_empty(DT_F32, 1, &heads, &t, err)) return false;
    attn_alibi_slopes(heads, tensor_data(t));
    *out = tensor_wrap_take(t);
    return true;
}

const NativeRow qkv_attention_rows[] = {
    {"attention(q: Tensor, k: Tensor, v: Tensor, mask=None, causal=False, scale=None, window=None, "
     "dilation: int = 1, sinks: int = 0, lengths=None, alibi=None, layout=None, block=None, "
     "bias=None, "
     "kernel='auto', need_weights=False, return_lse=False, stats=False, float64=False)",
     do_attention, NATIVE_PRINTS,
     "softmax(q kᵀ·scale + bias) v by a kernel of the engine, outside the tape; q (..., H, T, D), "
     "k and v (..., G, S, D), G dividing H. mask: bool, True = attends, or floats that are added. "
     "Patterns need no mask tensor: causal (True or 'top-left', 'bottom-right'); window, keys on "
     "each side or (before, after), None for an open side; dilation, only keys at its multiples "
     "from the query; sinks, first keys that are seen whatever window and dilation say (Xiao et "
     "al. 2024); "
     "lengths, real keys of each sequence; alibi, True or a slope a head; layout, "
     "bool (T/block, S/block) or (H, ...), which blocks are seen. kernel: one of qkv.kernels(), "
     "or 'auto'. A query with every key hidden gives 0 and a warning. need_weights, return_lse "
     "and stats add the weights, the log-sum-exp of each query (nats) and a dict of what was "
     "measured: kernel, scores (all pairs), computed, kept, tiles, skipped, scratch (bytes), "
     "hidden_queries. Vaswani et al. 2017, eq. 1.",
     ">>> x = torch.eye(4)\n>>> qkv.attention(x, x, x, causal=True, kernel='naive', "
     "stats=True)[1]['kept']\n10\n"},
    {"kernels() -> list", do_kernels, 0, "(name, help) of every kernel that qkv.attention takes.",
     ">>> qkv.kernels()[0][0]\n'naive'\n"},
    {"alibi_slopes(heads: int) -> Tensor", do_alibi_slopes, 0,
     "The slopes of attention with linear biases, one a head: 2^(-8 h/H) for h = 1..H where H is "
     "a power of two. Press et al. 2022, section 3.",
     ">>> qkv.alibi_slopes(4)\ntensor([0.2500, 0.0625, 0.0156, 0.0039])\n"},
    {0},
};
