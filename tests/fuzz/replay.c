/* Runs a fuzz target over the files of its corpus, over every prefix of the short ones, and over
 * files made from them: bytes and numbers replaced by extreme ones, pieces left out, doubled and
 * exchanged. fuzz_NAME reads tests/fuzz/corpus/NAME. Speaks TAP, one line a file. By itself and for
 * long:
 *
 *     tests/fuzz/fuzz_npy RUNS SEED      RUNS files made from each, others by another seed
 *
 * What is made depends on the seed and the file's name alone. A run that takes more than SLOW
 * seconds of the processor's time fails. */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <time.h>

#include "base/str.h"

#include "fuzz.h"

enum { PREFIXES_UP_TO = 400, RUNS = 500, RUNS_OF_CODE = 60, SLOW = 20 };

static int runs = RUNS;
static uint64_t state;

/* xorshift64*: Vigna 2016 */
static uint64_t draw(uint64_t below) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return below ? state * UINT64_C(2685821657736338717) % below : 0;
}

static void seed_by(const char *name, uint64_t seed) {
    state = seed * 2 + 1;
    for (; *name; name++) state = (state ^ (unsigned char)*name) * UINT64_C(1099511628211);
    state |= 1;
}

/* One change of a file: to[from..) becomes other bytes. */
static void splice(Str *to, size_t at, size_t gone, const char *put, size_t n) {
    Str out = STR_INIT;
    str_addn(&out, to->buf, at);
    str_addn(&out, put, n);
    str_addn(&out, to->buf + at + gone, to->len - at - gone);
    str_clear(to);
    *to = out;
}

static void change(Str *s) {
    static const char *const words[] = {"-1",
                                        "0",
                                        "99999999999999999999",
                                        "9223372036854775807",
                                        "-9223372036854775808",
                                        "2147483648",
                                        "1e999",
                                        "nan",
                                        "[[[[[[[[",
                                        "{{{{{{{{",
                                        "((((((((",
                                        "\"",
                                        "\\u0000",
                                        "\xff\xfe",
                                        "\x1b[31m",
                                        "../../",
                                        "%s%n",
                                        "\n---\n",
                                        "&a [*a, *a]",
                                        "```python\n",
                                        "{{1/0}}",
                                        "|a|\n|-|\n",
                                        "\xf0\x9f\x98\x80"};
    static const unsigned char bytes[] = {0,   1,   0x7f, 0x80, 0xff, ' ', '\n',
                                          '0', '9', '{',  '}',  '[',  ',', ':'};
    size_t at = draw(s->len + 1), left = s->len - at, n = draw(MIN(left, 40) + 1);
    char number[8];
    switch (draw(7)) {
    case 0:
        if (left) s->buf[at] = (char)(s->buf[at] ^ 1 << draw(8));
        break;
    case 1:
        if (left) s->buf[at] = (char)bytes[draw(sizeof bytes)];
        break;
    case 2:
        splice(s, at, n, "", 0);
        break;
    case 3: { /* a piece again, somewhere else */
        Str piece = STR_INIT;
        str_addn(&piece, s->buf + at, n);
        splice(s, draw(s->len + 1), 0, piece.buf ? piece.buf : "", piece.len);
        str_clear(&piece);
        break;
    }
    case 4: {
        const char *word = words[draw(ARRAY_LEN(words))];
        splice(s, at, draw(3) ? 0 : n, word, strlen(word));
        break;
    }
    case 5: /* an integer in binary, as headers hold them */
        for (size_t i = 0, kind = draw(3); i < sizeof number; i++)
            number[i] = (char)(kind == 0 ? 0xff : kind == 1 ? (i == 7 ? 0x7f : 0xff) : draw(256));
        splice(s, at, MIN(left, sizeof number), number, sizeof number);
        break;
    default:
        splice(s, at, left, "", 0);
        break;
    }
}

static bool read_file(const char *path, Str *out) {
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    char buf[4096];
    for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;) str_addn(out, buf, n);
    fclose(f);
    return true;
}

/* The target reads a copy of exactly n bytes, so that a sanitizer sees a read beyond them. */
static void run(const Str *s, size_t n) {
    uint8_t *copy = mem_alloc(n ? n : 1);
    if (n) memcpy(copy, s->buf, n);
    LLVMFuzzerTestOneInput(copy, n);
    mem_free(copy);
}

/* Whether all that is made from the file is read within its time. */
static bool run_made(const Str *from, const char *name, uint64_t seed) {
    seed_by(name, seed);
    for (int i = 0; i < runs; i++) {
        Str made = STR_INIT;
        str_addn(&made, from->buf ? from->buf : "", from->len);
        for (uint64_t k = 1 + draw(4); k > 0; k--) change(&made);
        clock_t start = clock();
        run(&made, made.len);
        bool slow = (double)(clock() - start) > (double)SLOW * CLOCKS_PER_SEC;
        str_clear(&made);
        if (!slow) continue;
        printf("# file %d made from %s took more than %d s\n", i, name, SLOW);
        return false;
    }
    return true;
}

static void replay(const char *dir, const char *name, int number, uint64_t seed) {
    Str path = STR_INIT, bytes = STR_INIT;
    str_printf(&path, "%s/%s", dir, name);
    bool ok = read_file(str_cstr(&path), &bytes);
    for (size_t n = 0; n < bytes.len && bytes.len <= PREFIXES_UP_TO; n++) run(&bytes, n);
    run(&bytes, bytes.len);
    ok = ok && run_made(&bytes, name, seed);
    printf("%s %d - %s\n", ok ? "ok" : "not ok", number, name);
    fflush(stdout);
    str_clear(&path);
    str_clear(&bytes);
}

int main(int argc, char **argv) {
    const char *top = getenv("abs_top_srcdir");
    const char *self = strrchr(argv[0], '/');
    const char *name = strstr(self ? self : argv[0], "fuzz_");
    Str dir = STR_INIT;
    if (name && strcmp(name, "fuzz_eval") == 0) runs = RUNS_OF_CODE;
    if (argc > 1) runs = (int)strtol(argv[1], NULL, 10);
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    str_printf(&dir, "%s/tests/fuzz/corpus/%s", top ? top : ".", name ? name + 5 : "");
    DIR *d = opendir(str_cstr(&dir));
    if (!d) {
        printf("1..0 # SKIP no corpus in %s\n", str_cstr(&dir));
        return 0;
    }
    int count = 0;
    for (struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.') replay(str_cstr(&dir), e->d_name, ++count, seed);
    printf("1..%d\n", count);
    closedir(d);
    str_clear(&dir);
    return 0;
}
