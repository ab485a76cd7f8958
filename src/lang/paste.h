/* Code copied from a session or a notebook: prompts are taken out of the text.
 *
 * When the first line that is not blank begins with a prompt (`>>>`, or `In [3]:`),
 * every line counts as one of a session: behind `>>>`, `...`, `In [3]:` and `   ...:`
 * stands code, everything else is output. Lines of output become empty lines, so that
 * line numbers stay those of the pasted text. Any other text stays as it is.
 *
 *     Str code = STR_INIT;
 *     if (paste_strip_prompts(text, len, &code)) ...   (code.buf instead of text)
 */
#ifndef QKV_LANG_PASTE_H
#define QKV_LANG_PASTE_H

#include "base/str.h"

/* True when prompts were found: *out is then the code. False: *out is untouched. */
bool paste_strip_prompts(const char *text, size_t len, Str *out);

/* Takes the indentation of the first line that is not blank off every line, as far as a line has
 * it: code copied out of a function or a page. False, and *out untouched, when there is none. */
bool paste_dedent(const char *text, size_t len, Str *out);

#endif
