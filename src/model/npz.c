/* NumPy's .npz: a zip archive with a NAME.npy for every array. Stored or deflated members are
 * read; stored ones are written, as numpy.savez does. */
#include "config.h"

#include "model/inflate.h"
#include "model/npy.h"
#include "model/tensors.h"
#include "model/zip.h"

/* ---- reading --------------------------------------------------------------------------------- */

/* "q.npy" -> 1, "q.txt" -> an error. */
static bool array_name(const ByteSource *src, const char *member, size_t *len, Err *err) {
    size_t n = strlen(member);
    if (n > 4 && strcmp(member + n - 4, ".npy") == 0) {
        *len = n - 4;
        return true;
    }
    err_set(err, ERR_VALUE, "%s: the member '%s' is no .npy array", src->name, member);
    return err_hint(err, "numpy.savez writes archives of arrays alone");
}

static bool read_member(const ByteSource *src, const ZipMember *m, TensorSet *set, Err *err) {
    size_t len = 0;
    ByteStream s;
    Tensor *t = NULL;
    if (!array_name(src, m->name, &len, err) || !zip_member(src, m, &s, err)) return false;
    bool ok = npy_read(&s, &t, err) && zip_verify(&s, m, err);
    stream_close(&s);
    if (ok)
        tensors_add_take(set, m->name, len, t);
    else
        tensor_release(t);
    return ok;
}

static bool read_file(const ByteSource *src, TensorSet *set, Err *err) {
    ZipDir dir = {0};
    if (!zip_open(src, &dir, err)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < dir.count; i++) ok = read_member(src, &dir.items[i], set, err);
    zip_clear(&dir);
    return ok;
}

/* ---- writing: every array goes through npy_write twice, first for its checksum -------------- */

typedef struct CrcSink {
    ByteSink sink; /* first */
    uint32_t crc;
} CrcSink;

static bool crc_put(ByteSink *sink, const void *bytes, size_t n, Err *err) {
    UNUSED(err);
    CrcSink *c = (CrcSink *)sink;
    c->crc = crc_add(c->crc, bytes, n);
    return true;
}

static bool write_member(ByteSink *sink, const NamedTensor *nt, ZipDir *dir, uint64_t *at,
                         Err *err) {
    CrcSink sum = {.sink = {crc_put}};
    if (!npy_write(&sum.sink, nt->name, nt->t, err)) return false;
    Str name = STR_INIT;
    str_printf(&name, "%s.npy", nt->name);
    if (name.len > 65535) {
        str_clear(&name);
        return err_set(err, ERR_VALUE, "a tensor's name is longer than 65531 bytes");
    }
    uint64_t bytes = npy_bytes(nt->t);
    vec_push(dir, (ZipMember){
                      .name = str_detach(&name), .size = bytes, .packed = bytes, .crc = sum.crc});
    ZipMember *m = &dir->items[dir->count - 1];
    if (!zip_put_header(sink, m, *at, err)) return false;
    *at += zip_header_bytes(m) + bytes;
    return npy_write(sink, nt->name, nt->t, err);
}

static bool write_file(ByteSink *sink, const TensorSet *set, Err *err) {
    ZipDir dir = {0};
    uint64_t at = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < set->count; i++)
        ok = write_member(sink, &set->items[i], &dir, &at, err);
    ok = ok && zip_put_directory(sink, &dir, at, err);
    zip_clear(&dir);
    return ok;
}

const TensorFormat format_npz = {
    .ending = ".npz",
    .what = "NumPy's archive of arrays",
    .read = read_file,
    .write = write_file,
};
