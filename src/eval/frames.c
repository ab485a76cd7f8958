/* Looking at frames, parameters and tracebacks from the dialect; see frames.h.
 *
 * A frame is named by its depth and its serial number, so that one that has returned is known as
 * gone and nothing keeps it alive.
 */
#include "config.h"

#include "eval/frames.h"

#include "eval/sig.h"
#include "value/strobj.h"
#include "eval/vm.h"

/* ---- frames ----------------------------------------------------------------------------- */

static Frame *frame_at(Interp *in, Value depth, Value serial) {
    if (depth.tag != VT_INT || serial.tag != VT_INT || depth.i < 0 || depth.i >= in->depth)
        return NULL;
    Frame *f = &in->frames[depth.i];
    return f->serial == (uint64_t)serial.i ? f : NULL;
}

/* v: a register, or the cell in it. */
static void put_name(Dict *d, StrObj *name, Value v) {
    if (value_is(v, &type_cell)) v = ((CellObj *)v.o)->v;
    if (name && name->s[0] != '.' && v.tag != VT_UNSET) dict_set_str(d, name, v);
}

Value frame_locals(const Frame *f) {
    Value out = dict_value_new(), k, v;
    Dict *d = dict_of(out), *from = f->names ? f->names : f->globals;
    if (!f->fn || f->names) {
        for (size_t i = 0; dict_next(from, &i, &k, &v);) dict_set_str(d, str_of(k), v);
        return out;
    }
    for (int i = 0; i < f->code->nlocals; i++) put_name(d, f->code->local_names[i], f->regs[i]);
    for (int i = 0; i < f->code->nfree && i < f->fn->nfree; i++)
        put_name(d, f->code->free_names[i], value_obj(f->fn->free[i]));
    return out;
}

static int arguments_of(const Code *c) {
    return c->npos + c->nkwonly + ((c->flags & CODE_VARARGS) != 0) +
           ((c->flags & CODE_KWARGS) != 0);
}

static Value arguments_names(const Code *c) {
    Value names = list_new();
    for (int i = 0; i < arguments_of(c) && i < c->nlocals; i++)
        list_push_take(names,
                       c->local_names[i] ? value_retain(value_obj(c->local_names[i])) : VALUE_NONE);
    return names;
}

/* (depth, serial) of the frame that called, `up` frames above it; None past the outermost. */
static bool f_here(Interp *in, Value *a, Value *out, Err *err) {
    int64_t up, at;
    if (!value_to_int(in, a[0], &up, err)) return false;
    at = in->depth - 1 - up;
    if (at < 0 || at >= in->depth) {
        *out = VALUE_NONE;
        return true;
    }
    Value pair[] = {value_int(at), value_int((int64_t)in->frames[at].serial)};
    *out = tuple_of(2, pair);
    return true;
}

static Value place_of(const Code *c, uint32_t offset, const char *name) {
    int line, col;
    size_t n;
    source_place(c->src, offset, &line, &col);
    const char *text = source_line(c->src, offset, &n);
    Value out = tuple_new(4);
    tuple_items(out)[0] = str_value_cstr(source_name(c->src));
    tuple_items(out)[1] = value_int(line);
    tuple_items(out)[2] = str_value_cstr(name);
    tuple_items(out)[3] = str_value(text, n);
    return out;
}

/* (file, line, function, text of the line, arguments' names, flags, locals) or None when gone. */
static bool f_look(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(err);
    Frame *f = frame_at(in, a[0], a[1]);
    *out = VALUE_NONE;
    if (!f) return true;
    Value place = place_of(f->code, code_span(f->code, frame_pc(f)).start, f->code->name->s);
    *out = tuple_new(7);
    for (int i = 0; i < 4; i++) tuple_items(*out)[i] = value_retain(tuple_items(place)[i]);
    tuple_items(*out)[4] = arguments_names(f->code);
    tuple_items(*out)[5] = value_int((int64_t)(f->code->flags & (CODE_VARARGS | CODE_KWARGS)));
    tuple_items(*out)[6] = frame_locals(f);
    value_release(place);
    return true;
}

/* (file, line, function, text of the line) of the user's own frame, `level` of them up (1: the
 * innermost); the outermost when there are fewer, None when nothing of the user's runs. */
static bool f_place(Interp *in, Value *a, Value *out, Err *err) {
    int64_t level;
    Frame *found = NULL;
    if (!value_to_int(in, a[0], &level, err)) return false;
    for (int i = in->depth - 1; i >= 0 && level > 0; i--) {
        if (in->frames[i].code->flags & CODE_PRELUDE) continue;
        found = &in->frames[i];
        level--;
    }
    *out = found ? place_of(found->code, code_span(found->code, frame_pc(found)).start,
                            found->code->name->s)
                 : VALUE_NONE;
    return true;
}

/* ---- exceptions --------------------------------------------------------------------------- */

/* The exception that the innermost except clause of any running frame has in hand, or None. */
static bool f_handled(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(a), UNUSED(err);
    for (int i = in->depth - 1; i >= 0; i--) {
        const Frame *f = &in->frames[i];
        uint32_t pc = frame_pc(f);
        for (size_t k = 0; k < f->code->handling.count; k++) {
            const HandlingMark *m = &f->code->handling.items[k];
            if (pc < m->start || pc >= m->end || f->regs[m->reg].tag == VT_UNSET) continue;
            *out = value_retain(f->regs[m->reg]);
            return true;
        }
    }
    *out = VALUE_NONE;
    return true;
}

/* [(file, line, function, text), ...] of an exception, outermost first. */
static bool f_trace(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    if (!value_isinstance(a[0], &exc_types[ERR_BASE]))
        return err_set(err, ERR_TYPE, "an exception is wanted, not %s", value_type(a[0])->name);
    const ExcObj *e = (ExcObj *)a[0].o;
    *out = list_new();
    for (size_t i = e->frames.count; i-- > 0;) {
        const ErrFrame *f = &e->frames.items[i];
        Code place = {.src = f->src};
        list_push_take(*out, place_of(&place, f->span.start, f->where));
    }
    return true;
}

/* ---- parameters ------------------------------------------------------------------------------ */

enum { KIND_POS_ONLY, KIND_POS, KIND_VARARGS, KIND_KWONLY, KIND_KWARGS };

static void add_param(Value list, StrObj *name, int kind, Value deflt) {
    Value row = tuple_new(deflt.tag == VT_UNSET ? 2 : 3);
    tuple_items(row)[0] = value_retain(value_obj(name));
    tuple_items(row)[1] = value_int(kind);
    if (deflt.tag != VT_UNSET) tuple_items(row)[2] = value_retain(deflt);
    list_push_take(list, row);
}

static Value default_of(const FuncObj *f, int i) {
    const Code *c = f->code;
    if (!f->defaults) return VALUE_UNSET;
    if (i >= c->npos) return f->defaults[f->ndefaults + i - c->npos];
    int first = c->npos - f->ndefaults;
    return i < first ? VALUE_UNSET : f->defaults[i - first];
}

/* In the order of the signature's text: *args stands before the keyword-only ones. */
static Value function_params(const FuncObj *f) {
    const Code *c = f->code;
    Value list = list_new();
    int rest = c->npos + c->nkwonly;
    for (int i = 0; i < c->npos; i++)
        add_param(list, c->local_names[i], i < c->npos_only ? KIND_POS_ONLY : KIND_POS,
                  default_of(f, i));
    if (c->flags & CODE_VARARGS) add_param(list, c->local_names[rest++], KIND_VARARGS, VALUE_UNSET);
    for (int i = c->npos; i < c->npos + c->nkwonly; i++)
        add_param(list, c->local_names[i], KIND_KWONLY, default_of(f, i));
    if (c->flags & CODE_KWARGS) add_param(list, c->local_names[rest], KIND_KWARGS, VALUE_UNSET);
    return list;
}

static Value native_params(const NativeRow *row) {
    Signature *s = sig_parse(row->sig);
    Value list = list_new();
    for (int i = 0; i < s->count; i++) {
        int kind = i == s->varargs    ? KIND_VARARGS
                   : i == s->kwargs   ? KIND_KWARGS
                   : i < s->npos_only ? KIND_POS_ONLY
                   : i < s->npos      ? KIND_POS
                                      : KIND_KWONLY;
        Value deflt = s->p[i].required || kind == KIND_VARARGS || kind == KIND_KWARGS ? VALUE_UNSET
                      : s->p[i].deflt.tag == VT_UNSET ? VALUE_ELLIPSIS
                                                      : s->p[i].deflt;
        add_param(list, s->p[i].name, kind, deflt);
    }
    sig_free(s);
    return list;
}

/* [(name, kind[, default]), ...] of a function or of one written in C; None for anything else. */
static bool f_params(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = VALUE_NONE;
    if (value_is(a[0], &type_function))
        *out = function_params((FuncObj *)a[0].o);
    else if (value_is(a[0], &type_native))
        *out = native_params(native_row(a[0]));
    return true;
}

static bool f_is_generator(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_bool(value_is(a[0], &type_function) &&
                      (((FuncObj *)a[0].o)->code->flags & CODE_GENERATOR));
    return true;
}

/* (text, first line, file) of a function or class of the dialect; None for anything else. */
static bool f_source(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    Source *src;
    Span span;
    *out = VALUE_NONE;
    if (!value_source(a[0], &src, &span)) return true;
    int line, col;
    size_t n;
    source_place(src, span.start, &line, &col);
    const char *start = source_line(src, span.start, &n), *text = source_text(src);
    const char *end = text + span.end;
    while (end < text + source_len(src) && *end != '\n') end++;
    *out = tuple_new(3);
    tuple_items(*out)[0] = str_value(start, (size_t)(end - start));
    tuple_items(*out)[1] = value_int(line);
    tuple_items(*out)[2] = str_value_cstr(source_name(src));
    return true;
}

/* ---- standard error ------------------------------------------------------------------------- */

static bool f_stderr(Interp *in, Value *a, Value *out, Err *err) {
    const StrObj *s = str_of(a[0]);
    *out = VALUE_NONE;
    return interp_aside(in, s->s, s->len, err);
}

#define EX(code) ">>> import _frames; " code

const NativeRow frames_rows[] = {
    {"here(up: int = 0, /)", f_here, 0, "Which frame runs, or None.",
     EX("_frames.here(100000) is None\nTrue")},
    {"look(depth, serial, /)", f_look, 0, "What a frame is, None when it has returned.",
     EX("_frames.look(0, -1) is None\nTrue")},
    {"place(level: int = 1, /)", f_place, 0, "Where the user's code stands.",
     EX("_frames.place()[1]\n1")},
    {"handled()", f_handled, 0, "The exception that an except clause has in hand.",
     EX("_frames.handled() is None\nTrue")},
    {"trace(exc, /)", f_trace, 0, "Where an exception went through.",
     EX("_frames.trace(ValueError())\n[]")},
    {"params(f, /)", f_params, 0, "The parameters of a function.",
     EX("_frames.params(lambda q, k=1: 0)\n[('q', 1), ('k', 1, 1)]")},
    {"is_generator(f, /)", f_is_generator, 0, "Whether calling f makes a generator.",
     EX("_frames.is_generator(len)\nFalse")},
    {"source(f, /)", f_source, 0, "The text of a function or class.",
     EX("_frames.source(len) is None\nTrue")},
    {"stderr(text: str, /)", f_stderr, NATIVE_PRINTS, "Text to standard error.",
     EX("_frames.stderr('')\n")},
    {0},
};
