/* A YAML document of a lesson file, checked against bounds before it is built: what front matter
 * and quiz blocks are read with. Every mistake is named with file and line.
 *
 *     YamlIn y = {.path = "36-masking.md", .line = 7, .what = "the front matter", .err = err};
 *     if (!yaml_in_open(&y, text, len)) return false;
 *     bool ok = yaml_in_map(&y, yaml_in_root(&y), "the front matter", each_key, ctx);
 *     yaml_in_close(&y);
 */
#ifndef QKV_TUTOR_YAML_IN_H
#define QKV_TUTOR_YAML_IN_H

#include <yaml.h>

#include "base/err.h"
#include "base/str.h"

typedef struct YamlIn {
    const char *path, *what; /* borrowed; what: "the front matter", for messages */
    int line;                /* the file's line that the YAML begins on */
    Err *err;
    yaml_document_t doc;
    size_t copied; /* bytes of its texts so far; aliases may repeat one */
} YamlIn;

typedef VEC(char *) Texts;

/* text: the whole document, in UTF-8. False, with err set and nothing to close, when it is broken
 * or larger than a lesson has reason to be. */
bool yaml_in_open(YamlIn *y, const char *text, size_t len);
void yaml_in_close(YamlIn *y);
yaml_node_t *yaml_in_root(YamlIn *y); /* NULL: the document is empty */

int yaml_in_line(const YamlIn *y, const yaml_node_t *n);
/* "36-masking.md:7: msg"; always false. */
bool yaml_in_error(const YamlIn *y, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The value of `key`, which messages name. Texts are owned by the caller; *out is freed first. */
bool yaml_in_text(YamlIn *y, const char *key, yaml_node_t *n, char **out);
bool yaml_in_number(YamlIn *y, const char *key, yaml_node_t *n, double *out);
bool yaml_in_int(YamlIn *y, const char *key, yaml_node_t *n, int *out); /* |int| <= 1e6 */
bool yaml_in_texts(YamlIn *y, const char *key, yaml_node_t *n, Texts *out);

/* Calls for each pair of a mapping; keys are plain words. */
typedef bool (*YamlPair)(void *ctx, YamlIn *y, const char *key, yaml_node_t *k, yaml_node_t *v);
bool yaml_in_map(YamlIn *y, const char *what, yaml_node_t *n, YamlPair pair, void *ctx);
/* Calls for each element of a list. */
typedef bool (*YamlItem)(void *ctx, YamlIn *y, yaml_node_t *n);
bool yaml_in_list(YamlIn *y, const char *what, yaml_node_t *n, YamlItem item, void *ctx);
/* "unknown key 'taht'" with the nearest of those known, or all of them; always false. */
bool yaml_in_unknown(YamlIn *y, yaml_node_t *key, const char *const *known, size_t n);

#endif
