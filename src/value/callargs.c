/* Raw call arguments -> parameter slots, for types made in C. */
#include "config.h"

#include "value/callargs.h"

#include "value/obj.h"

static bool wrong_count(const char *fname, int given, int min, int max, bool has_keywords,
                        Err *err) {
    bool few = given < min;
    int bound = few ? min : max;
    const char *plural = bound == 1 ? "" : "s", *which = few ? "least" : "most";
    if (has_keywords)
        return err_set(err, ERR_TYPE, "%s() takes at %s %d argument%s (%d given)", fname, which,
                       bound, plural, given);
    if (min == max)
        return err_set(err, ERR_TYPE, "%s expected %d argument%s, got %d", fname, bound, plural,
                       given);
    return err_set(err, ERR_TYPE, "%s expected at %s %d argument%s, got %d", fname, which, bound,
                   plural, given);
}

bool callargs_no_keywords(const char *fname, const CallArgs *args, Err *err) {
    if (args->nkw == 0) return true;
    return err_set(err, ERR_TYPE, "%s() takes no keyword arguments", fname);
}

static bool bind_keyword(const char *fname, const CallArgs *args, int k, const char *const *names,
                         int max, int pos_only, Value *slot, Err *err) {
    const char *name = args->kwnames[k]->s;
    for (int i = pos_only; i < max; i++) {
        if (strcmp(names[i], name) != 0) continue;
        if (slot[i].tag != VT_UNSET)
            return err_set(err, ERR_TYPE,
                           "argument for %s() given by name ('%s') and position (%d)", fname, name,
                           i + 1);
        slot[i] = args->kwvals[k];
        return true;
    }
    return err_set(err, ERR_TYPE, "'%s' is an invalid keyword argument for %s()", name, fname);
}

bool callargs_bind(const char *fname, const CallArgs *args, const char *const *names, int max,
                   int min, int pos_only, Value *slot, Err *err) {
    bool has_keywords = pos_only < max;
    if (!has_keywords && !callargs_no_keywords(fname, args, err)) return false;
    if (args->npos + args->nkw > max || (!has_keywords && args->npos < min))
        return wrong_count(fname, args->npos + args->nkw, min, max, has_keywords, err);
    for (int i = 0; i < max; i++) slot[i] = i < args->npos ? args->pos[i] : VALUE_UNSET;
    for (int k = 0; k < args->nkw; k++)
        if (!bind_keyword(fname, args, k, names, max, pos_only, slot, err)) return false;
    for (int i = 0; i < min; i++)
        if (slot[i].tag == VT_UNSET)
            return err_set(err, ERR_TYPE, "%s() missing required argument '%s' (pos %d)", fname,
                           names[i], i + 1);
    return true;
}
