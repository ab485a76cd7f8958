/* Classes as objects: their attributes, text, and what subscripting, iterating and joining them
 * does. */
#include "config.h"

#include "eval/class.h"

/* ---- classes as objects --------------------------------------------------------------------- */

static void class_destroy(Obj *o) {
    HeapType *h = (HeapType *)o;
    type_changed();
    dict_free(h->type.attrs);
    mem_free(h->type.mro);
    h->type.attrs = NULL;
    h->type.mro = NULL;
    h->type.nmro = 0;
    value_release(value_obj(h->name));
    value_release(h->qualname);
    value_release(h->module);
    value_release(h->bases);
    code_release(h->code);
}

static void class_traverse(Obj *o, GcVisit visit, void *ctx) {
    HeapType *h = (HeapType *)o;
    if (h->type.attrs) dict_traverse(h->type.attrs, visit, ctx);
    value_visit(h->bases, visit, ctx);
}

static bool class_repr(Interp *in, Value self, Str *out, Err *err) {
    const Type *t = (Type *)self.o;
    Value text = VALUE_UNSET;
    if ((t->flags & TYPE_HEAP) &&
        !value_call_found(in, self, "__class_repr__", NULL, 0, &text, err))
        return false;
    if (text.tag != VT_UNSET) {
        bool ok = value_str(in, text, out, err);
        value_release(text);
        return ok;
    }
    str_add(out, "<class '");
    if (t->module && strcmp(t->module, "builtins") != 0) str_printf(out, "%s.", t->module);
    bool heap = (t->flags & TYPE_HEAP) && value_is(((HeapType *)t)->qualname, &type_str);
    str_add(out, heap ? str_of(((HeapType *)t)->qualname)->s : t->name);
    str_add(out, "'>");
    return true;
}

static Value bases_of(Type *t) {
    if (t->flags & TYPE_HEAP) return value_retain(((HeapType *)t)->bases);
    type_ready(t);
    Value bases = tuple_new(t->base != NULL);
    if (t->base) tuple_items(bases)[0] = type_value(t->base);
    return bases;
}

static Value mro_of(Type *t) {
    type_ready(t);
    Value mro = tuple_new(t->nmro);
    for (int i = 0; i < t->nmro; i++) tuple_items(mro)[i] = type_value(t->mro[i]);
    return mro;
}

static Value class_special(Type *t, const char *name, Value self) {
    bool heap = t->flags & TYPE_HEAP;
    if (strcmp(name, "__name__") == 0) { /* "numpy.ndarray" is what messages call it */
        const char *dot = strrchr(t->name, '.');
        return str_value_cstr(dot ? dot + 1 : t->name);
    }
    if (strcmp(name, "__qualname__") == 0)
        return heap ? value_retain(((HeapType *)t)->qualname) : str_value_cstr(t->name);
    if (strcmp(name, "__module__") == 0) {
        const char *dot = t->module ? NULL : strrchr(t->name, '.');
        if (dot) return str_value(t->name, (size_t)(dot - t->name));
        return str_value_cstr(t->module ? t->module : "builtins");
    }
    if (strcmp(name, "__bases__") == 0) return bases_of(t);
    if (strcmp(name, "__base__") == 0) return t->base ? type_value(t->base) : VALUE_NONE;
    if (strcmp(name, "__mro__") == 0) return mro_of(t);
    if (strcmp(name, "__dict__") == 0) {
        type_ready(t);
        if (heap) return dict_value_wrap(t->attrs, self);
        Value d = dict_value_new(), k, v; /* a copy: a type written in C does not change */
        for (size_t i = 0; dict_next(t->attrs, &i, &k, &v);) dict_set_str(dict_of(d), str_of(k), v);
        return d;
    }
    if (strcmp(name, "__class__") == 0) return type_value(&type_type);
    if (strcmp(name, "__annotations__") == 0 && heap) { /* its own ones: never the base's */
        Value made = dict_value_new();
        dict_set_cstr(t->attrs, name, made);
        return made;
    }
    return VALUE_UNSET;
}

static bool bind_to_class(Interp *in, Value attr, Type *t, Value *out, Err *err) {
    bool method = attr.tag == VT_OBJ &&
                  (attr.o->type == &type_classmethod || attr.o->type == &type_staticmethod);
    const NativeRow *row = value_is(attr, &type_native) ? native_row(attr) : NULL;
    if (method || (row && (row->flags & NATIVE_CLASS)))
        return attr_bind(in, attr, VALUE_NONE, t, out, err);
    if (attr.tag == VT_OBJ && (attr.o->type->flags & TYPE_HEAP) &&
        overlay_find(attr.o->type, "__get__").tag != VT_UNSET)
        return attr_bind(in, attr, VALUE_NONE, t, out, err);
    *out = value_retain(attr);
    return true;
}

static bool class_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    Type *t = (Type *)self.o;
    *out = VALUE_UNSET;
    bool dunder = name->s[0] == '_' && name->s[1] == '_';
    if (dunder && (strcmp(name->s, "__doc__") == 0 || strcmp(name->s, "__annotations__") == 0))
        *out = value_retain(type_own(t, name)); /* not the base's */
    if (dunder && out->tag == VT_UNSET) *out = class_special(t, name->s, self);
    if (out->tag != VT_UNSET) return true;
    Value attr = type_find(t, name);
    if (attr.tag != VT_UNSET) return bind_to_class(in, attr, t, out, err);
    return late_in_type(in, t, name, out, err);
}

/* An enumeration guards its members: __class_setattr__(name, deleted) may raise. */
static bool class_guard(Interp *in, Value self, StrObj *name, Value v, Err *err) {
    Value pos[] = {value_obj(name), value_bool(v.tag == VT_UNSET)}, ignored;
    if (!value_call_found(in, self, "__class_setattr__", pos, 2, &ignored, err)) return false;
    if (ignored.tag != VT_UNSET) value_release(ignored);
    return true;
}

static bool class_put(Interp *in, Value self, StrObj *name, Value v, Err *err) {
    Type *t = (Type *)self.o;
    type_changed();
    if (v.tag == VT_UNSET) {
        if (!dict_del_str(t->attrs, name)) return attr_error(in, self, name, err);
    } else {
        dict_set_str(t->attrs, name, v);
    }
    if (name->s[0] == '_' && name->s[1] == '_') overlay_slots(t);
    return true;
}

/* __name__, __qualname__, __module__: what the class itself keeps. */
static bool class_rename(HeapType *h, const char *name, Value v, Err *err) {
    if (!value_is(v, &type_str))
        return err_set(err, ERR_TYPE, "can only assign string to %s.%s, not '%s'", h->type.name,
                       name, value_type(v)->name);
    Value old = VALUE_UNSET;
    if (strcmp(name, "__name__") == 0) {
        old = value_obj(h->name);
        h->name = str_of(value_retain(v));
        h->type.name = h->name->s;
    } else {
        Value *field = strcmp(name, "__module__") == 0 ? &h->module : &h->qualname;
        old = *field;
        *field = value_retain(v);
        h->type.module = str_of(h->module)->s;
    }
    value_release(old);
    return true;
}

static bool class_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    Type *t = (Type *)self.o;
    *done = true;
    if (!(t->flags & TYPE_HEAP))
        return err_set(err, ERR_TYPE, "cannot set '%s' attribute of immutable type '%s'", name->s,
                       t->name);
    static const char *const own[] = {"__name__", "__qualname__", "__module__"};
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (strcmp(name->s, own[i]) == 0 && v.tag != VT_UNSET)
            return class_rename((HeapType *)t, own[i], v, err);
    return class_guard(in, self, name, v, err) && class_put(in, self, name, v, err);
}

/* type.__setattr__(cls, name, value): past the guard */
static bool class_setattr_method(Interp *in, Value *a, Value *out, Err *err) {
    *out = VALUE_NONE;
    if (!value_is(a[1], &type_str) || !(((Type *)a[0].o)->flags & TYPE_HEAP))
        return err_set(err, ERR_TYPE, "cannot set attributes of type '%s' by this name",
                       ((Type *)a[0].o)->name);
    return class_put(in, a[0], str_of(a[1]), a[2], err);
}

static bool class_mro(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    Value t = mro_of((Type *)a[0].o);
    *out = list_new();
    for (int64_t i = 0; i < tuple_count(t); i++)
        list_push_take(*out, value_retain(tuple_items(t)[i]));
    value_release(t);
    return true;
}

static bool class_subclasscheck(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_bool(value_isinstance(a[1], (Type *)a[0].o));
    return true;
}

static const NativeRow class_methods[] = {
    {.sig = "mro(self)",
     .fn = class_mro,
     .doc = "The classes that attributes are looked up in, in order."},
    {.sig = "__setattr__(self, name, value, /)",
     .fn = class_setattr_method,
     .flags = NATIVE_MUTATES,
     .doc = "self.name = value for a class."},
    {.sig = "__instancecheck__(self, instance, /)",
     .fn = class_subclasscheck,
     .doc = "isinstance(instance, self)."},
    {0},
};

/* ---- classes that act as containers --------------------------------------------------------- */

/* A[x]: __class_getitem__; list[int] and its like are the class itself. */
static bool class_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    static Type *const generic[] = {&type_list, &type_dict,      &type_tuple,
                                    &type_set,  &type_frozenset, &type_type};
    if (!value_call_found(in, self, "__class_getitem__", &key, 1, out, err)) return false;
    if (out->tag != VT_UNSET) return true;
    for (size_t i = 0; i < ARRAY_LEN(generic); i++) {
        if (!type_is_sub((Type *)self.o, generic[i])) continue;
        *out = value_retain(self);
        return true;
    }
    return err_set(err, ERR_TYPE, "type '%s' is not subscriptable", ((Type *)self.o)->name);
}

static bool class_iter(Interp *in, Value self, Value *out, Err *err) {
    if (!value_call_found(in, self, "__class_iter__", NULL, 0, out, err)) return false;
    return out->tag != VT_UNSET || err_set(err, ERR_TYPE, "'type' object is not iterable");
}

static bool class_len(Interp *in, Value self, int64_t *out, Err *err) {
    Value n;
    if (!value_call_found(in, self, "__class_len__", NULL, 0, &n, err)) return false;
    if (n.tag == VT_UNSET) return err_set(err, ERR_TYPE, "object of type 'type' has no len()");
    bool ok = value_to_int(in, n, out, err);
    value_release(n);
    return ok;
}

static bool class_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Value v;
    if (!value_call_found(in, self, "__class_contains__", &item, 1, &v, err)) return false;
    if (v.tag == VT_UNSET) return err_set(err, ERR_TYPE, "argument of type 'type' is not iterable");
    bool ok = value_truth(in, v, out, err);
    value_release(v);
    return ok;
}

static bool class_truth(Interp *in, Value self, bool *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    *out = true;
    return true;
}

/* A | B is typing.Union[A, B]. */
static bool class_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Value typing, form;
    *out = VALUE_NOTIMPL;
    bool fits = (value_is(a, &type_type) || a.tag == VT_NONE) &&
                (value_is(b, &type_type) || b.tag == VT_NONE);
    if (op != OP_OR || !fits) return true;
    if (!interp_import(in, "typing", &typing, err)) return false;
    bool ok = value_getattr_cstr(in, typing, "Union", &form, err);
    value_release(typing);
    if (!ok) return false;
    Value pair = tuple_of(2, (Value[]){a, b});
    ok = value_getitem(in, form, pair, out, err);
    value_release(pair);
    value_release(form);
    return ok;
}

Type type_type = {
    .name = "type",
    .kind = KIND_TYPE,
    .size = sizeof(HeapType),
    .flags = TYPE_GC,
    .destroy = class_destroy,
    .traverse = class_traverse,
    .call = type_call,
    .repr = class_repr,
    .hash = obj_hash_identity,
    .getattr = class_getattr,
    .setattr = class_setattr,
    .getitem = class_getitem,
    .iter = class_iter,
    .len = class_len,
    .contains = class_contains,
    .truth = class_truth,
    .binary = class_binary,
    .methods = class_methods,
    .doc = "type(value): its class. type(name, bases, dict): a new class.",
};
