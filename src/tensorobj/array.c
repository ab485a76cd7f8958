/* See array.h. */
#include "config.h"

#include "tensorobj/array.h"

#include "tensorobj/tensorobj.h"

static Type *array_type, *scalar_type;

void array_types_register(Type *array, Type *scalar) {
    array_type = array;
    scalar_type = scalar;
}

bool value_is_np_scalar(Value v) {
    return v.tag == VT_OBJ && scalar_type && value_isinstance(v, scalar_type);
}

Tensor *value_array(Value v) {
    if (v.tag != VT_OBJ) return NULL;
    return v.o->type == array_type || value_is_np_scalar(v) ? ((ArrayObj *)v.o)->t : NULL;
}

Tensor *tensor_peek(Value v) {
    Tensor *t = value_tensor(v);
    return t ? t : value_array(v);
}

Value array_wrap_take(Tensor *t) {
    if (!array_type) BUG("an array without numpy");
    ArrayObj *o = obj_new(array_type);
    o->t = t;
    return value_obj(o);
}
