/* Inflating a part of a file as it is read: zlib's only user, with crc32. */
#ifndef QKV_MODEL_INFLATE_H
#define QKV_MODEL_INFLATE_H

#include "model/bytes.h"

typedef struct Inflater Inflater;
Inflater *inflater_new(void); /* raw deflate data, as zip files have it */
void inflater_free(Inflater *z);
/* Exactly n more bytes of s into dst: ERR_VALUE when the compressed data are damaged or end. */
bool inflater_read(ByteStream *s, void *dst, size_t n, Err *err);

/* CRC-32 of what `crc` is of and these bytes behind it; 0 to begin with. */
uint32_t crc_add(uint32_t crc, const void *bytes, size_t n);

#endif
