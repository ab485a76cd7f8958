/* The C half of torch.autograd.Function: `_FunctionBase` is the ctx that forward and backward
 * share, `record` puts what forward returned on the tape. The rules that need no tape stand in
 * src/torch/torch.autograd.function.py.
 *
 * The node owns the ctx and the ctx knows its node (weakly), so that ctx.saved_tensors reads what
 * the node kept, with versions checked.
 */
#include "config.h"

#include "tensorobj/tensorobj.h"
#include "torch/torch.h"
#include "tensorobj/args.h"
#include "torch/autograd.h"
#include "grad/custom.h"

typedef struct FunctionObj {
    Obj head;
    Dict *dict;
    Node *node; /* NULL before record and after the node's death */
} FunctionObj;

static FunctionObj *function_of(Value v) {
    return (FunctionObj *)v.o;
}

static void function_destroy(Obj *self) {
    dict_free(((FunctionObj *)self)->dict);
    ((FunctionObj *)self)->dict = NULL;
}

static void function_traverse(Obj *self, GcVisit visit, void *ctx) {
    FunctionObj *f = (FunctionObj *)self;
    if (f->dict) dict_traverse(f->dict, visit, ctx);
}

static bool function_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_obj(obj_new(cls));
    return true;
}

/* ---- what the node owns ---------------------------------------------------------------- */

typedef struct State {
    Interp *in;
    Value ctx;
    char *name;
    int nargs, nout;
    int *input; /* [nargs]: which of the node's inputs an argument is; -1: no tensor */
} State;

static void state_free(void *ctx) {
    State *s = ctx;
    function_of(s->ctx)->node = NULL;
    value_release(s->ctx);
    mem_free(s->name);
    mem_free(s->input);
    mem_free(s);
}

static bool wants_zeros(State *s, bool *yes, Err *err) {
    Value v;
    if (!value_getattr_cstr(s->in, s->ctx, "materialize_grads", &v, err)) return false;
    bool ok = value_truth(s->in, v, yes, err);
    value_release(v);
    return ok;
}

/* One argument of backward for each output. */
static bool gather_grads(State *s, Tensor *const *g, Value *out, Err *err) {
    Value grads = tuple_new(s->nout);
    bool zeros, ok = wants_zeros(s, &zeros, err);
    for (int i = 0; i < s->nout; i++) tuple_items(grads)[i] = VALUE_NONE;
    for (int i = 0; i < s->nout && ok; i++) {
        Tensor *t = g[i] ? tensor_retain(g[i]) : NULL;
        if (!t && zeros) ok = node_custom_zeros(function_of(s->ctx)->node, i, &t, err);
        if (t) tuple_items(grads)[i] = tensor_wrap_take(t);
    }
    if (ok)
        *out = grads;
    else
        value_release(grads);
    return ok;
}

/* More results than arguments are fine when the rest is None. */
static int64_t without_trailing(const State *s, const Value *items, int64_t n) {
    int64_t used = n;
    while (used > s->nargs && items[used - 1].tag == VT_NONE) used--;
    return used > s->nargs ? n : used;
}

static bool scatter_grads(const State *s, Value result, Tensor **gin, Err *err) {
    Value *items = &result;
    int64_t n = 1;
    if (value_isinstance(result, &type_tuple)) seq_items(result, &items, &n);
    n = without_trailing(s, items, n);
    if (n != s->nargs)
        return err_set(
            err, ERR_RUNTIME,
            "function %s returned an incorrect number of gradients (expected %d, got %lld)",
            s->name, s->nargs, (long long)n);
    for (int i = 0; i < s->nargs; i++) {
        if (items[i].tag == VT_NONE) continue;
        if (s->input[i] < 0)
            return err_set(err, ERR_RUNTIME,
                           "function %s returned a gradient different than None at position %d, "
                           "but the corresponding forward input was not a Variable",
                           s->name, i + 1);
        Tensor *t = value_tensor(items[i]);
        if (!t)
            return err_set(err, ERR_RUNTIME, "expected Variable or None (got %s)",
                           value_type(items[i])->name);
        gin[s->input[i]] = tensor_retain(t);
    }
    return true;
}

static bool state_run(void *ctx, Tensor *const *g, Tensor **gin, Err *err) {
    State *s = ctx;
    Value grads, result;
    if (!gather_grads(s, g, &grads, err)) return false;
    bool ok = value_call_method(s->in, s->ctx, "_run_backward", tuple_items(grads), s->nout,
                                &result, err);
    value_release(grads);
    if (!ok) return false;
    ok = scatter_grads(s, result, gin, err);
    value_release(result);
    return ok;
}

/* ---- record -------------------------------------------------------------------------------- */

/* The tensors of a tuple, NULL where something else stands; mem_free. */
static Tensor **tensors_of(Value tuple, int *n) {
    int64_t count = tuple_count(tuple);
    Tensor **t = mem_zero(sizeof *t * (size_t)(count + 1));
    for (int64_t i = 0; i < count; i++) t[i] = value_tensor(tuple_items(tuple)[i]);
    *n = (int)count;
    return t;
}

static bool holds(Value tuple, const Tensor *t) {
    for (int64_t i = 0; t && i < tuple_count(tuple); i++)
        if (value_tensor(tuple_items(tuple)[i]) == t) return true;
    return false;
}

static State *state_new(Interp *in, Value ctx, const char *name, Value args, int nout,
                        Tensor **inputs, int *nin) {
    State *s = mem_zero(sizeof *s);
    s->in = in;
    s->ctx = value_retain(ctx);
    s->name = mem_strdup(name);
    s->nargs = (int)tuple_count(args);
    s->nout = nout;
    s->input = mem_zero(sizeof *s->input * (size_t)(s->nargs + 1));
    *nin = 0;
    for (int i = 0; i < s->nargs; i++) {
        Tensor *t = value_tensor(tuple_items(args)[i]);
        s->input[i] = t ? *nin : -1;
        if (t) inputs[(*nin)++] = t;
    }
    return s;
}

/* _record(ctx, name, args, outputs, saved, dirty, plain): tuples of what they say. */
static bool do__record(Interp *in, Value *args, Value *out, Err *err) {
    const char *name;
    int nin, nout, nsave;
    if (!ARG_STR(1, &name)) return false;
    for (int i = 2; i < 7; i++)
        if (!value_isinstance(args[i], &type_tuple))
            return arg_wrong(__func__, i, "tuple", args[i], err);
    Tensor **outs = tensors_of(args[3], &nout), **save = tensors_of(args[4], &nsave);
    Tensor **ins = tensors_of(args[2], &nin);
    CustomOutput *how = mem_zero(sizeof *how * (size_t)(nout + 1));
    State *s = state_new(in, args[0], name, args[2], nout, ins, &nin);
    for (int i = 0; i < nout; i++) {
        how[i] = holds(args[6], outs[i])   ? CUSTOM_PLAIN
                 : holds(args[5], outs[i]) ? CUSTOM_DIRTY
                                           : CUSTOM_FRESH;
        if (outs[i]) tensor_retain(outs[i]);
    }
    GradCustom fn = {.name = s->name, .vjp = state_run, .free = state_free, .ctx = s};
    bool ok = grad_custom(&fn, nin, ins, nsave, save, nout, outs, how, err);
    Value result = tuple_new(nout);
    for (int i = 0; i < nout; i++) {
        Value was = tuple_items(args[3])[i];
        bool same = !outs[i] || outs[i] == value_tensor(was);
        if (same) tensor_release(outs[i]);
        tuple_items(result)[i] = same ? value_retain(was) : tensor_wrap_take(outs[i]);
        if (ok && outs[i] && how[i] != CUSTOM_PLAIN &&
            grad_fn(value_tensor(tuple_items(result)[i])))
            function_of(args[0])->node = grad_fn(value_tensor(tuple_items(result)[i]));
    }
    mem_free(outs);
    mem_free(save);
    mem_free(ins);
    mem_free(how);
    if (ok)
        *out = result;
    else
        value_release(result);
    return ok;
}

/* ---- ctx ------------------------------------------------------------------------------------ */

static bool do_saved_tensors(Interp *in, Value *args, Value *out, Err *err) {
    Node *n = function_of(args[0])->node;
    Tensor *const *saved = NULL;
    int count = 0;
    UNUSED(in);
    if (n && !node_custom_saved(n, &count, &saved, err)) return false;
    *out = tuple_new(count);
    for (int i = 0; i < count; i++)
        tuple_items(*out)[i] = saved[i] ? tensor_wrap_take(tensor_retain(saved[i])) : VALUE_NONE;
    return true;
}

Value function_ctx(const Node *n) {
    State *s = node_custom_ctx(n);
    return s ? s->ctx : VALUE_UNSET;
}

static const NativeRow function_rows[] = {
    {"saved_tensors(self) -> tuple", do_saved_tensors, NATIVE_PROPERTY,
     "What save_for_backward kept.", NULL},
    {0},
};

Type type_function_base = {
    .name = "_FunctionBase",
    .module = "torch._C",
    .doc = "What forward and backward of a torch.autograd.Function share.",
    .methods = function_rows,
    .size = sizeof(FunctionObj),
    .dict_offset = offsetof(FunctionObj, dict),
    .flags = TYPE_BASE | TYPE_GC,
    .destroy = function_destroy,
    .traverse = function_traverse,
    .create = function_create,
    .hash = obj_hash_identity,
};

const NativeRow torch_c_rows[] = {
    {"_record(ctx, name: str, args, outputs, saved, dirty, plain) -> tuple", do__record, 0,
     "Puts the outputs of a Function's forward on the tape.", NULL},
    {0},
};
