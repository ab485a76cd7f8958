/* What list, tuple, dict and set share: guarded recursion, comparison, repr, size
 * checks, sorting.
 *
 *     bool again;
 *     if (!repr_enter(self.o, &again, err)) return false;
 *     if (again) str_add(out, "[...]"); else { ...; repr_leave(); }
 */
#ifndef QKV_VALUE_SEQ_H
#define QKV_VALUE_SEQ_H

#include "value/row.h"
#include "value/obj.h"

/* *again: o is being shown further out (then do not leave). RecursionError when too deep. */
bool repr_enter(Obj *o, bool *again, Err *err);
void repr_leave(void);
/* Appends "a, b, c". Items are read anew at each step: a __repr__ may change the list. */
bool seq_repr_items(Interp *in, Value seq, Str *out, Err *err);
/* OP_EQ..OP_GE of two lists or two tuples. */
bool seq_compare(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
/* First index in [from, to) of an item that is or equals v, or -1. */
bool seq_find(Interp *in, Value seq, Value v, int64_t from, int64_t to, int64_t *at, Err *err);
/* The slot `contains` of both. */
bool seq_contains(Interp *in, Value self, Value item, bool *out, Err *err);
bool seq_count_equal(Interp *in, Value seq, Value v, int64_t *n, Err *err);
/* Identity or equality, as containers compare their items. */
bool value_same(Interp *in, Value a, Value b, bool *out, Err *err);

/* ERR_MEMORY when a sequence of n items is too much; n from the user, may be absurd. */
bool seq_admit(int64_t n, const char *what, Err *err);
/* a + b where a is a str, list or tuple and b is not: b's slot may know, else TypeError. */
bool concat_other(Interp *in, Value a, Value b, Value *out, Err *err);
/* The count in seq * v or v * seq, 0 when negative. *other set: the other operand's
 * slot gave *out instead. */
bool repeat_count(Interp *in, Value seq, Value v, bool seq_left, int64_t *times, Value *out,
                  bool *other, Err *err);

/* Sorts owned values in place, stably, by key(item) (None: the item itself) with `<`.
 * On an error the items are all still there, in some order. */
bool sort_values(Interp *in, Value *items, int64_t n, Value key, bool reverse, Err *err);

/* Elements of a resolved slice, owned by the new list. */
Value list_from(const Value *borrowed, int64_t n);
/* Grows the list's room to n items. */
void list_reserve(Value list, int64_t n);
/* list[at:at+drop] = items (borrowed). */
void list_splice(Value list, int64_t at, int64_t drop, const Value *items, int64_t n);
bool list_extend(Interp *in, Value list, Value iterable, Err *err);

extern const NativeRow list_methods[];

#endif
