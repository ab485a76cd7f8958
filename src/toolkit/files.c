/* safetensors.torch: tensors in files, under the names that PyTorch's users have for it. */
#include "config.h"

#include "toolkit/qkv.h"
#include "model/tensors.h"
#include "tensorobj/tensorobj.h"
#include "value/obj.h"

static bool path_of(Value v, const char *fn, const char **path, Err *err) {
    if (!value_is(v, &type_str))
        return err_set(err, ERR_TYPE, "%s: filename must be a str, not %s", fn,
                       value_type(v)->name);
    *path = str_of(v)->s;
    if (tensors_format(*path) == &format_safetensors) return true;
    err_set(err, ERR_VALUE, "%s: %s does not end in .safetensors", fn, *path);
    return err_hint(err, "the prompt's `load` and `save` know .npy and .npz, too");
}

static bool collect(Value dict, TensorSet *set, Err *err) {
    Value key, v;
    for (size_t at = 0; dict_next(dict_of(dict), &at, &key, &v);) {
        if (!value_is(key, &type_str) || !value_tensor(v)) {
            bool named = value_is(key, &type_str);
            err_set(err, ERR_TYPE, "save_file: tensors must map str to Tensor, but %s is %s",
                    named ? str_of(key)->s : "a key", value_type(named ? v : key)->name);
            return err_hint(err, "torch.tensor(...) makes a tensor of a number");
        }
        tensors_add_take(set, str_of(key)->s, str_of(key)->len, tensor_retain(value_tensor(v)));
    }
    return true;
}

static bool do_save_file(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    const char *path;
    if (!value_isinstance(args[0], &type_dict)) {
        err_set(err, ERR_TYPE, "save_file: tensors must be a dict of tensors, not %s",
                value_type(args[0])->name);
        return err_hint(err, "model.state_dict() is one");
    }
    if (!path_of(args[1], "save_file", &path, err)) return false;
    TensorSet set = {0};
    bool ok = collect(args[0], &set, err) && tensors_save(path, &set, true, err);
    tensors_clear(&set);
    return ok && row_none(out);
}

static bool do_load_file(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    const char *path;
    TensorSet set = {0};
    if (!path_of(args[0], "load_file", &path, err) || !tensors_load(path, &set, err)) return false;
    *out = dict_value_new();
    for (size_t i = 0; i < set.count; i++) {
        Value t = tensor_wrap_take(tensor_retain(set.items[i].t));
        dict_set_cstr(dict_of(*out), set.items[i].name, t);
        value_release(t);
    }
    tensors_clear(&set);
    return true;
}

const NativeRow safetensors_rows[] = {
    {"save_file(tensors, filename) -> None", do_save_file, NATIVE_FILES,
     "Writes a dict of tensors to a .safetensors file, whole or not at all; one that is there is "
     "replaced. For scripts and for what is typed, not for lessons' cells.",
     NULL},
    {"load_file(filename) -> dict", do_load_file, NATIVE_FILES,
     "The tensors of a .safetensors file by name. For scripts and for what is typed.", NULL},
    {0},
};
