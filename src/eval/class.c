/* Classes made by the class statement: layout, mro, creation of instances, and what a class
 * is as a value. */
#include "config.h"

#include "eval/class.h"

static void visit_value(Value v, GcVisit visit, void *ctx) {
    if (v.tag == VT_OBJ) visit(v.o, ctx);
}

Type *class_c_base(const Type *t) {
    while (t->flags & TYPE_HEAP) t = t->base;
    return (Type *)t;
}

/* ---- instances ------------------------------------------------------------------------------ */

/* Does the class itself (not its C base) keep the attribute dict? */
static bool owns_dict(const Type *t) {
    return t->dict_offset && t->dict_offset != class_c_base(t)->dict_offset;
}

static void inst_destroy(Obj *o) {
    Type *t = o->type, *c = class_c_base(t);
    if (c->destroy) c->destroy(o);
    if (owns_dict(t)) {
        Dict **d = (Dict **)((char *)o + t->dict_offset);
        dict_free(*d);
        *d = NULL;
    }
}

static void inst_traverse(Obj *o, GcVisit visit, void *ctx) {
    Type *t = o->type, *c = class_c_base(t);
    if (c->traverse) c->traverse(o, visit, ctx);
    Dict *d = owns_dict(t) ? *(Dict **)((char *)o + t->dict_offset) : NULL;
    if (d) dict_traverse(d, visit, ctx);
}

/* ---- the mro: C3, as Python's ------------------------------------------------------------------
 */

typedef struct Line {
    Type **items;
    int count, at;
} Line;

static bool in_tail(const Line *lines, int n, const Type *t) {
    for (int i = 0; i < n; i++)
        for (int k = lines[i].at + 1; k < lines[i].count; k++)
            if (lines[i].items[k] == t) return true;
    return false;
}

static Type *next_in_line(Line *lines, int n) {
    for (int i = 0; i < n; i++) {
        if (lines[i].at == lines[i].count) continue;
        Type *t = lines[i].items[lines[i].at];
        if (in_tail(lines, n, t)) continue;
        for (int k = 0; k < n; k++)
            if (lines[k].at < lines[k].count && lines[k].items[lines[k].at] == t) lines[k].at++;
        return t;
    }
    return NULL;
}

static bool make_mro(Type *t, Type **bases, int n, Err *err) {
    Line *lines = mem_zero((size_t)(n + 1) * sizeof *lines);
    int total = 1;
    for (int i = 0; i < n; i++) {
        lines[i] = (Line){bases[i]->mro, bases[i]->nmro, 0};
        total += bases[i]->nmro;
    }
    lines[n] = (Line){bases, n, 0};
    t->mro = mem_alloc((size_t)total * sizeof *t->mro);
    t->mro[t->nmro++] = t;
    for (Type *b; (b = next_in_line(lines, n + 1));) t->mro[t->nmro++] = b;
    bool ok = true;
    for (int i = 0; i <= n; i++) ok &= lines[i].at == lines[i].count;
    mem_free(lines);
    return ok || err_set(err, ERR_TYPE,
                         "Cannot create a consistent method resolution order (MRO) "
                         "for the bases of class '%s'",
                         t->name);
}

/* ---- making a class
 * ---------------------------------------------------------------------------------- */

/* Numbers and texts are no objects here that could carry more. */
static bool no_base(const Type *t, Err *err) {
    if (t == &type_bool || (t != &type_int && t != &type_float && t != &type_str))
        return err_set(err, ERR_TYPE, "type '%s' is not an acceptable base type", t->name);
    err_set(err, ERR_TYPE, "a subclass of '%s' is not in qkv", t->name);
    return err_hint(err, "keep the %s in an attribute, or use (%s, Enum) for named values", t->name,
                    t->name);
}

static bool check_bases(const Value *bases, int n, Err *err) {
    for (int i = 0; i < n; i++) {
        if (!value_is(bases[i], &type_type)) {
            if (value_is(bases[i], &type_stub)) return stub_error(bases[i], err);
            return err_set(err, ERR_TYPE, "a base class must be a class, not '%s'",
                           value_type(bases[i])->name);
        }
        Type *t = (Type *)bases[i].o;
        if (!(t->flags & (TYPE_BASE | TYPE_HEAP))) return no_base(t, err);
        for (int k = 0; k < i; k++)
            if (bases[k].o == bases[i].o)
                return err_set(err, ERR_TYPE, "duplicate base class %s", t->name);
    }
    return true;
}

/* Exceptions of C differ in name only: class AxisError(ValueError, IndexError) is fine. */
static bool same_layout(const Type *a, const Type *b) {
    const Type *base = &exc_types[ERR_BASE];
    return a->size == b->size && type_is_sub(a, base) && type_is_sub(b, base);
}

/* The base whose instances the new class's are laid out like: the one with the most in C. */
static Type *layout_base(Type **bases, int n, Err *err) {
    Type *best = bases[0];
    for (int i = 1; i < n; i++) {
        Type *a = class_c_base(best), *b = class_c_base(bases[i]);
        if (type_is_sub(a, b) || same_layout(a, b)) continue;
        if (!type_is_sub(b, a)) {
            err_set(err, ERR_TYPE, "multiple bases have instance lay-out conflict: %s and %s",
                    a->name, b->name);
            return NULL;
        }
        best = bases[i];
    }
    return best;
}

/* Room for a dict of attributes behind the C struct; none behind a tuple's items. */
static void lay_out(Type *t, const Type *base) {
    t->size = base->size;
    t->dict_offset = base->dict_offset;
    if (t->dict_offset || type_is_sub(base, &type_tuple) || type_is_sub(base, &type_type)) return;
    t->dict_offset = (t->size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
    t->size = t->dict_offset + sizeof(Dict *);
}

static void take_slots(Type *t, const Type *base) {
    Type fresh = *base;
    fresh.head = t->head;
    fresh.name = t->name;
    fresh.module = t->module;
    fresh.base = (Type *)base;
    fresh.mro = t->mro;
    fresh.nmro = t->nmro;
    fresh.attrs = t->attrs;
    fresh.methods = NULL;
    fresh.doc = NULL;
    fresh.flags = TYPE_HEAP | TYPE_BASE | TYPE_READY | TYPE_GC;
    fresh.destroy = inst_destroy;
    fresh.traverse = inst_traverse;
    *t = fresh;
    lay_out(t, base);
}

static void fill_names(HeapType *h) {
    Value q = dict_get_cstr(h->type.attrs, "__qualname__");
    h->qualname = value_retain(value_is(q, &type_str) ? q : value_obj(h->name));
    Value m = dict_get_cstr(h->type.attrs, "__module__");
    h->module = value_is(m, &type_str) ? value_retain(m) : str_value_cstr("__main__");
    h->type.module = str_of(h->module)->s;
    dict_del_cstr(h->type.attrs, "__qualname__");
}

/* Two methods get the class as their first argument without being marked. */
static void wrap_class_methods(HeapType *h) {
    static const char *const names[] = {"__class_getitem__", "__init_subclass__"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        Value f = dict_get_cstr(h->type.attrs, names[i]);
        if (!value_is(f, &type_function)) continue;
        WrapObj *w = obj_new(&type_classmethod);
        w->func = value_retain(f);
        dict_set_cstr(h->type.attrs, names[i], value_obj(w));
        value_release(value_obj(w));
    }
}

/* Attributes that want to know their name: __set_name__ of descriptors. */
static bool name_descriptors(Interp *in, HeapType *h, Err *err) {
    Dict *copy = dict_copy(h->type.attrs);
    Value k, v, got;
    bool ok = true;
    for (size_t i = 0; ok && dict_next(copy, &i, &k, &v);) {
        if (v.tag != VT_OBJ || !(v.o->type->flags & TYPE_HEAP)) continue;
        Value pos[] = {value_obj(h), k};
        ok = overlay_call(in, v, "__set_name__", pos, 2, &got, err);
        if (ok && got.tag != VT_UNSET) value_release(got);
    }
    dict_free(copy);
    return ok;
}

bool class_make(Interp *in, StrObj *name, const Value *bases, int n, Dict *attrs, Value *out,
                Err *err) {
    Value object = type_value(&type_object);
    bool ok = check_bases(bases, n, err);
    if (n == 0) {
        bases = &object;
        n = 1;
    }
    HeapType *h = ok ? obj_new(&type_type) : NULL;
    Type **types = mem_zero((size_t)n * sizeof *types);
    if (ok) {
        for (int i = 0; i < n; i++) {
            types[i] = (Type *)bases[i].o;
            type_ready(types[i]);
        }
        name->head.refs++;
        h->name = name;
        h->type.name = name->s;
        h->type.attrs = dict_copy(attrs);
        h->bases = tuple_of(n, bases);
        Type *base = layout_base(types, n, err);
        ok = base && make_mro(&h->type, types, n, err);
        if (ok) {
            take_slots(&h->type, base);
            fill_names(h);
            wrap_class_methods(h);
            overlay_slots(&h->type);
            ok = name_descriptors(in, h, err) && class_announce(in, h, err);
        }
    }
    mem_free(types);
    value_release(object);
    if (ok)
        *out = value_obj(h);
    else if (h)
        value_release(value_obj(h));
    return ok;
}

/* class A(str, Enum): instances of str have no room for a class's attributes, so an enumeration
 * says in `_mixins` which class of its own stands for it. The bases without the number i and with
 * that class for the number k, as a tuple; UNSET: these two are no such pair. */
static bool mixed_base(Interp *in, const Value *bases, int n, int i, int k, Value *out, Err *err) {
    Value map, mixin = VALUE_UNSET;
    *out = VALUE_UNSET;
    if (!value_is(bases[k], &type_type) || !(((Type *)bases[k].o)->flags & TYPE_HEAP)) return true;
    if (!value_lookup(in, bases[k], "_mixins", &map, err)) return false;
    bool ok = !value_is(map, &type_dict) || dict_get(in, dict_of(map), bases[i], &mixin, err);
    if (ok && mixin.tag != VT_UNSET) {
        *out = tuple_new(n - 1);
        for (int from = 0, to = 0; from < n; from++)
            if (from != i) tuple_items(*out)[to++] = value_retain(from == k ? mixin : bases[from]);
    }
    value_release(map);
    return ok;
}

/* The bases as they are laid out: those given, or with a pair like (str, Enum) replaced. Owned. */
static bool resolve_bases(Interp *in, const Value *bases, int n, Value *out, Err *err) {
    for (int i = 0; i < n; i++) {
        bool number_or_text = bases[i].tag == VT_OBJ &&
                              (bases[i].o == (Obj *)&type_str || bases[i].o == (Obj *)&type_int);
        for (int k = 0; number_or_text && k < n; k++) {
            if (k == i) continue;
            if (!mixed_base(in, bases, n, i, k, out, err)) return false;
            if (out->tag != VT_UNSET) return true;
        }
    }
    *out = tuple_of(n, bases);
    return true;
}

static bool class_new_of(Interp *in, Value body, const Value *bases, int n, Value *out, Err *err);

bool class_new(Interp *in, Value body, const Value *bases, int n, Value *out, Err *err) {
    Value resolved;
    if (!resolve_bases(in, bases, n, &resolved, err)) return false;
    bool ok = class_new_of(in, body, tuple_items(resolved), (int)tuple_count(resolved), out, err);
    value_release(resolved);
    return ok;
}

static bool class_new_of(Interp *in, Value body, const Value *bases, int n, Value *out, Err *err) {
    FuncObj *fn = (FuncObj *)body.o;
    ModuleObj *module = (ModuleObj *)fn->module.o;
    Value ns = dict_value_new(), cell = VALUE_UNSET, cls = VALUE_UNSET;
    dict_set_cstr(dict_of(ns), "__module__", value_obj(module->name));
    dict_set_cstr(dict_of(ns), "__qualname__", fn->qualname);
    if (fn->doc.tag != VT_NONE) dict_set_cstr(dict_of(ns), "__doc__", fn->doc);
    bool ok = check_bases(bases, n, err) &&
              code_run(in, fn->code, fn, module, dict_of(ns), &cell, err) &&
              class_make(in, fn->code->name, bases, n, dict_of(ns), &cls, err);
    if (ok) {
        ((HeapType *)cls.o)->code = code_retain(fn->code);
        if (value_is(cell, &type_cell)) value_set_take(&((CellObj *)cell.o)->v, value_retain(cls));
        *out = cls;
    }
    value_release(cell);
    value_release(ns);
    return ok;
}

/* ---- calling a class
 * ------------------------------------------------------------------------------------ */

static bool run_init(Interp *in, Value init, Value self, const CallArgs *args, Err *err) {
    Value method = method_new(init, self), got;
    bool ok = value_call(in, method, args, &got, err);
    value_release(method);
    if (!ok) return false;
    if (got.tag != VT_NONE)
        err_set(err, ERR_TYPE, "__init__() should return None, not '%s'", value_type(got)->name);
    value_release(got);
    return !err->kind;
}

/* A __new__ of the dialect's own. */
static bool run_new(Interp *in, Type *cls, Value make, const CallArgs *args, Value *out, Err *err) {
    if (value_is(make, &type_staticmethod)) make = ((WrapObj *)make.o)->func;
    Value c = type_value(cls), bound = method_new(make, c);
    bool ok = value_call(in, bound, args, out, err);
    value_release(bound);
    value_release(c);
    return ok;
}

static bool create(Interp *in, Type *cls, bool has_init, const CallArgs *args, Value *out,
                   Err *err) {
    CallArgs none = {0};
    if (!cls->create) return err_set(err, ERR_TYPE, "cannot create '%s' instances", cls->name);
    if (!has_init) return cls->create(in, cls, args, out, err);
    if (type_is_sub(cls, &exc_types[ERR_BASE])) { /* args are kept whatever __init__ does */
        CallArgs pos = {.pos = args->pos, .npos = args->npos};
        return cls->create(in, cls, &pos, out, err);
    }
    return cls->create(in, cls, &none, out, err);
}

static bool type_of_call(Interp *in, const CallArgs *a, Value *out, Err *err) {
    if (a->npos == 1 && !a->nkw) {
        *out = type_value(value_type(a->pos[0]));
        return true;
    }
    if (a->npos != 3 || !value_is(a->pos[0], &type_str) || !value_is(a->pos[1], &type_tuple) ||
        !value_isinstance(a->pos[2], &type_dict))
        return err_set(err, ERR_TYPE,
                       "type() takes 1 or 3 arguments: a value, or name, bases, dict");
    return class_make(in, str_of(a->pos[0]), tuple_items(a->pos[1]), (int)tuple_count(a->pos[1]),
                      dict_of(a->pos[2]), out, err);
}

bool type_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    Type *cls = (Type *)self.o;
    if (cls == &type_type) return type_of_call(in, args, out, err);
    if (!(cls->flags & TYPE_HEAP)) return create(in, cls, false, args, out, err);
    Value init = type_find(cls, in->name_init), make = type_find(cls, in->name_new), v;
    bool has_init = value_is(init, &type_function);
    if (make.tag != VT_UNSET && !value_is(make, &type_native)) {
        if (!run_new(in, cls, make, args, &v, err)) return false;
        if (!value_isinstance(v, cls)) has_init = false;
    } else if (!create(in, cls, has_init, args, &v, err)) {
        return false;
    }
    if (has_init && !run_init(in, init, v, args, err)) {
        value_release(v);
        return false;
    }
    *out = v;
    return true;
}

/* ---- classes as objects
 * -------------------------------------------------------------------------------------- */

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
    visit_value(h->bases, visit, ctx);
}

static bool class_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    const Type *t = (Type *)self.o;
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
    if (strcmp(name, "__module__") == 0) return str_value_cstr(t->module ? t->module : "builtins");
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
    if (strcmp(name, "__doc__") == 0 && t->doc) return str_value_cstr(t->doc);
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
    if (dunder && strcmp(name->s, "__doc__") != 0) *out = class_special(t, name->s, self);
    if (out->tag != VT_UNSET) return true;
    Value attr = type_find(t, name);
    if (attr.tag != VT_UNSET) return bind_to_class(in, attr, t, out, err);
    if (dunder) *out = class_special(t, name->s, self);
    return true;
}

static bool class_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    UNUSED(in);
    Type *t = (Type *)self.o;
    *done = true;
    if (!(t->flags & TYPE_HEAP))
        return err_set(err, ERR_TYPE, "cannot set '%s' attribute of immutable type '%s'", name->s,
                       t->name);
    if (strcmp(name->s, "__name__") == 0 && value_is(v, &type_str)) {
        HeapType *h = (HeapType *)t;
        StrObj *old = h->name;
        h->name = str_of(value_retain(v));
        t->name = h->name->s;
        value_release(value_obj(old));
        return true;
    }
    type_changed();
    if (v.tag == VT_UNSET) {
        if (!dict_del_str(t->attrs, name)) return attr_error(in, self, name, err);
    } else {
        dict_set_str(t->attrs, name, v);
    }
    if (name->s[0] == '_' && name->s[1] == '_') overlay_slots(t);
    return true;
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
    {.sig = "__instancecheck__(self, instance, /)",
     .fn = class_subclasscheck,
     .doc = "isinstance(instance, self)."},
    {0},
};

/* ---- classes that act as containers
 * ---------------------------------------------------------------------------- */

/* Calls the class method `name` of the class self (enumerations have them); *out UNSET: none. */
static bool class_hook(Interp *in, Value self, const char *name, const Value *pos, int n,
                       Value *out, Err *err) {
    Value method;
    *out = VALUE_UNSET;
    if (!value_lookup(in, self, name, &method, err)) return false;
    if (method.tag == VT_UNSET) return true;
    bool ok = value_call_pos(in, method, pos, n, out, err);
    value_release(method);
    return ok;
}

/* A[x]: __class_getitem__; list[int] and its like are the class itself. */
static bool class_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    static Type *const generic[] = {&type_list, &type_dict,      &type_tuple,
                                    &type_set,  &type_frozenset, &type_type};
    if (!class_hook(in, self, "__class_getitem__", &key, 1, out, err)) return false;
    if (out->tag != VT_UNSET) return true;
    for (size_t i = 0; i < ARRAY_LEN(generic); i++) {
        if (!type_is_sub((Type *)self.o, generic[i])) continue;
        *out = value_retain(self);
        return true;
    }
    return err_set(err, ERR_TYPE, "type '%s' is not subscriptable", ((Type *)self.o)->name);
}

static bool class_iter(Interp *in, Value self, Value *out, Err *err) {
    if (!class_hook(in, self, "__class_iter__", NULL, 0, out, err)) return false;
    return out->tag != VT_UNSET || err_set(err, ERR_TYPE, "'type' object is not iterable");
}

static bool class_len(Interp *in, Value self, int64_t *out, Err *err) {
    Value n;
    if (!class_hook(in, self, "__class_len__", NULL, 0, &n, err)) return false;
    if (n.tag == VT_UNSET) return err_set(err, ERR_TYPE, "object of type 'type' has no len()");
    bool ok = value_to_int(in, n, out, err);
    value_release(n);
    return ok;
}

static bool class_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Value v;
    if (!class_hook(in, self, "__class_contains__", &item, 1, &v, err)) return false;
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
