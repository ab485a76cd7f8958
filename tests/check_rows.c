/* The example of every row of the torch modules, and of every method of Tensor,
 * prints what it says; every row says what it is for. */
#include "config.h"

#include <check.h>
#include <stdio.h>

#include "torch/torch.h"
#include "check_tap.h"
#include "doctest.h"

typedef struct Case {
    const char *module;
    const NativeRow *row;
} Case;

static VEC(Case) cases;

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

START_TEST(example) {
    const Case *c = &cases.items[_i];
    char *report = NULL;
    ck_assert_msg(c->row->doc && *c->row->doc, "%s: %s has no doc", c->module, c->row->sig);
    if (!c->row->example) return;
    if (!doctest_run(c->row->example,
                     "import math, torch\nimport torch.nn.functional as F\n",
                     &report)) {
        ck_abort_msg("%s.%s\n%s", c->module, c->row->sig, report);
    }
}
END_TEST

int main(void) {
    Suite *s = suite_create("rows");
    TCase *t = tcase_create("examples");
    gather();
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, example, 0, (int)cases.count);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    vec_clear(&cases);
    return rc;
}
