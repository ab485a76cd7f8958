/* Files that are whole or absent. Bytes go to a temporary file beside the target, which is synced
 * and then renamed onto it: whatever fails on the way, the old file (or no file) is what is there.
 *
 *     WholeFile f;
 *     if (!whole_open(&f, "w.npy", false, err)) return false;
 *     bool ok = whole_write(&f, bytes, n, err) && ...;
 *     return whole_close(&f, ok, err);
 */
#ifndef QKV_BASE_WHOLE_H
#define QKV_BASE_WHOLE_H

#include "base/err.h"

typedef struct WholeFile {
    char *path, *tmp; /* owned */
    int fd;
} WholeFile;

/* An existing file is only replaced when `replace`: ERR_OS with a hint otherwise. Nothing to
 * close after a failure. */
bool whole_open(WholeFile *f, const char *path, bool replace, Err *err);
/* ERR_OS; ERR_INTERRUPT on Ctrl-C. The file is still to be closed. */
bool whole_write(WholeFile *f, const void *bytes, size_t n, Err *err);
/* keep: puts the file in its place; else only removes the temporary one. True when the file is
 * in its place. */
bool whole_close(WholeFile *f, bool keep, Err *err);

/* Makes the n-th open, write, fsync, close or rename from now on fail (0 = never); for tests. */
void whole_fail_after(long n);

#endif
