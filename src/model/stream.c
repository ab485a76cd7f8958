/* Streams of bytes.h: parts of a source handed out in order, as bytes or as a tensor's elements. */
#include "config.h"

#include "model/inflate.h"
#include "tensor/copy.h"

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

bool stream_tensor(ByteStream *s, bool big, Tensor *t, Err *err) {
    DType dt = (DType)t->dtype;
    size_t left = (size_t)tensor_numel(t) * dtype_size(dt);
    for (uint8_t *p = tensor_data(t); left;) {
        size_t n = MIN(left, BYTES_CHUNK);
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
    uint8_t *buf = mem_alloc(MIN(left, BYTES_CHUNK));
    bool ok = true;
    for (const uint8_t *p = tensor_data(dense); ok && left;) {
        size_t n = MIN(left, BYTES_CHUNK);
        to_file(dt, p, buf, n);
        ok = sink->put(sink, buf, n, err);
        p += n, left -= n;
    }
    mem_free(buf);
    tensor_release(dense);
    return ok;
}
