/* See inflate.h. */
#include "config.h"

#include "model/inflate.h"

#include <zlib.h>

enum { IN_BYTES = 1 << 16 };

struct Inflater {
    z_stream z;
    uint8_t in[IN_BYTES];
};

static void *z_alloc(void *ctx, unsigned items, unsigned size) {
    UNUSED(ctx);
    return mem_zero((size_t)items * size);
}

static void z_free(void *ctx, void *p) {
    UNUSED(ctx);
    mem_free(p);
}

Inflater *inflater_new(void) {
    Inflater *f = mem_zero(sizeof *f);
    f->z.zalloc = z_alloc;
    f->z.zfree = z_free;
    if (inflateInit2(&f->z, -MAX_WBITS) != Z_OK) BUG("zlib: %s", f->z.msg ? f->z.msg : "version");
    return f;
}

void inflater_free(Inflater *f) {
    if (!f) return;
    inflateEnd(&f->z);
    mem_free(f);
}

static bool damaged(const ByteStream *s, Err *err) {
    Str name = STR_INIT;
    err_set(err, ERR_VALUE, "%s: the compressed data are damaged", stream_name(s, &name));
    str_clear(&name);
    return err_hint(err, "fetch or save the file again");
}

static bool refill(ByteStream *s, Err *err) {
    Inflater *f = s->inflater;
    size_t n = (size_t)MIN(s->raw, (uint64_t)IN_BYTES);
    if (!source_read(s->src, s->at, f->in, n, err)) return false;
    s->at += n;
    s->raw -= n;
    f->z.next_in = f->in;
    f->z.avail_in = (unsigned)n;
    return true;
}

bool inflater_read(ByteStream *s, void *dst, size_t n, Err *err) {
    Inflater *f = s->inflater;
    uint8_t *p = dst;
    while (n) {
        if (!f->z.avail_in && s->raw && !refill(s, err)) return false;
        unsigned want = (unsigned)MIN(n, (size_t)1 << 30);
        f->z.next_out = p;
        f->z.avail_out = want;
        int code = inflate(&f->z, Z_NO_FLUSH);
        size_t got = want - f->z.avail_out;
        p += got;
        n -= got;
        bool ended = code == Z_STREAM_END || (!got && !f->z.avail_in && !s->raw);
        if (n && (ended || (code != Z_OK && code != Z_BUF_ERROR))) return damaged(s, err);
    }
    return true;
}

uint32_t crc_add(uint32_t crc, const void *bytes, size_t n) {
    return (uint32_t)crc32_z(crc, bytes, n);
}
