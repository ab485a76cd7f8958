/* The parts of autograd.c that the module tables need. */
#ifndef QKV_TORCH_AUTOGRAD_H
#define QKV_TORCH_AUTOGRAD_H

#include "eval/interp.h"
#include "grad/tape.h"

extern Type type_function_base;          /* ctx of torch.autograd.Function */
extern const NativeRow torch_c_rows[];   /* torch._C */
extern const NativeRow autograd_rows[];  /* torch.autograd */
extern const NativeRow tape_name_rows[]; /* torch._node, for the prelude */

/* no_grad, enable_grad, inference_mode, set_grad_enabled into the module torch. */
void torch_autograd_install(Interp *in, Value module);
/* The ctx behind a node of torch.autograd.Function, borrowed; UNSET for any other node. */
Value function_ctx(const Node *n);

#endif
