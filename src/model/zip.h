/* Zip archives as far as .npz needs them: members stored or deflated, zip64 sizes when reading,
 * one disk, no encryption. PKWARE's APPNOTE.
 *
 *     ZipDir dir = {0};
 *     if (!zip_open(&src, &dir, err)) return false;
 *     for (size_t i = 0; i < dir.count; i++) zip_member(&src, &dir.items[i], &stream, err);
 *     zip_clear(&dir);
 */
#ifndef QKV_MODEL_ZIP_H
#define QKV_MODEL_ZIP_H

#include "model/bytes.h"

typedef struct ZipMember {
    char *name; /* owned; valid UTF-8 without control characters */
    uint64_t offset, packed, size;
    uint32_t crc;
    bool deflated;
} ZipMember;

typedef VEC(ZipMember) ZipDir;

/* Reads the directory at the archive's end. ERR_VALUE: no zip, a member that cannot be read, or
 * the same name twice. */
bool zip_open(const ByteSource *src, ZipDir *dir, Err *err);
void zip_clear(ZipDir *dir);
/* The contents of a member; to be closed. m outlives the stream. */
bool zip_member(const ByteSource *src, const ZipMember *m, ByteStream *out, Err *err);
/* After the last byte: ERR_VALUE when what was read is not what was archived. */
bool zip_verify(const ByteStream *s, const ZipMember *m, Err *err);

/* Writing: each member's header, its `size` bytes (by the caller), at the end the directory.
 * m->offset is set. ERR_VALUE past 4 GiB, where the plain format ends. */
bool zip_put_header(ByteSink *sink, ZipMember *m, uint64_t at, Err *err);
bool zip_put_directory(ByteSink *sink, const ZipDir *dir, uint64_t at, Err *err);
uint64_t zip_header_bytes(const ZipMember *m);

#endif
