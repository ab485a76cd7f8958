/* What is typed while code runs. */
#ifndef QKV_SHELL_AHEAD_H
#define QKV_SHELL_AHEAD_H

#include "shell/session.h"

/* Takes the lines that were typed while something ran: code is kept and comes first at the next
 * entry; Enter alone was for nothing that could be seen, and is forgotten. */
void ahead_take(Session *s);

#endif
