#include "config.h"

#include "attn/kernel.h"

#include "attn/lanes.h"
#include "attn/shape.h"
#include "attn/tiled.h"
#include "linalg/blas.h"

/* ---- what each can do -------------------------------------------------------------- */

/* False also where the operands do not fit each other. */
static bool sizes(const AttnArgs *a, AttnShape *z) {
    Err err = {0};
    if (attn_shape(a, z, &err)) return true;
    err_clear(&err);
    return false;
}

static bool any(const AttnArgs *a) {
    UNUSED(a);
    return true;
}

/* float32 arithmetic, nothing empty, head sizes within the scratch that is planned for. */
static bool fits_fast(const AttnArgs *a, const AttnShape *z) {
    return !a->f64 && a->q->dtype != DT_F64 && z->B > 0 && z->H > 0 && z->T > 0 && z->S > 0 &&
           z->D > 0 && z->Dv > 0 && z->D <= 512 && z->Dv <= 512 && z->S < INT32_MAX;
}

static bool tiled_supports(const AttnArgs *a) {
    AttnShape z;
    return !sizes(a, &z) || (fits_fast(a, &z) && !a->want_weights);
}

static bool narrow_fits(const AttnArgs *a, const AttnShape *z) {
    return fits_fast(a, z) && z->T <= ATTN_NARROW_MAX && z->S <= ATTN_NARROW_MAX &&
           z->D <= ATTN_NARROW_D && z->Dv <= ATTN_NARROW_D;
}

static bool narrow_supports(const AttnArgs *a) {
    AttnShape z;
    return !sizes(a, &z) || narrow_fits(a, &z);
}

/* ---- the table --------------------------------------------------------------------- */

static bool run_with(const AttnArgs *a, bool (*kernel)(AttnProblem *, Err *), AttnOut *out,
                     Err *err) {
    AttnProblem p;
    if (!attn_problem_init(a, &p, err)) return false;
    if (kernel(&p, err)) return attn_problem_finish(&p, out, err);
    attn_problem_clear(&p);
    return false;
}

static bool refuse(const char *name, Err *err) {
    err_set(err, ERR_RUNTIME, "attention: kernel \"%s\" does not do these operands or this result",
            name);
    return err_hint(err, "leave the kernel out: one that does is then chosen");
}

static bool tiled_run(const AttnArgs *a, AttnOut *out, Err *err) {
    return tiled_supports(a) ? run_with(a, attn_tiled, out, err) : refuse("tiled", err);
}

static bool decode_run(const AttnArgs *a, AttnOut *out, Err *err) {
    return tiled_supports(a) ? run_with(a, attn_decode, out, err) : refuse("decode", err);
}

static bool blas_supports(const AttnArgs *a) {
    AttnShape z;
    return !sizes(a, &z) || (fits_fast(a, &z) && blas_load());
}

static bool blas_run(const AttnArgs *a, AttnOut *out, Err *err) {
    return blas_supports(a) ? run_with(a, attn_blas, out, err) : refuse("blas", err);
}

static bool narrow_run(const AttnArgs *a, AttnOut *out, Err *err) {
    return narrow_supports(a) ? run_with(a, attn_narrow, out, err) : refuse("narrow", err);
}

enum { NAIVE, NARROW, DECODE, TILED, BLAS };

const AttnKernel attn_kernels[] = {
    [NAIVE] = {.name = "naive",
               .help = "the formula row by row; every dtype, weights too; the reference",
               .supports = any,
               .run = attn_naive},
    [NARROW] = {.name = "narrow",
                .help = "up to 32 queries and keys, head sizes up to 128; weights too",
                .supports = narrow_supports,
                .run = narrow_run},
    [DECODE] = {.name = "decode",
                .help = "few queries against a long cache: reads keys and values once",
                .supports = tiled_supports,
                .run = decode_run},
    [TILED] = {.name = "tiled",
               .help = "tiles with an online softmax; hidden tiles skipped, no score matrix",
               .supports = tiled_supports,
               .run = tiled_run},
    [BLAS] = {.name = "blas",
              .help = "tiles over OpenBLAS's products, online softmax; weights too",
              .supports = blas_supports,
              .run = blas_run},
};
const int attn_kernel_count = (int)ARRAY_LEN(attn_kernels);

/* ---- the choice -------------------------------------------------------------------- */

const AttnKernel *attn_kernel_find(const char *name) {
    for (int i = 0; i < attn_kernel_count; i++)
        if (!strcmp(attn_kernels[i].name, name)) return &attn_kernels[i];
    return NULL;
}

/* Worth opening OpenBLAS for: some milliseconds of plain loops. */
static bool large(const AttnShape *z) {
    return (double)z->B * (double)z->H * (double)z->T * (double)z->S * (double)(z->D + z->Dv) > 1e7;
}

const AttnKernel *attn_kernel_choose(const AttnArgs *a) {
    AttnShape z;
    if (!sizes(a, &z) || !fits_fast(a, &z)) return &attn_kernels[NAIVE];
    if (narrow_fits(a, &z)) return &attn_kernels[NARROW];
    if (a->want_weights) return &attn_kernels[large(&z) && blas_load() ? BLAS : NAIVE];
    if (a->pattern.layout || a->pattern.step > 1) return &attn_kernels[TILED];
    bool by_head = a->mask && a->mask->ndim >= 3 && a->mask->shape[a->mask->ndim - 3] != 1;
    if (attn_shared_rows(z.T, z.H, z.G, by_head) <= ATTN_DECODE_ROWS) return &attn_kernels[DECODE];
    return &attn_kernels[TILED];
}

static int64_t bytes_of(const Tensor *t) {
    return t ? (int64_t)t->st->bytes : 0;
}

/* Scratch is what the high-water mark of memory rose by, results left out. */
bool attn_run_kernel(const AttnKernel *kernel, const AttnArgs *a, AttnOut *out, Err *err) {
    size_t before = tensor_memory_used(), peak = tensor_memory_peak();
    tensor_memory_peak_set(before);
    bool ok = kernel->run(a, out, err);
    int64_t most = (int64_t)(tensor_memory_peak() - before);
    tensor_memory_peak_set(MAX(peak, tensor_memory_peak()));
    if (ok) out->scratch = most - bytes_of(out->out) - bytes_of(out->lse) - bytes_of(out->weights);
    return ok;
}

bool attn_run(const AttnArgs *a, AttnOut *out, Err *err) {
    return attn_run_kernel(attn_kernel_choose(a), a, out, err);
}

const char *attn_simd_name(void) {
    return attn_lanes()->name;
}
