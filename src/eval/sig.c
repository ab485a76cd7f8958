/* Parsing signature text, and the registry of annotation checkers. */
#include "config.h"

#include "eval/sig.h"

#include <ctype.h>
#include <math.h>

#include "value/obj.h"

/* ---- checkers ---------------------------------------------------------------------------- */

static VEC(SigCheck) checks;

void native_checker_register(const char *annotation, NativeCheck fn, const char *wanted) {
    SigCheck c = {mem_strdup(annotation), mem_strdup(wanted ? wanted : annotation), fn};
    for (size_t i = 0; i < checks.count; i++) {
        if (strcmp(checks.items[i].annotation, annotation) != 0) continue;
        mem_free(checks.items[i].annotation);
        mem_free(checks.items[i].wanted);
        checks.items[i] = c;
        return;
    }
    vec_push(&checks, c);
}

const SigCheck *sig_check(int number) {
    return &checks.items[number];
}

static int find_check(const char *s, size_t n) {
    for (size_t i = 0; i < checks.count; i++)
        if (strlen(checks.items[i].annotation) == n &&
            memcmp(checks.items[i].annotation, s, n) == 0)
            return (int)i;
    return -1;
}

/* ---- text ----------------------------------------------------------------------------------- */

static const char *skip_space(const char *s) {
    while (*s == ' ' || *s == '\n') s++;
    return s;
}

/* End of an annotation or default: the next `,` `)` or one of stop outside brackets and quotes. */
static const char *part_end(const char *s, const char *stop) {
    int depth = 0;
    for (; *s; s++) {
        if (*s == '"' || *s == '\'') {
            const char *close = strchr(s + 1, *s);
            if (!close) break;
            s = close;
        } else if (strchr("([{", *s)) {
            depth++;
        } else if (strchr(")]}", *s)) {
            if (depth-- == 0) return s;
        } else if (depth == 0 && strchr(stop, *s)) {
            return s;
        }
    }
    BUG("signature has no end: %s", s);
}

static Value parse_text(const char *s, size_t n) {
    Str out = STR_INIT;
    for (size_t i = 1; i + 1 < n; i++) {
        if (s[i] == '\\' && s[i + 1] == 'n')
            str_addc(&out, '\n'), i++;
        else
            str_addc(&out, s[i]);
    }
    Value v = value_obj(str_intern(str_cstr(&out), out.len));
    str_clear(&out);
    return v;
}

static Value parse_default(const char *s, size_t n) {
    char word[64];
    if (n >= 2 && (s[0] == '"' || s[0] == '\'')) return parse_text(s, n);
    snprintf(word, sizeof word, "%.*s", (int)n, s);
    if (strcmp(word, "None") == 0) return VALUE_NONE;
    if (strcmp(word, "True") == 0) return value_bool(true);
    if (strcmp(word, "False") == 0) return value_bool(false);
    if (strcmp(word, "...") == 0) return VALUE_UNSET;
    if (strcmp(word, "()") == 0) return tuple_new(0);
    if (strcmp(word, "inf") == 0) return value_float((double)INFINITY);
    if (strcmp(word, "-inf") == 0) return value_float((double)-INFINITY);
    char *end;
    long long i = strtoll(word, &end, 10);
    if (*word && !*end) return value_int(i);
    double f = strtod(word, &end);
    if (*word && !*end) return value_float(f);
    BUG("signature default is no literal: %s", word);
}

/* One parameter that begins at s; returns where it ends. */
static const char *parse_param(const char *s, SigParam *p) {
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_') n++;
    p->name = str_intern(s, n);
    p->required = p->kind != PARAM_VARARGS && p->kind != PARAM_KWARGS;
    p->check = -1;
    p->deflt = VALUE_UNSET;
    s = skip_space(s + n);
    if (*s == ':') {
        s = skip_space(s + 1);
        const char *end = part_end(s, ",=");
        size_t len = (size_t)(end - s);
        while (len && s[len - 1] == ' ') len--;
        p->check = find_check(s, len);
        s = end;
    }
    if (*s == '=') {
        s = skip_space(s + 1);
        const char *end = part_end(s, ",");
        p->deflt = parse_default(s, (size_t)(end - s));
        p->required = false;
        s = end;
    }
    return skip_space(s);
}

static void classify(Signature *sig) {
    sig->varargs = sig->kwargs = -1;
    for (int i = 0; i < sig->count; i++) {
        const SigParam *p = &sig->p[i];
        switch (p->kind) {
        case PARAM_POS_ONLY:
            sig->npos_only++;
            sig->npos++;
            break;
        case PARAM_NORMAL:
            sig->npos++;
            break;
        case PARAM_VARARGS:
            sig->varargs = i;
            break;
        case PARAM_KWARGS:
            sig->kwargs = i;
            break;
        case PARAM_KW_ONLY:
            break;
        }
        sig->checked |= p->check >= 0;
    }
}

Signature *sig_parse(const char *text) {
    const char *s = strchr(text, '(');
    if (!s) BUG("signature has no parameters: %s", text);
    size_t most = 1;
    for (const char *c = s; *c; c++) most += *c == ',';
    Signature *sig = mem_zero(sizeof *sig + most * sizeof(SigParam));
    sig->name = str_intern(text, (size_t)(s - text));
    ParamKind kind = PARAM_NORMAL;
    for (s = skip_space(s + 1); *s != ')'; s = skip_space(*s == ',' ? s + 1 : s)) {
        if (*s == '/') {
            for (int i = 0; i < sig->count; i++) sig->p[i].kind = PARAM_POS_ONLY;
            s = skip_space(s + 1);
            continue;
        }
        ParamKind this_kind = kind;
        if (s[0] == '*' && s[1] == '*') {
            this_kind = PARAM_KWARGS;
            s += 2;
        } else if (s[0] == '*') {
            kind = PARAM_KW_ONLY;
            s++;
            if (!isalpha((unsigned char)*s) && *s != '_') continue;
            this_kind = PARAM_VARARGS;
        }
        SigParam *p = &sig->p[sig->count++];
        p->kind = this_kind;
        s = parse_param(s, p);
        if (*s != ',' && *s != ')') BUG("signature is not understood: %s", text);
    }
    classify(sig);
    return sig;
}

void sig_free(Signature *s) {
    if (!s) return;
    for (int i = 0; i < s->count; i++) {
        value_release(value_obj(s->p[i].name));
        value_release(s->p[i].deflt);
    }
    value_release(value_obj(s->name));
    mem_free(s);
}
