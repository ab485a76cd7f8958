/* Tensors as text, character for character as PyTorch 1.13 (and NumPy) print them.
 *
 * The rules for floats, over the nonzero finite values that are shown: all
 * integers -> "1."; else %.4f; scientific when max/min > 1000, max > 1e8 or (with
 * a fraction) min < 1e-4. All elements are padded to the widest of those values;
 * inf and nan may stand out. More than `threshold` elements: `edgeitems` at each
 * end of each dimension.
 *
 *     Str s = STR_INIT;
 *     const char *suffix[] = {"requires_grad=True"};
 *     tensor_repr(&s, t, 1, suffix, NULL);     tensor([1., 2.], requires_grad=True)
 *     str_clear(&s);
 */
#ifndef QKV_REPR_REPR_H
#define QKV_REPR_REPR_H

#include "tensor/tensor.h"

typedef struct PrintOpts {
    int precision;     /* digits after the point; 4 */
    int64_t threshold; /* more elements than this are summarised; 1000, INT64_MAX: never */
    int edgeitems;     /* shown at each end of a summarised dimension; 3 */
    int linewidth;     /* columns; 80 */
    int sci_mode;      /* -1 the rules decide, 0 never, 1 always */
} PrintOpts;

/* What torch.set_printoptions changes; one for the process. NULL as a PrintOpts
 * argument means this one. */
PrintOpts *print_opts(void);
/* "default", "short", "full": sets everything but sci_mode. ERR_VALUE on another name. */
bool print_opts_profile(PrintOpts *o, const char *name, Err *err);

/* "tensor(...)" with size=, dtype= where PyTorch shows them, then the caller's
 * suffixes in order ("grad_fn=<MmBackward0>"), wrapped at the line width. */
void tensor_repr(Str *out, const Tensor *t, int nsuffix, const char *const *suffix,
                 const PrintOpts *o);
/* The bracketed values alone; indent = columns that stand before them on the first line. */
void tensor_repr_values(Str *out, const Tensor *t, int indent, const PrintOpts *o);
/* One number as Python's repr of the item: "0.30000001192092896", "3", "True", "(1+2j)". */
void tensor_item_repr(Str *out, const Tensor *t);
/* Shortest digits that read back as the same double, as Python's repr(float). */
void float64_repr(Str *out, double v);
/* Shortest digits that read back as the same float (numpy.float32's str). */
void float32_repr(Str *out, float v);

typedef struct NpPrintOpts {
    int precision;     /* digits after the point at most; 8 */
    bool suppress;     /* no scientific form for small numbers */
    int64_t threshold; /* 1000 */
    int edgeitems;     /* 3 */
    int linewidth;     /* 75 */
} NpPrintOpts;
/* What np.set_printoptions changes; one for the process. */
NpPrintOpts *np_print_opts(void);

/* NumPy: repr_form "array([1., 2.], dtype=float32)", else print's "[1. 2.]". */
void tensor_repr_numpy(Str *out, const Tensor *t, bool repr_form);

#endif
