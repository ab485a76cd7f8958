/* Which type a value has, and how types derive from each other. */
#include "config.h"

#include "value/obj.h"

Type *value_tag_types[VT_OBJ];

Type *value_type(Value v) {
    if (LIKELY(v.tag == VT_OBJ)) return v.o->type;
    Type *t = value_tag_types[v.tag];
    if (!t) BUG("an unset value was used");
    return t;
}

bool type_is_sub(const Type *t, const Type *of) {
    if (t == of || of == &type_object) return true;
    if (t->flags & TYPE_HEAP) {
        for (int i = 0; i < t->nmro; i++)
            if (t->mro[i] == of) return true;
        return false;
    }
    for (; t; t = t->base)
        if (t == of) return true;
    return false;
}

bool value_isinstance(Value v, const Type *t) {
    return v.tag != VT_UNSET && type_is_sub(value_type(v), t);
}

Type *type_c_base(const Type *t) {
    while (t->flags & TYPE_HEAP) t = t->base;
    return (Type *)t;
}

const char *type_qualified(const Type *t, Str *room) {
    if (t->module && strcmp(t->module, "builtins") != 0) str_printf(room, "%s.", t->module);
    str_add(room, t->name);
    return str_cstr(room);
}

/* ---- object: what every class derives from -------------------------------------------------- */

bool obj_hash_identity(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = ((uint64_t)(uintptr_t)self.o >> 4) * 0x9e3779b97f4a7c15u;
    return true;
}

static bool object_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in);
    if (args->npos || args->nkw)
        return err_set(err, ERR_TYPE, "%s() takes no arguments", cls->name);
    *out = value_obj(obj_new(cls));
    return true;
}

Type type_object = {
    .name = "object",
    .size = sizeof(Obj),
    .flags = TYPE_BASE,
    .create = object_create,
    .hash = obj_hash_identity,
    .doc = "The base of every class.",
};
