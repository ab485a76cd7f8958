/* The keys of a reader: what a line of one letter does while a lesson is read, and Enter alone.
 *
 * A letter that is also a variable of the lesson shows the variable: whoever types `q` beside k
 * and v wants to see the queries. With a dot in front (`.q`) it is the key in any case, also while
 * reading is suspended (`play`). The line under a screen names the keys as they work there.
 */
#ifndef QKV_SHELL_KEYS_H
#define QKV_SHELL_KEYS_H

#include "shell/session.h"

typedef struct ReaderKey {
    const char *key;  /* "" is Enter */
    const char *does; /* in the line under a screen: "goes on"; NULL: it says more elsewhere */
    bool (*offered)(const Session *s); /* has it something to do here? NULL: always */
    bool (*run)(Session *s, Err *err);
} ReaderKey;

/* How many questions `p` asks at a lesson's end. */
enum { READER_QUESTIONS = 3 };

/* In the order of the line under a screen; ends with a NULL key. */
extern const ReaderKey reader_keys[];

/* Runs the key that a typed line is, and shows what went wrong; false: it is none. */
bool reader_key_typed(Session *s, const char *line);
/* How the key is typed now: "c", or ".c" where c is a variable; "Enter". For a line that says what
 * a key would do. */
const char *reader_key_name(const Session *s, const char *key);
/* An entry that is no key: while a lesson is read, `n=12 kind=window` changes its parameters, and
 * code that assigns to one is told apart from that; all else as session_line. */
void reader_entry(Session *s, const char *text);
/* "Enter goes on, b back, ...": appended. all: also what is not offered now, and with dots, so that
 * no line of this lesson is longer. */
void reader_keys_line(const Session *s, bool all, Str *out);

#endif
