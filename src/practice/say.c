/* See say.h. */
#include "config.h"

#include "practice/say.h"

#include <ctype.h>

/* "not_symmetric" -> "symmetric", and that it was negated. */
static const char *without_negation(Concepts *c, const char *text, bool *negated) {
    size_t n = strcspn(text, "_");
    int id = concepts_id(c, text, n, false);
    *negated = text[n] && concepts_flags(c, id) & WORD_NEGATES;
    return *negated ? text + n + 1 : text;
}

static bool read_alternative(Concepts *c, const char *text, Element *e, bool *negated, Err *err) {
    Alternative alt = {.negated = false};
    Atoms a = {0};
    const char *rest = without_negation(c, text, &alt.negated);
    atoms_read(c, rest, strlen(rest), true, &a);
    bool ok = atoms_phrase(&a, FROM_RUBRIC, &alt.phrase);
    if (ok) vec_push(&e->list, alt);
    *negated = *negated || alt.negated;
    atoms_clear(&a);
    return ok || err_set(err, ERR_VALUE, "'%s' is no word, formula or words joined by _", text);
}

/* "-word" forbids; "-inf" and "-1" are numbers. */
static bool forbids(const char *s) {
    return *s == '-' && isalpha((unsigned char)s[1]) && !str_starts(s + 1, "inf");
}

static bool read_element(Concepts *c, char *text, Way *out, Err *err) {
    Element e = {.forbidden = forbids(text)};
    bool ok = true, negated = false;
    for (char *s = text + e.forbidden; ok && s;) {
        char *bar = strchr(s, '|');
        if (bar) *bar = '\0';
        ok = read_alternative(c, s, &e, &negated, err);
        s = bar ? bar + 1 : NULL;
    }
    out->negated = out->negated || (negated && !e.forbidden);
    vec_push(&out->elements, e);
    return ok;
}

/* `rnn>`: n bytes that name a subject. */
static bool read_owner(const Subjects *subjects, const char *text, size_t n, Way *out, Err *err) {
    if (out->owner >= 0) return err_set(err, ERR_VALUE, "a way has one subject");
    out->owner = subjects_named(subjects, text, n - 1);
    return out->owner >= 0 ||
           err_set(err, ERR_VALUE, "the subjects have no '%.*s'", (int)n - 1, text);
}

bool way_read(Concepts *c, const Subjects *subjects, const char *text, Way *out, Err *err) {
    bool ok = true, wanted = false;
    out->owner = -1;
    for (const char *s = text; ok;) {
        s += strspn(s, " \t\n");
        size_t n = strcspn(s, " \t\n");
        if (!n) break;
        if (s[n - 1] == '>') {
            ok = read_owner(subjects, s, n, out, err);
        } else {
            char *element = mem_strndup(s, n);
            ok = read_element(c, element, out, err);
            wanted = wanted || (ok && !out->elements.items[out->elements.count - 1].forbidden);
            mem_free(element);
        }
        s += n;
    }
    if (ok && out->elements.count > WAY_ELEMENTS)
        return err_set(err, ERR_VALUE, "a way to say it has at most %d words", (int)WAY_ELEMENTS);
    return ok &&
           (wanted || err_set(err, ERR_VALUE, "a way to say it has a word that must be there"));
}

void way_clear(Way *w) {
    for (size_t i = 0; i < w->elements.count; i++) vec_clear(&w->elements.items[i].list);
    vec_clear(&w->elements);
}
