/* The exception classes, one per ErrKind, and what their objects keep. */
#include "config.h"

#include <errno.h>
#include <limits.h>

#include "eval/vm.h"

void exc_drop_frames(ExcObj *e) {
    for (size_t i = 0; i < e->frames.count; i++) {
        source_release(e->frames.items[i].src);
        mem_free(e->frames.items[i].where);
    }
    vec_clear(&e->frames);
}

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

/* OSError(number, text) is made as the class that the number stands for. */
static Type *class_of_number(Type *cls, const CallArgs *a) {
    if (cls != &exc_types[ERR_OS] || a->npos < 2 || a->pos[0].tag != VT_INT) return cls;
    return a->pos[0].i == ENOENT      ? &exc_types[ERR_FILENOTFOUND]
           : a->pos[0].i == ETIMEDOUT ? &exc_types[ERR_TIMEOUT]
                                      : cls;
}

static bool exc_create(Interp *in, Type *cls, const CallArgs *a, Value *out, Err *err) {
    cls = class_of_number(cls, a);
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
    exc_drop_frames(e);
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
    if (tuple_count(e->args) == 2 && value_isinstance(self, &exc_types[ERR_OS])) {
        str_add(out, "[Errno ");
        if (!value_str(in, tuple_items(e->args)[0], out, err)) return false;
        str_add(out, "] ");
        return value_str(in, tuple_items(e->args)[1], out, err);
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

/* What single classes keep: the argument at `at` when there are at least `least`, else None. */
static Value of_kind(Value self, const char *name) {
    static const struct {
        ErrKind kind;
        const char *name;
        int at, least, most;
    } rows[] = {
        {ERR_STOPITER, "value", 0, 1, INT_MAX},
        {ERR_EXIT, "code", 0, 1, INT_MAX},
        {ERR_OS, "errno", 0, 2, 5},
        {ERR_OS, "strerror", 1, 2, 5},
        {ERR_OS, "filename", 2, 3, 5},
        {ERR_IMPORT, "msg", 0, 1, 1},
        {ERR_SYNTAX, "msg", 0, 1, INT_MAX},
        {ERR_IMPORT, "name", 0, INT_MAX, 0},
        {ERR_IMPORT, "path", 0, INT_MAX, 0},
        {ERR_ATTRIBUTE, "name", 0, INT_MAX, 0},
        {ERR_ATTRIBUTE, "obj", 0, INT_MAX, 0},
        {ERR_NAME, "name", 0, INT_MAX, 0},
    };
    const ExcObj *e = exc_of(self);
    int64_t n = tuple_count(e->args);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (strcmp(name, rows[i].name) || !value_isinstance(self, &exc_types[rows[i].kind]))
            continue;
        if (n < rows[i].least || n > rows[i].most) return VALUE_NONE;
        return value_retain(tuple_items(e->args)[rows[i].at]);
    }
    return VALUE_UNSET;
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
    else if (strcmp(name->s, "__suppress_context__") == 0)
        *out = value_bool(e->suppress);
    else if (strcmp(name->s, "__traceback__") == 0)
        *out = VALUE_NONE;
    else if (!e->dict || dict_get_str(e->dict, name).tag == VT_UNSET)
        *out = of_kind(self, name->s);
    return true;
}

/* e.__cause__ = v, e.__context__ = v */
static bool set_link(Value *slot, const char *what, Value v, Err *err) {
    if (v.tag == VT_UNSET) return err_set(err, ERR_TYPE, "__%s__ may not be deleted", what);
    if (v.tag != VT_NONE && !value_isinstance(v, &exc_types[ERR_BASE]))
        return err_set(err, ERR_TYPE,
                       "exception %s must be None or derive from BaseException, not '%s'", what,
                       value_type(v)->name);
    value_set_take(slot, value_retain(v));
    return true;
}

static bool set_args(Interp *in, ExcObj *e, Value v, Err *err) {
    Value list;
    if (v.tag == VT_UNSET) return err_set(err, ERR_TYPE, "args may not be deleted");
    if (!seq_collect(in, v, &list, err)) return false;
    value_set_take(&e->args, tuple_of(list_count(list), list_items(list)));
    value_release(list);
    mem_free(e->text);
    e->text = NULL;
    return true;
}

static bool exc_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    ExcObj *e = exc_of(self);
    *done = true;
    if (strcmp(name->s, "args") == 0) return set_args(in, e, v, err);
    if (strcmp(name->s, "__cause__") == 0) {
        if (!set_link(&e->cause, "cause", v, err)) return false;
        e->suppress = true;
        return true;
    }
    if (strcmp(name->s, "__context__") == 0) return set_link(&e->context, "context", v, err);
    if (strcmp(name->s, "__suppress_context__") == 0 && v.tag != VT_UNSET)
        return value_truth(in, v, &e->suppress, err);
    *done = strcmp(name->s, "__traceback__") == 0;
    return true;
}

static bool exc_add_note(Interp *in, Value *a, Value *out, Err *err) {
    static StrObj *name;
    UNUSED(in);
    if (!name) name = str_intern("__notes__", 9);
    if (!value_isinstance(a[1], &type_str))
        return err_set(err, ERR_TYPE, "note must be a str, not '%s'", value_type(a[1])->name);
    Dict *d = obj_dict(a[0].o, true);
    Value notes = dict_get_str(d, name);
    if (notes.tag == VT_UNSET) {
        notes = list_new();
        dict_set_str(d, name, notes);
        value_release(notes);
    }
    if (!value_is(notes, &type_list))
        return err_set(err, ERR_TYPE, "Cannot add note: __notes__ is not a list");
    list_push_take(notes, value_retain(a[1]));
    *out = VALUE_NONE;
    return true;
}

static bool exc_with_traceback(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(a[0]);
    return true;
}

static const NativeRow exc_methods[] = {
    {.sig = "add_note(self, note, /)",
     .fn = exc_add_note,
     .flags = NATIVE_MUTATES,
     .doc = "Adds a text to __notes__."},
    {.sig = "with_traceback(self, tb, /)",
     .fn = exc_with_traceback,
     .doc = "The exception itself: tracebacks are kept by the evaluator."},
    {0},
};

/* BaseException alone has no parent here; type_ready gives it object. */
#define X(id, class_name, parent)                                                                  \
    [ERR_##id] = {                                                                                 \
        .name = class_name,                                                                        \
        .module = ERR_##id == ERR_LINALG ? "torch._C" : NULL,                                      \
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
