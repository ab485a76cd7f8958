/* The built-in object kinds that C code touches directly. Constructors return
 * owned references; accessors borrow. Everything else goes through the slots.
 *
 *     Value t = tuple_new(2);                  (items are UNSET: fill them at once)
 *     tuple_items(t)[0] = value_int(2);        (takes over the reference)
 *
 * Where they are written: numbers, None, Ellipsis, str, tuple, list, dict, set, slice and
 * range each in a file of its name with their methods; object, type, property,
 * staticmethod, classmethod, super, functions, generators, modules and exceptions, and the
 * builtins that are about them (isinstance, issubclass, callable, getattr, setattr, delattr,
 * hasattr, dir, vars, id, globals), with the evaluator. interp_new puts the types of this
 * header and those builtins in scope; every other builtin function is src/python's.
 */
#ifndef QKV_VALUE_OBJ_H
#define QKV_VALUE_OBJ_H

#include "value/dict.h"
#include "value/value.h"

extern Type type_none, type_bool, type_int, type_float, type_ellipsis, type_notimpl, type_object,
    type_str, type_tuple, type_list, type_dict, type_set, type_frozenset, type_slice, type_range;

/* ---- str: immutable UTF-8 ------------------------------------------------------- */
struct StrObj {
    Obj head;
    uint64_t hash; /* 0 = not yet computed */
    size_t len;    /* bytes */
    int64_t count; /* code points; -1 = not yet counted */
    bool interned; /* equal interned strings are the same object */
    char s[];      /* NUL-terminated */
};
Value str_value(const char *s, size_t n);
Value str_value_cstr(const char *s);
StrObj *str_intern(const char *s, size_t n); /* owned; lives as long as it is used */
static inline StrObj *str_of(Value v) {
    return (StrObj *)v.o;
}
bool str_eq_cstr(Value v, const char *s); /* false when v is no str */

/* ---- tuple and list -------------------------------------------------------------- */
typedef struct TupleObj {
    Obj head;
    int64_t count;
    Value items[];
} TupleObj;
typedef struct ListObj {
    Obj head;
    int64_t count, cap;
    Value *items;
} ListObj;
Value tuple_new(int64_t n);
Value tuple_of(int64_t n, const Value *borrowed); /* retains the items */
static inline Value *tuple_items(Value t) {
    return ((TupleObj *)t.o)->items;
}
static inline int64_t tuple_count(Value t) {
    return ((TupleObj *)t.o)->count;
}
Value list_new(void);
void list_push_take(Value list, Value item);
static inline Value *list_items(Value l) {
    return ((ListObj *)l.o)->items;
}
static inline int64_t list_count(Value l) {
    return ((ListObj *)l.o)->count;
}
/* Items of a tuple or list (subclasses too), borrowed; false for anything else. */
bool seq_items(Value v, Value **items, int64_t *n);
/* A list of everything that iterating v gives; owned. */
bool seq_collect(Interp *in, Value v, Value *list, Err *err);

/* ---- dict and set ----------------------------------------------------------------- */
typedef struct DictObj {
    Obj head;
    Dict *d;
} DictObj;
Value dict_value_new(void);
static inline Dict *dict_of(Value v) {
    return ((DictObj *)v.o)->d;
}

/* ---- slice ------------------------------------------------------------------------- */
typedef struct SliceObj {
    Obj head;
    Value start, stop, step; /* None or ints (or anything __index__-like) */
} SliceObj;
Value slice_new(Value start, Value stop, Value step); /* borrows */
/* Python's slice.indices(len): start, step and count of elements. */
bool slice_resolve(Interp *in, Value slice, int64_t len, int64_t *start, int64_t *step,
                   int64_t *count, Err *err);

/* ---- range --------------------------------------------------------------------------- */
typedef struct RangeObj {
    Obj head;
    int64_t start, stop, step; /* step is never 0 */
    int64_t count;
} RangeObj;

/* ---- instances of dialect classes, and C types with a dict ---------------------------- */
typedef struct InstObj {
    Obj head;
    Dict *dict; /* attributes; NULL until the first */
} InstObj;
/* The attribute dict of any object whose type has a dict_offset; NULL for others. Made when
 * `make`. Borrowed. A C type that may be subclassed and whose instances have no `Dict *` of
 * their own gets one behind its struct in dialect subclasses (not tuple: flexible array). */
Dict *obj_dict(Obj *o, bool make);

/* ---- making types in C ------------------------------------------------------------------ */
/* A zeroed instance with refs 1; OBJ_GC when the type traverses. */
void *obj_new(Type *type);
void *obj_new_var(Type *type, size_t bytes); /* for flexible arrays: bytes in all */
/* A hash slot for objects that are equal only to themselves. */
bool obj_hash_identity(Interp *in, Value self, uint64_t *out, Err *err);
bool type_is_sub(const Type *t, const Type *of);
/* The nearest base that is written in C; a C type is its own. */
Type *type_c_base(const Type *t);
const char *type_qualified(const Type *t, Str *room); /* "torch.Tensor" */

/* Numbers: int for int and bool; false with TypeError otherwise ("'float' object cannot be
 * interpreted as an integer"). Objects with __index__ convert. */
bool value_to_int(Interp *in, Value v, int64_t *out, Err *err);
bool value_to_float(Interp *in, Value v, double *out, Err *err);
bool value_is_number(Value v); /* bool, int, float */
/* repr of a float as Python prints it ("1e-05", "0.1", "inf"). */
void float_repr(Str *out, double v);

#endif
