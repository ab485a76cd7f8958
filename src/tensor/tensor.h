/* Strided, reference-counted tensors.
 *
 * A Tensor is a view (dtype, shape, strides, offset) onto a counted Storage;
 * several tensors may share one. Strides and offset are in elements, strides may
 * be 0 (broadcast) or any other value that a view makes; never negative (flip
 * copies, as PyTorch does). ndim 0 is a scalar with one element.
 *
 * Every tensor parameter is borrowed, every Tensor returned through `out` is
 * owned by the caller (+1) and written only on success. Inputs of one function
 * may alias. Functions whose name ends in `_` write in place into their first
 * argument and bump its storage's version.
 *
 *     Tensor *a = NULL;
 *     if (!tensor_zeros(DT_F32, 2, (int64_t[]){2, 3}, &a, err)) return false;
 *     float *p = tensor_data(a);
 *     tensor_release(a);
 */
#ifndef QKV_TENSOR_TENSOR_H
#define QKV_TENSOR_TENSOR_H

#include "base/err.h"
#include "base/memory.h"
#include "base/str.h"

#define TENSOR_MAX_DIM 16

/* Order within a category is promotion order (torch.promote_types). */
typedef enum DType {
    DT_BOOL,
    DT_U8,
    DT_I8,
    DT_I16,
    DT_I32,
    DT_I64,
    DT_F16,
    DT_BF16,
    DT_F32,
    DT_F64,
    DT_C64, /* two floats */
    DT_COUNT
} DType;

typedef struct Storage {
    int refs;
    uint32_t version; /* bumped by every in-place write; autograd compares it */
    size_t bytes;
    void *data; /* 64-byte aligned */
} Storage;

/* What autograd hangs on a tensor; owned and interpreted by src/grad. */
typedef struct GradMeta GradMeta;

typedef struct Tensor {
    int refs;
    uint8_t dtype; /* DType */
    uint8_t ndim;
    bool wrapped;       /* made from a Python number: does not promote within its category */
    bool requires_grad; /* kept by src/grad; here so that the test costs one load */
    int64_t offset;     /* in elements */
    Storage *st;
    GradMeta *meta; /* NULL for almost all */
    int64_t shape[TENSOR_MAX_DIM];
    int64_t stride[TENSOR_MAX_DIM];
} Tensor;

/* src/grad sets this once; called with a non-NULL meta when a tensor dies. */
extern void (*tensor_meta_free)(GradMeta *meta);

/* ---- life ------------------------------------------------------------------ */

/* Uninitialised, contiguous. ERR_MEMORY when the bytes (named with the shape in
 * the message) pass the limit, ERR_RUNTIME on a negative or overflowing size. */
bool tensor_empty(DType dt, int ndim, const int64_t *shape, Tensor **out, Err *err);
bool tensor_zeros(DType dt, int ndim, const int64_t *shape, Tensor **out, Err *err);
/* 0-dim, wrapped = false. */
bool tensor_scalar_f64(DType dt, double v, Tensor **out, Err *err);
bool tensor_scalar_i64(DType dt, int64_t v, Tensor **out, Err *err);
/* A view of t's storage with the given geometry; the caller vouches for its bounds. */
Tensor *tensor_view_raw(const Tensor *t, int ndim, const int64_t *shape, const int64_t *stride,
                        int64_t offset);
static inline Tensor *tensor_retain(Tensor *t) {
    t->refs++;
    return t;
}
void tensor_free(Tensor *t);
static inline void tensor_release(Tensor *t) {
    if (t && --t->refs == 0) tensor_free(t);
}

/* Bytes that live tensors hold together now, and the most since the last reset. Alone they may
 * not pass the limit of base/memory.h, whether they have been written to or not. */
size_t tensor_memory_used(void);
size_t tensor_memory_peak(void);
void tensor_memory_peak_reset(void);
void tensor_memory_peak_set(size_t bytes); /* to what a nested measurement had found */
/* A kernel's work space, zeroed, 64-byte aligned, counted as tensors are but not held to the
 * limit: for sizes that do not grow with the operands' product. Aborts when there is none. */
void *scratch_new(size_t bytes);
void scratch_free(void *p, size_t bytes); /* bytes as they were asked for; NULL is fine */
/* ERR_MEMORY if `bytes` more would pass the limit; for any big buffer (strings, lists). */
bool memory_admit(size_t bytes, const char *what, Err *err);

/* ---- facts ----------------------------------------------------------------- */

size_t dtype_size(DType dt);
const char *dtype_name(DType dt);       /* "float32" */
const char *dtype_class_name(DType dt); /* "Float", "Long": what error messages say */
/* PyTorch's can_cast: float to integer, complex to real and anything to bool are refused. */
bool dtype_can_cast(DType from, DType to);
/* The same with PyTorch's error. */
bool dtype_cast_check(DType from, DType to, Err *err);
bool dtype_is_float(DType dt); /* F16..F64 */
bool dtype_is_complex(DType dt);
bool dtype_is_int(DType dt); /* U8..I64; not bool */
DType dtype_promote(DType a, DType b);
/* Result dtype of an operation on n tensors with PyTorch's rules for dims, wrapped
 * numbers and categories. */
DType tensor_result_type(int n, Tensor *const *ts);
/* float32 or what torch.set_default_dtype chose. */
DType dtype_default(void);
void dtype_default_set(DType dt);

int64_t tensor_numel(const Tensor *t);
bool tensor_is_contiguous(const Tensor *t);
bool tensor_same_shape(const Tensor *a, const Tensor *b);
static inline void *tensor_data(const Tensor *t) {
    return (char *)t->st->data + (size_t)t->offset * dtype_size((DType)t->dtype);
}
/* Element at a multi-index or of a one-element tensor, converted. No bounds check. */
double tensor_get_f64(const Tensor *t, const int64_t *index);
int64_t tensor_get_i64(const Tensor *t, const int64_t *index);
void tensor_set_f64(Tensor *t, const int64_t *index, double v);
void tensor_set_i64(Tensor *t, const int64_t *index, int64_t v);

/* "(2, 3)", "(5,)", "()". */
void shape_str(Str *out, int ndim, const int64_t *shape);
/* Wraps a negative dim; ERR_INDEX as PyTorch words it ("Dimension out of range
 * (expected to be in range of [-2, 1], but got 2)"). */
bool dim_wrap(int64_t dim, int ndim, int *out, Err *err);
/* Broadcast of two shapes; ERR_RUNTIME as PyTorch words it. */
bool shape_broadcast(int na, const int64_t *a, int nb, const int64_t *b, int *nout, int64_t *out,
                     Err *err);

#endif
