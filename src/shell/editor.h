/* The line editor: one entry of the prompt, of one line or of many.
 *
 *     editor_open(s);
 *     Str text = STR_INIT;
 *     if (editor_read(s, "qkv> ", "...> ", &text) == ENTRY_TEXT) ...
 */
#ifndef QKV_SHELL_EDITOR_H
#define QKV_SHELL_EDITOR_H

#include <signal.h>

#include "shell/session.h"

typedef enum Entry { ENTRY_TEXT, ENTRY_CANCELLED, ENTRY_END } Entry;

/* The terminal is gone, or somebody wants an end: read no more. */
extern volatile sig_atomic_t editor_hung_up;

/* Once, before the first entry: readline as a person has set it up, with our keys. */
void editor_open(Session *s);
/* The prompts are readline's: \001 and \002 around what takes no columns. Appends what was typed;
 * ENTRY_END at the end of input, where a line end was written. */
Entry editor_read(Session *s, const char *prompt, const char *more, Str *text);

#endif
