/* The types and constants of the module torch. See types.h. */
#include "config.h"

#include "tensorobj/types.h"

void torch_types_install(Interp *in, Value module) {
    static const struct {
        const char *name;
        DType dt;
    } aliases[] = {{"float", DT_F32}, {"double", DT_F64}, {"half", DT_F16},  {"long", DT_I64},
                   {"int", DT_I32},   {"short", DT_I16},  {"cfloat", DT_C64}};
    static const struct {
        const char *name;
        Type *type;
    } types[] = {{"dtype", &type_dtype},   {"device", &type_device}, {"Size", &type_size},
                 {"Generator", &type_rng}, {"finfo", &type_finfo},   {"iinfo", &type_iinfo},
                 {"layout", &type_layout}};
    static Obj strided;

    tuple_types_install();
    for (int dt = 0; dt < DT_COUNT; dt++) {
        module_set_take(in, module, dtype_name((DType)dt), dtype_value((DType)dt));
    }
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        module_set_take(in, module, aliases[i].name, dtype_value(aliases[i].dt));
    }
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        module_set_take(in, module, types[i].name, type_value(types[i].type));
    }
    module_set_take(in, module, "default_generator", generator_default());
    strided = (Obj){.refs = IMMORTAL, .type = &type_layout};
    module_set(in, module, "strided", value_obj(&strided));
}
