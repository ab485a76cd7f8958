/* Files that a person named: read with a limit, written whole or not at all. */
#ifndef QKV_SHELL_FILE_H
#define QKV_SHELL_FILE_H

#include "base/err.h"

/* The whole file, NUL-terminated, owned; "-" is standard input. ERR_FILENOTFOUND, ERR_OS,
 * or ERR_VALUE when it is longer than limit. */
bool file_read(const char *path, size_t limit, char **text, size_t *len, Err *err);
/* All of it to an open file: interrupted writes go on; a reader that went away ends them. */
void file_put(int fd, const char *p, size_t n);
/* Whole or not at all (base/whole.h). An existing file is only replaced when `replace`. */
bool file_write_whole(const char *path, const char *bytes, size_t n, bool replace, Err *err);
bool file_has_ending(const char *path, const char *ending);
/* "~/x" -> "$HOME/x", everything else as it is; owned. */
char *file_expand(const char *path);

#endif
