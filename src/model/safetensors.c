/* safetensors: 64 bits of header length, a JSON object (name -> dtype, shape, data_offsets), the
 * elements little-endian and row-major, without gaps or overlaps. The format's description in
 * github.com/huggingface/safetensors.
 */
#include "config.h"

#include <jansson.h>

#include "model/tensors.h"

enum {
    LENGTH_BYTES = 8,
    HEADER_LIMIT = 16 << 20, /* 100,000 tensors take 10 MB */
    HEADER_COST = 24,        /* bytes of parsed JSON that a byte of text can become */
    ALIGN = 8
};

static const char *const dtype_words[DT_COUNT] = {
    [DT_BOOL] = "BOOL", [DT_U8] = "U8",   [DT_I8] = "I8",   [DT_I16] = "I16",
    [DT_I32] = "I32",   [DT_I64] = "I64", [DT_F16] = "F16", [DT_BF16] = "BF16",
    [DT_F32] = "F32",   [DT_F64] = "F64", [DT_C64] = "C64",
};

/* A tensor of the header, and where its elements are in the data. */
typedef struct Entry {
    const char *name; /* borrowed from the JSON, or from the set that is written */
    DType dt;
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    uint64_t begin, end;
    size_t place; /* in the file's or the set's own order */
} Entry;

typedef VEC(Entry) Entries;

/* ---- the header ------------------------------------------------------------------------------ */

static bool bad(const ByteSource *src, Err *err, const char *text) {
    return err_set(err, ERR_VALUE, "%s is not a readable safetensors file: %s", src->name, text);
}

static bool bad_tensor(const ByteSource *src, const char *name, Err *err, const char *text) {
    return err_set(err, ERR_VALUE, "%s: tensor '%s' %s", src->name, name, text);
}

/* A header is objects in an object with short lists of numbers. Checked before the parser sees
 * it, so that no text makes it build more than a small multiple of itself. */
static bool is_shallow(const char *p, size_t n) {
    int depth = 0, items = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (quoted) {
            if (c == '\\') i++;
            quoted = c != '"';
        } else if (c == '"')
            quoted = true;
        else if (c == '{' || c == '[') {
            items = 0;
            if (++depth > 3) return false;
        } else if (c == '}' || c == ']')
            depth--;
        else if (c == ',' && depth == 3 && ++items >= TENSOR_MAX_DIM)
            return false;
    }
    return true;
}

static bool read_json(const ByteSource *src, uint64_t len, json_t **out, Err *err) {
    if (len > HEADER_LIMIT) return bad(src, err, "its header is longer than 16 MiB");
    if (!memory_admit((size_t)len * HEADER_COST, "the header", err)) return false;
    char *text = mem_alloc((size_t)len);
    json_error_t why;
    bool ok = source_read(src, LENGTH_BYTES, text, (size_t)len, err);
    if (ok && (!len || text[0] != '{')) ok = bad(src, err, "its header is no JSON object");
    if (ok && !is_shallow(text, (size_t)len)) ok = bad(src, err, "its header is nested too deep");
    json_t *j = ok ? json_loadb(text, (size_t)len, JSON_REJECT_DUPLICATES, &why) : NULL;
    mem_free(text);
    if (ok && !j) return bad(src, err, why.text);
    *out = j;
    return ok;
}

static bool read_dtype(const ByteSource *src, const char *name, const json_t *j, Entry *e,
                       Err *err) {
    const char *word = json_string_value(json_object_get(j, "dtype"));
    if (!word) return bad_tensor(src, name, err, "has no dtype");
    for (int i = 0; i < DT_COUNT; i++)
        if (strcmp(dtype_words[i], word) == 0) {
            e->dt = (DType)i;
            return true;
        }
    return err_set(err, ERR_VALUE, "%s: tensor '%s' is of type %.40s, which tensors here cannot be",
                   src->name, name, word);
}

static bool read_shape(const ByteSource *src, const char *name, const json_t *j, Entry *e,
                       Err *err) {
    const json_t *shape = json_object_get(j, "shape");
    if (!json_is_array(shape) || json_array_size(shape) > TENSOR_MAX_DIM)
        return bad_tensor(src, name, err, "has no shape of at most 16 sizes");
    e->ndim = (int)json_array_size(shape);
    for (int d = 0; d < e->ndim; d++) {
        const json_t *size = json_array_get(shape, (size_t)d);
        e->shape[d] = json_integer_value(size);
        if (!json_is_integer(size) || e->shape[d] < 0)
            return bad_tensor(src, name, err, "has a size that is no whole number");
    }
    return true;
}

/* data_offsets, and that they are as far apart as dtype and shape say. */
static bool read_offsets(const ByteSource *src, const char *name, const json_t *j, Entry *e,
                         Err *err) {
    const json_t *at = json_object_get(j, "data_offsets");
    const json_t *b = json_array_get(at, 0), *f = json_array_get(at, 1);
    bool ok = json_array_size(at) == 2 && json_is_integer(b) && json_is_integer(f);
    json_int_t begin = json_integer_value(b), end = json_integer_value(f);
    if (!ok || begin < 0 || end < begin)
        return bad_tensor(src, name, err, "has no data_offsets [begin, end]");
    uint64_t want = dtype_size(e->dt);
    bool empty = false, fits = true;
    for (int d = 0; d < e->ndim; d++) empty = empty || e->shape[d] == 0;
    for (int d = 0; d < e->ndim && !empty; d++)
        fits = fits && !__builtin_mul_overflow(want, (uint64_t)e->shape[d], &want);
    e->begin = (uint64_t)begin;
    e->end = (uint64_t)end;
    if (fits && e->end - e->begin == (empty ? 0 : want)) return true;
    return bad_tensor(src, name, err, "has data_offsets that its dtype and shape do not fill");
}

static bool read_entries(const ByteSource *src, json_t *header, Entries *out, Err *err) {
    const char *name;
    json_t *j;
    json_object_foreach(header, name, j) {
        if (strcmp(name, "__metadata__") == 0) continue;
        Entry e = {.name = name, .place = out->count};
        if (!json_is_object(j)) return bad_tensor(src, name, err, "is described by no object");
        if (!read_dtype(src, name, j, &e, err) || !read_shape(src, name, j, &e, err) ||
            !read_offsets(src, name, j, &e, err))
            return false;
        vec_push(out, e);
    }
    return true;
}

static int by_begin(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static int by_place(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void sort(Entries *list, int (*order)(const void *, const void *)) {
    if (list->count) qsort(list->items, list->count, sizeof *list->items, order);
}

/* The tensors fill the data from end to end: nothing hides between or behind them. */
static bool check_layout(const ByteSource *src, Entries *list, uint64_t bytes, Err *err) {
    uint64_t at = 0;
    bool ok = true;
    sort(list, by_begin);
    for (size_t i = 0; ok && i < list->count; i++) {
        const Entry *e = &list->items[i];
        if (e->begin < at) ok = bad_tensor(src, e->name, err, "overlaps another one");
        if (e->begin > at) ok = bad_tensor(src, e->name, err, "leaves a gap in front of it");
        at = e->end;
        if (ok && at > bytes) ok = bad_tensor(src, e->name, err, "ends behind the file");
    }
    if (ok && at != bytes) ok = bad(src, err, "bytes at its end belong to no tensor");
    sort(list, by_place);
    return ok;
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool read_tensor(const ByteSource *src, uint64_t data, const Entry *e, TensorSet *set,
                        Err *err) {
    Tensor *t = NULL;
    if (!tensor_empty(e->dt, e->ndim, e->shape, &t, err)) return false;
    ByteStream s = stream_over(src, data + e->begin, e->end - e->begin);
    if (!stream_tensor(&s, false, t, err)) {
        tensor_release(t);
        return false;
    }
    tensors_add_take(set, e->name, strlen(e->name), t);
    return true;
}

static bool read_file(const ByteSource *src, TensorSet *set, Err *err) {
    uint8_t len_bytes[LENGTH_BYTES];
    if (src->size < LENGTH_BYTES) return bad(src, err, "it is too short");
    if (!source_read(src, 0, len_bytes, sizeof len_bytes, err)) return false;
    uint64_t len = le64(len_bytes);
    if (len > src->size - LENGTH_BYTES) return bad(src, err, "its header is longer than the file");
    uint64_t data = LENGTH_BYTES + len;
    json_t *header = NULL;
    Entries list = {0};
    bool ok = read_json(src, len, &header, err) && read_entries(src, header, &list, err) &&
              check_layout(src, &list, src->size - data, err);
    for (size_t i = 0; ok && i < list.count; i++)
        ok = read_tensor(src, data, &list.items[i], set, err);
    vec_clear(&list);
    json_decref(header);
    return ok;
}

/* ---- writing --------------------------------------------------------------------------------- */

static int by_alignment(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    size_t m = dtype_size(x->dt), n = dtype_size(y->dt);
    return m != n ? (m > n ? -1 : 1) : by_place(a, b);
}

/* Wider types first, so that every tensor begins at a multiple of its element's size. */
static void lay_out(const TensorSet *set, Entries *out) {
    for (size_t i = 0; i < set->count; i++) {
        const Tensor *t = set->items[i].t;
        Entry e = {.name = set->items[i].name, .dt = (DType)t->dtype, .ndim = t->ndim, .place = i};
        memcpy(e.shape, t->shape, t->ndim * sizeof *e.shape);
        e.end = (uint64_t)tensor_numel(t) * dtype_size(e.dt);
        vec_push(out, e);
    }
    sort(out, by_alignment);
    for (size_t i = 1; i < out->count; i++) {
        out->items[i].begin = out->items[i - 1].end;
        out->items[i].end += out->items[i].begin;
    }
}

static bool header_text(const Entries *list, Str *out, Err *err) {
    json_t *header = json_pack("{s:{s:s}}", "__metadata__", "format", "pt");
    bool ok = header != NULL;
    for (size_t i = 0; ok && i < list->count; i++) {
        const Entry *e = &list->items[i];
        json_t *shape = json_array();
        for (int d = 0; d < e->ndim; d++) json_array_append_new(shape, json_integer(e->shape[d]));
        json_t *j = json_pack("{s:s, s:o, s:[I, I]}", "dtype", dtype_words[e->dt], "shape", shape,
                              "data_offsets", (json_int_t)e->begin, (json_int_t)e->end);
        if (json_object_set_new(header, e->name, j) != 0)
            ok = err_set(err, ERR_VALUE, "a tensor's name is not valid UTF-8 text");
    }
    char *text = ok ? json_dumps(header, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    if (text) str_add(out, text);
    free(text);
    json_decref(header);
    str_fill(out, ' ', (ALIGN - out->len % ALIGN) % ALIGN);
    return ok;
}

static bool write_file(ByteSink *sink, const TensorSet *set, Err *err) {
    Entries list = {0};
    Str header = STR_INIT;
    uint8_t len[LENGTH_BYTES];
    lay_out(set, &list);
    bool ok = header_text(&list, &header, err);
    if (ok && header.len > HEADER_LIMIT)
        ok = err_set(err, ERR_VALUE, "these are more tensors than a file's header of 16 MiB names");
    le_put(len, header.len, LENGTH_BYTES);
    ok =
        ok && sink->put(sink, len, sizeof len, err) && sink->put(sink, header.buf, header.len, err);
    for (size_t i = 0; ok && i < list.count; i++)
        ok = sink_tensor(sink, set->items[list.items[i].place].t, err);
    str_clear(&header);
    vec_clear(&list);
    return ok;
}

const TensorFormat format_safetensors = {
    .ending = ".safetensors",
    .what = "named tensors",
    .read = read_file,
    .write = write_file,
};
