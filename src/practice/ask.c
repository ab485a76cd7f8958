/* See ask.h. */
#include "config.h"

#include "practice/ask.h"

#include "value/obj.h"

extern const ModuleText practice_texts[]; /* made of the room's .py files */

void practice_install(Interp *in) {
    static const ModuleDef none[] = {{.name = NULL}};
    interp_modules_define(in, practice_texts, none);
}

/* ---- drawing ---------------------------------------------------------------------------- */

static Fill fill_of(const Asked *a) {
    return (Fill){a->in, a->item->lesson, a->scope};
}

static bool take_value(Interp *in, Value v, void *ctx, Err *err) {
    UNUSED(in);
    if (v.tag == VT_UNSET) return err_set(err, ERR_SYNTAX, "this is not an expression");
    *(Value *)ctx = value_retain(v);
    return true;
}

bool asked_value(const Asked *a, const char *what, const char *expr, size_t n, Value *out,
                 Err *err) {
    Fill f = fill_of(a);
    return fill_expr(&f, what, expr, n, a->item->line, take_value, out, err);
}

/* pick and whole, seeded; letters as primes; what answers may use. */
static bool begin_scope(Asked *a, Err *err) {
    const Item *it = a->item;
    Value letters = list_new(), none = VALUE_UNSET;
    for (size_t i = 0; i < it->letters.count; i++)
        list_push_take(letters, str_value_cstr(it->letters.items[i]));
    Value args[] = {a->scope, value_int(a->seed), letters};
    bool ok = import_call(a->in, "_practice", "begin", args, ARRAY_LEN(args), &none, err);
    value_release(none);
    value_release(letters);
    return ok;
}

static bool draw(Asked *a, Err *err) {
    for (size_t i = 0; i < a->item->draw.count; i++) {
        const ItemPair *p = &a->item->draw.items[i];
        Value v = VALUE_UNSET;
        if (!asked_value(a, "a drawn value", p->text, strlen(p->text), &v, err)) return false;
        module_set_take(a->in, a->scope, p->name, v);
    }
    return true;
}

static bool run_setup(Asked *a, Err *err) {
    const Item *it = a->item;
    if (!it->setup) return true;
    Fill f = fill_of(a);
    return fill_expr(&f, "the setup of an item", it->setup, strlen(it->setup), it->line, NULL, NULL,
                     err);
}

/* ---- options ----------------------------------------------------------------------------- */

static bool shuffle(Asked *a, Err *err) {
    Value args[] = {value_int((int64_t)a->item->options.count), value_int(a->seed)};
    Value got = VALUE_UNSET;
    if (!import_call(a->in, "_practice", "shuffled", args, ARRAY_LEN(args), &got, err))
        return false;
    for (int64_t i = 0; i < tuple_count(got); i++) vec_push(&a->order, (int)tuple_items(got)[i].i);
    value_release(got);
    return true;
}

/* ---- texts ------------------------------------------------------------------------------- */

static bool fill(const Asked *a, const char *text, Str *out, Err *err) {
    Fill f = fill_of(a);
    return fill_text(&f, text, strlen(text), a->item->line, out, err);
}

/* Lines to be named. */
static void add_numbered(const char *code, Str *out) {
    int line = 1;
    str_add(out, "\n\n```text\n");
    for (const char *p = code; *p; p += *p == '\n') {
        size_t n = strcspn(p, "\n");
        str_printf(out, "%2d  %.*s\n", line++, (int)n, p);
        p += n;
    }
    str_add(out, "```\n");
}

static bool question(Asked *a, Err *err) {
    const Item *it = a->item;
    bool ok = fill(a, it->ask, &a->text, err);
    if (ok && it->kind == ITEM_BUG)
        add_numbered(it->code, &a->text);
    else if (ok && it->code) {
        str_add(&a->text, it->kind == ITEM_FILL ? "\n\n```text\n" : "\n\n```python\n");
        ok = fill(a, it->code, &a->text, err);
        str_add(&a->text, "\n```\n");
    }
    for (size_t k = 0; ok && k < a->order.count; k++) {
        str_printf(&a->text, "%s%zu. ", k ? "\n" : "\n\n", k + 1);
        ok = fill(a, it->options.items[a->order.items[k]].text, &a->text, err);
    }
    return ok;
}

bool ask(Interp *in, const Item *item, uint32_t seed, Asked *out, Err *err) {
    *out = (Asked){.in = in, .item = item, .seed = seed};
    out->scope = interp_module_new(in, "__main__");
    bool ok = begin_scope(out, err) && draw(out, err) && run_setup(out, err) &&
              (!item->options.count || shuffle(out, err)) && question(out, err);
    if (!ok) asked_clear(out);
    return ok;
}

void asked_clear(Asked *a) {
    value_release(a->scope);
    str_clear(&a->text);
    vec_clear(&a->order);
    *a = (Asked){.scope = VALUE_UNSET};
}

/* ---- afterwards -------------------------------------------------------------------------- */

/* "2" of a choice, "2 3" of several, "2 3 1" of an order. */
static void right_options(const Asked *a, Str *out) {
    const Item *it = a->item;
    const char *blank = "";
    for (size_t i = 0; it->kind == ITEM_ORDER && i < it->options.count; i++)
        for (size_t k = 0; k < a->order.count; k++)
            if (a->order.items[k] == (int)i) str_printf(out, "%s%zu", i ? " " : "", k + 1);
    for (size_t k = 0; it->kind == ITEM_CHOICE && k < a->order.count; k++) {
        if (!it->options.items[a->order.items[k]].right) continue;
        str_printf(out, "%s%zu", blank, k + 1);
        blank = " ";
    }
}

bool asked_answer(const Asked *a, Str *out, Err *err) {
    const Item *it = a->item;
    if (it->options.count) {
        right_options(a, out);
        return true;
    }
    if (it->kind == ITEM_FREE || it->kind == ITEM_CODE || it->kind == ITEM_BUG) {
        str_add(out, it->solution ? it->solution : it->reference);
        return true;
    }
    if (it->kind == ITEM_FILL || it->letters.count) { /* a value would be the letters' numbers */
        str_add(out, it->answer);
        return true;
    }
    Value v = VALUE_UNSET, text = VALUE_UNSET;
    if (!asked_value(a, "the answer", it->answer, strlen(it->answer), &v, err)) return false;
    Value args[] = {v, str_value_cstr(item_kind_name(it->kind))};
    bool ok = import_call(a->in, "_practice", "typed", args, ARRAY_LEN(args), &text, err);
    if (ok) str_add(out, str_of(text)->s);
    value_release(text);
    value_release(args[1]);
    value_release(v);
    return ok;
}

bool asked_why(const Asked *a, Str *out, Err *err) {
    return !a->item->why || fill(a, a->item->why, out, err);
}

bool asked_hint(const Asked *a, size_t i, Str *out, Err *err) {
    return i < a->item->hints.count && fill(a, a->item->hints.items[i], out, err);
}
