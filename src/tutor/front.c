/* Front matter by libyaml's document tree: every key is known, every mistake is
 * named with its line. */
#include "config.h"

#include "tutor/front.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <yaml.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "toolkit/qkv.h"
#include "tutor/param.h"

/* What a front matter may hold at most. libyaml takes time in the square of the depth and of the
 * number of anchors; no lesson comes near any of these. */
enum { DEPTH_MAX = 100, NODES_MAX = 10000, ANCHORS_MAX = 100 };

/* What reading one document needs. */
typedef struct Front {
    Lesson *l;
    yaml_document_t doc;
    int line;      /* of the file's line that the YAML begins on */
    size_t copied; /* bytes of its texts so far; aliases may repeat one */
    Err *err;
} Front;

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

static int node_line(const Front *f, const yaml_node_t *n) {
    return f->line + (int)n->start_mark.line;
}

static bool get_text(Front *f, const char *key, yaml_node_t *n, char **out) {
    if (n->type != YAML_SCALAR_NODE)
        return lesson_error(f->l, node_line(f, n), f->err,
                            "%s wants a text, not a list or a mapping", key);
    f->copied += n->data.scalar.length + 1;
    if (f->copied > LESSON_LIMIT)
        return lesson_error(f->l, node_line(f, n), f->err,
                            "the aliases repeat more than %zu MiB of text", LESSON_LIMIT >> 20);
    mem_free(*out);
    *out = mem_strndup((char *)n->data.scalar.value, n->data.scalar.length);
    return true;
}

static bool get_number(Front *f, const char *key, yaml_node_t *n, double *out) {
    char *text = NULL, *end;
    if (!get_text(f, key, n, &text)) return false;
    double v = strtod(text, &end);
    bool ok = *text && !*end && isfinite(v);
    if (!ok)
        lesson_error(f->l, node_line(f, n), f->err, "%s wants a number, got '%s'", key, text);
    else
        *out = v;
    mem_free(text);
    return ok;
}

static bool get_int(Front *f, const char *key, yaml_node_t *n, int *out) {
    double v;
    if (!get_number(f, key, n, &v)) return false;
    if (v != floor(v) || fabs(v) > 1e6)
        return lesson_error(f->l, node_line(f, n), f->err, "%s wants a whole number, got %g", key,
                            v);
    *out = (int)v;
    return true;
}

typedef VEC(char *) Texts;

static bool get_texts(Front *f, const char *key, yaml_node_t *n, Texts *out) {
    if (n->type != YAML_SEQUENCE_NODE)
        return lesson_error(f->l, node_line(f, n), f->err, "%s wants a list", key);
    for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++) {
        char *text = NULL;
        if (!get_text(f, key, yaml_document_get_node(&f->doc, *i), &text)) return false;
        vec_push(out, text);
    }
    return true;
}

/* A list or a single value as the comma-separated text that a reader would type. */
static bool get_default(Front *f, yaml_node_t *n, char **out) {
    if (n->type != YAML_SEQUENCE_NODE) return get_text(f, "default", n, out);
    Texts list = {0};
    bool ok = get_texts(f, "default", n, &list);
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

static bool unknown_key(Front *f, yaml_node_t *key, const char *const *known, size_t n) {
    const char *name = (char *)key->data.scalar.value;
    Suggest near = suggest_for(name);
    for (size_t i = 0; i < n; i++) suggest_offer(&near, known[i]);
    Str list = STR_INIT;
    for (size_t i = 0; i < n; i++) str_printf(&list, "%s%s", i ? ", " : "", known[i]);
    lesson_error(f->l, node_line(f, key), f->err, "unknown key '%s'", name);
    if (near.best)
        err_hint(f->err, "did you mean %s?", near.best);
    else
        err_hint(f->err, "the keys are %s", str_cstr(&list));
    str_clear(&list);
    return false;
}

static const char *const type_names[] = {
    [PT_INT] = "int", [PT_FLOAT] = "float",   [PT_BOOL] = "bool",
    [PT_STR] = "str", [PT_CHOICE] = "choice", [PT_INTS] = "ints"};

static bool get_type(Front *f, yaml_node_t *n, ParamType *out) {
    char *text = NULL;
    if (!get_text(f, "type", n, &text)) return false;
    bool ok = false;
    for (size_t i = 0; i < ARRAY_LEN(type_names); i++)
        if (strcmp(text, type_names[i]) == 0) {
            *out = (ParamType)i;
            ok = true;
        }
    if (!ok) {
        lesson_error(f->l, node_line(f, n), f->err, "there is no parameter type '%s'", text);
        err_hint(f->err, "types are int, float, bool, str, choice and ints");
    }
    mem_free(text);
    return ok;
}

/* A list, or the name of one that a table of the program holds. */
static bool get_choices(Front *f, yaml_node_t *v, Texts *out) {
    if (v->type != YAML_SCALAR_NODE) return get_texts(f, "choices", v, out);
    const char *name = (char *)v->data.scalar.value;
    if (strcmp(name, "mask kinds") != 0) {
        lesson_error(f->l, node_line(f, v), f->err, "there are no choices named '%s'", name);
        return err_hint(f->err, "choices wants a list, or: mask kinds");
    }
    for (int i = 0; qkv_mask_kind(i); i++) vec_push(out, mem_strdup(qkv_mask_kind(i)));
    return true;
}

static bool param_key(Front *f, LessonParam *p, yaml_node_t *key, yaml_node_t *v) {
    static const char *const known[] = {"type", "default", "help", "min", "max", "choices"};
    const char *name = (char *)key->data.scalar.value;
    if (!strcmp(name, "type")) return get_type(f, v, &p->type);
    if (!strcmp(name, "default")) return get_default(f, v, &p->deflt);
    if (!strcmp(name, "help")) return get_text(f, name, v, &p->help);
    if (!strcmp(name, "min")) return p->has_min = get_number(f, name, v, &p->min);
    if (!strcmp(name, "max")) return p->has_max = get_number(f, name, v, &p->max);
    if (!strcmp(name, "choices")) return get_choices(f, v, (Texts *)&p->choices);
    return unknown_key(f, key, known, ARRAY_LEN(known));
}

static bool is_identifier(const char *s) {
    if (!isalpha((unsigned char)*s) && *s != '_') return false;
    while (isalnum((unsigned char)*s) || *s == '_') s++;
    return !*s;
}

/* What a declaration must have to be usable: a default that its own rules accept. */
static bool param_complete(Front *f, LessonParam *p) {
    if (!is_identifier(p->name))
        return lesson_error(f->l, p->line, f->err,
                            "a parameter's name is a variable's name, not '%s'", p->name);
    if (!p->deflt)
        return lesson_error(f->l, p->line, f->err, "parameter %s has no default", p->name);
    if (!p->help) return lesson_error(f->l, p->line, f->err, "parameter %s has no help", p->name);
    if (p->type == PT_CHOICE && !p->choices.count)
        return lesson_error(f->l, p->line, f->err, "parameter %s is a choice without choices",
                            p->name);
    Err bad = {0};
    ParamValue v = {0};
    bool ok = param_read(p, p->deflt, &v, &bad);
    param_value_clear(&v);
    if (!ok) lesson_error(f->l, p->line, f->err, "default of %s", bad.msg);
    err_clear(&bad);
    return ok;
}

static bool get_params(Front *f, yaml_node_t *n) {
    if (n->type != YAML_MAPPING_NODE)
        return lesson_error(f->l, node_line(f, n), f->err, "parameters wants a mapping of names");
    for (yaml_node_pair_t *i = n->data.mapping.pairs.start; i < n->data.mapping.pairs.top; i++) {
        yaml_node_t *key = yaml_document_get_node(&f->doc, i->key);
        yaml_node_t *body = yaml_document_get_node(&f->doc, i->value);
        vec_push(&f->l->params, (LessonParam){.type = PT_STR, .line = node_line(f, key)});
        LessonParam *p = &f->l->params.items[f->l->params.count - 1];
        if (!get_text(f, "a parameter's name", key, &p->name)) return false;
        if (body->type != YAML_MAPPING_NODE)
            return lesson_error(f->l, p->line, f->err,
                                "parameter %s wants a mapping: type, default, help", p->name);
        for (yaml_node_pair_t *j = body->data.mapping.pairs.start; j < body->data.mapping.pairs.top;
             j++) {
            yaml_node_t *k = yaml_document_get_node(&f->doc, j->key);
            if (k->type != YAML_SCALAR_NODE ||
                !param_key(f, p, k, yaml_document_get_node(&f->doc, j->value)))
                return lesson_error(f->l, node_line(f, k), f->err, "a key here is a plain word");
        }
        if (!param_complete(f, p)) return false;
    }
    return true;
}

static bool get_after(Front *f, yaml_node_t *n) {
    if (n->type != YAML_SEQUENCE_NODE)
        return lesson_error(f->l, node_line(f, n), f->err, "after wants a list of lesson numbers");
    for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++) {
        int number;
        if (!get_int(f, "after", yaml_document_get_node(&f->doc, *i), &number)) return false;
        vec_push(&f->l->after, number);
    }
    return true;
}

typedef VEC(LessonTerm) Terms;

/* `word: meaning` lines. */
static bool get_terms(Front *f, const char *key, yaml_node_t *n, Terms *out) {
    if (n->type != YAML_MAPPING_NODE)
        return lesson_error(f->l, node_line(f, n), f->err, "%s wants `this: that` lines", key);
    for (yaml_node_pair_t *i = n->data.mapping.pairs.start; i < n->data.mapping.pairs.top; i++) {
        vec_push(out, (LessonTerm){0});
        LessonTerm *t = &out->items[out->count - 1];
        yaml_node_t *name = yaml_document_get_node(&f->doc, i->key);
        t->line = node_line(f, name);
        if (!get_text(f, key, name, &t->name) ||
            !get_text(f, t->name, yaml_document_get_node(&f->doc, i->value), &t->text))
            return false;
    }
    return true;
}

static bool front_key(Front *f, yaml_node_t *key, yaml_node_t *v) {
    static const char *const known[] = {"number",  "command",    "title",   "summary",
                                        "minutes", "parameters", "sources", "waits",
                                        "after",   "terms",      "needs"};
    Lesson *l = f->l;
    const char *name = (char *)key->data.scalar.value;
    if (!strcmp(name, "number")) return get_int(f, name, v, &l->number);
    if (!strcmp(name, "minutes")) return get_int(f, name, v, &l->minutes);
    if (!strcmp(name, "command")) return get_text(f, name, v, &l->command);
    if (!strcmp(name, "title")) return get_text(f, name, v, &l->title);
    if (!strcmp(name, "summary")) return get_text(f, name, v, &l->summary);
    if (!strcmp(name, "waits")) return get_text(f, name, v, &l->waits);
    if (!strcmp(name, "after")) return get_after(f, v);
    if (!strcmp(name, "terms")) return get_terms(f, name, v, (Terms *)&l->terms);
    if (!strcmp(name, "needs")) return get_terms(f, name, v, (Terms *)&l->needs);
    if (!strcmp(name, "parameters")) return get_params(f, v);
    if (!strcmp(name, "sources")) return get_texts(f, name, v, (Texts *)&l->sources);
    return unknown_key(f, key, known, ARRAY_LEN(known));
}

static bool front_complete(Front *f) {
    Lesson *l = f->l;
    const char *lacks = l->number <= 0 ? "number"
                        : !l->command  ? "command"
                        : !l->title    ? "title"
                                       : NULL;
    if (lacks) return lesson_error(l, f->line, f->err, "the front matter has no %s", lacks);
    if (!is_identifier(l->command))
        return lesson_error(l, f->line, f->err, "a command is one word of letters, not '%s'",
                            l->command);
    if (!l->summary) l->summary = mem_strdup("");
    return true;
}

static bool read_document(Front *f) {
    yaml_node_t *root = yaml_document_get_root_node(&f->doc);
    if (!root || root->type != YAML_MAPPING_NODE)
        return lesson_error(f->l, f->line, f->err, "the front matter wants `key: value` lines");
    for (yaml_node_pair_t *i = root->data.mapping.pairs.start; i < root->data.mapping.pairs.top;
         i++) {
        yaml_node_t *key = yaml_document_get_node(&f->doc, i->key);
        if (key->type != YAML_SCALAR_NODE)
            return lesson_error(f->l, node_line(f, key), f->err, "a key is a plain word");
        if (!front_key(f, key, yaml_document_get_node(&f->doc, i->value))) return false;
    }
    return front_complete(f);
}

static bool broken(Front *f, const yaml_parser_t *parser) {
    lesson_error(f->l, f->line + (int)parser->problem_mark.line, f->err, "broken YAML: %s",
                 parser->problem);
    return err_hint(f->err, "quote texts that hold a colon, and indent with spaces");
}

/* Counts one event; false with err set when it is one too many. */
static bool count_event(Front *f, const yaml_event_t *e, int *depth, int *nodes, int *anchors) {
    const yaml_char_t *anchor = NULL;
    int line = f->line + (int)e->start_mark.line;
    *nodes += e->type == YAML_SCALAR_EVENT || e->type == YAML_ALIAS_EVENT;
    if (e->type == YAML_SCALAR_EVENT) anchor = e->data.scalar.anchor;
    if (e->type == YAML_SEQUENCE_START_EVENT || e->type == YAML_MAPPING_START_EVENT) {
        bool list = e->type == YAML_SEQUENCE_START_EVENT;
        anchor = list ? e->data.sequence_start.anchor : e->data.mapping_start.anchor;
        ++*nodes;
        ++*depth;
    }
    *depth -= e->type == YAML_SEQUENCE_END_EVENT || e->type == YAML_MAPPING_END_EVENT;
    *anchors += anchor != NULL;
    if (*depth > DEPTH_MAX)
        return lesson_error(f->l, line, f->err, "the front matter nests deeper than %d", DEPTH_MAX);
    if (*nodes > NODES_MAX)
        return lesson_error(f->l, line, f->err, "the front matter has more than %d values",
                            NODES_MAX);
    if (*anchors > ANCHORS_MAX)
        return lesson_error(f->l, line, f->err, "the front matter has more than %d anchors (&name)",
                            ANCHORS_MAX);
    return true;
}

/* Goes over the first document's events, of which each is cheap, before any of it is built. */
static bool within_bounds(Front *f, const char *text, size_t len) {
    yaml_parser_t parser;
    int depth = 0, nodes = 0, anchors = 0;
    if (!yaml_parser_initialize(&parser)) BUG("libyaml cannot start");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    bool ok = true;
    for (bool end = false; ok && !end;) {
        yaml_event_t event;
        ok = yaml_parser_parse(&parser, &event);
        if (!ok) {
            broken(f, &parser);
            break;
        }
        ok = count_event(f, &event, &depth, &nodes, &anchors);
        end = event.type == YAML_DOCUMENT_END_EVENT || event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return ok;
}

/* A line that begins with % is a directive (%TAG, %YAML): libyaml compares each with all others. */
static bool no_directives(Front *f, const char *text, size_t len) {
    int line = f->line;
    for (const char *p = text, *end = text + len; p < end; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (*p == '%')
            return lesson_error(f->l, line, f->err, "a front matter has no %% directives");
        p = nl ? nl + 1 : end;
    }
    return true;
}

bool front_parse(Lesson *l, const char *text, size_t len, int line, Err *err) {
    yaml_parser_t parser;
    Front f = {.l = l, .line = line, .err = err};
    if (!utf8_valid(text, len)) return lesson_error(l, line, err, "the front matter is not UTF-8");
    if (!no_directives(&f, text, len) || !within_bounds(&f, text, len)) return false;
    if (!yaml_parser_initialize(&parser)) BUG("libyaml cannot start");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    bool ok = yaml_parser_load(&parser, &f.doc);
    if (ok) {
        ok = read_document(&f);
        yaml_document_delete(&f.doc);
    } else
        broken(&f, &parser);
    yaml_parser_delete(&parser);
    return ok;
}
