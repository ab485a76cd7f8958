#include "config.h"

#include "linalg/blas.h"

#include "base/library.h"
#ifdef __x86_64__
#include <cpuid.h>
#endif

/* CBLAS's own constants; its header is not needed to build. */
enum { ROW_MAJOR = 101, NO_TRANS = 111, TRANS = 112 };

typedef void (*SgemmFn)(int order, int ta, int tb, int m, int n, int k, float alpha, const float *a,
                        int lda, const float *b, int ldb, float beta, float *c, int ldc);
typedef void (*DgemmFn)(int order, int ta, int tb, int m, int n, int k, double alpha,
                        const double *a, int lda, const double *b, int ldb, double beta, double *c,
                        int ldc);

typedef struct Blas {
    bool tried, disabled;
    void *lib;
    char why[200];      /* dlerror's text when there is no library */
    const char *forced; /* the core that we asked for; NULL: the library's own choice */
    SgemmFn sgemm;
    DgemmFn dgemm;
    char *(*corename)(void);
    char *(*config)(void);
} Blas;

static Blas blas;

/* ---- the core ------------------------------------------------------------------- */

#ifdef __x86_64__
/* Family 6 models whose AVX-512 every OpenBLAS since 0.3.10 knows: Skylake-X to Cooper Lake (85),
 * Ice Lake server (106, 108), client (125, 126), Tiger Lake (140, 141), Rocket Lake (167). */
static bool known_intel(unsigned model) {
    static const unsigned char known[] = {0x55, 0x6a, 0x6c, 0x7d, 0x7e, 0x8c, 0x8d, 0xa7};
    for (size_t i = 0; i < sizeof known; i++)
        if (model == known[i]) return true;
    return false;
}

/* The core to ask for, or NULL where the library's detection is trusted. The AVX-512 choice is
 * made for unknown models only; on AMD, OpenBLAS prefers its Zen kernels, as we do. */
static const char *better_core(void) {
    unsigned a, b, c, d, vendor;
    __builtin_cpu_init();
    if (!__get_cpuid(0, &a, &vendor, &c, &d) || !__get_cpuid(1, &a, &b, &c, &d)) return NULL;
    unsigned family = (a >> 8 & 15) + (a >> 20 & 255), model = (a >> 4 & 15) | (a >> 12 & 0xf0);
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool intel = vendor == signature_INTEL_ebx;
    if (!avx2) return NULL;
    if (!intel) return vendor == signature_AMD_ebx && family < 0x19 ? NULL : "Haswell";
    bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (family == 6 && model < 0x55) return NULL; /* Haswell, Broadwell, Skylake client */
    if (family == 6 && known_intel(model)) return NULL;
    if (!avx512) return "Haswell";
    return __builtin_cpu_supports("avx512bf16") ? "Cooperlake" : "SkylakeX";
}
#else
static const char *better_core(void) {
    return NULL;
}
#endif

/* ---- opening -------------------------------------------------------------------------- */

static bool find(void *fn, const char *name) {
    return library_find(blas.lib, fn, name);
}

/* The environment is how the library is told; it reads it once, while it loads. */
static void open_library(void) {
    if (!getenv("OPENBLAS_CORETYPE")) blas.forced = better_core();
    if (blas.forced) setenv("OPENBLAS_CORETYPE", blas.forced, 1);
    bool threads_given = getenv("OPENBLAS_NUM_THREADS") != NULL;
    if (!threads_given) setenv("OPENBLAS_NUM_THREADS", "1", 1); /* no pool is started */
    blas.lib = library_open(OPENBLAS_SONAME, blas.why, sizeof blas.why);
    if (blas.forced) unsetenv("OPENBLAS_CORETYPE");
    if (!threads_given) unsetenv("OPENBLAS_NUM_THREADS");
}

bool blas_load(void) {
    if (blas.disabled) return false;
    if (blas.tried) return blas.sgemm != NULL;
    blas.tried = true;
    open_library();
    if (!blas.lib) return false;
    void (*set_threads)(int);
    if (find(&set_threads, "openblas_set_num_threads")) set_threads(1);
    find(&blas.corename, "openblas_get_corename");
    find(&blas.config, "openblas_get_config");
    if (find(&blas.sgemm, "cblas_sgemm") && find(&blas.dgemm, "cblas_dgemm")) return true;
    snprintf(blas.why, sizeof blas.why, "%s has no cblas_sgemm", OPENBLAS_SONAME);
    blas.sgemm = NULL;
    library_close(blas.lib);
    return false;
}

bool blas_function(const char *name, void (**fn)(void)) {
    return blas_load() && find(fn, name);
}

void blas_describe(Str *out) {
    if (!blas_load()) {
        str_printf(out, "no OpenBLAS (%s); own loops", blas.disabled ? "switched off" : blas.why);
        return;
    }
    const char *config = blas.config ? blas.config() : OPENBLAS_SONAME;
    int version = 0; /* "OpenBLAS 0.3.21 ..." : two words */
    for (int words = 0; config[version] && (config[version] != ' ' || ++words < 2);) version++;
    str_printf(out, "%.*s, %s kernels%s, 1 thread", version, config,
               blas.corename ? blas.corename() : "unknown", blas.forced ? " (chosen by qkv)" : "");
}

void blas_disable(bool off) {
    blas.disabled = off;
}

/* ---- products ------------------------------------------------------------------------- */

static bool fits_int(int64_t a, int64_t b, int64_t c) {
    return a <= INT32_MAX && b <= INT32_MAX && c <= INT32_MAX;
}

bool blas_sgemm(bool ta, bool tb, int64_t m, int64_t n, int64_t k, float alpha, const float *a,
                int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
    if (!fits_int(m, n, k) || !fits_int(lda, ldb, ldc) || !blas_load()) return false;
    blas.sgemm(ROW_MAJOR, ta ? TRANS : NO_TRANS, tb ? TRANS : NO_TRANS, (int)m, (int)n, (int)k,
               alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
    return true;
}

bool blas_dgemm(bool ta, bool tb, int64_t m, int64_t n, int64_t k, double alpha, const double *a,
                int64_t lda, const double *b, int64_t ldb, double beta, double *c, int64_t ldc) {
    if (!fits_int(m, n, k) || !fits_int(lda, ldb, ldc) || !blas_load()) return false;
    blas.dgemm(ROW_MAJOR, ta ? TRANS : NO_TRANS, tb ? TRANS : NO_TRANS, (int)m, (int)n, (int)k,
               alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
    return true;
}
