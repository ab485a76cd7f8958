/* A call of a row from a line of text, which lists the inputs, then after `|` the attributes; a
 * row's samples (OpDef) are such lines, between them `;`.
 *
 *     Case k;
 *     case_read(&k, &opdef_softmax, "2,3 | i-1");
 *     op_apply(&k.call, out, &err);
 *     case_clear(&k);
 *
 * Inputs:
 *
 *     2,3     float64 of that shape, gradient wanted     s        0-dim, gradient wanted
 *     ~2,3    the same, not contiguous                   ^2,3     the same, broadcast by stride 0
 *     +2,3    between 0.5 and 2                          u2,3     between 0.1 and 0.9
 *     !2,3    all different, well apart (order, extremes)
 *     c2,3    constant: no gradient                      n2.5     a number as Python gives it
 *     i3<4    int64 below 4, with repeats                j3<4     int64 below 4, all different
 *     b2,3    bool                                       -        absent
 *     S3,3    symmetric and positive-definite (first input only)
 *     g2,3    float32                                    k2,3     complex64
 *
 * Attributes: i1,2 ints; r0.5,1 reals; f1,0 flags; o2 number of pieces; m all inputs
 * through `many`; d: dtype float32.
 */
#ifndef QKV_TESTS_GRAD_CASE_H
#define QKV_TESTS_GRAD_CASE_H

#include <check.h>
#include <ctype.h>

#include "grad/ops.h"
#include "linalg/matmul.h"
#include "tensor/create.h"
#include "tensor/pointwise.h"
#include "tensor/view.h"

enum { MAX_IN = 10, MAX_PIECES = 8 };

/* A call with everything that it borrows. */
typedef struct Case {
    OpCall call;
    Tensor *in[MAX_IN]; /* owned */
    bool wants[MAX_IN];
    bool symmetric; /* in[0] is, and so are its differences */
    int64_t ints[16];
    const char *text;
} Case;

/* Every row there is, in the order of their names: tests/op_table.c, which make writes from the
 * rows in the archive. */
extern const OpDef *const op_table[];
extern const int op_table_len;

static inline const OpDef *op_find(const char *name) {
    for (int i = 0; i < op_table_len; i++)
        if (strcmp(op_table[i]->name, name) == 0) return op_table[i];
    return NULL;
}

typedef char Sample[128];

/* The next of a row's samples: for (const char *at = op->samples; next_sample(&at, text);) */
static inline bool next_sample(const char **at, Sample text) {
    if (!*at || !**at) return false;
    size_t n = strcspn(*at, ";");
    ck_assert_uint_lt(n, sizeof(Sample));
    memcpy(text, *at, n);
    text[n] = 0;
    *at += n + strspn(*at + n, "; ");
    return true;
}

static uint32_t noise;
static double next_noise(void) { /* in (0, 1) */
    noise = noise * 1664525u + 1013904223u;
    return ((double)(noise >> 8) + 0.5) / (1 << 24);
}

static void no_error(bool ok, const Err *err, const char *what) {
    if (!ok) ck_abort_msg("%s: %s", what, err->msg ? err->msg : "failed");
}

/* ---- reading samples --------------------------------------------------------------- */

static int read_shape(const char **p, int64_t *shape) {
    int n = 0;
    if (**p == 's') {
        ++*p;
        return 0;
    }
    while (isdigit((unsigned char)**p)) {
        shape[n++] = strtol(*p, (char **)p, 10);
        if (**p == ',') ++*p;
    }
    return n;
}

static void fill(Tensor *t, char kind, int64_t below) {
    int64_t n = tensor_numel(t), components = t->dtype == DT_C64 ? 2 * n : n;
    for (int64_t i = 0; i < components; i++) {
        double r = next_noise(), v = 3 * r - 1.5;
        if (kind == '+') v = 1.05 + r;
        if (kind == 'u') v = 0.1 + 0.8 * r;
        if (kind == '!') v = (double)((i * 7 + 3) % (n ? n : 1) - n / 2) * 0.3 + 0.1 * r + 0.17;
        if (kind == 'i') v = (double)(int64_t)(r * (double)below);
        if (kind == 'j') v = (double)((i * 2 + 1) % below);
        if (kind == 'b') v = r < 0.5;
        switch (t->dtype) {
        case DT_F64:
            ((double *)tensor_data(t))[i] = v;
            break;
        case DT_F32:
        case DT_C64:
            ((float *)tensor_data(t))[i] = (float)v;
            break;
        case DT_I64:
            ((int64_t *)tensor_data(t))[i] = (int64_t)v;
            break;
        default:
            ((uint8_t *)tensor_data(t))[i] = (uint8_t)v;
            break;
        }
    }
}

/* A Aᵀ + I of each matrix: symmetric and positive-definite. */
static void make_symmetric(Tensor **t) {
    Err err = {0};
    Tensor *a = *t, *at = NULL, *p = NULL, *eye = NULL;
    no_error(tensor_transpose(a, -2, -1, &at, &err), &err, "transpose");
    no_error(tensor_matmul(a, at, &p, &err), &err, "product");
    no_error(tensor_eye(DT_F64, a->shape[a->ndim - 1], a->shape[a->ndim - 1], &eye, &err), &err,
             "eye");
    *t = NULL;
    no_error(tensor_binary(BIN_ADD, p, eye, t, &err), &err, "sum");
    tensor_release(a);
    tensor_release(at);
    tensor_release(p);
    tensor_release(eye);
}

/* One input; advances *p past it. */
static Tensor *read_input(const char **p, bool *wants) {
    Err err = {0};
    Tensor *t = NULL, *other = NULL;
    char kind = ' ';
    bool swapped = false, wide = false;
    DType dt = DT_F64;
    *wants = true;
    if (**p == '-') {
        ++*p;
        return NULL;
    }
    for (; strchr("~^+u!cijbgkn", **p); ++*p) {
        if (**p == 'n') {
            double v = strtod(*p + 1, (char **)p);
            no_error(tensor_number_f64(v, &t, &err), &err, "number");
            *wants = false;
            return t;
        }
        if (**p == '~')
            swapped = true;
        else if (**p == '^')
            wide = true;
        else if (**p == 'g')
            dt = DT_F32;
        else if (**p == 'k')
            dt = DT_C64;
        else if (**p != 'c')
            kind = **p;
        if (strchr("cijb", **p)) *wants = false;
        if (strchr("ij", **p)) dt = DT_I64;
        if (**p == 'b') dt = DT_BOOL;
    }
    int64_t shape[TENSOR_MAX_DIM] = {0}, below = 1, full[TENSOR_MAX_DIM];
    int n = read_shape(p, shape);
    if (**p == '<') below = strtol(*p + 1, (char **)p, 10);
    memcpy(full, shape, sizeof full);
    if (swapped) {
        full[0] = shape[n - 1];
        full[n - 1] = shape[0];
    }
    if (wide) full[0] = 1;
    no_error(tensor_empty(dt, n, full, &t, &err), &err, "input");
    fill(t, kind, below);
    if (swapped) no_error(tensor_transpose(t, 0, -1, &other, &err), &err, "transposed");
    if (wide) no_error(tensor_expand(t, n, shape, &other, &err), &err, "expanded");
    if (!other) return t;
    tensor_release(t);
    return other;
}

static void read_attribute(Case *k, const char **p) {
    char kind = *(*p)++;
    int n = 0;
    if (kind == 'm') {
        k->call.many = k->in;
    } else if (kind == 'd') {
        k->call.dtype = DT_F32;
    } else {
        double values[16];
        while (n < 16 && **p && **p != ' ') {
            values[n++] = strtod(*p, (char **)p);
            if (**p == ',') ++*p;
        }
        for (int i = 0; i < n; i++) {
            if (kind == 'i') k->ints[i] = (int64_t)values[i];
            if (kind == 'r') k->call.reals[i] = values[i];
            if (kind == 'f') k->call.flags[i] = values[i] != 0;
        }
        if (kind == 'i') k->call.nint = n;
        if (kind == 'o') k->call.nout = (int)values[0];
    }
}

static void case_read(Case *k, const OpDef *op, const char *text) {
    noise = 7;
    *k = (Case){.call = {.op = op, .ints = NULL}, .text = text};
    const char *p = text;
    int n = 0;
    while (*p && *p != '|') {
        if (*p == ' ') {
            p++;
            continue;
        }
        bool symmetric = *p == 'S';
        p += symmetric;
        k->in[n] = read_input(&p, &k->wants[n]);
        if (symmetric) make_symmetric(&k->in[n]);
        k->symmetric |= symmetric;
        if (!k->in[n]) k->wants[n] = false;
        n++;
    }
    k->call.nin = n;
    for (int i = 0; i < n && i < OP_MAX_IN; i++) k->call.in[i] = k->in[i];
    k->call.ints = k->ints;
    while (*p) {
        if (*p == ' ' || *p == '|')
            p++;
        else
            read_attribute(k, &p);
    }
    if (n > OP_MAX_IN) k->call.many = k->in;
}

static void case_clear(Case *k) {
    for (int i = 0; i < k->call.nin; i++) tensor_release(k->in[i]);
}

#endif
