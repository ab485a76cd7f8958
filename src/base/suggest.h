/* "Did you mean ...": the nearest of a set of names by edit distance.
 *
 *     Suggest s = suggest_for("softmx");
 *     for (...) suggest_offer(&s, name);
 *     if (s.best) err_hint(err, "did you mean %s?", s.best);
 */
#ifndef QKV_BASE_SUGGEST_H
#define QKV_BASE_SUGGEST_H

#include "base/base.h"

typedef struct Suggest {
    const char *wanted;
    const char *best; /* borrowed from what was offered; NULL when nothing is near */
    int distance;
} Suggest;

Suggest suggest_for(const char *wanted);
void suggest_offer(Suggest *s, const char *name);

#endif
