/* What belongs to attention, seen from the dialect: masks, corrupted inputs, closed-form costs. */
#include "config.h"

#include "attn/corrupt.h"
#include "attn/cost.h"
#include "attn/mask.h"
#include "attn/score.h"
#include "toolkit/qkv.h"
#include "tensorobj/tensorobj.h"
#include "value/number.h"
#include "value/obj.h"

/* ---- masks ----------------------------------------------------------------------------------- */

bool ints_from(Interp *in, Value v, int64_t **out, size_t *n, Err *err) {
    *out = NULL;
    *n = 0;
    if (v.tag == VT_NONE) return true;
    double *nums;
    if (!numbers_from(in, v, &nums, n, err)) return false;
    *out = mem_alloc(sizeof **out * (*n + 1));
    for (size_t i = 0; i < *n; i++) (*out)[i] = (int64_t)nums[i];
    mem_free(nums);
    return true;
}

/* Integer parameters that were given as keywords. */
static bool mask_options(Interp *in, Value kwargs, MaskSpec *spec, Err *err) {
    Value key, v;
    for (size_t i = 0; dict_next(dict_of(kwargs), &i, &key, &v);) {
        int64_t n;
        if (!value_to_int(in, v, &n, err) || !mask_spec_set(spec, str_of(key)->s, n, err))
            return false;
    }
    return true;
}

/* What qkv.mask and qkv.mask_pairs are given: kind, n, keys, lengths, docs, options. */
typedef struct MaskCall {
    MaskSpec spec;
    int64_t *lengths, *docs; /* owned */
} MaskCall;

static bool mask_kind_from(Value v, const char *who, int *kind, Err *err) {
    if (!value_is(v, &type_str))
        return err_set(err, ERR_TYPE, "qkv.%s: kind must be a str, not %s", who,
                       value_type(v)->name);
    return (*kind = mask_kind_find(str_of(v)->s, err)) >= 0;
}

static bool read_mask_call(Interp *in, Value *args, const char *who, int64_t most, MaskCall *c,
                           Err *err) {
    int kind;
    int64_t T, S;
    size_t nlengths, ndocs;
    *c = (MaskCall){0};
    if (!mask_kind_from(args[0], who, &kind, err) || !value_to_int(in, args[1], &T, err))
        return false;
    S = T;
    if (args[2].tag != VT_NONE && !value_to_int(in, args[2], &S, err)) return false;
    if (T < 0 || S < 0 || T > most || S > most)
        return err_set(err, ERR_VALUE, "qkv.%s: sizes must be 0..%lld, got %lld and %lld", who,
                       (long long)most, (long long)T, (long long)S);
    if (!ints_from(in, args[3], &c->lengths, &nlengths, err) ||
        !ints_from(in, args[4], &c->docs, &ndocs, err))
        return false;
    c->spec = mask_spec(kind, T, S);
    c->spec.lengths = c->lengths;
    c->spec.docs = c->docs;
    if (c->lengths) c->spec.B = (int64_t)nlengths;
    if (c->docs && (int64_t)ndocs != MAX(T, S))
        return err_set(err, ERR_VALUE,
                       "qkv.%s: docs must have %lld numbers, one a position, got %zu", who,
                       (long long)MAX(T, S), ndocs);
    return mask_options(in, args[5], &c->spec, err);
}

static void mask_call_clear(MaskCall *c) {
    mem_free(c->lengths);
    mem_free(c->docs);
}

static bool do_mask(Interp *in, Value *args, Value *out, Err *err) {
    MaskCall c;
    Tensor *mask = NULL;
    bool ok = read_mask_call(in, args, "mask", 65536, &c, err) && mask_build(&c.spec, &mask, err);
    mask_call_clear(&c);
    if (ok) *out = tensor_wrap_take(mask);
    return ok;
}

static bool do_mask_pairs(Interp *in, Value *args, Value *out, Err *err) {
    MaskCall c;
    int64_t pairs;
    bool ok = read_mask_call(in, args, "mask_pairs", INT32_MAX, &c, err) &&
              mask_count(&c.spec, &pairs, err);
    mask_call_clear(&c);
    if (ok) *out = value_int(pairs);
    return ok;
}

/* A mask over blocks: n positions in blocks of `block`. */
static bool do_layout(Interp *in, Value *args, Value *out, Err *err) {
    enum { KIND, N, BLOCK, KEYS, OPTIONS };
    int kind;
    int64_t n, keys, block;
    if (!mask_kind_from(args[KIND], "layout", &kind, err) || !value_to_int(in, args[N], &n, err) ||
        !value_to_int(in, args[BLOCK], &block, err))
        return false;
    keys = n;
    if (args[KEYS].tag != VT_NONE && !value_to_int(in, args[KEYS], &keys, err)) return false;
    if (n < 1 || keys < 1 || block < 1 || n / block > 65536 || keys / block > 65536)
        return err_set(err, ERR_VALUE,
                       "qkv.layout: wanted positions, keys and a block of at least 1 and at most "
                       "65536 blocks, got %lld, %lld and %lld",
                       (long long)n, (long long)keys, (long long)block);
    MaskSpec spec = mask_spec(kind, (n + block - 1) / block, (keys + block - 1) / block);
    spec.block = 1;
    Tensor *layout = NULL;
    if (!mask_options(in, args[OPTIONS], &spec, err) || !mask_build(&spec, &layout, err))
        return false;
    *out = tensor_wrap_take(layout);
    return true;
}

const char *qkv_mask_kind(int i) {
    return i < mask_kind_count ? mask_kinds[i].name : NULL;
}

/* [(name, rule, help, source), ...] */
static bool do_mask_kinds(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    Value list = list_new();
    for (int i = 0; i < mask_kind_count; i++) {
        const char *texts[] = {mask_kinds[i].name, mask_kinds[i].rule, mask_kinds[i].help,
                               mask_kinds[i].source};
        Value row = tuple_new(ARRAY_LEN(texts));
        for (size_t k = 0; k < ARRAY_LEN(texts); k++)
            tuple_items(row)[k] = str_value_cstr(texts[k] ? texts[k] : "");
        list_push_take(list, row);
    }
    *out = list;
    return true;
}

/* {option: default} of one kind; None for an array. */
static bool do_mask_options(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    int kind;
    if (!mask_kind_from(args[0], "mask_options", &kind, err)) return false;
    *out = dict_value_new();
    for (int i = 0; i < MASK_PARAM_COUNT; i++) {
        unsigned bit = 1u << i;
        if (!(mask_kinds[kind].params & bit)) continue;
        bool array = bit & (MASKP_LENGTHS | MASKP_DOCS);
        dict_set_cstr(dict_of(*out), mask_params[i].name,
                      array ? VALUE_NONE : value_int(mask_params[i].dflt));
    }
    return true;
}

/* ---- corrupted inputs ------------------------------------------------------------------------ */

static Value ints_list(const int64_t *v, int64_t n) {
    Value list = list_new();
    for (int64_t i = 0; i < n; i++) list_push_take(list, value_int(v[i]));
    return list;
}

static void put_take(Value dict, const char *key, Value v) {
    dict_set_cstr(dict_of(dict), key, v);
    value_release(v);
}

static Value corruption_dict(const Corruption *c) {
    Value d = dict_value_new(), fate = list_new(), span = list_new();
    for (int64_t i = 0; i < c->n; i++) {
        list_push_take(fate, str_value_cstr(token_fate_names[c->fate[i]]));
        list_push_take(span, value_int(c->span[i]));
    }
    put_take(d, "ids", ints_list(c->ids, c->n));
    put_take(d, "labels", ints_list(c->labels, c->n));
    put_take(d, "fate", fate);
    put_take(d, "span", span);
    put_take(d, "chosen", value_int(c->chosen));
    return d;
}

static bool do_corrupt(Interp *in, Value *args, Value *out, Err *err) {
    enum { IDS, VOCAB, MASK_ID, KIND, RATE, WORDS };
    int64_t *ids, *word = NULL, vocab, mask_id;
    size_t n, words;
    bool bert = str_eq_cstr(args[KIND], "bert");
    if (!bert && !str_eq_cstr(args[KIND], "spanbert")) {
        err_set(err, ERR_VALUE, "qkv.corrupt: kind must be 'bert' or 'spanbert'");
        return false;
    }
    if (!value_to_int(in, args[VOCAB], &vocab, err) ||
        !value_to_int(in, args[MASK_ID], &mask_id, err) || !ints_from(in, args[IDS], &ids, &n, err))
        return false;
    CorruptSpec spec = corrupt_spec(bert ? CORRUPT_BERT : CORRUPT_SPANBERT, mask_id, vocab);
    Corruption c = {0};
    bool ok = value_to_float(in, args[RATE], &spec.rate, err) &&
              ints_from(in, args[WORDS], &word, &words, err);
    if (ok && word && words != n)
        ok = err_set(err, ERR_VALUE,
                     "qkv.corrupt: words must have %zu numbers, one a token, got %zu", n, words);
    spec.word = word;
    ok = ok && corrupt_tokens(&spec, ids, (int64_t)n, rng_default(), &c, err);
    mem_free(ids);
    mem_free(word);
    if (ok) *out = corruption_dict(&c);
    corruption_clear(&c);
    return ok;
}

/* ---- costs ---------------------------------------------------------------------------------- */

/* {figure: value}; whole numbers as ints. */
static bool do_cost(Interp *in, Value *args, Value *out, Err *err) {
    double E, H, n, G;
    if (!value_to_float(in, args[0], &E, err) || !value_to_float(in, args[1], &H, err) ||
        !value_to_float(in, args[2], &n, err))
        return false;
    G = H;
    if (args[3].tag != VT_NONE && !value_to_float(in, args[3], &G, err)) return false;
    if (E < 1 || H < 1 || n < 1 || G < 1)
        return err_set(
            err, ERR_VALUE,
            "qkv.cost: sizes must be at least 1, got d_model=%g heads=%g n=%g kv_heads=%g", E, H, n,
            G);
    AttnDims d = attn_dims(E, H, G, n);
    struct {
        int slot;
        double *field;
    } more[] = {{4, &d.S}, {5, &d.D}, {6, &d.L}, {7, &d.B}, {8, &d.b}, {10, &d.P}};
    for (size_t i = 0; i < ARRAY_LEN(more); i++)
        if (args[more[i].slot].tag != VT_NONE &&
            !value_to_float(in, args[more[i].slot], more[i].field, err))
            return false;
    d.Dv = d.D;
    if (args[10].tag == VT_NONE) d.P = d.T * d.S;
    d.biases = args[9].tag == VT_BOOL && args[9].b;
    Value dict = dict_value_new();
    for (int i = 0; i < ATTN_FIGURE_COUNT; i++) {
        double v = attn_cost((AttnFigure)i, &d);
        put_take(dict, attn_figures[i].name,
                 v < 9e15 && v == (double)(int64_t)v ? value_int((int64_t)v) : value_float(v));
    }
    *out = dict;
    return true;
}

/* [(name, unit, formula, help), ...] */
static bool do_cost_figures(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    Value list = list_new();
    for (int i = 0; i < ATTN_FIGURE_COUNT; i++) {
        const char *texts[] = {attn_figures[i].name, attn_figures[i].unit, attn_figures[i].formula,
                               attn_figures[i].help};
        Value row = tuple_new(ARRAY_LEN(texts));
        for (size_t k = 0; k < ARRAY_LEN(texts); k++)
            tuple_items(row)[k] = str_value_cstr(texts[k]);
        list_push_take(list, row);
    }
    *out = list;
    return true;
}

/* [(name, formula, parameters, FLOPs, source), ...] for one size. */
static bool do_score_kinds(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n, d, A;
    if (!value_to_int(in, args[0], &n, err) || !value_to_int(in, args[1], &d, err)) return false;
    A = d;
    if (args[2].tag != VT_NONE && !value_to_int(in, args[2], &A, err)) return false;
    if (n < 0 || d < 0 || A < 0)
        return err_set(err, ERR_VALUE, "score_kinds(): sizes are 0 or more, not %lld",
                       (long long)MIN(n, MIN(d, A)));
    ScoreSize z = {n, n, d, d, A};
    Value list = list_new();
    for (int i = 0; i < SCORE_KIND_COUNT; i++) {
        const ScoreKindRow *r = &score_kinds[i];
        int64_t params, flops;
        if (!int_from_float(r->params(&z), &params, err) ||
            !int_from_float(r->flops(&z), &flops, err)) {
            value_release(list);
            return false;
        }
        Value row = tuple_new(5);
        tuple_items(row)[0] = str_value_cstr(r->name);
        tuple_items(row)[1] = str_value_cstr(r->formula);
        tuple_items(row)[2] = value_int(params);
        tuple_items(row)[3] = value_int(flops);
        tuple_items(row)[4] = str_value_cstr(r->source ? r->source : "");
        list_push_take(list, row);
    }
    *out = list;
    return true;
}

const NativeRow qkv_attn_rows[] = {
    {"mask(kind: str, n: int, keys=None, lengths=None, docs=None, **options) -> Tensor", do_mask,
     NATIVE_RANDOM,
     "(n, keys) bool mask by name, True = attends; with lengths (B, 1, n, keys). qkv.mask_kinds() "
     "lists the "
     "kinds with their rules, qkv.mask_options(kind) what each takes.",
     ">>> qkv.mask('causal', 3).int()\ntensor([[1, 0, 0],\n        [1, 1, 0],\n        [1, 1, 1]], "
     "dtype=torch.int32)\n"},
    {"mask_pairs(kind: str, n: int, keys=None, lengths=None, docs=None, **options) -> int",
     do_mask_pairs, NATIVE_RANDOM,
     "The (query, key) pairs that the mask of that kind keeps, counted by its rule without making "
     "it: "
     "for qkv.cost(pairs=).",
     ">>> qkv.mask_pairs('window', 1000000, window=128, causal=1)\n128991744\n"},
    {"mask_options(kind: str) -> dict", do_mask_options, 0,
     "What a kind of mask takes, with defaults; None where it wants a list.",
     ">>> qkv.mask_options('sinks')\n{'window': 2, 'sinks': 1, 'bottom_right': 0}\n"},
    {"layout(kind: str, n: int, block: int, keys=None, **options) -> Tensor", do_layout,
     NATIVE_RANDOM,
     "A block-sparse layout for qkv.attention(layout=, block=): the mask of that kind over blocks "
     "of positions in place of positions, so that window, globals, randoms and stride count "
     "blocks. Kinds and options are qkv.mask's.",
     ">>> qkv.layout('global', 512, 128, window=0, globals=1).int()\ntensor([[1, 1, 1, 1],\n       "
     " "
     "[1, 1, 0, 0],\n        [1, 0, 1, 0],\n        [1, 0, 0, 1]], dtype=torch.int32)\n"},
    {"mask_kinds() -> list", do_mask_kinds, 0, "(name, rule, help, source) of every kind of mask.",
     ">>> qkv.mask_kinds()[0][0]\n'none'\n"},
    {"corrupt(ids, vocab: int, mask_id: int, kind='bert', rate=0.15, words=None) -> dict",
     do_corrupt, NATIVE_RANDOM,
     "Corrupts token ids for masked-token training: 'bert' (15 % of tokens: 80 % [MASK], 10 % "
     "random, 10 % "
     "kept; Devlin et al. 2019, 3.1) or 'spanbert' (geometric spans; Joshi et al. 2020, 3.1). "
     "words: the number of each token's word, so that spans are whole words. Lists ids, "
     "labels (-100: no loss), fate, span and the count chosen.",
     ">>> qkv.corrupt(list(range(100)), 1000, 999)['chosen']\n15\n"},
    {"cost(d_model, heads, n, kv_heads=None, keys=None, d_head=None, layers=None, batch=None, "
     "bytes=None, "
     "bias=False, pairs=None) -> dict",
     do_cost, 0,
     "Closed-form figures of one attention layer (layers and batch for the cache): parameters, "
     "FLOPs (a "
     "multiply-add is 2), bytes. qkv.cost_figures() has their formulas.",
     ">>> qkv.cost(768, 12, 1024, bias=True)['parameters']\n2362368\n"},
    {"cost_figures() -> list", do_cost_figures, 0,
     "(name, unit, formula, help) of every figure of qkv.cost.",
     ">>> qkv.cost_figures()[0][2]\n'E·H·D'\n"},
    {"score_kinds(n: int, d: int, hidden=None) -> list", do_score_kinds, 0,
     "(name, formula, parameters, FLOPs, source) of each way to score n queries against n keys of "
     "size d.",
     ">>> [row[0] for row in qkv.score_kinds(6, 8)]\n['dot', 'scaled', 'general', 'additive', "
     "'concat', "
     "'cosine']\n"},
    {0},
};
