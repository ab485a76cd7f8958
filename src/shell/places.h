/* Where a person is in each lesson, kept over the end of qkv: one small file in the state folder,
 * that only its owner reads, whole or absent, shared by all shells.
 *
 *     places_keep(s, s->lesson);
 *     const PlaceKept *k = places_of(s, lesson);        (NULL: never opened)
 */
#ifndef QKV_SHELL_PLACES_H
#define QKV_SHELL_PLACES_H

#include "shell/session.h"

typedef struct PlaceKept {
    char *command;        /* the lesson's */
    size_t step;          /* that its screen begins with */
    char *title;          /* the heading there: what finds it where the lesson changed */
    size_t screen, count; /* as the prompt has it: 5/24 */
    VEC(char *) args;     /* "n=8" of each parameter */
    VEC(size_t) seen;     /* steps that the screens which were seen begin with */
    Typed typed;          /* what was typed there */
    bool at_end, read;    /* is it at the last screen; was every screen seen, if ever */
} PlaceKept;

/* Notes where the reader of a lesson is, also in the file. */
void places_keep(Session *s, LessonRun *r);
/* Tells a run that was just begun what of its lesson was seen before. */
void places_recall(Session *s, LessonRun *r);
/* What is known of a lesson; NULL: nothing. Borrowed, until the next places_keep. */
const PlaceKept *places_of(Session *s, const Lesson *l);
/* The lesson that was read last, of those that there are; NULL: none. */
const Lesson *places_last(Session *s);
/* The first lesson behind `after` (NULL: from the first) in the order of `lessons --path` that was
 * not read, going round; NULL: all were. */
const Lesson *places_unread(Session *s, const Lesson *after);
/* Appends what is wrong with the file, if that was not asked before. */
bool places_trouble(Session *s, Str *out);
void places_clear(Session *s);

#endif
