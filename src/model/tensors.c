/* See tensors.h. */
#include "config.h"

#include "model/tensors.h"

#include "base/whole.h"

const TensorFormat *const tensor_formats[] = {&format_npy, &format_npz, &format_safetensors, NULL};

const TensorFormat *tensors_format(const char *path) {
    size_t n = strlen(path);
    for (const TensorFormat *const *f = tensor_formats; *f; f++) {
        size_t k = strlen((*f)->ending);
        if (n > k && strcmp(path + n - k, (*f)->ending) == 0) return *f;
    }
    return NULL;
}

static bool unknown_ending(const char *path, Err *err) {
    err_set(err, ERR_VALUE, "%s: not a kind of file that holds tensors here", path);
    return err_hint(err, "the kinds are .npy, .npz and .safetensors");
}

bool tensors_load(const char *path, TensorSet *set, Err *err) {
    const TensorFormat *f = tensors_format(path);
    ByteSource src;
    if (!f) return unknown_ending(path, err);
    if (!source_open_file(&src, path, err)) return false;
    TensorSet got = {0};
    bool ok = f->read(&src, &got, err);
    source_close(&src);
    if (ok)
        *set = got;
    else
        tensors_clear(&got);
    return ok;
}

typedef struct FileSink {
    ByteSink sink; /* first: put gets a pointer to it */
    WholeFile file;
} FileSink;

static bool file_put(ByteSink *sink, const void *bytes, size_t n, Err *err) {
    return whole_write(&((FileSink *)sink)->file, bytes, n, err);
}

bool tensors_save(const char *path, const TensorSet *set, bool replace, Err *err) {
    const TensorFormat *f = tensors_format(path);
    FileSink out = {.sink = {file_put}};
    if (!f) return unknown_ending(path, err);
    if (f->single && set->count != 1) {
        err_set(err, ERR_VALUE, "a %s file holds one tensor, %zu came", f->ending, set->count);
        return err_hint(err, "save several to a .npz or a .safetensors file");
    }
    if (!whole_open(&out.file, path, replace, err)) return false;
    return whole_close(&out.file, f->write(&out.sink, set, err), err);
}
