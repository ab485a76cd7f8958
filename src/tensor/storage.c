/* Where tensors live: counted storages under one byte limit, pooled headers.
 *
 * A Storage's header and data are one block, the data 64-byte aligned behind it.
 * Small blocks and Tensor structs go through free lists, because the evaluator
 * makes and drops a scalar tensor for almost every operation: a pooled pair costs
 * about 10 ns where malloc costs 60. Not thread-safe: kernels that run on several
 * threads allocate before they split.
 */
#include "config.h"

#include "base/memory.h"
#include "tensor/interrupt.h"
#include "tensor/shapetext.h"
#include "tensor/tensor.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define HEADER 64              /* room for Storage; keeps the data aligned */
#define POOL_CLASSES 9         /* data of 64 << 0 .. 64 << 8 bytes */
#define POOL_KEEP 64           /* free blocks kept per class */
#define POOL_KEEP_TENSORS 1024 /* free Tensor structs kept */

/* The sanitizer must see every free. */
#if defined(__SANITIZE_ADDRESS__)
#define POOLING 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POOLING 0
#endif
#endif
#ifndef POOLING
#define POOLING 1
#endif

#define RAW 7 /* the header's last pointer: what malloc gave */
_Static_assert(sizeof(Storage) <= RAW * sizeof(void *) && (RAW + 1) * sizeof(void *) <= HEADER,
               "the header must fit before the data");

void (*tensor_meta_free)(GradMeta *meta);

typedef struct FreeBlock { /* begins where malloc's block does, not where the aligned one does */
    struct FreeBlock *next;
} FreeBlock;

static struct {
    size_t used, peak;
    FreeBlock *blocks[POOL_CLASSES];
    int nblocks[POOL_CLASSES];
    Tensor *tensors; /* linked through st */
    int ntensors;
} pool;

/* ---- the limit ------------------------------------------------------------- */

size_t tensor_memory_used(void) {
    return pool.used;
}

size_t tensor_memory_peak(void) {
    return pool.peak;
}

void tensor_memory_peak_reset(void) {
    pool.peak = pool.used;
}

void tensor_memory_peak_set(size_t bytes) {
    pool.peak = bytes;
}

static bool fits(size_t bytes) {
    size_t limit = memory_limit();
    return LIKELY(pool.used <= limit && bytes <= limit - pool.used) && memory_fits(bytes);
}

bool memory_admit(size_t bytes, const char *what, Err *err) {
    return fits(bytes) || memory_error(what, bytes, MAX(pool.used, memory_held()), err);
}

/* ---- blocks ---------------------------------------------------------------- */

static inline int pool_class(size_t bytes) {
    if (bytes <= 64) return 0;
    if (bytes > (size_t)64 << (POOL_CLASSES - 1)) return -1;
    return 58 - __builtin_clzll((unsigned long long)bytes - 1); /* 65..128 -> 1 */
}

/* A training step frees and takes the same blocks again and again: let the C library keep
 * them instead of returning them to the system and faulting every page in anew (a fifth of
 * a step of a two-layer GPT). Blocks past 32 MiB go back at once. */
static void keep_freed_blocks(void) {
#ifdef __GLIBC__
    static bool done;
    if (done) return;
    done = true;
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
#endif
}

static inline void *aligned_in(void *raw) {
    return (char *)raw + (-(uintptr_t)raw & 63);
}

/* Aligned by hand: glibc's aligned_alloc asks for more than it gives back, so that a block of the
 * same size is not found again and the heap grows by fresh pages (lesson 46: 114,000 page faults,
 * 6,000 without it). Under the sanitizer, which watches a block's end, it is the right one. */
static void *block_new(size_t bytes) {
    size_t total = HEADER + ((MAX(bytes, 1) + 63) & ~(size_t)63);
    memory_take(total);
    if (!POOLING) return aligned_alloc(64, total);
    char *raw = malloc(total + 63);
    if (UNLIKELY(!raw)) return NULL;
    void **block = aligned_in(raw);
    block[RAW] = raw;
    return block;
}

static void block_free(void *block) {
    free(POOLING ? ((void **)block)[RAW] : block);
}

static void *block_get(size_t bytes) {
    int c = POOLING ? pool_class(bytes) : -1;
    if (c < 0) {
        keep_freed_blocks();
        return block_new(bytes);
    }
    FreeBlock *b = pool.blocks[c];
    if (UNLIKELY(!b)) return block_new((size_t)64 << c);
    pool.blocks[c] = b->next;
    pool.nblocks[c]--;
    return aligned_in(b);
}

static void block_put(void *block, size_t bytes) {
    int c = POOLING ? pool_class(bytes) : -1;
    if (c < 0 || pool.nblocks[c] >= POOL_KEEP) {
        block_free(block);
        return;
    }
    FreeBlock *b = ((void **)block)[RAW];
    b->next = pool.blocks[c];
    pool.blocks[c] = b;
    pool.nblocks[c]++;
}

static void count_bytes(size_t bytes) {
    pool.used += bytes;
    if (pool.used > pool.peak) pool.peak = pool.used;
}

static Storage *storage_new(size_t bytes) {
    if (mem_should_fail()) return NULL;
    Storage *st = block_get(bytes);
    if (UNLIKELY(!st)) return NULL;
    *st = (Storage){.refs = 1, .bytes = bytes, .data = (char *)st + HEADER};
    count_bytes(bytes);
    return st;
}

static void storage_release(Storage *st) {
    if (--st->refs > 0) return;
    pool.used -= st->bytes;
    block_put(st, st->bytes);
}

void *scratch_new(size_t bytes) {
    char *block = mem_zero(bytes + 2 * HEADER);
    void **p = (void **)(void *)(block + 2 * HEADER - (uintptr_t)block % HEADER);
    p[-1] = block;
    count_bytes(bytes);
    return p;
}

void scratch_free(void *p, size_t bytes) {
    if (!p) return;
    pool.used -= bytes;
    mem_free(((void **)p)[-1]);
}

/* ---- tensors --------------------------------------------------------------- */

static Tensor *header_new(void) {
    Tensor *t = pool.tensors;
    if (LIKELY(t != NULL)) {
        pool.tensors = (Tensor *)(void *)t->st;
        pool.ntensors--;
        return t;
    }
    return mem_alloc(sizeof *t);
}

void tensor_free(Tensor *t) {
    if (t->meta) tensor_meta_free(t->meta);
    storage_release(t->st);
    if (!POOLING || pool.ntensors >= POOL_KEEP_TENSORS) {
        mem_free(t);
        return;
    }
    t->st = (Storage *)(void *)pool.tensors;
    pool.tensors = t;
    pool.ntensors++;
}

/* Bytes of a dense tensor, or the error that its sizes deserve. An empty one must have sane sizes
 * too, because strides are made of them. */
static bool dense_bytes(DType dt, int ndim, const int64_t *shape, size_t *bytes, Err *err) {
    size_t n = dtype_size(dt);
    bool empty = false, fits = true;
    for (int i = 0; i < ndim; i++) {
        if (UNLIKELY(shape[i] < 0))
            return err_set(err, ERR_RUNTIME,
                           "Trying to create tensor with negative dimension %lld: %s",
                           (long long)shape[i], list_text(ndim, shape).text);
        empty |= shape[i] == 0;
        fits = fits && size_mul(n, (size_t)MAX(shape[i], 1), &n);
    }
    if (UNLIKELY(!fits || n > PTRDIFF_MAX))
        return err_set(err, ERR_RUNTIME, "Storage size calculation overflowed with sizes=%s",
                       list_text(ndim, shape).text);
    *bytes = empty ? 0 : n;
    return true;
}

static COLD bool no_memory(DType dt, int ndim, const int64_t *shape, size_t bytes, Err *err) {
    Str what = STR_INIT;
    str_add(&what, "a tensor of shape ");
    shape_str(&what, ndim, shape);
    str_printf(&what, " and dtype torch.%s", dtype_name(dt));
    memory_error(str_cstr(&what), bytes, MAX(pool.used, memory_held()), err);
    str_clear(&what);
    return false;
}

bool tensor_empty(DType dt, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    size_t bytes = 0;
    if (UNLIKELY(ndim > TENSOR_MAX_DIM))
        return err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions, got %d",
                       TENSOR_MAX_DIM, ndim);
    if (!dense_bytes(dt, ndim, shape, &bytes, err)) return false;
    Storage *st = fits(bytes) ? storage_new(bytes) : NULL;
    if (UNLIKELY(!st)) return no_memory(dt, ndim, shape, bytes, err);
    Tensor *t = header_new();
    t->refs = 1;
    t->dtype = (uint8_t)dt;
    t->ndim = (uint8_t)ndim;
    t->wrapped = t->requires_grad = false;
    t->offset = 0;
    t->st = st;
    t->meta = NULL;
    int64_t stride = 1;
    for (int i = ndim; i-- > 0;) {
        t->shape[i] = shape[i];
        t->stride[i] = stride;
        stride *= MAX(shape[i], 1);
    }
    *out = t;
    return true;
}

/* Clearing gigabytes takes seconds: pieces, with a look at Ctrl-C between them. */
bool tensor_zeros(DType dt, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    const size_t piece = (size_t)8 << 20;
    Tensor *t = NULL;
    if (!tensor_empty(dt, ndim, shape, &t, err)) return false;
    for (size_t at = 0; at < t->st->bytes; at += piece) {
        memset((char *)t->st->data + at, 0, MIN(piece, t->st->bytes - at));
        if (!INTERRUPTED() || t->st->bytes <= piece) continue;
        tensor_release(t);
        return tensor_interrupted(err);
    }
    *out = t;
    return true;
}

Tensor *tensor_view_raw(const Tensor *t, int ndim, const int64_t *shape, const int64_t *stride,
                        int64_t offset) {
    Tensor *v = header_new();
    v->refs = 1;
    v->dtype = t->dtype;
    v->ndim = (uint8_t)ndim;
    v->wrapped = v->requires_grad = false;
    v->offset = offset;
    v->st = t->st;
    v->st->refs++;
    v->meta = NULL;
    for (int i = 0; i < ndim; i++) {
        v->shape[i] = shape[i];
        v->stride[i] = stride[i];
    }
    return v;
}
