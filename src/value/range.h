/* Ranges. The VM's for loop may walk a RangeIter by hand.
 *
 *     Value r = range_new(0, 10, 1);
 */
#ifndef QKV_VALUE_RANGE_H
#define QKV_VALUE_RANGE_H

#include "value/obj.h"

typedef struct RangeIter {
    Obj head;
    int64_t next, step, left;
} RangeIter;

extern Type type_range_iter;

Value range_new(int64_t start, int64_t stop, int64_t step); /* step != 0 */
Value range_iter_new(const RangeObj *r);
/* slice.indices(len): start and stop clamped, the step as given. */
bool slice_bounds(Interp *in, Value slice, int64_t len, int64_t *start, int64_t *stop,
                  int64_t *step, Err *err);

#endif
