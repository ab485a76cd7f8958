/* Names that every scope sees, and what is said of a name that nobody defined. */
#include "config.h"

#include "base/suggest.h"
#include "eval/vm.h"

void interp_builtin_set(Interp *in, const char *name, Value v) {
    StrObj *key = str_intern(name, strlen(name));
    dict_set_str(in->builtins, key, v);
    value_release(value_obj(key));
}

bool interp_builtin_get(Interp *in, const char *name, Value *out) {
    Value v = dict_get_cstr(in->builtins, name);
    if (v.tag == VT_UNSET) return false;
    *out = value_retain(v);
    return true;
}

void interp_builtin_names(Interp *in, void (*offer)(void *ctx, const char *name), void *ctx) {
    dict_offer(in->builtins, offer, ctx);
}

/* What a name that nobody defined usually is. */
static const char *usual_import(Interp *in, const char *name) {
    static const struct {
        const char *name, *import;
    } usual[] = {
        {"np", "import numpy as np"},
        {"nn", "import torch.nn as nn"},
        {"F", "import torch.nn.functional as F"},
        {"rearrange", "from einops import rearrange"},
        {"plt", NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        if (strcmp(usual[i].name, name) == 0) return usual[i].import;
    for (size_t i = 0; i < in->defs.count; i++)
        if (strcmp(in->defs.items[i]->name, name) == 0) return "";
    return NULL;
}

/* The module that has a function of this name, of those that attention code imports from. */
static const char *module_with(Interp *in, const StrObj *name) {
    static const char *const modules[] = {"math", "torch", "torch.nn.functional"};
    for (size_t m = 0; m < ARRAY_LEN(modules); m++)
        for (size_t i = 0; i < in->defs.count; i++) {
            const ModuleDef *def = in->defs.items[i];
            if (strcmp(def->name, modules[m]) != 0) continue;
            for (const NativeRow *r = def->rows; r && r->sig; r++)
                if (strlen(name->s) == strcspn(r->sig, "(") && str_starts(r->sig, name->s))
                    return modules[m];
        }
    return NULL;
}

bool name_error(Interp *in, const Frame *f, const StrObj *name, Err *err) {
    err_set(err, ERR_NAME, "name '%s' is not defined", name->s);
    const char *import = usual_import(in, name->s);
    if (import) {
        if (*import)
            err_hint(err, "%s", import);
        else
            err_hint(err, "import %s", name->s);
        return false;
    }
    const char *module = module_with(in, name);
    if (module) return err_hint(err, "from %s import %s", module, name->s);
    if (name->len < 2) return false; /* every other letter is near */
    Suggest near = suggest_for(name->s);
    for (int i = 0; i < f->code->nlocals; i++)
        if (f->code->local_names[i] && f->regs[i].tag != VT_UNSET)
            suggest_offer(&near, f->code->local_names[i]->s);
    dict_offer(f->globals, offer_near, &near);
    dict_offer(in->builtins, offer_near, &near);
    if (near.best) err_hint(err, "did you mean %s?", near.best);
    return false;
}

bool unbound_error(const StrObj *name, bool free, Err *err) {
    const char *s = name ? name->s : "?";
    if (free)
        return err_set(err, ERR_NAME,
                       "cannot access free variable '%s' where it is not associated with "
                       "a value in enclosing scope",
                       s);
    err_set(err, ERR_UNBOUND,
            "cannot access local variable '%s' where it is not associated with a "
            "value",
            s);
    return err_hint(err,
                    "a name that is assigned to anywhere in a function is local in all of it; "
                    "assign it first, or say `global %s`",
                    s);
}
