/* Hooks of a tensor's gradient: a function of the dialect that sees it when it is known. */
#include "config.h"

#include "tensorobj/tensorobj.h"
#include "tensorobj/args.h"
#include "eval/vm.h"
#include "grad/tape.h"

typedef struct Hook {
    Interp *in;
    Value fn;
} Hook;

static bool hook_run(void *ctx, Tensor *grad, Tensor **replace, Err *err) {
    Hook *h = ctx;
    Value arg = tensor_wrap_take(tensor_retain(grad)), result;
    Tensor *t;
    bool ok = value_call_pos(h->in, h->fn, &arg, 1, &result, err);
    value_release(arg);
    if (!ok) return false;
    t = value_tensor(result);
    if (t) *replace = tensor_retain(t);
    value_release(result);
    return true;
}

static void hook_free(void *ctx) {
    Hook *h = ctx;
    value_release(h->fn);
    mem_free(h);
}

typedef struct Visit {
    GcVisit visit;
    void *ctx;
} Visit;

static void hook_visit(GradHookFn fn, void *hook, void *ctx) {
    Visit *v = ctx;
    if (fn == hook_run && ((Hook *)hook)->fn.tag == VT_OBJ) v->visit(((Hook *)hook)->fn.o, v->ctx);
}

void tensor_hooks_traverse(const Tensor *t, GcVisit visit, void *ctx) {
    grad_hooks_owned(t, hook_visit, &(Visit){visit, ctx});
}

typedef struct HookHandle {
    Obj head;
    Tensor *t; /* owned */
    int id;
} HookHandle;

static void handle_destroy(Obj *self) {
    tensor_release(((HookHandle *)self)->t);
}

static bool do_remove(Interp *in, Value *args, Value *out, Err *err) {
    HookHandle *h = (HookHandle *)args[0].o;
    UNUSED(in), UNUSED(err);
    grad_hook_remove(h->t, h->id);
    *out = VALUE_NONE;
    return true;
}

static const NativeRow handle_rows[] = {
    {"remove(self)", do_remove, NATIVE_MUTATES, "Takes the hook away.",
     ">>> x = torch.ones(1, requires_grad=True)\n>>> h = x.register_hook(lambda g: g * 2)\n"
     ">>> h.remove()"},
    {0},
};

static Type type_handle = {
    .name = "RemovableHandle",
    .module = "torch.utils.hooks",
    .size = sizeof(HookHandle),
    .methods = handle_rows,
    .destroy = handle_destroy,
};

static bool do_register_hook(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    HookHandle *handle;
    Hook *h;
    int id;
    if (!ARG_TENSOR(0, &x)) return false;
    if (!grad_requires(x)) {
        return err_set(err, ERR_RUNTIME,
                       "cannot register a hook on a tensor that doesn't require gradient");
    }
    h = mem_zero(sizeof *h);
    h->in = in;
    h->fn = value_retain(args[1]);
    gc_track(args[0].o);
    id = grad_hook_add(x, hook_run, h, hook_free, err);
    if (id < 0) {
        hook_free(h);
        return false;
    }
    handle = obj_new(&type_handle);
    handle->t = tensor_retain(x);
    handle->id = id;
    *out = value_obj(handle);
    return true;
}

const NativeRow tensor_hook_rows[] = {
    {"register_hook(self, hook)", do_register_hook, TORCH_METHOD | NATIVE_MUTATES,
     "hook(grad) runs when its gradient is known; what it returns replaces it.",
     ">>> w = torch.tensor([2., 3.], requires_grad=True)\n"
     ">>> h = w.register_hook(lambda g: g * 10)\n"
     ">>> w.sum().backward()\n"
     ">>> w.grad\n"
     "tensor([10., 10.])"},
    {0},
};
