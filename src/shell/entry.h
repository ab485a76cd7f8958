/* What was typed or pasted, made into code: prompts of a session and the indentation of its place
 * are taken off, and lines that only IPython understands (`%matplotlib inline`, `!pip install`) are
 * left out of it, so that what follows them runs.
 */
#ifndef QKV_SHELL_ENTRY_H
#define QKV_SHELL_ENTRY_H

#include "shell/session.h"

/* The code of an entry; line numbers stay. left_out (may be NULL) gets the lines left out, one a
 * line. */
void entry_clean(const char *text, Str *code, Str *left_out);
/* What stands here for a line that was left out; NULL: nothing known. */
const char *entry_instead(const char *line);
/* Does the code need more lines? Code, not an entry: it was cleaned. */
bool entry_incomplete(const char *code, size_t n);
/* Does a line begin with `>>>` or `In [3]:`? */
bool entry_is_session(const char *line);

#endif
