/* See names.h. */
#include "config.h"

#include "shell/names.h"

#include "eval/native.h"
#include "value/obj.h"

static bool resolve_head(Session *s, const char *name, Value *out) {
    if (module_get(s->scope, name, out) || interp_builtin_get(s->in, name, out)) return true;
    Err err = {0};
    bool ok = interp_at_hand(s->in, name, out, &err) ||
              (err.kind == ERR_OK && interp_import(s->in, name, out, &err));
    err_clear(&err); /* an unknown name is the caller's to report */
    return ok;
}

/* An attribute without running anything that a person wrote: properties and __getattr__ of dialect
 * classes stay alone, their instances' own attributes and submodules are looked up. */
static bool peek_attribute(Session *s, Value v, const char *name, Value *out, Err *err) {
    if (!(value_type(v)->flags & TYPE_HEAP)) return value_lookup(s->in, v, name, out, err);
    Dict *own = v.tag == VT_OBJ ? obj_dict(v.o, false) : NULL;
    Value found = own ? dict_get_cstr(own, name) : VALUE_UNSET;
    Value modules = own ? dict_get_cstr(own, "_modules") : VALUE_UNSET;
    if (found.tag == VT_UNSET && value_isinstance(modules, &type_dict))
        found = dict_get_cstr(dict_of(modules), name);
    *out = found.tag == VT_UNSET ? VALUE_UNSET : value_retain(found);
    return true;
}

typedef bool (*Step)(Session *s, Value v, const char *name, Value *out, Err *err);

static bool look_up(Session *s, Value v, const char *name, Value *out, Err *err) {
    return value_lookup(s->in, v, name, out, err);
}

static bool resolve(Session *s, const char *dotted, Step step, Value *out) {
    Value v = VALUE_UNSET;
    char *copy = mem_strdup(dotted), *part = copy;
    bool ok = false;
    for (bool first = true; part; first = false) {
        char *dot = strchr(part, '.');
        if (dot) *dot = '\0';
        Value next = VALUE_UNSET;
        Err err = {0};
        ok = *part && (first ? resolve_head(s, part, &next) : step(s, v, part, &next, &err));
        ok = ok && next.tag != VT_UNSET;
        err_clear(&err); /* a property that fails has no help to give */
        value_release(v);
        v = ok ? next : VALUE_UNSET;
        part = ok && dot ? dot + 1 : NULL;
    }
    mem_free(copy);
    if (ok) *out = v;
    return ok;
}

bool name_resolve(Session *s, const char *dotted, Value *out) {
    return resolve(s, dotted, look_up, out);
}

bool name_peek(Session *s, const char *dotted, Value *out) {
    return resolve(s, dotted, peek_attribute, out);
}

/* ---- everything ----------------------------------------------------------------------------- */

typedef struct Each {
    void (*found)(void *ctx, const char *name, const char *doc);
    void *ctx;
} Each;

static void give(const Each *e, const char *module, const char *name, size_t n, const char *doc,
                 size_t doc_len) {
    if (*name == '_') return;
    Str full = STR_INIT;
    char *text = mem_strndup(doc ? doc : "", doc_len);
    str_printf(&full, "%s.%.*s", module, (int)n, name);
    e->found(e->ctx, str_cstr(&full), text);
    mem_free(text);
    str_clear(&full);
}

/* The first sentence of the docstring that follows a `def` or `class` line; NULL: it has none. */
static const char *doc_after(const char *line, size_t *n) {
    const char *body = strstr(line, ":\n");
    if (!body) return NULL;
    body += 2;
    body += strspn(body, " ");
    if (!str_starts(body, "\"\"\"")) return NULL;
    body += 3;
    const char *end = strstr(body, "\"\"\"");
    *n = end ? (size_t)(end - body) : 0;
    return body;
}

/* Functions and classes at the margin of a text in the dialect. */
static void each_of_text(const Each *e, const ModuleDef *def) {
    for (const char *line = def->prelude; line && *line;) {
        const char *name = str_starts(line, "def ")     ? line + 4
                           : str_starts(line, "class ") ? line + 6
                                                        : NULL;
        size_t n = name ? strcspn(name, "(:\n") : 0, doc_len = 0;
        const char *doc = name ? doc_after(line, &doc_len) : NULL;
        if (name) give(e, def->name, name, n, doc, doc_len);
        line = strchr(line, '\n');
        line += line != NULL;
    }
}

void names_each(Session *s, void *ctx,
                void (*found)(void *ctx, const char *name, const char *doc)) {
    const ModuleDef *const *defs;
    Each e = {found, ctx};
    int n = interp_module_defs(s->in, &defs);
    for (int i = 0; i < n; i++) {
        if (*defs[i]->name == '_' || strstr(defs[i]->name, "._")) continue;
        for (const NativeRow *r = defs[i]->rows; r && r->sig; r++)
            give(&e, defs[i]->name, r->sig, native_name_len(r), r->doc,
                 r->doc ? strlen(r->doc) : 0);
        each_of_text(&e, defs[i]);
    }
}

/* ---- by their last word --------------------------------------------------------------------- */

typedef struct Like {
    Session *s;
    const char *word, *module;
    VEC(char *) found;
} Like;

static void take_like(void *ctx, const char *name) {
    Like *l = ctx;
    if (strcasecmp(name, l->word) != 0) return;
    Str full = STR_INIT;
    str_printf(&full, "%s.%s", l->module, name);
    vec_push(&l->found, str_detach(&full));
}

static void look_into(void *ctx, const char *module) {
    Like *l = ctx;
    Value v = VALUE_UNSET;
    l->module = module;
    if (name_resolve(l->s, module, &v)) value_dir(l->s->in, v, take_like, l);
    value_release(v);
}

static void look_at_hand(void *ctx, const char *name) {
    Like *l = ctx;
    Value own = VALUE_UNSET;
    bool hidden = module_get(l->s->scope, name, &own) && !value_is(own, &type_module);
    value_release(own);
    if (!hidden) look_into(l, name);
}

Homonyms names_like(Session *s, const char *word) {
    Like l = {.s = s, .word = word};
    interp_at_hand_names(look_at_hand, &l);
    look_into(&l, "qkv");
    look_into(&l, "torch.Tensor");
    return (Homonyms){l.found.items, l.found.count};
}

void names_like_clear(Homonyms *list) {
    for (size_t i = 0; i < list->count; i++) mem_free(list->items[i]);
    mem_free(list->items);
    *list = (Homonyms){0};
}
