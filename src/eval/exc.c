/* Exceptions: the classes, one per ErrKind, and the way between an Err and an object. */
#include "config.h"

#include "eval/vm.h"

/* ---- Err -> object ------------------------------------------------------------------------ */

static ExcObj *exc_of(Value v) {
    return (ExcObj *)v.o;
}

static Value make(ErrKind kind, const char *text, const char *hint) {
    ExcObj *e = obj_new(&exc_types[kind]);
    bool empty = !text || !*text;
    e->args = tuple_new(!empty);
    if (!empty) {
        tuple_items(e->args)[0] = str_value_cstr(text);
        e->text = mem_strdup(text);
    }
    e->hint = hint ? mem_strdup(hint) : NULL;
    e->cause = e->context = VALUE_NONE;
    return value_obj(e);
}

static void drop_frames(ExcObj *e) {
    for (size_t i = 0; i < e->frames.count; i++) {
        source_release(e->frames.items[i].src);
        mem_free(e->frames.items[i].where);
    }
    vec_clear(&e->frames);
}

Value interp_exception(Interp *in, Err *err) {
    if (err->kind == ERR_RAISED && in->raised.tag == VT_OBJ) return value_retain(in->raised);
    ErrKind kind = err->kind == ERR_RAISED || err->kind == ERR_OK ? ERR_RUNTIME : err->kind;
    return make(kind, err->msg, err->hint);
}

Value exc_take(Interp *in, Err *err) {
    Value v = interp_exception(in, err);
    ExcObj *e = exc_of(v);
    value_set_take(&in->raised, VALUE_UNSET);
    drop_frames(e);
    e->frames.items = err->frames.items;
    e->frames.count = err->frames.count;
    e->frames.cap = err->frames.cap;
    err->frames.items = NULL;
    err->frames.count = err->frames.cap = 0;
    err_clear(err);
    return v;
}

/* ---- object -> Err -------------------------------------------------------------------------- */

bool exc_throw(Interp *in, Value exc, Err *err) {
    ExcObj *e = exc_of(exc);
    if (err->kind) return false;
    value_set_take(&in->raised, value_retain(exc));
    err->kind = ERR_RAISED;
    err->msg = mem_strdup(value_type(exc)->name);
    if (e->hint) err->hint = mem_strdup(e->hint);
    err->frames.items = e->frames.items;
    err->frames.count = e->frames.count;
    err->frames.cap = e->frames.cap;
    e->frames.items = NULL;
    e->frames.count = e->frames.cap = 0;
    return false;
}

/* An exception object from what was raised: an instance, or a class to be called. Owned. */
static bool instance_of(Interp *in, Value v, const char *what, Value *out, Err *err) {
    if (value_isinstance(v, &exc_types[ERR_BASE])) {
        *out = value_retain(v);
        return true;
    }
    if (value_is(v, &type_type) && type_is_sub((Type *)v.o, &exc_types[ERR_BASE])) {
        if (!value_call_pos(in, v, NULL, 0, out, err)) return false;
        if (value_isinstance(*out, &exc_types[ERR_BASE])) return true;
        value_release(*out);
    }
    err_set(err, ERR_TYPE, "%s must derive from BaseException", what);
    return err_hint(err, "this is a '%s'; raise ValueError(...) or a class of your own",
                    value_type(v)->name);
}

bool exc_raise(Interp *in, Value v, Value cause, Err *err) {
    Value exc, from = VALUE_NONE;
    if (!instance_of(in, v, "exceptions", &exc, err)) return false;
    if (cause.tag != VT_UNSET && cause.tag != VT_NONE &&
        !instance_of(in, cause, "exception causes", &from, err)) {
        value_release(exc);
        return false;
    }
    if (cause.tag != VT_UNSET) value_set_take(&exc_of(exc)->cause, from);
    exc_throw(in, exc, err);
    value_release(exc);
    return false;
}

bool interp_raise(Interp *in, Value exc, Err *err) {
    return exc_raise(in, exc, VALUE_UNSET, err);
}

bool interp_raise_key(Interp *in, Value key, Err *err) {
    Value exc = make(ERR_KEY, NULL, NULL);
    value_release(exc_of(exc)->args);
    exc_of(exc)->args = tuple_of(1, &key);
    exc_throw(in, exc, err);
    value_release(exc);
    return false;
}

/* ---- matching -----------------------------------------------------------------------------------
 */

bool err_is(Interp *in, const Err *err, ErrKind kind) {
    if (err->kind == ERR_RAISED)
        return in->raised.tag == VT_OBJ && value_isinstance(in->raised, &exc_types[kind]);
    for (ErrKind k = err->kind; k != ERR_OK; k = err_kind_parent(k)) {
        if (k == kind) return true;
        if (k == ERR_BASE) break;
    }
    return false;
}

bool exc_match(Interp *in, Value exc, Value type, bool *hit, Err *err) {
    if (value_is(type, &type_type) && type_is_sub((Type *)type.o, &exc_types[ERR_BASE])) {
        *hit = value_isinstance(exc, (Type *)type.o);
        return true;
    }
    if (value_is(type, &type_tuple)) {
        *hit = false;
        for (int64_t i = 0; i < tuple_count(type) && !*hit; i++)
            if (!exc_match(in, exc, tuple_items(type)[i], hit, err)) return false;
        return true;
    }
    return err_set(err, ERR_TYPE,
                   "catching classes that do not inherit from BaseException is not "
                   "allowed");
}

/* ---- for the reader
 * ------------------------------------------------------------------------------- */

void exc_finish(Interp *in, Err *err) {
    if (err->kind != ERR_RAISED) return;
    Value v = interp_exception(in, err);
    Type *t = value_type(v);
    Str text = STR_INIT;
    Err inner = {0};
    if (!value_str(in, v, &text, &inner)) {
        str_reset(&text);
        str_add(&text, "(its text cannot be shown: ");
        str_add(&text, inner.msg ? inner.msg : "?");
        str_addc(&text, ')');
        err_clear(&inner);
    }
    mem_free(err->msg);
    if (t->flags & TYPE_HEAP) {
        Str line = STR_INIT;
        str_add(&line, t->name);
        if (text.len) str_printf(&line, ": %s", str_cstr(&text));
        err->msg = str_detach(&line);
    } else {
        err->kind = (ErrKind)(t - exc_types);
        err->msg = mem_strdup(str_cstr(&text));
    }
    str_clear(&text);
    value_set_take(&in->raised, VALUE_UNSET);
    value_release(v);
}

/* ---- the classes
 * ------------------------------------------------------------------------------------- */

static bool exc_init(Interp *in, Value self, const CallArgs *a, Err *err) {
    UNUSED(in);
    if (a->nkw)
        return err_set(err, ERR_TYPE, "%s() takes no keyword arguments", value_type(self)->name);
    ExcObj *e = exc_of(self);
    value_set_take(&e->args, tuple_of(a->npos, a->pos));
    mem_free(e->text);
    e->text = NULL;
    return true;
}

static bool exc_create(Interp *in, Type *cls, const CallArgs *a, Value *out, Err *err) {
    ExcObj *e = obj_new(cls);
    Value v = value_obj(e);
    e->args = tuple_new(0);
    e->cause = e->context = VALUE_NONE;
    if (!exc_init(in, v, a, err)) {
        value_release(v);
        return false;
    }
    *out = v;
    return true;
}

static void exc_destroy(Obj *o) {
    ExcObj *e = (ExcObj *)o;
    value_release(e->args);
    value_release(e->cause);
    value_release(e->context);
    drop_frames(e);
    dict_free(e->dict);
    mem_free(e->text);
    mem_free(e->hint);
}

static void exc_traverse(Obj *o, GcVisit visit, void *ctx) {
    ExcObj *e = (ExcObj *)o;
    Value v[] = {e->args, e->cause, e->context};
    for (size_t i = 0; i < ARRAY_LEN(v); i++)
        if (v[i].tag == VT_OBJ) visit(v[i].o, ctx);
    if (e->dict) dict_traverse(e->dict, visit, ctx);
}

static bool exc_str(Interp *in, Value self, Str *out, Err *err) {
    ExcObj *e = exc_of(self);
    if (e->text) {
        str_add(out, e->text);
        return true;
    }
    switch (tuple_count(e->args)) {
    case 0:
        return true;
    case 1:
        if (value_isinstance(self, &exc_types[ERR_KEY]))
            return value_repr(in, tuple_items(e->args)[0], out, err);
        return value_str(in, tuple_items(e->args)[0], out, err);
    default:
        return value_repr(in, e->args, out, err);
    }
}

static bool exc_repr(Interp *in, Value self, Str *out, Err *err) {
    ExcObj *e = exc_of(self);
    str_add(out, value_type(self)->name);
    if (tuple_count(e->args) != 1) return value_repr(in, e->args, out, err);
    str_addc(out, '(');
    if (!value_repr(in, tuple_items(e->args)[0], out, err)) return false;
    str_addc(out, ')');
    return true;
}

static bool exc_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    ExcObj *e = exc_of(self);
    *out = VALUE_UNSET;
    if (strcmp(name->s, "args") == 0)
        *out = value_retain(e->args);
    else if (strcmp(name->s, "__cause__") == 0)
        *out = value_retain(e->cause);
    else if (strcmp(name->s, "__context__") == 0)
        *out = value_retain(e->context);
    else if (strcmp(name->s, "__traceback__") == 0)
        *out = VALUE_NONE;
    else if (strcmp(name->s, "value") == 0 && value_isinstance(self, &exc_types[ERR_STOPITER]))
        *out = tuple_count(e->args) ? value_retain(tuple_items(e->args)[0]) : VALUE_NONE;
    return true;
}

static bool exc_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    UNUSED(in);
    ExcObj *e = exc_of(self);
    *done = true;
    if (strcmp(name->s, "args") == 0) {
        if (!value_is(v, &type_tuple)) return err_set(err, ERR_TYPE, "args must be a tuple");
        value_set_take(&e->args, value_retain(v));
        mem_free(e->text);
        e->text = NULL;
    } else if (strcmp(name->s, "__cause__") == 0) {
        value_set_take(&e->cause, value_retain(v));
    } else if (strcmp(name->s, "__traceback__") != 0) {
        *done = false;
    }
    return true;
}

static bool exc_with_traceback(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(a[0]);
    return true;
}

static const NativeRow exc_methods[] = {
    {.sig = "with_traceback(self, tb, /)",
     .fn = exc_with_traceback,
     .doc = "The exception itself: tracebacks are kept by the evaluator."},
    {0},
};

/* BaseException alone has no parent here; type_ready gives it object. */
#define X(id, class_name, parent)                                                                  \
    [ERR_##id] = {                                                                                 \
        .name = class_name,                                                                        \
        .base = ERR_##id == ERR_BASE ? NULL : &exc_types[ERR_##parent],                            \
        .size = sizeof(ExcObj),                                                                    \
        .dict_offset = offsetof(ExcObj, dict),                                                     \
        .flags = TYPE_BASE | TYPE_GC,                                                              \
        .destroy = exc_destroy,                                                                    \
        .traverse = exc_traverse,                                                                  \
        .create = exc_create,                                                                      \
        .init = exc_init,                                                                          \
        .str = exc_str,                                                                            \
        .repr = exc_repr,                                                                          \
        .hash = obj_hash_identity,                                                                 \
        .getattr = exc_getattr,                                                                    \
        .setattr = exc_setattr,                                                                    \
        .methods = ERR_##id == ERR_BASE ? exc_methods : NULL,                                      \
    },
Type exc_types[ERR_KIND_COUNT] = {ERR_KINDS(X)};
#undef X
