/* See attention_json.h. */
#include "config.h"

#include "model/attention_json.h"

#include <jansson.h>

/* ---- where the numbers are ------------------------------------------------------------------ */

/* How deep arrays are nested down to numbers; 0: they are not. */
static int depth_of(const json_t *v) {
    int depth = 0;
    while (json_is_array(v) && json_array_size(v)) {
        depth++;
        v = json_array_get(v, 0);
    }
    return json_is_number(v) ? depth : 0;
}

/* Those of a key that is called so, else the deepest there are. */
static json_t *find_numbers(json_t *root) {
    static const char *const keys[] = {"attention", "attentions", "attn", "weights", "attns"};
    const char *key;
    json_t *v, *best = NULL;
    if (depth_of(root) >= 2) return root;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (depth_of(json_object_get(root, keys[i])) >= 2) return json_object_get(root, keys[i]);
    json_object_foreach(root, key, v) if (depth_of(v) >= 2 &&
                                          (!best || depth_of(v) > depth_of(best))) best = v;
    return best;
}

static json_t *find_tokens(json_t *root) {
    static const char *const keys[] = {"tokens", "all_tokens", "labels",
                                       "words",  "left_text",  "text"};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        json_t *v = json_object_get(root, keys[i]);
        if (json_is_array(v) && json_is_string(json_array_get(v, 0))) return v;
    }
    return NULL;
}

/* ---- numbers -------------------------------------------------------------------------------- */

typedef struct Reading {
    const char *path;
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    float *to;
    Err *err;
} Reading;

static bool fill(Reading *r, const json_t *v, int dim) {
    if (dim == r->ndim) {
        if (!json_is_number(v))
            return err_set(r->err, ERR_VALUE,
                           "%s: a number is wanted where there is something else", r->path);
        *r->to++ = (float)json_number_value(v);
        return true;
    }
    if (!json_is_array(v) || (int64_t)json_array_size(v) != r->shape[dim]) {
        err_set(r->err, ERR_VALUE, "%s: arrays of unequal length: %lld were wanted, here are %zu",
                r->path, (long long)r->shape[dim], json_is_array(v) ? json_array_size(v) : 0);
        return err_hint(r->err, "every row has as many numbers, every head as many rows");
    }
    for (size_t i = 0; i < json_array_size(v); i++)
        if (!fill(r, json_array_get(v, i), dim + 1)) return false;
    return true;
}

static bool read_numbers(const char *path, const json_t *v, Tensor **out, Err *err) {
    Reading r = {.path = path, .ndim = depth_of(v), .err = err};
    if (r.ndim > 4)
        return err_set(err, ERR_VALUE,
                       "%s: numbers are nested %d deep; layers, heads, queries and keys are 4",
                       path, r.ndim);
    const json_t *at = v;
    for (int d = 0; d < r.ndim; d++, at = json_array_get(at, 0))
        r.shape[d] = (int64_t)json_array_size(at);
    Tensor *t = NULL;
    if (!tensor_empty(DT_F32, r.ndim, r.shape, &t, err)) return false;
    r.to = tensor_data(t);
    if (!fill(&r, v, 0)) {
        tensor_release(t);
        return false;
    }
    *out = t;
    return true;
}

bool attention_json_load(const char *path, const char *text, size_t n, AttentionFile *out,
                         Err *err) {
    json_error_t e;
    json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &e);
    *out = (AttentionFile){.t = NULL};
    if (!root) return err_set(err, ERR_VALUE, "%s, line %d: %s", path, e.line, e.text);
    json_t *numbers = find_numbers(root), *tokens = find_tokens(root);
    bool ok = numbers != NULL;
    if (!ok) {
        err_set(err, ERR_VALUE, "%s has no attention in it", path);
        err_hint(err, "[[0.5, 0.5], [0.1, 0.9]], or {\"tokens\": [...], \"attention\": "
                      "[heads][queries][keys]}");
    }
    ok = ok && read_numbers(path, numbers, &out->t, err);
    if (ok && tokens) {
        out->token_count = json_array_size(tokens);
        out->tokens = mem_zero(out->token_count * sizeof *out->tokens);
        for (size_t i = 0; i < out->token_count; i++) {
            const char *s = json_string_value(json_array_get(tokens, i));
            out->tokens[i] = mem_strdup(s ? s : "");
        }
    }
    json_decref(root);
    return ok;
}

void attention_file_clear(AttentionFile *f) {
    tensor_release(f->t);
    for (size_t i = 0; i < f->token_count; i++) mem_free(f->tokens[i]);
    mem_free(f->tokens);
    *f = (AttentionFile){.t = NULL};
}
