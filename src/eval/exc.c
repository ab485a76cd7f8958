/* The way between an Err and an exception object: raising, chaining, matching. */
#include "config.h"

#include "eval/class.h"

/* ---- Err -> object ------------------------------------------------------------------------ */

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

Value interp_exception(Interp *in, Err *err) {
    if (err->kind == ERR_RAISED && in->raised.tag == VT_OBJ) return value_retain(in->raised);
    ErrKind kind = err->kind == ERR_RAISED || err->kind == ERR_OK ? ERR_RUNTIME : err->kind;
    return make(kind, err->msg, err->hint);
}

Value exc_take(Interp *in, Err *err) {
    Value v = interp_exception(in, err);
    ExcObj *e = exc_of(v);
    value_set_take(&in->raised, VALUE_UNSET);
    exc_drop_frames(e);
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
    if (value_kind(v) == KIND_TYPE && type_is_sub((Type *)v.o, &exc_types[ERR_BASE])) {
        if (!value_call_pos(in, v, NULL, 0, out, err)) return false;
        if (value_isinstance(*out, &exc_types[ERR_BASE])) return true;
        value_release(*out);
    }
    err_set(err, ERR_TYPE, "%s must derive from BaseException", what);
    return err_hint(err, "this is a '%s'; raise ValueError(...) or a class of your own",
                    value_type(v)->name);
}

/* ---- what is being handled ------------------------------------------------------------------ */

Value exc_handled(const Interp *in) {
    for (int n = in->depth - 1; n >= 0; n--) {
        const Frame *f = &in->frames[n];
        uint32_t pc = frame_pc(f);
        for (size_t i = 0; i < f->code->handling.count; i++) {
            const HandlingMark *h = &f->code->handling.items[i];
            if (pc >= h->start && pc < h->end &&
                value_isinstance(f->regs[h->reg], &exc_types[ERR_BASE]))
                return f->regs[h->reg];
        }
    }
    return VALUE_UNSET;
}

/* exc is raised while another exception is handled: that becomes its __context__. A chain that
 * led back to exc is cut there. */
static void chain(const Interp *in, Value exc) {
    Value handled = exc_handled(in);
    if (handled.tag == VT_UNSET || handled.o == exc.o) return;
    for (ExcObj *o = exc_of(handled); o->context.tag == VT_OBJ; o = exc_of(o->context)) {
        if (o->context.o != exc.o) continue;
        value_set_take(&o->context, VALUE_NONE);
        break;
    }
    value_set_take(&exc_of(exc)->context, value_retain(handled));
}

void exc_chain(Interp *in, Err *err) {
    if (in->fatal || exc_handled(in).tag == VT_UNSET) return;
    Value exc = exc_take(in, err);
    chain(in, exc);
    exc_throw(in, exc, err);
    value_release(exc);
}

bool exc_raise_from(Interp *in, const char *text, Err *err) {
    Value cause = exc_take(in, err), exc = make(ERR_RUNTIME, text, NULL);
    ExcObj *e = exc_of(exc);
    e->cause = value_retain(cause);
    e->context = cause;
    e->suppress = true;
    exc_throw(in, exc, err);
    value_release(exc);
    return false;
}

bool exc_raise(Interp *in, Value v, Value cause, Err *err) {
    Value exc, from = VALUE_NONE;
    if (!instance_of(in, v, "exceptions", &exc, err)) return false;
    if (cause.tag != VT_UNSET && cause.tag != VT_NONE &&
        !instance_of(in, cause, "exception causes", &from, err)) {
        value_release(exc);
        return false;
    }
    if (cause.tag != VT_UNSET) {
        value_set_take(&exc_of(exc)->cause, from);
        exc_of(exc)->suppress = true;
    }
    chain(in, exc);
    exc_throw(in, exc, err);
    value_release(exc);
    return false;
}

bool interp_raise(Interp *in, Value exc, Err *err) {
    return exc_raise(in, exc, VALUE_UNSET, err);
}

bool exc_raise_key(Interp *in, Value key, Err *err) {
    Value exc = make(ERR_KEY, NULL, NULL);
    value_release(exc_of(exc)->args);
    exc_of(exc)->args = tuple_of(1, &key);
    chain(in, exc);
    exc_throw(in, exc, err);
    value_release(exc);
    return false;
}

/* ---- matching ------------------------------------------------------------------------------- */

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
    if (value_kind(type) == KIND_TYPE && type_is_sub((Type *)type.o, &exc_types[ERR_BASE])) {
        *hit = value_isinstance(exc, (Type *)type.o);
        return true;
    }
    if (value_is(type, &type_tuple)) {
        *hit = false;
        for (int64_t i = 0; i < tuple_count(type) && !*hit; i++)
            if (!exc_match(in, exc, tuple_items(type)[i], hit, err)) return false;
        return true;
    }
    if (value_is(type, &type_stub)) return stub_error(type, err);
    return err_set(err, ERR_TYPE,
                   "catching classes that do not inherit from BaseException is not "
                   "allowed");
}

/* ---- for the reader ------------------------------------------------------------------------- */

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
