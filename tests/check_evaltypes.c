/* The built-in types in the dialect: every expression of refs/evaltypes.txt gives what CPython
 * gave; qkv's own limits and messages. */
#include "config.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

#include "python/python.h"
#include "check_tap.h"
#include "doctest.h"
#include "value/number.h"
#include "value/set.h"
#include "value/strobj.h"
#include "tensor/tensor.h"

/* ---- expressions and their values ----------------------------------------------------------- */

typedef struct Pair {
    char *code, *want;
} Pair;

static VEC(Pair) pairs;
static char *setup;

static char *read_file(const char *name) {
    const char *top = getenv("abs_top_srcdir");
    char path[512];
    Str text = STR_INIT;
    snprintf(path, sizeof path, "%s/tests/refs/%s", top ? top : ".", name);
    FILE *f = fopen(path, "r");
    if (!f) return NULL;
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) str_addn(&text, part, n);
    fclose(f);
    return str_detach(&text);
}

static void read_pairs(const char *p) {
    const char *line;
    while (p && *p) {
        size_t n = doc_line(&p, &line);
        if (n < 4 || strncmp(line, ">>> ", 4) != 0) continue;
        char *code = mem_strndup(line + 4, n - 4);
        n = doc_line(&p, &line);
        vec_push(&pairs, (Pair){code, mem_strndup(line, n)});
    }
}

typedef struct Session {
    DocSink sink;
    Interp *in;
    Value scope;
} Session;

static void session_open(Session *s, const char *first) {
    Err err = {0};
    Str ignored = STR_INIT;
    *s = (Session){.sink = {.sink = {.text = doc_text}}};
    s->in = interp_new(&(InterpConfig){.sink = &s->sink.sink});
    python_install(s->in);
    s->scope = interp_module_new(s->in, "__main__");
    bool ok = doc_statement(s->in, &s->sink, s->scope, first, &ignored, &err);
    ck_assert_msg(ok, "set-up: %s", ok ? "" : err.msg);
    str_clear(&ignored);
}

static void session_close(Session *s) {
    value_release(s->scope);
    interp_free(s->in);
    str_clear(&s->sink.text);
}

/* The repr of an expression's value, or "! Type: message". */
static void evaluate(Session *s, const char *code, Str *out) {
    Err err = {0};
    Value last = VALUE_UNSET;
    Source *src = source_new("<test>", code, strlen(code), 1);
    if (!interp_run(s->in, src, s->scope, RUN_ECHO, &last, NULL, &err) ||
        (last.tag != VT_UNSET && !value_repr(s->in, last, out, &err))) {
        /* A class of the dialect's own has its name in the message already. */
        if (err.kind == ERR_RAISED)
            str_printf(out, "! %s", err.msg);
        else
            str_printf(out, "! %s: %s", err_kind_name(err.kind), err.msg);
    }
    err_clear(&err);
    value_release(last);
    source_release(src);
}

enum { GROUP = 40 };

START_TEST(like_cpython)
{
    Session s;
    Str report = STR_INIT;
    session_open(&s, setup);
    size_t from = (size_t)_i * GROUP, to = MIN(from + GROUP, pairs.count);
    for (size_t i = from; i < to; i++) {
        Str got = STR_INIT;
        evaluate(&s, pairs.items[i].code, &got);
        if (strcmp(str_cstr(&got), pairs.items[i].want) != 0)
            str_printf(&report, "%s\nwanted %s\ngot    %s\n", pairs.items[i].code,
                       pairs.items[i].want, str_cstr(&got));
        str_clear(&got);
    }
    session_close(&s);
    ck_assert_msg(report.len == 0, "%s", str_cstr(&report));
    str_clear(&report);
}
END_TEST

/* ---- qkv's own limits ----------------------------------------------------------------------- */

/* want: the beginning of the text. */
static const struct {
    const char *code, *want;
} own[] = {
    {"2**63", "! OverflowError: 2 ** 63 does not fit: ints have 64 bits here"},
    {"10**18 * 100", "! OverflowError: 1000000000000000000 * 100 does not fit"},
    {"9223372036854775807 + 1", "! OverflowError: 9223372036854775807 + 1 does not fit"},
    {"-(-9223372036854775807 - 1)", "! OverflowError: -(-9223372036854775808) does not fit"},
    {"abs(-9223372036854775807 - 1)", "! OverflowError: abs(-9223372036854775808) does not fit"},
    {"(-9223372036854775807 - 1) // -1", "! OverflowError: "},
    {"(-9223372036854775807 - 1) % -1", "0"},
    {"1 << 64", "! OverflowError: 1 << 64 does not fit"},
    {"int('9223372036854775808')", "! OverflowError: int('9223372036854775808') does not fit"},
    {"int(1e19)", "! OverflowError: int(1e+19) does not fit"},
    {"'a' * 10**12", "! MemoryError: a string needs"},
    {"[0] * 10**12", "! MemoryError: a list needs"},
    {"(0,) * 10**12", "! MemoryError: a tuple needs"},
    {"list(range(10**9))", "! MemoryError: a list needs"},
    {"set(range(10**12))", "! MemoryError: a set needs"},
    {"'a'.ljust(10**12)", "! MemoryError: "},
    {"f'{1:1000000000}'", "! MemoryError: a field of 999999999 characters is too wide"},
    {"f'{1.5:.1000000000f}'", "! MemoryError: a field of 1000000000 characters is too wide"},
    {"'%1000000000d' % 1", "! MemoryError: a field of 999999999 characters is too wide"},
    {"'{:>1000000000}'.format('a')", "! MemoryError: a field of 999999999 characters is too wide"},
    {"repr(deep)", "! RecursionError: maximum recursion depth exceeded"},
    {"deep == deep2", "! RecursionError: maximum recursion depth exceeded"},
    {"hash(deep_tuple)", "! RecursionError: maximum recursion depth exceeded"},
    {"'a'.encode()", "! NotImplementedError: bytes are not in this dialect"},
    {"str.upper(5)", "! TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int'"},
    {"math.factorial(21)", "! OverflowError: 21! does not fit"},
    {"random.seed('a')", "! TypeError: a seed must be None, an int or a float here, not str"},
    {"[*map(lambda s: s.sort(key=lambda x: s.append(1) or x), [[2, 1]])]",
     "! ValueError: list modified during sort"},
    {"[d.pop(k) for k in d]", "! RuntimeError: dictionary changed size during iteration"},
    {"[s.add(x + 10) for x in s]", "! RuntimeError: Set changed size during iteration"},
};

static const char own_setup[] = "import math, random\n"
                                "deep, deep2, deep_tuple = [], [], ()\n"
                                "for i in range(100000):\n"
                                "    deep, deep2, deep_tuple = [deep], [deep2], (deep_tuple,)\n"
                                "d = {1: 2, 3: 4}\n"
                                "s = {1, 2}\n";

START_TEST(own_limits)
{
    Session s;
    Str got = STR_INIT;
    memory_limit_set((size_t)2 << 30);
    session_open(&s, own_setup);
    int64_t start = cpu_ns();
    evaluate(&s, own[_i].code, &got);
    int64_t took = cpu_ns() - start;
    session_close(&s);
    ck_assert_msg(str_starts(str_cstr(&got), own[_i].want), "%s\nwanted %s\ngot    %s",
                  own[_i].code, own[_i].want, str_cstr(&got));
    ck_assert_msg(took < 2000000000, "%s took %.1f s", own[_i].code, (double)took * 1e-9);
    str_clear(&got);
}
END_TEST

int main(void) {
    Suite *s = suite_create("evaltypes");
    TCase *t = tcase_create("types");
    char *refs = read_file("evaltypes.txt");
    setup = read_file("evaltypes_setup.py");
    read_pairs(refs);
    mem_free(refs);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, like_cpython, 0, (int)(pairs.count / GROUP + 1));
    tcase_add_loop_test(t, own_limits, 0, (int)ARRAY_LEN(own));
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    for (size_t i = 0; i < pairs.count; i++) {
        mem_free(pairs.items[i].code);
        mem_free(pairs.items[i].want);
    }
    vec_clear(&pairs);
    mem_free(setup);
    return rc;
}
