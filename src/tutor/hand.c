/* See hand.h. */
#include "config.h"

#include "tutor/hand.h"

static uint64_t stands_for(Value v) {
    uint64_t bits = 0;
    if (v.tag == VT_OBJ)
        bits = (uint64_t)(uintptr_t)v.o;
    else if (v.tag == VT_BOOL)
        bits = v.b;
    else if (v.tag == VT_INT || v.tag == VT_FLOAT)
        memcpy(&bits, &v.i, sizeof v.i);
    return bits;
}

static HandVar *var_of(Hand *h, const char *name) {
    for (size_t i = 0; i < h->vars.count; i++)
        if (strcmp(h->vars.items[i].name, name) == 0) return &h->vars.items[i];
    HandVar fresh = {.name = mem_strdup(name), .tag = VT_UNSET};
    vec_push(&h->vars, fresh);
    return &h->vars.items[h->vars.count - 1];
}

static bool forget_gone(Hand *h) {
    size_t kept = 0, before = h->vars.count;
    for (size_t i = 0; i < h->vars.count; i++) {
        HandVar *v = &h->vars.items[i];
        if (v->here)
            h->vars.items[kept++] = *v;
        else
            mem_free(v->name);
    }
    h->vars.count = kept;
    return kept < before;
}

bool hand_look(Hand *h, Value scope, bool by_hand) {
    bool changed = false;
    for (size_t i = 0; i < h->vars.count; i++) h->vars.items[i].here = false;
    for (int i = 0; i < module_count(scope); i++) {
        Value v;
        const char *name = module_name_at(scope, i, &v);
        if (*name == '_') continue; /* `_` is the last value, others are nobody's business */
        HandVar *var = var_of(h, name);
        uint64_t stands = stands_for(v);
        bool other = var->tag != v.tag || var->stood != stands;
        if (other) var->by_hand = by_hand;
        changed = changed || other;
        var->tag = v.tag;
        var->stood = stands;
        var->here = true;
    }
    return forget_gone(h) || changed;
}

void hand_names(const Hand *h, Str *out) {
    const char *between = "";
    for (size_t i = 0; i < h->vars.count; i++) {
        if (!h->vars.items[i].by_hand) continue;
        str_printf(out, "%s%s", between, h->vars.items[i].name);
        between = ", ";
    }
}

void hand_clear(Hand *h) {
    for (size_t i = 0; i < h->vars.count; i++) mem_free(h->vars.items[i].name);
    vec_clear(&h->vars);
}
