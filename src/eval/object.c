/* object: what every class has, and the C slots of a type under their dunder names, so that
 * super().__init__(...), dict.__getitem__(d, k) and x.__len__() mean what they say.
 *
 * Each native here runs the slot of the nearest base that is written in C: called through
 * super() from a class's own dunder it does not come back to that class. */
#include "config.h"

#include "eval/class.h"

static Type *c_type(Value v) {
    return type_c_base(value_type(v));
}

/* ---- object itself ------------------------------------------------------------------------- */

static bool object_init(Interp *in, Value *a, Value *out, Err *err) {
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

static bool object_make(Interp *in, Value *a, Value *out, Err *err) {
    if (value_kind(a[0]) != KIND_TYPE)
        return err_set(err, ERR_TYPE, "__new__(): the first argument must be a class, not '%s'",
                       value_type(a[0])->name);
    Type *cls = (Type *)a[0].o;
    CallArgs args = {.pos = tuple_items(a[1]), .npos = (int)tuple_count(a[1])};
    if (cls->create == type_object.create) args.npos = 0;
    if (!cls->create) return err_set(err, ERR_TYPE, "cannot create '%s' instances", cls->name);
    return cls->create(in, cls, &args, out, err);
}

static Value text_value(Str *s) {
    Value v = str_value(str_cstr(s), s->len);
    str_clear(s);
    return v;
}

static bool object_repr(Interp *in, Value *a, Value *out, Err *err) {
    Type *t = c_type(a[0]);
    Str s = STR_INIT, room = STR_INIT;
    bool ok = true;
    if (t->repr)
        ok = t->repr(in, a[0], &s, err);
    else
        str_printf(&s, "<%s object at 0x%012lx>", type_qualified(value_type(a[0]), &room),
                   a[0].tag == VT_OBJ ? (unsigned long)(uintptr_t)a[0].o : 0ul);
    str_clear(&room);
    if (ok) *out = text_value(&s);
    str_clear(&s);
    return ok;
}

static bool object_str(Interp *in, Value *a, Value *out, Err *err) {
    Type *t = c_type(a[0]);
    Str s = STR_INIT;
    bool ok = t->str ? t->str(in, a[0], &s, err) : value_repr(in, a[0], &s, err);
    if (ok) *out = text_value(&s);
    str_clear(&s);
    return ok;
}

static bool object_format(Interp *in, Value *a, Value *out, Err *err) {
    Type *t = c_type(a[0]);
    Str s = STR_INIT;
    const char *spec = str_of(a[1])->s;
    size_t n = str_of(a[1])->len;
    bool ok = t->format ? t->format(in, a[0], spec, n, &s, err)
              : n == 0  ? value_str(in, a[0], &s, err)
                       : err_set(err, ERR_TYPE, "unsupported format string passed to %s.__format__",
                                 value_type(a[0])->name);
    if (ok) *out = text_value(&s);
    str_clear(&s);
    return ok;
}

static bool compare(Interp *in, Op op, Value *a, Value *out, Err *err) {
    Type *t = c_type(a[0]);
    *out = VALUE_NOTIMPL;
    if (t->binary && !t->binary(in, op, a[0], a[1], out, err)) return false;
    bool same = a[0].tag == a[1].tag && a[0].tag == VT_OBJ && a[0].o == a[1].o;
    if (out->tag == VT_NOTIMPL && same) *out = value_bool(op == OP_EQ);
    return true;
}

static bool object_eq(Interp *in, Value *a, Value *out, Err *err) {
    return compare(in, OP_EQ, a, out, err);
}
static bool object_ne(Interp *in, Value *a, Value *out, Err *err) {
    return compare(in, OP_NE, a, out, err);
}

static bool object_hash(Interp *in, Value *a, Value *out, Err *err) {
    Type *t = c_type(a[0]);
    uint64_t h;
    if (!t->hash) return err_set(err, ERR_TYPE, "unhashable type: '%s'", value_type(a[0])->name);
    if (!t->hash(in, a[0], &h, err)) return false;
    *out = value_int((int64_t)h);
    return true;
}

static bool name_arg(Value v, Err *err) {
    return value_is(v, &type_str) ||
           err_set(err, ERR_TYPE, "attribute name must be string, not '%s'", value_type(v)->name);
}

static bool object_setattr(Interp *in, Value *a, Value *out, Err *err) {
    *out = VALUE_NONE;
    return name_arg(a[1], err) && attr_set_generic(in, a[0], str_of(a[1]), a[2], err);
}

static bool object_delattr(Interp *in, Value *a, Value *out, Err *err) {
    *out = VALUE_NONE;
    return name_arg(a[1], err) && attr_set_generic(in, a[0], str_of(a[1]), VALUE_UNSET, err);
}

static bool object_getattribute(Interp *in, Value *a, Value *out, Err *err) {
    return name_arg(a[1], err) && attr_get_plain(in, a[0], str_of(a[1]), out, err) &&
           (out->tag != VT_UNSET || attr_error(in, a[0], str_of(a[1]), err));
}

static void offer_name(void *ctx, const char *name) {
    Value *list = ctx;
    list_push_take(*list, str_value_cstr(name));
}

static bool object_dir(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(err);
    *out = list_new();
    value_dir(in, a[0], offer_name, out);
    return true;
}

static bool object_init_subclass(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    *out = VALUE_NONE;
    return dict_count(dict_of(a[1])) == 0 ||
           err_set(err, ERR_TYPE, "%s.__init_subclass__() takes no keyword arguments",
                   ((Type *)a[0].o)->name);
}

static const NativeRow object_methods[] = {
    {.sig = "__new__(cls, /, *args, **kwargs)",
     .fn = object_make,
     .flags = NATIVE_STATIC,
     .doc = "A new instance of cls, not yet initialised."},
    {.sig = "__init__(self, /, *args, **kwargs)",
     .fn = object_init,
     .doc = "Initialises what the class written in C keeps."},
    {.sig = "__repr__(self, /)", .fn = object_repr, .doc = "repr(self)"},
    {.sig = "__str__(self, /)", .fn = object_str, .doc = "str(self)"},
    {.sig = "__format__(self, spec: str, /)", .fn = object_format, .doc = "format(self, spec)"},
    {.sig = "__eq__(self, other, /)", .fn = object_eq, .doc = "self == other"},
    {.sig = "__ne__(self, other, /)", .fn = object_ne, .doc = "self != other"},
    {.sig = "__hash__(self, /)", .fn = object_hash, .doc = "hash(self)"},
    {.sig = "__setattr__(self, name, value, /)", .fn = object_setattr, .doc = "self.name = value"},
    {.sig = "__delattr__(self, name, /)", .fn = object_delattr, .doc = "del self.name"},
    {.sig = "__getattribute__(self, name, /)", .fn = object_getattribute, .doc = "self.name"},
    {.sig = "__dir__(self, /)", .fn = object_dir, .doc = "The names of its attributes."},
    {.sig = "__init_subclass__(cls, /, **kwargs)",
     .fn = object_init_subclass,
     .flags = NATIVE_CLASS,
     .doc = "Called for each new subclass."},
    {0},
};

void object_install(void) {
    type_object.methods = object_methods;
}

/* ---- slots by name --------------------------------------------------------------------------- */

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
#define OPERATORS(X)                                                                               \
    X(add, OP_ADD)                                                                                 \
    X(sub, OP_SUB)                                                                                 \
    X(mul, OP_MUL)                                                                                 \
    X(truediv, OP_DIV) X(floordiv, OP_FLOORDIV) X(mod, OP_MOD) X(pow, OP_POW) X(matmul, OP_MATMUL) \
        X(and, OP_AND) X(or, OP_OR) X(xor, OP_XOR)
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

typedef struct SlotRow {
    size_t slot; /* offset in Type of a function pointer */
    NativeRow row;
} SlotRow;

static const SlotRow slot_rows[] = {
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
};

void object_dunders(Type *t) {
    typedef void (*AnyFn)(void);
    for (size_t i = 0; i < ARRAY_LEN(slot_rows); i++) {
        AnyFn fn;
        memcpy(&fn, (const char *)t + slot_rows[i].slot, sizeof fn);
        const NativeRow *row = &slot_rows[i].row;
        if (!fn || t->kind == KIND_TYPE) continue;
        StrObj *name = str_intern(row->sig, native_name_len(row));
        if (dict_get_str(t->attrs, name).tag == VT_UNSET) {
            Value f = native_method_new(row, t);
            dict_set_str(t->attrs, name, f);
            value_release(f);
        }
        value_release(value_obj(name));
    }
}
