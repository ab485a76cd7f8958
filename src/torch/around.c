/* What PyTorch puts around a computation and what changes nothing here: mixed precision, compilers,
 * checkpoints. Each is a prelude of its own, loaded when it is asked for.
 */
#include "config.h"

#include "prelude/prelude.h"
#include "torch/torch.h"

const ModuleName torch_elsewhere[] = {
    {"autocast", "torch.amp"},
    {"compile", "torch.compiler"},
    {0},
};

/* X(module, file without .py, doc) */
#define AROUND(X)                                                                                  \
    X("torch.amp", "torch.amp", "autocast, GradScaler.")                                           \
    X("torch.amp.autocast_mode", "torch.amp", "autocast.")                                         \
    X("torch.cpu", "torch.cpu", "torch.cpu.amp.")                                                  \
    X("torch.cpu.amp", "torch.cpu.amp", "autocast.")                                               \
    X("torch.cuda.amp", "torch.cuda.amp", "autocast, GradScaler.")                                 \
    X("torch.compiler", "torch.compiler", "compile, disable.")                                     \
    X("torch.fx", "torch.fx", "wrap.")                                                             \
    X("torch.jit", "torch.jit", "script, trace: code runs as it is.")                              \
    X("torch.nn.attention", "torch.nn.attention", "sdpa_kernel.")                                  \
    X("torch.random", "torch.random", "fork_rng, manual_seed, ...")                                \
    X("torch.utils.checkpoint", "torch.utils.checkpoint", "checkpoint, checkpoint_sequential.")

void torch_around_install(Interp *in) {
    static ModuleDef defs[] = {
#define X(py, file, text) {.name = py, .prelude_name = file, .doc = text},
        AROUND(X)
#undef X
    };
    for (size_t i = 0; i < ARRAY_LEN(defs); i++) {
        defs[i].prelude = prelude_text(defs[i].prelude_name);
        interp_module_define(in, &defs[i]);
    }
}
