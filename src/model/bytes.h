/* Bytes of files, in and out, without any assumption about this machine's byte order.
 *
 * A ByteSource is random access to a whole file (or a piece of memory: tests, fuzzing); a
 * ByteStream hands out the bytes of one part of it in order, as they lie there or inflated; a
 * ByteSink takes what a writer makes. Nothing is read beyond a source's size, and no reader
 * allocates by a number in a file before that number was checked against the file's size and the
 * memory limit.
 *
 *     ByteSource src;
 *     if (!source_open_file(&src, "w.npy", err)) return false;
 *     ByteStream s = stream_over(&src, 0, src.size);
 *     bool ok = stream_read(&s, buf, 6, err);
 *     source_close(&src);
 */
#ifndef QKV_MODEL_BYTES_H
#define QKV_MODEL_BYTES_H

#include "base/err.h"
#include "tensor/tensor.h"

/* Bytes moved between two looks at Ctrl-C; a multiple of every element's size. */
#define BYTES_CHUNK ((size_t)1 << 18)

typedef struct ByteSource {
    const char *name; /* for messages; borrowed */
    uint64_t size;
    const uint8_t *mem; /* borrowed, or NULL: */
    int fd;
} ByteSource;

/* path is borrowed until the source is closed. ERR_FILENOTFOUND, ERR_OS (also for what is no
 * regular file: its size could not be checked against). */
bool source_open_file(ByteSource *src, const char *path, Err *err);
ByteSource source_memory(const char *name, const void *bytes, size_t n);
void source_close(ByteSource *src);
/* Bytes [at, at + n): ERR_VALUE when the source ends before, ERR_OS, ERR_INTERRUPT. */
bool source_read(const ByteSource *src, uint64_t at, void *dst, size_t n, Err *err);

typedef struct ByteStream {
    const ByteSource *src;
    uint64_t at;      /* of the next raw byte in src */
    uint64_t raw;     /* raw bytes left */
    uint64_t left;    /* bytes left to hand out */
    const char *part; /* the part's name inside the source, for messages; NULL: all of it */
    struct Inflater *inflater; /* NULL: raw bytes are handed out as they are; owned */
    bool summed;               /* crc is the CRC-32 of what was handed out */
    uint32_t crc;
} ByteStream;

ByteStream stream_over(const ByteSource *src, uint64_t at, uint64_t n);
/* `size` bytes, inflated from n raw ones. */
ByteStream stream_inflate(const ByteSource *src, uint64_t at, uint64_t n, uint64_t size);
void stream_close(ByteStream *s);
/* Exactly n bytes, or ERR_VALUE. */
bool stream_read(ByteStream *s, void *dst, size_t n, Err *err);
/* Fills a contiguous tensor with elements of its dtype, the most significant byte first when
 * big. */
bool stream_tensor(ByteStream *s, bool big, Tensor *t, Err *err);
/* "w.npz: q", for messages; borrowed until the next call with the same Str. */
const char *stream_name(const ByteStream *s, Str *buf);

/* put is called with pieces of the file in order. */
typedef struct ByteSink {
    bool (*put)(struct ByteSink *sink, const void *bytes, size_t n, Err *err);
} ByteSink;
/* The elements of t in row-major order, the least significant byte first. t may have any strides.
 */
bool sink_tensor(ByteSink *sink, const Tensor *t, Err *err);

/* Numbers at p, which need not be aligned. */
static inline uint16_t le16(const uint8_t *p) {
    return (uint16_t)(p[0] | p[1] << 8);
}
static inline uint32_t le32(const uint8_t *p) {
    return le16(p) | (uint32_t)le16(p + 2) << 16;
}
static inline uint64_t le64(const uint8_t *p) {
    return le32(p) | (uint64_t)le32(p + 4) << 32;
}
void le_put(uint8_t *p, uint64_t v, int bytes);

#endif
