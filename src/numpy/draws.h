/* What the rows of both generators have in common: n draws as a tensor, of self (slot 0) and n
 * (slot 1). A generator gives its draws; below(self, max) is uniform in 0 .. max. */
#ifndef QKV_NUMPY_DRAWS_H
#define QKV_NUMPY_DRAWS_H

#include "eval/interp.h"

typedef uint64_t (*DrawBelow)(void *self, uint64_t max);

/* doubles(n), gauss(n) */
bool draw_floats(Interp *in, const char *fn, Value *args, double (*draw)(void *self), Value *out,
                 Err *err);
/* ints(n, low, high): low <= x < high. */
bool draw_ints(Interp *in, const char *fn, Value *args, DrawBelow below, Value *out, Err *err);
/* order(n): 0..n-1 as draw_shuffle leaves them. */
bool draw_order(Interp *in, const char *fn, Value *args, DrawBelow below, Value *out, Err *err);
/* Fisher and Yates, from the end to the place `first`. */
void draw_shuffle(void *self, DrawBelow below, int64_t *x, int64_t n, int64_t first);

#endif
