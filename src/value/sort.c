/* Stable merge sort of values by `<`. The common keys (all ints, all floats, all strs)
 * are compared without the interpreter. */
#include "config.h"

#include "value/ops.h"
#include "value/seq.h"
#include "value/strobj.h"

typedef struct Pair {
    Value key, item;
} Pair;

typedef enum KeyKind { KEYS_INT, KEYS_FLOAT, KEYS_STR, KEYS_ANY } KeyKind;

typedef struct Sorter {
    Interp *in;
    KeyKind kind;
    bool reverse;
    Err *err;
} Sorter;

static KeyKind key_kind(Value v) {
    if (v.tag == VT_INT) return KEYS_INT;
    if (v.tag == VT_FLOAT) return KEYS_FLOAT;
    return value_is(v, &type_str) ? KEYS_STR : KEYS_ANY;
}

static bool less(const Sorter *s, Value a, Value b, bool *out) {
    switch (s->kind) {
    case KEYS_INT:
        *out = a.i < b.i;
        return true;
    case KEYS_FLOAT:
        *out = a.f < b.f;
        return true;
    case KEYS_STR: {
        const StrObj *x = str_of(a), *y = str_of(b);
        int order = memcmp(x->s, y->s, MIN(x->len, y->len));
        *out = order ? order < 0 : x->len < y->len;
        return true;
    }
    case KEYS_ANY:
        break;
    }
    Value v;
    bool tuples = value_is(a, &type_tuple) && value_is(b, &type_tuple);
    if (!(tuples ? seq_compare(s->in, OP_LT, a, b, &v, s->err)
                 : value_binary(s->in, OP_LT, a, b, &v, s->err)))
        return false;
    if (v.tag == VT_BOOL) {
        *out = v.b;
        return true;
    }
    bool ok = value_truth(s->in, v, out, s->err);
    value_release(v);
    return ok;
}

/* True in *out when the right one must come first. Reversed order stays stable because
 * equal keys are never exchanged. */
static bool right_first(const Sorter *s, const Pair *left, const Pair *right, bool *out) {
    return s->reverse ? less(s, left->key, right->key, out) : less(s, right->key, left->key, out);
}

/* Insertion sort of short runs; on an error p still holds every pair. */
static bool sort_run(const Sorter *s, Pair *p, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        Pair moving = p[i];
        int64_t at = i;
        bool ok = true, swap = true;
        while (at > 0 && (ok = right_first(s, &p[at - 1], &moving, &swap)) && swap) {
            p[at] = p[at - 1];
            at--;
        }
        p[at] = moving;
        if (!ok) return false;
    }
    return true;
}

/* Merges p[0..mid) and p[mid..n) through spare; on an error p still holds every pair. */
static bool merge(const Sorter *s, Pair *p, int64_t mid, int64_t n, Pair *spare) {
    bool swap, ok = true;
    if (!right_first(s, &p[mid - 1], &p[mid], &swap)) return false;
    if (!swap) return true; /* already in order */
    memcpy(spare, p, (size_t)mid * sizeof *p);
    int64_t i = 0, j = mid, to = 0;
    while (i < mid && j < n) {
        if (!(ok = right_first(s, &spare[i], &p[j], &swap))) break;
        p[to++] = swap ? p[j++] : spare[i++];
    }
    memcpy(p + to, spare + i, (size_t)(mid - i) * sizeof *p);
    return ok;
}

static bool sort_pairs(const Sorter *s, Pair *p, int64_t n, Pair *spare) {
    if (n <= 12) return sort_run(s, p, n);
    if (n > 4096 && !interp_poll(s->in, s->err)) return false;
    int64_t mid = n / 2;
    return sort_pairs(s, p, mid, spare) && sort_pairs(s, p + mid, n - mid, spare) &&
           merge(s, p, mid, n, spare);
}

bool sort_values(Interp *in, Value *items, int64_t n, Value key, bool reverse, Err *err) {
    if (n < 1) return true;
    Sorter s = {in, KEYS_ANY, reverse, err};
    Pair *pairs = mem_alloc((size_t)n * 2 * sizeof *pairs);
    bool keyed = key.tag != VT_NONE && key.tag != VT_UNSET, ok = true;
    int64_t made = 0;
    for (; made < n && ok; made++) {
        pairs[made] = (Pair){items[made], items[made]};
        if (keyed) ok = value_call_pos(in, key, &items[made], 1, &pairs[made].key, err);
    }
    if (!ok) made--; /* the last key was not made */
    s.kind = ok ? key_kind(pairs[0].key) : KEYS_ANY;
    for (int64_t i = 1; i < made && s.kind != KEYS_ANY; i++)
        if (key_kind(pairs[i].key) != s.kind) s.kind = KEYS_ANY;
    if (ok) {
        ok = sort_pairs(&s, pairs, n, pairs + n);
        for (int64_t i = 0; i < n; i++) items[i] = pairs[i].item;
    }
    for (int64_t i = 0; keyed && i < made; i++) value_release(pairs[i].key);
    mem_free(pairs);
    return ok;
}
