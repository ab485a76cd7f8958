/* Functions written in C: binding the arguments of a call to a row's slots. */
#include "config.h"

#include "base/suggest.h"
#include "eval/sig.h"
#include "eval/vm.h"

enum { SLOTS_INLINE = 16 };

size_t native_name_len(const NativeRow *row) {
    return strcspn(row->sig, "(");
}

Value native_new(Interp *in, const NativeRow *row, const char *module) {
    UNUSED(in);
    NativeObj *f = obj_new(&type_native);
    f->row = row;
    f->module = module;
    f->numbers = module && strncmp(module, "torch", 5) == 0;
    if (row->flags & NATIVE_PROPERTY) f->head.flags |= OBJ_DATA;
    if (!(row->flags & (NATIVE_PROPERTY | NATIVE_STATIC | NATIVE_CLASS)))
        f->head.flags |= OBJ_METHOD;
    return value_obj(f);
}

Value native_method_new(const NativeRow *row, Type *t) {
    Value f = native_new(NULL, row, t->module);
    if (!(row->flags & (NATIVE_STATIC | NATIVE_CLASS)) && t != &type_object)
        ((NativeObj *)f.o)->owner = t;
    return f;
}

const NativeRow *native_row(Value v) {
    if (value_kind(v) == KIND_METHOD) v = ((MethodObj *)v.o)->func;
    return value_is(v, &type_native) ? ((NativeObj *)v.o)->row : NULL;
}

static Signature *signature(NativeObj *f) {
    if (UNLIKELY(!f->sig)) f->sig = sig_parse(f->row->sig);
    return f->sig;
}

const char *native_name(Value f) {
    return signature((NativeObj *)f.o)->name->s;
}

/* ---- messages -------------------------------------------------------------------------------- */

static bool too_many(const Signature *s, int given, Err *err) {
    int least = 0;
    for (int i = 0; i < s->npos; i++) least += s->p[i].required;
    const char *are = given == 1 ? "was" : "were";
    if (s->npos == 0)
        return err_set(err, ERR_TYPE, "%s() takes no arguments (%d given)", s->name->s, given);
    if (least != s->npos)
        return err_set(err, ERR_TYPE,
                       "%s() takes from %d to %d positional arguments but %d %s given", s->name->s,
                       least, s->npos, given, are);
    return err_set(err, ERR_TYPE, "%s() takes %d positional argument%s but %d %s given", s->name->s,
                   s->npos, s->npos == 1 ? "" : "s", given, are);
}

static bool missing(const Signature *s, const Value *slots, const Value *given, Err *err) {
    Str names = STR_INIT;
    int n = 0, total = 0, pos = 0;
    for (int i = 0; i < s->count; i++)
        if (s->p[i].required && slots[i].tag == VT_UNSET) {
            total++;
            pos += i < s->npos;
        }
    bool kind = pos > 0; /* positional ones are complained about first, as in Python */
    int of = kind ? pos : total;
    for (int i = 0; i < s->count; i++) {
        if (!s->p[i].required || slots[i].tag != VT_UNSET || (i < s->npos) != kind) continue;
        str_printf(&names, "%s'%s'",
                   n == 0       ? ""
                   : n + 1 < of ? ", "
                   : of > 2     ? ", and "
                                : " and ",
                   s->p[i].name->s);
        n++;
    }
    UNUSED(given);
    err_set(err, ERR_TYPE, "%s() missing %d required %s argument%s: %s", s->name->s, of,
            kind ? "positional" : "keyword-only", of == 1 ? "" : "s", str_cstr(&names));
    str_clear(&names);
    return false;
}

static bool unexpected(const Signature *s, const StrObj *name, Err *err) {
    Suggest near = suggest_for(name->s);
    for (int i = 0; i < s->count; i++)
        if (s->p[i].kind == PARAM_NORMAL || s->p[i].kind == PARAM_KW_ONLY)
            suggest_offer(&near, s->p[i].name->s);
    err_set(err, ERR_TYPE, "%s() got an unexpected keyword argument '%s'", s->name->s, name->s);
    if (near.best) err_hint(err, "did you mean %s=?", near.best);
    return false;
}

static bool wrong_type(const Signature *s, int i, Value v, Err *err) {
    const char *wanted = sig_check(s->p[i].check)->wanted;
    if (s->p[i].kind == PARAM_KW_ONLY)
        return err_set(err, ERR_TYPE, "%s(): argument '%s' must be %s, not %s", s->name->s,
                       s->p[i].name->s, wanted, value_type(v)->name);
    return err_set(err, ERR_TYPE, "%s(): argument '%s' (position %d) must be %s, not %s",
                   s->name->s, s->p[i].name->s, i + 1, wanted, value_type(v)->name);
}

/* NumPy's spellings, which PyTorch takes for its own in every row that has the latter. */
static const char *const keyword_aliases[][2] = {
    {"axis", "dim"}, {"keepdims", "keepdim"}, {"x", "input"}, {"x1", "input"}, {"x2", "other"}};

static const char *keyword_alias(const char *name) {
    for (size_t i = 0; i < ARRAY_LEN(keyword_aliases); i++)
        if (strcmp(keyword_aliases[i][0], name) == 0) return keyword_aliases[i][1];
    return NULL;
}

/* ---- binding -------------------------------------------------------------------------------- */

/* *sizes given by its name: the tuple then holds the one value. */
static bool bind_sizes(const Signature *s, Value v, Value *slots, Err *err) {
    if (tuple_count(slots[s->varargs]) > 0)
        return err_set(err, ERR_TYPE, "%s() got multiple values for argument '%s'", s->name->s,
                       s->p[s->varargs].name->s);
    value_release(slots[s->varargs]);
    slots[s->varargs] = tuple_of(1, &v);
    return true;
}

static bool bind_keyword(Interp *in, const Signature *s, unsigned flags, StrObj *name, Value v,
                         Value *slots, Err *err) {
    if ((flags & NATIVE_SIZES) && strcmp(s->p[s->varargs].name->s, name->s) == 0)
        return bind_sizes(s, v, slots, err);
    for (int i = s->npos_only; i < s->count; i++) {
        const SigParam *p = &s->p[i];
        if (p->kind != PARAM_NORMAL && p->kind != PARAM_KW_ONLY) continue;
        if (p->name != name && strcmp(p->name->s, name->s) != 0) continue;
        if (slots[i].tag != VT_UNSET)
            return err_set(err, ERR_TYPE, "%s() got multiple values for argument '%s'", s->name->s,
                           name->s);
        slots[i] = v;
        return true;
    }
    if (s->kwargs < 0) {
        const char *alias = keyword_alias(name->s);
        int i = 0;
        while (alias && i < s->count && strcmp(s->p[i].name->s, alias) != 0) i++;
        if (!alias || i == s->count) return unexpected(s, name, err);
        return bind_keyword(in, s, flags, s->p[i].name, v, slots, err);
    }
    return dict_set(in, dict_of(slots[s->kwargs]), value_obj(name), v, err);
}

static bool check_types(Interp *in, const Signature *s, const Value *slots, Err *err) {
    for (int i = 0; i < s->count; i++) {
        const SigParam *p = &s->p[i];
        Value v = slots[i];
        if (p->check < 0 || v.tag == VT_UNSET || p->kind == PARAM_KWARGS) continue;
        if (v.tag == VT_NONE && !p->required) continue;
        NativeCheck fn = sig_check(p->check)->fn;
        if (p->kind == PARAM_VARARGS) {
            for (int64_t j = 0; j < tuple_count(v); j++)
                if (!fn(in, tuple_items(v)[j])) return wrong_type(s, i, tuple_items(v)[j], err);
        } else if (!fn(in, v)) {
            return wrong_type(s, i, v, err);
        }
    }
    return true;
}

/* ---- CPython's words for functions whose parameters are all positional-only ----------------- */

/* "list.append", "math.sqrt", "len": how messages about one argument or none name it. */
static void qualified_name(const NativeObj *f, const Signature *s, Str *out) {
    const char *home = f->owner ? f->owner->name : f->module;
    if (home && strcmp(home, "builtins") != 0) str_printf(out, "%s.", home);
    str_add(out, s->name->s);
}

static bool arity_error(const NativeObj *f, const Signature *s, int given, int least, int most,
                        Err *err) {
    Str name = STR_INIT;
    bool keywords = s->count > s->npos, few = given < least;
    int bound = few ? least : most;
    qualified_name(f, s, &name);
    if (f->owner && given < 0)
        err_set(err, ERR_TYPE, "unbound method %s() needs an argument", str_cstr(&name));
    else if (most == 0 && keywords)
        err_set(err, ERR_TYPE, "%s() takes no positional arguments", s->name->s);
    else if (most == 0)
        err_set(err, ERR_TYPE, "%s() takes no arguments (%d given)", str_cstr(&name), given);
    else if (least == 1 && most == 1 && !keywords)
        err_set(err, ERR_TYPE, "%s() takes exactly one argument (%d given)", str_cstr(&name),
                given);
    else
        err_set(err, ERR_TYPE, "%s expected %s%d argument%s, got %d", s->name->s,
                least == most ? ""
                : few         ? "at least "
                              : "at most ",
                bound, bound == 1 ? "" : "s", given);
    str_clear(&name);
    return false;
}

static bool keyword_error(const NativeObj *f, const Signature *s, const StrObj *name, Err *err) {
    if (s->count > s->npos)
        return err_set(err, ERR_TYPE, "'%s' is an invalid keyword argument for %s()", name->s,
                       s->name->s);
    Str own = STR_INIT;
    qualified_name(f, s, &own);
    err_set(err, ERR_TYPE, "%s() takes no keyword arguments", str_cstr(&own));
    str_clear(&own);
    return false;
}

static bool has_param(const Signature *s, const StrObj *name) {
    for (int i = s->npos; i < s->count; i++)
        if (strcmp(s->p[i].name->s, name->s) == 0) return true;
    return false;
}

/* Called where the count does not fit at a glance. */
static bool check_arity(const NativeObj *f, const Signature *s, const CallArgs *a, Err *err) {
    int self = f->owner != NULL, least = 0;
    for (int i = 0; i < s->npos; i++) least += s->p[i].required;
    for (int i = 0; i < a->nkw; i++)
        if (!has_param(s, a->kwnames[i])) return keyword_error(f, s, a->kwnames[i], err);
    if (a->npos >= least && a->npos <= s->npos) return true;
    return arity_error(f, s, a->npos - self, least - self, s->npos - self, err);
}

/* Fills slots with borrowed values; the *args tuple and **kwargs dict are owned, see unbind. */
static bool bind(Interp *in, const Signature *s, unsigned flags, const CallArgs *a, Value *slots,
                 Err *err) {
    int n = MIN(a->npos, s->npos);
    for (int i = 0; i < s->count; i++) slots[i] = i < n ? a->pos[i] : VALUE_UNSET;
    if (s->varargs >= 0) slots[s->varargs] = tuple_of(a->npos - n, a->pos + n);
    if (s->kwargs >= 0) slots[s->kwargs] = dict_value_new();
    if (a->npos > s->npos && s->varargs < 0) return too_many(s, a->npos, err);
    for (int i = 0; i < a->nkw; i++)
        if (!bind_keyword(in, s, flags, a->kwnames[i], a->kwvals[i], slots, err)) return false;
    for (int i = n; i < s->count; i++) {
        if (slots[i].tag != VT_UNSET) continue;
        if (UNLIKELY(s->p[i].required)) return missing(s, slots, a->pos, err);
        slots[i] = s->p[i].deflt;
    }
    return !s->checked || check_types(in, s, slots, err);
}

static void unbind(const Signature *s, Value *slots) {
    if (s->varargs >= 0) value_release(slots[s->varargs]);
    if (s->kwargs >= 0) value_release(slots[s->kwargs]);
}

static NativeNumber number_fn;

void native_number_register(NativeNumber fn) {
    number_fn = fn;
}

static void plain_numbers(const Signature *s, Value *slots) {
    Value number;
    for (int i = 0; i < s->count; i++)
        if (slots[i].tag == VT_OBJ && UNLIKELY(slots[i].o->type->flags & TYPE_NUMBER) &&
            strcmp(s->p[i].name->s, "data") != 0 && number_fn(slots[i], &number))
            slots[i] = number;
}

static bool wrong_self(const NativeObj *f, const Signature *s, Value v, Err *err) {
    return err_set(err, ERR_TYPE, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
                   s->name->s, f->owner->name, value_type(v)->name);
}

/* ---- out= ----------------------------------------------------------------------------------- */

static NativeOut out_fn;

void native_out_register(NativeOut fn) {
    out_fn = fn;
}

static int find_out(const CallArgs *args) {
    for (int i = 0; i < args->nkw; i++)
        if (strcmp(args->kwnames[i]->s, "out") == 0) return i;
    return -1;
}

/* The call without its keyword number `at`, whose value then takes the result. */
/* A lesson's cell, an answer to a question: code that nobody here wrote does not reach files. */
static bool may_run(const Interp *in, const NativeObj *f, Err *err) {
    if (!(f->row->flags & NATIVE_FILES) || in->files) return true;
    err_set(err, ERR_OS, "%.*s: files are for scripts and for what is typed at the prompt",
            (int)native_name_len(f->row), f->row->sig);
    return err_hint(err, "leave the lesson (`q`), or put the code into a script: qkv FILE.py");
}

static bool call_with_out(Interp *in, Value self, const CallArgs *args, int at, Value *out,
                          Err *err) {
    int n = args->nkw - 1;
    StrObj **names = mem_alloc((size_t)MAX(n, 1) * sizeof *names);
    Value *vals = mem_alloc((size_t)MAX(n, 1) * sizeof *vals);
    for (int i = 0; i < n; i++) {
        names[i] = args->kwnames[i + (i >= at)];
        vals[i] = args->kwvals[i + (i >= at)];
    }
    CallArgs rest = {args->pos, args->npos, names, vals, n};
    bool ok = native_call(in, self, &rest, out, err);
    mem_free(names);
    mem_free(vals);
    if (!ok || args->kwvals[at].tag == VT_NONE) return ok;
    const Signature *s = signature((NativeObj *)self.o);
    if (out_fn(in, s->name->s, args->kwvals[at], out, err)) return true;
    value_release(*out);
    return false;
}

bool native_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    NativeObj *f = (NativeObj *)self.o;
    const Signature *s = signature(f);
    int at = args->nkw && (f->row->flags & NATIVE_OUT) ? find_out(args) : -1;
    if (at >= 0) return call_with_out(in, self, args, at, out, err);
    Value room[SLOTS_INLINE];
    Value *slots = s->count <= SLOTS_INLINE ? room : mem_alloc((size_t)s->count * sizeof *slots);
    Value v = VALUE_NONE;
    bool strict = s->npos_only == s->npos && s->varargs < 0 && s->kwargs < 0;
    if (strict && (args->npos != s->npos || args->nkw) && !check_arity(f, s, args, err)) {
        if (slots != room) mem_free(slots);
        return false;
    }
    bool ok = bind(in, s, f->row->flags, args, slots, err);
    if (ok && f->numbers) plain_numbers(s, slots);
    if (ok && f->owner && !value_isinstance(slots[0], f->owner))
        ok = wrong_self(f, s, slots[0], err);
    ok = ok && may_run(in, f, err) && f->row->fn(in, slots, &v, err);
    unbind(s, slots);
    if (slots != room) mem_free(slots);
    ok = interp_built(in, ok, &v, err);
    if (ok) *out = v;
    return ok;
}

/* As many arguments as slots, none of them checked: the usual method call. */
static bool call_exact(Interp *in, NativeObj *f, const Value *pos, int n, Value *out, Err *err) {
    Value room[4];
    if (!may_run(in, f, err)) return false;
    for (int i = 0; i < n; i++) room[i] = value_at(&pos[i]);
    if (f->owner && value_type(room[0]) != f->owner && !value_isinstance(room[0], f->owner))
        return wrong_self(f, f->sig, room[0], err);
    if (f->numbers) plain_numbers(f->sig, room);
    Value v = VALUE_NONE;
    if (!interp_built(in, f->row->fn(in, room, &v, err), &v, err)) return false;
    *out = v;
    return true;
}

bool native_call_pos(Interp *in, Value f, const Value *pos, int n, Value *out, Err *err) {
    NativeObj *nf = (NativeObj *)f.o;
    const Signature *s = signature(nf);
    if (n == s->count && n == s->npos && n <= 4 && !s->checked)
        return call_exact(in, nf, pos, n, out, err);
    return native_call(in, f, &(CallArgs){.pos = pos, .npos = n}, out, err);
}

/* ---- the type ------------------------------------------------------------------------------- */

static void native_destroy(Obj *o) {
    sig_free(((NativeObj *)o)->sig);
}

static bool native_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    const NativeRow *row = native_row(self);
    str_printf(out, "<built-in function %.*s>", (int)native_name_len(row), row->sig);
    return true;
}

static bool native_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    NativeObj *f = (NativeObj *)self.o;
    *out = VALUE_UNSET;
    if (strcmp(name->s, "__name__") == 0 || strcmp(name->s, "__qualname__") == 0)
        *out = str_value(f->row->sig, native_name_len(f->row));
    else if (strcmp(name->s, "__doc__") == 0)
        *out = f->row->doc ? str_value_cstr(f->row->doc) : VALUE_NONE;
    else if (strcmp(name->s, "__module__") == 0)
        *out = f->module ? str_value_cstr(f->module) : str_value_cstr("builtins");
    return true;
}

static bool native_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    unsigned flags = native_row(attr)->flags;
    if (flags & NATIVE_PROPERTY) return native_call_pos(in, attr, &self, 1, out, err);
    if (flags & NATIVE_STATIC)
        *out = value_retain(attr);
    else if (flags & NATIVE_CLASS) {
        Value c = type_value(cls);
        *out = method_new(attr, c);
        value_release(c);
    } else {
        *out = method_new(attr, self);
    }
    return true;
}

static bool native_assign(Interp *in, Value attr, Value v, StrObj *name, Value to, bool *done,
                          Err *err) {
    UNUSED(in), UNUSED(to);
    *done = native_row(attr)->flags & NATIVE_PROPERTY;
    return !*done || err_set(err, ERR_ATTRIBUTE, "attribute '%s' of '%s' objects is not writable",
                             name->s, value_type(v)->name);
}

Type type_native = {
    .name = "builtin_function_or_method",
    .kind = KIND_NATIVE,
    .bind = native_bind,
    .assign = native_assign,
    .size = sizeof(NativeObj),
    .destroy = native_destroy,
    .call = native_call,
    .repr = native_repr,
    .hash = obj_hash_identity,
    .getattr = native_getattr,
};
