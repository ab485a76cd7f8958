/* See place.h. */
#include "config.h"

#include "tutor/place.h"

#include "base/suggest.h"

#define SOURCES "sources"

/* ---- screens ---------------------------------------------------------------------------- */

static int deeper_at(const Lesson *l, size_t step) {
    for (size_t i = 0; i < l->deeper.count; i++)
        if (step >= l->deeper.items[i].from && step < l->deeper.items[i].to) return (int)i;
    return -1;
}

void place_begin(Place *p, const Lesson *l) {
    *p = (Place){.lesson = l};
    size_t n = l->steps.count;
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && !l->steps.items[to].pause; to++) {
        }
        vec_push(&p->screens, ((Screen){from, to, deeper_at(l, from)}));
    }
    if (l->sources.count) vec_push(&p->screens, ((Screen){n, n, -1}));
    for (size_t i = 0; i < p->screens.count; i++) vec_push(&p->seen, false);
    for (size_t i = 0; i < l->deeper.count; i++) vec_push(&p->wanted, false);
    place_restart(p);
}

void place_clear(Place *p) {
    vec_clear(&p->screens);
    vec_clear(&p->seen);
    vec_clear(&p->wanted);
}

static bool on_the_way(const Place *p, size_t screen) {
    int deeper = p->screens.items[screen].deeper;
    return deeper < 0 || p->wanted.items[deeper];
}

/* A screen that a reader is on counts, and with it all of its {more}. */
static void move_to(Place *p, size_t screen) {
    p->at = screen;
    p->seen.items[screen] = true;
    int deeper = p->screens.items[screen].deeper;
    if (deeper >= 0) p->wanted.items[deeper] = true;
}

const Screen *place_screen(const Place *p) {
    return &p->screens.items[p->at];
}

bool place_sources(const Place *p) {
    return place_screen(p)->from == p->lesson->steps.count;
}

/* How many screens of the first n are on the way. */
static size_t count_to(const Place *p, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += on_the_way(p, i);
    return count;
}

size_t place_number(const Place *p) {
    return count_to(p, p->at + 1);
}

size_t place_count(const Place *p) {
    return count_to(p, p->screens.count);
}

bool place_last(const Place *p) {
    return place_number(p) == place_count(p);
}

bool place_all_seen(const Place *p) {
    for (size_t i = 0; i < p->screens.count; i++)
        if (!p->seen.items[i] && p->screens.items[i].deeper < 0) return false;
    return true;
}

void place_saw(Place *p, size_t step) {
    for (size_t i = 0; i < p->screens.count; i++)
        if (p->screens.items[i].from == step) p->seen.items[i] = true;
}

const char *place_part(const Place *p) {
    const Lesson *l = p->lesson;
    if (place_sources(p)) return SOURCES;
    return l->parts.items[l->steps.items[place_screen(p)->from].part].name;
}

const char *place_title(const Place *p) {
    return place_sources(p) ? "Sources" : p->lesson->steps.items[place_screen(p)->from].title;
}

/* ---- moving ----------------------------------------------------------------------------- */

void place_restart(Place *p) {
    size_t first = 0;
    while (first + 1 < p->screens.count && !on_the_way(p, first)) first++;
    move_to(p, on_the_way(p, first) ? first : 0);
}

bool place_next(Place *p) {
    for (size_t i = p->at + 1; i < p->screens.count; i++)
        if (on_the_way(p, i)) {
            move_to(p, i);
            return true;
        }
    return false;
}

bool place_back(Place *p) {
    for (size_t i = p->at; i-- > 0;)
        if (on_the_way(p, i)) {
            move_to(p, i);
            return true;
        }
    return false;
}

/* The first screen of a {more}. */
static size_t screen_of(const Place *p, size_t step) {
    size_t i = 0;
    while (i + 1 < p->screens.count && p->screens.items[i].to <= step) i++;
    return i;
}

const LessonDeeper *place_passes(const Place *p, size_t k) {
    int last = -1;
    for (size_t i = p->at + 1; i < p->screens.count && !on_the_way(p, i); i++) {
        int deeper = p->screens.items[i].deeper;
        if (deeper != last && k-- == 0) return &p->lesson->deeper.items[deeper];
        last = deeper;
    }
    return NULL;
}

bool place_more(Place *p, Err *err) {
    const LessonDeeper *found = place_passes(p, 0);
    for (size_t i = p->lesson->deeper.count; i-- > 0 && !found;)
        if (!p->wanted.items[i] && p->lesson->deeper.items[i].to <= place_screen(p)->from)
            found = &p->lesson->deeper.items[i];
    if (!found) {
        err_set(err, ERR_VALUE, "nothing was passed by here");
        return err_hint(err, "what goes deeper is named under the screen where it comes");
    }
    move_to(p, screen_of(p, found->from));
    return true;
}

void place_want_all(Place *p) {
    for (size_t i = 0; i < p->wanted.count; i++) p->wanted.items[i] = true;
}

void place_at_step(Place *p, size_t step) {
    move_to(p, screen_of(p, step));
}

/* ---- parts and headings ------------------------------------------------------------------- */

void lesson_part_names(const Lesson *l, void (*offer)(void *ctx, const char *name), void *ctx) {
    const char *last = "";
    for (size_t i = 0; i < l->parts.count; i++) {
        const char *name = l->parts.items[i].name;
        if (*name && strcmp(name, last) != 0) offer(ctx, name);
        last = name;
    }
    if (l->sources.count) offer(ctx, SOURCES);
}

typedef struct Names {
    Suggest near;
    Str list;
} Names;

static void add_name(void *ctx, const char *name) {
    Names *n = ctx;
    suggest_offer(&n->near, name);
    str_printf(&n->list, "%s%s", n->list.len ? ", " : "", name);
}

static bool no_part(const Lesson *l, const char *name, Err *err) {
    Names n = {.near = suggest_for(name)};
    lesson_part_names(l, add_name, &n);
    err_set(err, ERR_NAME, "%s has no part '%s'", l->command, name);
    if (n.near.best)
        err_hint(err, "did you mean %s? its parts: %s", n.near.best, str_cstr(&n.list));
    else if (n.list.len)
        err_hint(err, "its parts: %s", str_cstr(&n.list));
    else
        err_hint(err, "it has none; `goto` takes words of a heading");
    str_clear(&n.list);
    return false;
}

static bool find_part(const Lesson *l, const char *name, size_t *from, size_t *to) {
    bool found = false;
    for (size_t i = 0; i < l->parts.count; i++) {
        const LessonPart *part = &l->parts.items[i];
        if (strcmp(part->name, name) != 0) continue;
        if (!found) *from = part->from;
        *to = part->to;
        found = true;
    }
    if (!found && l->sources.count && strcmp(name, SOURCES) == 0) {
        *from = *to = l->steps.count;
        found = true;
    }
    return found && *name;
}

bool lesson_part_steps(const Lesson *l, const char *name, size_t *from, size_t *to, Err *err) {
    return find_part(l, name, from, to) || no_part(l, name, err);
}

static bool goto_number(Place *p, size_t number, Err *err) {
    for (size_t i = 0; i < p->screens.count; i++)
        if (on_the_way(p, i) && count_to(p, i + 1) == number) {
            move_to(p, i);
            return true;
        }
    err_set(err, ERR_VALUE, "there is no screen %zu: %s has %zu", number, p->lesson->command,
            place_count(p));
    return err_hint(err, "`goto live`, `goto said` go to a part");
}

/* Headings that have the words, and of them those that begin with them and that are them: the
 * first step under each. */
typedef struct Headings {
    size_t has, begins, is; /* how many */
    size_t step[3];
    Str list;
} Headings;

static void count_heading(Headings *h, const char *title, const char *words, size_t step) {
    if (!strcasestr(title, words)) return;
    str_printf(&h->list, "%s%s", h->list.len ? "; " : "", title);
    if (h->has++ == 0) h->step[0] = step;
    if (strncasecmp(title, words, strlen(words)) == 0 && h->begins++ == 0) h->step[1] = step;
    if (strcasecmp(title, words) == 0 && h->is++ == 0) h->step[2] = step;
}

static bool goto_heading(Place *p, const char *words, Err *err) {
    Headings h = {0};
    const Lesson *l = p->lesson;
    for (size_t i = 0; i < l->steps.count; i++) {
        const char *title = l->steps.items[i].title;
        if (i == 0 || strcmp(title, l->steps.items[i - 1].title) != 0)
            count_heading(&h, title, words, i);
    }
    bool one = h.is || h.begins == 1 || h.has == 1;
    if (one)
        place_at_step(p, h.step[h.is ? 2 : h.begins == 1 ? 1 : 0]);
    else if (h.has) {
        err_set(err, ERR_NAME, "%zu headings have '%s'", h.has, words);
        err_hint(err, "%s", str_cstr(&h.list));
    } else
        no_part(l, words, err);
    str_clear(&h.list);
    return one;
}

bool place_goto(Place *p, const char *where, Err *err) {
    char *end;
    unsigned long number = strtoul(where, &end, 10);
    if (end != where && !*end) return goto_number(p, number, err);
    size_t from = 0, to = 0;
    if (!find_part(p->lesson, where, &from, &to)) return goto_heading(p, where, err);
    place_at_step(p, from);
    return true;
}
