/* lang: trees, spans, what the prompt counts as complete. */
#include "config.h"

#include "check_lang.h"
#include "check_tap.h"

char *parse_text(const char *text, size_t len, ParseMode mode) {
    Source *src = source_new("t", text, len, 1);
    Arena *arena = arena_new();
    Ast ast;
    Err err = {0};
    Str out = STR_INIT;
    switch (parse(src, mode, arena, &ast, &err)) {
    case PARSE_OK:
        ck_assert_int_eq(err.kind, ERR_OK);
        for (int i = 0; i < ast.body.count; i++) {
            if (i) str_addc(&out, '\n');
            ast_text(&out, ast.body.items[i]);
        }
        break;
    case PARSE_INCOMPLETE:
        ck_assert_int_eq(err.kind, ERR_OK);
        str_add(&out, "incomplete");
        break;
    case PARSE_ERROR: {
        ck_assert_uint_eq(err.frames.count, 1);
        Span span = err.frames.items[0].span;
        int line, col;
        source_place(src, span.start, &line, &col);
        ck_assert_uint_le(span.start, span.end);
        ck_assert_uint_le(span.end, source_len(src));
        str_printf(&out, "%d:%d-%u %s: %s", line, col, (unsigned)(span.end - span.start),
                   err_kind_name(err.kind), err.msg);
        if (err.hint) str_printf(&out, " | %s", err.hint);
    }
    }
    err_clear(&err);
    arena_free(arena);
    source_release(src);
    return str_detach(&out);
}

typedef struct Row {
    const char *text, *want;
} Row;

static void check_rows(const Row *rows, size_t n, ParseMode mode) {
    for (size_t i = 0; i < n; i++) {
        char *got = parse_text(rows[i].text, strlen(rows[i].text), mode);
        ck_assert_msg(strcmp(got, rows[i].want) == 0, "%s\n  gave %s\n  not  %s", rows[i].text, got,
                      rows[i].want);
        mem_free(got);
    }
}

START_TEST(literals)
{
    static const Row rows[] = {
        {"0", "0"},
        {"1_000_000", "1000000"},
        {"0o17", "15"},
        {"0xdead_BEEF", "3735928559"},
        {"0b1010", "10"},
        {"00", "0"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"1.", "1"},
        {".5", "0.5"},
        {"1e-3", "0.001"},
        {"1_0.5e1_0", "105000000000"},
        {"3j", "3j"},
        {"1.5J", "1.5j"},
        {"1if x else 2", "(? x 1 2)"},
        {"1..real", "(. 1 real)"},
        {"None, True, False, ...", "(tuple None True False ...)"},
        {"'a' \"b\" '''c\nd'''", "'abc\nd'"},
        {"'\\x41\\u03b1\\101\\n\\q\\\\'", "'AαA\n\\q\\'"},
        {"r'\\n' R\"\\\"\"", "'\\n\\\"'"},
        {"'a\\\nb'", "'ab'"},
        {"'\\xAF\\U000003b1\\x0A'", "'¯α\n'"},
        {"'a\\\r\nb'", "'ab'"},
        {"e\u0301x = 1", "(= éx 1)"},
        {"'''a\r\nb'''", "'a\nb'"},
        {"u'x'", "'x'"},
        {"''", "''"},
        {"ﬁ = 1", "(= fi 1)"},
        {"αβ_1", "αβ_1"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_FILE);
}
END_TEST

START_TEST(f_strings)
{
    static const Row rows[] = {
        {"f''", "''"},
        {"f'a{{b}}c'", "'a{b}c'"},
        {"f'{x}'", "(f (field  x))"},
        {"f'a{x!r:>{w}.{p}}b'", "(f 'a' (field  x !r (f '>' (field  w) '.' (field  p))) 'b')"},
        {"f'{x=}'", "(f (field x= x !r))"},
        {"f'{ x + 1 = :.2f}'", "(f (field  x + 1 =  (+ x 1) '.2f'))"},
        {"f'{x=!s}'", "(f (field x= x !s))"},
        {"f'{x:=5}'", "(f (field  x '=5'))"},
        {"f'{(x:=5)}'", "(f (field  (:= x 5)))"},
        {"f'{x!=y}'", "(f (field  (cmp x != y)))"},
        {"f'{x==y}'", "(f (field  (cmp x == y)))"},
        {"f'{a[\"b\"]}'", "(f (field  ([] a 'b')))"},
        {"f'{a['b']}'", "(f (field  ([] a 'b')))"},
        {"f'{f\"{x}\"}'", "(f (field  (f (field  x))))"},
        {"f'{x}' 'y' f'{z}'", "(f (field  x) 'y' (field  z))"},
        {"rf'\\d{x}'", "(f '\\d' (field  x))"},
        {"f'\\n{x}\\t'", "(f '\n' (field  x) '\t')"},
        {"f'{a, b}'", "(f (field  (tuple a b)))"},
        {"f'{*a, b}'", "(f (field  (tuple (* a) b)))"},
        {"f'''{\nx\n}'''", "(f (field  x))"},
        {"f'{(lambda x: x)(1)}'", "(f (field  (call (lambda (x) x) 1)))"},
        {"f'{ {1: 2}[1] }'", "(f (field  ([] (dict 1 2) 1)))"},
        {"f'{x:}'", "(f (field  x ''))"},
        {"f'{\"}\"}'", "(f (field  '}'))"},
        {"f'{x:%H:%M}'", "(f (field  x '%H:%M'))"},
        {"f'''a\r\n{x}'''", "(f 'a\n' (field  x))"},
        {"f'\\{x}'", "(f '\\' (field  x))"},
        {"f'{x[1:2]}'", "(f (field  ([] x (: 1 2 _))))"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_FILE);
}
END_TEST

START_TEST(operators_bind_as_in_python)
{
    static const Row rows[] = {
        {"a + b * c", "(+ a (* b c))"},
        {"(a + b) * c", "(* (+ a b) c)"},
        {"a - b - c", "(- (- a b) c)"},
        {"a ** b ** c", "(** a (** b c))"},
        {"-a ** -b", "(- (** a (- b)))"},
        {"a @ b.T // c % d / e", "(/ (% (// (@ a (. b T)) c) d) e)"},
        {"a | b ^ c & d << e >> f + g", "(| a (^ b (& c (>> (<< d e) (+ f g)))))"},
        {"not a == b", "(not (cmp a == b))"},
        {"not a and b or c", "(or (and (not a) b) c)"},
        {"a or b or c and d and e", "(or a b (and c d e))"},
        {"a < b <= c != d", "(cmp a < b <= c != d)"},
        {"a not in b is not c is d in e", "(cmp a not in b is not c is d in e)"},
        {"a if b else c if d else e", "(? b a (? d c e))"},
        {"~-+a", "(~ (- (+ a)))"},
        {"lambda: 0", "(lambda () 0)"},
        {"lambda x, y=1, *a, k, **kw: x", "(lambda (x y=1 *a kw:k **kw) x)"},
        {"(y := f(x)) + 1", "(+ (:= y (call f x)) 1)"},
        {"f(y := 1)", "(call f (:= y 1))"},
        {"a.b[c](d).e", "(. (call ([] (. a b) c) d) e)"},
        {"-x.y", "(- (. x y))"},
        {"a[1:2, ::3, ..., None]", "([] a (tuple (: 1 2 _) (: _ _ 3) ... None))"},
        {"a[:]", "([] a (: _ _ _))"},
        {"a[1,]", "([] a (tuple 1))"},
        {"a[*b]", "([] a (tuple (* b)))"},
        {"f(a, *b, c=1, *d, **e)", "(call f a (* b) (* d) c=1 **=e)"},
        {"f(x for x in y)", "(call f (gen x for x y))"},
        {"f(x for x in y,)", "(call f (gen x for x y))"},
        {"print(*a, sep='')", "(call print (* a) sep='')"},
        {"-9223372036854775807 - 1", "(- (- 9223372036854775807) 1)"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_FILE);
}
END_TEST

START_TEST(displays_and_comprehensions)
{
    static const Row rows[] = {
        {"()", "(tuple)"},
        {"(a,)", "(tuple a)"},
        {"a, b", "(tuple a b)"},
        {"[]", "(list)"},
        {"[a, *b,]", "(list a (* b))"},
        {"{}", "(dict)"},
        {"{a: b, **c}", "(dict a b ** c)"},
        {"{**a}", "(dict ** a)"},
        {"{a, *b}", "(set a (* b))"},
        {"[x for x in y if a if b]", "(listcomp x for x y if a b)"},
        {"[x for y in z for x in y]", "(listcomp x for y z for x y)"},
        {"[[c for c in r] for r in m]", "(listcomp (listcomp c for c r) for r m)"},
        {"{k: v for k, v in d}", "(dictcomp k v for (tuple k v) d)"},
        {"{x for x in y}", "(setcomp x for x y)"},
        {"(x for x in y)", "(gen x for x y)"},
        {"[y := 1, y]", "(list (:= y 1) y)"},
        {"[a if b else c for b in d]", "(listcomp (? b a c) for b d)"},
        {"[x for x, in y]", "(listcomp x for (tuple x) y)"},
        {"[lambda: x for x in y]", "(listcomp (lambda () x) for x y)"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_FILE);
}
END_TEST

START_TEST(simple_statements)
{
    static const Row rows[] = {
        {"a = b = 1, 2", "(= a b (tuple 1 2))"},
        {"a, (b, *c), d[0], e.f = x", "(= (tuple a (tuple b (* c)) ([] d 0) (. e f)) x)"},
        {"*a, = b", "(= (tuple (* a)) b)"},
        {"[a, b] = c", "(= (list a b) c)"},
        {"x = *a, b", "(= x (tuple (* a) b))"},
        {"x @= y", "(@= x y)"},
        {"x //= 2; y **= 3", "(//= x 2)\n(**= y 3)"},
        {"x: int", "(ann x int _)"},
        {"x.y: List[int] = []", "(ann (. x y) ([] List int) (list))"},
        {"del a, b[0]", "(del a ([] b 0))"},
        {"del (a, b)", "(del a b)"},
        {"pass; pass;", "(pass)\n(pass)"},
        {"assert a, 'b'", "(assert a 'b')"},
        {"raise", "(raise _ _)"},
        {"raise A() from b", "(raise (call A) b)"},
        {"global a, b", "(global a b)"},
        {"import a.b as c, d", "(import a.b:c d)"},
        {"from a.b import c as d, e", "(from 0 a.b import c:d e)"},
        {"from . import (a, b,)", "(from 1  import a b)"},
        {"from ..a import *", "(from 2 a import *)"},
        {"x = 1 # type: int\n# c\n\n", "(= x 1)"},
        {"x = \\\n  1", "(= x 1)"},
        {"\xef\xbb\xbfx", "x"},
        {"x\r\ny\rz", "x\ny\nz"},
        {"print", "print"},
        {"match = 1; type = 2; match(x)", "(= match 1)\n(= type 2)\n(call match x)"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_FILE);
}
END_TEST

START_TEST(compound_statements)
{
    static const Row rows[] = {
        {"if a: b", "(if a { b })"},
        {"if a:\n b\nelif c:\n d\nelse:\n e", "(if a { b } else { (if c { d } else { e }) })"},
        {"while a: break\nelse: b", "(while a { (break) } else { b })"},
        {"for i, *j in a, *b:\n continue\nelse:\n c",
         "(for (tuple i (* j)) (tuple a (* b)) { (continue) } else { c })"},
        {"for x.y in z: pass", "(for (. x y) z { (pass) })"},
        {"try: a\nexcept (B, C) as d: e\nexcept: f\nelse: g\nfinally: h",
         "(try { a } except (tuple B C) as d { e } except { f } else { g } finally { h })"},
        {"try: a\nfinally: b", "(try { a } finally { b })"},
        {"with a as b, c: d", "(with a b c _ { d })"},
        {"with (a as b, c as (d, e),): f", "(with a b c (tuple d e) { f })"},
        {"with (a, b): c", "(with a _ b _ { c })"},
        {"with (a, b) as c: d", "(with (tuple a b) c { d })"},
        {"with (a).b(): c", "(with (call (. a b)) _ { c })"},
        {"with f(a, b): c", "(with (call f a b) _ { c })"},
        {"def f(a, /, b: int = 1, *c: str, d, e=2, **g) -> h:\n 'doc'\n return",
         "(def f (/a b:int=1 *c:str kw:d kw:e=2 **g) -> h doc:doc { 'doc' (return) })"},
        {"def f(*, a): yield\ndef g():\n x = yield a, b\n yield from c",
         "(def f (kw:a) { (yield) })\n"
         "(def g () { (= x (yield (tuple a b))) (yield-from c) })"},
        {"@a\n@b.c(1)\n\ndef f(): pass", "(def f () @ a (call (. b c) 1) { (pass) })"},
        {"class A: pass", "(class A { (pass) })"},
        {"@d\nclass A(B, metaclass=M):\n 'doc'\n x = 1\n\n def f(self): return 2",
         "(class A B metaclass=M @ d doc:doc { 'doc' (= x 1) (def f (self) { (return 2) }) })"},
        {"if a:\n\tb\n\tif c:\n\t\td\ne", "(if a { b (if c { d }) })\ne"},
        {"if a:\n\f  b\n", "(if a { b })"},
        {"if a:\n  # comment\n\n  b\n # odd comment\n  c\n", "(if a { b c })"},
        {"if a:\n  x = [1,\n2,\n    3]\n  y\n", "(if a { (= x (list 1 2 3)) y })"},
        {"def f():\n  def g():\n    nonlocal x\n", "(def f () { (def g () { (nonlocal x) }) })"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_FILE);
}
END_TEST

START_TEST(the_prompt_knows_what_is_complete)
{
    static const Row rows[] = {
        {"", ""},
        {"\n", ""},
        {"x\n", "x"},
        {"x", "x"},
        {"x = (1,\n", "incomplete"},
        {"x = (1,\n\n\n", "incomplete"},
        {"f(x", "incomplete"},
        {"'''a\n", "incomplete"},
        {"f'''{x\n", "incomplete"},
        {"x = \\\n", "incomplete"},
        {"if a:\n", "incomplete"},
        {"if a:\n    b\n", "incomplete"},
        {"if a:\n    b\n\n", "(if a { b })"},
        {"if a:\n    b\n    \n", "(if a { b })"},
        {"if a: b\n", "incomplete"},
        {"if a: b\n\n", "(if a { b })"},
        {"if a:\n    b\nelse:\n", "incomplete"},
        {"def f():\n    return 1\nf()\n", "(def f () { (return 1) })\n(call f)"},
        {"@d\n", "incomplete"},
        {"try:\n    a\n", "incomplete"},
        {"class A:\n    x = 1\n\n    y = 2\n", "incomplete"},
        {"if a:\n\n",
         "3:1-0 IndentationError: the if on line 1 wants an indented block behind it | "
         "indent the lines that belong to it; pass does nothing"},
        {"x = )\n", "1:5-1 SyntaxError: ')' closes a bracket that was never opened | "
                    "delete it, or open the bracket before it"},
        {"x = 'a\n", "1:5-2 SyntaxError: this string is not closed before the end of the line | "
                     "close it with '; a text of several lines stands in '''"},
        {"f(a b\n", "1:3-3 SyntaxError: two values stand side by side in the call: a and b | "
                    "is a comma missing between them?"},
    };
    check_rows(rows, ARRAY_LEN(rows), PARSE_INTERACTIVE);
}
END_TEST

/* The source text of the span of every binary operator, call and index, innermost first. */
static void spans(const Node *n, const char *text, Str *out) {
    if (n->kind == EX_BINARY || n->kind == EX_INDEX) {
        spans(n->bin.left, text, out);
        spans(n->bin.right, text, out);
    } else if (n->kind == EX_CALL) {
        for (int i = 0; i < n->call.args.count; i++) spans(n->call.args.items[i], text, out);
    } else if (n->kind == EX_FSTRING) {
        for (int i = 0; i < n->list.count; i++) spans(n->list.items[i], text, out);
    } else if (n->kind == EX_FIELD) {
        spans(n->field.value, text, out);
    }
    str_printf(out, "<%.*s>", (int)(n->span.end - n->span.start), text + n->span.start);
}

START_TEST(spans_are_exact)
{
    static const Row rows[] = {
        {"(a + b) @ c", "<a><b><a + b><c><(a + b) @ c>"},
        {"f(x, g( y ))", "<x><y><g( y )><f(x, g( y ))>"},
        {"m[i](k)  # c", "<k><m[i](k)>"},
        {"(a, b)", "<(a, b)>"},
        {"f'ab{ x + 1 :>4}' 'c'", "<ab><x><1><x + 1><{ x + 1 :>4}>"
                                  "<f'ab{ x + 1 :>4}' 'c'><f'ab{ x + 1 :>4}' 'c'>"},
        {"(x for x in y)", "<(x for x in y)>"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Source *src = source_new("t", rows[i].text, strlen(rows[i].text), 1);
        Arena *arena = arena_new();
        Ast ast;
        Err err = {0};
        ck_assert_int_eq(parse(src, PARSE_FILE, arena, &ast, &err), PARSE_OK);
        Str got = STR_INIT;
        spans(ast.body.items[0]->one, rows[i].text, &got);
        ck_assert_str_eq(str_cstr(&got), rows[i].want);
        str_clear(&got);
        arena_free(arena);
        source_release(src);
    }
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("lang");
    TCase *tc = tcase_create("parse");
    tcase_add_test(tc, literals);
    tcase_add_test(tc, f_strings);
    tcase_add_test(tc, operators_bind_as_in_python);
    tcase_add_test(tc, displays_and_comprehensions);
    tcase_add_test(tc, simple_statements);
    tcase_add_test(tc, compound_statements);
    tcase_add_test(tc, the_prompt_knows_what_is_complete);
    tcase_add_test(tc, spans_are_exact);
    suite_add_tcase(s, tc);
    suite_add_tcase(s, teach_case());
    suite_add_tcase(s, limits_case());
    suite_add_tcase(s, diag_case());
    suite_add_tcase(s, gist_case());
    return s;
}

int main(void) {
    return check_tap(suite());
}
