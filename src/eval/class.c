/* Classes made by the class statement: layout, mro, __slots__, and the creation of instances. */
#include "config.h"

#include "eval/class.h"
#include "value/strobj.h"

/* ---- instances ------------------------------------------------------------------------------ */

/* Does the class itself (not its C base) keep the attribute dict? */
static bool owns_dict(const Type *t) {
    return t->dict_offset && t->dict_offset != type_c_base(t)->dict_offset;
}

static void inst_destroy(Obj *o) {
    Type *t = o->type, *c = type_c_base(t);
    if (c->destroy) c->destroy(o);
    if (owns_dict(t)) {
        Dict **d = (Dict **)((char *)o + t->dict_offset);
        dict_free(*d);
        *d = NULL;
    }
}

static void inst_traverse(Obj *o, GcVisit visit, void *ctx) {
    Type *t = o->type, *c = type_c_base(t);
    if (c->traverse) c->traverse(o, visit, ctx);
    Dict *d = owns_dict(t) ? *(Dict **)((char *)o + t->dict_offset) : NULL;
    if (d) dict_traverse(d, visit, ctx);
}

/* ---- the mro: C3, as Python's --------------------------------------------------------------- */

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

/* ---- making a class ------------------------------------------------------------------------- */

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
        Type *a = type_c_base(best), *b = type_c_base(bases[i]);
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
    if (dict_get_cstr(h->type.attrs, "__doc__").tag == VT_UNSET)
        dict_set_cstr(h->type.attrs, "__doc__", VALUE_NONE);
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

static bool slot_name_ok(HeapType *h, Value name, bool *dict, Err *err) {
    if (!value_is(name, &type_str))
        return err_set(err, ERR_TYPE, "__slots__ items must be strings, not '%s'",
                       value_type(name)->name);
    *dict |= str_eq_cstr(name, "__dict__");
    return dict_get_str(h->type.attrs, str_of(name)).tag == VT_UNSET ||
           err_set(err, ERR_VALUE, "'%s' in __slots__ conflicts with class variable",
                   str_of(name)->s);
}

/* With __slots__ in a class and all its bases, instances take no other attributes. */
static bool take_slot_names(Interp *in, HeapType *h, Type **bases, int n, Err *err) {
    Value slots = dict_get_cstr(h->type.attrs, "__slots__"), list;
    bool dict = false;
    if (slots.tag == VT_UNSET) return true;
    if (value_is(slots, &type_str)) {
        if (!slot_name_ok(h, slots, &dict, err)) return false;
    } else {
        if (!seq_collect(in, slots, &list, err)) return false;
        bool ok = true;
        for (int64_t i = 0; i < list_count(list) && ok; i++)
            ok = slot_name_ok(h, list_items(list)[i], &dict, err);
        if (ok && !seq_items(slots, &(Value *){0}, &(int64_t){0}))
            dict_set_cstr(h->type.attrs, "__slots__", list); /* an iterator is used up */
        value_release(list);
        if (!ok) return false;
    }
    for (int i = 0; i < n; i++) dict |= bases[i] != &type_object && !(bases[i]->flags & TYPE_SLOTS);
    if (!dict) h->type.flags |= TYPE_SLOTS;
    return true;
}

static bool announce(Interp *in, HeapType *h, const CallArgs *keywords, Err *err) {
    StrObj *name = str_intern("__init_subclass__", 17);
    Value f = VALUE_UNSET, got;
    for (int i = 1; i < h->type.nmro && f.tag == VT_UNSET; i++) f = type_own(h->type.mro[i], name);
    value_release(value_obj(name));
    if (value_is(f, &type_classmethod)) f = ((WrapObj *)f.o)->func;
    Value self = value_obj(h);
    CallArgs args = {.pos = &self, .npos = 1};
    if (keywords) {
        args.nkw = keywords->nkw;
        args.kwnames = keywords->kwnames;
        args.kwvals = keywords->kwvals;
    }
    if (!value_call(in, f, &args, &got, err)) return false;
    value_release(got);
    return true;
}

bool class_make(Interp *in, StrObj *name, const Value *bases, int n, Dict *attrs,
                const CallArgs *keywords, Value *out, Err *err) {
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
            ok = take_slot_names(in, h, types, n, err) && name_descriptors(in, h, err) &&
                 announce(in, h, keywords, err);
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

static bool class_new_of(Interp *in, Value body, const Value *bases, int n,
                         const CallArgs *keywords, Value *out, Err *err) {
    FuncObj *fn = (FuncObj *)body.o;
    ModuleObj *module = (ModuleObj *)fn->module.o;
    Value ns = dict_value_new(), cell = VALUE_UNSET, cls = VALUE_UNSET;
    dict_set_cstr(dict_of(ns), "__module__", value_obj(module->name));
    dict_set_cstr(dict_of(ns), "__qualname__", fn->qualname);
    if (fn->doc.tag != VT_NONE) dict_set_cstr(dict_of(ns), "__doc__", fn->doc);
    bool ok = check_bases(bases, n, err) &&
              code_run(in, fn->code, fn, module, dict_of(ns), &cell, err) &&
              class_make(in, fn->code->name, bases, n, dict_of(ns), keywords, &cls, err);
    if (ok) {
        ((HeapType *)cls.o)->code = code_retain(fn->code);
        if (value_is(cell, &type_cell)) value_set_take(&((CellObj *)cell.o)->v, value_retain(cls));
        *out = cls;
    }
    value_release(cell);
    value_release(ns);
    return ok;
}

bool class_new(Interp *in, Value body, const Value *bases, int n, int nkw, Value *out, Err *err) {
    Value resolved;
    if (!resolve_bases(in, bases, n, &resolved, err)) return false;
    StrObj **names = mem_alloc((size_t)(nkw + 1) * sizeof *names);
    Value *values = mem_alloc((size_t)(nkw + 1) * sizeof *values);
    for (int i = 0; i < nkw; i++) {
        names[i] = str_of(bases[n + 2 * i]);
        values[i] = bases[n + 2 * i + 1];
    }
    CallArgs keywords = {.kwnames = names, .kwvals = values, .nkw = nkw};
    bool ok = class_new_of(in, body, tuple_items(resolved), (int)tuple_count(resolved), &keywords,
                           out, err);
    mem_free(names);
    mem_free(values);
    value_release(resolved);
    return ok;
}

/* ---- calling a class ------------------------------------------------------------------------ */

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
                      dict_of(a->pos[2]), a, out, err);
}

/* __class_init__ = False: what __new__ returns was initialised before (members of an Enum). */
static bool inits_made(Type *cls) {
    static StrObj *name;
    if (!name) name = str_intern("__class_init__", 14);
    return type_find(cls, name).tag != VT_BOOL;
}

bool type_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    Type *cls = (Type *)self.o;
    if (cls == &type_type) return type_of_call(in, args, out, err);
    if (!(cls->flags & TYPE_HEAP)) return create(in, cls, false, args, out, err);
    Value init = type_find(cls, in->name_init), make = type_find(cls, in->name_new), v;
    bool has_init = value_is(init, &type_function);
    if (make.tag != VT_UNSET && !value_is(make, &type_native)) {
        if (!run_new(in, cls, make, args, &v, err)) return false;
        if (!value_isinstance(v, cls) || !inits_made(cls)) has_init = false;
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
