/* Settings of a lesson, drawn from the ranges that its front matter gives. */
#include "config.h"

#include "sweep.h"

#include <math.h>

#include "base/utf8.h"
#include "tutor/param.h"

enum { LIST_MOST = 6, TEXT_MOST = 200 };

uint64_t sweep_random(SweepRng *r, uint64_t below) {
    uint64_t z = r->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % below;
}

static bool one_in(SweepRng *r, uint64_t n) {
    return sweep_random(r, n) == 0;
}

/* ---- texts ------------------------------------------------------------------------------- */

static const char *const texts[] = {
    "cat",
    "a",
    "the the the the",
    "to be or not to be",
    "The the THE",
    "one two",
    "?!",
    "42 7 42",
    "猫が マット の 上 に 座った",
    "我爱北京天安门",
    "🐱 sat on 🧘",
    "👩‍👩‍👧‍👦 🇫🇷 👍🏽",
    "naïve cafe\xcc\x81 Zürich Ærø",
    "мышь съела сыр",
    "السلام عليكم",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze sat",
    " ",
    "a b c d e f g h i j k l m n o p",
    "it's a long-winded (and rather odd) story; isn't it?",
    ("the quick brown fox jumps over the lazy dog while the slow red hen looks the other way and "
     "nobody in the whole wide yard has any idea what the fuss of this bright morning is about"),
};

/* Texts must often have something in common: a word is one of the text drawn before it, another
 * text begins as it does. NULL: nothing was drawn, or nothing in common is wanted. */
static const char *drawn_before(const SweepArgs *args, const Lesson *l, SweepRng *r) {
    for (size_t i = args->count; i-- > 0;) {
        const char *value = strchr(args->items[i], '=') + 1;
        char *name = mem_strndup(args->items[i], (size_t)(value - 1 - args->items[i]));
        bool text = lesson_param(l, name)->type == PT_STR;
        mem_free(name);
        if (text) return one_in(r, 2) ? value : NULL;
    }
    return NULL;
}

static size_t word_at(const char *text, size_t *from) {
    *from = strspn(text, " ");
    return strcspn(text + *from, " ,.?!");
}

/* "one / two" is a batch where a lesson's own text is one. */
static void add_text(Str *out, const LessonParam *p, SweepRng *r, SweepReach reach,
                     const char *before) {
    enum { WORD_MOST = 40 }; /* what may be longer is a text */
    if (before && p->has_max && reach != SWEEP_LEAST && reach != SWEEP_GREATEST) {
        size_t from, n = word_at(before, &from), many = utf8_count(before + from, n);
        if (p->max <= WORD_MOST && n && many >= p->min && many <= p->max) {
            str_addn(out, before + from, n);
            return;
        }
        if (p->max > WORD_MOST && utf8_count(before, strlen(before)) + 4 < p->max) {
            str_printf(out, "%s too", before);
            return;
        }
    }
    const char *t = texts[sweep_random(r, ARRAY_LEN(texts))];
    if (reach == SWEEP_LEAST) t = "a";
    if (reach == SWEEP_GREATEST) t = texts[ARRAY_LEN(texts) - 1];
    Str text = STR_INIT;
    str_add(&text, t);
    if (strchr(p->deflt, '/'))
        str_printf(&text, " / %s", reach == SWEEP_LEAST ? "b" : texts[sweep_random(r, 8)]);
    if (p->min > 0)
        while ((double)utf8_count(str_cstr(&text), text.len) < p->min) str_add(&text, " b");
    if (reach == SWEEP_LEAST && p->min <= 0) str_reset(&text);
    size_t most = p->has_max ? (size_t)p->max : TEXT_MOST;
    size_t n = utf8_count(str_cstr(&text), text.len);
    str_addn(out, str_cstr(&text), utf8_offset(str_cstr(&text), text.len, MIN(n, most)));
    str_clear(&text);
}

/* ---- numbers ----------------------------------------------------------------------------- */

/* The greatest that is drawn. A seed decides nothing about the time; what trains is long. */
static double greatest(const LessonParam *p, double deflt, SweepReach reach) {
    double most = p->has_max ? p->max : MAX(4 * deflt, 16);
    if (reach != SWEEP_CHEAP || strcmp(p->name, "seed") == 0) return most;
    bool long_one = strstr(p->name, "steps") || strstr(p->name, "samples");
    return MIN(most, long_one ? MAX(deflt / 8, p->min) : MAX(deflt, 4));
}

/* Between the two, small ones as likely as great ones; an end in three of ten. */
static double draw(SweepRng *r, double least, double most) {
    uint64_t way = sweep_random(r, 20);
    if (way < 3) return least;
    if (way < 6) return most;
    double share = (double)sweep_random(r, 1 << 20) / (double)((1 << 20) - 1);
    if (least <= 0 || most / least < 8) return least + share * (most - least);
    return least * pow(most / least, share);
}

static double draw_int(SweepRng *r, const LessonParam *p, double deflt, SweepReach reach) {
    double least = p->has_min ? p->min : 0, most = greatest(p, deflt, reach);
    if (reach == SWEEP_LEAST) return least;
    if (reach == SWEEP_GREATEST) return most;
    double v = floor(draw(r, least, most) + 0.5);
    double power = v > 1 ? exp2(floor(log2(v))) : v; /* sizes must often divide one another */
    return power >= least && one_in(r, 2) ? power : v;
}

static void add_ints(Str *out, SweepRng *r, const LessonParam *p, SweepReach reach) {
    double most = 0;
    for (const char *d = p->deflt; *d; d += strcspn(d, ",") + (d[strcspn(d, ",")] == ','))
        most = MAX(most, strtod(d, NULL));
    uint64_t n =
        reach == SWEEP_LEAST || reach == SWEEP_GREATEST ? 3 : 1 + sweep_random(r, LIST_MOST);
    for (uint64_t i = 0; i < n; i++) {
        double v = draw_int(r, p, most, i ? SWEEP_CHEAP : reach);
        if (reach == SWEEP_LEAST) v = p->min + (double)i;
        if (p->has_max) v = MIN(v, p->max);
        str_printf(out, "%s%.0f", i ? "," : "", v);
    }
}

static void add_value(Str *out, SweepRng *r, const LessonParam *p, SweepReach reach,
                      const char *before) {
    double deflt = strtod(p->deflt, NULL);
    switch (p->type) {
    case PT_INT:
        str_printf(out, "%.0f", draw_int(r, p, deflt, reach));
        return;
    case PT_FLOAT: {
        double most = p->has_max ? p->max : 4 * deflt;
        double v = draw(r, p->min, most);
        str_printf(out, "%.4g", reach == SWEEP_LEAST ? p->min : reach == SWEEP_GREATEST ? most : v);
        return;
    }
    case PT_BOOL:
        str_add(out, one_in(r, 2) ? "true" : "false");
        return;
    case PT_CHOICE:
        str_add(out, p->choices.items[sweep_random(r, p->choices.count)]);
        return;
    case PT_INTS:
        add_ints(out, r, p, reach);
        return;
    case PT_STR:
        add_text(out, p, r, reach, before);
        return;
    }
}

SweepArgs draw_setting(const Lesson *l, SweepRng *r, SweepReach reach) {
    SweepArgs args = {0};
    bool ends = reach == SWEEP_LEAST || reach == SWEEP_GREATEST;
    for (size_t i = 0; i < l->params.count; i++) {
        const LessonParam *p = &l->params.items[i];
        bool trains = strstr(p->name, "steps") || strstr(p->name, "samples");
        if (!ends && one_in(r, 3) && !(reach == SWEEP_CHEAP && trains)) continue;
        Str arg = STR_INIT;
        str_printf(&arg, "%s=", p->name);
        add_value(&arg, r, p, reach, p->type == PT_STR ? drawn_before(&args, l, r) : NULL);
        vec_push(&args, str_detach(&arg));
    }
    return args;
}

void sweep_args_clear(SweepArgs *args) {
    for (size_t i = 0; i < args->count; i++) mem_free(args->items[i]);
    vec_clear(args);
}

void sweep_args_typed(const SweepArgs *args, Str *out) {
    for (size_t i = 0; i < args->count; i++) {
        const char *a = args->items[i], *value = strchr(a, '=') + 1;
        bool plain = *value && !value[strcspn(value, " '\"\\?!();")];
        if (plain)
            str_printf(out, " %s", a);
        else
            str_printf(out, " %.*s\"%s\"", (int)(value - a), a, value);
    }
}
