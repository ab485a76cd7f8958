/* See file.h. */
#include "config.h"

#include "shell/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

static bool cannot(Err *err, const char *verb, const char *path) {
    return err_set(err, errno == ENOENT ? ERR_FILENOTFOUND : ERR_OS, "cannot %s %s: %s", verb, path,
                   strerror(errno));
}

bool file_read(const char *path, size_t limit, char **text, size_t *len, Err *err) {
    bool in = strcmp(path, "-") == 0, ok = false;
    int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return cannot(err, "read", path);
    Str s = STR_INIT;
    for (;;) {
        str_reserve(&s, 65536);
        ssize_t n = read(fd, s.buf + s.len, 65536);
        if (n < 0 && errno == EINTR && !INTERRUPTED()) continue;
        if (n < 0) {
            if (errno == EINTR)
                err_set(err, ERR_INTERRUPT, "interrupted while reading %s", path);
            else
                cannot(err, "read", path);
            goto out;
        }
        if (n == 0) break;
        s.len += (size_t)n;
        if (s.len > limit) {
            err_set(err, ERR_VALUE, "%s is longer than the limit of %zu MiB",
                    in ? "standard input" : path, limit >> 20);
            goto out;
        }
    }
    s.buf[s.len] = '\0';
    *len = s.len;
    *text = str_detach(&s);
    ok = true;
out:
    if (!in) close(fd);
    str_clear(&s);
    return ok;
}

bool file_write_whole(const char *path, const char *bytes, size_t n, bool replace, Err *err) {
    if (!replace && access(path, F_OK) == 0) {
        err_set(err, ERR_OS, "%s exists already", path);
        return err_hint(err, "add ! to replace it");
    }
    Str tmp = STR_INIT;
    str_printf(&tmp, "%s.tmp-%ld", path, (long)getpid());
    int fd = open(str_cstr(&tmp), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool ok = fd >= 0;
    while (ok && n) {
        ssize_t k = write(fd, bytes, n);
        if (k < 0 && errno == EINTR) continue;
        ok = k > 0;
        if (ok) bytes += k, n -= (size_t)k;
    }
    ok = ok && fsync(fd) == 0;
    if (fd >= 0 && close(fd) != 0) ok = false;
    ok = ok && rename(str_cstr(&tmp), path) == 0;
    if (!ok) {
        cannot(err, "write", path);
        if (fd >= 0) unlink(str_cstr(&tmp));
    }
    str_clear(&tmp);
    return ok;
}

bool file_has_ending(const char *path, const char *ending) {
    size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}
