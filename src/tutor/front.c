/* Front matter: every key is known, every mistake is named with its line. */
#include "config.h"

#include "tutor/front.h"

#include <ctype.h>
#include <stdarg.h>

#include "toolkit/qkv.h"
#include "tutor/param.h"
#include "tutor/yaml_in.h"

bool lesson_error(const Lesson *l, int line, Err *err, const char *fmt, ...) {
    Str msg = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&msg, fmt, ap);
    va_end(ap);
    err_set(err, ERR_VALUE, "%s:%d: %s", l->path, line, str_cstr(&msg));
    str_clear(&msg);
    return false;
}

/* ---- parameters ------------------------------------------------------------------------- */

/* A list or a single value as the comma-separated text that a reader would type. */
static bool get_default(YamlIn *y, yaml_node_t *n, char **out) {
    if (n->type != YAML_SEQUENCE_NODE) return yaml_in_text(y, "default", n, out);
    Texts list = {0};
    bool ok = yaml_in_texts(y, "default", n, &list);
    Str joined = STR_INIT;
    for (size_t i = 0; i < list.count; i++) {
        str_printf(&joined, "%s%s", i ? "," : "", list.items[i]);
        mem_free(list.items[i]);
    }
    vec_clear(&list);
    mem_free(*out);
    *out = str_detach(&joined);
    return ok;
}

static const char *const type_names[] = {
    [PT_INT] = "int", [PT_FLOAT] = "float",   [PT_BOOL] = "bool",
    [PT_STR] = "str", [PT_CHOICE] = "choice", [PT_INTS] = "ints"};

static bool get_type(YamlIn *y, yaml_node_t *n, ParamType *out) {
    char *text = NULL;
    if (!yaml_in_text(y, "type", n, &text)) return false;
    bool ok = false;
    for (size_t i = 0; i < ARRAY_LEN(type_names); i++)
        if (strcmp(text, type_names[i]) == 0) {
            *out = (ParamType)i;
            ok = true;
        }
    if (!ok) {
        yaml_in_error(y, yaml_in_line(y, n), "there is no parameter type '%s'", text);
        err_hint(y->err, "types are int, float, bool, str, choice and ints");
    }
    mem_free(text);
    return ok;
}

/* A list, or the name of one that a table of the program holds. */
static bool get_choices(YamlIn *y, yaml_node_t *v, Texts *out) {
    if (v->type != YAML_SCALAR_NODE) return yaml_in_texts(y, "choices", v, out);
    const char *name = (char *)v->data.scalar.value;
    if (strcmp(name, "mask kinds") != 0) {
        yaml_in_error(y, yaml_in_line(y, v), "there are no choices named '%s'", name);
        return err_hint(y->err, "choices wants a list, or: mask kinds");
    }
    for (int i = 0; qkv_mask_kind(i); i++) vec_push(out, mem_strdup(qkv_mask_kind(i)));
    return true;
}

static bool param_key(void *ctx, YamlIn *y, const char *name, yaml_node_t *key, yaml_node_t *v) {
    static const char *const known[] = {"type", "default", "help", "min", "max", "choices"};
    LessonParam *p = ctx;
    if (!strcmp(name, "type")) return get_type(y, v, &p->type);
    if (!strcmp(name, "default")) return get_default(y, v, &p->deflt);
    if (!strcmp(name, "help")) return yaml_in_text(y, name, v, &p->help);
    if (!strcmp(name, "min")) return p->has_min = yaml_in_number(y, name, v, &p->min);
    if (!strcmp(name, "max")) return p->has_max = yaml_in_number(y, name, v, &p->max);
    if (!strcmp(name, "choices")) return get_choices(y, v, (Texts *)&p->choices);
    return yaml_in_unknown(y, key, known, ARRAY_LEN(known));
}

static bool is_identifier(const char *s) {
    if (!isalpha((unsigned char)*s) && *s != '_') return false;
    while (isalnum((unsigned char)*s) || *s == '_') s++;
    return !*s;
}

/* What a declaration must have to be usable: a default that its own rules accept. */
static bool param_complete(YamlIn *y, LessonParam *p) {
    if (!is_identifier(p->name))
        return yaml_in_error(y, p->line, "a parameter's name is a variable's name, not '%s'",
                             p->name);
    if (!p->deflt) return yaml_in_error(y, p->line, "parameter %s has no default", p->name);
    if (!p->help) return yaml_in_error(y, p->line, "parameter %s has no help", p->name);
    if (p->type == PT_CHOICE && !p->choices.count)
        return yaml_in_error(y, p->line, "parameter %s is a choice without choices", p->name);
    Err bad = {0};
    ParamValue v = {0};
    bool ok = param_read(p, p->deflt, &v, &bad);
    param_value_clear(&v);
    if (!ok) yaml_in_error(y, p->line, "default of %s", bad.msg);
    err_clear(&bad);
    return ok;
}

static bool add_param(void *ctx, YamlIn *y, const char *name, yaml_node_t *key, yaml_node_t *body) {
    Lesson *l = ctx;
    int line = yaml_in_line(y, key);
    vec_push(&l->params, (LessonParam){.type = PT_STR, .line = line, .name = mem_strdup(name)});
    LessonParam *p = &l->params.items[l->params.count - 1];
    if (body->type != YAML_MAPPING_NODE)
        return yaml_in_error(y, line, "parameter %s wants a mapping: type, default, help", name);
    return yaml_in_map(y, name, body, param_key, p) && param_complete(y, p);
}

/* ---- the rest ---------------------------------------------------------------------------- */

static bool add_number(void *ctx, YamlIn *y, yaml_node_t *n) {
    Lesson *l = ctx;
    int number;
    if (!yaml_in_int(y, "after", n, &number)) return false;
    vec_push(&l->after, number);
    return true;
}

typedef VEC(LessonTerm) Terms;

/* `word: meaning` lines. */
static bool add_term(void *ctx, YamlIn *y, const char *name, yaml_node_t *key, yaml_node_t *v) {
    Terms *terms = ctx;
    vec_push(terms, (LessonTerm){.name = mem_strdup(name), .line = yaml_in_line(y, key)});
    return yaml_in_text(y, name, v, &terms->items[terms->count - 1].text);
}

static bool front_key(void *ctx, YamlIn *y, const char *name, yaml_node_t *key, yaml_node_t *v) {
    static const char *const known[] = {"number",  "command",    "title",   "summary",
                                        "minutes", "parameters", "sources", "waits",
                                        "after",   "terms",      "needs"};
    Lesson *l = ctx;
    if (!strcmp(name, "number")) return yaml_in_int(y, name, v, &l->number);
    if (!strcmp(name, "minutes")) return yaml_in_int(y, name, v, &l->minutes);
    if (!strcmp(name, "command")) return yaml_in_text(y, name, v, &l->command);
    if (!strcmp(name, "title")) return yaml_in_text(y, name, v, &l->title);
    if (!strcmp(name, "summary")) return yaml_in_text(y, name, v, &l->summary);
    if (!strcmp(name, "waits")) return yaml_in_text(y, name, v, &l->waits);
    if (!strcmp(name, "after")) return yaml_in_list(y, name, v, add_number, l);
    if (!strcmp(name, "terms")) return yaml_in_map(y, name, v, add_term, &l->terms);
    if (!strcmp(name, "needs")) return yaml_in_map(y, name, v, add_term, &l->needs);
    if (!strcmp(name, "parameters")) return yaml_in_map(y, name, v, add_param, l);
    if (!strcmp(name, "sources")) return yaml_in_texts(y, name, v, (Texts *)&l->sources);
    return yaml_in_unknown(y, key, known, ARRAY_LEN(known));
}

static bool front_complete(YamlIn *y, Lesson *l) {
    const char *lacks = l->number <= 0 ? "number"
                        : !l->command  ? "command"
                        : !l->title    ? "title"
                                       : NULL;
    if (lacks) return yaml_in_error(y, y->line, "the front matter has no %s", lacks);
    if (!is_identifier(l->command))
        return yaml_in_error(y, y->line, "a command is one word of letters, not '%s'", l->command);
    if (!l->summary) l->summary = mem_strdup("");
    return true;
}

bool front_parse(Lesson *l, const char *text, size_t len, int line, Err *err) {
    YamlIn y = {.path = l->path, .what = "the front matter", .line = line, .err = err};
    if (!yaml_in_open(&y, text, len)) return false;
    bool ok = yaml_in_map(&y, y.what, yaml_in_root(&y), front_key, l) && front_complete(&y, l);
    yaml_in_close(&y);
    return ok;
}
