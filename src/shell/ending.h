/* Does Enter end the entry? A line that is whole is run; a block goes on up to a blank line when it
 * is typed, and ends at once when it came in one piece: recalled from the history, or pasted. Keys
 * that are waiting when a line ends are a paste without brackets: a blank line in it ends a block
 * only where the next line does not go on with it.
 *
 *     Ending e = ending_begin(s, input_waits);
 *     switch (ending_at(&e, "for i in x:")) ...          -> ENDING_GOES_ON
 */
#ifndef QKV_SHELL_ENDING_H
#define QKV_SHELL_ENDING_H

#include "shell/session.h"

typedef enum EndingKind {
    ENDING_GOES_ON,
    ENDING_HERE,
    ENDING_BEFORE /* at e->closed bytes: the line behind it begins the next entry */
} EndingKind;

typedef struct Ending {
    Session *s;
    bool (*waits)(int ms); /* is there something to read within so many milliseconds? */
    bool pasted;           /* keys were waiting: no person types this */
    bool session;          /* a paste of a session, prompts and output: all of it is one entry */
    bool typing;           /* Enter began the lines so far */
    size_t typed_lines;    /* so many newlines are Enter's */
    size_t closed;         /* pasted: bytes up to a blank line that may end the block; 0: none */
} Ending;

Ending ending_begin(Session *s, bool (*waits)(int ms));
/* Enter was typed behind the text. */
EndingKind ending_at(Ending *e, const char *text);
/* Enter is about to begin a new line: do keys wait? */
void ending_look(Ending *e);
/* Enter began a new line; text has its newline already. */
void ending_went_on(Ending *e, const char *text);
/* Spaces that the line behind `text` begins with: as deep as its last line, one deeper after a
 * colon, one less after a statement that leaves the block; none in a paste. */
int ending_indent(const Ending *e, const char *text, size_t n);

#endif
