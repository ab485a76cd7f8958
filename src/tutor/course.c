/* Lessons as a whole: the order in which they build on each other, and their glossary. */
#include "config.h"

#include <ctype.h>

#include "tutor/lesson.h"

/* ---- whose lessons ---------------------------------------------------------------------- */

static void drop_kin(LessonSet *set, const Lesson *of, Str *replaced) {
    size_t kept = 0;
    for (size_t i = 0; i < set->items.count; i++) {
        Lesson *l = set->items.items[i];
        if (l->number != of->number && strcmp(l->command, of->command) != 0) {
            set->items.items[kept++] = l;
            continue;
        }
        str_printf(replaced, "%s%d %s", replaced->len ? ", " : "", l->number, l->command);
        lesson_free(l);
    }
    set->items.count = kept;
}

void lesson_set_join(LessonSet *set, LessonSet *own, Str *replaced) {
    for (size_t i = 0; i < own->items.count; i++) drop_kin(set, own->items.items[i], replaced);
    for (size_t i = 0; i < own->items.count; i++) {
        Lesson *l = own->items.items[i];
        vec_push(&set->items, l);
        size_t at = set->items.count - 1;
        for (; at && set->items.items[at - 1]->number > l->number; at--)
            set->items.items[at] = set->items.items[at - 1];
        set->items.items[at] = l;
    }
    if (own->broken.len)
        str_printf(&set->broken, "%s%s", set->broken.len ? "\n" : "", str_cstr(&own->broken));
    own->items.count = 0;
    lesson_set_clear(own);
}

/* ---- order ---------------------------------------------------------------------------- */

static bool placed(const Lesson *const *out, size_t n, int number) {
    for (size_t i = 0; i < n; i++)
        if (out[i]->number == number) return true;
    return false;
}

static bool in_set(const LessonSet *set, int number) {
    for (size_t i = 0; i < set->items.count; i++)
        if (set->items.items[i]->number == number) return true;
    return false;
}

/* Is everything that l builds on, as far as the set has it, among the first n? */
static bool ready(const LessonSet *set, const Lesson *l, const Lesson *const *out, size_t n) {
    for (size_t i = 0; i < l->after.count; i++)
        if (in_set(set, l->after.items[i]) && !placed(out, n, l->after.items[i])) return false;
    return true;
}

void lesson_path(const LessonSet *set, const Lesson **out) {
    for (size_t n = 0; n < set->items.count; n++) {
        const Lesson *first = NULL, *next = NULL; /* the set is sorted by number */
        for (size_t i = 0; i < set->items.count && !next; i++) {
            const Lesson *l = set->items.items[i];
            if (placed(out, n, l->number)) continue;
            if (!first) first = l;
            if (ready(set, l, out, n)) next = l;
        }
        out[n] = next ? next : first;
    }
}

/* ---- glossary ------------------------------------------------------------------------- */

static bool joins(char c) {
    return c == '-' || c == '_' || c == ' ';
}

/* "KV cache", "kv-cache" and "kvcache" are one word; so are "head" and "heads". */
static bool same_term(const char *a, const char *b) {
    for (;; a++, b++) {
        while (joins(*a)) a++;
        while (joins(*b)) b++;
        if (!*a || !*b) break;
        if (tolower((unsigned char)*a) != tolower((unsigned char)*b)) return false;
    }
    const char *rest = *a ? a : b;
    return !*rest || (rest[0] == 's' && !rest[1]);
}

const LessonTerm *lesson_term(const LessonSet *set, const char *name, const Lesson **from) {
    for (size_t i = 0; i < set->items.count; i++) {
        const Lesson *l = set->items.items[i];
        for (size_t k = 0; k < l->terms.count; k++)
            if (same_term(l->terms.items[k].name, name)) {
                if (from) *from = l;
                return &l->terms.items[k];
            }
    }
    return NULL;
}
