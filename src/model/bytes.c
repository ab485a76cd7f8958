/* Sources of bytes.h, and numbers. Streams over them: stream.c. */
#include "config.h"

#include "model/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"

static bool cannot_read(const char *path, Err *err) {
    return err_set(err, errno == ENOENT ? ERR_FILENOTFOUND : ERR_OS, "cannot read %s: %s", path,
                   strerror(errno));
}

bool source_open_file(ByteSource *src, const char *path, Err *err) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0) {
        cannot_read(path, err);
        if (fd >= 0) close(fd);
        return false;
    }
    if (!S_ISREG(st.st_mode)) {
        close(fd);
        return err_set(err, ERR_OS, "%s is %s, not a file of tensors", path,
                       S_ISDIR(st.st_mode) ? "a folder" : "a device or a pipe");
    }
    *src = (ByteSource){.name = path, .size = (uint64_t)st.st_size, .fd = fd};
    return true;
}

ByteSource source_memory(const char *name, const void *bytes, size_t n) {
    return (ByteSource){.name = name, .size = n, .mem = bytes, .fd = -1};
}

void source_close(ByteSource *src) {
    if (!src->mem && src->fd >= 0) close(src->fd);
    src->fd = -1;
}

static bool ends_early(const ByteSource *src, Err *err) {
    err_set(err, ERR_VALUE, "%s ends before its contents do: it has %llu bytes", src->name,
            (unsigned long long)src->size);
    return err_hint(err, "the file was cut off; fetch or save it again");
}

bool source_read(const ByteSource *src, uint64_t at, void *dst, size_t n, Err *err) {
    if (at > src->size || n > src->size - at) return ends_early(src, err);
    if (src->mem) {
        if (n) memcpy(dst, src->mem + at, n);
        return true;
    }
    for (char *p = dst; n;) {
        if (INTERRUPTED()) return interrupt_error(err, "interrupted while reading %s", src->name);
        ssize_t k = pread(src->fd, p, MIN(n, BYTES_CHUNK), (off_t)at);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) return cannot_read(src->name, err);
        if (k == 0) return ends_early(src, err); /* it shrank meanwhile */
        p += k, at += (uint64_t)k, n -= (size_t)k;
    }
    return true;
}

const char *stream_name(const ByteStream *s, Str *buf) {
    str_reset(buf);
    str_add(buf, s->src->name);
    if (s->part) str_printf(buf, ": %s", s->part);
    return str_cstr(buf);
}

void le_put(uint8_t *p, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++) p[i] = (uint8_t)(v >> 8 * i);
}
