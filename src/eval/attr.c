/* Attributes: instance dicts, class attributes, binding, and nearest names. */
#include "config.h"

#include "base/suggest.h"
#include "value/strobj.h"
#include "eval/vm.h"

/* Class attributes that come before the instance's own. */
static bool is_data_descriptor(Value attr) {
    return attr.tag == VT_OBJ && (attr.o->flags & OBJ_DATA);
}

bool attr_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    if (attr.tag == VT_OBJ && attr.o->type->bind)
        return attr.o->type->bind(in, attr, self, cls, out, err);
    *out = value_retain(attr);
    return true;
}

/* ---- __dict__ ------------------------------------------------------------------------------- */

/* A dict value that is an object's own attribute dict: it owns the object, not the Dict. */
typedef struct OwnDictObj {
    DictObj dict;
    Value owner;
} OwnDictObj;
static Type type_own_dict;

static void own_dict_destroy(Obj *o) {
    value_release(((OwnDictObj *)o)->owner);
}

static void own_dict_traverse(Obj *o, GcVisit visit, void *ctx) {
    visit(((OwnDictObj *)o)->owner.o, ctx);
}

Value dict_value_wrap(Dict *d, Value owner) {
    if (!type_own_dict.name) {
        type_ready(&type_dict);
        type_own_dict = type_dict;
        type_own_dict.base = &type_dict;
        type_own_dict.size = sizeof(OwnDictObj);
        type_own_dict.destroy = own_dict_destroy;
        type_own_dict.traverse = own_dict_traverse;
        type_own_dict.attrs = NULL;
        type_own_dict.methods = NULL;
        type_own_dict.nmro = 0;
        type_own_dict.flags &= ~(unsigned)(TYPE_READY | TYPE_BASE);
        type_ready(&type_own_dict);
    }
    OwnDictObj *o = obj_new(&type_own_dict);
    o->dict.d = d;
    o->owner = value_retain(owner);
    return value_obj(o);
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool get_special(Value v, const StrObj *name, Value *out) {
    if (name->s[0] != '_' || name->s[1] != '_') return false;
    if (strcmp(name->s, "__class__") == 0) {
        *out = type_value(value_type(v));
        return true;
    }
    if (strcmp(name->s, "__dict__") == 0 && v.tag == VT_OBJ && v.o->type->dict_offset &&
        !(v.o->type->flags & TYPE_SLOTS)) {
        *out = dict_value_wrap(obj_dict(v.o, true), v);
        return true;
    }
    if (strcmp(name->s, "__doc__") == 0) {
        Type *t = value_type(v);
        *out = t->doc ? str_value_cstr(t->doc) : VALUE_NONE;
        return true;
    }
    if (strcmp(name->s, "__module__") == 0) {
        Type *t = value_type(v);
        *out = str_value_cstr(t->module ? t->module : "builtins");
        return true;
    }
    return false;
}

/* ---- names that are made when they are asked for -------------------------------------------- */

/* An attribute of v that its type, or a base of it, makes late. */
static bool late_bound(Interp *in, Value v, Type *t, StrObj *name, Value *out, Err *err) {
    Value attr;
    if (!late_in_type(in, t, name, &attr, err)) return false;
    if (attr.tag == VT_UNSET) return true;
    bool ok = attr_bind(in, attr, v, t, out, err);
    value_release(attr);
    return ok;
}

/* The getattr slot that is not __getattribute__'s. */
static const Type *getattr_type(const Type *t) {
    return t->getattr == overlay_getattribute ? type_c_base(t) : t;
}

/* The rule of Python: data descriptors of the class, the instance, the class. */
bool attr_get_plain(Interp *in, Value v, StrObj *name, Value *out, Err *err) {
    Type *t = value_type(v);
    const Type *slot = getattr_type(t);
    *out = VALUE_UNSET;
    if (slot->getattr) {
        if (!slot->getattr(in, v, name, out, err)) return false;
        if (out->tag != VT_UNSET) return true;
    }
    Value attr = type_find(t, name);
    if (!is_data_descriptor(attr)) {
        Dict *d = v.tag == VT_OBJ ? obj_dict(v.o, false) : NULL;
        Value own = d ? dict_get_str(d, name) : VALUE_UNSET;
        if (own.tag != VT_UNSET) {
            *out = value_retain(own);
            return true;
        }
    }
    if (attr.tag != VT_UNSET) {
        value_retain(attr);
        bool ok = attr_bind(in, attr, v, t, out, err);
        value_release(attr);
        return ok;
    }
    if (get_special(v, name, out) || v.tag != VT_OBJ) return true;
    if (t->kind == KIND_MODULE || t->kind == KIND_TYPE) return true; /* late names are their own */
    return late_bound(in, v, t, name, out, err);
}

bool attr_get(Interp *in, Value v, StrObj *name, Value *out, Err *err) {
    const Type *t = value_type(v);
    bool ok = t->getattr == overlay_getattribute ? overlay_getattribute(in, v, name, out, err)
                                                 : attr_get_plain(in, v, name, out, err);
    if (!ok || out->tag != VT_UNSET || !(t->flags & TYPE_HEAP)) return ok;
    Value pos = value_obj(name);
    return overlay_call(in, v, "__getattr__", &pos, 1, out, err);
}

Value attr_method(Value v, StrObj *name) {
    Type *t = value_type(v);
    if (t->kind == KIND_TYPE || t->kind == KIND_MODULE || t->kind == KIND_SUPER) return VALUE_UNSET;
    if (t->getattr == overlay_getattribute) return VALUE_UNSET;
    Value attr = type_find(t, name);
    if (attr.tag != VT_OBJ || !(attr.o->flags & OBJ_METHOD)) return VALUE_UNSET;
    Dict *d = v.tag == VT_OBJ ? obj_dict(v.o, false) : NULL;
    if (d && dict_count(d) && dict_get_str(d, name).tag != VT_UNSET) return VALUE_UNSET;
    return attr;
}

bool value_getattr(Interp *in, Value v, StrObj *name, Value *out, Err *err) {
    if (!attr_get(in, v, name, out, err)) return false;
    return out->tag != VT_UNSET || attr_error(in, v, name, err);
}

bool value_getattr_cstr(Interp *in, Value v, const char *name, Value *out, Err *err) {
    StrObj *s = str_intern(name, strlen(name));
    bool ok = value_getattr(in, v, s, out, err);
    value_release(value_obj(s));
    return ok;
}

bool value_lookup(Interp *in, Value v, const char *name, Value *out, Err *err) {
    StrObj *s = str_intern(name, strlen(name));
    Err mine = {0};
    bool ok = attr_get(in, v, s, out, &mine);
    value_release(value_obj(s));
    if (ok) return true;
    if (err_is(in, &mine, ERR_ATTRIBUTE)) {
        err_clear(&mine);
        *out = VALUE_UNSET;
        return true;
    }
    err_move(err, &mine);
    return false;
}

bool value_call_method(Interp *in, Value v, const char *name, const Value *pos, int n, Value *out,
                       Err *err) {
    Value f;
    if (!value_getattr_cstr(in, v, name, &f, err)) return false;
    bool ok = value_call_pos(in, f, pos, n, out, err);
    value_release(f);
    return ok;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* obj.__class__ = B: another class whose instances are laid out like those of its own. */
static bool set_class(Value v, Value to, Err *err) {
    if (to.tag == VT_UNSET) return err_set(err, ERR_TYPE, "can't delete __class__ attribute");
    if (value_kind(to) != KIND_TYPE)
        return err_set(err, ERR_TYPE, "__class__ must be set to a class, not '%s' object",
                       value_type(to)->name);
    Type *old = value_type(v), *new = (Type *)to.o;
    if (!(old->flags & new->flags &TYPE_HEAP))
        return err_set(err, ERR_TYPE,
                       "__class__ assignment only supported for mutable types or ModuleType "
                       "subclasses");
    if (type_c_base(old) != type_c_base(new) || old->size != new->size ||
        old->dict_offset != new->dict_offset || ((old->flags ^ new->flags) & TYPE_SLOTS))
        return err_set(err, ERR_TYPE, "__class__ assignment: '%s' object layout differs from '%s'",
                       new->name, old->name);
    new->head.refs++;
    v.o->type = new;
    value_release(value_obj(old));
    return true;
}

/* Is instance attribute `name` one that __slots__ of a class of the mro names? */
static bool slot_named(Type *t, StrObj *name) {
    static StrObj *key;
    if (!key) key = str_intern("__slots__", 9);
    for (int i = 0; i < t->nmro; i++) {
        Value slots = type_own(t->mro[i], key), *items;
        int64_t n = 0;
        if (value_is(slots, &type_str) && str_same(str_of(slots), name)) return true;
        if (slots.tag == VT_UNSET || !seq_items(slots, &items, &n)) continue;
        for (int64_t k = 0; k < n; k++)
            if (value_is(items[k], &type_str) && str_same(str_of(items[k]), name)) return true;
    }
    return false;
}

static bool slot_missing(Interp *in, Value v, StrObj *name, Err *err) {
    const Type *t = value_type(v);
    if (type_find((Type *)t, name).tag == VT_UNSET) return attr_error(in, v, name, err);
    return err_set(err, ERR_ATTRIBUTE, "'%s' object attribute '%s' is read-only", t->name, name->s);
}

bool attr_set_generic(Interp *in, Value v, StrObj *name, Value to, Err *err) {
    Type *t = value_type(v);
    bool done = false;
    if (name == in->name_class) return set_class(v, to, err);
    if (t->setattr && t->setattr != overlay_setattr) {
        if (!t->setattr(in, v, name, to, &done, err)) return false;
        if (done) return true;
    }
    Value attr = type_find(t, name);
    if (attr.tag == VT_OBJ && attr.o->type->assign) {
        if (!attr.o->type->assign(in, attr, v, name, to, &done, err)) return false;
        if (done) return true;
    }
    if ((t->flags & TYPE_SLOTS) && !slot_named(t, name)) return slot_missing(in, v, name, err);
    Dict *d = v.tag == VT_OBJ ? obj_dict(v.o, to.tag != VT_UNSET) : NULL;
    if (!d || (to.tag == VT_UNSET && !dict_del_str(d, name))) {
        if (to.tag != VT_UNSET && v.tag == VT_OBJ && attr.tag == VT_UNSET && !t->dict_offset)
            return err_set(err, ERR_ATTRIBUTE,
                           "'%s' object has no attribute '%s', and takes no new ones", t->name,
                           name->s);
        if (attr.tag == VT_UNSET) return attr_error(in, v, name, err);
        return err_set(err, ERR_ATTRIBUTE, "'%s' object attribute '%s' is read-only", t->name,
                       name->s);
    }
    if (to.tag != VT_UNSET) dict_set_str(d, name, to);
    return true;
}

bool value_setattr(Interp *in, Value v, StrObj *name, Value to, Err *err) {
    Type *t = value_type(v);
    if (t->setattr == overlay_setattr) {
        bool done;
        return overlay_setattr(in, v, name, to, &done, err);
    }
    return attr_set_generic(in, v, name, to, err);
}

/* ---- listing and nearest names -------------------------------------------------------------- */

static void offer_type(Interp *in, Type *t, void (*offer)(void *, const char *), void *ctx) {
    late_list_type(in, t, offer, ctx);
    for (int i = 0; i < t->nmro; i++) {
        type_ready(t->mro[i]);
        dict_offer(t->mro[i]->attrs, offer, ctx);
    }
}

void value_dir(Interp *in, Value v, void (*offer)(void *ctx, const char *name), void *ctx) {
    Type *t = value_type(v);
    if (t->dir) t->dir(in, v, offer, ctx);
    if (v.tag == VT_OBJ) dict_offer(obj_dict(v.o, false), offer, ctx);
    if (t->kind != KIND_MODULE) offer_type(in, t->kind == KIND_TYPE ? (Type *)v.o : t, offer, ctx);
}

void offer_near(void *ctx, const char *name) {
    if (strncmp(name, "__", 2) != 0) suggest_offer(ctx, name);
}

static MissingNameFn missing_names;

void interp_missing_names(MissingNameFn fn) {
    missing_names = fn;
}

/* False when nothing is known of the name. */
static bool missing_error(Value v, const StrObj *name, Err *err) {
    const char *where = value_kind(v) == KIND_MODULE ? ((ModuleObj *)v.o)->name->s
                        : value_kind(v) == KIND_TYPE ? ((Type *)v.o)->name
                                                     : value_type(v)->name;
    const char *use = missing_names ? missing_names(where, name->s) : NULL;
    if (!use) return false;
    err_set(err, ERR_ATTRIBUTE, "%s.%s is not in qkv", where, name->s);
    if (*use) err_hint(err, "%s", use);
    return true;
}

bool attr_error(Interp *in, Value v, const StrObj *name, Err *err) {
    if (missing_error(v, name, err)) return false;
    Suggest near = suggest_for(name->s);
    value_dir(in, v, offer_near, &near);
    char *best = near.best ? mem_strdup(near.best) : NULL;
    if (value_kind(v) == KIND_MODULE) {
        const char *module = ((ModuleObj *)v.o)->name->s;
        err_set(err, ERR_ATTRIBUTE, "module '%s' has no attribute '%s'", module, name->s);
        if (best) err_hint(err, "did you mean %s.%s?", module, best);
    } else {
        bool type = value_kind(v) == KIND_TYPE;
        err_set(err, ERR_ATTRIBUTE,
                type ? "type object '%s' has no attribute '%s'"
                     : "'%s' object has no attribute '%s'",
                type ? ((Type *)v.o)->name : value_type(v)->name, name->s);
        if (best) err_hint(err, "did you mean .%s?", best);
    }
    mem_free(best);
    return false;
}
