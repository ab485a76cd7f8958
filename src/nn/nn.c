/* Defines torch.nn, torch.nn.functional, torch.nn.init, torch.optim and the rest:
 * which of their names are rows; the rest stands in the .py files here.
 */
#include "config.h"

#include "nn/nn.h"

#include "tensorobj/tensorobj.h"

static const NativeRow *functional_rows(void) {
    static const NativeRow *const tables[] = {
#define X(table) table,
        NN_TABLES(X)
#undef X
    };
    static NativeRow *rows;
    size_t n = 1;
    if (rows) return rows;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const NativeRow *r = tables[i]; r->sig; r++) n++;
    }
    NativeRow *to = rows = mem_zero(sizeof *rows * n);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const NativeRow *r = tables[i]; r->sig; r++) *to++ = *r;
    }
    return rows;
}

/* What the layers of the dialect are built on. */
static bool base_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    module_set_take(in, module, "ModuleBase", type_value(&type_module_base));
    module_set_take(in, module, "Parameter", type_value(&type_parameter));
    return true;
}

/* A deprecation that PyTorch warns of: named by its line, once (interp_warn). */
static bool base_warn(Interp *in, Value *args, Value *out, Err *err) {
    *out = VALUE_NONE;
    return interp_warn(in, err, "%s", str_of(args[0])->s);
}

/* A tensor of one class becomes one of another: both are laid out alike. */
static bool base_become(Interp *in, Value *args, Value *out, Err *err) {
    Type *to = (Type *)args[1].o;
    UNUSED(in), UNUSED(err);
    if (!value_tensor(args[0]) || !value_is(args[1], &type_type) || to->size != sizeof(TensorObj))
        return err_set(err, ERR_TYPE, "_become takes a tensor and a class of tensors");
    Type *old = value_type(args[0]);
    if (to->flags & TYPE_HEAP) value_retain(args[1]);
    args[0].o->type = to;
    if (old->flags & TYPE_HEAP) value_release(value_obj(old));
    *out = VALUE_NONE;
    return true;
}

static const NativeRow base_rows[] = {
    {"_become(tensor, cls) -> None", base_become, NATIVE_MUTATES, "Gives a tensor another class.",
     NULL},
    {"_warn(text: str) -> None", base_warn, NATIVE_PRINTS, "A warning at the user's line, once.",
     NULL},
    {0},
};

extern const ModuleText nn_texts[];

void nn_install(Interp *in) {
    static ModuleDef defs[] = {
        {.name = "torch.nn.functional",
         .doc = "Layers as functions: softmax, linear, layer_norm, cross_entropy, "
                "scaled_dot_product_attention, ..."},
        {.name = "torch.nn._base",
         .init = base_init,
         .rows = base_rows,
         .doc = "The C half of torch.nn."},
        {.name = "torch.special",
         .rows = special_rows,
         .doc = "expit, softmax, entr and the like."},
        {0},
    };
    defs[0].rows = functional_rows();
    interp_modules_define(in, nn_texts, defs);
}
