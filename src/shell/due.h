/* What of the record concerns the whole session: a line at the start, and forgetting it. */
#ifndef QKV_SHELL_DUE_H
#define QKV_SHELL_DUE_H

#include "shell/session.h"

/* One line when questions are due or the day of the exam is near; nothing where nothing was ever
 * answered. No item is read for it. */
void due_tell(Session *s);
/* Forgets every answer behind a copy in the state folder, which is named. Without a copy nothing is
 * forgotten. */
bool progress_forget(Session *s, Err *err);

#endif
