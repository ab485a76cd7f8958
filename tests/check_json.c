/* --json: one object a line, with the documented keys. */
#include "config.h"

#include <glob.h>
#include <jansson.h>
#include <stdio.h>

#include "base/str.h"

#include "check_tap.h"

typedef VEC(json_t *) Steps;

static Steps run(const char *args) {
    Str cmd = STR_INIT;
    str_printf(&cmd, "\"$QKV\" --norc --json %s", args);
    FILE *p = popen(str_cstr(&cmd), "r");
    ck_assert_ptr_nonnull(p);
    Steps steps = {0};
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, p) >= 0) {
        json_error_t e;
        json_t *j = json_loads(line, 0, &e);
        ck_assert_msg(j != NULL, "%s: %.200s", e.text, line);
        vec_push(&steps, j);
    }
    free(line);
    pclose(p);
    str_clear(&cmd);
    return steps;
}

static void done(Steps *s) {
    for (size_t i = 0; i < s->count; i++) json_decref(s->items[i]);
    vec_clear(s);
}

START_TEST(a_lesson_is_one_object_per_step)
{
    static const char *const keys[] = {"step",    "kind",   "title",  "text",  "output",
                                       "tensors", "tables", "series", "ledger"};
    Steps s = run("37 n=4");
    ck_assert_uint_gt(s.count, 8);
    size_t tensors = 0, ledgers = 0;
    for (size_t i = 0; i < s.count; i++) {
        for (size_t k = 0; k < ARRAY_LEN(keys); k++)
            ck_assert_msg(json_object_get(s.items[i], keys[k]) != NULL, "step %zu has no %s", i,
                          keys[k]);
        ck_assert_int_eq(json_integer_value(json_object_get(s.items[i], "step")), (json_int_t)i);
        tensors += json_array_size(json_object_get(s.items[i], "tensors"));
        ledgers += json_array_size(json_object_get(s.items[i], "ledger"));
    }
    ck_assert_uint_gt(tensors, 0);
    ck_assert_uint_gt(ledgers, 3);
    done(&s);
}
END_TEST

START_TEST(a_tensor_has_shape_and_data)
{
    Steps s = run("-c 'import torch; qkv.show(torch.eye(2), \"I\")'");
    ck_assert_uint_eq(s.count, 1);
    json_t *t = json_array_get(json_object_get(s.items[0], "tensors"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(t, "name")), "I");
    ck_assert_int_eq(json_integer_value(json_array_get(json_object_get(t, "shape"), 1)), 2);
    json_t *row = json_array_get(json_object_get(t, "data"), 1);
    ck_assert(json_number_value(json_array_get(row, 1)) == 1.0);
    done(&s);
}
END_TEST

START_TEST(an_error_is_in_its_step)
{
    Steps s = run("-c 'print(\"before\"); x = 1/0'");
    json_t *e = json_object_get(s.items[0], "error");
    ck_assert_str_eq(json_string_value(json_object_get(e, "kind")), "ZeroDivisionError");
    ck_assert_str_eq(json_string_value(json_object_get(s.items[0], "output")), "before\n");
    done(&s);
}
END_TEST

/* ---- docs/qkv.schema.json ------------------------------------------------------------------ */

static json_t *schema;

static bool has_type(const json_t *v, const char *type) {
    if (strcmp(type, "number") == 0) return json_is_number(v);
    if (strcmp(type, "null") == 0) return json_is_null(v);
    if (strcmp(type, "boolean") == 0) return json_is_boolean(v);
    return strcmp(type, "string") == 0    ? json_is_string(v)
           : strcmp(type, "integer") == 0 ? json_is_integer(v)
           : strcmp(type, "array") == 0   ? json_is_array(v)
                                          : json_is_object(v);
}

static bool type_fits(json_t *v, json_t *type) {
    if (json_is_string(type)) return has_type(v, json_string_value(type));
    bool fits = false;
    for (size_t i = 0; i < json_array_size(type); i++)
        fits |= has_type(v, json_string_value(json_array_get(type, i)));
    return fits;
}

/* The words of JSON Schema that the file uses; where: a path for the message. */
static void follows(json_t *v, json_t *rule, const char *where) {
    const char *ref = json_string_value(json_object_get(rule, "$ref")), *key;
    if (ref) rule = json_object_get(json_object_get(schema, "$defs"), strrchr(ref, '/') + 1);
    json_t *type = json_object_get(rule, "type"), *items = json_object_get(rule, "items"), *one;
    json_t *known = json_object_get(rule, "properties"), *must = json_object_get(rule, "required");
    ck_assert_msg(type && type_fits(v, type), "%s is of another type: %.200s", where,
                  json_dumps(v, JSON_ENCODE_ANY));
    char path[400];
    for (size_t i = 0; items && i < json_array_size(v); i++) {
        snprintf(path, sizeof path, "%s[%zu]", where, i);
        follows(json_array_get(v, i), items, path);
    }
    for (size_t i = 0; i < json_array_size(must); i++)
        ck_assert_msg(json_object_get(v, json_string_value(json_array_get(must, i))) != NULL,
                      "%s has no %s", where, json_string_value(json_array_get(must, i)));
    if (!known || !json_is_object(v)) return;
    json_object_foreach(v, key, one) {
        snprintf(path, sizeof path, "%s.%s", where, key);
        ck_assert_msg(json_object_get(known, key) != NULL, "%s is not in the schema", path);
        follows(one, json_object_get(known, key), path);
    }
}

/* Nested as the shape says; a float32 is one exactly, an integer and a bool are what they are. */
static void nested(json_t *data, json_t *shape, size_t dim, const char *dtype, const char *where) {
    if (dim < json_array_size(shape)) {
        json_int_t n = json_integer_value(json_array_get(shape, dim));
        ck_assert_msg((json_int_t)json_array_size(data) == n, "%s is not of its shape", where);
        for (size_t i = 0; i < json_array_size(data); i++)
            nested(json_array_get(data, i), shape, dim + 1, dtype, where);
        return;
    }
    double v = json_number_value(data);
    bool integer = strstr(dtype, "int") != NULL;
    ck_assert_msg(json_is_integer(data) == integer, "%s: %s is written otherwise", where, dtype);
    ck_assert_msg(json_is_boolean(data) == (strcmp(dtype, "bool") == 0), "%s: %s", where, dtype);
    ck_assert_msg(strcmp(dtype, "float32") != 0 || (double)(float)v == v, "%s: %.17g", where, v);
}

static void follow_all(const char *args) {
    Steps s = run(args);
    ck_assert_msg(s.count > 0, "%s gives nothing", args);
    for (size_t i = 0; i < s.count; i++) {
        char where[300];
        snprintf(where, sizeof where, "%s, step %zu", args, i);
        follows(s.items[i], schema, where);
        json_t *tensors = json_object_get(s.items[i], "tensors");
        for (size_t k = 0; k < json_array_size(tensors); k++) {
            json_t *t = json_array_get(tensors, k), *shape = json_object_get(t, "shape");
            nested(json_object_get(t, "data"), shape, 0,
                   json_string_value(json_object_get(t, "dtype")), where);
            json_t *mask = json_object_get(t, "mask");
            if (!json_is_null(mask)) nested(mask, shape, 0, "bool", where);
        }
        json_t *ledger = json_object_get(s.items[i], "ledger");
        for (size_t k = 0; k < json_array_size(ledger); k++) {
            const char *step =
                json_string_value(json_object_get(json_array_get(ledger, k), "step"));
            ck_assert_msg(!strstr(step, "…"), "%s: %s is cut", where, step);
        }
    }
    done(&s);
}

static void schema_open(void) {
    const char *top = getenv("abs_top_srcdir");
    char path[600];
    json_error_t e;
    snprintf(path, sizeof path, "%s/docs/qkv.schema.json", top ? top : ".");
    schema = json_load_file(path, 0, &e);
    ck_assert_msg(schema != NULL, "%s: %s", path, e.text);
}

static void schema_close(void) {
    json_decref(schema);
}

/* The lesson of number _i, if there is one. */
START_TEST(lessons_follow_the_schema)
{
    char args[40], pattern[600];
    glob_t found;
    const char *top = getenv("abs_top_srcdir");
    snprintf(pattern, sizeof pattern, "%s/lessons/%d-*.md", top ? top : ".", _i);
    if (glob(pattern, 0, NULL, &found) == 0) {
        snprintf(args, sizeof args, "%d", _i);
        follow_all(args);
        globfree(&found);
    }
}
END_TEST

START_TEST(lines_follow_the_schema)
{
    static const char *const lines[] = {
        "import torch",
        "1/0",
        "torch.randn(2, 3, requires_grad=True) * 2",
        "torch.arange(6).reshape(2, 3)",
        "torch.ones(0, 3)",
        "torch.tensor([[1e-45, -0.0], [float(\"nan\"), float(\"inf\")]])",
        "qkv.show(torch.tensor(2.5))",
        "qkv.show(torch.rand(2, 2, 2), kind=\"weights\", mask=torch.ones(2, 2).tril().bool())",
        "qkv.thumbnails({\"a\": torch.eye(2)}, note={\"a\": \"one\"})",
        "qkv.table([[1, None], [\"x\", 2.5]], head=[\"a\", \"b\"])",
        "qkv.bars([\"a\"], [1e-9])",
        "qkv.plot({\"a\": [1, 2]})",
        "qkv.note(\"x\")",
        "print(\"\\xe9\")",
        "help qkv.show",
        "whos",
        "lessons",
        "set",
        "trace torch.eye(2) @ torch.eye(2)",
        "hepl"};
    FILE *f = fopen("check_json.lines", "w");
    ck_assert_ptr_nonnull(f);
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) fprintf(f, "%s\n", lines[i]);
    fclose(f);
    follow_all("<check_json.lines");
    remove("check_json.lines");
}
END_TEST

START_TEST(practice_follows_the_schema)
{
    static const char *const runs[] = {"practice --list", "practice --list 36 mask", "progress",
                                       "interview seed=7 n=3 </dev/null",
                                       "practice 36/causal-count seed=3 </dev/null"};
    for (size_t i = 0; i < ARRAY_LEN(runs); i++) follow_all(runs[i]);
}
END_TEST

/* One line, the last, of the graded form; returns it. */
static json_t *graded(const char *args, const char *answer) {
    FILE *f = fopen("check_json.answer", "w");
    ck_assert_ptr_nonnull(f);
    fputs(answer, f);
    fclose(f);
    char line[300];
    snprintf(line, sizeof line, "grade %s check_json.answer", args);
    Steps s = run(line);
    remove("check_json.answer");
    ck_assert_msg(s.count == 1, "%s: %zu lines", line, s.count);
    json_t *j = json_incref(s.items[0]);
    follows(j, json_object_get(json_object_get(schema, "$defs"), "graded"), line);
    done(&s);
    return j;
}

/* A process each: one item in three, whose kinds and lessons vary; fewer under sanitizers. */
#ifdef __SANITIZE_ADDRESS__
enum { EACH = 20 };
#else
enum { EACH = 3 };
#endif

/* An answer to an item: whatever it is worth, it has the form. */
START_TEST(items_are_graded_in_the_contracts_form)
{
    static const char *const answers[] = {"", "((", "1", "the mask hides the future \x1b[31m\xff"};
    Steps list = run("practice --list");
    json_t *items = json_object_get(list.items[0], "items");
    ck_assert_uint_gt(json_array_size(items), 160);
    for (size_t i = (size_t)_i; i < json_array_size(items); i += 8 * EACH) {
        const char *id = json_string_value(json_object_get(json_array_get(items, i), "item"));
        json_t *j = graded(id, answers[i / (8 * EACH) % ARRAY_LEN(answers)]);
        ck_assert_str_eq(json_string_value(json_object_get(j, "item")), id);
        ck_assert(!strchr(json_string_value(json_object_get(j, "shown")), '\x1b'));
        json_decref(j);
    }
    done(&list);
}
END_TEST

static const char *text_at(json_t *j, const char *key) {
    return json_string_value(json_object_get(j, key));
}

START_TEST(what_was_met_and_what_was_stepped_in_are_listed)
{
    json_t *j = graded("36/explain", "Its score is set to -inf before the softmax. Cross-attention "
                                     "needs a causal mask too.");
    ck_assert_str_eq(text_at(j, "verdict"), "wrong");
    size_t met = 0, n = json_array_size(json_object_get(j, "points"));
    for (size_t i = 0; i < n; i++) {
        json_t *p = json_array_get(json_object_get(j, "points"), i);
        bool is = json_is_true(json_object_get(p, "met"));
        ck_assert_int_eq(is, text_at(p, "by") != NULL);
        met += is;
    }
    ck_assert(met > 0 && met < n);
    json_t *trap = json_array_get(json_object_get(j, "traps"), 0);
    ck_assert_msg(trap != NULL, "%s", text_at(j, "shown"));
    ck_assert(strstr(text_at(trap, "by"), "causal") != NULL);
    json_decref(j);
    j = graded("35/attention", "def attention(query, keys, values, mask=None):\n"
                               "    s = query @ keys.transpose(-2, -1)\n"
                               "    if mask is not None: s = s.masked_fill(~mask, -math.inf)\n"
                               "    return s.softmax(-1) @ values\n");
    ck_assert_str_eq(text_at(j, "diagnosis"), "no-scale");
    ck_assert(strstr(text_at(j, "shown"), "wanted") != NULL);
    json_decref(j);
}
END_TEST

START_TEST(a_masked_weight_is_told_from_zero)
{
    Steps s = run("-c 'import torch; qkv.show(torch.zeros(1, 2), kind=\"weights\", "
                  "mask=torch.tensor([True, False]))'");
    json_t *t = json_array_get(json_object_get(s.items[0], "tensors"), 0);
    json_t *row = json_array_get(json_object_get(t, "mask"), 0);
    ck_assert(json_is_true(json_array_get(row, 0)) && json_is_false(json_array_get(row, 1)));
    done(&s);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("json");
    TCase *t = tcase_create("json");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_lesson_is_one_object_per_step);
    tcase_add_test(t, a_tensor_has_shape_and_data);
    tcase_add_test(t, an_error_is_in_its_step);
    tcase_add_test(t, a_masked_weight_is_told_from_zero);
    suite_add_tcase(s, t);
    TCase *all = tcase_create("schema");
    tcase_set_timeout(all, 300);
    tcase_add_checked_fixture(all, schema_open, schema_close);
    tcase_add_test(all, lines_follow_the_schema);
    tcase_add_test(all, practice_follows_the_schema);
    tcase_add_loop_test(all, items_are_graded_in_the_contracts_form, 0, 8);
    tcase_add_test(all, what_was_met_and_what_was_stepped_in_are_listed);
    tcase_add_loop_test(all, lessons_follow_the_schema, 30, 50);
    suite_add_tcase(s, all);
    return s;
}

int main(void) {
    return check_tap(suite());
}
