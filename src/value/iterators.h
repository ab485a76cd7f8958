/* Iterator objects made in C. All follow one shape: an Obj with its sources, `next`
 * setting *out = VALUE_UNSET at the end.
 *
 *     type.iter = iter_self                      (an iterator is its own iterator)
 *     *out = seq_iter_new(list);                 (live: sees what is appended meanwhile)
 */
#ifndef QKV_VALUE_ITERATORS_H
#define QKV_VALUE_ITERATORS_H

#include "value/value.h"

bool iter_self(Interp *in, Value self, Value *out, Err *err); /* for the iter slot */

extern Type type_list_iter, type_tuple_iter, type_list_reverse_iter, type_enumerate, type_zip,
    type_map, type_filter, type_reversed, type_callable_iter;

/* Over a tuple or list (borrowed, retained inside). */
Value seq_iter_new(Value seq);
Value list_reverse_iter_new(Value list);
/* iter(f, sentinel). */
Value callable_iter_new(Value f, Value sentinel);

#endif
