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

static const char *ins_name(InsCode op) {
    static const char *const names[] = {
#define X(name) #name,
        INSTRUCTIONS(X)
#undef X
    };
    return (unsigned)op < I_COUNT ? names[op] : "?";
}

static bool has_second_word(InsCode op) {
    switch (op) {
    case I_LOADK:
    case I_GETGLOBAL:
    case I_SETGLOBAL:
    case I_DELGLOBAL:
    case I_GETNAME:
    case I_SETNAME:
    case I_DELNAME:
    case I_JEQ:
    case I_JNE:
    case I_JLT:
    case I_JLE:
    case I_JGT:
    case I_JGE:
    case I_JIS:
    case I_FORITER:
    case I_GETATTR:
    case I_SETATTR:
    case I_DELATTR:
    case I_METHOD:
    case I_CALL:
    case I_CALLM:
    case I_CALLEX:
    case I_FUNC:
    case I_IMPORT:
    case I_IMPORTFROM:
        return true;
    default:
        return false;
    }
}

/* What the compiler made, an instruction a line. */
static void code_list(const Code *c, Str *out) {
    str_printf(out, "%s: %d locals, %d registers\n", c->qualname->s, c->nlocals, c->nregs);
    for (size_t pc = 0; pc < c->ins.count; pc++) {
        Ins i = c->ins.items[pc];
        str_printf(out, "%4zu %-10s", pc, ins_name(i.op));
        if (i.op == I_JMP || i.op == I_LOOP || i.op == I_JT || i.op == I_JF)
            str_printf(out, " a=%u -> %ld", i.ja, (long)pc + 1 + i.off);
        else
            str_printf(out, " x=%u a=%u b=%u c=%u", i.x, i.a, i.b, i.c);
        if (has_second_word(i.op)) str_printf(out, " arg=%d", c->ins.items[++pc].arg);
        str_addc(out, '\n');
    }
    for (size_t i = 0; i < c->children.count; i++) code_list(c->children.items[i], out);
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
