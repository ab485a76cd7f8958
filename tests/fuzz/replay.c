/* Runs a fuzz target over the files of its corpus, and over every prefix of the short ones:
 * fuzz_NAME reads tests/fuzz/corpus/NAME. Speaks TAP, one line a file. */
#include "config.h"

#include <dirent.h>
#include <stdio.h>

#include "base/str.h"

#include "fuzz.h"

enum { PREFIXES_UP_TO = 400 };

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

static void replay(const char *dir, const char *name, int number) {
    Str path = STR_INIT, bytes = STR_INIT;
    str_printf(&path, "%s/%s", dir, name);
    bool ok = read_file(str_cstr(&path), &bytes);
    for (size_t n = 0; n < bytes.len && bytes.len <= PREFIXES_UP_TO; n++) run(&bytes, n);
    run(&bytes, bytes.len);
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
    str_printf(&dir, "%s/tests/fuzz/corpus/%s", top ? top : ".", name ? name + 5 : "");
    DIR *d = opendir(argc > 1 ? argv[1] : str_cstr(&dir));
    if (!d) {
        printf("1..0 # SKIP no corpus in %s\n", str_cstr(&dir));
        return 0;
    }
    int count = 0;
    for (struct dirent *e; (e = readdir(d));)
        if (e->d_name[0] != '.') replay(argc > 1 ? argv[1] : str_cstr(&dir), e->d_name, ++count);
    printf("1..%d\n", count);
    closedir(d);
    str_clear(&dir);
    return 0;
}
