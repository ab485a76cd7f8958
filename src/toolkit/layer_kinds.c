/* Vaswani et al. 2017, Table 1, for the dialect: attention beside the layers it replaced. */
#include "config.h"

#include "attn/cost.h"
#include "toolkit/qkv.h"
#include "value/obj.h"

/* [(name, operations, steps, path, operations here, steps here, path here), ...] */
static bool do_layer_kinds(Interp *in, Value *args, Value *out, Err *err) {
    enum { N, D, K, R };
    double n, d, k, r;
    if (!value_to_float(in, args[N], &n, err) || !value_to_float(in, args[D], &d, err) ||
        !value_to_float(in, args[K], &k, err) || !value_to_float(in, args[R], &r, err))
        return false;
    if (!(n >= 1 && d >= 1 && k >= 1 && r >= 1))
        return err_set(err, ERR_VALUE,
                       "qkv.layer_kinds: sizes must be at least 1, got n=%g d=%g k=%g r=%g", n, d,
                       k, r);
    Value list = list_new();
    for (int i = 0; i < layer_kind_count; i++) {
        const LayerKindRow *row = &layer_kinds[i];
        const char *texts[] = {row->name, row->flops, row->sequential, row->path};
        double numbers[] = {row->ops(n, d, k, r), row->depth(n, k, r), row->longest(n, k, r)};
        Value t = tuple_new(ARRAY_LEN(texts) + ARRAY_LEN(numbers));
        for (size_t j = 0; j < ARRAY_LEN(texts); j++) tuple_items(t)[j] = str_value_cstr(texts[j]);
        for (size_t j = 0; j < ARRAY_LEN(numbers); j++)
            tuple_items(t)[ARRAY_LEN(texts) + j] = value_float(numbers[j]);
        list_push_take(list, t);
    }
    *out = list;
    return true;
}

const NativeRow qkv_layer_rows[] = {
    {"layer_kinds(n, d, k=3, r=64) -> list", do_layer_kinds, 0,
     "Vaswani et al. 2017, Table 1: (name, operations, sequential steps, longest path) as printed "
     "there, and the three as numbers for n tokens, width d, kernel k, neighbourhood r.",
     ">>> [row[:2] for row in qkv.layer_kinds(6, 8)][:2]\n"
     "[('self-attention', 'O(n²·d)'), ('recurrent', 'O(n·d²)')]\n"},
    {0},
};
