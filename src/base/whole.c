/* See whole.h. */
#include "config.h"

#include "base/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/stop.h"
#include "base/str.h"

static long fail_countdown;

void whole_fail_after(long n) {
    fail_countdown = n;
}

/* True when the fault injector says that this call is the one to fail: as on a full disk. */
static bool fails(void) {
    if (LIKELY(fail_countdown <= 0) || --fail_countdown > 0) return false;
    errno = ENOSPC;
    return true;
}

static bool cannot(const WholeFile *f, Err *err) {
    return err_set(err, errno == ENOENT ? ERR_FILENOTFOUND : ERR_OS, "cannot write %s: %s", f->path,
                   strerror(errno));
}

static void forget(WholeFile *f) {
    mem_free(f->path);
    mem_free(f->tmp);
    *f = (WholeFile){.fd = -1};
}

bool whole_open(WholeFile *f, const char *path, bool replace, Err *err) {
    if (!replace && access(path, F_OK) == 0) {
        err_set(err, ERR_OS, "%s exists already", path);
        return err_hint(err, "add ! to replace it");
    }
    Str tmp = STR_INIT;
    str_printf(&tmp, "%s.tmp-%ld", path, (long)getpid());
    *f = (WholeFile){.path = mem_strdup(path), .tmp = str_detach(&tmp), .fd = -1};
    if (!fails()) f->fd = open(f->tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (f->fd >= 0) return true;
    cannot(f, err);
    forget(f);
    return false;
}

bool whole_write(WholeFile *f, const void *bytes, size_t n, Err *err) {
    const char *p = bytes;
    while (n) {
        if (INTERRUPTED()) return interrupt_error(err, "interrupted while writing %s", f->path);
        ssize_t k = fails() ? -1 : write(f->fd, p, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return cannot(f, err);
        p += k;
        n -= (size_t)k;
    }
    return true;
}

bool whole_close(WholeFile *f, bool keep, Err *err) {
    bool ok = keep && !fails() && fsync(f->fd) == 0;
    if (keep && !ok) cannot(f, err);
    bool closed = close(f->fd) == 0 && !(ok && fails());
    if (ok && !closed) ok = cannot(f, err);
    if (ok && (fails() || rename(f->tmp, f->path) != 0)) ok = cannot(f, err);
    if (!ok) unlink(f->tmp);
    forget(f);
    return ok;
}
