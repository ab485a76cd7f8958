/* Words and their vectors, for lessons and tests without a trained model. */
#include "config.h"

#include <ctype.h>

#include "toolkit/qkv.h"
#include "tensorobj/tensorobj.h"
#include "value/obj.h"
#include "rng/rng.h"

static bool is_punctuation(unsigned char c) {
    return c < 0x80 && ispunct(c) && c != '\'' && c != '-' && c != '[' && c != ']' && c != '_';
}

/* Words at blanks; a punctuation mark is a token of its own. */
static bool do_tokens(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (!value_is(args[0], &type_str))
        return err_set(err, ERR_TYPE, "qkv.tokens: text must be a str, not %s",
                       value_type(args[0])->name);
    Value list = list_new();
    const char *s = str_of(args[0])->s, *end = s + str_of(args[0])->len;
    while (s < end) {
        if (isspace((unsigned char)*s)) {
            s++;
            continue;
        }
        const char *start = s++;
        if (!is_punctuation((unsigned char)*start))
            while (s < end && !isspace((unsigned char)*s) && !is_punctuation((unsigned char)*s))
                s++;
        list_push_take(list, str_value(start, (size_t)(s - start)));
    }
    *out = list;
    return true;
}

/* FNV-1a of the lower-cased word: the same word has the same vector wherever it stands. */
static uint64_t word_seed(const char *word, uint64_t seed) {
    uint64_t h = 14695981039346656037u ^ (seed * 0x9E3779B97F4A7C15u);
    for (; *word; word++) h = (h ^ (unsigned char)tolower((unsigned char)*word)) * 1099511628211u;
    return h;
}

static bool do_embed(Interp *in, Value *args, Value *out, Err *err) {
    Labels words;
    int64_t d = 0, seed = 0;
    if (!value_to_int(in, args[1], &d, err) || !value_to_int(in, args[2], &seed, err)) return false;
    if (d < 1 || d > 65536)
        return err_set(err, ERR_VALUE, "qkv.embed: d must be 1..65536, got %lld", (long long)d);
    if (!labels_from(in, args[0], &words, err)) return false;
    Tensor *t = NULL;
    bool ok = tensor_empty(DT_F32, 2, (int64_t[]){(int64_t)words.count, d}, &t, err);
    float *row = ok ? tensor_data(t) : NULL;
    Rng rng = {0};
    for (size_t i = 0; ok && i < words.count; i++) {
        rng_seed(&rng, word_seed(words.items[i], (uint64_t)seed));
        for (int64_t j = 0; j < d; j++) *row++ = (float)rng_normal(&rng);
    }
    labels_clear(&words);
    if (ok) *out = tensor_wrap_take(t);
    return ok;
}

const NativeRow qkv_text_rows[] = {
    {"tokens(text: str) -> list", do_tokens, 0, "Words and punctuation marks of a text.",
     ">>> qkv.tokens('the cat sat.')\n['the', 'cat', 'sat', '.']\n"},
    {"embed(tokens, d: int, seed: int = 0) -> Tensor", do_embed, 0,
     "(n, d) seeded random vectors, entries from N(0, 1): the same word has the same vector "
     "wherever it "
     "stands, whatever the other words are. torch's generator is left alone.",
     ">>> x = qkv.embed(['a', 'b', 'a'], 4)\n>>> x.shape, bool((x[0] == x[2]).all())\n"
     "(torch.Size([3, 4]), True)\n"},
    {0},
};
