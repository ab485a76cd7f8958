/* Names of modules and types that are made when they are first asked for, by a module that is
 * loaded then: what the `__late__` of its text says (build-aux/texts.sh). A line of it is
 *
 *     torch torch.Tensor: sinc signbit
 *
 * who has the names, and the names. A module keeps what it was given; what a type has is bound as a
 * class attribute is.
 */
#include "config.h"

#include "eval/vm.h"

/* Calls fn(ctx, word, n) for each word of the n bytes at s until it says false. */
static bool each_word(const char *s, size_t n, bool (*fn)(void *, const char *, size_t),
                      void *ctx) {
    const char *end = s + n;
    while (s < end) {
        s += strspn(s, " ");
        size_t length = MIN(strcspn(s, " \n"), (size_t)(end - s));
        if (length && !fn(ctx, s, length)) return false;
        s += MAX(length, (size_t)1);
    }
    return true;
}

static bool is_other(void *ctx, const char *word, size_t n) {
    return strncmp(ctx, word, n) != 0 || ((const char *)ctx)[n] != '\0';
}

static bool has_word(const char *s, size_t n, const char *word) {
    return !each_word(s, n, is_other, (void *)word);
}

/* What a line of def gives owner: its names, *n bytes of them; *line moves on to the next. NULL
 * behind the last. */
static const char *next_names(const char **line, const char *owner, size_t *n) {
    while (*line && **line) {
        const char *owners = *line, *colon = strchr(owners, ':'), *names = colon + 1;
        *n = strcspn(names, "\n");
        *line = names + *n + (names[*n] == '\n');
        if (has_word(owners, (size_t)(colon - owners), owner)) return names;
    }
    return NULL;
}

static const char *maker(const Interp *in, const char *owner, const char *name) {
    for (size_t i = 0; i < in->defs.count; i++) {
        const char *line = in->defs.items[i]->late, *names;
        size_t n;
        while ((names = next_names(&line, owner, &n)))
            if (has_word(names, n, name)) return in->defs.items[i]->name;
    }
    return NULL;
}

/* "torch.Tensor" of a type that has late names; false for another. */
static bool late_type_name(const Type *t, char name[64]) {
    if (t->flags & TYPE_LATE) snprintf(name, 64, "%s.%s", t->module, t->name);
    return t->flags & TYPE_LATE;
}

/* The name as the module from has it; nothing when from is NULL. */
static bool take(Interp *in, const char *from, StrObj *name, Value *out, Err *err) {
    Value module;
    *out = VALUE_UNSET;
    if (!from) return true;
    if (!in->import(in, from, &module, err)) return false;
    bool ok = value_getattr(in, module, name, out, err);
    value_release(module);
    return ok;
}

bool late_in_module(Interp *in, const char *title, StrObj *name, Value *out, Err *err) {
    return take(in, maker(in, title, name->s), name, out, err);
}

bool late_in_type(Interp *in, Type *t, StrObj *name, Value *out, Err *err) {
    const char *from = NULL;
    char of[64];
    type_ready(t);
    for (int i = 0; i < t->nmro && !from; i++)
        if (late_type_name(t->mro[i], of)) from = maker(in, of, name->s);
    return take(in, from, name, out, err);
}

typedef struct Offer {
    void (*offer)(void *ctx, const char *name);
    void *ctx;
} Offer;

static bool offer_word(void *ctx, const char *word, size_t n) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)n, word);
    ((Offer *)ctx)->offer(((Offer *)ctx)->ctx, name);
    return true;
}

static void list_of(const Interp *in, const char *owner, Offer *offer) {
    for (size_t i = 0; i < in->defs.count; i++) {
        const char *line = in->defs.items[i]->late, *names;
        size_t n;
        while ((names = next_names(&line, owner, &n))) each_word(names, n, offer_word, offer);
    }
}

void late_list_module(Interp *in, const char *title, void (*offer)(void *, const char *),
                      void *ctx) {
    list_of(in, title, &(Offer){offer, ctx});
}

void late_list_type(Interp *in, Type *t, void (*offer)(void *, const char *), void *ctx) {
    char of[64];
    type_ready(t);
    for (int i = 0; i < t->nmro; i++)
        if (late_type_name(t->mro[i], of)) list_of(in, of, &(Offer){offer, ctx});
}
