/* Entering the machine from C: functions as a call slot, and code that is no function's. */
#include "config.h"

#include "eval/vm.h"

bool func_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    FuncObj *fn = (FuncObj *)self.o;
    if (!interp_stack_ok(in, err)) return false;
    Frame *f = frame_push(in, fn->code, fn, (ModuleObj *)fn->module.o, NULL, err);
    if (!f) return false;
    f->flags |= FRAME_ENTRY;
    if (!func_bind(in, fn, args, f->regs, err)) {
        frame_pop(in);
        return false;
    }
    if (fn->code->flags & CODE_GENERATOR) {
        *out = generator_new(in, fn, f->regs);
        frame_pop(in);
        return true;
    }
    return in->run(in, out, err) == VM_RETURN;
}

bool code_run(Interp *in, Code *code, FuncObj *fn, ModuleObj *module, Dict *names, Value *out,
              Err *err) {
    if (!interp_stack_ok(in, err)) return false;
    Frame *f = frame_push(in, code, fn, module, NULL, err);
    if (!f) return false;
    f->flags |= FRAME_ENTRY;
    f->names = names;
    return in->run(in, out, err) == VM_RETURN;
}
