/* What values ask of the machine that runs them; see machine.h. */
#include "config.h"

#include "value/machine.h"

bool interp_poll(Interp *in, Err *err) {
    return machine_of(in)->calls->poll(in, err);
}

bool interp_raise_key(Interp *in, Value key, Err *err) {
    return machine_of(in)->calls->raise_key(in, key, err);
}

bool interp_built_late(Interp *in, Value *out, Err *err) {
    if (interp_poll(in, err)) return true;
    value_release(*out);
    return false;
}

bool interp_stack_ok(Interp *in, Err *err) {
    if (LIKELY((char *)__builtin_frame_address(0) > machine_of(in)->stack_low)) return true;
    return err_set(err, ERR_RECURSION,
                   "maximum recursion depth exceeded: values or calls nest too "
                   "deeply");
}
