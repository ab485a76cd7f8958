/* What the fuzz targets of files of tensors do: any bytes as such a file, under a small memory
 * limit. What is read can be written and read again, unchanged; what is refused is named. */
#ifndef QKV_TESTS_FUZZ_TENSORS_H
#define QKV_TESTS_FUZZ_TENSORS_H

#include "model/tensors.h"

typedef struct StrSink {
    ByteSink sink; /* first */
    Str out;
} StrSink;

static bool str_put(ByteSink *sink, const void *bytes, size_t n, Err *err) {
    UNUSED(err);
    str_addn(&((StrSink *)sink)->out, bytes, n);
    return true;
}

static void write_all(const TensorFormat *f, const TensorSet *set, StrSink *s, Err *err) {
    *s = (StrSink){.sink = {str_put}};
    if (!f->write(&s->sink, set, err)) BUG("cannot write what was read: %s", err->msg);
}

static void check_again(const TensorFormat *f, const TensorSet *set, Err *err) {
    StrSink first, second;
    TensorSet again = {0};
    write_all(f, set, &first, err);
    ByteSource src = source_memory("again", first.out.buf, first.out.len);
    if (!f->read(&src, &again, err)) BUG("cannot read what was written: %s", err->msg);
    write_all(f, &again, &second, err);
    if (first.out.len != second.out.len || memcmp(first.out.buf, second.out.buf, first.out.len))
        BUG("what was read changed on the way");
    tensors_clear(&again);
    str_clear(&first.out);
    str_clear(&second.out);
}

static inline int fuzz_tensors(const TensorFormat *f, const uint8_t *data, size_t size) {
    TensorSet set = {0};
    Err err = {0};
    memory_limit_set((size_t)16 << 20);
    ByteSource src = source_memory("f", data, size);
    if (f->read(&src, &set, &err))
        check_again(f, &set, &err);
    else if (err.kind == ERR_OK || !err.msg)
        BUG("an error without a text");
    tensors_clear(&set);
    err_clear(&err);
    return 0;
}

#endif
