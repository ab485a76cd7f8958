/* Tensors with names, and the files that hold them: .npy (one, NumPy's), .npz (a zip of those),
 * .safetensors. A file is never trusted: every size is checked against the file and the memory
 * limit before it is used, and what is wrong is said with the file's name.
 *
 *     TensorSet set = {0};
 *     if (!tensors_load("w.npz", &set, err)) return false;
 *     for (size_t i = 0; i < set.count; i++) use(set.items[i].name, set.items[i].t);
 *     tensors_clear(&set);
 */
#ifndef QKV_MODEL_TENSORS_H
#define QKV_MODEL_TENSORS_H

#include "model/bytes.h"

typedef struct NamedTensor {
    char *name; /* owned, UTF-8; "" for the tensor of a .npy file */
    Tensor *t;  /* owned */
} NamedTensor;

typedef VEC(NamedTensor) TensorSet;

/* Takes over t; copies the name. */
void tensors_add_take(TensorSet *set, const char *name, size_t len, Tensor *t);
void tensors_clear(TensorSet *set);

/* One kind of file. read fills an empty set; write takes a set whose names differ. */
typedef struct TensorFormat {
    const char *ending; /* ".npz" */
    const char *what;   /* "NumPy's archive of arrays" */
    bool single;        /* holds exactly one tensor, without a name */
    bool (*read)(const ByteSource *src, TensorSet *set, Err *err);
    bool (*write)(ByteSink *sink, const TensorSet *set, Err *err);
} TensorFormat;

/* In this order: npy, npz, safetensors; ends with NULL. */
extern const TensorFormat *const tensor_formats[];
extern const TensorFormat format_npy, format_npz, format_safetensors;
/* By a path's ending; NULL: no file of tensors. */
const TensorFormat *tensors_format(const char *path);

/* The whole file, by its ending. set is untouched on failure. ERR_VALUE for a bad file or ending,
 * ERR_MEMORY past the limit, ERR_OS, ERR_FILENOTFOUND, ERR_INTERRUPT. */
bool tensors_load(const char *path, TensorSet *set, Err *err);
/* Whole or absent (base/whole.h). */
bool tensors_save(const char *path, const TensorSet *set, bool replace, Err *err);

#endif
