/* Source text kept for carets and tracebacks; see source.h. */
#include "config.h"

#include "base/source.h"

#include "base/utf8.h"

struct Source {
    int refs;
    int first_line;
    bool typed;
    size_t len;
    char *name;
    char *text;
    VEC(uint32_t) starts; /* of every line; found at the first question */
};

Source *source_new(const char *name, const char *text, size_t len, int first_line) {
    if (len > UINT32_MAX - 1)
        BUG("source text of %zu bytes: callers refuse what spans cannot hold", len);
    Source *s = mem_zero(sizeof *s);
    s->refs = 1;
    s->first_line = first_line;
    s->len = len;
    s->name = mem_strdup(name);
    s->text = mem_strndup(text, len);
    return s;
}

Source *source_retain(Source *s) {
    s->refs++;
    return s;
}

void source_release(Source *s) {
    if (!s || --s->refs) return;
    vec_clear(&s->starts);
    mem_free(s->name);
    mem_free(s->text);
    mem_free(s);
}

void source_mark_typed(Source *s) {
    s->typed = true;
}

bool source_is_typed(const Source *s) {
    return s->typed;
}

const char *source_name(const Source *s) {
    return s->name;
}

const char *source_text(const Source *s) {
    return s->text;
}

size_t source_len(const Source *s) {
    return s->len;
}

/* The index of the line that offset stands in. */
static size_t line_index(const Source *cs, uint32_t offset) {
    Source *s = (Source *)cs; /* the table is a cache: the text does not change */
    if (s->starts.count == 0) {
        vec_push(&s->starts, 0);
        for (size_t i = 0; i < s->len; i++)
            if (s->text[i] == '\n') vec_push(&s->starts, (uint32_t)(i + 1));
    }
    size_t lo = 0, hi = s->starts.count;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->starts.items[mid] <= offset)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

void source_place(const Source *s, uint32_t offset, int *line, int *col) {
    if (offset > s->len) offset = (uint32_t)s->len;
    size_t i = line_index(s, offset);
    uint32_t start = s->starts.items[i];
    *line = (int)i + s->first_line;
    *col = (int)utf8_count(s->text + start, offset - start) + 1;
}

const char *source_line(const Source *s, uint32_t offset, size_t *len) {
    if (offset > s->len) offset = (uint32_t)s->len;
    size_t i = line_index(s, offset);
    const char *line = s->text + s->starts.items[i];
    const char *end = memchr(line, '\n', s->len - (size_t)(line - s->text));
    *len = end ? (size_t)(end - line) : s->len - (size_t)(line - s->text);
    if (*len && line[*len - 1] == '\r') --*len;
    return line;
}
