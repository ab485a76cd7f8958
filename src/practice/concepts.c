/* See concepts.h. */
#include "config.h"

#include "practice/concepts.h"

#include <ctype.h>
#include <stdlib.h>

#include "practice/stem.h"

typedef struct Name {
    char *text;
    unsigned flags;
    int next; /* the next of its bucket, or -1 */
    VEC(Phrase) phrases[PHRASE_KIND_COUNT];
} Name;

typedef struct Form {
    char *word, *base; /* base: NULL where it says a number */
    double number;
} Form;

enum { BUCKETS = 4096 };

struct Concepts {
    int buckets[BUCKETS];
    VEC(Name) names;
    VEC(Form) forms;
};

Concepts *concepts_new(void) {
    Concepts *c = mem_zero(sizeof *c);
    for (int i = 0; i < BUCKETS; i++) c->buckets[i] = -1;
    return c;
}

void concepts_free(Concepts *c) {
    if (!c) return;
    for (size_t i = 0; i < c->names.count; i++) {
        mem_free(c->names.items[i].text);
        for (int k = 0; k < PHRASE_KIND_COUNT; k++) vec_clear(&c->names.items[i].phrases[k]);
    }
    for (size_t i = 0; i < c->forms.count; i++) {
        mem_free(c->forms.items[i].word);
        mem_free(c->forms.items[i].base);
    }
    vec_clear(&c->names);
    vec_clear(&c->forms);
    mem_free(c);
}

/* ---- names -------------------------------------------------------------------------------- */

int concepts_id(Concepts *c, const char *name, size_t n, bool add) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)name[i]) * 16777619u;
    int *bucket = &c->buckets[h % BUCKETS];
    for (int i = *bucket; i >= 0; i = c->names.items[i].next) {
        const char *text = c->names.items[i].text;
        if (strncmp(text, name, n) == 0 && !text[n]) return i;
    }
    if (!add) return -1;
    vec_push(&c->names, (Name){.text = mem_strndup(name, n), .next = *bucket});
    return *bucket = (int)c->names.count - 1;
}

const char *concepts_name(const Concepts *c, int id) {
    return id < 0 ? "" : c->names.items[id].text;
}

unsigned concepts_flags(const Concepts *c, int id) {
    return id < 0 ? 0 : c->names.items[id].flags;
}

void concepts_mark(Concepts *c, int id, unsigned flags) {
    c->names.items[id].flags |= flags;
}

/* ---- words -------------------------------------------------------------------------------- */

void concepts_add_form(Concepts *c, const char *word, const char *base) {
    vec_push(&c->forms, (Form){.word = mem_strdup(word), .base = mem_strdup(base)});
}

void concepts_add_number(Concepts *c, const char *word, double number) {
    vec_push(&c->forms, (Form){.word = mem_strdup(word), .number = number});
}

static const Form *form_of(const Concepts *c, const char *word, size_t n) {
    for (size_t i = 0; i < c->forms.count; i++) {
        const char *w = c->forms.items[i].word;
        if (w[0] == word[0] && strncmp(w, word, n) == 0 && !w[n]) return &c->forms.items[i];
    }
    return NULL;
}

void concepts_stem(const Concepts *c, const char *word, size_t n, Str *out) {
    const Form *f = form_of(c, word, n);
    if (f && f->base) word = f->base, n = strlen(f->base);
    size_t from = out->len;
    str_addn(out, word, n);
    if (out->lost || n < 3) return;
    size_t left = stem_word(out->buf + from, n);
    out->len = from + left;
    out->buf[out->len] = '\0';
}

bool concepts_number(const Concepts *c, const char *word, size_t n, double *out) {
    const Form *f = form_of(c, word, n);
    if (!f || f->base) return false;
    *out = f->number;
    return true;
}

/* One letter more, less or another, or two neighbours that changed places. */
static bool one_slip(const char *a, size_t n, const char *b, size_t m) {
    size_t i = 0;
    while (i < n && i < m && a[i] == b[i]) i++;
    size_t j = 0;
    while (j + i < n && j + i < m && a[n - 1 - j] == b[m - 1 - j]) j++;
    size_t left = n - i - j, right = m - i - j;
    bool swapped = left == 2 && right == 2 && a[i] == b[i + 1] && a[i + 1] == b[i];
    return swapped || (MIN(n, m) >= 6 && left <= 1 && right <= 1);
}

int concepts_typo(const Concepts *c, const char *stem, size_t n) {
    if (n < 5) return -1;
    for (size_t i = 0; i < c->names.count; i++) {
        const char *text = c->names.items[i].text;
        if (text[0] != stem[0] || c->names.items[i].flags & WORD_SHORT) continue;
        size_t m = strlen(text);
        if (m >= 5 && m + 1 >= n && n + 1 >= m && one_slip(stem, n, text, m)) return (int)i;
    }
    return -1;
}

/* ---- phrases ------------------------------------------------------------------------------ */

bool concepts_add_phrase(Concepts *c, PhraseKind kind, const Phrase *p) {
    Name *first = &c->names.items[p->ids[0]];
    size_t at = first->phrases[kind].count;
    for (size_t i = 0; i < at; i++) {
        const Phrase *q = &first->phrases[kind].items[i];
        if (q->n == p->n && memcmp(q->ids, p->ids, (size_t)p->n * sizeof p->ids[0]) == 0)
            return q->means == p->means;
    }
    vec_push(&first->phrases[kind], *p);
    Phrase *all = first->phrases[kind].items;
    for (; at > 0 && all[at - 1].n < p->n; at--) all[at] = all[at - 1];
    all[at] = *p;
    return true;
}

const Phrase *concepts_phrases(const Concepts *c, PhraseKind kind, int first, size_t *count) {
    *count = first < 0 ? 0 : c->names.items[first].phrases[kind].count;
    return *count ? c->names.items[first].phrases[kind].items : NULL;
}
