/* Element conversion; see convert.h.
 *
 * Every dtype is read as one of four wide types (i64, f32, f64, c64), and every
 * wide type converts to every other: 16 one-line functions. The loops for all
 * dtype and class pairs are made from them by macros.
 */
#include "config.h"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3") /* these loops are worth vectorising at any level */
#endif

#include "tensor/convert.h"

#include "tensor/half.h"

typedef int64_t i64;
typedef float f32;
typedef double f64;
typedef C64 c64;

/* ---- wide to wide ---------------------------------------------------------- */

/* nan and what does not fit give INT64_MIN, as the x86 instruction does. */
static inline i64 f64_to_i64(f64 x) {
    return x >= -0x1p63 && x < 0x1p63 ? (i64)x : INT64_MIN;
}
static inline i64 i64_to_i64(i64 x) {
    return x;
}
static inline i64 f32_to_i64(f32 x) {
    return f64_to_i64((f64)x);
}
static inline i64 c64_to_i64(c64 x) {
    return f64_to_i64((f64)x.re);
}
static inline f32 i64_to_f32(i64 x) {
    return (f32)x;
}
static inline f32 f32_to_f32(f32 x) {
    return x;
}
static inline f32 f64_to_f32(f64 x) {
    return (f32)x;
}
static inline f32 c64_to_f32(c64 x) {
    return x.re;
}
static inline f64 i64_to_f64(i64 x) {
    return (f64)x;
}
static inline f64 f32_to_f64(f32 x) {
    return (f64)x;
}
static inline f64 f64_to_f64(f64 x) {
    return x;
}
static inline f64 c64_to_f64(c64 x) {
    return (f64)x.re;
}
static inline c64 i64_to_c64(i64 x) {
    return (c64){(f32)x, 0};
}
static inline c64 f32_to_c64(f32 x) {
    return (c64){x, 0};
}
static inline c64 f64_to_c64(f64 x) {
    return (c64){(f32)x, 0};
}
static inline c64 c64_to_c64(c64 x) {
    return x;
}

/* ---- stored to wide and back ----------------------------------------------- */

/* X(dtype suffix, C type as stored, wide type, read, write) */
#define SAME(x) (x)
#define DTYPES(X)                                                                                  \
    X(BOOL, uint8_t, i64, SAME, SAME)                                                              \
    X(U8, uint8_t, i64, SAME, (uint8_t))                                                           \
    X(I8, int8_t, i64, SAME, (int8_t))                                                             \
    X(I16, int16_t, i64, SAME, (int16_t))                                                          \
    X(I32, int32_t, i64, SAME, (int32_t))                                                          \
    X(I64, int64_t, i64, SAME, SAME)                                                               \
    X(F16, uint16_t, f32, f16_to_f32, f16_from_f32)                                                \
    X(BF16, uint16_t, f32, bf16_to_f32, bf16_from_f32)                                             \
    X(F32, float, f32, SAME, SAME)                                                                 \
    X(F64, double, f64, SAME, SAME)                                                                \
    X(C64, C64, c64, SAME, SAME)

/* The two loops differ only in that the first has a stride the compiler knows. */
#define LOAD(id, T, wide, read, to)                                                                \
    static void load_##id##_##to(int64_t n, const char *src, int64_t stride, void *dst) {          \
        to *d = dst;                                                                               \
        if (stride == (int64_t)sizeof(T)) {                                                        \
            const T *s = (const T *)(const void *)src;                                             \
            for (int64_t i = 0; i < n; i++) d[i] = wide##_to_##to(read(s[i]));                     \
            return;                                                                                \
        }                                                                                          \
        for (int64_t i = 0; i < n; i++)                                                            \
            d[i] = wide##_to_##to(read(*(const T *)(const void *)(src + i * stride)));             \
    }

#define STORE(id, T, from, expr)                                                                   \
    static void store_##id##_##from(int64_t n, const void *src, char *dst, int64_t stride) {       \
        const from *s = src;                                                                       \
        if (stride == (int64_t)sizeof(T)) {                                                        \
            T *d = (T *)(void *)dst;                                                               \
            for (int64_t i = 0; i < n; i++) d[i] = expr(s[i]);                                     \
            return;                                                                                \
        }                                                                                          \
        for (int64_t i = 0; i < n; i++) *(T *)(void *)(dst + i * stride) = expr(s[i]);             \
    }

#define LOAD_ALL(id, T, wide, read, write)                                                         \
    LOAD(id, T, wide, read, i64)                                                                   \
    LOAD(id, T, wide, read, f32)                                                                   \
    LOAD(id, T, wide, read, f64)                                                                   \
    LOAD(id, T, wide, read, c64)
DTYPES(LOAD_ALL)

/* bool asks != 0 instead of converting, and int32 saturates downwards where the
 * wide conversion would wrap nan to 0. */
#define TRUTH(x) ((uint8_t)((x) != 0))
#define TRUTH_C64(x) ((uint8_t)((x).re != 0 || (x).im != 0))
#define I32_FROM(x) ((x) >= -0x1p31 && (x) < 0x1p31 ? (int32_t)(x) : INT32_MIN)
#define I32_FROM_C64(x) I32_FROM((double)(x).re)

#define STORE_ONE(id, T, wide, write, from)                                                        \
    static inline T put_##id##_##from(from x) {                                                    \
        return (T)write(from##_to_##wide(x));                                                      \
    }                                                                                              \
    STORE(id, T, from, put_##id##_##from)
#define STORE_REST(id, T, wide, write)                                                             \
    STORE_ONE(id, T, wide, write, f32)                                                             \
    STORE_ONE(id, T, wide, write, f64)                                                             \
    STORE_ONE(id, T, wide, write, c64)

STORE(BOOL, uint8_t, i64, TRUTH)
STORE(BOOL, uint8_t, f32, TRUTH)
STORE(BOOL, uint8_t, f64, TRUTH)
STORE(BOOL, uint8_t, c64, TRUTH_C64)
STORE(I32, int32_t, i64, (int32_t))
STORE(I32, int32_t, f32, I32_FROM)
STORE(I32, int32_t, f64, I32_FROM)
STORE(I32, int32_t, c64, I32_FROM_C64)

static inline C64 put_c64_i64(i64 x) {
    return i64_to_c64(x);
}
static inline C64 put_c64_f32(f32 x) {
    return f32_to_c64(x);
}
static inline C64 put_c64_f64(f64 x) {
    return f64_to_c64(x);
}
STORE(C64, C64, i64, put_c64_i64)
STORE(C64, C64, f32, put_c64_f32)
STORE(C64, C64, f64, put_c64_f64)
STORE(C64, C64, c64, SAME)

#define STORE_ALL(id, T, wide, write)                                                              \
    STORE_ONE(id, T, wide, write, i64)                                                             \
    STORE_REST(id, T, wide, write)
STORE_ALL(U8, uint8_t, i64, (uint8_t))
STORE_ALL(I8, int8_t, i64, (int8_t))
STORE_ALL(I16, int16_t, i64, (int16_t))
STORE_ALL(I64, int64_t, i64, SAME)
STORE_ALL(F16, uint16_t, f32, f16_from_f32)
STORE_ALL(BF16, uint16_t, f32, bf16_from_f32)
STORE_ALL(F32, float, f32, SAME)
STORE_ALL(F64, double, f64, SAME)

/* ---- tables ---------------------------------------------------------------- */

typedef void LoadFn(int64_t n, const char *src, int64_t stride, void *dst);
typedef void StoreFn(int64_t n, const void *src, char *dst, int64_t stride);

static int class_row(DType c) {
    return c == DT_I64 ? 0 : c == DT_F32 ? 1 : c == DT_F64 ? 2 : 3;
}

#define LOAD_ROW(id, T, wide, read, write)                                                         \
    [DT_##id] = {load_##id##_i64, load_##id##_f32, load_##id##_f64, load_##id##_c64},
#define STORE_ROW(id, T, wide, read, write)                                                        \
    [DT_##id] = {store_##id##_i64, store_##id##_f32, store_##id##_f64, store_##id##_c64},
static LoadFn *const loads[DT_COUNT][4] = {DTYPES(LOAD_ROW)};
static StoreFn *const stores[DT_COUNT][4] = {DTYPES(STORE_ROW)};

void convert_load(DType to, DType from, int64_t n, const char *src, int64_t stride, void *dst) {
    loads[from][class_row(to)](n, src, stride, dst);
}

void convert_store(DType to, DType from, int64_t n, const void *src, char *dst, int64_t stride) {
    stores[to][class_row(from)](n, src, dst, stride);
}

static void copy_same(size_t size, int64_t n, const char *src, int64_t ss, char *dst, int64_t ds) {
#define COPY_AS(T)                                                                                 \
    if (ss == 0 && ds == (int64_t)sizeof(T)) {                                                     \
        T v = *(const T *)(const void *)src, *d = (T *)(void *)dst;                                \
        for (int64_t i = 0; i < n; i++) d[i] = v;                                                  \
        return;                                                                                    \
    }                                                                                              \
    for (int64_t i = 0; i < n; i++)                                                                \
    *(T *)(void *)(dst + i * ds) = *(const T *)(const void *)(src + i * ss)
    switch (size) {
    case 1:
        COPY_AS(uint8_t);
        break;
    case 2:
        COPY_AS(uint16_t);
        break;
    case 4:
        COPY_AS(uint32_t);
        break;
    default:
        COPY_AS(uint64_t);
        break;
    }
#undef COPY_AS
}

void convert_strided(DType to, DType from, int64_t n, const char *src, int64_t ss, char *dst,
                     int64_t ds) {
    size_t size = dtype_size(from);
    if (to == from) {
        if (ss == (int64_t)size && ds == ss)
            memcpy(dst, src, (size_t)n * size);
        else
            copy_same(size, n, src, ss, dst, ds);
        return;
    }
    /* The narrower class of the two would lose digits on the way. */
    DType via = convert_class(from);
    int64_t buf[CONVERT_CHUNK];
    for (int64_t done = 0; done < n; done += CONVERT_CHUNK) {
        int64_t m = MIN(n - done, CONVERT_CHUNK);
        convert_load(via, from, m, src + done * ss, ss, buf);
        convert_store(to, via, m, buf, dst + done * ds, ds);
    }
}
