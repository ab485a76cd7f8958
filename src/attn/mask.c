#include "config.h"

#include "attn/mask.h"

#include <math.h>

#include "base/suggest.h"
#include "tensor/copy.h"
#include "tensor/poll.h"
#include "tensor/rng.h"

/* A checked spec, and what the random kind drew. */
struct MaskRun {
    const MaskSpec *spec;
    int64_t shift;      /* key position of query 0 */
    int64_t key_blocks; /* random: blocks of keys */
    uint8_t *links;     /* random: (query blocks, key_blocks), 1 where drawn; owned */
};

/* ---- when i sees j -------------------------------------------------------------- */

static bool causal_ok(const MaskRun *r, int64_t i, int64_t j) {
    return !r->spec->causal || j <= i;
}

static int64_t distance(int64_t i, int64_t j) {
    return i > j ? i - j : j - i;
}

/* Rounds down, so that positions before the first key (T > S, bottom-right) are in blocks of
 * their own. */
static int64_t block_of(int64_t i, int64_t block) {
    return i >= 0 ? i / block : (i + 1) / block - 1;
}

static bool sees_none(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(r), UNUSED(b), UNUSED(i), UNUSED(j);
    return true;
}

static bool sees_padding(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(i);
    return j < r->spec->lengths[b];
}

static bool sees_causal(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(r), UNUSED(b);
    return j <= i;
}

static bool sees_causal_padding(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    return j <= i && j < r->spec->lengths[b];
}

static bool sees_prefix(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    return j < r->spec->prefix || j <= i;
}

static bool sees_window(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    return distance(i, j) <= r->spec->window && causal_ok(r, i, j);
}

static bool sees_dilated(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    int64_t far = distance(i, j), step = r->spec->dilation;
    return far % step == 0 && far / step <= r->spec->window && causal_ok(r, i, j);
}

static bool sees_block(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    return block_of(i, r->spec->block) == block_of(j, r->spec->block) && causal_ok(r, i, j);
}

static bool sees_strided(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    int64_t far = distance(i, j), stride = r->spec->stride;
    return (far < stride || far % stride == 0) && causal_ok(r, i, j);
}

static bool sees_fixed(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    int64_t stride = r->spec->stride;
    bool together = block_of(i, stride) == block_of(j, stride);
    return (together || j % stride >= stride - r->spec->summary) && causal_ok(r, i, j);
}

static bool is_global(int64_t i, int64_t globals) {
    return i >= 0 && i < globals;
}

static bool sees_global(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    int64_t g = r->spec->globals;
    bool near = distance(i, j) <= r->spec->window;
    return (near || is_global(i, g) || is_global(j, g)) && causal_ok(r, i, j);
}

static bool sees_random(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    const MaskSpec *s = r->spec;
    int64_t ib = block_of(i, s->block), jb = block_of(j, s->block);
    if (distance(ib, jb) <= s->window || is_global(ib, s->globals) || is_global(jb, s->globals))
        return true;
    int64_t row = ib - block_of(r->shift, s->block);
    return r->links[row * r->key_blocks + jb] != 0;
}

static bool sees_packed(const MaskRun *r, int64_t b, int64_t i, int64_t j) {
    UNUSED(b);
    if (i < 0) return false;
    return r->spec->docs[i] == r->spec->docs[j] && causal_ok(r, i, j);
}

/* ---- the tables ------------------------------------------------------------------- */

const MaskKindRow mask_kinds[MASK_KIND_COUNT] = {
    [MASK_NONE] = {.name = "none",
                   .rule = "always",
                   .help = "every query sees every key: an encoder without padding",
                   .source = "Vaswani et al. 2017, 3.2.1",
                   .sees = sees_none},
    [MASK_PADDING] = {.name = "padding",
                      .params = MASKP_LENGTHS,
                      .rule = "j < length[b]",
                      .help = "keys behind a sequence's end are hidden",
                      .source = "",
                      .sees = sees_padding},
    [MASK_CAUSAL] = {.name = "causal",
                     .params = MASKP_ALIGN,
                     .rule = "j <= i",
                     .help = "no query sees a later key: a decoder",
                     .source = "Vaswani et al. 2017, 3.2.3",
                     .sees = sees_causal},
    [MASK_CAUSAL_PADDING] = {.name = "causal-padding",
                             .params = MASKP_ALIGN | MASKP_LENGTHS,
                             .rule = "j <= i and j < length[b]",
                             .help = "causal, and padding hidden: a decoder on a padded batch",
                             .source = "",
                             .sees = sees_causal_padding},
    [MASK_PREFIX] = {.name = "prefix",
                     .params = MASKP_ALIGN | MASKP_PREFIX,
                     .rule = "j < prefix or j <= i",
                     .help = "the prefix is seen by all, the rest is causal: prefix-LM",
                     .source = "Raffel et al. 2020, 3.2.1",
                     .sees = sees_prefix},
    [MASK_WINDOW] = {.name = "window",
                     .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_CAUSAL,
                     .rule = "|i - j| <= window",
                     .help = "only the neighbours within a sliding window",
                     .source = "Beltagy et al. 2020, 3.1",
                     .sees = sees_window},
    [MASK_DILATED] = {.name = "dilated",
                      .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_DILATION | MASKP_CAUSAL,
                      .rule = "|i - j| in {0, dilation, ..., window*dilation}",
                      .help = "a window with gaps: reaches further at the same cost",
                      .source = "Beltagy et al. 2020, 3.1",
                      .sees = sees_dilated},
    [MASK_BLOCK] = {.name = "block",
                    .params = MASKP_ALIGN | MASKP_BLOCK | MASKP_CAUSAL,
                    .rule = "i div block = j div block",
                    .help = "positions see their own block only",
                    .source = "Qiu et al. 2020, 3.2",
                    .sees = sees_block},
    [MASK_STRIDED] = {.name = "strided",
                      .params = MASKP_ALIGN | MASKP_STRIDE | MASKP_CAUSAL,
                      .rule = "|i - j| < stride or |i - j| mod stride = 0",
                      .help = "the neighbours, and every stride-th position",
                      .source = "Child et al. 2019, 4.2",
                      .sees = sees_strided},
    [MASK_FIXED] = {.name = "fixed",
                    .params = MASKP_ALIGN | MASKP_STRIDE | MASKP_SUMMARY | MASKP_CAUSAL,
                    .rule = "i div stride = j div stride or j mod stride >= stride - summary",
                    .help = "its own stretch, and the last positions of every stretch",
                    .source = "Child et al. 2019, 4.2",
                    .sees = sees_fixed},
    [MASK_GLOBAL] = {.name = "global",
                     .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_GLOBALS | MASKP_CAUSAL,
                     .rule = "|i - j| <= window or i < globals or j < globals",
                     .help =
                         "a window, and a few positions that see and are seen by all: Longformer",
                     .source = "Beltagy et al. 2020, 3.1",
                     .sees = sees_global},
    [MASK_RANDOM] = {.name = "random",
                     .params = MASKP_ALIGN | MASKP_BLOCK | MASKP_WINDOW | MASKP_GLOBALS |
                               MASKP_RANDOMS | MASKP_SEED,
                     .rule = "in blocks I, J: |I - J| <= window or I, J < globals or J drawn for I",
                     .help = "window, globals and random links, all counted in blocks: BigBird",
                     .source = "Zaheer et al. 2020, section 2",
                     .sees = sees_random},
    [MASK_PACKED] = {.name = "packed",
                     .params = MASKP_ALIGN | MASKP_DOCS | MASKP_CAUSAL,
                     .rule = "doc[i] = doc[j]",
                     .help = "documents packed into one row see themselves only",
                     .source = "",
                     .sees = sees_packed},
};

#define X(id, field, dflt, least, help) {field, dflt, least, help},
const MaskParamRow mask_params[MASK_PARAM_COUNT] = {MASK_PARAMS(X)};
#undef X

/* ---- specs -------------------------------------------------------------------------- */

int mask_kind_find(const char *name, Err *err) {
    Suggest near = suggest_for(name);
    for (int i = 0; i < MASK_KIND_COUNT; i++) {
        if (strcmp(mask_kinds[i].name, name) == 0) return i;
        suggest_offer(&near, mask_kinds[i].name);
    }
    if (!err) return -1;
    err_set(err, ERR_VALUE, "there is no mask '%s'", name);
    if (near.best)
        err_hint(err, "did you mean '%s'?", near.best);
    else
        err_hint(err, "masks are none, padding, causal, window, ...: see their list in the help");
    return -1;
}

MaskSpec mask_spec(MaskKind kind, int64_t T, int64_t S) {
    MaskSpec s = {.kind = kind, .T = T, .S = S, .B = 1};
    s.window = mask_params[MASKP_BIT_WINDOW].dflt;
    s.dilation = mask_params[MASKP_BIT_DILATION].dflt;
    s.block = mask_params[MASKP_BIT_BLOCK].dflt;
    s.stride = mask_params[MASKP_BIT_STRIDE].dflt;
    s.summary = mask_params[MASKP_BIT_SUMMARY].dflt;
    s.prefix = mask_params[MASKP_BIT_PREFIX].dflt;
    s.globals = mask_params[MASKP_BIT_GLOBALS].dflt;
    s.randoms = mask_params[MASKP_BIT_RANDOMS].dflt;
    return s;
}

static void assign(MaskSpec *s, int bit, int64_t v) {
    switch (bit) {
    case MASKP_BIT_WINDOW:
        s->window = v;
        break;
    case MASKP_BIT_DILATION:
        s->dilation = v;
        break;
    case MASKP_BIT_BLOCK:
        s->block = v;
        break;
    case MASKP_BIT_STRIDE:
        s->stride = v;
        break;
    case MASKP_BIT_SUMMARY:
        s->summary = v;
        break;
    case MASKP_BIT_PREFIX:
        s->prefix = v;
        break;
    case MASKP_BIT_GLOBALS:
        s->globals = v;
        break;
    case MASKP_BIT_RANDOMS:
        s->randoms = v;
        break;
    case MASKP_BIT_SEED:
        s->seed = (uint64_t)v;
        break;
    case MASKP_BIT_ALIGN:
        s->bottom_right = v != 0;
        break;
    case MASKP_BIT_CAUSAL:
        s->causal = v != 0;
        break;
    default:
        BUG("mask parameter %d is not an integer", bit);
    }
}

/* Names the parameters that the kind does read. */
static bool unread_param(const MaskKindRow *kind, const char *name, Err *err) {
    Str list = STR_INIT;
    for (int i = 0; i < MASK_PARAM_COUNT; i++)
        if (kind->params & 1u << i)
            str_printf(&list, "%s%s", list.len ? ", " : "", mask_params[i].name);
    err_set(err, ERR_VALUE, "the mask '%s' has no parameter '%s'", kind->name, name);
    if (list.len) err_hint(err, "it has %s", str_cstr(&list));
    str_clear(&list);
    return false;
}

bool mask_spec_set(MaskSpec *spec, const char *name, int64_t value, Err *err) {
    const MaskKindRow *kind = &mask_kinds[spec->kind];
    const unsigned arrays = MASKP_LENGTHS | MASKP_DOCS;
    for (int i = 0; i < MASK_PARAM_COUNT; i++) {
        if (strcmp(mask_params[i].name, name) != 0 || !(kind->params & ~arrays & 1u << i)) continue;
        if (value < mask_params[i].least)
            return err_set(err, ERR_VALUE, "mask '%s': %s must be at least %lld, got %lld",
                           kind->name, name, (long long)mask_params[i].least, (long long)value);
        assign(spec, i, value);
        return true;
    }
    return unread_param(kind, name, err);
}

static bool check_arrays(const MaskSpec *s, unsigned params, Err *err) {
    const char *name = mask_kinds[s->kind].name;
    if (params & MASKP_LENGTHS) {
        if (!s->lengths)
            return err_set(err, ERR_VALUE, "mask '%s' wants lengths: real tokens per sequence",
                           name);
        for (int64_t b = 0; b < s->B; b++)
            if (s->lengths[b] < 0 || s->lengths[b] > s->S)
                return err_set(err, ERR_VALUE,
                               "mask '%s': lengths[%lld] is %lld, wanted 0 to %lld (the keys)",
                               name, (long long)b, (long long)s->lengths[b], (long long)s->S);
    }
    if (params & MASKP_DOCS && !s->docs)
        return err_set(err, ERR_VALUE, "mask '%s' wants docs: a document number per position",
                       name);
    return true;
}

bool mask_check(const MaskSpec *s, Err *err) {
    const MaskKindRow *kind = &mask_kinds[s->kind];
    const int64_t value[] = {[MASKP_BIT_WINDOW] = s->window,   [MASKP_BIT_DILATION] = s->dilation,
                             [MASKP_BIT_BLOCK] = s->block,     [MASKP_BIT_STRIDE] = s->stride,
                             [MASKP_BIT_SUMMARY] = s->summary, [MASKP_BIT_PREFIX] = s->prefix,
                             [MASKP_BIT_GLOBALS] = s->globals, [MASKP_BIT_RANDOMS] = s->randoms};
    if (s->T < 0 || s->S < 0)
        return err_set(err, ERR_VALUE, "a mask has no negative size, got %lld queries, %lld keys",
                       (long long)s->T, (long long)s->S);
    for (int i = 0; i < (int)ARRAY_LEN(value); i++)
        if (kind->params & 1u << i && value[i] < mask_params[i].least)
            return err_set(err, ERR_VALUE, "mask '%s': %s must be at least %lld, got %lld",
                           kind->name, mask_params[i].name, (long long)mask_params[i].least,
                           (long long)value[i]);
    return check_arrays(s, kind->params, err);
}

/* ---- runs ---------------------------------------------------------------------------- */

/* For each query block, `randoms` different key blocks (all, if there are fewer). */
static void draw_links(MaskRun *r) {
    const MaskSpec *s = r->spec;
    Rng *rng = mem_alloc(sizeof *rng);
    rng_seed(rng, s->seed);
    r->key_blocks = (s->S + s->block - 1) / s->block;
    int64_t first = block_of(r->shift, s->block);
    int64_t rows = block_of(r->shift + s->T - 1, s->block) - first + 1;
    r->links = mem_zero(MAX(1, (size_t)(rows * r->key_blocks)));
    for (int64_t i = 0; i < rows; i++) {
        uint8_t *row = r->links + i * r->key_blocks;
        for (int64_t n = MIN(s->randoms, r->key_blocks); n > 0;) {
            int64_t j = (int64_t)rng_below(rng, (uint64_t)r->key_blocks);
            if (row[j]) continue;
            row[j] = 1;
            n--;
        }
    }
    mem_free(rng);
}

static bool run_begin(MaskRun *r, const MaskSpec *spec, Err *err) {
    if (!mask_check(spec, err)) return false;
    *r = (MaskRun){.spec = spec, .shift = spec->bottom_right ? spec->S - spec->T : 0};
    if (spec->kind != MASK_RANDOM || spec->T == 0 || spec->S == 0) return true;
    if (!memory_admit((size_t)(spec->T / spec->block + 2) * (size_t)(spec->S / spec->block + 1),
                      "the random blocks of a mask", err))
        return false;
    draw_links(r);
    return true;
}

/* Sequences of a mask: B with lengths, otherwise one for all. */
static int64_t sequences(const MaskSpec *s) {
    return mask_kinds[s->kind].params & MASKP_LENGTHS ? s->B : 1;
}

/* Writes into out (sequences, T, S) unless it is NULL; counts. */
static bool run_fill(const MaskRun *r, uint8_t *out, int64_t *pairs, Err *err) {
    const MaskSpec *s = r->spec;
    bool (*sees)(const MaskRun *, int64_t, int64_t, int64_t) = mask_kinds[s->kind].sees;
    int64_t work = 0, count = 0, at = 0;
    for (int64_t b = 0; b < sequences(s); b++)
        for (int64_t i = 0; i < s->T; i++) {
            if (!tensor_poll(&work, s->S * 3, err)) return false;
            for (int64_t j = 0; j < s->S; j++, at++) {
                bool seen = sees(r, b, i + r->shift, j);
                count += seen;
                if (out) out[at] = seen;
            }
        }
    *pairs = count;
    return true;
}

bool mask_build(const MaskSpec *spec, Tensor **out, Err *err) {
    MaskRun r;
    Tensor *t = NULL;
    int64_t shape[4] = {spec->B, 1, spec->T, spec->S}, pairs;
    if (!run_begin(&r, spec, err)) return false;
    bool batched = mask_kinds[spec->kind].params & MASKP_LENGTHS;
    bool ok = tensor_empty(DT_BOOL, batched ? 4 : 2, batched ? shape : shape + 2, &t, err) &&
              run_fill(&r, tensor_data(t), &pairs, err);
    mem_free(r.links);
    if (ok)
        *out = t;
    else
        tensor_release(t);
    return ok;
}

bool mask_count(const MaskSpec *spec, int64_t *pairs, Err *err) {
    MaskRun r;
    if (!run_begin(&r, spec, err)) return false;
    bool ok = run_fill(&r, NULL, pairs, err);
    mem_free(r.links);
    return ok;
}

/* ---- facts about a mask ------------------------------------------------------------------ */

/* True entries of each row along the last dimension, handed to `each`. */
static void each_row(const Tensor *mask, void (*each)(void *ctx, int64_t seen), void *ctx) {
    int64_t index[TENSOR_MAX_DIM] = {0}, rows = 1, last = mask->ndim - 1;
    int64_t S = mask->ndim ? mask->shape[last] : 1, step = mask->ndim ? mask->stride[last] : 0;
    for (int d = 0; d < last; d++) rows *= mask->shape[d];
    int64_t at = mask->offset;
    for (int64_t row = 0; row < rows; row++) {
        const uint8_t *p = (const uint8_t *)mask->st->data + at;
        int64_t seen = 0;
        for (int64_t j = 0; j < S; j++) seen += p[j * step] != 0;
        each(ctx, seen);
        for (int64_t d = last - 1; d >= 0; d--) {
            at += mask->stride[d];
            if (++index[d] < mask->shape[d]) break;
            at -= mask->stride[d] * mask->shape[d];
            index[d] = 0;
        }
    }
}

static void add_seen(void *ctx, int64_t seen) {
    *(int64_t *)ctx += seen;
}

static void add_dead(void *ctx, int64_t seen) {
    *(int64_t *)ctx += seen == 0;
}

int64_t mask_surviving(const Tensor *mask) {
    int64_t n = 0;
    each_row(mask, add_seen, &n);
    return n;
}

int64_t mask_dead_rows(const Tensor *mask) {
    int64_t n = 0;
    each_row(mask, add_dead, &n);
    return n;
}

bool mask_to_bias(const Tensor *mask, DType dt, Tensor **out, Err *err) {
    if (mask->dtype != DT_BOOL)
        return err_set(err, ERR_TYPE, "mask_to_bias: wanted a bool mask, got torch.%s",
                       dtype_name((DType)mask->dtype));
    Tensor *flat = NULL, *bias = NULL;
    bool ok = tensor_contiguous(mask, &flat, err) &&
              tensor_empty(DT_F32, mask->ndim, mask->shape, &bias, err);
    if (ok) {
        const uint8_t *seen = tensor_data(flat);
        float *p = tensor_data(bias);
        for (int64_t i = 0, n = tensor_numel(mask); i < n; i++) p[i] = seen[i] ? 0 : -INFINITY;
        ok = tensor_cast(bias, dt, out, err);
    }
    tensor_release(flat);
    tensor_release(bias);
    return ok;
}
