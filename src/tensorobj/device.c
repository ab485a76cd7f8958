/* torch.device, layouts, and the options of creations that change nothing. See types.h. */
#include "config.h"

#include "tensorobj/types.h"

#include <string.h>

static Obj cpu;

Value device_cpu(void) {
    if (!cpu.type) cpu = (Obj){.refs = IMMORTAL, .type = &type_device};
    return value_retain(value_obj(&cpu));
}

bool device_check(Value v, Err *err) {
    const char *name;
    if (v.tag == VT_NONE || v.tag == VT_UNSET || value_is(v, &type_device)) return true;
    if (!value_is(v, &type_str)) {
        return err_set(err, ERR_TYPE, "a device is a string such as 'cpu', not %s",
                       value_type(v)->name);
    }
    name = str_of(v)->s;
    if (!strcmp(name, "cpu") || !strcmp(name, "cpu:0")) return true;
    if (str_starts(name, "cuda") || str_starts(name, "mps") || str_starts(name, "xpu")) {
        err_set(err, ERR_RUNTIME, "device '%s': qkv computes on the CPU only", name);
        return err_hint(err,
                        "write device='cpu', or 'cuda' if torch.cuda.is_available() else 'cpu'");
    }
    return err_set(err, ERR_RUNTIME, "Invalid device string: '%s'", name);
}

static bool device_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls);
    if (args->npos < 1 || args->npos > 2) {
        return err_set(err, ERR_TYPE, "device() takes the name of a device: torch.device('cpu')");
    }
    if (!device_check(args->pos[0], err)) return false;
    *out = device_cpu();
    return true;
}

static bool device_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "device(type='cpu')");
    return true;
}

static bool device_str(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "cpu");
    return true;
}

static bool device_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    if (!strcmp(name->s, "type"))
        *out = str_value_cstr("cpu");
    else if (!strcmp(name->s, "index"))
        *out = VALUE_NONE;
    return true;
}

Type type_device = {
    .name = "device",
    .module = "torch",
    .doc = "Where a tensor lives. qkv has torch.device('cpu').",
    .size = sizeof(Obj),
    .create = device_create,
    .repr = device_repr,
    .str = device_str,
    .hash = obj_hash_identity,
    .getattr = device_getattr,
};

static bool layout_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "torch.strided");
    return true;
}

Type type_layout = {.name = "layout", .module = "torch", .size = sizeof(Obj), .repr = layout_repr};

bool layout_check(Value v, Err *err) {
    if (v.tag == VT_NONE || v.tag == VT_UNSET || value_is(v, &type_layout)) return true;
    return err_set(err, ERR_TYPE, "layout must be torch.strided, not %s", value_type(v)->name);
}

bool pin_memory_check(Interp *in, Value v, Err *err) {
    bool pin = false;
    if (v.tag != VT_UNSET && !value_truth(in, v, &pin, err)) return false;
    return !pin || err_set(err, ERR_RUNTIME,
                           "Pinned memory requires CUDA, which is not here: "
                           "leave pin_memory out");
}
