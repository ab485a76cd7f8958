/* The methods of object: what every class has. They run the slots of the nearest base that is
 * written in C, as those of slots.c do. */
#include "config.h"

#include "eval/class.h"

/* ---- object itself ------------------------------------------------------------------------- */

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
