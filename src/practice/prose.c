/* Answers in words: points of a rubric found in sentences. What is found where stands in atoms.h,
 * what is negated in scopes.h, the ways to say a point in say.h. */
#include "config.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "practice/graders.h"
#include "practice/say.h"
#include "practice/scopes.h"
#include "practice/table.h"

/* What two minutes of talk come nowhere near; a way's words stand so close to each other, in one
 * sentence and over two; what is quoted of an answer joins over so many tokens. */
enum { ANSWER_MAX = 32 << 10, NEAR = 40, NEAR_ACROSS = 30, QUOTED = 5, LOOKED_AT = 6 };

/* An answer, read. */
typedef struct Read {
    Concepts *c;
    const char *text;
    Atoms atoms;
    Scopes scopes;
    Mentions mentions;
} Read;

/* A place where an element of a way stands. */
typedef struct Place {
    int from, to;
    bool plain, negated; /* fit for a way that says it, for one that says not */
    bool wants_not;      /* the alternative is a not_ */
} Place;

typedef VEC(Place) Places;

/* Where a way was found: a place of each element. */
typedef struct Hit {
    Place places[WAY_ELEMENTS];
    int n, from, to;
} Hit;

/* ---- places ------------------------------------------------------------------------------- */

static int sentence_of(const Read *r, int token) {
    return r->atoms.tokens.list.items[token].sentence;
}

/* Every place of an element, in order. */
static void find_places(const Read *r, const Element *e, Places *out) {
    for (size_t s = 0; s < r->scopes.sentences.count; s++) {
        const Sentence *sentence = &r->scopes.sentences.items[s];
        if (!sentence->counts) continue;
        for (int i = sentence->from; i < sentence->to; i++)
            for (size_t k = 0; k < e->list.count; k++) {
                const Alternative *alt = &e->list.items[k];
                int end = atoms_match(&r->atoms, i, &alt->phrase, true);
                if (!end) continue;
                bool odd = scopes_negated(&r->scopes, i, end);
                bool around = odd || scopes_negated_around(&r->scopes, &r->atoms, i, end);
                vec_push(out, (Place){.from = i,
                                      .to = end,
                                      .wants_not = alt->negated,
                                      .plain = !alt->negated && !odd,
                                      .negated = alt->negated && around});
            }
    }
}

/* May this place stand for its element? In a way that says not, words without it may stand either
 * way. */
static bool fits(const Read *r, const Way *w, const Element *e, const Place *p) {
    if (w->owner >= 0 && owner_of(&r->atoms, &r->mentions, p->from, p->to) != w->owner)
        return false;
    if (p->plain || p->negated) return true;
    if (!w->negated) return false;
    for (size_t k = 0; k < e->list.count; k++)
        if (e->list.items[k].negated) return false;
    return true;
}

/* ---- hits --------------------------------------------------------------------------------- */

static bool overlaps(const Hit *h, const Place *p) {
    for (int i = 0; i < h->n; i++)
        if (p->from < h->places[i].to && h->places[i].from < p->to) return true;
    return false;
}

/* The place of an element that is nearest to `anchor` within sentences lo..hi, beside those taken.
 */
static const Place *nearest(const Read *r, const Way *w, size_t e, const Places *places, int anchor,
                            int lo, int hi, const Hit *taken) {
    size_t a = 0, b = places->count;
    while (a < b) {
        size_t m = (a + b) / 2;
        if (places->items[m].from < anchor)
            a = m + 1;
        else
            b = m;
    }
    const Place *best = NULL;
    size_t first = a > LOOKED_AT ? a - LOOKED_AT : 0;
    size_t last = MIN(places->count, a + LOOKED_AT);
    for (size_t i = first; i < last; i++) {
        const Place *p = &places->items[i];
        int s = sentence_of(r, p->from);
        if (s < lo || s > hi || abs(p->from - anchor) > NEAR) continue;
        if (!fits(r, w, &w->elements.items[e], p) || overlaps(taken, p)) continue;
        if (!best || abs(p->from - anchor) < abs(best->from - anchor)) best = p;
    }
    return best;
}

static void take(Hit *h, const Place *p) {
    h->places[h->n++] = *p;
    if (h->n == 1 || p->from < h->from) h->from = p->from;
    if (h->n == 1 || p->to > h->to) h->to = p->to;
}

/* Does a forbidden element stand within sentences lo..hi? */
static bool forbidden(const Read *r, const Way *w, const Places *places, int lo, int hi) {
    for (size_t e = 0; e < w->elements.count; e++) {
        if (!w->elements.items[e].forbidden) continue;
        for (size_t i = 0; i < places[e].count; i++) {
            const Place *p = &places[e].items[i];
            int s = sentence_of(r, p->from);
            if (s >= lo && s <= hi && (p->negated || !p->wants_not)) return true;
        }
    }
    return false;
}

/* All elements around one place of the first, within sentences lo..hi. */
static bool hit_around(const Read *r, const Way *w, const Places *places, size_t first,
                       const Place *p, int lo, int hi, Hit *out) {
    *out = (Hit){.n = 0};
    take(out, p);
    for (size_t e = 0; e < w->elements.count; e++) {
        if (e == first || w->elements.items[e].forbidden) continue;
        const Place *q = nearest(r, w, e, &places[e], p->from, lo, hi, out);
        if (!q) return false;
        take(out, q);
    }
    int from = sentence_of(r, out->from), to = sentence_of(r, out->to - 1);
    if (from != to && out->to - out->from > NEAR_ACROSS) return false;
    return !forbidden(r, w, places, from, to);
}

/* A trap that is only supposed ("if you masked after the softmax, ...") is not stepped in. */
static bool only_supposed(const Read *r, const Hit *h) {
    for (int i = 0; i < h->n; i++)
        if (scopes_would(&r->scopes, h->places[i].from, h->places[i].to)) return true;
    for (int i = 0; i < h->n; i++)
        if (!scopes_supposed(&r->scopes, h->places[i].from, h->places[i].to)) return false;
    return true;
}

/* The closest places of all elements of a way. A point may span two sentences, a trap one. */
static bool find_way(const Read *r, const Way *w, bool trap, Hit *out) {
    Places places[WAY_ELEMENTS] = {{0}};
    bool found = false;
    size_t first = 0;
    for (size_t e = 0; e < w->elements.count; e++)
        find_places(r, &w->elements.items[e], &places[e]);
    while (w->elements.items[first].forbidden) first++;
    for (size_t i = 0; i < places[first].count; i++) {
        const Place *p = &places[first].items[i];
        int s = sentence_of(r, p->from);
        if (!fits(r, w, &w->elements.items[first], p)) continue;
        for (int before = trap ? 0 : 1; before >= 0; before--) {
            Hit h;
            if (!hit_around(r, w, places, first, p, s - before, trap ? s : s - before + 1, &h))
                continue;
            if (trap && only_supposed(r, &h)) continue;
            if (!found || h.to - h.from < out->to - out->from) *out = h;
            found = true;
        }
    }
    for (size_t e = 0; e < w->elements.count; e++) vec_clear(&places[e]);
    return found;
}

/* ---- the person's words ------------------------------------------------------------------- */

static int by_from(const void *a, const void *b) {
    return ((const Place *)a)->from - ((const Place *)b)->from;
}

/* What was said, from the text as it was written: the places, and what stands between near ones. */
static char *quote(const Read *r, Hit *h) {
    Str out = STR_INIT;
    qsort(h->places, (size_t)h->n, sizeof h->places[0], by_from);
    for (int i = 0; i < h->n;) {
        int from = h->places[i].from, to = h->places[i].to;
        for (i++; i < h->n && h->places[i].from <= to + QUOTED; i++) to = MAX(to, h->places[i].to);
        const Token *t = r->atoms.tokens.list.items;
        Str piece = STR_INIT;
        utf8_escape(&piece, r->text + t[from].from, t[to - 1].to - t[from].from, true);
        if (out.len) str_add(&out, " … ");
        for (size_t k = 0; k < piece.len; k++) {
            bool blank = strchr(" \t\n", piece.buf[k]) != NULL;
            if (!blank || (out.len && out.buf[out.len - 1] != ' '))
                str_addc(&out, (char)(blank ? ' ' : piece.buf[k]));
        }
        str_clear(&piece);
    }
    return str_detach(&out);
}

/* A person's words in Markdown: nothing in them is markup. */
static void add_words(Str *out, const char *words) {
    for (const char *s = words; *s; s++) {
        if (strchr("\\`*_{}[]<>()#+-.!|~$&^=", *s)) str_addc(out, '\\');
        str_addc(out, *s);
    }
}

/* ---- the verdict -------------------------------------------------------------------------- */

/* A point or trap of the rubric with its ways, read. */
typedef struct Said {
    const ItemPoint *point;
    VEC(Way) ways;
} Said;

static bool read_said(Concepts *c, const Subjects *subjects, const Item *it, const ItemPoint *p,
                      Said *out, Err *err) {
    *out = (Said){.point = p};
    for (size_t i = 0; i < p->say.count; i++) {
        Err why = {0};
        vec_push(&out->ways, (Way){.negated = false});
        if (way_read(c, subjects, p->say.items[i], &out->ways.items[i], &why)) continue;
        err_set(err, ERR_VALUE, "%s:%d: %s", it->lesson->path, p->line, why.msg);
        err_clear(&why);
        return false;
    }
    return true;
}

static void said_clear(Said *s) {
    for (size_t i = 0; i < s->ways.count; i++) way_clear(&s->ways.items[i]);
    vec_clear(&s->ways);
}

static PointSaid judge(const Read *r, const Said *s, bool trap) {
    PointSaid out = {.point = s->point};
    Hit best = {.n = 0};
    for (size_t i = 0; i < s->ways.count; i++) {
        Hit h;
        if (find_way(r, &s->ways.items[i], trap, &h) &&
            (!best.n || h.to - h.from < best.to - best.from))
            best = h;
    }
    out.met = best.n > 0;
    if (out.met) out.by = quote(r, &best);
    return out;
}

static void show_points(Verdict *v, bool met, const char *head) {
    bool begun = false;
    for (size_t i = 0; i < v->points.count; i++) {
        const PointSaid *p = &v->points.items[i];
        if (p->met != met) continue;
        if (!begun) str_printf(&v->shown, "%s\n\n", head);
        begun = true;
        str_printf(&v->shown, "- %s", p->point->text);
        if (!met && p->point->level != POINT_MUST)
            str_printf(&v->shown, " (%s)", point_level_name(p->point->level));
        if (met) {
            str_add(&v->shown, " You: “");
            add_words(&v->shown, p->by);
            str_add(&v->shown, "”");
        }
        str_addc(&v->shown, '\n');
    }
    if (begun) str_addc(&v->shown, '\n');
}

static void show_traps(Verdict *v) {
    bool begun = false;
    for (size_t i = 0; i < v->traps.count; i++) {
        const PointSaid *p = &v->traps.items[i];
        if (!p->met) continue;
        if (!begun) str_add(&v->shown, "False:\n\n");
        begun = true;
        str_add(&v->shown, "- “");
        add_words(&v->shown, p->by);
        str_printf(&v->shown, "” %s\n", p->point->text);
    }
}

typedef VEC(Said) SaidList;

typedef struct Rubric {
    Subjects subjects;
    SaidList said; /* points, then traps */
} Rubric;

static bool read_rubric(Concepts *c, const Item *it, Rubric *out, Err *err) {
    bool ok = subjects_read(c, &it->subjects, &out->subjects, err);
    for (size_t i = 0; ok && i < it->points.count + it->traps.count; i++) {
        const ItemPoint *p =
            i < it->points.count ? &it->points.items[i] : &it->traps.items[i - it->points.count];
        Said said;
        ok = read_said(c, &out->subjects, it, p, &said, err);
        vec_push(&out->said, said);
    }
    return ok;
}

static void rubric_clear(Rubric *r) {
    for (size_t i = 0; i < r->said.count; i++) said_clear(&r->said.items[i]);
    vec_clear(&r->said);
    subjects_clear(&r->subjects);
}

static void judge_all(const Read *r, const SaidList *rubric, const Item *it, Verdict *out) {
    for (size_t i = 0; i < rubric->count; i++) {
        bool trap = i >= it->points.count;
        PointSaid p = judge(r, &rubric->items[i], trap);
        if (trap)
            vec_push(&out->traps, p);
        else
            vec_push(&out->points, p);
    }
    out->result = points_result(out);
    show_points(out, true, "You said:");
    show_points(out, false, "Missing:");
    show_traps(out);
}

bool grade_prose(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    Read r = {.c = table(err), .text = answer};
    if (!r.c) return false;
    if (n > ANSWER_MAX) {
        err_set(err, ERR_VALUE, "an answer has at most %d KiB of text, this one has %zu",
                (int)ANSWER_MAX >> 10, n >> 10);
        return err_hint(err, "two minutes of talk are some 2 KiB");
    }
    Rubric rubric = {.said = {0}};
    Atoms question = {0};
    bool ok = read_rubric(r.c, a->item, &rubric, err); /* first: its words get names */
    if (ok) {
        atoms_read(r.c, answer, n, false, &r.atoms);
        atoms_read(r.c, str_cstr(&a->text), a->text.len, false, &question);
        scopes_read(r.c, &r.atoms, &question, &r.scopes);
        mentions_find(&r.atoms, &rubric.subjects, &r.mentions);
        judge_all(&r, &rubric.said, a->item, out);
    }
    rubric_clear(&rubric);
    mentions_clear(&r.mentions);
    atoms_clear(&r.atoms);
    atoms_clear(&question);
    scopes_clear(&r.scopes);
    return ok;
}
