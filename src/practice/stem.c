/* See stem.h. */
#include "config.h"

#include "practice/stem.h"

#include <libstemmer.h>

#include "base/library.h"
#include "base/str.h"

static struct {
    bool tried;
    char why[200];
    struct sb_stemmer *stemmer;
    __typeof__(&sb_stemmer_new) create;
    __typeof__(&sb_stemmer_stem) stem;
    __typeof__(&sb_stemmer_length) length;
} snowball;

static void open_library(void) {
    void *lib = library_open(STEMMER_SONAME, snowball.why, sizeof snowball.why);
    if (!lib) return;
    if (library_find(lib, &snowball.create, "sb_stemmer_new") &&
        library_find(lib, &snowball.stem, "sb_stemmer_stem") &&
        library_find(lib, &snowball.length, "sb_stemmer_length"))
        snowball.stemmer = snowball.create("english", "UTF_8");
    if (snowball.stemmer) return;
    snprintf(snowball.why, sizeof snowball.why, "%s has no English stemmer", STEMMER_SONAME);
    library_close(lib);
}

bool stem_open(Err *err) {
    if (!snowball.tried) open_library();
    snowball.tried = true;
    if (snowball.stemmer) return true;
    err_set(err, ERR_IMPORT, "answers in words are read with Snowball's stemmer, not here: %s",
            snowball.why);
    return err_hint(err, "install it (Debian: libstemmer0d)");
}

/* "normalised" -> "normalized", "behaviour" -> "behavior". */
static size_t americanize(char *w, size_t n) {
    static const char *const endings[] = {"ise", "ises", "ised", "ising", "isation", "isations"};
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        size_t e = strlen(endings[i]);
        if (n < e + 4 || memcmp(w + n - e, endings[i], e) != 0) continue;
        w[n - e + 1] = 'z';
        return n;
    }
    for (size_t i = 3; i + 2 < n; i++)
        if (memcmp(w + i, "our", 3) == 0 && i + 5 >= n) {
            memmove(w + i + 1, w + i + 2, n - i - 2);
            return n - 1;
        }
    return n;
}

size_t stem_word(char *word, size_t n) {
    n = americanize(word, n);
    const sb_symbol *out = snowball.stem(snowball.stemmer, (const sb_symbol *)word, (int)n);
    size_t left = out ? (size_t)snowball.length(snowball.stemmer) : n;
    if (out) memcpy(word, out, MIN(left, n));
    return MIN(left, n);
}
