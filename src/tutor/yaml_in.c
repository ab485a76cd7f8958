/* See yaml_in.h: libyaml's document tree. */
#include "config.h"

#include "tutor/yaml_in.h"

#include <math.h>
#include <stdarg.h>

#include "base/suggest.h"
#include "base/utf8.h"
#include "tutor/lesson.h"

/* What a document may hold at most. libyaml takes time in the square of the depth and of the
 * number of anchors; no lesson comes near any of these. */
enum { DEPTH_MAX = 100, NODES_MAX = 10000, ANCHORS_MAX = 100 };

bool yaml_in_error(const YamlIn *y, int line, const char *fmt, ...) {
    Str msg = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&msg, fmt, ap);
    va_end(ap);
    err_set(y->err, ERR_VALUE, "%s:%d: %s", y->path, line, str_cstr(&msg));
    str_clear(&msg);
    return false;
}

/* ---- values ---------------------------------------------------------------------------- */

int yaml_in_line(const YamlIn *y, const yaml_node_t *n) {
    return y->line + (int)n->start_mark.line;
}

bool yaml_in_text(YamlIn *y, const char *key, yaml_node_t *n, char **out) {
    if (n->type != YAML_SCALAR_NODE)
        return yaml_in_error(y, yaml_in_line(y, n), "%s wants a text, not a list or a mapping",
                             key);
    y->copied += n->data.scalar.length + 1;
    if (y->copied > LESSON_LIMIT)
        return yaml_in_error(y, yaml_in_line(y, n), "the aliases repeat more than %zu MiB of text",
                             LESSON_LIMIT >> 20);
    mem_free(*out);
    *out = mem_strndup((char *)n->data.scalar.value, n->data.scalar.length);
    return true;
}

bool yaml_in_number(YamlIn *y, const char *key, yaml_node_t *n, double *out) {
    char *text = NULL, *end;
    if (!yaml_in_text(y, key, n, &text)) return false;
    double v = strtod(text, &end);
    bool ok = *text && !*end && isfinite(v);
    if (!ok)
        yaml_in_error(y, yaml_in_line(y, n), "%s wants a number, got '%s'", key, text);
    else
        *out = v;
    mem_free(text);
    return ok;
}

bool yaml_in_int(YamlIn *y, const char *key, yaml_node_t *n, int *out) {
    double v;
    if (!yaml_in_number(y, key, n, &v)) return false;
    if (v != floor(v) || fabs(v) > 1e6)
        return yaml_in_error(y, yaml_in_line(y, n), "%s wants a whole number, got %g", key, v);
    *out = (int)v;
    return true;
}

bool yaml_in_unknown(YamlIn *y, yaml_node_t *key, const char *const *known, size_t n) {
    const char *name = (char *)key->data.scalar.value;
    Suggest near = suggest_for(name);
    for (size_t i = 0; i < n; i++) suggest_offer(&near, known[i]);
    Str list = STR_INIT;
    for (size_t i = 0; i < n; i++) str_printf(&list, "%s%s", i ? ", " : "", known[i]);
    yaml_in_error(y, yaml_in_line(y, key), "unknown key '%s'", name);
    if (near.best)
        err_hint(y->err, "did you mean %s?", near.best);
    else
        err_hint(y->err, "the keys are %s", str_cstr(&list));
    str_clear(&list);
    return false;
}

bool yaml_in_map(YamlIn *y, const char *what, yaml_node_t *n, YamlPair pair, void *ctx) {
    if (!n || n->type != YAML_MAPPING_NODE)
        return yaml_in_error(y, n ? yaml_in_line(y, n) : y->line, "%s wants `key: value` lines",
                             what);
    for (yaml_node_pair_t *i = n->data.mapping.pairs.start; i < n->data.mapping.pairs.top; i++) {
        yaml_node_t *key = yaml_document_get_node(&y->doc, i->key);
        if (key->type != YAML_SCALAR_NODE)
            return yaml_in_error(y, yaml_in_line(y, key), "a key of %s is a plain word", what);
        if (!pair(ctx, y, (char *)key->data.scalar.value, key,
                  yaml_document_get_node(&y->doc, i->value)))
            return false;
    }
    return true;
}

bool yaml_in_list(YamlIn *y, const char *what, yaml_node_t *n, YamlItem item, void *ctx) {
    if (n->type != YAML_SEQUENCE_NODE)
        return yaml_in_error(y, yaml_in_line(y, n), "%s wants a list", what);
    for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++)
        if (!item(ctx, y, yaml_document_get_node(&y->doc, *i))) return false;
    return true;
}

typedef struct TextList {
    const char *key;
    Texts *out;
} TextList;

static bool add_text(void *ctx, YamlIn *y, yaml_node_t *n) {
    TextList *list = ctx;
    char *text = NULL;
    if (!yaml_in_text(y, list->key, n, &text)) return false;
    vec_push(list->out, text);
    return true;
}

bool yaml_in_texts(YamlIn *y, const char *key, yaml_node_t *n, Texts *out) {
    TextList list = {key, out};
    return yaml_in_list(y, key, n, add_text, &list);
}

/* ---- opening ---------------------------------------------------------------------------- */

static bool broken(YamlIn *y, const yaml_parser_t *parser) {
    yaml_in_error(y, y->line + (int)parser->problem_mark.line, "broken YAML: %s", parser->problem);
    return err_hint(y->err, "quote texts that hold a colon, and indent with spaces");
}

/* Counts one event; false with err set when it is one too many. */
static bool count_event(YamlIn *y, const yaml_event_t *e, int *depth, int *nodes, int *anchors) {
    const yaml_char_t *anchor = NULL;
    int line = y->line + (int)e->start_mark.line;
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
        return yaml_in_error(y, line, "%s nests deeper than %d", y->what, DEPTH_MAX);
    if (*nodes > NODES_MAX)
        return yaml_in_error(y, line, "%s has more than %d values", y->what, NODES_MAX);
    if (*anchors > ANCHORS_MAX)
        return yaml_in_error(y, line, "%s has more than %d anchors (&name)", y->what, ANCHORS_MAX);
    return true;
}

/* Goes over the first document's events, of which each is cheap, before any of it is built. */
static bool within_bounds(YamlIn *y, const char *text, size_t len) {
    yaml_parser_t parser;
    int depth = 0, nodes = 0, anchors = 0;
    if (!yaml_parser_initialize(&parser)) BUG("libyaml cannot start");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    bool ok = true;
    for (bool end = false; ok && !end;) {
        yaml_event_t event;
        ok = yaml_parser_parse(&parser, &event);
        if (!ok) {
            broken(y, &parser);
            break;
        }
        ok = count_event(y, &event, &depth, &nodes, &anchors);
        end = event.type == YAML_DOCUMENT_END_EVENT || event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return ok;
}

/* A line that begins with % is a directive (%TAG, %YAML): libyaml compares each with all others. */
static bool no_directives(YamlIn *y, const char *text, size_t len) {
    int line = y->line;
    for (const char *p = text, *end = text + len; p < end; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (*p == '%') return yaml_in_error(y, line, "%s has no %% directives", y->what);
        p = nl ? nl + 1 : end;
    }
    return true;
}

bool yaml_in_open(YamlIn *y, const char *text, size_t len) {
    yaml_parser_t parser;
    if (!utf8_valid(text, len)) return yaml_in_error(y, y->line, "%s is not UTF-8", y->what);
    if (!no_directives(y, text, len) || !within_bounds(y, text, len)) return false;
    if (!yaml_parser_initialize(&parser)) BUG("libyaml cannot start");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    bool ok = yaml_parser_load(&parser, &y->doc);
    if (!ok) broken(y, &parser);
    yaml_parser_delete(&parser);
    return ok;
}

void yaml_in_close(YamlIn *y) {
    yaml_document_delete(&y->doc);
}

yaml_node_t *yaml_in_root(YamlIn *y) {
    return yaml_document_get_root_node(&y->doc);
}
