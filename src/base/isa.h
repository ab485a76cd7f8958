/* Code for several instruction sets in one program; the best that the processor has is chosen at
 * run time, by isa(). Nothing is chosen by the loader or by flags of the build, so that gcc and
 * clang, and the sanitizers, run what is shipped. Two forms:
 *
 * One function. KERNEL for one that returns nothing, KERNEL_OF for a value:
 *
 *     KERNEL(scale, (int64_t n, float by, float *y), (n, by, y))
 *     {
 *         for (int64_t i = 0; i < n; i++) y[i] *= by;
 *     }
 *
 * defines `static void scale(...)`, which calls the body as compiled for the set in use. All sets
 * give the same bits: nothing is fused but an explicit fmaf, which is one instruction where there
 * is one and a library call with the same result elsewhere.
 *
 * A template that is tuned to a set by its includer, such as the width of a vector: everything
 * between
 *
 *     #include "base/isa_avx2.h"
 *     ...
 *     #include "base/isa_end.h"
 *
 * is compiled for that set (where ISA_WIDE says that there is one), and there the compiler may fuse
 * a product into the sum behind it. The caller looks at isa() before it calls into it. What the
 * template needs of other headers is included before.
 */
#ifndef QKV_BASE_ISA_H
#define QKV_BASE_ISA_H

typedef enum Isa {
    ISA_PLAIN, /* what every machine of the target has */
    ISA_AVX2,  /* with FMA */
    ISA_AVX512 /* F, BW, DQ, VL */
} Isa;

/* The best of this processor. QKV_SIMD=avx512|avx2|sse2|plain in the environment asks for one;
 * where the processor lacks it, the next lower one is meant. Decided at the first call. */
static inline Isa isa(void);
/* Tests: decide again. */
void isa_reset(void);

#if defined __x86_64__ && defined __GNUC__
#define ISA_WIDE 1
#define ISA_AVX2_TARGET "avx2,fma"
#define ISA_AVX512_TARGET "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"
#else
#define ISA_WIDE 0
#endif

/* gcc vectorises at -O3; clang does at any level, and has no such attribute. */
#if defined __clang__
#define ISA_FAST
#else
#define ISA_FAST __attribute__((optimize("O3")))
#endif

#define KERNEL(name, params, args) ISA_KERNEL(void, , name, params, args)
#define KERNEL_OF(type, name, params, args) ISA_KERNEL(type, return, name, params, args)
/* The same body once only, in the same form. */
#define PLAIN_KERNEL(name, params, args) static void name params

#if ISA_WIDE
#define ISA_KERNEL(type, give, name, params, args)                                                 \
    ISA_BODY type name##_body params;                                                              \
    ISA_FAST __attribute__((target(ISA_AVX512_TARGET))) static type name##_avx512 params {         \
        give name##_body args;                                                                     \
    }                                                                                              \
    ISA_FAST __attribute__((target(ISA_AVX2_TARGET))) static type name##_avx2 params {             \
        give name##_body args;                                                                     \
    }                                                                                              \
    ISA_FAST static type name##_plain params {                                                     \
        give name##_body args;                                                                     \
    }                                                                                              \
    static type name params {                                                                      \
        Isa set = isa();                                                                           \
        if (set == ISA_AVX512)                                                                     \
            give name##_avx512 args;                                                               \
        else if (set == ISA_AVX2)                                                                  \
            give name##_avx2 args;                                                                 \
        else                                                                                       \
            give name##_plain args;                                                                \
    }                                                                                              \
    ISA_BODY type name##_body params
#define ISA_BODY ISA_FAST __attribute__((always_inline)) static inline
#else
#define ISA_KERNEL(type, give, name, params, args) ISA_FAST static type name params
#endif

Isa isa_decide(void);
extern int isa_decided; /* an Isa, or -1 */
static inline Isa isa(void) {
    return isa_decided >= 0 ? (Isa)isa_decided : isa_decide();
}

#endif
