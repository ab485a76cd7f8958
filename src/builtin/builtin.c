/* See builtin.h. */
#include "config.h"

#include "builtin/builtin.h"

#include "python/python.h"
#include "nn/nn.h"
#include "numpy/numpy.h"
#include "toolkit/qkv.h"
#include "torch/torch.h"

void builtin_install(Interp *in) {
    python_install(in);
    torch_install(in);
    nn_install(in);
    numpy_install(in);
    qkv_install(in);
}
