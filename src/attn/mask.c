#include "config.h"

#include "attn/mask.h"

#include <math.h>

#include "base/suggest.h"
#include "rng/rng.h"
#include "tensor/copy.h"
#include "tensor/interrupt.h"

/* A checked spec, and what the random kind drew. */
struct MaskRun {
    const MaskSpec *spec;
    const MaskKindRow *row;
    AttnRule rule;      /* of a kind with a pattern */
    int64_t shift;      /* key position of query 0 */
    int64_t key_blocks; /* random: blocks of keys */
    uint8_t *links;     /* random: (query blocks, key_blocks), 1 where drawn; owned */
};

/* ---- rules that are patterns ----------------------------------------------------------- */

static void pattern_none(const MaskSpec *s, AttnPattern *p, bool *causal) {
    UNUSED(s), UNUSED(p), UNUSED(causal);
}

static void pattern_padding(const MaskSpec *s, AttnPattern *p, bool *causal) {
    UNUSED(causal);
    p->lengths = s->lengths;
}

static void pattern_causal(const MaskSpec *s, AttnPattern *p, bool *causal) {
    UNUSED(s), UNUSED(p);
    *causal = true;
}

static void pattern_causal_padding(const MaskSpec *s, AttnPattern *p, bool *causal) {
    p->lengths = s->lengths;
    *causal = true;
}

/* Causal by the window's side, so that the prefix is seen ahead as well. */
static void pattern_prefix(const MaskSpec *s, AttnPattern *p, bool *causal) {
    UNUSED(causal);
    *p = (AttnPattern){.windowed = true, .before = -1, .after = 0, .sinks = s->prefix};
}

static void pattern_window(const MaskSpec *s, AttnPattern *p, bool *causal) {
    *p = (AttnPattern){.windowed = true, .before = s->window, .after = s->window};
    *causal = s->causal;
}

static void pattern_dilated(const MaskSpec *s, AttnPattern *p, bool *causal) {
    pattern_window(s, p, causal);
    p->step = s->dilation;
}

static void pattern_sinks(const MaskSpec *s, AttnPattern *p, bool *causal) {
    pattern_window(s, p, causal);
    p->sinks = s->sinks;
    *causal = true;
}

/* ---- rules that are predicates ------------------------------------------------------------ */

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

static bool sees_block(const MaskRun *r, int64_t i, int64_t j) {
    return block_of(i, r->spec->block) == block_of(j, r->spec->block) && causal_ok(r, i, j);
}

static bool sees_strided(const MaskRun *r, int64_t i, int64_t j) {
    int64_t far = distance(i, j), stride = r->spec->stride;
    return (far < stride || far % stride == 0) && causal_ok(r, i, j);
}

static bool sees_fixed(const MaskRun *r, int64_t i, int64_t j) {
    int64_t stride = r->spec->stride;
    bool together = block_of(i, stride) == block_of(j, stride);
    return (together || j % stride >= stride - r->spec->summary) && causal_ok(r, i, j);
}

static bool is_global(int64_t i, int64_t globals) {
    return i >= 0 && i < globals;
}

static bool sees_global(const MaskRun *r, int64_t i, int64_t j) {
    int64_t g = r->spec->globals;
    bool near = distance(i, j) <= r->spec->window;
    return (near || is_global(i, g) || is_global(j, g)) && causal_ok(r, i, j);
}

static bool sees_random(const MaskRun *r, int64_t i, int64_t j) {
    const MaskSpec *s = r->spec;
    int64_t ib = block_of(i, s->block), jb = block_of(j, s->block);
    if (distance(ib, jb) <= s->window || is_global(ib, s->globals) || is_global(jb, s->globals))
        return true;
    int64_t row = ib - block_of(r->shift, s->block);
    return r->links[row * r->key_blocks + jb] != 0;
}

static bool sees_packed(const MaskRun *r, int64_t i, int64_t j) {
    return i >= 0 && r->spec->docs[i] == r->spec->docs[j] && causal_ok(r, i, j);
}

/* For each query block, `randoms` different key blocks (all, if there are fewer). */
static bool draw_links(MaskRun *r, Err *err) {
    const MaskSpec *s = r->spec;
    if (s->T == 0 || s->S == 0) return true;
    if (!memory_admit((size_t)(s->T / s->block + 2) * (size_t)(s->S / s->block + 1),
                      "the random blocks of a mask", err))
        return false;
    Rng *rng = mem_alloc(sizeof *rng);
    rng_seed(rng, (uint64_t)s->seed);
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
    return true;
}

/* ---- the tables ------------------------------------------------------------------- */

const MaskKindRow mask_kinds[] = {
    {.name = "none",
     .rule = "always",
     .help = "every query sees every key: an encoder without padding",
     .source = "Vaswani et al. 2017, 3.2.1",
     .pattern = pattern_none},
    {.name = "padding",
     .params = MASKP_LENGTHS,
     .rule = "j < length[b]",
     .help = "keys behind a sequence's end are hidden",
     .source = "",
     .pattern = pattern_padding},
    {.name = "causal",
     .params = MASKP_ALIGN,
     .rule = "j <= i",
     .help = "no query sees a later key: a decoder",
     .source = "Vaswani et al. 2017, 3.2.3",
     .pattern = pattern_causal},
    {.name = "causal-padding",
     .params = MASKP_ALIGN | MASKP_LENGTHS,
     .rule = "j <= i and j < length[b]",
     .help = "causal, and padding hidden: a decoder on a padded batch",
     .source = "",
     .pattern = pattern_causal_padding},
    {.name = "prefix",
     .params = MASKP_ALIGN | MASKP_PREFIX,
     .rule = "j < prefix or j <= i",
     .help = "the prefix is seen by all, the rest is causal: prefix-LM",
     .source = "Raffel et al. 2020, 3.2.1",
     .pattern = pattern_prefix},
    {.name = "window",
     .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_CAUSAL,
     .rule = "|i - j| <= window",
     .help = "only the neighbours within a sliding window",
     .source = "Beltagy et al. 2020, 3.1",
     .pattern = pattern_window},
    {.name = "sinks",
     .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_SINKS,
     .rule = "j <= i and (j < sinks or i - j <= window)",
     .help = "the first tokens and a window behind: a cache of fixed size that stays stable",
     .source = "Xiao et al. 2024, 3.2",
     .pattern = pattern_sinks},
    {.name = "dilated",
     .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_DILATION | MASKP_CAUSAL,
     .rule = "|i - j| in {0, dilation, ..., window*dilation}",
     .help = "a window with gaps: reaches further at the same cost",
     .source = "Beltagy et al. 2020, 3.1",
     .pattern = pattern_dilated},
    {.name = "block",
     .params = MASKP_ALIGN | MASKP_BLOCK | MASKP_CAUSAL,
     .rule = "i div block = j div block",
     .help = "positions see their own block only",
     .source = "Qiu et al. 2020, 3.2",
     .sees = sees_block},
    {.name = "strided",
     .params = MASKP_ALIGN | MASKP_STRIDE | MASKP_CAUSAL,
     .rule = "|i - j| < stride or |i - j| mod stride = 0",
     .help = "the neighbours, and every stride-th position",
     .source = "Child et al. 2019, 4.2",
     .sees = sees_strided},
    {.name = "fixed",
     .params = MASKP_ALIGN | MASKP_STRIDE | MASKP_SUMMARY | MASKP_CAUSAL,
     .rule = "i div stride = j div stride or j mod stride >= stride - summary",
     .help = "its own stretch, and the last positions of every stretch",
     .source = "Child et al. 2019, 4.2",
     .sees = sees_fixed},
    {.name = "global",
     .params = MASKP_ALIGN | MASKP_WINDOW | MASKP_GLOBALS | MASKP_CAUSAL,
     .rule = "|i - j| <= window or 0 <= i < globals or j < globals",
     .help = "a window, and a few positions that see and are seen by all: Longformer",
     .source = "Beltagy et al. 2020, 3.1",
     .sees = sees_global},
    {.name = "random",
     .params =
         MASKP_ALIGN | MASKP_BLOCK | MASKP_WINDOW | MASKP_GLOBALS | MASKP_RANDOMS | MASKP_SEED,
     .rule = "in blocks I, J: |I - J| <= window or I, J < globals or J drawn for I",
     .help = "window, globals and random links, all counted in blocks: BigBird",
     .source = "Zaheer et al. 2020, section 2",
     .sees = sees_random,
     .prepare = draw_links},
    {.name = "packed",
     .params = MASKP_ALIGN | MASKP_DOCS | MASKP_CAUSAL,
     .rule = "doc[i] = doc[j]",
     .help = "documents packed into one row see themselves only",
     .source = "",
     .sees = sees_packed},
};
const int mask_kind_count = (int)ARRAY_LEN(mask_kinds);

#define X(id, field, dflt, least, help) {#field, dflt, least, help},
const MaskParamRow mask_params[MASK_PARAM_COUNT] = {MASK_PARAMS(X)};
#undef X

/* ---- specs -------------------------------------------------------------------------- */

int mask_kind_find(const char *name, Err *err) {
    Suggest near = suggest_for(name);
    Str all = STR_INIT;
    for (int i = 0; i < mask_kind_count; i++) {
        if (strcmp(mask_kinds[i].name, name) == 0) {
            str_clear(&all);
            return i;
        }
        suggest_offer(&near, mask_kinds[i].name);
        str_printf(&all, "%s%s", i ? ", " : "", mask_kinds[i].name);
    }
    if (err) {
        err_set(err, ERR_VALUE, "there is no mask '%s'", name);
        if (near.best)
            err_hint(err, "did you mean '%s'?", near.best);
        else
            err_hint(err, "masks are %s", str_cstr(&all));
    }
    str_clear(&all);
    return -1;
}

MaskSpec mask_spec(int kind, int64_t T, int64_t S) {
    return (MaskSpec){.kind = kind,
                      .T = T,
                      .S = S,
#define X(id, field, dflt, least, help) .field = dflt,
                      MASK_INTS(X)
#undef X
                          .B = 1};
}

/* The integer parameter of that bit. */
static int64_t *field_of(MaskSpec *s, int bit) {
    switch (bit) {
#define X(id, field, dflt, least, help)                                                            \
    case MASKP_BIT_##id:                                                                           \
        return &s->field;
        MASK_INTS(X)
#undef X
    }
    BUG("mask parameter %d is not an integer", bit);
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

static bool check_least(const MaskKindRow *kind, int bit, int64_t value, Err *err) {
    if (value >= mask_params[bit].least) return true;
    return err_set(err, ERR_VALUE, "mask '%s': %s must be at least %lld, got %lld", kind->name,
                   mask_params[bit].name, (long long)mask_params[bit].least, (long long)value);
}

static const unsigned arrays = MASKP_LENGTHS | MASKP_DOCS;

bool mask_spec_set(MaskSpec *spec, const char *name, int64_t value, Err *err) {
    const MaskKindRow *kind = &mask_kinds[spec->kind];
    for (int i = 0; i < MASK_PARAM_COUNT; i++) {
        if (strcmp(mask_params[i].name, name) != 0 || !(kind->params & ~arrays & 1u << i)) continue;
        if (!check_least(kind, i, value, err)) return false;
        *field_of(spec, i) = value;
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

static bool check(const MaskSpec *s, Err *err) {
    const MaskKindRow *kind = &mask_kinds[s->kind];
    if (s->T < 0 || s->S < 0)
        return err_set(err, ERR_VALUE, "a mask has no negative size, got %lld queries, %lld keys",
                       (long long)s->T, (long long)s->S);
    for (int i = 0; i < MASK_PARAM_COUNT; i++)
        if (kind->params & ~arrays & 1u << i &&
            !check_least(kind, i, *field_of((MaskSpec *)s, i), err))
            return false;
    return check_arrays(s, kind->params, err);
}

/* ---- runs ---------------------------------------------------------------------------- */

/* Sequences of a mask: B with lengths, otherwise one for all. */
static int64_t sequences(const MaskSpec *s) {
    return mask_kinds[s->kind].params & MASKP_LENGTHS ? s->B : 1;
}

bool mask_pattern(const MaskSpec *spec, AttnPattern *p, bool *causal) {
    const MaskKindRow *row = &mask_kinds[spec->kind];
    *p = (AttnPattern){0};
    *causal = false;
    if (row->pattern) row->pattern(spec, p, causal);
    return row->pattern != NULL;
}

static bool run_begin(MaskRun *r, const MaskSpec *spec, Err *err) {
    AttnPattern p;
    bool causal;
    if (!check(spec, err)) return false;
    *r = (MaskRun){.spec = spec, .row = &mask_kinds[spec->kind]};
    r->shift = spec->bottom_right ? spec->S - spec->T : 0;
    if (mask_pattern(spec, &p, &causal))
        return attn_rule_init(&r->rule, &p, causal, r->shift, sequences(spec), 1, spec->T, spec->S,
                              err);
    return !r->row->prepare || r->row->prepare(r, err);
}

/* One query's row, into out (S) unless it is NULL; the number of keys that it sees. */
static int64_t run_row(const MaskRun *r, int64_t b, int64_t t, uint8_t *out) {
    if (!out && r->row->pattern) return attn_keys_seen(&r->rule, b, t);
    int64_t count = 0;
    for (int64_t j = 0; j < r->spec->S; j++) {
        bool seen =
            r->row->pattern ? attn_sees(&r->rule, b, 0, t, j) : r->row->sees(r, t + r->shift, j);
        count += seen;
        if (out) out[j] = seen;
    }
    return count;
}

/* Writes into out (sequences, T, S) unless it is NULL; counts. */
static bool run_fill(const MaskRun *r, uint8_t *out, int64_t *pairs, Err *err) {
    const MaskSpec *s = r->spec;
    int64_t work = 0, at = 0, cost = out || !r->row->pattern ? 3 * s->S : 10;
    *pairs = 0;
    for (int64_t b = 0; b < sequences(s); b++)
        for (int64_t t = 0; t < s->T; t++, at += s->S) {
            if (!tensor_poll(&work, cost, err)) return false;
            *pairs += run_row(r, b, t, out ? out + at : NULL);
        }
    return true;
}

bool mask_build(const MaskSpec *spec, Tensor **out, Err *err) {
    MaskRun r;
    Tensor *t = NULL;
    int64_t shape[4] = {spec->B, 1, spec->T, spec->S}, pairs;
    if (!run_begin(&r, spec, err)) return false;
    bool batched = r.row->params & MASKP_LENGTHS;
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

/* ---- as a bias ------------------------------------------------------------------------------ */

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
