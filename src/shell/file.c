/* See file.h. */
#include "config.h"

#include "shell/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/str.h"
#include "base/whole.h"

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

void file_put(int fd, const char *p, size_t n) {
    while (n) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return;
        p += k;
        n -= (size_t)k;
    }
}

bool file_write_whole(const char *path, const char *bytes, size_t n, bool replace, Err *err) {
    WholeFile f;
    if (!whole_open(&f, path, replace, err)) return false;
    return whole_close(&f, whole_write(&f, bytes, n, err), err);
}

bool file_has_ending(const char *path, const char *ending) {
    size_t n = strlen(path), k = strlen(ending);
    return n > k && strcmp(path + n - k, ending) == 0;
}

char *file_expand(const char *path) {
    const char *home = getenv("HOME");
    if (strncmp(path, "~/", 2) != 0 || !home || !*home) return mem_strdup(path);
    Str s = STR_INIT;
    str_printf(&s, "%s%s", home, path + 1);
    return str_detach(&s);
}
