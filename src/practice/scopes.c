/* See scopes.h. */
#include "config.h"

#include "practice/scopes.h"

/* A sentence of prose: one word in so many is short; without a verb ("For streams, an RNN.") more;
 * beside prose a few words are enough ("Softmax over keys."). */
enum { SHORT_SHARE = 6, SHORT_SHARE_NO_VERB = 4, BRIEF = 6 };
/* Words of the question that make an echo; where "not" may stand behind its word; and where "That
 * is wrong" begins. */
enum { ECHO_WORDS = 3, NEAR_NOT = 4, DENIED_EARLY = 8 };

static const Token *token(const Atoms *a, int i) {
    return &a->tokens.list.items[i];
}

static bool is_word(const Atoms *a, int i, const char *text) {
    const Token *t = token(a, i);
    return t->kind == TOKEN_WORD && t->length == strlen(text) &&
           memcmp(a->tokens.words.buf + t->word, text, t->length) == 0;
}

static bool is_sign(const Atoms *a, int i, const char *any) {
    return token(a, i)->kind == TOKEN_SIGN && strchr(any, token(a, i)->sign);
}

static bool weighs(const Token *t) {
    return t->kind != TOKEN_SIGN && !(t->flags & (WORD_SHORT | WORD_BREAK | WORD_SUBJECT));
}

/* ---- sentences ---------------------------------------------------------------------------- */

static bool in_text(const Atoms *a, uint32_t hash) {
    for (size_t i = 0; i < a->tokens.list.count; i++)
        if (a->tokens.list.items[i].hash == hash) return true;
    return false;
}

/* The words of weight of a sentence in one number, whatever their order. */
static uint64_t sentence_hash(const Atoms *a, const Sentence *s) {
    uint64_t sum = 0;
    for (int i = s->from; i < s->to; i++)
        if (weighs(token(a, i))) sum += (token(a, i)->hash * 0x9e3779b97f4a7c15u) ^ 0x51ed27u;
    return sum;
}

/* Formulas of a sentence that compute something. */
static int formulas_of(const Atoms *a, const Sentence *s) {
    int n = 0, end = s->from;
    for (int x = a->first.items[s->from]; x < a->first.items[s->to]; x++) {
        const Atom *atom = &a->list.items[x];
        if (atom->from < end || concepts_name(a->concepts, atom->id)[0] != '=') continue;
        n++;
        end = atom->to;
    }
    return n;
}

/* What a sentence is made of. */
typedef struct Made {
    int words, shorts, weighty, echoed;
    bool verb;
} Made;

static Made made_of(const Atoms *a, const Atoms *question, const Sentence *s) {
    bool formula = formulas_of(a, s) > 0;
    Made m = {.shorts = formula, .verb = formula};
    for (int i = s->from; i < s->to; i++) {
        const Token *t = token(a, i);
        m.verb = m.verb || t->verb;
        if (t->kind != TOKEN_WORD) continue;
        m.words += t->length > 2 || t->flags & WORD_SHORT; /* letters are of formulas */
        m.shorts += (t->flags & WORD_SHORT) != 0;
        if (!weighs(t)) continue;
        m.weighty++;
        m.echoed += in_text(question, t->hash);
    }
    return m;
}

static bool is_prose(const Made *m) {
    return m->shorts * (m->verb ? SHORT_SHARE : SHORT_SHARE_NO_VERB) >= m->words;
}

typedef VEC(uint64_t) Seen;

static bool seen_before(Seen *seen, uint64_t hash) {
    for (size_t i = 0; i < seen->count; i++)
        if (seen->items[i] == hash) return true;
    vec_push(seen, hash);
    return false;
}

static void read_sentences(const Atoms *a, const Atoms *question, Scopes *out) {
    Seen seen = {0};
    VEC(Made) made = {0};
    int n = (int)a->tokens.list.count, words = 0, of_prose = 0;
    for (int i = 0; i < n;) {
        Sentence s = {.from = i};
        while (i < n && token(a, i)->sentence == token(a, s.from)->sentence) i++;
        s.to = i;
        vec_push(&made, made_of(a, question, &s));
        const Made *m = &made.items[made.count - 1];
        bool echo = m->weighty >= ECHO_WORDS && m->echoed == m->weighty;
        s.counts = !echo && !seen_before(&seen, sentence_hash(a, &s));
        vec_push(&out->sentences, s);
        words += m->words;
        of_prose += s.counts && is_prose(m) ? m->words : 0;
    }
    for (size_t k = 0; k < made.count; k++) {
        const Made *m = &made.items[k];
        bool brief = m->words <= BRIEF && of_prose * 3 >= words * 2;
        out->sentences.items[k].counts = out->sentences.items[k].counts && (brief || is_prose(m));
    }
    vec_clear(&seen);
    vec_clear(&made);
}

/* ---- negations ---------------------------------------------------------------------------- */

/* "what may not be seen gets": the clause that the negation is in is over. */
static bool sentence_resumes(const Atoms *a, int i) {
    static const char *const finite[] = {"is",   "are", "was",     "were",
                                         "gets", "has", "becomes", "receives"};
    for (size_t k = 0; i > 0 && token(a, i - 1)->verb && k < ARRAY_LEN(finite); k++)
        if (is_word(a, i, finite[k])) return true;
    return false;
}

/* Does a clause end before token i? `weight`: words of it so far. */
static bool clause_ends(const Atoms *a, int i, int end, int weight) {
    const Token *t = token(a, i);
    if (t->flags & WORD_BREAK || sentence_resumes(a, i)) return true;
    if (t->flags & WORD_SUBJECT && weight) return true;
    if (i + 1 == end) return false;
    const Token *next = token(a, i + 1);
    return (is_word(a, i, "and") && (next->flags & WORD_SUBJECT || next->verb)) ||
           (is_word(a, i, "as") && (next->flags & WORD_SUBJECT || is_word(a, i + 1, "the")));
}

/* Where a negation that ends before token i ends to reach. */
static int reach_of(const Atoms *a, int i, int end, int reach) {
    int from = i, weight = 0;
    for (; i < end && weight < reach; i++) {
        bool because = i == from && token(a, i)->kind == TOKEN_WORD; /* "not because" */
        if (!because && clause_ends(a, i, end, weight)) return i;
        weight += weighs(token(a, i));
    }
    return i;
}

/* How long the longest phrase of a kind is that begins with token i; 0: there is none. */
static int phrase_at(const Concepts *c, const Atoms *a, int i, PhraseKind kind, int *means) {
    size_t n = 0;
    int id = token(a, i)->id;
    const Phrase *p = concepts_phrases(c, kind, id, &n);
    for (size_t k = 0; k < n; k++) {
        int end = atoms_match(a, i, &p[k], false);
        if (!end) continue;
        *means = p[k].means;
        return end;
    }
    return 0;
}

static void read_negations(const Concepts *c, const Atoms *a, const Sentence *s, Scopes *out) {
    for (int i = s->from; i < s->to; i++) {
        int reach = 0, ignored = 0;
        int end = phrase_at(c, a, i, PHRASE_NEGATION, &reach);
        int harmless = phrase_at(c, a, i, PHRASE_HARMLESS, &ignored);
        int denies = phrase_at(c, a, i, PHRASE_DENIES, &ignored); /* "not true that" is one */
        if (MAX(harmless, denies) >= MAX(end, 1)) {
            i = MAX(harmless, denies) - 1;
        } else if (end) {
            vec_push(&out->negations, (Scope){end, reach_of(a, end, s->to, reach), i, end});
            i = end - 1;
        }
    }
}

/* ---- denials ------------------------------------------------------------------------------ */

static bool supposes(const Atoms *a, int from, int to) {
    for (int i = from; i < to; i++)
        if (token(a, i)->flags & WORD_IF) return true;
    return false;
}

static void read_denials(const Concepts *c, const Atoms *a, size_t k, Scopes *out) {
    const Sentence *s = &out->sentences.items[k];
    int part = s->from, ignored = 0;
    for (int i = s->from; i < s->to; i++) {
        if (is_sign(a, i, ";:")) part = i + 1;
        int end = phrase_at(c, a, i, PHRASE_DENIES, &ignored);
        if (end) {
            int to = end;
            while (to < s->to && !is_sign(a, to, ";:") && !(token(a, to)->flags & WORD_TURN)) to++;
            vec_push(&out->negations, (Scope){end, to, i, end});
        }
        end = phrase_at(c, a, i, PHRASE_DENIED, &ignored);
        bool of_what_follows =
            end && end < s->to && (is_word(a, end, "that") || is_word(a, end, "to"));
        if (!end || of_what_follows || supposes(a, part, i)) continue;
        bool of_before =
            k > 0 && token(a, s->from)->flags & WORD_THIS && i < s->from + DENIED_EARLY;
        const Sentence *whose = of_before ? s - 1 : s;
        vec_push(&out->negations,
                 (Scope){of_before ? whose->from : part, of_before ? whose->to : i, i, end});
    }
}

/* "if you mask after the softmax, ...", "otherwise ...": up to a comma. */
static void read_supposed(const Atoms *a, const Sentence *s, Scopes *out) {
    for (int i = s->from; i < s->to; i++) {
        if (!(token(a, i)->flags & WORD_IF)) continue;
        int to = i + 1;
        while (to < s->to && !is_sign(a, to, ",;:") && !is_word(a, to, "then")) to++;
        vec_push(&out->supposed, (Scope){i, to, i, i + 1});
    }
}

/* "Masking after the softmax would break it": the clause before would is supposed, and what it
 * would do is said; with an if what it would do is supposed, too. */
static void read_would(const Atoms *a, const Sentence *s, Scopes *out) {
    bool conditional = supposes(a, s->from, s->to);
    for (int i = s->from; i < s->to; i++) {
        if (!(token(a, i)->flags & WORD_WOULD)) continue;
        int from = i, to = i + 1;
        while (from > s->from && !(token(a, from - 1)->flags & WORD_BREAK)) from--;
        while (conditional && to < s->to && !(token(a, to)->flags & WORD_BREAK)) to++;
        vec_push(&out->would, (Scope){from, to, i, i + 1});
    }
}

void scopes_read(const Concepts *c, const Atoms *a, const Atoms *question, Scopes *out) {
    read_sentences(a, question, out);
    for (size_t k = 0; k < out->sentences.count; k++) {
        read_negations(c, a, &out->sentences.items[k], out);
        read_denials(c, a, k, out);
        read_supposed(a, &out->sentences.items[k], out);
        read_would(a, &out->sentences.items[k], out);
    }
}

void scopes_clear(Scopes *s) {
    vec_clear(&s->negations);
    vec_clear(&s->supposed);
    vec_clear(&s->would);
    vec_clear(&s->sentences);
}

/* ---- questions ---------------------------------------------------------------------------- */

bool scopes_negated(const Scopes *s, int from, int to) {
    bool odd = false;
    for (size_t i = 0; i < s->negations.count; i++) {
        const Scope *n = &s->negations.items[i];
        bool within = n->not_from >= from && n->not_to <= to;
        if (!within && from < n->to && to > n->from) odd = !odd;
    }
    return odd;
}

bool scopes_negated_around(const Scopes *s, const Atoms *a, int from, int to) {
    if (scopes_negated(s, from, to)) return true;
    for (size_t i = 0; i < s->negations.count; i++) {
        int not = s->negations.items[i].not_from;
        if (not < to || not > to + NEAR_NOT) continue;
        int k = to;
        while (k < not &&token(a, k)->sentence == token(a, from)->sentence &&
               !(token(a, k)->flags & WORD_BREAK))
            k++;
        if (k == not &&token(a, not )->sentence == token(a, from)->sentence) return true;
    }
    return false;
}

bool scopes_supposed(const Scopes *s, int from, int to) {
    for (size_t i = 0; i < s->supposed.count; i++)
        if (from >= s->supposed.items[i].from && to <= s->supposed.items[i].to) return true;
    return false;
}

bool scopes_would(const Scopes *s, int from, int to) {
    for (size_t i = 0; i < s->would.count; i++)
        if (from < s->would.items[i].to && to > s->would.items[i].from) return true;
    return false;
}
