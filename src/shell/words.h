/* Splitting a command line into words: blanks separate, '...' and "..." keep
 * blanks (also inside name="the cat"), a backslash keeps the next character.
 *
 *     Words w;
 *     if (!words_split("attend text=\"the cat\"", &w, &err)) ...
 *     w.items[1]                      -> text=the cat
 *     words_clear(&w);
 */
#ifndef QKV_SHELL_WORDS_H
#define QKV_SHELL_WORDS_H

#include "base/err.h"

typedef struct Words {
    char **items; /* owned; count of them */
    int count;
} Words;

/* ERR_SYNTAX for a quote that does not close. */
bool words_split(const char *line, Words *out, Err *err);
/* "n", "=", "5" and "n=", "5" become "n=5": how parameters are typed by who writes code. */
void words_join_equals(Words *w);
void words_clear(Words *w);

#endif
