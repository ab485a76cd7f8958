/* The builtins that are about objects and classes, super, and the names the dialect refuses. */
#include "config.h"

#include "value/complex.h"

#include "eval/class.h"
#include "value/dictobj.h"
#include "eval/frames.h"

/* ---- super ------------------------------------------------------------------------------- */

static bool super_create(Interp *in, Type *cls, const CallArgs *a, Value *out, Err *err) {
    UNUSED(in);
    if (a->npos == 0) return err_set(err, ERR_RUNTIME, "super(): no arguments");
    if (a->npos != 2 || a->nkw || !value_is(a->pos[0], &type_type))
        return err_set(err, ERR_TYPE,
                       "super() takes a class and an instance, or nothing inside a method");
    Type *t = (Type *)a->pos[0].o;
    bool of_class = value_is(a->pos[1], &type_type) && type_is_sub((Type *)a->pos[1].o, t);
    if (!of_class && !value_isinstance(a->pos[1], t))
        return err_set(err, ERR_TYPE,
                       "super(type, obj): obj must be an instance or subtype of type");
    SuperObj *s = obj_new(cls);
    s->type = value_retain(a->pos[0]);
    s->self = value_retain(a->pos[1]);
    *out = value_obj(s);
    return true;
}

static void super_destroy(Obj *o) {
    value_release(((SuperObj *)o)->type);
    value_release(((SuperObj *)o)->self);
}

static void super_traverse(Obj *o, GcVisit visit, void *ctx) {
    SuperObj *s = (SuperObj *)o;
    visit(s->type.o, ctx);
    if (s->self.tag == VT_OBJ) visit(s->self.o, ctx);
}

static bool super_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    SuperObj *s = (SuperObj *)self.o;
    bool of_class = value_is(s->self, &type_type);
    Type *t = of_class ? (Type *)s->self.o : value_type(s->self);
    type_ready(t);
    int i = 0;
    while (i < t->nmro && t->mro[i] != (Type *)s->type.o) i++;
    for (i++; i < t->nmro; i++) {
        Value attr = type_own(t->mro[i], name);
        if (attr.tag == VT_UNSET) continue;
        if (!of_class) return attr_bind(in, attr, s->self, t, out, err);
        bool wrapped = value_is(attr, &type_classmethod) || value_is(attr, &type_staticmethod) ||
                       value_is(attr, &type_native);
        if (wrapped) return attr_bind(in, attr, s->self, t, out, err);
        *out = value_retain(attr);
        return true;
    }
    *out = VALUE_UNSET;
    return true;
}

static bool super_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    SuperObj *s = (SuperObj *)self.o;
    Type *t = (Type *)s->type.o;
    str_printf(out, "<super: <class '%s'>, <%s object>>", t->name, value_type(s->self)->name);
    return true;
}

Type type_super = {
    .name = "super",
    .kind = KIND_SUPER,
    .size = sizeof(SuperObj),
    .flags = TYPE_GC,
    .destroy = super_destroy,
    .traverse = super_traverse,
    .create = super_create,
    .getattr = super_getattr,
    .repr = super_repr,
    .hash = obj_hash_identity,
    .doc = "super(): the methods of the base classes, bound to self.",
};

/* ---- classes -------------------------------------------------------------------------------- */

/* Is t, the type of v (UNSET: of no value), under `of`: a class or a tuple of classes? */
static bool check_class(Type *t, Value v, Value of, const char *fname, bool *hit, Err *err) {
    if (value_is(of, &type_type)) {
        const Type *cls = (Type *)of.o;
        *hit = type_is_sub(t, cls) || (t->acts_as && type_is_sub(t->acts_as, cls)) ||
               (cls->has_instance && v.tag != VT_UNSET && cls->has_instance(cls, v));
        return true;
    }
    if (value_is(of, &type_tuple)) {
        *hit = false;
        for (int64_t i = 0; i < tuple_count(of) && !*hit; i++)
            if (!check_class(t, v, tuple_items(of)[i], fname, hit, err)) return false;
        return true;
    }
    if (value_is(of, &type_stub)) return stub_error(of, err);
    if (of.tag == VT_NONE) {
        *hit = t == &type_none;
        return true;
    }
    return err_set(err, ERR_TYPE, "%s() arg 2 must be a type or a tuple of types, not '%s'", fname,
                   value_type(of)->name);
}

static bool b_isinstance(Interp *in, Value *a, Value *out, Err *err) {
    bool hit;
    UNUSED(in);
    if (value_type(a[1])->flags & TYPE_HEAP &&
        overlay_find(value_type(a[1]), "__instancecheck__").tag != VT_UNSET)
        return overlay_call(in, a[1], "__instancecheck__", a, 1, out, err);
    if (!check_class(value_type(a[0]), a[0], a[1], "isinstance", &hit, err)) return false;
    *out = value_bool(hit);
    return true;
}

static bool b_issubclass(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    bool hit;
    if (!value_is(a[0], &type_type))
        return err_set(err, ERR_TYPE, "issubclass() arg 1 must be a class");
    if (!check_class((Type *)a[0].o, VALUE_UNSET, a[1], "issubclass", &hit, err)) return false;
    *out = value_bool(hit);
    return true;
}

static bool b_callable(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_bool(value_type(a[0])->call != NULL && !value_is(a[0], &type_stub));
    return true;
}

/* ---- attributes by name --------------------------------------------------------------------- */

/* Interned and owned; NULL with TypeError when v is no text. */
static StrObj *attr_name(const char *fname, Value v, Err *err) {
    if (value_isinstance(v, &type_str)) return str_intern(str_of(v)->s, str_of(v)->len);
    err_set(err, ERR_TYPE, "%s(): attribute name must be string", fname);
    return NULL;
}

static void name_done(StrObj *name) {
    value_release(value_obj(name));
}

static bool b_getattr(Interp *in, Value *a, Value *out, Err *err) {
    StrObj *name = attr_name("getattr", a[1], err);
    if (!name) return false;
    bool ok;
    if (a[2].tag == VT_UNSET) {
        ok = value_getattr(in, a[0], name, out, err);
    } else {
        ok = value_lookup(in, a[0], name->s, out, err);
        if (ok && out->tag == VT_UNSET) *out = value_retain(a[2]);
    }
    name_done(name);
    return ok;
}

static bool b_hasattr(Interp *in, Value *a, Value *out, Err *err) {
    StrObj *name = attr_name("hasattr", a[1], err);
    Value v;
    if (!name) return false;
    bool ok = value_lookup(in, a[0], name->s, &v, err);
    name_done(name);
    if (!ok) return false;
    *out = value_bool(v.tag != VT_UNSET);
    value_release(v);
    return true;
}

static bool b_setattr(Interp *in, Value *a, Value *out, Err *err) {
    StrObj *name = attr_name("setattr", a[1], err);
    if (!name) return false;
    bool ok = value_setattr(in, a[0], name, a[2], err);
    name_done(name);
    *out = VALUE_NONE;
    return ok;
}

static bool b_delattr(Interp *in, Value *a, Value *out, Err *err) {
    StrObj *name = attr_name("delattr", a[1], err);
    if (!name) return false;
    bool ok = value_setattr(in, a[0], name, VALUE_UNSET, err);
    name_done(name);
    *out = VALUE_NONE;
    return ok;
}

/* ---- names as a dict ------------------------------------------------------------------------ */

static bool b_globals(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(a);
    Frame *f = frame_top(in);
    if (!f) return err_set(err, ERR_RUNTIME, "globals() is called from no code");
    Value module = value_obj(f->module), dict = dict_value_wrap(f->globals, module);
    *out = dict_proxy_new(dict);
    value_release(dict);
    return true;
}

/* Of a function and of a class body a dict of its own, as in Python; elsewhere globals(). */
static bool b_locals(Interp *in, Value *a, Value *out, Err *err) {
    Frame *f = frame_top(in);
    if (!f || f->names == f->globals || (!f->names && !f->fn)) return b_globals(in, a, out, err);
    Value copy = frame_locals(f);
    *out = f->names ? dict_proxy_new(copy) : value_retain(copy);
    value_release(copy);
    return true;
}

/* ---- looking at objects --------------------------------------------------------------------- */

static void collect_name(void *ctx, const char *name) {
    Value none = VALUE_NONE;
    dict_set_cstr(ctx, name, none);
}

static int by_name(const void *a, const void *b) {
    return strcmp(str_of(*(const Value *)a)->s, str_of(*(const Value *)b)->s);
}

static bool b_dir(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(err);
    Dict *names = dict_new();
    Frame *f = frame_top(in);
    Value k, v;
    if (a[0].tag != VT_UNSET)
        value_dir(in, a[0], collect_name, names);
    else if (f)
        for (size_t i = 0; dict_next(f->globals, &i, &k, &v);) collect_name(names, str_of(k)->s);
    *out = list_new();
    for (size_t i = 0; dict_next(names, &i, &k, &v);) list_push_take(*out, value_retain(k));
    qsort(list_items(*out), (size_t)list_count(*out), sizeof(Value), by_name);
    dict_free(names);
    return true;
}

static bool b_vars(Interp *in, Value *a, Value *out, Err *err) {
    if (a[0].tag == VT_UNSET) return b_locals(in, a, out, err);
    Value d;
    if (!value_lookup(in, a[0], "__dict__", &d, err)) return false;
    if (d.tag == VT_UNSET)
        return err_set(err, ERR_TYPE, "vars() argument must have __dict__ attribute");
    *out = d;
    return true;
}

static bool b_id(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_int(a[0].tag == VT_OBJ ? (int64_t)(uintptr_t)a[0].o
                                        : (int64_t)((uint64_t)a[0].i << 4 | (uint64_t)a[0].tag));
    return true;
}

/* ---- what the dialect refuses --------------------------------------------------------------- */

static bool refuse(const char *name, const char *why, Err *err) {
    err_set(err, ERR_NOTIMPL, "%s() is not part of the dialect: %s", name, why);
    return false;
}

#define REFUSAL(name, why)                                                                         \
    static bool no_##name(Interp *in, Value *a, Value *out, Err *err) {                            \
        UNUSED(in), UNUSED(a), UNUSED(out);                                                        \
        return refuse(#name, why, err);                                                            \
    }
REFUSAL(eval, "text is not run as code; write the expression itself")
REFUSAL(exec, "text is not run as code; write the statements themselves")
REFUSAL(compile, "text is not run as code")
REFUSAL(open, "it has no files; put the data into the cell")
REFUSAL(input, "a cell cannot ask; assign the value to a name")
REFUSAL(breakpoint, "use print, or %trace for the shapes of every step")
#undef REFUSAL

#define REFUSAL_ROW(name)                                                                          \
    { .sig = #name "(*args, **kwargs)", .fn = no_##name, .doc = "Not part of the dialect." }

static const NativeRow rows[] = {
    {.sig = "isinstance(obj, class_or_tuple, /)",
     .fn = b_isinstance,
     .doc = "Whether obj is an instance of the class, of a subclass, or of one of several.",
     .example = ">>> isinstance(True, (int, float))\nTrue"},
    {.sig = "issubclass(cls, class_or_tuple, /)",
     .fn = b_issubclass,
     .doc = "Whether cls is the class or derived from it.",
     .example = ">>> issubclass(KeyError, LookupError)\nTrue"},
    {.sig = "callable(obj, /)",
     .fn = b_callable,
     .doc = "Whether obj can be called.",
     .example = ">>> callable(len)\nTrue"},
    {.sig = "getattr(obj, name, default=..., /)",
     .fn = b_getattr,
     .doc = "obj.name with the name as text; the default instead of AttributeError.",
     .example = ">>> getattr(3, 'nothing', 'none')\n'none'"},
    {.sig = "hasattr(obj, name, /)",
     .fn = b_hasattr,
     .doc = "Whether obj.name would work.",
     .example = ">>> hasattr([], 'append')\nTrue"},
    {.sig = "setattr(obj, name, value, /)",
     .fn = b_setattr,
     .flags = NATIVE_MUTATES,
     .doc = "obj.name = value with the name as text."},
    {.sig = "delattr(obj, name, /)",
     .fn = b_delattr,
     .flags = NATIVE_MUTATES,
     .doc = "del obj.name with the name as text."},
    {.sig = "dir(obj=..., /)",
     .fn = b_dir,
     .doc = "Names of the attributes, sorted.",
     .example = ">>> 'append' in dir([])\nTrue"},
    {.sig = "vars(obj=..., /)",
     .fn = b_vars,
     .doc = "The attributes that obj itself has, as a dict."},
    {.sig = "globals()",
     .fn = b_globals,
     .doc = "The module's names and their values, to read.",
     .example = ">>> x = 1; globals()['x'], 'y' in globals()\n(1, False)"},
    {.sig = "locals()",
     .fn = b_locals,
     .doc = "A function's names and their values as they are now; elsewhere globals().",
     .example = ">>> (lambda a, b: locals())(1, 2)\n{'a': 1, 'b': 2}"},
    {.sig = "id(obj, /)", .fn = b_id, .doc = "A number that no other living object has."},
    REFUSAL_ROW(eval),
    REFUSAL_ROW(exec),
    REFUSAL_ROW(compile),
    REFUSAL_ROW(open),
    REFUSAL_ROW(input),
    REFUSAL_ROW(breakpoint),
    {0},
};

static void install_type(Interp *in, Type *t) {
    Value v = type_value(t);
    interp_builtin_set(in, t->name, v);
    value_release(v);
}

static bool is_str(Interp *in, Value v) {
    UNUSED(in);
    return value_isinstance(v, &type_str);
}

void builtins_install(Interp *in) {
    static Type *const types[] = {
        &type_object,       &type_type,        &type_bool,  &type_int,   &type_float,
        &type_complex,      &type_str,         &type_tuple, &type_list,  &type_dict,
        &type_set,          &type_frozenset,   &type_slice, &type_range, &type_property,
        &type_staticmethod, &type_classmethod, &type_super,
    };
    native_checker_register("str", is_str, "str");
    for (size_t i = 0; i < ARRAY_LEN(types); i++) install_type(in, types[i]);
    for (int k = ERR_BASE; k < ERR_RAISED; k++)
        if (k != ERR_LINALG) install_type(in, &exc_types[k]); /* that one is torch's */
    for (const NativeRow *r = rows; r->sig; r++) {
        Value f = native_new(in, r, NULL);
        char *name = mem_strndup(r->sig, native_name_len(r));
        interp_builtin_set(in, name, f);
        value_release(f);
        mem_free(name);
    }
    interp_builtin_set(in, "NotImplemented", VALUE_NOTIMPL);
    interp_builtin_set(in, "Ellipsis", VALUE_ELLIPSIS);
    Value os = type_value(&exc_types[ERR_OS]);
    interp_builtin_set(in, "IOError", os);
    value_release(os);
}
