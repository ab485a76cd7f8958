/* Text longer or wider than the screen goes through the user's pager, as git and
 * psql have it: `set pager`, else $PAGER, else less, else more. */
#ifndef QKV_SHELL_PAGER_H
#define QKV_SHELL_PAGER_H

#include "base/str.h"
#include "term/term.h"

/* Shows what does not fit the screen and waits; own: the command of `set pager`, or NULL. False:
 * nothing was shown, because the text fits or no pager can be started. */
bool pager_show(const char *own, const TermFacts *facts, const Str *text);

#endif
