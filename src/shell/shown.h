/* Figures that were shown, for `export`, `once` and --export: the last ones, each by the name that
 * it was shown under. */
#ifndef QKV_SHELL_SHOWN_H
#define QKV_SHELL_SHOWN_H

#include "export/export.h"
#include "shell/session.h"

/* A view has just been shown: kept if it is a figure. */
void shown_keep(Session *s, View *v);
/* Writes the figure that `once` waited for, if it has come; *path: where to, owned, untouched where
 * none has. */
bool shown_write_once(Session *s, char **path, Err *err);
/* Retained: the last figure, the last one of a name; NULL: there is none. */
View *shown_last(const Session *s);
View *shown_named(const Session *s, const char *name);
/* A figure of that name, else the variable's tensor; retained. ERR_NAME: neither is there. */
View *shown_or_variable(Session *s, const char *name, Err *err);
/* What --theme, --force and --page say. */
ExportOptions shown_options(const Session *s);
/* Writes what --export asked for, and says so on stderr. */
bool shown_export_asked(Session *s, Err *err);
void shown_free(Session *s);

#endif
