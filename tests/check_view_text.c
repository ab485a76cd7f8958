/* src/view: tables, ledgers, curves, bars, text, Markdown, code and JSON. */
#include "config.h"

#include "check_view.h"

#include <math.h>

#include "view/flow.h"
#include "view/markdown.h"
#include "view/number.h"

/* ---- numbers -------------------------------------------------------------------------- */

static void reads(void (*format)(Str *, double), double v, const char *want) {
    Str s = STR_INIT;
    format(&s, v);
    ck_assert_str_eq(str_cstr(&s), want);
    str_clear(&s);
}

START_TEST(numbers_are_grouped_and_scaled)
{
    reads(number_grouped, 4344, "4,344");
    reads(number_grouped, 999, "999");
    reads(number_grouped, -1234567, "-1,234,567");
    reads(number_grouped, 0, "0");
    reads(number_count, 124439808, "124,439,808");
    reads(number_count, 999999999, "999,999,999");
    reads(number_count, 1e9, "1.00 G");
    reads(number_count, 999.999e9, "1.00 T");
    reads(number_bytes, 1023, "1,023");
    reads(number_bytes, 1024, "1.0 K");
    reads(number_bytes, 1228, "1.2 K");
    reads(number_bytes, 1024.0 * 1024 - 1, "1.0 M");
    reads(number_bytes, 5e9, "4.7 G");
}
END_TEST

START_TEST(times_choose_their_unit)
{
    static const struct {
        int64_t ns;
        const char *want;
    } cases[] = {{0, "0.0 µs"},         {412, "0.4 µs"},       {999949, "999.9 µs"},
                 {999950, "1.0 ms"},    {12345678, "12.3 ms"}, {999950000, "1.00 s"},
                 {3000000000, "3.00 s"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        Str s = STR_INIT;
        number_time(&s, cases[i].ns);
        ck_assert_str_eq(str_cstr(&s), cases[i].want);
        str_clear(&s);
    }
}
END_TEST

START_TEST(decimals_show_three_digits)
{
    ck_assert_int_eq(number_decimals(3.14, false), 2);
    ck_assert_int_eq(number_decimals(31.4, false), 1);
    ck_assert_int_eq(number_decimals(31400, false), 1);
    ck_assert_int_eq(number_decimals(0.5, false), 2);
    ck_assert_int_eq(number_decimals(0.031, false), 4);
    ck_assert_int_eq(number_decimals(1e-12, false), 6);
    ck_assert_int_eq(number_decimals(7, true), 0);
}
END_TEST

/* ---- wrapping ---------------------------------------------------------------------------- */

static void wraps(const char *text, int width, const char *want) {
    Flow f = {0};
    flow_adds(&f, STYLE_PLAIN, text);
    Canvas *c = canvas_new(width);
    int rows = flow_draw(&f, c, 0, 0, width, VIEW_LEFT);
    Str s = STR_INIT;
    canvas_emit(c, &(TermFacts){.depth = DEPTH_NONE, .utf8 = true}, &s);
    ck_assert_str_eq(str_cstr(&s), want);
    ck_assert_int_eq(rows, canvas_rows(c));
    str_reset(&s);
    flow_text(&f, width, &s);
    str_addc(&s, '\n');
    ck_assert_str_eq(str_cstr(&s), want);
    str_clear(&s);
    canvas_free(c);
    flow_clear(&f);
}

START_TEST(text_wraps_at_spaces)
{
    wraps("rows sum to one", 8, "rows sum\nto one\n");
    wraps("rows  sum", 5, "rows\nsum\n");
    wraps("a\n\nb", 5, "a\n\nb\n");
    wraps("", 5, "\n");
    wraps("internationalization now", 8, "internat\nionaliza\ntion now\n");
    wraps("a internationalization", 8, "a\ninternat\nionaliza\ntion\n");
    wraps("猫が座った", 4, "猫が\n座っ\nた\n");
    wraps("x 猫が", 4, "x 猫\nが\n");
    wraps("a\xc2\xa0"
          "b cd",
          4, "a b\ncd\n");
    wraps("cafe\xcc\x81 au lait", 4, "cafe\xcc\x81\nau\nlait\n");
}
END_TEST

/* ---- goldens ----------------------------------------------------------------------------- */

START_TEST(ledger_golden)
{
    static const ViewLedgerRow rows[] = {
        {"q = x @ Wq", {2, {6, 8}}, 64, 768, 192, 412, 0},
        {"scores = q @ kᵀ / √8", {2, {6, 6}}, 0, 612, 144, 530, 0},
        {"loss.backward()", {.ndim = -1}, -1, -1, -1, 12345678, 0},
        {"big = wte(ids)", {3, {1, 1024, 768}}, 38597376, 4.2e12, 5e9, -1, 0}};
    golden("ledger", view_ledger("What it cost", rows, 4));
    golden_at("ledger-times", view_ledger(NULL, rows, 4), 80, NULL);
    golden_at("ledger-ascii", view_ledger(NULL, rows, 2), 80, &(ViewStyle){.ascii = true});
}
END_TEST

/* What is nothing or unknown is not said; one is no plural. */
START_TEST(ledger_lines)
{
    static const struct {
        ViewLedgerRow rows[2];
        size_t n;
        const char *line;
    } cases[] = {
        {{{"a", {.ndim = -1}, 128, 4000, 9, 20000, 0}, {"b", {.ndim = -1}, 64, 352, 9, 6049, 0}},
         2,
         "2 steps, 192 parameters, 4,352 FLOPs, ≈ 26.0 µs"},
        {{{"a", {.ndim = -1}, 1, 1, 0, 1000, 0}}, 1, "1 step, 1 parameter, 1 FLOP, ≈ 1.0 µs"},
        {{{"a", {.ndim = -1}, 0, -1, 0, -1, 0}}, 1, "1 step"},
        {{{"a", {.ndim = -1}, -1, 4.2e12, 0, 2e9, 0}}, 1, "1 step, 4.20 T FLOPs, ≈ 2.00 s"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        View *v = view_ledger("title", cases[i].rows, cases[i].n);
        Str line = STR_INIT;
        ck_assert(view_ledger_line(v, false, &line));
        ck_assert_str_eq(str_cstr(&line), cases[i].line);
        str_clear(&line);
        view_release(v);
    }
    View *v = view_ledger(NULL, cases[0].rows, 2), *text = view_text(STYLE_PLAIN, "no ledger");
    Str line = STR_INIT;
    ck_assert(view_ledger_line(v, true, &line));
    ck_assert_str_eq(str_cstr(&line), "2 steps, 192 parameters, 4,352 FLOPs, (time)");
    ck_assert(!view_ledger_line(text, false, &line));
    str_clear(&line);
    view_release(v);
    view_release(text);
}
END_TEST

START_TEST(table_golden)
{
    static const char *const head[] = {"pattern", "exact?", "entries", "what it saves"};
    static const char *const cells[] = {"dense",
                                        "yes",
                                        "36",
                                        "nothing; it is what the others are measured against",
                                        "sliding window w=3",
                                        "no",
                                        "1,234",
                                        "score entries outside the window are never computed",
                                        "total",
                                        NULL,
                                        "1,270",
                                        NULL};
    golden("table",
           view_table(head, 4, cells, 3, &(ViewTableOpts){.title = "Variants", .total = true}));
}
END_TEST

START_TEST(curves_golden)
{
    double x[30], y[30], z[30];
    for (int i = 0; i < 30; i++) {
        x[i] = 16 * pow(1.3, i);
        y[i] = 3e-9 * x[i] * x[i];
        z[i] = 1e-6 * x[i];
    }
    ViewSeries two[] = {{"attention", x, y, 30, false}, {"RNN", x, z, 30, false}};
    golden("curve-log", view_curve(two, 2,
                                   &(ViewCurveOpts){.title = "Time against length",
                                                    .x_label = "n",
                                                    .y_label = "seconds",
                                                    .log_x = true,
                                                    .log_y = true}));
    for (int i = 0; i < 30; i++) y[i] = exp(-i / 8.0) * 4 + 0.3 * sin(i);
    y[12] = NAN;
    golden("curve", view_curve(&(ViewSeries){"loss", NULL, y, 30, false}, 1,
                               &(ViewCurveOpts){.x_label = "step", .y_label = "loss"}));
    double few[] = {1, 3, 2};
    golden("curve-points",
           view_curve(&(ViewSeries){"", NULL, few, 3, true}, 1, &(ViewCurveOpts){.height = 4}));
    golden("curve-empty", view_curve(NULL, 0, NULL));
}
END_TEST

START_TEST(bars_golden)
{
    static const char *const labels[] = {"the", "cat", "sat", "on", "mat"};
    static const double v[] = {0.125, 0.5, 0.3, 0, -0.1}, bytes[] = {1536, 12, 1048576};
    golden("bars", view_bars(labels, v, 5, &(ViewBarsOpts){.title = "attention", .max = 1}));
    golden("bars-unit", view_bars(labels, bytes, 3, &(ViewBarsOpts){.unit = "B"}));
}
END_TEST

static const char sample[] =
    "# Masking **live**\n\nSoftmax(QKᵀ/√d_k)V is *weighted* averaging; `mask` hides **keys** "
    "(columns), see [the paper](https://arxiv.org/abs/1706.03762) and <https://example.org>. "
    "Then ~~random~~ text goes on and on until it wraps.\n\n## Kinds\n\n- causal: token *t* sees "
    "0..t and no further, which takes more than one line on a narrow screen\n  - nested\n    1. "
    "one\n    2. two\n- padding\n\n9. nine\n\n10. ten\n\n> quoted text that is long enough to wrap "
    "on a narrow terminal\n>\n> - in a list\n\n### Code\n\n```python\nw = (q @ k.T / "
    "8**0.5).softmax(-1)   # and a comment that is far too long for one line\nx = "
    "'\x1b[2J'\n```\n\n"
    "---\n\n| kind | survive | remark |\n|:--|--:|:-:|\n| causal | 21 | lower triangle, the "
    "diagonal **included** |\n| window | 15 | band |\n\n<b>html</b>\n\n![a picture](x.png)\n";

START_TEST(markdown_golden)
{
    golden("markdown", view_markdown(sample));
    golden_at("markdown-ascii", view_markdown(sample), 60, &(ViewStyle){.ascii = true});
}
END_TEST

START_TEST(text_golden)
{
    View *parts[] = {
        view_note(VIEW_WARNING, "row 3 attends to nothing: every key is masked, so the plain "
                                "softmax gives nan and the SDPA convention 0"),
        view_note(VIEW_OK, "rows sum to 1"), view_note(VIEW_ERROR, "no such lesson"),
        view_text(STYLE_EMPHASIS, "a line that is long enough to be wrapped at forty columns\n"),
        view_verbatim(STYLE_CODE,
                      "def f(x):\n\treturn x  # cut where the screen ends, not wrapped\n")};
    golden_all("text", parts, ARRAY_LEN(parts));
}
END_TEST

static double counted(const int64_t *i) {
    return (double)(i[0] + i[1]);
}

/* Where code that is too wide is cut, and how deep it goes on. */
START_TEST(code_golden)
{
    golden("code",
           view_code("def attend(queries, keys, values):\n"
                     "    weights = torch.softmax(queries @ keys.transpose(-2, -1) / "
                     "math.sqrt(queries.shape[-1]), dim=-1)\n"
                     "\n"
                     "    return weights @ values, weights.detach().cpu().numpy().tolist()\n"
                     "                                                deep = [1.25, 2.5, 3.75]\n"
                     "a_name_without_any_place_to_break_that_is_longer_than_forty_columns\n"));
}
END_TEST

/* What a table is made of cell by cell. */
START_TEST(tables_by_cells)
{
    static const char *const head[] = {"name", "n"};
    ViewTable t = view_table_begin(head, 2);
    for (int i = 1; i < 3; i++) {
        view_cell(&t, "row %d", i);
        view_cell(&t, "%d", 9 * i);
    }
    ck_assert_uint_eq(view_table_rows(&t), 2);
    char *text = drawn(view_table_end(&t, NULL), 40, NULL);
    ck_assert_str_eq(text, "name    n\n─────────\nrow 1   9\nrow 2  18\n");
    mem_free(text);
    ck_assert_uint_eq(view_table_rows(&t), 0);
}
END_TEST

START_TEST(hostile_nesting_ends)
{
    Str s = STR_INIT;
    for (int i = 0; i < 3000; i++) str_add(&s, "> ");
    str_add(&s, "x\n\n");
    for (int i = 0; i < 3000; i++) str_add(&s, "*a **b ");
    for (int i = 0; i < 200; i++) {
        str_fill(&s, ' ', (size_t)i * 2);
        str_add(&s, "- x\n");
    }
    Canvas *c = markdown_draw(str_cstr(&s), s.len, 40, false);
    ck_assert_int_gt(canvas_rows(c), 1);
    canvas_free(c);
    str_clear(&s);
}
END_TEST

/* ---- JSON ------------------------------------------------------------------------------------ */

static double special(const int64_t *i) {
    static const double v[] = {1.5, NAN, -INFINITY, INFINITY};
    return v[i[0] * 2 + i[1]];
}

static void json_is(View *v, const char *want) {
    json_t *o = view_json(v);
    char *text = json_dumps(o, JSON_COMPACT);
    ck_assert_str_eq(text, want);
    free(text);
    json_decref(o);
    view_release(v);
}

/* The view's object: `want` under `key`, every other list and text empty. */
static void has_only(View *v, const char *key, const char *want) {
    static const char *const keys[] = {"text", "tensors", "tables", "series", "ledger"};
    Str object = STR_INIT;
    str_add(&object, "{\"title\":null");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        str_printf(&object, ",\"%s\":%s", keys[i],
                   strcmp(keys[i], key) == 0 ? want
                   : i                       ? "[]"
                                             : "\"\"");
    str_addc(&object, '}');
    json_is(v, str_cstr(&object));
    str_clear(&object);
}

START_TEST(json_of_each_kind)
{
    Tensor *t = tensor_by(DT_F32, SHAPE(2, 2), special),
           *b = tensor_by(DT_BOOL, SHAPE(1, 2), counted);
    static const char *const labels[] = {"a\xff", "b"}, *const cells[] = {"1", "2"};
    static const ViewLedgerRow row = {"q = x", {1, {2}}, 4, -1, 8, 100, 0};
    static const double y[] = {1, 2};
    ViewMatrixOpts o = {
        .name = "w", .meaning = "m", .row_axis = "r", .row_labels = labels, .row_label_count = 2};
    has_only(view_markdown("*text*\n"), "text", "\"*text*\\n\"");
    has_only(view_note(VIEW_NOTE, "more"), "text", "\"more\"");
    has_only(
        view_matrix(t, &o), "tensors",
        "[{\"name\":\"w\",\"meaning\":\"m\",\"shape\":[2,2],\"dtype\":\"float32\",\"rows\":\"r\","
        "\"columns\":null,\"row_labels\":[\"a\\\\xff\",\"b\"],\"column_labels\":[],"
        "\"data\":[[1.5,\"nan\"],[\"-inf\",\"inf\"]],\"mask\":null,\"note\":null,"
        "\"autograd\":null}]");
    has_only(view_matrix(b, NULL), "tensors",
             "[{\"name\":null,\"meaning\":null,\"shape\":[1,2],\"dtype\":\"bool\",\"rows\":null,"
             "\"columns\":null,\"row_labels\":[],\"column_labels\":[],\"data\":[[false,true]],"
             "\"mask\":null,\"note\":null,\"autograd\":null}]");
    has_only(view_table(labels, 2, cells, 1, NULL), "tables",
             "[{\"title\":null,\"head\":[\"a\\\\xff\",\"b\"],\"rows\":[[\"1\",\"2\"]]}]");
    has_only(
        view_bars(labels, y, 2, &(ViewBarsOpts){.unit = "ms"}), "tables",
        "[{\"title\":null,\"head\":[\"label\",\"ms\"],\"rows\":[[\"a\\\\xff\",1.0],[\"b\",2.0]]}]");
    has_only(view_curve(&(ViewSeries){"s", NULL, y, 2, false}, 1, NULL), "series",
             "[{\"title\":null,\"name\":\"s\",\"x\":[0.0,1.0],\"y\":[1.0,2.0]}]");
    has_only(view_ledger(NULL, &row, 1), "ledger",
             "[{\"step\":\"q = x\",\"shape\":[2],\"times\":1,\"params\":4,\"flops\":null,"
             "\"bytes\":8,\"ns\":100}]");
    tensor_release(t);
    tensor_release(b);
}
END_TEST

START_TEST(json_keys_are_always_there)
{
    json_is(view_text(STYLE_PLAIN, "x"), "{\"title\":null,\"text\":\"x\",\"tensors\":[],"
                                         "\"tables\":[],\"series\":[],\"ledger\":[]}");
}
END_TEST

Suite *view_text_suite(void) {
    Suite *s = suite_create("view text");
    TCase *f = tcase_create("facts"), *g = tcase_create("goldens");
    tcase_add_test(f, numbers_are_grouped_and_scaled);
    tcase_add_test(f, times_choose_their_unit);
    tcase_add_test(f, decimals_show_three_digits);
    tcase_add_test(f, text_wraps_at_spaces);
    tcase_add_test(f, hostile_nesting_ends);
    tcase_add_test(f, tables_by_cells);
    tcase_add_test(f, json_of_each_kind);
    tcase_add_test(f, json_keys_are_always_there);
    tcase_add_test(g, ledger_golden);
    tcase_add_test(g, ledger_lines);
    tcase_add_test(g, table_golden);
    tcase_add_test(g, curves_golden);
    tcase_add_test(g, bars_golden);
    tcase_add_test(g, markdown_golden);
    tcase_add_test(g, text_golden);
    tcase_add_test(g, code_golden);
    suite_add_tcase(s, f);
    suite_add_tcase(s, g);
    return s;
}
