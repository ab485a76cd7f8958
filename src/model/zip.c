/* See zip.h. */
#include "config.h"

#include "model/zip.h"

#include "base/utf8.h"

/* Signatures and fixed sizes of the records. */
enum {
    LOCAL_SIG = 0x04034b50,
    LOCAL_BYTES = 30,
    CENTRAL_SIG = 0x02014b50,
    CENTRAL_BYTES = 46,
    END_SIG = 0x06054b50,
    END_BYTES = 22,
    END64_SIG = 0x06064b50,
    END64_BYTES = 56,
    LOCATOR64_SIG = 0x07064b50,
    LOCATOR64_BYTES = 20,
    COMMENT_LIMIT = 65535,
};
#define DEFLATE_RATIO 1032 /* the most that deflate expands a byte to */
#define PLAIN_LIMIT 0xFFFFFFFFu

/* Everything that the directory says of itself. */
typedef struct Directory {
    uint64_t offset, bytes, count;
} Directory;

static bool bad(const ByteSource *src, Err *err, const char *text) {
    return err_set(err, ERR_VALUE, "%s is not a readable zip archive: %s", src->name, text);
}

static bool bad_member(const ByteSource *src, const char *name, Err *err, const char *text) {
    return err_set(err, ERR_VALUE, "%s: the member '%s' %s", src->name, name, text);
}

/* ---- the end of the archive ----------------------------------------------------------------- */

/* Large archives have a second end record, found by a locator in front of the first. */
static bool read_end64(const ByteSource *src, uint64_t end, Directory *d, Err *err) {
    uint8_t loc[LOCATOR64_BYTES], rec[END64_BYTES];
    if (end < LOCATOR64_BYTES) return true;
    if (!source_read(src, end - LOCATOR64_BYTES, loc, sizeof loc, err)) return false;
    if (le32(loc) != LOCATOR64_SIG) return true;
    uint64_t at = le64(loc + 8);
    if (at > end || end - at < END64_BYTES) return bad(src, err, "its zip64 record lies outside");
    if (!source_read(src, at, rec, sizeof rec, err)) return false;
    if (le32(rec) != END64_SIG) return bad(src, err, "its zip64 record is damaged");
    *d = (Directory){.offset = le64(rec + 48), .bytes = le64(rec + 40), .count = le64(rec + 32)};
    return true;
}

/* The end record is the last of its signature whose comment ends where the file does. */
static bool find_end(const ByteSource *src, Directory *d, uint64_t *end, Err *err) {
    size_t n = (size_t)MIN(src->size, (uint64_t)(END_BYTES + COMMENT_LIMIT));
    if (n < END_BYTES) return bad(src, err, "it is too short");
    uint8_t *tail = mem_alloc(n);
    bool ok = source_read(src, src->size - n, tail, n, err);
    const uint8_t *e = NULL;
    for (size_t i = n - END_BYTES + 1; ok && !e && i-- > 0;)
        if (le32(tail + i) == END_SIG && i + END_BYTES + le16(tail + i + 20) == n) e = tail + i;
    if (ok && !e) ok = bad(src, err, "it has no directory at its end");
    if (ok) {
        *d = (Directory){.offset = le32(e + 16), .bytes = le32(e + 12), .count = le16(e + 10)};
        *end = src->size - n + (uint64_t)(e - tail);
        if (le16(e + 4) || le16(e + 6)) ok = bad(src, err, "it is one of several disks");
    }
    mem_free(tail);
    return ok && read_end64(src, *end, d, err);
}

/* ---- the directory -------------------------------------------------------------------------- */

/* Sizes that do not fit 32 bits stand in the extra field 1, in this order, where the plain field
 * is all ones. */
static bool read_extra64(const uint8_t *p, size_t n, ZipMember *m) {
    while (n >= 4) {
        size_t id = le16(p), len = le16(p + 2);
        p += 4, n -= 4;
        if (len > n) return false;
        if (id == 1) {
            uint64_t *const fields[] = {&m->size, &m->packed, &m->offset};
            for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
                if (*fields[i] != PLAIN_LIMIT) continue;
                if (len < 8) return false;
                *fields[i] = le64(p);
                p += 8, len -= 8, n -= 8;
            }
            return true;
        }
        p += len, n -= len;
    }
    return true;
}

static bool name_is_plain(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < 32 || s[i] == 127) return false;
    return n && utf8_valid(s, n);
}

static bool check_member(const ByteSource *src, const ZipMember *m, const uint8_t *rec, Err *err) {
    unsigned method = le16(rec + 10);
    if (le16(rec + 8) & 1) return bad_member(src, m->name, err, "is encrypted");
    if (method != 0 && method != 8) {
        bad_member(src, m->name, err, "is compressed in a way that is not known here");
        return err_hint(err, "numpy.savez and numpy.savez_compressed write what can be read");
    }
    if (m->offset > src->size || m->packed > src->size - m->offset)
        return bad_member(src, m->name, err, "lies outside of the file");
    bool possible = m->deflated ? m->size / DEFLATE_RATIO <= m->packed + 1 : m->size == m->packed;
    return possible || bad_member(src, m->name, err, "has sizes that cannot be");
}

/* One record at p of n bytes left; *used is what it takes. */
static bool read_record(const ByteSource *src, const uint8_t *p, size_t n, ZipDir *dir,
                        size_t *used, Err *err) {
    if (n < CENTRAL_BYTES || le32(p) != CENTRAL_SIG)
        return bad(src, err, "its directory is damaged");
    size_t name = le16(p + 28), extra = le16(p + 30), comment = le16(p + 32);
    *used = CENTRAL_BYTES + name + extra + comment;
    const char *text = (const char *)p + CENTRAL_BYTES;
    if (*used > n) return bad(src, err, "its directory is damaged");
    if (!name_is_plain(text, name)) return bad(src, err, "a member's name is no plain text");
    ZipMember m = {
        .name = mem_strndup(text, name),
        .offset = le32(p + 42),
        .packed = le32(p + 20),
        .size = le32(p + 24),
        .crc = le32(p + 16),
        .deflated = le16(p + 10) == 8,
    };
    bool ok = read_extra64(p + CENTRAL_BYTES + name, extra, &m) || bad(src, err, "zip64");
    ok = ok && check_member(src, &m, p, err);
    if (ok)
        vec_push(dir, m);
    else
        mem_free(m.name);
    return ok;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool check_names(const ByteSource *src, const ZipDir *dir, Err *err) {
    char **names = mem_alloc(sizeof *names * (dir->count + 1));
    bool ok = true;
    for (size_t i = 0; i < dir->count; i++) names[i] = dir->items[i].name;
    qsort(names, dir->count, sizeof *names, by_name);
    for (size_t i = 1; ok && i < dir->count; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            ok = bad_member(src, names[i], err, "is there twice");
    mem_free(names);
    return ok;
}

static bool read_directory(const ByteSource *src, const Directory *d, ZipDir *dir, Err *err) {
    size_t n = (size_t)d->bytes;
    uint8_t *bytes = mem_alloc(n);
    bool ok = source_read(src, d->offset, bytes, n, err);
    for (size_t at = 0, used = 0; ok && at < n; at += used)
        ok = read_record(src, bytes + at, n - at, dir, &used, err);
    mem_free(bytes);
    if (ok && dir->count != d->count) ok = bad(src, err, "its directory's count is wrong");
    return ok && check_names(src, dir, err);
}

bool zip_open(const ByteSource *src, ZipDir *dir, Err *err) {
    Directory d = {0};
    uint64_t end = 0;
    if (!find_end(src, &d, &end, err)) return false;
    if (d.offset > end || d.bytes > end - d.offset)
        return bad(src, err, "its directory lies outside of it");
    ZipDir got = {0};
    if (!memory_admit((size_t)d.bytes * 5, "the archive's directory", err) ||
        !read_directory(src, &d, &got, err)) {
        zip_clear(&got);
        return false;
    }
    *dir = got;
    return true;
}

void zip_clear(ZipDir *dir) {
    for (size_t i = 0; i < dir->count; i++) mem_free(dir->items[i].name);
    vec_clear(dir);
}

/* ---- members -------------------------------------------------------------------------------- */

bool zip_member(const ByteSource *src, const ZipMember *m, ByteStream *out, Err *err) {
    uint8_t local[LOCAL_BYTES];
    if (!source_read(src, m->offset, local, sizeof local, err)) return false;
    if (le32(local) != LOCAL_SIG)
        return bad_member(src, m->name, err, "is not where the directory says");
    uint64_t at = m->offset + LOCAL_BYTES + le16(local + 26) + le16(local + 28);
    if (at > src->size || m->packed > src->size - at)
        return bad_member(src, m->name, err, "lies outside of the file");
    *out =
        m->deflated ? stream_inflate(src, at, m->packed, m->size) : stream_over(src, at, m->packed);
    out->part = m->name;
    out->summed = true;
    return true;
}

bool zip_verify(const ByteStream *s, const ZipMember *m, Err *err) {
    if (s->left == 0 && s->crc == m->crc) return true;
    bad_member(s->src, m->name, err, "is damaged: its checksum is wrong");
    return err_hint(err, "fetch or save the file again");
}

/* ---- writing -------------------------------------------------------------------------------- */

/* What a local header and a directory record share: version needed .. extra length. Members are
 * stored; bit 11: the name is UTF-8; the date is 1980-01-01, so that the same tensors make the
 * same file. */
static void put_common(uint8_t *p, const ZipMember *m) {
    le_put(p, 20, 2);
    le_put(p + 2, 1 << 11, 2);
    le_put(p + 4, 0, 2);
    le_put(p + 6, 0, 2);
    le_put(p + 8, 1 << 5 | 1, 2);
    le_put(p + 10, m->crc, 4);
    le_put(p + 14, m->packed, 4);
    le_put(p + 18, m->size, 4);
    le_put(p + 22, strlen(m->name), 2);
    le_put(p + 24, 0, 2);
}

static bool too_large(uint64_t end, Err *err) {
    if (end < PLAIN_LIMIT) return false;
    err_set(err, ERR_VALUE, "a .npz file of more than 4 GiB is not written here");
    err_hint(err, "save it as .safetensors, or in several files");
    return true;
}

uint64_t zip_header_bytes(const ZipMember *m) {
    return LOCAL_BYTES + strlen(m->name);
}

bool zip_put_header(ByteSink *sink, ZipMember *m, uint64_t at, Err *err) {
    uint8_t b[LOCAL_BYTES];
    uint64_t size = MIN(m->size, (uint64_t)PLAIN_LIMIT);
    if (too_large(at + zip_header_bytes(m) + size, err)) return false;
    m->offset = at;
    le_put(b, LOCAL_SIG, 4);
    put_common(b + 4, m);
    return sink->put(sink, b, sizeof b, err) && sink->put(sink, m->name, strlen(m->name), err);
}

bool zip_put_directory(ByteSink *sink, const ZipDir *dir, uint64_t at, Err *err) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < dir->count; i++) {
        const ZipMember *m = &dir->items[i];
        uint8_t b[CENTRAL_BYTES] = {0};
        le_put(b, CENTRAL_SIG, 4);
        le_put(b + 4, 20, 2);
        put_common(b + 6, m);
        le_put(b + 42, m->offset, 4);
        if (!sink->put(sink, b, sizeof b, err)) return false;
        if (!sink->put(sink, m->name, strlen(m->name), err)) return false;
        bytes += sizeof b + strlen(m->name);
    }
    uint8_t e[END_BYTES] = {0};
    if (dir->count > 65534)
        return err_set(err, ERR_VALUE, "a .npz file holds at most 65534 tensors");
    if (too_large(at + bytes, err)) return false;
    le_put(e, END_SIG, 4);
    le_put(e + 8, dir->count, 2);
    le_put(e + 10, dir->count, 2);
    le_put(e + 12, bytes, 4);
    le_put(e + 16, at, 4);
    return sink->put(sink, e, sizeof e, err);
}
