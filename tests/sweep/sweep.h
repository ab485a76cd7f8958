/* What tests/sweep/sweep is made of: settings drawn from a lesson's own front matter (draw.c), what
 * a reader must never see (look.c), and the parts that are spoken (spoken.c).
 *
 *     SweepRng r = {seed};
 *     SweepArgs args = draw_setting(lesson, &r, SWEEP_WIDE);
 *     look_at_text(printed, len, 0, found, ctx);
 *     sweep_args_clear(&args);
 */
#ifndef QKV_TESTS_SWEEP_SWEEP_H
#define QKV_TESTS_SWEEP_SWEEP_H

#include "tutor/lesson.h"
#include "view/view.h"

/* A small generator: the same numbers on every machine. */
typedef struct SweepRng {
    uint64_t state;
} SweepRng;
uint64_t sweep_random(SweepRng *r, uint64_t below);

typedef enum SweepReach {
    SWEEP_LEAST,   /* every parameter at its least, texts of one letter */
    SWEEP_CHEAP,   /* sizes up to the default's, trainings up to an eighth of its steps */
    SWEEP_WIDE,    /* the whole range, both ends of it more often */
    SWEEP_GREATEST /* every number at its greatest, texts long */
} SweepReach;

typedef VEC(char *) SweepArgs; /* "name=value", owned */
SweepArgs draw_setting(const Lesson *l, SweepRng *r, SweepReach reach);
void sweep_args_clear(SweepArgs *args);
/* `n=8 text="the cat"`, as it is typed. */
void sweep_args_typed(const SweepArgs *args, Str *out);

/* One defect, in a line. */
typedef void (*SweepFound)(void *ctx, const char *what);

/* Words that the reader was prepared for: */
enum { SAID_NAN = 1u << 0, SAID_INF = 1u << 1 };
/* SAID_* of what a part's text speaks of. */
unsigned look_said(const char *text);
/* What came on the screen without the code: nan and inf of which nothing was said, plurals of one,
 * lines wider than 80 columns. */
void look_at_text(const char *text, size_t n, unsigned said, SweepFound found, void *ctx);
/* Tables without rows, curves and bars without values, matrices of which nothing is drawn. */
void look_at_view(const View *v, const ViewStyle *style, SweepFound found, void *ctx);
void look_at_width(const char *text, size_t n, int columns, SweepFound found, void *ctx);

/* What an answer may be long, in words outside code style, tables and formulas. */
enum { BREATH_WORDS = 50, MINUTES_WORDS = 260 };
/* The question first, then the two answers, none longer than it may be. */
void look_at_spoken(const Lesson *l, SweepFound found, void *ctx);

#endif
