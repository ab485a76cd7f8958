/* Methods of set and frozenset. */
#include "config.h"

#include "value/dictobj.h"
#include "value/ops.h"
#include "value/row.h"
#include "value/set.h"

static bool m_add(Interp *in, Value *args, Value *out, Err *err) {
    return set_add(in, args[0], args[1], err) && row_none(out);
}

static bool m_discard(Interp *in, Value *args, Value *out, Err *err) {
    bool was;
    return set_discard(in, args[0], args[1], &was, err) && row_none(out);
}

static bool m_remove(Interp *in, Value *args, Value *out, Err *err) {
    bool was;
    if (!set_discard(in, args[0], args[1], &was, err)) return false;
    return was ? row_none(out) : interp_raise_key(in, args[1], err);
}

static bool m_pop(Interp *in, Value *args, Value *out, Err *err) {
    return set_pop(args[0], out) || raise_key_text(in, "pop from an empty set", err);
}

static bool m_clear(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    set_clear(args[0]);
    return row_none(out);
}

static bool m_copy(Interp *in, Value *args, Value *out, Err *err) {
    if (value_is(args[0], &type_frozenset)) {
        *out = value_retain(args[0]);
        return true;
    }
    Value made = set_new(value_isinstance(args[0], &type_set) ? &type_set : &type_frozenset);
    if (!set_update(in, made, args[0], err)) {
        value_release(made);
        return false;
    }
    *out = made;
    return true;
}

/* A new set of self's kind with the items of self and of every other. */
static bool unite(Interp *in, Value self, Value others, Value *out, Err *err) {
    Value made = set_new(value_isinstance(self, &type_frozenset) ? &type_frozenset : &type_set);
    bool ok = set_update(in, made, self, err);
    for (int64_t i = 0; ok && i < tuple_count(others); i++)
        ok = set_update(in, made, tuple_items(others)[i], err);
    if (ok)
        *out = made;
    else
        value_release(made);
    return ok;
}

/* self op others[0] op others[1] ... as a new set. */
static bool fold(Interp *in, Op op, Value self, Value others, Value *out, Err *err) {
    if (tuple_count(others) == 0) return unite(in, self, others, out, err);
    Value made = value_retain(self);
    for (int64_t i = 0; i < tuple_count(others); i++) {
        Value next;
        bool ok = set_operate(in, op, made, tuple_items(others)[i], &next, err);
        value_release(made);
        if (!ok) return false;
        made = next;
    }
    *out = made;
    return true;
}

static bool fold_into(Interp *in, Op op, Value self, Value others, Value *out, Err *err) {
    for (int64_t i = 0; i < tuple_count(others); i++)
        if (!set_operate_into(in, op, self, tuple_items(others)[i], err)) return false;
    return row_none(out);
}

static bool m_union(Interp *in, Value *args, Value *out, Err *err) {
    return unite(in, args[0], args[1], out, err);
}

static bool m_intersection(Interp *in, Value *args, Value *out, Err *err) {
    return fold(in, OP_AND, args[0], args[1], out, err);
}

static bool m_difference(Interp *in, Value *args, Value *out, Err *err) {
    return fold(in, OP_SUB, args[0], args[1], out, err);
}

static bool m_symmetric(Interp *in, Value *args, Value *out, Err *err) {
    return set_operate(in, OP_XOR, args[0], args[1], out, err);
}

static bool m_update(Interp *in, Value *args, Value *out, Err *err) {
    return fold_into(in, OP_OR, args[0], args[1], out, err);
}

static bool m_intersection_update(Interp *in, Value *args, Value *out, Err *err) {
    return fold_into(in, OP_AND, args[0], args[1], out, err);
}

static bool m_difference_update(Interp *in, Value *args, Value *out, Err *err) {
    return fold_into(in, OP_SUB, args[0], args[1], out, err);
}

static bool m_symmetric_update(Interp *in, Value *args, Value *out, Err *err) {
    return set_operate_into(in, OP_XOR, args[0], args[1], err) && row_none(out);
}

/* other as a set: itself, or made from any iterable; owned. */
static bool as_set(Interp *in, Value other, Value *out, Err *err) {
    if (set_is(other)) {
        *out = value_retain(other);
        return true;
    }
    Value made = set_new(&type_set);
    if (!set_update(in, made, other, err)) {
        value_release(made);
        return false;
    }
    *out = made;
    return true;
}

static bool m_issubset(Interp *in, Value *args, Value *out, Err *err) {
    Value other;
    bool yes;
    if (!as_set(in, args[1], &other, err)) return false;
    bool ok = set_subset(in, args[0], other, &yes, err);
    value_release(other);
    if (ok) *out = value_bool(yes);
    return ok;
}

static bool m_issuperset(Interp *in, Value *args, Value *out, Err *err) {
    Value other;
    bool yes;
    if (!as_set(in, args[1], &other, err)) return false;
    bool ok = set_subset(in, other, args[0], &yes, err);
    value_release(other);
    if (ok) *out = value_bool(yes);
    return ok;
}

static bool m_isdisjoint(Interp *in, Value *args, Value *out, Err *err) {
    Value both;
    if (!set_operate(in, OP_AND, args[0], args[1], &both, err)) return false;
    *out = value_bool(set_count(both) == 0);
    value_release(both);
    return true;
}

#define SHARED_ROWS(new)                                                                           \
    {"copy(self, /)", m_copy, 0, "A new set with the same items.",                                 \
     ">>> " new "([1]).copy() == {1}\nTrue"},                                                      \
        {"union(self, /, *others)", m_union, 0, "Items of self and of every other.",               \
         ">>> sorted(" new "([1]).union([2], [3]))\n[1, 2, 3]"},                                   \
        {"intersection(self, /, *others)", m_intersection, 0,                                      \
         "Items of self that all others have.",                                                    \
         ">>> sorted(" new "([1, 2]).intersection([2, 3]))\n[2]"},                                 \
        {"difference(self, /, *others)", m_difference, 0, "Items of self that no other has.",      \
         ">>> sorted(" new "([1, 2]).difference([2, 3]))\n[1]"},                                   \
        {"symmetric_difference(self, other, /)", m_symmetric, 0, "Items that only one side has.",  \
         ">>> sorted(" new "([1, 2]).symmetric_difference([2, 3]))\n[1, 3]"},                      \
        {"issubset(self, other, /) -> bool", m_issubset, 0, "True when other has every item.",     \
         ">>> " new "([1]).issubset([1, 2])\nTrue"},                                               \
        {"issuperset(self, other, /) -> bool", m_issuperset, 0,                                    \
         "True when every item of other is in.", ">>> " new "([1, 2]).issuperset([1])\nTrue"},     \
    {                                                                                              \
        "isdisjoint(self, other, /) -> bool", m_isdisjoint, 0, "True when nothing is in both.",    \
            ">>> " new "([1]).isdisjoint([2])\nTrue"                                               \
    }

const NativeRow set_methods[] = {
    SHARED_ROWS("set"),
    {"add(self, item, /)", m_add, NATIVE_MUTATES, "Adds item.", ">>> s = {1}; s.add(2); s\n{1, 2}"},
    {"discard(self, item, /)", m_discard, NATIVE_MUTATES, "Removes item if it is there.",
     ">>> s = {1, 2}; s.discard(2); s.discard(3); s\n{1}"},
    {"remove(self, item, /)", m_remove, NATIVE_MUTATES, "Removes item; KeyError without it.",
     ">>> s = {1, 2}; s.remove(2); s\n{1}"},
    {"pop(self, /)", m_pop, NATIVE_MUTATES, "Removes some item and returns it.",
     ">>> s = {7}; s.pop(), s\n(7, set())"},
    {"clear(self, /)", m_clear, NATIVE_MUTATES, "Removes every item.",
     ">>> s = {1}; s.clear(); s\nset()"},
    {"update(self, /, *others)", m_update, NATIVE_MUTATES, "Adds the items of every other.",
     ">>> s = {1}; s.update([2], [3]); s\n{1, 2, 3}"},
    {"intersection_update(self, /, *others)", m_intersection_update, NATIVE_MUTATES,
     "Keeps what all others have.", ">>> s = {1, 2}; s.intersection_update([2]); s\n{2}"},
    {"difference_update(self, /, *others)", m_difference_update, NATIVE_MUTATES,
     "Removes what any other has.", ">>> s = {1, 2}; s.difference_update([2]); s\n{1}"},
    {"symmetric_difference_update(self, other, /)", m_symmetric_update, NATIVE_MUTATES,
     "Keeps what only one side has.",
     ">>> s = {1, 2}; s.symmetric_difference_update([2, 3]); s\n{1, 3}"},
    {0}};

const NativeRow frozenset_methods[] = {SHARED_ROWS("frozenset"), {0}};
