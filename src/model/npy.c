/* See npy.h. */
#include "config.h"

#include "model/npy.h"

#include <ctype.h>

#include "model/tensors.h"

#define MAGIC "\x93NUMPY"
enum {
    PRELUDE = 10,         /* magic, version, 16 bits of header length */
    HEADER_LIMIT = 10000, /* as NumPy's own reader; a header of plain arrays has about 100 */
    ALIGN = 64
};

typedef struct Head {
    DType dt;
    bool big, fortran;
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
} Head;

/* NumPy's letter and bytes of each dtype; the letter 0: NumPy has none. */
static const struct Kind {
    char letter;
    int bytes;
} kinds[DT_COUNT] = {
    [DT_BOOL] = {'b', 1}, [DT_U8] = {'u', 1},  [DT_I8] = {'i', 1},  [DT_I16] = {'i', 2},
    [DT_I32] = {'i', 4},  [DT_I64] = {'i', 8}, [DT_F16] = {'f', 2}, [DT_F32] = {'f', 4},
    [DT_F64] = {'f', 8},  [DT_C64] = {'c', 8},
};

/* ---- the header's text ------------------------------------------------------------------------
 * header = "{" [pair {"," pair} [","]] "}"
 * pair   = "'descr'" ":" string | "'fortran_order'" ":" ("True" | "False") | "'shape'" ":" shape
 * shape  = "(" [number {"," number} [","]] ")"                 number may end in L (Python 2) */

typedef struct Scan {
    const char *p, *end;
    const char *wrong; /* what was expected where the text went wrong */
} Scan;

static bool expected(Scan *s, const char *what) {
    if (!s->wrong) s->wrong = what;
    return false;
}

/* The next byte behind blanks, 0 at the end. */
static char peek(Scan *s) {
    while (s->p < s->end && strchr(" \t\n", *s->p) && *s->p) s->p++;
    return s->p < s->end ? *s->p : '\0';
}

static bool take(Scan *s, char c) {
    if (peek(s) != c) return false;
    s->p++;
    return true;
}

static bool take_word(Scan *s, const char *word) {
    size_t n = strlen(word);
    peek(s);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0) return false;
    s->p += n;
    return true;
}

/* A quoted text without escapes; borrowed from the header. */
static bool take_string(Scan *s, const char **text, size_t *n) {
    char quote = peek(s);
    if (quote != '\'' && quote != '"') return expected(s, "a text in quotes");
    const char *from = ++s->p, *to = memchr(from, quote, (size_t)(s->end - from));
    if (!to) return expected(s, "a closing quote");
    *text = from;
    *n = (size_t)(to - from);
    s->p = to + 1;
    return true;
}

static bool take_size(Scan *s, int64_t *out) {
    int64_t v = 0;
    if (!isdigit((unsigned char)peek(s))) return expected(s, "a size that is a whole number");
    for (; s->p < s->end && isdigit((unsigned char)*s->p); s->p++)
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *s->p - '0', &v))
            return expected(s, "a size of at most 63 bits");
    take(s, 'L');
    *out = v;
    return true;
}

static bool take_shape(Scan *s, Head *h) {
    if (!take(s, '(')) return expected(s, "a shape in parentheses");
    for (h->ndim = 0; !take(s, ')'); h->ndim++) {
        if (h->ndim == TENSOR_MAX_DIM) return expected(s, "at most 16 dimensions");
        if (!take_size(s, &h->shape[h->ndim])) return false;
        if (!take(s, ',') && peek(s) != ')') return expected(s, "a comma or )");
    }
    return true;
}

/* "<f4": byte order, letter, bytes. False also for what no dtype here is; then wrong is not set. */
static bool dtype_of(const char *d, size_t n, Head *h) {
    if (n != 3 || !strchr("<>|", d[0])) return false;
    for (int i = 0; i < DT_COUNT; i++)
        if (kinds[i].letter == d[1] && kinds[i].bytes == d[2] - '0') {
            h->dt = (DType)i;
            h->big = d[0] == '>';
            return d[0] != '|' || kinds[i].bytes == 1;
        }
    return false;
}

typedef struct Descr {
    const char *text; /* borrowed from the header */
    size_t n;
} Descr;

static bool take_pair(Scan *s, Head *h, Descr *d, unsigned *seen) {
    static const char *const keys[] = {"descr", "fortran_order", "shape"};
    const char *key;
    size_t n, k = 0;
    if (!take_string(s, &key, &n)) return false;
    while (k < ARRAY_LEN(keys) && (strlen(keys[k]) != n || memcmp(keys[k], key, n) != 0)) k++;
    if (k == ARRAY_LEN(keys) || *seen & 1u << k)
        return expected(s, "each of 'descr', 'fortran_order' and 'shape' once");
    *seen |= 1u << k;
    if (!take(s, ':')) return expected(s, "a colon");
    if (k == 2) return take_shape(s, h);
    if (k == 0) {
        if (peek(s) == '[') return expected(s, "one number type, not a record of several");
        return take_string(s, &d->text, &d->n);
    }
    h->fortran = take_word(s, "True");
    return h->fortran || take_word(s, "False") || expected(s, "True or False");
}

static bool scan_head(Scan *s, Head *h, Descr *d) {
    unsigned seen = 0;
    if (!take(s, '{')) return expected(s, "a dict");
    while (!take(s, '}')) {
        if (!take_pair(s, h, d, &seen)) return false;
        if (!take(s, ',') && peek(s) != '}') return expected(s, "a comma or }");
    }
    if (seen != 7) return expected(s, "each of 'descr', 'fortran_order' and 'shape' once");
    return (peek(s) == '\0' && s->p == s->end) || expected(s, "nothing behind the dict");
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool bad(const ByteStream *s, Err *err, const char *text) {
    Str name = STR_INIT;
    err_set(err, ERR_VALUE, "%s is not a readable .npy array: %s", stream_name(s, &name), text);
    str_clear(&name);
    return false;
}

static bool bad_header(const ByteStream *s, const Scan *scan, const char *text, Err *err) {
    Str t = STR_INIT;
    str_printf(&t, "byte %lld of its header should begin %s", (long long)(scan->p - text),
               scan->wrong);
    bad(s, err, str_cstr(&t));
    str_clear(&t);
    return false;
}

static bool no_such_dtype(const ByteStream *s, const Descr *d, Err *err) {
    Str t = STR_INIT;
    str_printf(&t, "tensors have no type for NumPy's '%.*s'", (int)MIN(d->n, 40), d->text);
    bad(s, err, str_cstr(&t));
    str_clear(&t);
    return err_hint(err, "in NumPy, convert it first: x.astype('float32') or x.astype('int64')");
}

/* Magic, version and the header's length; the stream then stands at the header. */
static bool read_prelude(ByteStream *s, uint32_t *len, Err *err) {
    uint8_t b[PRELUDE + 2];
    if (s->left < PRELUDE) return bad(s, err, "it is too short");
    if (!stream_read(s, b, PRELUDE, err)) return false;
    if (memcmp(b, MAGIC, 6) != 0) return bad(s, err, "it does not begin as one");
    if (b[6] < 1 || b[6] > 3 || b[7] != 0) return bad(s, err, "its version is not 1, 2 or 3");
    *len = le16(b + 8);
    if (b[6] == 1) return true;
    if (s->left < 2) return bad(s, err, "it is too short");
    if (!stream_read(s, b + PRELUDE, 2, err)) return false;
    *len = le32(b + 8);
    return true;
}

static bool read_head(ByteStream *s, Head *h, Err *err) {
    uint32_t len;
    char text[HEADER_LIMIT];
    if (!read_prelude(s, &len, err)) return false;
    if (len > s->left) return bad(s, err, "its header is longer than the file");
    if (len > HEADER_LIMIT) return bad(s, err, "its header is longer than 10000 bytes");
    if (!stream_read(s, text, len, err)) return false;
    Scan scan = {.p = text, .end = text + len};
    Descr d = {0};
    if (!scan_head(&scan, h, &d)) return bad_header(s, &scan, text, err);
    return dtype_of(d.text, d.n, h) || no_such_dtype(s, &d, err);
}

/* Do the bytes that follow hold exactly what the header says? */
static bool check_size(const ByteStream *s, const Head *h, Err *err) {
    uint64_t want = dtype_size(h->dt);
    bool fits = true, empty = false;
    for (int d = 0; d < h->ndim; d++) empty = empty || h->shape[d] == 0;
    for (int d = 0; d < h->ndim && !empty; d++)
        fits = fits && !__builtin_mul_overflow(want, (uint64_t)h->shape[d], &want);
    if (fits && (empty ? 0 : want) == s->left) return true;
    Str t = STR_INIT, shape = STR_INIT;
    shape_str(&shape, h->ndim, h->shape);
    str_printf(&t, "shape %s of %s", str_cstr(&shape), dtype_name(h->dt));
    if (fits) str_printf(&t, " takes %llu bytes", (unsigned long long)(empty ? 0 : want));
    str_printf(&t, ", but %llu follow the header", (unsigned long long)s->left);
    bad(s, err, str_cstr(&t));
    str_clear(&t);
    str_clear(&shape);
    return err_hint(err, "the file was cut off, or holds several arrays: numpy.savez keeps those");
}

/* The elements lie as those of the reversed shape. */
static void fortran_view(Tensor **t, int ndim) {
    int64_t shape[TENSOR_MAX_DIM], stride[TENSOR_MAX_DIM];
    Tensor *c = *t;
    for (int d = 0; d < ndim; d++) {
        shape[d] = c->shape[ndim - 1 - d];
        stride[d] = c->stride[ndim - 1 - d];
    }
    *t = tensor_view_raw(c, ndim, shape, stride, c->offset);
    tensor_release(c);
}

bool npy_read(ByteStream *s, Tensor **out, Err *err) {
    Head h = {0};
    if (!read_head(s, &h, err) || !check_size(s, &h, err)) return false;
    int64_t shape[TENSOR_MAX_DIM];
    for (int d = 0; d < h.ndim; d++) shape[d] = h.shape[h.fortran ? h.ndim - 1 - d : d];
    Tensor *t = NULL;
    if (!tensor_empty(h.dt, h.ndim, shape, &t, err)) return false;
    if (!stream_tensor(s, h.big, t, err)) {
        tensor_release(t);
        return false;
    }
    if (h.fortran && h.ndim > 1) fortran_view(&t, h.ndim);
    *out = t;
    return true;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* The whole header, padded with blanks so that the elements begin at a multiple of 64. */
static void make_head(const Tensor *t, Str *out) {
    const struct Kind *k = &kinds[t->dtype];
    Str dict = STR_INIT;
    str_printf(&dict, "{'descr': '%c%c%d', 'fortran_order': False, 'shape': (",
               k->bytes == 1 ? '|' : '<', k->letter, k->bytes);
    for (int d = 0; d < t->ndim; d++)
        str_printf(&dict, "%s%lld", d ? ", " : "", (long long)t->shape[d]);
    str_add(&dict, t->ndim == 1 ? ",), }" : "), }");
    size_t len = dict.len + 1;
    len += (ALIGN - (PRELUDE + len) % ALIGN) % ALIGN;
    str_addn(out, MAGIC "\1\0", 8);
    str_addc(out, (char)(len & 255));
    str_addc(out, (char)(len >> 8));
    str_addn(out, str_cstr(&dict), dict.len);
    str_fill(out, ' ', len - 1 - dict.len);
    str_addc(out, '\n');
    str_clear(&dict);
}

uint64_t npy_bytes(const Tensor *t) {
    Str head = STR_INIT;
    make_head(t, &head);
    uint64_t n = head.len + (uint64_t)tensor_numel(t) * dtype_size((DType)t->dtype);
    str_clear(&head);
    return n;
}

bool npy_write(ByteSink *sink, const char *name, const Tensor *t, Err *err) {
    if (!kinds[t->dtype].letter) {
        err_set(err, ERR_VALUE, "%s is %s, which NumPy's files do not have", name,
                dtype_name((DType)t->dtype));
        return err_hint(err, "save it as .safetensors, or as float32: %s.float()", name);
    }
    Str head = STR_INIT;
    make_head(t, &head);
    bool ok = sink->put(sink, head.buf, head.len, err) && sink_tensor(sink, t, err);
    str_clear(&head);
    return ok;
}

/* ---- the format ----------------------------------------------------------------------------- */

static bool read_file(const ByteSource *src, TensorSet *set, Err *err) {
    Tensor *t = NULL;
    ByteStream s = stream_over(src, 0, src->size);
    if (!npy_read(&s, &t, err)) return false;
    tensors_add_take(set, "", 0, t);
    return true;
}

static bool write_file(ByteSink *sink, const TensorSet *set, Err *err) {
    return npy_write(sink, set->items[0].name, set->items[0].t, err);
}

const TensorFormat format_npy = {
    .ending = ".npy",
    .what = "one NumPy array",
    .single = true,
    .read = read_file,
    .write = write_file,
};
