/* Autograd as the user sees it: backward, grad, requires_grad_, hooks, and the
 * switches no_grad, enable_grad, set_grad_enabled, inference_mode.
 */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "torch/autograd.h"
#include "eval/vm.h"
#include "grad/tape.h"

/* ---- backward and grad ------------------------------------------------------------- */

static bool do_backward(Interp *in, Value *args, Value *out, Err *err) {
    enum { SELF, GRADIENT, RETAIN_GRAPH, CREATE_GRAPH, INPUTS };
    Tensor *x, *seed;
    bool retain, create;
    if (!ARG_TENSOR(SELF, &x) ||
        !arg_tensor_or_none(__func__, GRADIENT, args[GRADIENT], &seed, err) ||
        !ARG_BOOL(RETAIN_GRAPH, &retain) || !ARG_BOOL(CREATE_GRAPH, &create)) {
        return false;
    }
    if (create) {
        return err_set(err, ERR_NOTIMPL,
                       "backward(create_graph=True): qkv has no second derivatives");
    }
    if (args[INPUTS].tag != VT_NONE) {
        err_set(err, ERR_NOTIMPL, "backward(inputs=...) is not in qkv");
        return err_hint(err, "torch.autograd.grad(loss, inputs) gives these gradients alone");
    }
    if (!grad_backward(1, &x, &seed, retain, err)) return false;
    *out = VALUE_NONE;
    return true;
}

/* One tensor or a sequence of them (None allowed inside when seeds). */
typedef struct Some {
    Tensor **t;
    int n;
} Some;

static bool some(Value v, const char *what, bool none_ok, Some *s, Err *err) {
    Value *items, one[1] = {v};
    int64_t n;
    if (!seq_items(v, &items, &n)) items = one, n = 1;
    s->t = mem_zero(sizeof *s->t * (size_t)(n ? n : 1));
    s->n = (int)n;
    for (int64_t i = 0; i < n; i++) {
        s->t[i] = value_tensor(items[i]);
        if (s->t[i] || (none_ok && items[i].tag == VT_NONE)) continue;
        mem_free(s->t);
        s->t = NULL;
        return err_set(err, ERR_TYPE, "autograd.grad: %s must be tensors, got %s", what,
                       value_type(items[i])->name);
    }
    return true;
}

/* autograd.grad(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused) */
static bool do_grad(Interp *in, Value *args, Value *out, Err *err) {
    enum { OUTPUTS, INPUTS, GRAD_OUTPUTS, RETAIN_GRAPH, CREATE_GRAPH, ALLOW_UNUSED };
    Some ys, xs, seeds = {0};
    Tensor **grads = NULL;
    bool retain, create, unused, ok;
    if (!ARG_BOOL(RETAIN_GRAPH, &retain) || !ARG_BOOL(CREATE_GRAPH, &create) ||
        !ARG_BOOL(ALLOW_UNUSED, &unused))
        return false;
    if (create) {
        return err_set(err, ERR_NOTIMPL,
                       "autograd.grad(create_graph=True): qkv has no second derivatives");
    }
    if (!some(args[OUTPUTS], "outputs", false, &ys, err)) return false;
    if (!some(args[INPUTS], "inputs", false, &xs, err)) {
        mem_free(ys.t);
        return false;
    }
    ok = args[GRAD_OUTPUTS].tag == VT_NONE ||
         some(args[GRAD_OUTPUTS], "grad_outputs", true, &seeds, err);
    if (ok && seeds.t && seeds.n != ys.n)
        ok = err_set(err, ERR_RUNTIME, "got %d tensors and %d gradients", ys.n, seeds.n);
    grads = mem_zero(sizeof *grads * (size_t)(xs.n + 1));
    ok = ok && grad_compute(ys.n, ys.t, seeds.t, xs.n, xs.t, retain, unused, grads, err);
    if (ok) {
        *out = tuple_new(xs.n);
        for (int i = 0; i < xs.n; i++) {
            tuple_items(*out)[i] = grads[i] ? tensor_wrap_take(grads[i]) : VALUE_NONE;
        }
    }
    mem_free(grads);
    mem_free(ys.t);
    mem_free(xs.t);
    mem_free(seeds.t);
    return ok;
}

/* Variable(x): what tensors were wrapped in once; the tensor itself. */
static bool do_Variable(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    bool on;
    if (!ARG_TENSOR(0, &x) || !ARG_BOOL(1, &on)) return false;
    if (on && !grad_requires_set(x, true, err)) return false;
    *out = value_retain(args[0]);
    return true;
}

static bool do_requires_grad_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    bool on;
    if (!ARG_TENSOR(0, &x) || !ARG_BOOL(1, &on) || !grad_requires_set(x, on, err)) return false;
    *out = value_retain(args[0]);
    return true;
}

static bool do_retain_grad(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !grad_retain(x, err)) return false;
    *out = VALUE_NONE;
    return true;
}

/* ---- the switches ------------------------------------------------------------------------- */

/* Each `with` keeps what was on before; nested uses of one object are a stack. */
typedef struct ModeObj {
    Obj head;
    bool on;
    VEC(bool) before;
} ModeObj;

static void mode_destroy(Obj *self) {
    vec_clear(&((ModeObj *)self)->before);
}

static bool do___enter__(Interp *in, Value *args, Value *out, Err *err) {
    ModeObj *m = (ModeObj *)args[0].o;
    UNUSED(in), UNUSED(err);
    vec_push(&m->before, grad_mode_set(m->on));
    *out = VALUE_NONE;
    return true;
}

static bool do___exit__(Interp *in, Value *args, Value *out, Err *err) {
    ModeObj *m = (ModeObj *)args[0].o;
    UNUSED(in), UNUSED(err);
    if (m->before.count) grad_mode_set(m->before.items[--m->before.count]);
    *out = value_bool(false);
    return true;
}

static const NativeRow mode_rows[] = {
    {"__enter__(self)", do___enter__, 0, "Switches.", NULL},
    {"__exit__(self, kind=None, error=None, traceback=None)", do___exit__, 0, "Switches back.",
     NULL},
    {0},
};

/* @torch.no_grad(): the decorated function runs inside. The wrapper is written in the dialect, so
 * that it binds as a method like any other function. */
static bool mode_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    if (args->npos != 1) {
        return err_set(err, ERR_TYPE, "%s() decorates one function", value_type(self)->name);
    }
    return import_call(in, "torch._decorate", "wrap", (Value[]){self, args->pos[0]}, 2, out, err);
}

static bool mode_new(Type *cls, bool on, Value *out) {
    ModeObj *m = obj_new(cls);
    m->on = on;
    *out = value_obj(m);
    return true;
}

static bool off_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    bool ok;
    Value self;
    mode_new(cls, false, &self);
    if (args->npos == 0 || args->pos[0].tag == VT_BOOL) {
        if (args->npos) ((ModeObj *)self.o)->on = !args->pos[0].b;
        *out = self;
        return true;
    }
    ok = mode_call(in, self, args, out, err); /* @torch.no_grad without brackets */
    value_release(self);
    return ok;
}

static bool on_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    return mode_new(cls, true, out);
}

/* set_grad_enabled(mode) acts at once; as a context manager it also switches back. */
static bool set_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    bool on;
    Value mode = args->npos ? args->pos[0] : args->nkw ? args->kwvals[0] : VALUE_NONE;
    if (mode.tag != VT_BOOL) {
        return err_set(err, ERR_TYPE, "set_grad_enabled() takes True or False");
    }
    if (!value_truth(in, mode, &on, err)) return false;
    mode_new(cls, on, out);
    vec_push(&((ModeObj *)out->o)->before, grad_mode_set(on));
    return true;
}

static bool do_set_enter(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = VALUE_NONE;
    return true;
}

static const NativeRow set_rows[] = {
    {"__enter__(self)", do_set_enter, 0, "It is switched already.", NULL},
    {"__exit__(self, kind=None, error=None, traceback=None)", do___exit__, 0, "Switches back.",
     NULL},
    {0},
};

#define MODE_TYPE(id, py, make, rows, text)                                                        \
    static Type id = {                                                                             \
        .name = py,                                                                                \
        .module = "torch",                                                                         \
        .doc = text,                                                                               \
        .size = sizeof(ModeObj),                                                                   \
        .methods = rows,                                                                           \
        .destroy = mode_destroy,                                                                   \
        .create = make,                                                                            \
        .call = mode_call,                                                                         \
    }
MODE_TYPE(type_no_grad, "no_grad", off_create, mode_rows,
          "with torch.no_grad(): nothing is recorded. Also a decorator.");
MODE_TYPE(type_inference_mode, "inference_mode", off_create, mode_rows,
          "with torch.inference_mode(): nothing is recorded. Also a decorator.");
MODE_TYPE(type_enable_grad, "enable_grad", on_create, mode_rows,
          "with torch.enable_grad(): recording is on again. Also a decorator.");
MODE_TYPE(type_set_grad, "set_grad_enabled", set_create, set_rows,
          "set_grad_enabled(True or False), at once or as a context manager.");

static bool do_is_grad_enabled(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_bool(grad_enabled());
    return true;
}

/* ---- for the prelude ------------------------------------------------------------------- */

/* What several operations of the prelude made is one node in PyTorch: it gets that one's name. */
static bool do_named(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    const char *name;
    UNUSED(in);
    if (!ARG_TENSOR(0, &x) || !ARG_STR(1, &name)) return false;
    grad_fn_rename(x, name);
    *out = value_retain(args[0]);
    return true;
}

/* Results whose fields have names, that no row of C gives. */
static bool do_returned(Interp *in, Value *args, Value *out, Err *err) {
    static const ReturnKind kinds[] = {{"frexp", 2, {"mantissa", "exponent"}},
                                       {"nanmedian", 2, {"values", "indices"}}};
    UNUSED(in);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (!str_eq_cstr(args[0], kinds[i].name)) continue;
        Value items[2] = {value_retain(args[1]), value_retain(args[2])};
        *out = return_tuple_take(&kinds[i], items);
        return true;
    }
    return err_set(err, ERR_VALUE, "returned(): there is no torch.return_types of that name");
}

void torch_autograd_install(Interp *in, Value module) {
    module_set_take(in, module, "no_grad", type_value(&type_no_grad));
    module_set_take(in, module, "inference_mode", type_value(&type_inference_mode));
    module_set_take(in, module, "enable_grad", type_value(&type_enable_grad));
    module_set_take(in, module, "set_grad_enabled", type_value(&type_set_grad));
}

#define W ">>> w = torch.tensor([2., 3.], requires_grad=True)\n"

const NativeRow torch_autograd_rows[] = {
    {"backward(self, gradient: Tensor = None, retain_graph: bool = None, create_graph: bool = "
     "False, inputs=None)",
     do_backward, TORCH_METHOD | NATIVE_MUTATES,
     "Adds the gradient of self (one element, or weighted by gradient) to the .grad of every leaf "
     "that it was computed from.",
     W ">>> (w ** 2).sum().backward()\n"
       ">>> w.grad\n"
       "tensor([4., 6.])"},
    {"requires_grad_(self, requires_grad: bool = True) -> Tensor", do_requires_grad_,
     TORCH_METHOD | NATIVE_MUTATES, "Has autograd follow it (or not).",
     ">>> torch.ones(2).requires_grad_()\n"
     "tensor([1., 1.], requires_grad=True)"},
    {"retain_grad(self)", do_retain_grad, TORCH_METHOD | NATIVE_MUTATES,
     "Keep .grad although it is not a leaf.",
     W ">>> y = w * 2\n"
       ">>> y.retain_grad()\n"
       ">>> y.sum().backward()\n"
       ">>> y.grad\n"
       "tensor([1., 1.])"},
    {"is_grad_enabled() -> bool", do_is_grad_enabled, TORCH_FN, "Whether operations are recorded.",
     ">>> torch.is_grad_enabled()\n"
     "True"},
    {0},
};

const NativeRow autograd_rows[] = {
    {"grad(outputs, inputs, grad_outputs=None, retain_graph: bool = None, create_graph: bool = "
     "False, allow_unused: bool = False)",
     do_grad, 0, "Gradients of outputs with respect to inputs, as a tuple; .grad is not touched.",
     W ">>> torch.autograd.grad((w ** 2).sum(), w)\n"
       "(tensor([4., 6.]),)"},
    {"Variable(data: Tensor, requires_grad: bool = False) -> Tensor", do_Variable, 0,
     "The tensor itself; older code wraps tensors in it.",
     ">>> torch.autograd.Variable(torch.ones(1))\n"
     "tensor([1.])"},
    {0},
};

const NativeRow tape_name_rows[] = {
    {"named(input: Tensor, name: str) -> Tensor", do_named, 0,
     "input, whose grad_fn is called name: for an operation that is one node in PyTorch.",
     ">>> from torch._node import named\n" W ">>> named(w * 2, 'TwiceBackward0')\n"
     "tensor([4., 6.], grad_fn=<TwiceBackward0>)"},
    {"returned(kind: str, first: Tensor, second: Tensor)", do_returned, 0,
     "torch.return_types.kind of two tensors.",
     ">>> from torch._node import returned\n"
     ">>> returned('frexp', torch.ones(1), torch.zeros(1)).mantissa\n"
     "tensor([1.])"},
    {0},
};
