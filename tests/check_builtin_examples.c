/* The example of every row of every module, of Python's builtins and types, and of every docstring
 * in the modules' preludes, prints what it says. Every row has a doc; one of the standard library
 * has an example too, but for those that only a prelude calls (a leading _). */
#include "config.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "python/python.h"
#include "check_tap.h"
#include "doctest.h"

typedef struct Case {
    const char *where, *what; /* module or type; signature or place */
    const char *example;      /* NULL: the row lacks one */
    bool documented, wants_example;
} Case;

static VEC(Case) cases;
static VEC(char *) texts; /* docstring examples, without their indentation */

static Type *const basic_types[] = {&type_str,   &type_int,  &type_float, &type_tuple,
                                    &type_list,  &type_dict, &type_set,   &type_frozenset,
                                    &type_range, &type_slice};

static const char setup[] = "import math, qkv, torch\nimport numpy as np\n"
                            "import torch.nn.functional as F\n";

static void add_rows(const char *where, const NativeRow *rows, bool standard) {
    for (const NativeRow *r = rows; r && r->sig; r++) {
        bool internal = where[0] == '_' || r->sig[0] == '_';
        vec_push(&cases, (Case){where, r->sig, r->example, r->doc != NULL, standard && !internal});
    }
}

static size_t indent_of(const char *line) {
    return strspn(line, " ");
}

static const char *next_line(const char *s) {
    s += strcspn(s, "\n");
    return *s ? s + 1 : s;
}

/* The block of ">>>" lines and output that begins at p, up to a blank line or the docstring's
 * end. */
static const char *add_block(const char *module, const char *p) {
    size_t indent = indent_of(p);
    Str text = STR_INIT;
    while (indent_of(p) >= indent && p[indent] && p[indent] != '\n' &&
           strncmp(p + indent, "\"\"\"", 3) != 0) {
        const char *end = next_line(p);
        str_addn(&text, p + indent, (size_t)(end - p) - indent);
        p = end;
    }
    vec_push(&texts, str_detach(&text));
    const char *example = texts.items[texts.count - 1];
    vec_push(&cases, (Case){module, example, example, true, true});
    return p;
}

static void add_docstrings(const char *module, const char *p) {
    while (p && *p)
        p = strncmp(p + indent_of(p), ">>> ", 4) == 0 ? add_block(module, p) : next_line(p);
}

/* How many modules the standard library has. */
static int standard_count(void) {
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    python_install(in);
    int n = interp_module_defs(in, &defs);
    interp_free(in);
    return n;
}

static void gather(void) {
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    int standard = standard_count();
    builtin_install(in);
    int n = interp_module_defs(in, &defs);
    for (int i = 0; i < n; i++) {
        add_rows(defs[i]->name, defs[i]->rows, i < standard);
        add_docstrings(defs[i]->name, defs[i]->prelude);
    }
    add_rows("builtins", core_number_rows, true);
    add_rows("builtins", core_refused_rows, true);
    for (size_t i = 0; i < ARRAY_LEN(basic_types); i++)
        add_rows(basic_types[i]->name, basic_types[i]->methods, true);
    for (int i = 0; core_types[i]; i++) add_rows(core_types[i]->name, core_types[i]->methods, true);
    interp_free(in);
}

static int prompts(const char *p) {
    int n = 0;
    while (p && (p = strstr(p, ">>> "))) n++, p += 4;
    return n;
}

/* No ">>> " of a module's text stands where no example is looked for. */
START_TEST(every_prompt_runs)
{
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    int found = 0;
    builtin_install(in);
    int n = interp_module_defs(in, &defs);
    for (int i = 0; i < n; i++) found += prompts(defs[i]->prelude);
    for (size_t i = 0; i < texts.count; i++) found -= prompts(texts.items[i]);
    ck_assert_msg(found == 0, "%d prompts are in no example", found);
    interp_free(in);
}
END_TEST

START_TEST(example)
{
    const Case *c = &cases.items[_i];
    char *report = NULL;
    ck_assert_msg(c->documented, "%s: %s has no doc", c->where, c->what);
    if (!c->example && !c->wants_example) return;
    ck_assert_msg(c->example != NULL, "%s: %s has no example", c->where, c->what);
    if (!doctest_run(c->example, setup, &report))
        ck_abort_msg("%s.%s\n%s", c->where, c->what, report);
}
END_TEST

/* Every module can be imported and says what it is. */
START_TEST(imports)
{
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    builtin_install(in);
    int n = interp_module_defs(in, &defs);
    for (int i = 0; i < n; i++) {
        Err err = {0};
        Value module;
        const char *name = defs[i]->name;
        ck_assert_msg(interp_import(in, name, &module, &err), "import %s: %s", name, err.msg);
        ck_assert_msg(defs[i]->doc && *defs[i]->doc, "%s has no doc", name);
        value_release(module);
    }
    interp_free(in);
}
END_TEST

static bool has_text(const ModuleDef *const *defs, int n, const char *name, size_t length) {
    for (int i = 0; i < n; i++)
        if (strlen(defs[i]->name) == length && strncmp(defs[i]->name, name, length) == 0)
            return defs[i]->prelude != NULL;
    return false;
}

/* A .py file of a room is the module of its name. */
START_TEST(files_are_modules)
{
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    const char *top = getenv("abs_top_srcdir");
    char pattern[600];
    glob_t found;
    builtin_install(in);
    int n = interp_module_defs(in, &defs);
    snprintf(pattern, sizeof pattern, "%s/src/*/*.py", top ? top : ".");
    ck_assert(glob(pattern, 0, NULL, &found) == 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        if (strstr(found.gl_pathv[i], "/practice/")) continue; /* above builtin: check_practice */
        ck_assert_msg(has_text(defs, n, name, strlen(name) - 3),
                      "%s is not in its folder's local.mk", found.gl_pathv[i]);
    }
    ck_assert(found.gl_pathc > 100);
    globfree(&found);
    interp_free(in);
}
END_TEST

int main(void) {
    Suite *s = suite_create("builtin examples");
    TCase *t = tcase_create("examples");
    gather();
    doctest_prepare(setup);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, imports);
    tcase_add_test(t, every_prompt_runs);
    tcase_add_test(t, files_are_modules);
    tcase_add_loop_test(t, example, 0, (int)cases.count);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    doctest_end();
    for (size_t i = 0; i < texts.count; i++) mem_free(texts.items[i]);
    vec_clear(&texts);
    vec_clear(&cases);
    return rc;
}
