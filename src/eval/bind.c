/* The arguments of a call become the parameters of a function of the dialect. */
#include "config.h"

#include "base/suggest.h"
#include "eval/vm.h"

/* ---- messages ------------------------------------------------------------------------------ */

static const char *fname(const FuncObj *fn) {
    return fn->code->qualname->s;
}

static bool too_many(const FuncObj *fn, const CallArgs *a, Err *err) {
    const Code *c = fn->code;
    int least = c->npos - fn->ndefaults;
    const char *were = a->npos == 1 ? "was" : "were";
    if (fn->ndefaults)
        return err_set(err, ERR_TYPE,
                       "%s() takes from %d to %d positional arguments but %d %s given", fname(fn),
                       least, c->npos, a->npos, were);
    return err_set(err, ERR_TYPE, "%s() takes %d positional argument%s but %d %s given", fname(fn),
                   c->npos, c->npos == 1 ? "" : "s", a->npos, were);
}

/* Names parameters from..to that are still empty. */
static bool missing(const FuncObj *fn, const Value *regs, int from, int to, const char *kind,
                    Err *err) {
    Str names = STR_INIT;
    int total = 0, n = 0;
    for (int i = from; i < to; i++) total += regs[i].tag == VT_UNSET;
    for (int i = from; i < to; i++) {
        if (regs[i].tag != VT_UNSET) continue;
        str_printf(&names, "%s'%s'",
                   n == 0          ? ""
                   : n + 1 < total ? ", "
                   : total > 2     ? ", and "
                                   : " and ",
                   fn->code->local_names[i]->s);
        n++;
    }
    err_set(err, ERR_TYPE, "%s() missing %d required %s argument%s: %s", fname(fn), total, kind,
            total == 1 ? "" : "s", str_cstr(&names));
    str_clear(&names);
    return false;
}

static bool unexpected(const FuncObj *fn, const StrObj *name, Err *err) {
    const Code *c = fn->code;
    for (int i = 0; i < c->npos_only; i++)
        if (strcmp(c->local_names[i]->s, name->s) == 0)
            return err_set(
                err, ERR_TYPE,
                "%s() got some positional-only arguments passed as keyword arguments: '%s'",
                fname(fn), name->s);
    Suggest near = suggest_for(name->s);
    for (int i = c->npos_only; i < c->npos + c->nkwonly; i++)
        suggest_offer(&near, c->local_names[i]->s);
    err_set(err, ERR_TYPE, "%s() got an unexpected keyword argument '%s'", fname(fn), name->s);
    if (near.best) err_hint(err, "did you mean %s=?", near.best);
    return false;
}

/* ---- binding -------------------------------------------------------------------------------- */

static bool bind_keyword(Interp *in, const FuncObj *fn, StrObj *name, Value v, Value *regs,
                         Dict *extra, Err *err) {
    const Code *c = fn->code;
    for (int i = c->npos_only; i < c->npos + c->nkwonly; i++) {
        StrObj *p = c->local_names[i];
        if (p != name && strcmp(p->s, name->s) != 0) continue;
        if (regs[i].tag != VT_UNSET)
            return err_set(err, ERR_TYPE, "%s() got multiple values for argument '%s'", fname(fn),
                           name->s);
        regs[i] = value_retain(v);
        return true;
    }
    if (!extra) return unexpected(fn, name, err);
    return dict_set(in, extra, value_obj(name), v, err);
}

static bool fill_defaults(const FuncObj *fn, Value *regs, Err *err) {
    const Code *c = fn->code;
    int first = c->npos - fn->ndefaults;
    bool hole = false;
    for (int i = 0; i < first; i++) hole |= regs[i].tag == VT_UNSET;
    if (hole) return missing(fn, regs, 0, first, "positional", err);
    for (int i = first; i < c->npos; i++)
        if (regs[i].tag == VT_UNSET) regs[i] = value_retain(fn->defaults[i - first]);
    for (int i = 0; i < c->nkwonly; i++) {
        Value *r = &regs[c->npos + i];
        if (r->tag == VT_UNSET) *r = value_retain(fn->defaults[fn->ndefaults + i]);
        hole |= r->tag == VT_UNSET;
    }
    return !hole || missing(fn, regs, c->npos, c->npos + c->nkwonly, "keyword-only", err);
}

bool func_bind(Interp *in, FuncObj *fn, const CallArgs *a, Value *regs, Err *err) {
    const Code *c = fn->code;
    if (LIKELY((c->flags & CODE_PLAIN) && a->npos == c->npos && !a->nkw)) {
        for (int i = 0; i < a->npos; i++) {
            Value v = value_retain(value_at(&a->pos[i]));
            regs[i].tag = v.tag;
            regs[i].i = v.i;
        }
        return true;
    }
    int n = MIN(a->npos, c->npos), extra = c->npos + c->nkwonly;
    for (int i = 0; i < n; i++) regs[i] = value_retain(a->pos[i]);
    if (c->flags & CODE_VARARGS)
        regs[extra++] = tuple_of(a->npos - n, a->pos + n);
    else if (a->npos > n)
        return too_many(fn, a, err);
    Dict *kwargs = NULL;
    if (c->flags & CODE_KWARGS) {
        regs[extra] = dict_value_new();
        kwargs = dict_of(regs[extra]);
    }
    for (int i = 0; i < a->nkw; i++)
        if (!bind_keyword(in, fn, a->kwnames[i], a->kwvals[i], regs, kwargs, err)) return false;
    return fill_defaults(fn, regs, err);
}
