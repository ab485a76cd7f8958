/* See bytes.h. */
#include "config.h"

#include "model/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"
#include "model/inflate.h"
#include "tensor/copy.h"

/* Bytes moved between two looks at Ctrl-C; a multiple of every element's size. */
#define CHUNK ((size_t)1 << 18)

/* ---- sources ------------------------------------------------------------------------------- */

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
        ssize_t k = pread(src->fd, p, MIN(n, CHUNK), (off_t)at);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) return cannot_read(src->name, err);
        if (k == 0) return ends_early(src, err); /* it shrank meanwhile */
        p += k, at += (uint64_t)k, n -= (size_t)k;
    }
    return true;
}

/* ---- streams ------------------------------------------------------------------------------- */

ByteStream stream_over(const ByteSource *src, uint64_t at, uint64_t n) {
    return (ByteStream){.src = src, .at = at, .raw = n, .left = n};
}

ByteStream stream_inflate(const ByteSource *src, uint64_t at, uint64_t n, uint64_t size) {
    return (ByteStream){.src = src, .at = at, .raw = n, .left = size, .inflater = inflater_new()};
}

void stream_close(ByteStream *s) {
    inflater_free(s->inflater);
    s->inflater = NULL;
}

const char *stream_name(const ByteStream *s, Str *buf) {
    str_reset(buf);
    str_add(buf, s->src->name);
    if (s->part) str_printf(buf, ": %s", s->part);
    return str_cstr(buf);
}

bool stream_read(ByteStream *s, void *dst, size_t n, Err *err) {
    if (n > s->left) {
        Str name = STR_INIT;
        err_set(err, ERR_VALUE, "%s ends %llu bytes too early", stream_name(s, &name),
                (unsigned long long)(n - s->left));
        str_clear(&name);
        return err_hint(err, "the file was cut off; fetch or save it again");
    }
    if (s->inflater) {
        if (!inflater_read(s, dst, n, err)) return false;
    } else {
        if (!source_read(s->src, s->at, dst, n, err)) return false;
        s->at += n;
        s->raw -= n;
    }
    s->left -= n;
    if (s->summed) s->crc = crc_add(s->crc, dst, n);
    return true;
}

/* ---- elements ------------------------------------------------------------------------------ */

/* The number that stands in a unit: an element, or half of a complex one. */
static size_t unit_size(DType dt) {
    return dt == DT_C64 ? 4 : dtype_size(dt);
}

/* n bytes of a file's units at p -> this machine's, in place. The loops compile to moves (or byte
 * swaps) where the orders agree (or not). */
static void from_file(DType dt, bool big, uint8_t *p, size_t n) {
    size_t w = unit_size(dt);
    for (size_t i = 0; dt == DT_BOOL && i < n; i++) p[i] = p[i] != 0;
    for (uint8_t *end = p + n; w == 2 && p < end; p += 2) {
        uint16_t v = big ? (uint16_t)(p[0] << 8 | p[1]) : le16(p);
        memcpy(p, &v, sizeof v);
    }
    for (uint8_t *end = p + n; w == 4 && p < end; p += 4) {
        uint32_t v = le32(p);
        if (big) v = __builtin_bswap32(v);
        memcpy(p, &v, sizeof v);
    }
    for (uint8_t *end = p + n; w == 8 && p < end; p += 8) {
        uint64_t v = le64(p);
        if (big) v = __builtin_bswap64(v);
        memcpy(p, &v, sizeof v);
    }
}

static void to_file(DType dt, const uint8_t *src, uint8_t *dst, size_t n) {
    size_t w = unit_size(dt);
    if (w == 1) memcpy(dst, src, n);
    for (size_t i = 0; w == 2 && i < n; i += 2) {
        uint16_t v;
        memcpy(&v, src + i, sizeof v);
        le_put(dst + i, v, 2);
    }
    for (size_t i = 0; w == 4 && i < n; i += 4) {
        uint32_t v;
        memcpy(&v, src + i, sizeof v);
        le_put(dst + i, v, 4);
    }
    for (size_t i = 0; w == 8 && i < n; i += 8) {
        uint64_t v;
        memcpy(&v, src + i, sizeof v);
        le_put(dst + i, v, 8);
    }
}

void le_put(uint8_t *p, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++) p[i] = (uint8_t)(v >> 8 * i);
}

bool stream_tensor(ByteStream *s, bool big, Tensor *t, Err *err) {
    DType dt = (DType)t->dtype;
    size_t left = (size_t)tensor_numel(t) * dtype_size(dt);
    for (uint8_t *p = tensor_data(t); left;) {
        size_t n = MIN(left, CHUNK);
        if (!stream_read(s, p, n, err)) return false;
        from_file(dt, big, p, n);
        p += n, left -= n;
    }
    return true;
}

bool sink_tensor(ByteSink *sink, const Tensor *t, Err *err) {
    DType dt = (DType)t->dtype;
    Tensor *dense = NULL;
    if (!tensor_contiguous(t, &dense, err)) return false;
    size_t left = (size_t)tensor_numel(t) * dtype_size(dt);
    uint8_t *buf = mem_alloc(MIN(left, CHUNK));
    bool ok = true;
    for (const uint8_t *p = tensor_data(dense); ok && left;) {
        size_t n = MIN(left, CHUNK);
        to_file(dt, p, buf, n);
        ok = sink->put(sink, buf, n, err);
        p += n, left -= n;
    }
    mem_free(buf);
    tensor_release(dense);
    return ok;
}
