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

/* ---- at hand ------------------------------------------------------------------------------ */

typedef struct AtHand {
    const char *name, *module, *import;
} AtHand;

static const AtHand at_hand[] = {
    {"torch", "torch", "import torch"},
    {"nn", "torch.nn", "import torch.nn as nn"},
    {"F", "torch.nn.functional", "import torch.nn.functional as F"},
    {"math", "math", "import math"},
    {"np", "numpy", "import numpy as np"},
};

static const AtHand *at_hand_row(const char *name) {
    for (size_t i = 0; i < ARRAY_LEN(at_hand); i++)
        if (strcmp(at_hand[i].name, name) == 0) return &at_hand[i];
    return NULL;
}

bool interp_at_hand(Interp *in, const char *name, Value *out, Err *err) {
    const AtHand *row = at_hand_row(name);
    *out = value_retain(dict_get_cstr(in->at_hand, name));
    if (!row || out->tag != VT_UNSET) return row != NULL;
    if (!interp_import(in, row->module, out, err)) return false;
    dict_set_cstr(in->at_hand, name, *out);
    return true;
}

void interp_at_hand_names(void (*offer)(void *ctx, const char *name), void *ctx) {
    for (size_t i = 0; i < ARRAY_LEN(at_hand); i++) offer(ctx, at_hand[i].name);
}

void interp_at_hand_imports(Interp *in, Str *out) {
    for (size_t i = 0; i < ARRAY_LEN(at_hand); i++)
        if (dict_get_cstr(in->at_hand, at_hand[i].name).tag != VT_UNSET)
            str_printf(out, "%s\n", at_hand[i].import);
}

bool name_missing(Interp *in, const Frame *f, const StrObj *name, Value *out, Err *err) {
    bool typed = source_is_typed(f->code->src);
    *out = typed ? dict_get_str(in->at_hand, name) : VALUE_UNSET;
    if (out->tag != VT_UNSET) return true;
    if (!typed || !at_hand_row(name->s)) return name_error(in, f, name, err);
    if (!interp_at_hand(in, name->s, out, err)) return false;
    value_release(*out); /* in->at_hand has it */
    return true;
}

/* ---- nobody defined it ------------------------------------------------------------------------
 */

/* The statement that a name is usually from; "": no more than `import NAME`. */
static const char *usual_import(Interp *in, const char *name) {
    const AtHand *row = at_hand_row(name);
    if (row) return row->import;
    if (strcmp(name, "rearrange") == 0) return "from einops import rearrange";
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
    if (source_is_typed(f->code->src) && at_hand_row(name->s))
        return err_hint(err, "%s is at hand here as builtins are: there is no variable to delete",
                        name->s);
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
    if (source_is_typed(f->code->src)) interp_at_hand_names(offer_near, &near);
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
