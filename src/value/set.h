/* Sets. The table is probed and grown as CPython's is, so that a set of ints is
 * iterated, and printed, in the same order.
 *
 *     Value s = set_new(&type_set);
 *     if (!set_add(in, s, v, err)) ...
 *     for (size_t i = 0; set_next(s, &i, &v);) ...         (borrowed)
 */
#ifndef QKV_VALUE_SET_H
#define QKV_VALUE_SET_H

#include "value/row.h"
#include "value/obj.h"

extern Type type_set_iter;

Value set_new(Type *type); /* type_set, type_frozenset or a subclass */
bool set_is(Value v);      /* set or frozenset */
int64_t set_count(Value set);
bool set_add(Interp *in, Value set, Value key, Err *err);
bool set_has(Interp *in, Value set, Value key, bool *out, Err *err);
bool set_discard(Interp *in, Value set, Value key, bool *was, Err *err);
bool set_update(Interp *in, Value set, Value iterable, Err *err);
bool set_next(Value set, size_t *pos, Value *key);
void set_clear(Value set);
/* An arbitrary element is taken out and owned by the caller; false when empty. */
bool set_pop(Value set, Value *out);

/* a | b, a & b, a - b, a ^ b with a a set and b any iterable; of a's kind. */
bool set_operate(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
/* a |= b and so on; a a set, b any iterable. */
bool set_operate_into(Interp *in, Op op, Value a, Value b, Err *err);
/* Every element of a is in b (both sets). */
bool set_subset(Interp *in, Value a, Value b, bool *out, Err *err);
/* Moves from's elements into `set` (same types of table), emptying both's old contents. */
void set_swap(Value a, Value b);

extern const NativeRow set_methods[], frozenset_methods[];

#endif
