/* Descriptors: bound methods, static and class methods, properties. */
#include "config.h"

#include "eval/vm.h"

/* ---- bound methods -------------------------------------------------------------------------- */

Value method_new(Value func, Value self) {
    MethodObj *m = obj_new(&type_method);
    m->func = value_retain(func);
    m->self = value_retain(self);
    return value_obj(m);
}

static void method_destroy(Obj *o) {
    value_release(((MethodObj *)o)->func);
    value_release(((MethodObj *)o)->self);
}

static void method_traverse(Obj *o, GcVisit visit, void *ctx) {
    value_visit(((MethodObj *)o)->func, visit, ctx);
    value_visit(((MethodObj *)o)->self, visit, ctx);
}

static bool method_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    MethodObj *m = (MethodObj *)self.o;
    Value room[16];
    int n = args->npos + 1;
    Value *pos = n <= (int)ARRAY_LEN(room) ? room : mem_alloc((size_t)n * sizeof *pos);
    pos[0] = m->self;
    if (args->npos) memcpy(pos + 1, args->pos, (size_t)args->npos * sizeof *pos);
    CallArgs all = *args;
    all.pos = pos;
    all.npos = n;
    value_retain(self); /* the call may drop the last other reference */
    bool ok = value_call(in, m->func, &all, out, err);
    value_release(self);
    if (pos != room) mem_free(pos);
    return ok;
}

static bool method_repr(Interp *in, Value self, Str *out, Err *err) {
    MethodObj *m = (MethodObj *)self.o;
    if (value_kind(m->func) == KIND_NATIVE) {
        str_printf(out, "<built-in method %s of %s object>", native_name(m->func),
                   value_type(m->self)->name);
        return true;
    }
    Value q = value_kind(m->func) == KIND_FUNCTION ? ((FuncObj *)m->func.o)->qualname : VALUE_NONE;
    str_printf(out, "<bound method %s of ", value_is(q, &type_str) ? str_of(q)->s : "?");
    if (!value_repr(in, m->self, out, err)) return false;
    str_addc(out, '>');
    return true;
}

static bool method_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    MethodObj *m = (MethodObj *)self.o;
    if (strcmp(name->s, "__self__") == 0)
        *out = value_retain(m->self);
    else if (strcmp(name->s, "__func__") == 0)
        *out = value_retain(m->func);
    else if (strcmp(name->s, "__class__") == 0)
        *out = VALUE_UNSET;
    else
        return attr_get(in, m->func, name, out, err);
    return true;
}

/* Equal when they bind one function to one object. */
static bool method_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = VALUE_NOTIMPL;
    if ((op != OP_EQ && op != OP_NE) || !value_is(b, &type_method) || !value_is(a, &type_method))
        return true;
    MethodObj *m = (MethodObj *)a.o, *n = (MethodObj *)b.o;
    bool same = m->func.o == n->func.o && m->self.tag == n->self.tag && m->self.i == n->self.i;
    *out = value_bool(same == (op == OP_EQ));
    return true;
}

static bool method_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    return obj_hash_identity(in, ((MethodObj *)self.o)->func, out, err);
}

static bool method_create(Interp *in, Type *cls, const CallArgs *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls);
    if (a->npos != 2 || a->nkw)
        return err_set(err, ERR_TYPE, "method expected 2 arguments, got %d", a->npos + a->nkw);
    if (!value_type(a->pos[0])->call)
        return err_set(err, ERR_TYPE, "first argument must be callable");
    if (a->pos[1].tag == VT_NONE) return err_set(err, ERR_TYPE, "self must not be None");
    *out = method_new(a->pos[0], a->pos[1]);
    return true;
}

Type type_method = {
    .name = "method",
    .kind = KIND_METHOD,
    .size = sizeof(MethodObj),
    .flags = TYPE_GC,
    .create = method_create,
    .destroy = method_destroy,
    .traverse = method_traverse,
    .call = method_call,
    .repr = method_repr,
    .hash = method_hash,
    .binary = method_binary,
    .getattr = method_getattr,
};

/* ---- staticmethod, classmethod -------------------------------------------------------------- */

static void wrap_destroy(Obj *o) {
    value_release(((WrapObj *)o)->func);
}
static void wrap_traverse(Obj *o, GcVisit visit, void *ctx) {
    value_visit(((WrapObj *)o)->func, visit, ctx);
}

static bool wrap_create(Interp *in, Type *cls, const CallArgs *a, Value *out, Err *err) {
    UNUSED(in);
    if (a->npos != 1 || a->nkw)
        return err_set(err, ERR_TYPE, "%s() takes one function, got %d arguments", cls->name,
                       a->npos + a->nkw);
    WrapObj *w = obj_new(cls);
    w->func = value_retain(a->pos[0]);
    *out = value_obj(w);
    return true;
}

static bool wrap_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    return value_call(in, ((WrapObj *)self.o)->func, args, out, err);
}

static bool wrap_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    Value f = ((WrapObj *)self.o)->func;
    *out = VALUE_UNSET;
    if (strcmp(name->s, "__func__") == 0 || strcmp(name->s, "__wrapped__") == 0)
        *out = value_retain(f);
    else if (name->s[0] == '_' && strcmp(name->s, "__class__") != 0)
        return attr_get(in, f, name, out, err);
    return true;
}

static bool static_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(cls), UNUSED(err);
    *out = value_retain(((WrapObj *)attr.o)->func);
    return true;
}

static bool class_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    Value c = type_value(cls);
    *out = method_new(((WrapObj *)attr.o)->func, c);
    value_release(c);
    return true;
}

Type type_staticmethod = {.name = "staticmethod",
                          .bind = static_bind,
                          .size = sizeof(WrapObj),
                          .flags = TYPE_GC,
                          .destroy = wrap_destroy,
                          .traverse = wrap_traverse,
                          .create = wrap_create,
                          .call = wrap_call,
                          .getattr = wrap_getattr,
                          .hash = obj_hash_identity,
                          .doc = "staticmethod(function): a method that takes no self."};
Type type_classmethod = {.name = "classmethod",
                         .bind = class_bind,
                         .size = sizeof(WrapObj),
                         .flags = TYPE_GC,
                         .destroy = wrap_destroy,
                         .traverse = wrap_traverse,
                         .create = wrap_create,
                         .getattr = wrap_getattr,
                         .hash = obj_hash_identity,
                         .doc =
                             "classmethod(function): a method whose first argument is the class."};

/* ---- property ------------------------------------------------------------------------------- */

static void property_destroy(Obj *o) {
    PropertyObj *p = (PropertyObj *)o;
    value_release(p->get);
    value_release(p->set);
    value_release(p->del);
    value_release(p->doc);
}

static void property_traverse(Obj *o, GcVisit visit, void *ctx) {
    PropertyObj *p = (PropertyObj *)o;
    value_visit(p->get, visit, ctx);
    value_visit(p->set, visit, ctx);
    value_visit(p->del, visit, ctx);
    value_visit(p->doc, visit, ctx);
}

static Value property_new(Value get, Value set, Value del, Value doc) {
    PropertyObj *p = obj_new(&type_property);
    p->head.flags |= OBJ_DATA;
    p->get = value_retain(get);
    p->set = value_retain(set);
    p->del = value_retain(del);
    p->doc = value_retain(doc);
    return value_obj(p);
}

static bool property_create(Interp *in, Type *cls, const CallArgs *a, Value *out, Err *err) {
    static const char *const names[] = {"fget", "fset", "fdel", "doc"};
    UNUSED(in), UNUSED(cls);
    Value v[4] = {VALUE_NONE, VALUE_NONE, VALUE_NONE, VALUE_NONE};
    if (a->npos > 4) return err_set(err, ERR_TYPE, "property() takes at most 4 arguments");
    for (int i = 0; i < a->npos; i++) v[i] = a->pos[i];
    for (int k = 0; k < a->nkw; k++) {
        int i = 0;
        while (i < 4 && strcmp(names[i], a->kwnames[k]->s) != 0) i++;
        if (i == 4)
            return err_set(err, ERR_TYPE, "property() got an unexpected keyword argument '%s'",
                           a->kwnames[k]->s);
        v[i] = a->kwvals[k];
    }
    *out = property_new(v[0], v[1], v[2], v[3]);
    return true;
}

static bool property_setter(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    PropertyObj *p = (PropertyObj *)a[0].o;
    *out = property_new(p->get, a[1], p->del, p->doc);
    return true;
}

static bool property_getter(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    PropertyObj *p = (PropertyObj *)a[0].o;
    *out = property_new(a[1], p->set, p->del, p->doc);
    return true;
}

static bool property_deleter(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    PropertyObj *p = (PropertyObj *)a[0].o;
    *out = property_new(p->get, p->set, a[1], p->doc);
    return true;
}

static bool property_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    PropertyObj *p = (PropertyObj *)self.o;
    *out = VALUE_UNSET;
    if (strcmp(name->s, "fget") == 0)
        *out = value_retain(p->get);
    else if (strcmp(name->s, "fset") == 0)
        *out = value_retain(p->set);
    else if (strcmp(name->s, "fdel") == 0)
        *out = value_retain(p->del);
    else if (strcmp(name->s, "__doc__") == 0) {
        *out = value_retain(p->doc.tag == VT_NONE && value_kind(p->get) == KIND_FUNCTION
                                ? ((FuncObj *)p->get.o)->doc
                                : p->doc);
    }
    return true;
}

static bool property_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    UNUSED(cls);
    PropertyObj *p = (PropertyObj *)attr.o;
    if (p->get.tag != VT_OBJ) return err_set(err, ERR_ATTRIBUTE, "unreadable attribute");
    return value_call_pos(in, p->get, &self, 1, out, err);
}

static bool property_assign(Interp *in, Value attr, Value v, StrObj *name, Value to, bool *done,
                            Err *err) {
    const PropertyObj *p = (PropertyObj *)attr.o;
    *done = true;
    Value f = to.tag == VT_UNSET ? p->del : p->set, ignored;
    if (f.tag != VT_OBJ)
        return err_set(err, ERR_ATTRIBUTE, "property '%s' of '%s' object has no %s", name->s,
                       value_type(v)->name, to.tag == VT_UNSET ? "deleter" : "setter");
    if (!value_call_pos(in, f, (Value[]){v, to}, to.tag == VT_UNSET ? 1 : 2, &ignored, err))
        return false;
    value_release(ignored);
    return true;
}

static const NativeRow property_methods[] = {
    {.sig = "setter(self, fset, /)",
     .fn = property_setter,
     .doc = "A copy of the property that sets through fset; used as @name.setter."},
    {.sig = "getter(self, fget, /)",
     .fn = property_getter,
     .doc = "A copy of the property that reads through fget."},
    {.sig = "deleter(self, fdel, /)",
     .fn = property_deleter,
     .doc = "A copy of the property that deletes through fdel."},
    {0},
};

Type type_property = {
    .name = "property",
    .bind = property_bind,
    .assign = property_assign,
    .size = sizeof(PropertyObj),
    .flags = TYPE_GC,
    .destroy = property_destroy,
    .traverse = property_traverse,
    .create = property_create,
    .getattr = property_getattr,
    .hash = obj_hash_identity,
    .methods = property_methods,
    .doc = "property(fget, fset, fdel, doc): an attribute that runs functions.",
};
