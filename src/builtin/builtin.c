/* See builtin.h. */
#include "config.h"

#include "builtin/builtin.h"

#include "builtin/core.h"
#include "builtin/nn.h"
#include "builtin/np.h"
#include "builtin/qkv.h"
#include "builtin/torch.h"

void builtin_install(Interp *in) {
    core_install(in);
    torch_install(in);
    nn_install(in);
    np_install(in);
    qkv_install(in);
}
