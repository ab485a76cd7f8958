/* See owner.h. */
#include "config.h"

#include "practice/owner.h"

/* ---- subjects ----------------------------------------------------------------------------- */

static bool add_word(Concepts *c, const char *word, size_t n, Subject *s, Err *err) {
    char *text = mem_strndup(word, n);
    Atoms a = {0};
    Phrase p;
    atoms_read(c, text, n, true, &a);
    bool ok = atoms_phrase(&a, FROM_RUBRIC, &p);
    if (ok)
        vec_push(&s->says, p);
    else
        err_set(err, ERR_VALUE, "'%s' names no subject", text);
    atoms_clear(&a);
    mem_free(text);
    return ok;
}

bool subjects_read(Concepts *c, const Texts *texts, Subjects *out, Err *err) {
    bool ok = true;
    for (size_t i = 0; ok && i < texts->count; i++) {
        const char *text = texts->items[i];
        Subject s = {.name = mem_strndup(text, strcspn(text, "|"))};
        for (const char *p = text; ok && *p; p += *p == '|') {
            size_t n = strcspn(p, "|");
            ok = add_word(c, p, n, &s, err);
            p += n;
        }
        vec_push(&out->list, s);
    }
    return ok;
}

void subjects_clear(Subjects *s) {
    for (size_t i = 0; i < s->list.count; i++) {
        mem_free(s->list.items[i].name);
        vec_clear(&s->list.items[i].says);
    }
    vec_clear(&s->list);
}

int subjects_named(const Subjects *s, const char *name, size_t n) {
    for (size_t i = 0; i < s->list.count; i++) {
        const char *known = s->list.items[i].name;
        if (strlen(known) == n && strncmp(known, name, n) == 0) return (int)i;
    }
    return -1;
}

/* ---- mentions ----------------------------------------------------------------------------- */

static bool is_word(const Atoms *a, int token, const char *const *words, size_t count) {
    if (token < 0 || token >= (int)a->tokens.list.count) return false;
    const Token *t = &a->tokens.list.items[token];
    const char *word = str_cstr(&a->tokens.words) + t->word;
    for (size_t i = 0; t->kind == TOKEN_WORD && i < count; i++)
        if (strlen(words[i]) == t->length && strncmp(words[i], word, t->length) == 0) return true;
    return false;
}

static int sentence_of(const Atoms *a, int token) {
    return a->tokens.list.items[token].sentence;
}

/* Does a word that only compares stand before it, an article or two between? */
static bool is_beside(const Atoms *a, int from) {
    static const char *const words[] = {"than", "unlike", "versus", "vs", "against", "compared"};
    for (int i = from - 1; i >= 0 && i >= from - 3; i--)
        if (is_word(a, i, words, ARRAY_LEN(words)))
            return sentence_of(a, i) == sentence_of(a, from);
    return false;
}

/* The longest way in which a subject is named at token i. */
static bool mention_at(const Atoms *a, const Subjects *s, int i, Mention *out) {
    *out = (Mention){.from = i, .to = i, .subject = -1};
    for (size_t k = 0; k < s->list.count; k++)
        for (size_t p = 0; p < s->list.items[k].says.count; p++) {
            int end = atoms_match(a, i, &s->list.items[k].says.items[p], false);
            if (end > out->to) *out = (Mention){.from = i, .to = end, .subject = (int)k};
        }
    return out->subject >= 0;
}

void mentions_find(const Atoms *a, const Subjects *s, Mentions *out) {
    for (int i = 0; i < (int)a->tokens.list.count; i++) {
        Mention m;
        if (!mention_at(a, s, i, &m)) continue;
        m.beside = is_beside(a, i);
        vec_push(&out->list, m);
        i = m.to - 1;
    }
}

void mentions_clear(Mentions *m) {
    vec_clear(&m->list);
}

/* ---- owners ------------------------------------------------------------------------------- */

/* "n² for attention": a preposition behind it, and the subject within a few words. */
static int owner_behind(const Atoms *a, const Mentions *m, int to) {
    static const char *const words[] = {"for", "of", "in", "by", "with"};
    enum { REACH = 3 };
    for (int i = to; i < to + REACH; i++) {
        if (!is_word(a, i, words, ARRAY_LEN(words))) continue;
        for (size_t k = 0; k < m->list.count; k++) {
            const Mention *one = &m->list.items[k];
            if (one->from > i && one->from <= i + REACH &&
                sentence_of(a, one->from) == sentence_of(a, to - 1))
                return one->subject;
        }
    }
    return -1;
}

static bool deals_out(const Atoms *a, int sentence) {
    static const char *const words[] = {"respectively"};
    for (int i = 0; i < (int)a->tokens.list.count; i++)
        if (sentence_of(a, i) == sentence && is_word(a, i, words, 1)) return true;
    return false;
}

/* "It takes ...": what it says is of the sentence before. */
static bool goes_on(const Atoms *a, int sentence) {
    static const char *const words[] = {"it", "its", "they", "their", "this", "that", "these"};
    int i = 0;
    while (sentence_of(a, i) != sentence) i++;
    return is_word(a, i, words, ARRAY_LEN(words));
}

int owner_of(const Atoms *a, const Mentions *m, int from, int to) {
    int sentence = sentence_of(a, from), before = -1, behind = -1, earlier = -1;
    if (deals_out(a, sentence)) return -1;
    int owner = owner_behind(a, m, to);
    if (owner >= 0) return owner;
    for (size_t k = 0; k < m->list.count; k++) {
        const Mention *one = &m->list.items[k];
        int there = sentence_of(a, one->from);
        if (there == sentence - 1 && !one->beside) earlier = one->subject;
        if (there != sentence || (one->beside && before >= 0)) continue;
        if (one->from < to)
            before = one->subject;
        else if (behind < 0)
            behind = one->subject;
    }
    if (before >= 0) return before;
    if (behind >= 0) return behind;
    return goes_on(a, sentence) ? earlier : -1;
}
