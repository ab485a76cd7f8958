/* What ground the terminal has, by asking it. OSC 11 answers with the background's colour; the
 * question for its device attributes goes behind it, because every terminal answers that one: when
 * its answer is there, none to the first will come.
 *
 *     Str typed = STR_INIT;                      (keys that a person pressed meanwhile)
 *     env.ground = ground_ask(STDIN_FILENO, STDOUT_FILENO, GROUND_WAIT_MS, &typed);
 *
 * An answer that comes later than the wait arrives as keys: bind GROUND_ANSWER and
 * ATTRIBUTES_ANSWER to what reads up to their ends and calls ground_of_color.
 */
#ifndef QKV_TERM_GROUND_H
#define QKV_TERM_GROUND_H

#include "base/str.h"
#include "term/term.h"

enum { GROUND_WAIT_MS = 100 };
#define GROUND_ANSWER "\x1b]11;"   /* then a colour, then BEL or ESC \ */
#define ATTRIBUTES_ANSWER "\x1b[?" /* then numbers, then c */

/* "rgb:R/G/B" with one to four hexadecimal digits each (X11's XParseColor), also "rgba:";
 * GROUND_UNKNOWN for anything else. */
Ground ground_of_color(const char *color);
/* "auto" (GROUND_UNKNOWN), "light" or "dark"; false for anything else. */
bool ground_parse(const char *s, Ground *out);
const char *ground_name(Ground g);
/* Waits at most ms for the answer. GROUND_UNKNOWN without one, and without a question when the
 * two are no terminal in whose foreground this process is, or keys already wait to be read.
 * typed: gets every byte that came and is no part of an answer. */
Ground ground_ask(int in, int out, int ms, Str *typed);

#endif
