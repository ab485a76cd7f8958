/* The stack of frames, and the registers that stand one frame's behind another's. */
#include "config.h"

#include "eval/vm.h"

void vm_drop(Value *regs, int n) {
    for (int i = 0; i < n; i++) value_set_take(&regs[i], VALUE_UNSET);
}

Value *stack_top(Interp *in) {
    for (int i = in->depth - 1; i >= 0; i--) {
        Frame *f = &in->frames[i];
        if (!(f->flags & FRAME_GEN)) return f->regs + f->code->nregs;
    }
    return in->stack;
}

Frame *frame_push(Interp *in, Code *code, FuncObj *fn, ModuleObj *module, Value *regs, Err *err) {
    if (UNLIKELY(in->depth >= in->recursion_limit)) {
        err_set(err, ERR_RECURSION, "maximum recursion depth exceeded: %d frames", in->depth);
        err_hint(err, "does the function reach a case that does not call itself?");
        return NULL;
    }
    Value *base = regs ? regs : stack_top(in);
    if (UNLIKELY(!regs && base + code->nregs + 8 > in->stack_end)) {
        err_set(err, ERR_RECURSION, "maximum recursion depth exceeded: frames are too large");
        return NULL;
    }
    Frame *f = frame_fill(in, code, fn, module, base);
    if (fn) fn->head.refs++;
    if (!regs) regs_drop(base, code->nlocals); /* leftovers of the caller's temporaries */
    return f;
}

void frame_pop(Interp *in) {
    Frame *f = &in->frames[in->depth - 1];
    if (!(f->flags & FRAME_GEN)) regs_drop(f->regs, f->code->nregs);
    in->depth--;
    value_release(f->made);
    if (f->fn) value_release(value_obj(f->fn));
}
