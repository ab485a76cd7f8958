/* The types of None, Ellipsis and NotImplemented: one value each. */
#include "config.h"

#include "value/callargs.h"
#include "value/obj.h"

static bool none_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "None");
    return true;
}

static bool ellipsis_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "Ellipsis");
    return true;
}

static bool notimpl_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "NotImplemented");
    return true;
}

static bool none_truth(Interp *in, Value self, bool *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    *out = false;
    return true;
}

/* Any fixed number does: each type has one value. */
static bool singleton_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = 0x4e6f6e65u + (uint64_t)self.tag;
    return true;
}

static bool none_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls);
    if (args->npos || args->nkw) return err_set(err, ERR_TYPE, "NoneType takes no arguments");
    *out = VALUE_NONE;
    return true;
}

Type type_none = {
    .name = "NoneType",
    .doc = "The type of None.",
    .create = none_create,
    .repr = none_repr,
    .truth = none_truth,
    .hash = singleton_hash,
};

Type type_ellipsis = {
    .name = "ellipsis",
    .doc = "The type of `...`.",
    .repr = ellipsis_repr,
    .hash = singleton_hash,
};

Type type_notimpl = {
    .name = "NotImplementedType",
    .doc = "The type of NotImplemented: an operator method's \"not me\".",
    .repr = notimpl_repr,
    .hash = singleton_hash,
};
