/* What the terminal can do. A pure function of an environment, so that every
 * kind of terminal is a test; only term_env_read looks at the process.
 *
 *     TermEnv env = term_env_read(STDOUT_FILENO);
 *     env.color = COLOR_ALWAYS;                       (--color=always)
 *     TermFacts facts = term_facts(&env);
 *     canvas_emit(canvas, &facts, &out);
 */
#ifndef QKV_TERM_TERM_H
#define QKV_TERM_TERM_H

#include "base/base.h"

typedef enum ColorWhen { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorWhen;
typedef enum ColorDepth { DEPTH_NONE, DEPTH_16, DEPTH_256, DEPTH_TRUE } ColorDepth;
/* What text stands on. Of an unknown one it is only sure that the default foreground reads. */
typedef enum Ground { GROUND_UNKNOWN, GROUND_DARK, GROUND_LIGHT } Ground;

/* Everything that decides; strings are borrowed, NULL for unset. */
typedef struct TermEnv {
    const char *term;      /* TERM */
    const char *colorterm; /* COLORTERM */
    const char *no_color;  /* NO_COLOR; counts when set and not empty */
    const char *colorfgbg; /* COLORFGBG, "fg;bg" as rxvt and konsole set it */
    const char *columns, *lines;
    const char *lc_all, *lc_ctype, *lang;
    bool tty;                   /* the output is a terminal */
    int tty_columns, tty_lines; /* as the kernel reports them; 0: unknown */
    ColorWhen color;
    Ground ground; /* what a person set or the terminal answered (ground.h); wins over colorfgbg */
} TermEnv;

typedef struct TermFacts {
    int columns, lines; /* columns 20..1000, 80 when nothing says; lines 5..1000, 24 */
    ColorDepth depth;
    bool utf8; /* the locale's encoding is UTF-8 */
    Ground ground;
    bool tty;
    bool cursor; /* a terminal whose cursor can be moved (not TERM=dumb) */
} TermFacts;

/* --color wins over NO_COLOR, NO_COLOR over TERM. A terminal's own size wins
 * over COLUMNS and LINES, which count when the output is not a terminal. */
TermFacts term_facts(const TermEnv *env);
/* The process's environment and the size of the terminal at fd. */
TermEnv term_env_read(int fd);
/* "auto", "always" or "never"; false for anything else. */
bool color_when_parse(const char *s, ColorWhen *out);

#endif
