/* torch.einsum: any subscripts, with ellipsis.
 *
 * Every operand is brought to one order of labels (those of the output first, then
 * those that are summed), with size 1 where it lacks a label. Operands are then
 * combined from left to right; a pair that has labels to sum becomes one batched
 * matrix product: labels in both and kept are the batch, labels of one side are
 * rows or columns, summed ones the inner size.
 *
 *     "bhqd,bhkd->bhqk"   batch b h, rows q, columns k, inner d
 */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/view.h"

#define MAX_OPERANDS 16

/* A label is a letter, or one of the dims that "..." stands for, counted from the last. */
typedef unsigned char Label;
enum { ELLIPSIS = 128 }; /* ELLIPSIS + i: the i-th dim of ... from the right */

typedef struct Labels {
    int n;
    Label at[TENSOR_MAX_DIM];
} Labels;

typedef struct Einsum {
    int nops, nout, ndim; /* ndim: labels in all; the first nout are the output's */
    Labels term[MAX_OPERANDS], out;
    Label order[TENSOR_MAX_DIM];
    int64_t size[256];
    int last[TENSOR_MAX_DIM]; /* the last operand that has the label */
    int ellipsis;             /* most dims that an ellipsis stands for */
} Einsum;

/* ---- reading the equation ------------------------------------------------------------ */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool add_label(Labels *l, Label label, Err *err) {
    if (l->n == TENSOR_MAX_DIM) {
        return err_set(err, ERR_RUNTIME, "einsum(): too many subscripts, the most is %d",
                       TENSOR_MAX_DIM);
    }
    l->at[l->n++] = label;
    return true;
}

/* One term, up to ',' or '-' or the end. dots: how many dims "..." stands for (-1: refuse). */
static bool read_term(const char **s, Labels *l, int dots, int op, Err *err) {
    bool seen = false;
    for (; **s && **s != ',' && **s != '-'; (*s)++) {
        if (**s == ' ') continue;
        if (is_letter(**s)) {
            if (!add_label(l, (Label) * *s, err)) return false;
        } else if (!strncmp(*s, "...", 3) && !seen) {
            seen = true;
            *s += 2;
            for (int i = dots - 1; i >= 0; i--) {
                if (!add_label(l, (Label)(ELLIPSIS + i), err)) return false;
            }
        } else if (**s == '.') {
            return err_set(err, ERR_RUNTIME,
                           "einsum(): found '.' for operand %d that is not part "
                           "of any ellipsis",
                           op);
        } else {
            return err_set(err, ERR_RUNTIME,
                           "einsum(): invalid subscript given at index %d in the "
                           "equation string, subscripts must be in [a-zA-Z]",
                           op);
        }
    }
    return true;
}

static int count_letters(const char *s, bool *dots) {
    int n = 0;
    *dots = false;
    for (; *s && *s != ',' && *s != '-'; s++) {
        n += is_letter(*s);
        *dots = *dots || *s == '.';
    }
    return n;
}

static bool read_inputs(Einsum *e, const char **s, const TensorList *ops, Err *err) {
    for (int i = 0; i < ops->n; i++) {
        bool dots;
        int letters = count_letters(*s, &dots), ndim = ops->t[i]->ndim;
        if (dots ? letters > ndim : letters != ndim) {
            return err_set(err, ERR_RUNTIME,
                           "einsum(): the number of subscripts in the equation (%d) %s the number "
                           "of dimensions (%d) for operand %d%s",
                           letters, dots ? "is more than" : "does not match", ndim, i,
                           dots ? "" : " and no ellipsis was given");
        }
        e->ellipsis = MAX(e->ellipsis, dots ? ndim - letters : 0);
        if (!read_term(s, &e->term[i], ndim - letters, i, err)) return false;
        if (i + 1 < ops->n) {
            if (**s != ',') {
                return err_set(err, ERR_RUNTIME,
                               "einsum(): more operands were provided than specified in the "
                               "equation");
            }
            (*s)++;
        }
    }
    if (**s == ',') {
        return err_set(err, ERR_RUNTIME,
                       "einsum(): fewer operands were provided than specified in the equation");
    }
    return true;
}

static bool has_label(const Labels *l, Label label) {
    return memchr(l->at, label, (size_t)l->n) != NULL;
}

/* Without "->": the ellipsis, then every letter that occurs once, in order of the alphabet. */
static bool implicit_output(Einsum *e, Err *err) {
    for (int i = e->ellipsis - 1; i >= 0; i--) {
        if (!add_label(&e->out, (Label)(ELLIPSIS + i), err)) return false;
    }
    for (int c = 'A'; c <= 'z'; c++) {
        int n = 0;
        for (int t = 0; t < e->nops; t++) {
            for (int k = 0; k < e->term[t].n; k++) n += e->term[t].at[k] == c;
        }
        if (n == 1 && !add_label(&e->out, (Label)c, err)) return false;
    }
    return true;
}

static bool read_output(Einsum *e, const char *s, Err *err) {
    if (*s == '\0') return implicit_output(e, err);
    if (strncmp(s, "->", 2)) {
        return err_set(err, ERR_RUNTIME, "einsum(): expected '->' before the output");
    }
    s += 2;
    if (!read_term(&s, &e->out, e->ellipsis, -1, err)) return false;
    for (int i = 0; i < e->out.n; i++) {
        bool found = false;
        for (int t = 0; t < e->nops; t++) found = found || has_label(&e->term[t], e->out.at[i]);
        if (!found) {
            return err_set(err, ERR_RUNTIME,
                           "einsum(): output subscript %c does not appear in the "
                           "equation for any input operand",
                           e->out.at[i]);
        }
        if (memchr(e->out.at, e->out.at[i], (size_t)i)) {
            return err_set(err, ERR_RUNTIME,
                           "einsum(): output subscript %c appears more than once in the output",
                           e->out.at[i]);
        }
    }
    return true;
}

/* Sizes by label, and the common order. */
static bool measure(Einsum *e, const TensorList *ops, Err *err) {
    for (int i = 0; i < e->out.n; i++) e->order[e->ndim++] = e->out.at[i];
    e->nout = e->ndim;
    for (int t = 0; t < e->nops; t++) {
        for (int k = 0; k < e->term[t].n; k++) {
            Label c = e->term[t].at[k];
            int64_t n = ops->t[t]->shape[k], old = e->size[c];
            if (old && old != 1 && n != 1 && n != old) {
                return err_set(err, ERR_RUNTIME,
                               "einsum(): subscript %c has size %lld for operand %d which does not "
                               "broadcast with previously seen size %lld",
                               c < ELLIPSIS ? c : '.', (long long)n, t, (long long)old);
            }
            if (!old || old == 1) e->size[c] = n;
            if (memchr(e->order, c, (size_t)e->ndim)) continue;
            if (e->ndim == TENSOR_MAX_DIM) {
                return err_set(err, ERR_RUNTIME, "einsum(): too many subscripts");
            }
            e->order[e->ndim++] = c;
        }
    }
    for (int d = 0; d < e->ndim; d++) {
        for (int t = 0; t < e->nops; t++) {
            if (has_label(&e->term[t], e->order[d])) e->last[d] = t;
        }
    }
    return true;
}

/* ---- one operand in the common order ----------------------------------------------------- */

/* Replaces the owned *x. */
static bool step(bool ok, Tensor **x, Tensor **y) {
    if (ok) {
        tensor_release(*x);
        *x = *y;
    }
    return ok;
}

/* A label twice in one term is the diagonal; *l and *x (owned) shrink. */
static bool diagonals(Labels *l, Tensor **x, Err *err) {
    for (int i = 0; i < l->n; i++) {
        for (int k = i + 1; k < l->n; k++) {
            Tensor *y = NULL;
            if (l->at[i] != l->at[k]) continue;
            if ((*x)->shape[i] != (*x)->shape[k]) {
                return err_set(err, ERR_RUNTIME,
                               "einsum(): subscript %c is repeated for one operand but the sizes "
                               "don't match, %lld != %lld",
                               l->at[i], (long long)(*x)->shape[k], (long long)(*x)->shape[i]);
            }
            if (!step(op_diagonal(*x, 0, i, k, &y, err), x, &y)) return false;
            Label same = l->at[i]; /* the diagonal is the last dim now */
            memmove(l->at + k, l->at + k + 1, (size_t)(l->n - k - 1));
            memmove(l->at + i, l->at + i + 1, (size_t)(l->n - 1 - i));
            l->at[l->n - 2] = same;
            l->n--;
            i = -1; /* places have moved: look again */
            break;
        }
    }
    return true;
}

static bool arrange(const Einsum *e, int t, Tensor **x, Err *err) {
    Labels l = e->term[t];
    int64_t perm[TENSOR_MAX_DIM];
    Tensor *y = NULL;
    if (!diagonals(&l, x, err)) return false;
    for (int d = 0, next = l.n; d < e->ndim; d++) {
        Label *at = memchr(l.at, e->order[d], (size_t)l.n);
        perm[d] = at ? at - l.at : next++;
    }
    while ((*x)->ndim < e->ndim) {
        if (!step(op_unsqueeze(*x, (*x)->ndim, &y, err), x, &y)) return false;
    }
    return step(op_permute(*x, e->ndim, perm, &y, err), x, &y);
}

/* ---- combining two ------------------------------------------------------------------------- */

typedef struct Group {
    int n;
    int64_t dims[TENSOR_MAX_DIM], size;
} Group;

static void group_add(Group *g, int d, int64_t size) {
    g->dims[g->n++] = d;
    g->size *= size;
}

static bool as_batch(Tensor *x, const Group *a, const Group *b, const Group *c, const Group *rest,
                     Tensor **out, Err *err) {
    const Group *const groups[] = {a, b, c, rest};
    int64_t perm[TENSOR_MAX_DIM];
    Tensor *p = NULL;
    int n = 0;
    for (size_t g = 0; g < ARRAY_LEN(groups); g++) {
        for (int i = 0; i < groups[g]->n; i++) perm[n++] = groups[g]->dims[i];
    }
    bool ok = op_permute(x, n, perm, &p, err) &&
              op_reshape(p, 3, (int64_t[]){a->size, b->size, c->size}, out, err);
    tensor_release(p);
    return ok;
}

/* acc without its dims past nout, which have size 1: a view where strides allow. */
static bool drop_dims(Tensor *acc, int nout, Tensor **out, Err *err) {
    int64_t stride[TENSOR_MAX_DIM];
    return view_strides(acc, nout, acc->shape, stride)
               ? op_view(acc, nout, acc->shape, out, err)
               : op_reshape(acc, nout, acc->shape, out, err);
}

/* Sums over the dims in `sum` (bit set) of x * y; both have n dims. */
static bool contract(Tensor *x, Tensor *y, uint32_t sum, Tensor **out, Err *err) {
    Group both = {.size = 1}, left = both, right = both, inner = both;
    Tensor *a = NULL, *b = NULL, *m = NULL, *v = NULL;
    int64_t shape[TENSOR_MAX_DIM], back[TENSOR_MAX_DIM];
    int n = x->ndim, at = 0;
    bool ok = false;
    tensor_retain(x);
    tensor_retain(y);
    for (int d = 0; d < n; d++) {
        bool in_x = x->shape[d] != 1, in_y = y->shape[d] != 1;
        Tensor *s = NULL;
        int64_t dim = d;
        if (sum >> d & 1) { /* in one of them alone: it is summed before the product */
            if (in_x && !in_y && !step(op_sum(x, 1, &dim, true, &s, err), &x, &s)) goto out;
            if (in_y && !in_x && !step(op_sum(y, 1, &dim, true, &s, err), &y, &s)) goto out;
            group_add(&inner, d, x->shape[d]);
        } else if (in_x && in_y) {
            group_add(&both, d, x->shape[d]);
        } else if (in_x || !in_y) {
            group_add(&left, d, x->shape[d]);
        } else {
            group_add(&right, d, y->shape[d]);
        }
    }
    ok = as_batch(x, &both, &left, &inner, &right, &a, err) &&
         as_batch(y, &both, &inner, &right, &left, &b, err) && op_bmm(a, b, &m, err);
    if (!ok) goto out;
    const Group *const groups[] = {&both, &left, &inner, &right};
    for (size_t g = 0; g < ARRAY_LEN(groups); g++) {
        for (int i = 0; i < groups[g]->n; i++) {
            int64_t d = groups[g]->dims[i];
            shape[at] = g == 2 ? 1 : g == 3 ? y->shape[d] : x->shape[d];
            back[d] = at++;
        }
    }
    ok = op_view(m, n, shape, &v, err) && op_permute(v, n, back, out, err);
out:
    tensor_release(x);
    tensor_release(y);
    tensor_release(a);
    tensor_release(b);
    tensor_release(m);
    tensor_release(v);
    return ok;
}

/* Dims to sum once operand t has been combined. */
static uint32_t due(const Einsum *e, int t) {
    uint32_t bits = 0;
    for (int d = e->nout; d < e->ndim; d++) {
        if (e->last[d] == t) bits |= 1u << d;
    }
    return bits;
}

static bool combine(const Einsum *e, Tensor **ops, Tensor **out, Err *err) {
    Tensor *acc = tensor_retain(ops[0]), *y = NULL;
    int64_t dims[TENSOR_MAX_DIM];
    uint32_t first = due(e, 0);
    int n = 0;
    bool ok = true;
    if (e->nops > 1 && first) {
        for (int d = 0; d < e->ndim; d++) {
            if (first >> d & 1) dims[n++] = d;
        }
        ok = step(op_sum(acc, n, dims, true, &y, err), &acc, &y);
    }
    for (int t = 1; ok && t < e->nops; t++) {
        uint32_t sum = due(e, t);
        ok = sum ? step(contract(acc, ops[t], sum, &y, err), &acc, &y)
                 : step(op_mul(acc, ops[t], &y, err), &acc, &y);
    }
    n = 0;
    for (int d = e->nout; d < e->ndim; d++) dims[n++] = d;
    if (ok && n && e->nops == 1)
        ok = step(op_sum(acc, n, dims, false, &y, err), &acc, &y);
    else if (ok && n)
        ok = step(drop_dims(acc, e->nout, &y, err), &acc, &y);
    if (ok)
        *out = acc;
    else
        tensor_release(acc);
    return ok;
}

/* ---- the row -------------------------------------------------------------------------------- */

static bool einsum(const char *equation, const TensorList *ops, Tensor **out, Err *err) {
    Einsum e = {.nops = ops->n};
    Tensor *arranged[MAX_OPERANDS];
    int made = 0;
    bool ok = true;
    if (!read_inputs(&e, &equation, ops, err) || !read_output(&e, equation, err) ||
        !measure(&e, ops, err)) {
        return false;
    }
    for (; ok && made < ops->n; made++) {
        arranged[made] = tensor_retain(ops->t[made]);
        ok = arrange(&e, made, &arranged[made], err);
    }
    ok = ok && combine(&e, arranged, out, err);
    for (int i = 0; i < made; i++) tensor_release(arranged[i]);
    return ok;
}

/* ---- einsum(a, [0, 1], b, [1, 2], [0, 2]): the same by numbers ------------------------------- */

/* One list of labels as letters: 0..25 are A..Z, 26..51 a..z. */
static bool add_labels(Interp *in, Value list, Str *equation, Err *err) {
    Value *items;
    int64_t n, label;
    if (!seq_items(list, &items, &n))
        return err_set(err, ERR_TYPE, "einsum(): a list of subscripts stands behind each operand");
    for (int64_t i = 0; i < n; i++) {
        if (value_type(items[i]) == &type_ellipsis) {
            str_add(equation, "...");
            continue;
        }
        if (!arg_int(in, "do_einsum", 1, items[i], &label, err)) return false;
        if (label < 0 || label >= 52)
            return err_set(err, ERR_VALUE,
                           "einsum(): subscript %lld is not within the valid range [0, 52)",
                           (long long)label);
        str_addc(equation, (char)(label < 26 ? 'A' + label : 'a' + label - 26));
    }
    return true;
}

/* given: operands and lists by turns, then perhaps the list of the output. */
static bool einsum_lists(Interp *in, const Value *given, int64_t n, Value *out, Err *err) {
    Str equation = STR_INIT;
    Value operands = tuple_new(n / 2);
    TensorList ops = {0};
    Tensor *y = NULL;
    bool ok = true;
    for (int64_t i = 0; ok && i + 1 < n; i += 2) {
        tuple_items(operands)[i / 2] = value_retain(given[i]);
        if (i) str_addc(&equation, ',');
        ok = add_labels(in, given[i + 1], &equation, err);
    }
    if (ok && n % 2) {
        str_add(&equation, "->");
        ok = add_labels(in, given[n - 1], &equation, err);
    }
    ok = ok && arg_tensors(in, "do_einsum", 0, operands, &ops, err);
    if (ok && ops.n > MAX_OPERANDS)
        ok =
            err_set(err, ERR_RUNTIME, "einsum(): %d operands, the most is %d", ops.n, MAX_OPERANDS);
    ok = ok && einsum(str_cstr(&equation), &ops, &y, err);
    tensor_list_clear(&ops);
    value_release(operands);
    str_clear(&equation);
    return tensor_return(ok, &y, out);
}

static bool do_einsum(Interp *in, Value *args, Value *out, Err *err) {
    const char *equation;
    TensorList ops;
    Tensor *y = NULL;
    Value from = args[1], *items;
    int64_t n;
    bool ok;
    if (value_tensor(args[0])) {
        seq_items(args[1], &items, &n);
        Value all = tuple_new(n + 1);
        tuple_items(all)[0] = value_retain(args[0]);
        for (int64_t i = 0; i < n; i++) tuple_items(all)[i + 1] = value_retain(items[i]);
        ok = einsum_lists(in, tuple_items(all), n + 1, out, err);
        value_release(all);
        return ok;
    }
    if (!ARG_STR(0, &equation)) return false;
    if (seq_items(from, &items, &n) && n == 1 && !value_tensor(items[0])) from = items[0];
    if (!arg_tensors(in, __func__, 1, from, &ops, err)) return false;
    if (ops.n == 0 || ops.n > MAX_OPERANDS) {
        ok = err_set(err, ERR_RUNTIME, "einsum(): must provide at least one operand");
    } else {
        ok = einsum(equation, &ops, &y, err);
    }
    tensor_list_clear(&ops);
    return tensor_return(ok, &y, out);
}

const NativeRow torch_einsum_rows[] = {
    {"einsum(equation, *operands) -> Tensor", do_einsum, TORCH_FN,
     "Sums of products by labelled dims: labels missing from the output are summed. 'bhqd,bhkd->"
     "bhqk' is q @ k.transpose(-2, -1) for every batch and head.",
     ">>> torch.einsum('ij,kj->ik', torch.tensor([[1., 2.]]), torch.tensor([[3., 4.]]))\n"
     "tensor([[11.]])"},
    {0},
};
