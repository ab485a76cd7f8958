/* Nearest name by edit distance (Damerau-Levenshtein with adjacent swaps). */
#include "config.h"

#include "base/suggest.h"

#include <ctype.h>

enum { NAME_MAX_LEN = 40 };

Suggest suggest_for(const char *wanted) {
    int len = (int)strlen(wanted);
    /* a third of the name may be wrong, at least one letter, at most three */
    return (Suggest){.wanted = wanted, .distance = MIN(3, MAX(1, len / 3)) + 1};
}

static int differs(char a, char b) {
    if (a == b) return 0;
    return tolower((unsigned char)a) == tolower((unsigned char)b) ? 1 : 2;
}

/* In half steps: a change of case costs 1, everything else 2. */
static int edit_distance(const char *a, int na, const char *b, int nb) {
    int rows[3][NAME_MAX_LEN + 1];
    int *two = rows[0], *one = rows[1], *now = rows[2];
    for (int j = 0; j <= nb; j++) one[j] = 2 * j;
    for (int i = 1; i <= na; i++) {
        now[0] = 2 * i;
        for (int j = 1; j <= nb; j++) {
            int d = MIN(one[j], now[j - 1]) + 2;
            d = MIN(d, one[j - 1] + differs(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d = MIN(d, two[j - 2] + 2);
            now[j] = d;
        }
        int *t = two;
        two = one;
        one = now;
        now = t;
    }
    return one[nb];
}

void suggest_offer(Suggest *s, const char *name) {
    size_t na = strlen(s->wanted), nb = strlen(name);
    if (na == 0 || nb == 0 || na > NAME_MAX_LEN || nb > NAME_MAX_LEN) return;
    if (strcmp(s->wanted, name) == 0) return;
    int d = (edit_distance(s->wanted, (int)na, name, (int)nb) + 1) / 2;
    if (d < s->distance) {
        s->distance = d;
        s->best = name;
    }
}
