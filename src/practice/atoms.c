/* See atoms.h. */
#include "config.h"

#include "practice/atoms.h"

#include <stdlib.h>

#include "practice/formula.h"

/* Between the names of a phrase: so many short words, and one other where that may be. */
enum { SHORT_BETWEEN = 4 };

/* ---- order -------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b) {
    const Atom *x = a, *y = b;
    return x->from != y->from ? (x->from < y->from ? -1 : 1)
           : x->to != y->to   ? (x->to > y->to ? -1 : 1)
                              : (x->id > y->id) - (x->id < y->id);
}

static void put_in_order(Atoms *a) {
    if (a->list.count) qsort(a->list.items, a->list.count, sizeof a->list.items[0], by_place);
    a->first.count = 0;
    size_t k = 0;
    for (size_t i = 0; i <= a->tokens.list.count; i++) {
        while (k < a->list.count && (size_t)a->list.items[k].from < i) k++;
        vec_push(&a->first, (int)k);
    }
}

/* ---- phrases ------------------------------------------------------------------------------ */

static int match_from(const Atoms *a, int i, const Phrase *p, int k, bool loose);

/* Where the rest of a phrase, from name k on, ends that goes on at token i or a little behind. */
static int match_behind(const Atoms *a, int i, const Phrase *p, int k, bool loose) {
    int sentence = a->tokens.list.items[i - 1].sentence;
    int others = loose;
    for (int shorts = 0; (size_t)i < a->tokens.list.count;) {
        const Token *t = &a->tokens.list.items[i];
        if (t->sentence != sentence) return 0;
        int end = match_from(a, i, p, k, loose);
        if (end) return end;
        if (t->kind != TOKEN_WORD || t->flags & (WORD_NEGATES | WORD_BREAK)) return 0;
        if (t->flags & WORD_SHORT ? ++shorts > SHORT_BETWEEN : others-- == 0) return 0;
        i++;
    }
    return 0;
}

static int match_from(const Atoms *a, int i, const Phrase *p, int k, bool loose) {
    for (int x = a->first.items[i]; x < a->first.items[i + 1]; x++) {
        const Atom *atom = &a->list.items[x];
        if (atom->id != p->ids[k]) continue;
        if (k + 1 == p->n) return atom->to;
        int end = (size_t)atom->to < a->tokens.list.count
                      ? match_behind(a, atom->to, p, k + 1, loose)
                      : 0;
        if (end) return end;
    }
    return 0;
}

int atoms_match(const Atoms *a, int i, const Phrase *p, bool loose) {
    return match_from(a, i, p, 0, loose);
}

/* Appends what phrases of a kind mean where they stand. */
static void find_phrases(const Concepts *c, const Atoms *a, PhraseKind kind, AtomList *out) {
    for (size_t x = 0; x < a->list.count; x++) {
        const Atom *atom = &a->list.items[x];
        if (x && a->list.items[x - 1].from == atom->from && a->list.items[x - 1].id == atom->id)
            continue;
        size_t n = 0;
        const Phrase *p = concepts_phrases(c, kind, atom->id, &n);
        for (size_t k = 0; k < n; k++) {
            int end = atoms_match(a, atom->from, &p[k], false);
            if (end) vec_push(out, (Atom){.id = p[k].means, .from = atom->from, .to = end});
        }
    }
}

/* A concept says more than a variable, and that more than a word; that "rnn" is r·n·n least. */
static int says(const Concepts *c, int id) {
    char kind = concepts_name(c, id)[0];
    return concepts_flags(c, id) & WORD_CONCEPT ? 3 : kind == '$' ? 2 : kind != '=';
}

/* The longest atom of token i, of those the one that says most; of a row no concept. */
static const Atom *longest(const Atoms *a, int i, PhraseFrom from) {
    const Atom *best = NULL;
    for (int x = a->first.items[i]; x < a->first.items[i + 1]; x++) {
        const Atom *atom = &a->list.items[x];
        int much = says(a->concepts, atom->id);
        if ((much == 3 && from != FROM_RUBRIC) || (much == 2 && from == FROM_GRAMMAR)) continue;
        if (!best || atom->to > best->to ||
            (atom->to == best->to && much > says(a->concepts, best->id)))
            best = atom;
    }
    return best;
}

bool atoms_phrase(const Atoms *a, PhraseFrom from, Phrase *out) {
    *out = (Phrase){.n = 0};
    int count = (int)a->tokens.list.count;
    bool keep = true;
    for (int i = 0; i < count; i++) keep = keep && a->tokens.list.items[i].flags & WORD_SHORT;
    keep = keep || from == FROM_GRAMMAR;
    for (int i = 0; i < count;) {
        const Atom *atom = longest(a, i, from);
        if (!atom) return false;
        bool shorts = atom->to == i + 1 && a->tokens.list.items[i].flags & WORD_SHORT;
        i = atom->to;
        if (shorts && !keep) continue;
        if (out->n == PHRASE_WORDS) return false;
        out->ids[out->n++] = atom->id;
    }
    return out->n > 0;
}

/* ---- a text ------------------------------------------------------------------------------- */

void atoms_read(Concepts *c, const char *text, size_t n, bool add, Atoms *out) {
    out->concepts = c;
    tokens_read(c, text, n, add, &out->tokens);
    for (size_t i = 0; i < out->tokens.list.count; i++) {
        int id = out->tokens.list.items[i].id;
        if (id >= 0) vec_push(&out->list, (Atom){.id = id, .from = (int)i, .to = (int)i + 1});
    }
    put_in_order(out);
    AtomList found = {0};
    find_phrases(c, out, PHRASE_VARIABLE, &found);
    formulas_read(c, &out->tokens, &found, add, &out->list);
    for (size_t i = 0; i < found.count; i++) vec_push(&out->list, found.items[i]);
    put_in_order(out);
    found.count = 0;
    find_phrases(c, out, PHRASE_SAME, &found);
    for (size_t i = 0; i < found.count; i++) vec_push(&out->list, found.items[i]);
    vec_clear(&found);
    put_in_order(out);
}

void atoms_clear(Atoms *a) {
    tokens_clear(&a->tokens);
    vec_clear(&a->list);
    vec_clear(&a->first);
}
