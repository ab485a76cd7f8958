/* See builtin.h. */
#include "config.h"

#include "builtin/builtin.h"

#include "python/python.h"
#include "nn/nn.h"
#include "numpy/numpy.h"
#include "toolkit/qkv.h"
#include "torch/torch.h"

void builtin_install(Interp *in) {
    core_install(in);
    torch_install(in);
    nn_install(in);
    np_install(in);
    qkv_install(in);
}
