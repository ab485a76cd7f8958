/* The module copy. Numbers, strings, functions, classes and modules are shared; containers
 * and instances are copied; any object may say how by __copy__ and __deepcopy__ (tensors do).
 * The memo maps id(original) to its copy, so that shared and cyclic structure stays so. */
#include "config.h"

#include "python/python.h"
#include "value/dictobj.h"
#include "value/obj.h"
#include "value/seq.h"
#include "value/set.h"
#include "eval/vm.h"

typedef struct Copier {
    Interp *in;
    Value memo; /* dict */
    Err *err;
} Copier;

static bool deep(Copier *c, Value v, Value *out);

static bool shared(Value v) {
    static Type *const atoms[] = {&type_str,   &type_function, &type_native,   &type_module,
                                  &type_range, &type_type,     &type_property, &type_slice};
    if (v.tag != VT_OBJ) return true;
    for (size_t i = 0; i < ARRAY_LEN(atoms); i++)
        if (value_is(v, atoms[i])) return true;
    return false;
}

/* v.name(pos...) of a class's own making; *called = false when there is none. */
static bool call_hook(Interp *in, Value v, const char *name, const Value *pos, int n, bool *called,
                      Value *out, Err *err) {
    Value method;
    *called = false;
    if (!value_lookup(in, v, name, &method, err)) return false;
    if (method.tag == VT_UNSET) return true;
    *called = true;
    bool ok = value_call_pos(in, method, pos, n, out, err);
    value_release(method);
    return ok;
}

/* What is walked must stay as it is: a __deepcopy__, or a memo that is the container itself, may
 * change it. */
static bool dict_same(const Dict *d, size_t count, Err *err) {
    return dict_count(d) == count ||
           err_set(err, ERR_RUNTIME, "dictionary changed size during iteration");
}

static bool set_same(Value v, int64_t count, Err *err) {
    return set_count(v) == count || err_set(err, ERR_RUNTIME, "Set changed size during iteration");
}

/* The copies of a key and of what it leads to, into `to`. */
static bool deep_pair(Copier *c, Value k, Value item, Dict *to) {
    Value kc = VALUE_UNSET, ic = VALUE_UNSET;
    value_retain(k), value_retain(item);
    bool ok = deep(c, k, &kc) && deep(c, item, &ic) && dict_set(c->in, to, kc, ic, c->err);
    value_release(k), value_release(item);
    value_release(kc), value_release(ic);
    return ok;
}

static bool remember(Copier *c, Value v, Value copy) {
    return dict_set(c->in, dict_of(c->memo), value_int((int64_t)(intptr_t)v.o), copy, c->err);
}

/* ---- what an instance holds ----------------------------------------------------------------- */

/* Adds the contents of v, as a builtin container, to the empty `to`; deep when c is given. */
static bool fill_contents(Interp *in, Copier *c, Value v, Value to, Err *err) {
    Value k, item, kc, ic;
    if (value_isinstance(v, &type_list)) {
        for (int64_t i = 0; i < list_count(v); i++) {
            if (!c)
                ic = value_retain(list_items(v)[i]);
            else if (!deep(c, list_items(v)[i], &ic))
                return false;
            list_push_take(to, ic);
        }
    } else if (value_isinstance(v, &type_dict)) {
        size_t count = dict_count(dict_of(v));
        for (size_t i = 0; dict_next(dict_of(v), &i, &k, &item);) {
            if (!(c ? deep_pair(c, k, item, dict_of(to))
                    : dict_set(in, dict_of(to), k, item, err)) ||
                !dict_same(dict_of(v), count, err))
                return false;
        }
    } else if (set_is(v)) {
        int64_t count = set_count(v);
        for (size_t i = 0; set_next(v, &i, &k);) {
            if (!c)
                kc = value_retain(k);
            else if (!deep(c, k, &kc))
                return false;
            bool ok = set_add(in, to, kc, err) && set_same(v, count, err);
            value_release(kc);
            if (!ok) return false;
        }
    }
    return true;
}

static bool fill_attributes(Interp *in, Copier *c, Value v, Value to, Err *err) {
    Dict *from = obj_dict(v.o, false), *into;
    Value k, item;
    if (!from || dict_count(from) == 0) return true;
    into = obj_dict(to.o, true);
    if (!into) return true;
    size_t count = dict_count(from);
    for (size_t i = 0; dict_next(from, &i, &k, &item);) {
        if (!(c ? deep_pair(c, k, item, into) : dict_set(in, into, k, item, err)) ||
            !dict_same(from, count, err))
            return false;
    }
    return true;
}

/* A new, empty object of v's class, made without its __init__; UNSET when v is to be shared. */
static bool empty_like(Interp *in, Value v, Value *out, Err *err) {
    Type *t = value_type(v);
    bool container =
        value_isinstance(v, &type_list) || value_isinstance(v, &type_dict) || set_is(v);
    *out = VALUE_UNSET;
    if (!t->create || !(container || (t->flags & TYPE_HEAP))) return true;
    return t->create(in, t, &(CallArgs){0}, out, err);
}

static bool tuple_copy(Copier *c, Value v, Value *out) {
    int64_t n = tuple_count(v);
    Value made = tuple_new(n);
    bool same = true;
    for (int64_t i = 0; i < n; i++) {
        if (!deep(c, tuple_items(v)[i], &tuple_items(made)[i])) {
            value_release(made);
            return false;
        }
        Value a = tuple_items(v)[i], b = tuple_items(made)[i];
        same = same && a.tag == b.tag && (a.tag != VT_OBJ || a.o == b.o);
    }
    if (same) {
        value_release(made);
        *out = value_retain(v);
        return true;
    }
    if (!value_is(v, &type_tuple)) { /* a subclass is made anew from its items */
        Value list = list_from(tuple_items(made), n);
        Type *t = value_type(v);
        bool ok = t->create(c->in, t, &(CallArgs){.pos = &list, .npos = 1}, out, c->err);
        value_release(list);
        value_release(made);
        return ok;
    }
    *out = made;
    return true;
}

/* A method of the copy of what it was bound to. */
static bool method_copy(Copier *c, Value v, Value *out) {
    const MethodObj *m = (const MethodObj *)v.o;
    Value self;
    if (!deep(c, m->self, &self)) return false;
    *out = method_new(m->func, self);
    value_release(self);
    return true;
}

/* What stands at a place in something else: a copy could only be the thing itself, and reading
 * one would move the other. */
static bool copyable(Value v, Err *err) {
    static Type *const views[] = {&type_dict_keys, &type_dict_items, &type_dict_values,
                                  &type_generator};
    const Type *t = value_type(v);
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        if (t == views[i]) return err_set(err, ERR_TYPE, "cannot pickle '%s' object", t->name);
    if (!t->next) return true;
    err_set(err, ERR_TYPE, "a '%s' object is not copied in qkv", t->name);
    return err_hint(err, "copy a list of it: list(...)");
}

static bool deep_new(Copier *c, Value v, Value *out) {
    bool called;
    if (!call_hook(c->in, v, "__deepcopy__", &c->memo, 1, &called, out, c->err)) return false;
    if (called) return remember(c, v, *out);
    if (value_is(v, &type_method)) return method_copy(c, v, out) && remember(c, v, *out);
    if (value_isinstance(v, &type_tuple)) return tuple_copy(c, v, out) && remember(c, v, *out);
    Value made;
    if (!empty_like(c->in, v, &made, c->err)) return false;
    if (made.tag == VT_UNSET) {
        if (!copyable(v, c->err)) return false;
        *out = value_retain(v);
        return true;
    }
    if (!remember(c, v, made) || !fill_contents(c->in, c, v, made, c->err) ||
        !fill_attributes(c->in, c, v, made, c->err)) {
        value_release(made);
        return false;
    }
    *out = made;
    return true;
}

static bool deep(Copier *c, Value v, Value *out) {
    Value had;
    if (shared(v)) {
        *out = value_retain(v);
        return true;
    }
    if (!interp_stack_ok(c->in, c->err)) return false;
    if (!dict_get(c->in, dict_of(c->memo), value_int((int64_t)(intptr_t)v.o), &had, c->err))
        return false;
    if (had.tag != VT_UNSET) {
        *out = value_retain(had);
        return true;
    }
    value_retain(v); /* a __deepcopy__ may drop what holds it */
    bool ok = deep_new(c, v, out);
    value_release(v);
    return ok;
}

static bool copy_deepcopy(Interp *in, Value *args, Value *out, Err *err) {
    Copier c = {in, args[1], err};
    bool own = !value_isinstance(args[1], &type_dict);
    if (own) c.memo = dict_value_new();
    bool ok = deep(&c, args[0], out);
    if (own) value_release(c.memo);
    return ok;
}

static bool copy_copy(Interp *in, Value *args, Value *out, Err *err) {
    Value v = args[0], made;
    bool called;
    if (shared(v) || value_isinstance(v, &type_tuple) || value_is(v, &type_frozenset)) {
        *out = value_retain(v);
        return true;
    }
    if (!call_hook(in, v, "__copy__", NULL, 0, &called, out, err)) return false;
    if (called) return true;
    if (!empty_like(in, v, &made, err)) return false;
    if (made.tag == VT_UNSET) {
        if (!copyable(v, err)) return false;
        *out = value_retain(v);
        return true;
    }
    if (!fill_contents(in, NULL, v, made, err) || !fill_attributes(in, NULL, v, made, err)) {
        value_release(made);
        return false;
    }
    *out = made;
    return true;
}

const NativeRow copy_rows[] = {
    {"copy(x)", copy_copy, 0, "A new object with the same contents.",
     ">>> import copy; a = [[1], 2]; b = copy.copy(a); b is a, b[0] is a[0]\n(False, True)"},
    {"deepcopy(x, memo=None)", copy_deepcopy, 0,
     "A new object whose contents are copied too, all the way down.",
     ">>> import copy; a = [[1], 2]; b = copy.deepcopy(a); b == a, b[0] is a[0]\n(True, False)"},
    {0}};
