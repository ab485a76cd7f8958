/* --json: one object a line, with the documented keys. */
#include "config.h"

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

static Suite *suite(void) {
    Suite *s = suite_create("json");
    TCase *t = tcase_create("json");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_lesson_is_one_object_per_step);
    tcase_add_test(t, a_tensor_has_shape_and_data);
    tcase_add_test(t, an_error_is_in_its_step);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
