/* Where a reader is in a lesson: which screen, what was passed by, how far that is.
 *
 * A screen is what one Enter shows: the steps from one stop to the next, and at the end the
 * lesson's sources. What is marked {more} (LessonDeeper) is passed by on the way until it is asked
 * for; from then on it counts. Pure: nothing is run and nothing is shown here.
 *
 *     Place p;
 *     place_begin(&p, lesson);
 *     do show(place_screen(&p)); while (place_next(&p));
 *     place_clear(&p);
 */
#ifndef QKV_TUTOR_PLACE_H
#define QKV_TUTOR_PLACE_H

#include "tutor/lesson.h"

typedef struct Screen {
    size_t from, to; /* its steps: [from, to); the sources have none */
    int deeper;      /* index into the lesson's; -1: it is on the way */
} Screen;

typedef struct Place {
    const Lesson *lesson; /* borrowed */
    VEC(Screen) screens;
    VEC(bool) seen;   /* of each screen */
    VEC(bool) wanted; /* of each {more}: it was asked for */
    size_t at;        /* the screen that is shown */
} Place;

void place_begin(Place *p, const Lesson *l);
void place_clear(Place *p);

const Screen *place_screen(const Place *p);
bool place_sources(const Place *p); /* is it the sources' screen? */
bool place_last(const Place *p);
/* Was every screen seen that is not {more}? */
bool place_all_seen(const Place *p);
/* The screen that begins with a step was seen before; one that no longer does is nobody's. */
void place_saw(Place *p, size_t step);
/* 1 at the first screen; each place_next adds 1, up to place_count at the last one. */
size_t place_number(const Place *p);
size_t place_count(const Place *p);
/* The name of its part ("live"); "": it has none. Borrowed. */
const char *place_part(const Place *p);
/* The heading that the screen stands under. Borrowed. */
const char *place_title(const Place *p);

/* One screen on or back; false, and nothing moved, at the ends. */
bool place_next(Place *p);
bool place_back(Place *p);
/* What place_next passes by: the k-th; NULL: no more. */
const LessonDeeper *place_passes(const Place *p, size_t k);
/* To the {more} that stands right behind the screen, else to the last one that was passed by. */
bool place_more(Place *p, Err *err);
void place_want_all(Place *p); /* nothing is passed by */
/* To the screen that a step is on. */
void place_at_step(Place *p, size_t step);
void place_restart(Place *p);

/* By a part's name ("live"), the number of a screen, or words of a heading in any case ("every
 * kind"). ERR_NAME with the parts' names, or with the headings that have the words. */
bool place_goto(Place *p, const char *where, Err *err);
/* The steps of the parts of a name: "answer", ... "sources" (none). ERR_NAME with the names. */
bool lesson_part_steps(const Lesson *l, const char *name, size_t *from, size_t *to, Err *err);
/* Names of the parts that the lesson has, each once. */
void lesson_part_names(const Lesson *l, void (*offer)(void *ctx, const char *name), void *ctx);

#endif
