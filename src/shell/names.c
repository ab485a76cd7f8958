/* See names.h. */
#include "config.h"

#include "shell/names.h"

#include "eval/native.h"
#include "value/obj.h"

static bool resolve_head(Session *s, const char *name, Value *out) {
    if (module_get(s->scope, name, out) || interp_builtin_get(s->in, name, out)) return true;
    Err err = {0};
    bool ok = (s->typing && interp_at_hand(s->in, name, out, &err)) ||
              (err.kind == ERR_OK && interp_import(s->in, name, out, &err));
    err_clear(&err); /* an unknown name is the caller's to report */
    return ok;
}

bool name_resolve(Session *s, const char *dotted, Value *out) {
    Value v = VALUE_UNSET;
    char *copy = mem_strdup(dotted), *part = copy;
    bool ok = false;
    for (bool first = true; part; first = false) {
        char *dot = strchr(part, '.');
        if (dot) *dot = '\0';
        Value next = VALUE_UNSET;
        Err err = {0};
        ok = *part &&
             (first ? resolve_head(s, part, &next) : value_lookup(s->in, v, part, &next, &err));
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

static bool mentions(const char *text, const char *word) {
    return text && strcasestr(text, word);
}

void names_about(Session *s, const char *word,
                 void (*found)(void *ctx, const char *name, const char *doc), void *ctx) {
    const ModuleDef *const *defs;
    int n = interp_module_defs(s->in, &defs);
    for (int i = 0; i < n; i++)
        for (const NativeRow *r = defs[i]->rows; r && r->sig; r++) {
            Str name = STR_INIT;
            str_printf(&name, "%s.%.*s", defs[i]->name, (int)native_name_len(r), r->sig);
            if (mentions(str_cstr(&name), word) || mentions(r->doc, word))
                found(ctx, str_cstr(&name), r->doc);
            str_clear(&name);
        }
}
