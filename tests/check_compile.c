/* The compiler: what it makes of constants, and what it refuses, without anything that runs. */
#include "config.h"

#include <check.h>

#include "check_tap.h"
#include "compile/code.h"
#include "compile/compile.h"
#include "value/obj.h"

static Code *compiled(const char *text, Err *err) {
    Source *src = source_new("test", text, strlen(text), 1);
    Arena *arena = arena_new();
    Ast ast;
    ck_assert_int_eq(parse(src, PARSE_FILE, arena, &ast, err), PARSE_OK);
    Code *code = compile_module(&ast, src, arena, 0, err);
    arena_free(arena);
    source_release(src);
    return code;
}

static void listing(const char *text, Str *out) {
    Err err = {0};
    Code *code = compiled(text, &err);
    ck_assert_ptr_nonnull(code);
    code_list(code, out);
    code_release(code);
}

START_TEST(constants_fold)
{
    Str s = STR_INIT;
    listing("x = 2 * 3 + 4 ** 2 - -1", &s);
    ck_assert_ptr_null(strstr(str_cstr(&s), "MUL"));
    ck_assert_ptr_null(strstr(str_cstr(&s), "ADD"));
    str_reset(&s);
    listing("x = 1 // 0", &s); /* an error stays one when it runs */
    ck_assert_ptr_nonnull(strstr(str_cstr(&s), "FLOORDIV"));
    str_reset(&s);
    listing("for i in range(3):\n  t = (1, 2, -3)", &s);
    ck_assert_ptr_null(strstr(str_cstr(&s), "TUPLE"));
    str_clear(&s);
}
END_TEST

/* Functions, classes, lambdas and generator expressions have a Code of their own within that of
 * what they stand in, and its qualified name says so. */
START_TEST(codes_nest)
{
    Err err = {0};
    Code *c =
        compiled("class A:\n  def f(self, *a, k=1):\n    return lambda: (x for x in a)\n", &err);
    static const char *const names[] = {"A", "A.f", "A.f.<locals>.<lambda>",
                                        "A.f.<locals>.<lambda>.<locals>.<genexpr>"};
    const Code *at = c;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        ck_assert_uint_eq(at->children.count, 1);
        at = at->children.items[0];
        ck_assert_str_eq(at->qualname->s, names[i]);
    }
    ck_assert(at->flags & CODE_GENERATOR);
    ck_assert(c->children.items[0]->children.items[0]->flags & CODE_VARARGS);
    code_release(c);
}
END_TEST

static const struct {
    const char *text, *message, *at; /* at: the text that the error's span has */
} refused[] = {
    {"from .a import b",
     "relative imports are not part of the dialect: there are no packages around this text",
     "from .a import b"},
    {"class A(metaclass=M): pass", "metaclasses are not part of the dialect; use a class decorator",
     "metaclass=M"},
    {"class A(**k): pass", "**keywords in a class statement are not part of the dialect", "**k"},
};

START_TEST(refusals)
{
    Err err = {0};
    ck_assert_ptr_null(compiled(refused[_i].text, &err));
    ck_assert_int_eq(err.kind, ERR_SYNTAX);
    ck_assert_str_eq(err.msg, refused[_i].message);
    ck_assert_uint_eq(err.frames.count, 1);
    const ErrFrame *f = &err.frames.items[0];
    size_t n = f->span.end - f->span.start;
    ck_assert_uint_eq(n, strlen(refused[_i].at));
    ck_assert_int_eq(memcmp(source_text(f->src) + f->span.start, refused[_i].at, n), 0);
    err_clear(&err);
}
END_TEST

int main(void) {
    Suite *s = suite_create("compile");
    TCase *t = tcase_create("compile");
    tcase_add_test(t, constants_fold);
    tcase_add_test(t, codes_nest);
    tcase_add_loop_test(t, refusals, 0, (int)ARRAY_LEN(refused));
    suite_add_tcase(s, t);
    return check_tap(s);
}
