/* The example of every row of the torch modules, and of every method of Tensor,
 * prints what it says; every row says what it is for. What is missing says what to use. */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "torch/torch.h"
#include "check_tap.h"
#include "doctest.h"
#include "tensor/create.h"
#include "tensorobj/tensorobj.h"

typedef struct Case {
    const char *module;
    const NativeRow *row;
} Case;

static VEC(Case) cases;
static const char setup[] = "import math, torch\nimport torch.nn.functional as F\n";

static void add_rows(const char *module, const NativeRow *rows) {
    for (const NativeRow *r = rows; r && r->sig; r++) vec_push(&cases, (Case){module, r});
}

static void gather(void) {
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    int n;
    builtin_install(in);
    n = interp_module_defs(in, &defs);
    for (int i = 0; i < n; i++) {
        if (str_starts(defs[i]->name, "torch")) add_rows(defs[i]->name, defs[i]->rows);
    }
    add_rows("Tensor", torch_methods());
    interp_free(in);
}

START_TEST(example)
{
    const Case *c = &cases.items[_i];
    char *report = NULL;
    ck_assert_msg(c->row->doc && *c->row->doc, "%s: %s has no doc", c->module, c->row->sig);
    if (!c->row->example) return;
    if (!doctest_run(c->row->example, setup, &report))
        ck_abort_msg("%s.%s\n%s", c->module, c->row->sig, report);
}
END_TEST

/* What was said of owner's attribute when it was not there. */
static void is_missing(Interp *in, Value owner, const char *where, const char *name) {
    Err err = {0};
    Value got;
    ck_assert_msg(!value_getattr_cstr(in, owner, name, &got, &err), "%s.%s is in qkv", where, name);
    ck_assert_msg(strstr(err.msg, "is not in qkv") && err.hint && *err.hint,
                  "%s.%s: %s, and what to use", where, name, err.msg);
    err_clear(&err);
}

/* Every name that missing.c has is not in qkv, and the message says so and what to use. */
START_TEST(missing)
{
    const MissingTopic *t = &torch_missing_topics[_i];
    Interp *in = interp_new(&(InterpConfig){0});
    Tensor *zeros = NULL;
    Err err = {0};
    Value module;
    builtin_install(in);
    ck_assert_msg(interp_import(in, t->where, &module, &err), "%s", err.msg);
    ck_assert(tensor_zeros(DT_F32, 1, (int64_t[]){1}, &zeros, &err));
    Value tensor = tensor_wrap_take(zeros);
    for (const char *p = t->names + strspn(t->names, " "); *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        char *name = mem_strndup(p, n);
        is_missing(in, module, t->where, name);
        if (strcmp(t->where, "torch") == 0) is_missing(in, tensor, "Tensor", name);
        mem_free(name);
        p += n;
    }
    value_release(tensor);
    value_release(module);
    interp_free(in);
}
END_TEST

int main(void) {
    Suite *s = suite_create("rows");
    TCase *t = tcase_create("examples");
    gather();
    doctest_prepare(setup);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, example, 0, (int)cases.count);
    int topics = 0;
    while (torch_missing_topics[topics].where) topics++;
    tcase_add_loop_test(t, missing, 0, topics);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    vec_clear(&cases);
    doctest_end();
    return rc;
}
