/* The C slots of a type under their dunder names, so that super().__init__(...),
 * dict.__getitem__(d, k) and x.__len__() mean what they say.
 *
 * Each native here runs the slot of the nearest base that is written in C: called through
 * super() from a class's own dunder it does not come back to that class. */
#include "config.h"

#include "eval/class.h"

bool object_init(Interp *in, Value *a, Value *out, Err *err) {
    Type *t = c_type(a[0]);
    Dict *kw = dict_of(a[2]);
    *out = VALUE_NONE;
    if (!t->init) {
        if (tuple_count(a[1]) == 0 && dict_count(kw) == 0) return true;
        return err_set(err, ERR_TYPE,
                       "object.__init__() takes exactly one argument (the instance to "
                       "initialize)");
    }
    int n = (int)dict_count(kw), k = 0;
    StrObj **names = mem_alloc((size_t)MAX(n, 1) * sizeof *names);
    Value *vals = mem_alloc((size_t)MAX(n, 1) * sizeof *vals), key, v;
    for (size_t i = 0; dict_next(kw, &i, &key, &v); k++) {
        names[k] = str_of(key);
        vals[k] = v;
    }
    CallArgs args = {.pos = tuple_items(a[1]),
                     .npos = (int)tuple_count(a[1]),
                     .kwnames = names,
                     .kwvals = vals,
                     .nkw = n};
    bool ok = t->init(in, a[0], &args, err);
    mem_free(names);
    mem_free(vals);
    return ok;
}

static bool by_len(Interp *in, Value *a, Value *out, Err *err) {
    int64_t n;
    if (!c_type(a[0])->len(in, a[0], &n, err)) return false;
    *out = value_int(n);
    return true;
}

static bool by_contains(Interp *in, Value *a, Value *out, Err *err) {
    bool hit;
    if (!c_type(a[0])->contains(in, a[0], a[1], &hit, err)) return false;
    *out = value_bool(hit);
    return true;
}

static bool by_getitem(Interp *in, Value *a, Value *out, Err *err) {
    return c_type(a[0])->getitem(in, a[0], a[1], out, err);
}

static bool by_setitem(Interp *in, Value *a, Value *out, Err *err) {
    *out = VALUE_NONE;
    return c_type(a[0])->setitem(in, a[0], a[1], a[2], err);
}

static bool by_delitem(Interp *in, Value *a, Value *out, Err *err) {
    *out = VALUE_NONE;
    return c_type(a[0])->delitem(in, a[0], a[1], err);
}

static bool by_iter(Interp *in, Value *a, Value *out, Err *err) {
    return c_type(a[0])->iter(in, a[0], out, err);
}

static bool by_next(Interp *in, Value *a, Value *out, Err *err) {
    if (!c_type(a[0])->next(in, a[0], out, err)) return false;
    return out->tag != VT_UNSET || err_set(err, ERR_STOPITER, "%s", "");
}

static bool by_call(Interp *in, Value *a, Value *out, Err *err) {
    CallArgs args = {.pos = tuple_items(a[1]), .npos = (int)tuple_count(a[1])};
    if (dict_count(dict_of(a[2])))
        return err_set(err, ERR_TYPE,
                       "__call__() by name takes no keywords; call the object itself");
    return c_type(a[0])->call(in, a[0], &args, out, err);
}

static bool by_bool(Interp *in, Value *a, Value *out, Err *err) {
    bool truth;
    if (!c_type(a[0])->truth(in, a[0], &truth, err)) return false;
    *out = value_bool(truth);
    return true;
}

/* X(name, operator): a.__name__(b) and, where the operands may stand the other way round,
 * a.__rname__(b). */
/* clang-format off */
#define OPERATORS(X)                                                                               \
    X(add, OP_ADD) X(sub, OP_SUB) X(mul, OP_MUL) X(truediv, OP_DIV) X(floordiv, OP_FLOORDIV)       \
    X(mod, OP_MOD) X(pow, OP_POW) X(matmul, OP_MATMUL) X(and, OP_AND) X(or, OP_OR) X(xor, OP_XOR)
/* clang-format on */
#define COMPARISONS(X) X(lt, OP_LT) X(le, OP_LE) X(gt, OP_GT) X(ge, OP_GE)

#define X(id, op)                                                                                  \
    static bool by_##id(Interp *in, Value *a, Value *out, Err *err) {                              \
        return c_type(a[0])->binary(in, op, a[0], a[1], out, err);                                 \
    }
OPERATORS(X)
COMPARISONS(X)
#undef X
#define X(id, op)                                                                                  \
    static bool by_r##id(Interp *in, Value *a, Value *out, Err *err) {                             \
        return c_type(a[0])->binary(in, op, a[1], a[0], out, err);                                 \
    }
OPERATORS(X)
#undef X

const SlotRow slot_rows[] = {
    {offsetof(Type, len), {.sig = "__len__(self, /)", .fn = by_len, .doc = "len(self)"}},
    {offsetof(Type, contains),
     {.sig = "__contains__(self, item, /)", .fn = by_contains, .doc = "item in self"}},
    {offsetof(Type, getitem),
     {.sig = "__getitem__(self, key, /)", .fn = by_getitem, .doc = "self[key]"}},
    {offsetof(Type, setitem),
     {.sig = "__setitem__(self, key, value, /)", .fn = by_setitem, .doc = "self[key] = value"}},
    {offsetof(Type, delitem),
     {.sig = "__delitem__(self, key, /)", .fn = by_delitem, .doc = "del self[key]"}},
    {offsetof(Type, iter), {.sig = "__iter__(self, /)", .fn = by_iter, .doc = "iter(self)"}},
    {offsetof(Type, next), {.sig = "__next__(self, /)", .fn = by_next, .doc = "next(self)"}},
    {offsetof(Type, call),
     {.sig = "__call__(self, /, *args, **kwargs)", .fn = by_call, .doc = "self(...)"}},
    {offsetof(Type, init),
     {.sig = "__init__(self, /, *args, **kwargs)",
      .fn = object_init,
      .doc = "Initialises what the class written in C keeps; ends the chain of super()."}},
    {offsetof(Type, truth), {.sig = "__bool__(self, /)", .fn = by_bool, .doc = "bool(self)"}},
#define X(id, op)                                                                                  \
    {offsetof(Type, binary),                                                                       \
     {.sig = "__" #id "__(self, other, /)",                                                        \
      .fn = by_##id,                                                                               \
      .doc = "The operator, self on the left."}},
    OPERATORS(X) COMPARISONS(X)
#undef X
#define X(id, op)                                                                                  \
    {offsetof(Type, binary),                                                                       \
     {.sig = "__r" #id "__(self, other, /)",                                                       \
      .fn = by_r##id,                                                                              \
      .doc = "The operator, self on the right."}},
        OPERATORS(X)
#undef X
            {0},
};
