/* See builtin.h. */
#include "config.h"

#include "builtin/builtin.h"

void builtin_install(Interp *in) {
    core_install(in);
    torch_install(in);
    ledger_install(in);
}
