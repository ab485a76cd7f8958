/* See typed.h. */
#include "config.h"

#include "tutor/typed.h"

bool typed_add(Typed *t, size_t step, const char *code, bool waits) {
    size_t bytes = strlen(code), at = t->items.count;
    for (size_t i = 0; i < t->items.count; i++) bytes += strlen(t->items.items[i].code);
    if (bytes > TYPED_BYTES || t->items.count >= TYPED_MOST) return false;
    TypedLine fresh = {step, mem_strdup(code), waits};
    vec_push(&t->items, fresh);
    for (; at > 0 && t->items.items[at - 1].step > step; at--)
        t->items.items[at] = t->items.items[at - 1];
    t->items.items[at] = fresh;
    return true;
}

static TypedLine *find(const Typed *t, size_t step) {
    for (size_t i = 0; i < t->items.count && t->items.items[i].step <= step; i++)
        if (t->items.items[i].waits) return &t->items.items[i];
    return NULL;
}

bool typed_waits(const Typed *t, size_t step) {
    return find(t, step) != NULL;
}

const char *typed_due(Typed *t, size_t step) {
    TypedLine *line = find(t, step);
    if (line) line->waits = false;
    return line ? line->code : NULL;
}

void typed_clear(Typed *t) {
    for (size_t i = 0; i < t->items.count; i++) mem_free(t->items.items[i].code);
    vec_clear(&t->items);
}
