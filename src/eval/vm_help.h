/* The slow paths of the dispatch loop. Operands are borrowed unless said; registers that
 * they consume are cleared by the loop or, where a row of them is passed, by the helper. */
#ifndef QKV_EVAL_VM_HELP_H
#define QKV_EVAL_VM_HELP_H

#include "eval/vm.h"

/* ---- vm_help.c ---------------------------------------------------------------------- */
bool vm_binary(Interp *in, Frame *f, Ins i, const Value *b, const Value *c, Value *out, Err *err);
bool vm_compare(Interp *in, Frame *f, Ins i, const Value *b, const Value *c, bool *hit, Err *err);
bool vm_get_name(Interp *in, Frame *f, StrObj *name, Value *out, Err *err);
bool vm_del_name(Interp *in, Frame *f, Dict *from, StrObj *name, Err *err);
bool vm_cell_error(const Frame *f, bool free, unsigned index, Err *err);
Value vm_tuple(Value *regs, int n); /* moves the registers' values, as all of these do */
Value vm_list(Value *regs, int n);
Value vm_slice(Value *regs); /* moves three */
bool vm_set(Interp *in, Value *regs, int n, Value *out, Err *err);
bool vm_dict(Interp *in, Value *regs, int n, Value *out, Err *err);
bool vm_add_to(Interp *in, Frame *f, Ins i, const Value *b, const Value *c, Err *err);
bool vm_unpack(Interp *in, Frame *f, Ins i, const Value *src, Value *regs, Err *err);
bool vm_unpack_star(Interp *in, Frame *f, Ins i, const Value *src, Value *regs, Err *err);
bool vm_format(Interp *in, Value v, char conv, Value spec, Value *out, Err *err);
bool vm_concat(Value *regs, int n, Value *out, Err *err); /* moves */
/* An instance's attribute or a module's name, owned; false: take the long way. */
bool vm_attr_fast(Value v, StrObj *name, uint32_t *hint, Value *out);
bool vm_set_attr(Interp *in, Value v, StrObj *name, uint32_t *hint, Value to, Err *err);
Value vm_function(Frame *f, Code *code, Value *defaults, int n); /* moves defaults */
void vm_annotate(Frame *f, Value name, Value text);
bool vm_assert_fail(Interp *in, const Value *message, Err *err); /* false */
bool vm_enter(Interp *in, Value manager, Value *regs, Err *err);
/* exc NULL: the body ended well. */
bool vm_leave(Interp *in, Value exit, const Value *exc, bool *swallow, Err *err);
/* One step of yield from: *sent goes in; *out UNSET: ended, *sent is the result. */
bool vm_delegate(Interp *in, Value iter, Value *sent, Value *out, Err *err);
void vm_add_frame(const Frame *f, Err *err);
const CodeHandler *vm_find_handler(Interp *in, const Frame *f);
void generator_suspend(Frame *f, const Ins *resume, unsigned sent_to);

/* ---- vm_call.c ------------------------------------------------------------------------- */
typedef enum CallResult { CALL_FAILED, CALL_ENTERED, CALL_DONE } CallResult;
/* Calls what stands in *func with npos values from args on, then the keywords whose names
 * are the tuple K[kwnames] (none when negative). The register before args is free for a
 * self. CALL_ENTERED: a frame was pushed; its result will go to dst. All these registers
 * are empty afterwards. */
CallResult vm_call(Interp *in, Frame *f, Value *func, Value *args, int npos, int kwnames,
                   unsigned dst, Value *out, Err *err);
/* A call whose arguments become the callee's first registers where they stand. NULL: it is
 * no such call. The function's reference moves into the frame. */
static inline Frame *enter_in_place(Interp *in, const Frame *f, Value *func, Value *args, int npos,
                                    unsigned dst) {
    FuncObj *fn = (FuncObj *)func->o;
    Code *c = fn->code;
    if (UNLIKELY(c->npos != npos || !(c->flags & CODE_PLAIN) || (f->flags & FRAME_GEN) ||
                 in->depth >= in->recursion_limit || args + c->nregs + 8 > in->stack_end))
        return NULL;
    func->tag = VT_UNSET;
    regs_drop(args + npos, c->nlocals - npos);
    Frame *g = frame_fill(in, c, fn, (ModuleObj *)fn->module.o, args);
    g->dst = (uint16_t)dst;
    return g;
}

/* regs: function, list of positional arguments, dict of keywords. */
/* a op b whose dunder is a plain function of the dialect: a frame in this loop. CALL_DONE: nothing
 * was entered, the general way is to be taken. */
CallResult vm_enter_dunder(Interp *in, Ins i, const Value *a, const Value *b, Err *err);
CallResult vm_call_spread(Interp *in, Value *regs, unsigned dst, Value *out, Err *err);
bool vm_init_result(Frame *f, Value *v, Err *err);

#endif
