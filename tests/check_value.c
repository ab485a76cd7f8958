/* Values without an evaluator: what they ask of a machine is answered here by a table of the test's
 * own. The dict and the numbers' texts are held against simple models. */
#include "config.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

#include "check_tap.h"
#include "value/builtin_types.h"
#include "value/dictobj.h"
#include "value/iterators.h"
#include "value/number.h"
#include "value/obj.h"
#include "value/ops.h"
#include "value/seq.h"
#include "value/set.h"
#include "value/strobj.h"

/* ---- a machine that counts what it is asked ------------------------------------------------- */

static struct { int polls, full_polls, lookups, keys; } asked;

static bool poll(Interp *in, Err *err) {
    UNUSED(in), UNUSED(err);
    asked.polls++;
    return true;
}

static bool poll_full(Interp *in, Err *err) {
    UNUSED(err);
    machine_of(in)->budget = 100;
    asked.full_polls++;
    return true;
}

static bool lookup(Interp *in, Value v, const char *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(v), UNUSED(name), UNUSED(err);
    asked.lookups++;
    *out = VALUE_UNSET;
    return true;
}

static bool raise_key(Interp *in, Value key, Err *err) {
    Str text = STR_INIT;
    asked.keys++;
    if (value_repr(in, key, &text, err)) err_set(err, ERR_KEY, "%s", str_cstr(&text));
    str_clear(&text);
    return false;
}

static const MachineCalls calls = {
    .poll = poll, .poll_full = poll_full, .lookup = lookup, .raise_key = raise_key};
static Machine machine = {.calls = &calls, .budget = 100};

static Interp *in(void) {
    return (Interp *)&machine;
}

static Value pair_of(Value a, Value b) {
    Value items[] = {a, b};
    return tuple_of(2, items);
}

static void ck_repr(Value v, const char *want) {
    Str text = STR_INIT;
    Err err = {0};
    ck_assert(value_repr(in(), v, &text, &err));
    ck_assert_str_eq(str_cstr(&text), want);
    str_clear(&text);
}

/* ---- types ---------------------------------------------------------------------------------- */

START_TEST(types_of_values)
{
    Value list = list_new(), text = str_value_cstr("q"), pair = pair_of(value_int(1), VALUE_NONE);
    const struct {
        Value v;
        const Type *type;
        TypeKind kind;
    } rows[] = {
        {VALUE_NONE, &type_none, KIND_OTHER},
        {value_bool(true), &type_bool, KIND_OTHER},
        {value_int(1), &type_int, KIND_OTHER},
        {value_float(1), &type_float, KIND_OTHER},
        {VALUE_ELLIPSIS, &type_ellipsis, KIND_OTHER},
        {VALUE_NOTIMPL, &type_notimpl, KIND_OTHER},
        {list, &type_list, KIND_LIST},
        {text, &type_str, KIND_STR},
        {pair, &type_tuple, KIND_TUPLE},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ck_assert_ptr_eq(value_type(rows[i].v), rows[i].type);
        ck_assert_int_eq(value_kind(rows[i].v), rows[i].kind);
        ck_assert(rows[i].kind == KIND_OTHER || value_is_exactly(rows[i].v, rows[i].kind));
        ck_assert(value_isinstance(rows[i].v, &type_object));
    }
    ck_assert(value_isinstance(value_bool(false), &type_int));
    value_release(list);
    value_release(text);
    value_release(pair);
}
END_TEST

/* A type that derives from str is of its kind, and not exactly it. */
START_TEST(derived_kinds)
{
    Type derived = type_str;
    derived.base = &type_str;
    Value v = str_value_cstr("2.1");
    v.o->type = &derived;
    ck_assert(value_is_str(v));
    ck_assert(!value_is_exactly(v, KIND_STR));
    v.o->type = &type_str;
    value_release(v);
}
END_TEST

/* ---- operations ----------------------------------------------------------------------------- */

START_TEST(operations_need_no_evaluator)
{
    Err err = {0};
    Value list = list_new(), d = dict_value_new(), twice, got, key = str_value_cstr("k");
    uint64_t h, again;
    list_push_take(list, value_int(1));
    list_push_take(list, str_value_cstr("a"));
    ck_repr(list, "[1, 'a']");
    ck_assert(value_binary(in(), OP_MUL, list, value_int(2), &twice, &err));
    ck_repr(twice, "[1, 'a', 1, 'a']");
    value_release(twice);
    ck_assert(value_setitem(in(), d, key, list, &err));
    ck_repr(d, "{'k': [1, 'a']}");
    ck_assert(!value_hash(in(), list, &h, &err));
    ck_assert_str_eq(err.msg, "unhashable type: 'list'");
    err_clear(&err);
    Value a = pair_of(value_int(1), key), b = pair_of(value_float(1), key);
    bool same;
    ck_assert(value_hash(in(), a, &h, &err) && value_hash(in(), b, &again, &err));
    ck_assert_uint_eq(h, again);
    ck_assert(value_equal(in(), a, b, &same, &err) && same);
    ck_assert(!value_identical(a, b) && value_identical(a, a));
    ck_assert(!value_getitem(in(), d, value_int(3), &got, &err));
    ck_assert_int_eq(err.kind, ERR_KEY);
    ck_assert_str_eq(err.msg, "3");
    err_clear(&err);
    ck_assert_int_eq(asked.keys, 1);
    Value all[] = {list, d, key, a, b};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) value_release(all[i]);
}
END_TEST

/* What only a machine knows is asked of it: attributes, and whether to go on. */
START_TEST(the_machine_is_asked)
{
    Err err = {0};
    Value list = list_new(), it, v, got = VALUE_UNSET;
    for (int i = 0; i < 1000; i++) list_push_take(list, value_int(i));
    ck_assert(value_iter(in(), list, &it, &err));
    for (int i = 0; i < 1000; i++) ck_assert(value_next(in(), it, &v, &err) && v.i == i);
    ck_assert(value_next(in(), it, &v, &err) && v.tag == VT_UNSET);
    ck_assert_int_eq(asked.full_polls, 10);
    value_release(it);
    int64_t n;
    ck_assert(!value_to_int(in(), list, &n, &err)); /* by __index__ */
    err_clear(&err);
    ck_assert_int_eq(asked.lookups, 1);
    ck_assert(value_call_found(in(), list, "nothing", NULL, 0, &got, &err));
    ck_assert_int_eq(got.tag, VT_UNSET);
    ck_assert_int_eq(asked.lookups, 2);
    value_release(list);
}
END_TEST

/* A list within a list within a list: freed and shown, or a RecursionError, never a crash. */
START_TEST(nesting_ends)
{
    Err err = {0};
    Value v = list_new();
    for (int i = 0; i < 100000; i++) {
        Value outer = list_new();
        list_push_take(outer, v);
        v = outer;
    }
    Str text = STR_INIT;
    ck_assert(!value_repr(in(), v, &text, &err));
    ck_assert_int_eq(err.kind, ERR_RECURSION);
    err_clear(&err);
    str_clear(&text);
    value_release(v);
}
END_TEST

/* ---- dict against a model ------------------------------------------------------------------- */

static uint32_t draw(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Random sets and deletions of 200 keys: contents and order as in a plain array. */
START_TEST(dict_model)
{
    enum { KEYS = 200, STEPS = 20000 };
    Err err = {0};
    Dict *d = dict_new();
    int64_t keys[KEYS], vals[KEYS];
    int n = 0;
    uint32_t state = 7;
    for (int step = 0; step < STEPS; step++) {
        int64_t key = draw(&state) % KEYS * 1024, at = 0;
        while (at < n && keys[at] != key) at++;
        if (draw(&state) % 2) {
            ck_assert(dict_set(in(), d, value_int(key), value_int(step), &err));
            if (at == n) keys[n++] = key;
            vals[at] = step;
        } else {
            bool was;
            ck_assert(dict_del(in(), d, value_int(key), &was, &err));
            ck_assert_int_eq(was, at < n);
            if (was) {
                memmove(keys + at, keys + at + 1, (size_t)(n - at - 1) * sizeof *keys);
                memmove(vals + at, vals + at + 1, (size_t)(n - at - 1) * sizeof *vals);
                n--;
            }
        }
        ck_assert_uint_eq(dict_count(d), (size_t)n);
    }
    Value k, v;
    size_t pos = 0;
    for (int i = 0; i < n; i++) {
        ck_assert(dict_next(d, &pos, &k, &v));
        ck_assert_int_eq(k.i, keys[i]);
        ck_assert_int_eq(v.i, vals[i]);
    }
    ck_assert(!dict_next(d, &pos, &k, &v));
    dict_free(d);
}
END_TEST

/* One name added and deleted for ever needs no more room and no longer a search. */
START_TEST(dict_add_delete)
{
    Dict *d = dict_new();
    StrObj *name = str_intern("e", 1);
    for (int i = 0; i < 1000; i++) dict_set_cstr(d, i % 2 ? "a" : "b", value_int(i));
    for (int i = 0; i < 100000; i++) {
        dict_set_str(d, name, value_int(i));
        ck_assert(dict_del_str(d, name));
    }
    ck_assert_uint_eq(dict_count(d), 2);
    ck_assert(d->cap < 16);
    value_release(value_obj(name));
    dict_free(d);
}
END_TEST

START_TEST(strings_interned)
{
    StrObj *a = str_intern("query", 5), *b = str_intern("query", 5), *c = str_intern("key", 3);
    ck_assert_ptr_eq(a, b);
    ck_assert_ptr_ne(a, c);
    value_release(value_obj(a));
    value_release(value_obj(b));
    value_release(value_obj(c));
}
END_TEST

/* ---- numbers' texts ------------------------------------------------------------------------- */

/* repr reads back as the same double, and no text with fewer digits does. */
START_TEST(float_repr_shortest)
{
    uint32_t state = 11;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = (uint64_t)draw(&state) << 40 ^ (uint64_t)draw(&state) << 20 ^ draw(&state);
        double v;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v)) continue;
        Str text = STR_INIT;
        float_repr(&text, v);
        ck_assert_msg(strtod(text.buf, NULL) == v, "%s is not %.17g", text.buf, v);
        int digits = 0;
        bool leading = true;
        for (const char *p = text.buf; *p && *p != 'e'; p++) {
            if (*p >= '1' && *p <= '9') leading = false;
            if (*p >= '0' && *p <= '9' && !leading) digits++;
        }
        char shorter[64];
        snprintf(shorter, sizeof shorter, "%.*e", MAX(digits - 2, 0), v);
        ck_assert_msg(digits < 3 || strtod(shorter, NULL) != v || strstr(text.buf, "0.0") ||
                          strstr(text.buf, "0e") || text.buf[text.len - 1] == '0',
                      "%s is longer than %s", text.buf, shorter);
        str_clear(&text);
    }
}
END_TEST

START_TEST(hashes_agree)
{
    for (int64_t i = -1000; i < 1000; i++)
        ck_assert_uint_eq(int_hash(i * 4398046511), float_hash((double)(i * 4398046511)));
    ck_assert_uint_eq(int_hash((int64_t)1 << 61), float_hash(0x1p61));
}
END_TEST

START_TEST(int_texts)
{
    static const struct {
        const char *text;
        int base, verdict;
        int64_t value;
    } cases[] = {{"42", 10, 1, 42},
                 {" -7 ", 10, 1, -7},
                 {"1_000", 10, 1, 1000},
                 {"1__0", 10, 0, 0},
                 {"_1", 10, 0, 0},
                 {"1_", 10, 0, 0},
                 {"", 10, 0, 0},
                 {"-", 10, 0, 0},
                 {"0x1F", 16, 1, 31},
                 {"0x1F", 0, 1, 31},
                 {"0b2", 0, 0, 0},
                 {"z", 36, 1, 35},
                 {"9223372036854775807", 10, 1, INT64_MAX},
                 {"9223372036854775808", 10, -1, 0},
                 {"-9223372036854775808", 10, 1, INT64_MIN}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t v = 0;
        ck_assert_msg(int_parse(cases[i].text, strlen(cases[i].text), cases[i].base, &v) ==
                          cases[i].verdict,
                      "'%s'", cases[i].text);
        if (cases[i].verdict == 1) ck_assert_int_eq(v, cases[i].value);
    }
}
END_TEST

int main(void) {
    Suite *s = suite_create("value");
    TCase *t = tcase_create("values");
    builtin_types_install();
    tcase_set_timeout(t, 60);
    tcase_add_test(t, types_of_values);
    tcase_add_test(t, derived_kinds);
    tcase_add_test(t, operations_need_no_evaluator);
    tcase_add_test(t, the_machine_is_asked);
    tcase_add_test(t, nesting_ends);
    tcase_add_test(t, dict_model);
    tcase_add_test(t, dict_add_delete);
    tcase_add_test(t, strings_interned);
    tcase_add_test(t, float_repr_shortest);
    tcase_add_test(t, hashes_agree);
    tcase_add_test(t, int_texts);
    suite_add_tcase(s, t);
    return check_tap(s);
}
