/* See param.h. */
#include "config.h"

#include "tutor/param.h"

#include <errno.h>
#include <math.h>

#include "base/suggest.h"
#include "base/utf8.h"

void lesson_param_domain(const LessonParam *p, Str *out) {
    if (p->type == PT_CHOICE) {
        str_add(out, "one of ");
        for (size_t i = 0; i < p->choices.count; i++)
            str_printf(out, "%s%s", i ? ", " : "", p->choices.items[i]);
        return;
    }
    if (p->type == PT_BOOL) {
        str_add(out, "true or false");
        return;
    }
    static const char *const what[] = {[PT_INT] = "a whole number",
                                       [PT_FLOAT] = "a number",
                                       [PT_STR] = "a text",
                                       [PT_INTS] = "whole numbers"};
    str_add(out, what[p->type]);
    const char *unit = p->type == PT_STR    ? " characters"
                       : p->type == PT_INTS ? " separated by commas"
                                            : "";
    if (p->has_min && p->has_max)
        str_printf(out, " %s%.10g..%.10g", p->type == PT_STR ? "of " : "", p->min, p->max);
    else if (p->has_min)
        str_printf(out, " >= %.10g", p->min);
    else if (p->has_max)
        str_printf(out, " <= %.10g", p->max);
    if (p->has_min || p->has_max || p->type == PT_INTS) str_add(out, unit);
}

static bool in_range(const LessonParam *p, double v) {
    return (!p->has_min || v >= p->min) && (!p->has_max || v <= p->max);
}

static bool read_int(const LessonParam *p, const char **at, int64_t *out) {
    char *end;
    errno = 0;
    long long v = strtoll(*at, &end, 10);
    if (end == *at || errno || !in_range(p, (double)v)) return false;
    *at = end;
    *out = v;
    return true;
}

static bool read_ints(const LessonParam *p, const char *text, ParamValue *out) {
    for (const char *at = text;; at++) {
        int64_t v;
        if (!read_int(p, &at, &v)) return false;
        vec_push(&out->ints, v);
        if (!*at) return true;
        if (*at != ',') return false;
    }
}

static bool read_bool(const char *text, int64_t *out) {
    static const char *const yes[] = {"true", "True", "1", "yes", "on"};
    static const char *const no[] = {"false", "False", "0", "no", "off"};
    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (strcmp(text, yes[i]) == 0) {
            *out = 1;
            return true;
        }
        if (strcmp(text, no[i]) == 0) {
            *out = 0;
            return true;
        }
    }
    return false;
}

static bool read_choice(const LessonParam *p, const char *text) {
    for (size_t i = 0; i < p->choices.count; i++)
        if (strcmp(p->choices.items[i], text) == 0) return true;
    return false;
}

static bool read_value(const LessonParam *p, const char *text, ParamValue *out) {
    char *end;
    switch (p->type) {
    case PT_INT:
        return read_int(p, &text, &out->i) && !*text;
    case PT_BOOL:
        return read_bool(text, &out->i);
    case PT_INTS:
        return read_ints(p, text, out);
    case PT_FLOAT:
        out->f = strtod(text, &end);
        return end != text && !*end && isfinite(out->f) && in_range(p, out->f);
    case PT_STR:
        return in_range(p, (double)utf8_count(text, strlen(text)));
    case PT_CHOICE:
        return read_choice(p, text);
    }
    return false;
}

bool param_read(const LessonParam *p, const char *text, ParamValue *out, Err *err) {
    *out = (ParamValue){.type = p->type};
    if (read_value(p, text, out)) {
        if (p->type == PT_STR || p->type == PT_CHOICE) out->s = mem_strdup(text);
        return true;
    }
    param_value_clear(out);
    Str domain = STR_INIT;
    lesson_param_domain(p, &domain);
    err_set(err, ERR_VALUE, "%s must be %s, got '%s'", p->name, str_cstr(&domain), text);
    str_clear(&domain);
    Suggest near = suggest_for(text);
    for (size_t i = 0; i < p->choices.count; i++) suggest_offer(&near, p->choices.items[i]);
    if (near.best) err_hint(err, "did you mean %s?", near.best);
    return false;
}

void param_value_clear(ParamValue *v) {
    mem_free(v->s);
    vec_clear(&v->ints);
    *v = (ParamValue){0};
}

static bool unknown_param(const Lesson *l, const char *name, Err *err) {
    Suggest near = suggest_for(name);
    Str list = STR_INIT;
    for (size_t i = 0; i < l->params.count; i++) {
        suggest_offer(&near, l->params.items[i].name);
        str_printf(&list, "%s%s", i ? ", " : "", l->params.items[i].name);
    }
    err_set(err, ERR_NAME, "%s has no parameter '%s'", l->command, name);
    if (near.best)
        err_hint(err, "did you mean %s?", near.best);
    else if (list.len)
        err_hint(err, "it has %s", str_cstr(&list));
    else
        err_hint(err, "it takes none");
    str_clear(&list);
    return false;
}

/* The value that was meant by words without a name: quoted where it has blanks. */
static void add_setting(Str *out, const char *name, const char *value) {
    const char *quote = value[strcspn(value, " \t'\"")] ? strchr(value, '"') ? "'" : "\"" : "";
    str_printf(out, "%s=%s%s%s", name, quote, value, quote);
}

/* Adds the first parameter that takes the words: a text takes anything, so it comes last. */
static void add_taker(Str *said, const Lesson *l, const char *words) {
    for (size_t k = 0; k < 2 * l->params.count && !said->len; k++) {
        const LessonParam *p = &l->params.items[k % l->params.count];
        ParamValue value;
        Err no = {0};
        if ((p->type == PT_STR) == (k >= l->params.count) && param_read(p, words, &value, &no)) {
            add_setting(said, p->name, words);
            param_value_clear(&value);
        }
        err_clear(&no);
    }
    if (!said->len && l->params.count)
        add_setting(said, l->params.items[0].name, l->params.items[0].deflt);
}

bool param_unquoted(const Lesson *l, int nargs, char *const *args, Str *said) {
    int i = 1;
    while (i < nargs && (strchr(args[i], '=') || !strchr(args[i - 1], '='))) i++;
    if (i >= nargs) return false;
    const char *value = strchr(args[i - 1], '=') + 1;
    char *name = mem_strndup(args[i - 1], (size_t)(value - 1 - args[i - 1]));
    const LessonParam *p = lesson_param(l, name);
    mem_free(name);
    if (!p || p->type != PT_STR) return false;
    Str whole = STR_INIT;
    str_add(&whole, value);
    for (; i < nargs && !strchr(args[i], '='); i++) str_printf(&whole, " %s", args[i]);
    add_setting(said, p->name, str_cstr(&whole));
    str_clear(&whole);
    return true;
}

bool param_unnamed(const Lesson *l, int nargs, char *const *args, Err *err) {
    Str words = STR_INIT, said = STR_INIT;
    for (int i = 0; i < nargs; i++)
        if (!strchr(args[i], '=')) str_printf(&words, "%s%s", words.len ? " " : "", args[i]);
    bool unquoted = param_unquoted(l, nargs, args, &said);
    if (!unquoted) add_taker(&said, l, str_cstr(&words));
    err_set(err, ERR_VALUE, "'%s' is not name=value: which parameter is it for?", str_cstr(&words));
    if (unquoted)
        err_hint(err, "a text of several words stands in quotes: %s %s", l->command,
                 str_cstr(&said));
    else if (said.len)
        err_hint(err, "say it as in: %s %s", l->command, str_cstr(&said));
    else
        err_hint(err, "%s takes no parameters", l->command);
    str_clear(&words);
    str_clear(&said);
    return false;
}

int param_index(const Lesson *l, const char *arg, const char **value, Err *err) {
    const char *equals = strchr(arg, '=');
    if (!equals) {
        param_unnamed(l, 1, (char *const[]){(char *)arg}, err);
        return -1;
    }
    char *name = mem_strndup(arg, (size_t)(equals - arg));
    const LessonParam *p = lesson_param(l, name);
    if (!p) unknown_param(l, name, err);
    mem_free(name);
    *value = equals + 1;
    return p ? (int)(p - l->params.items) : -1;
}
