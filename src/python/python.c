/* Where everything of Python's own goes: builtins into every scope, modules by name. A
 * module may have rows in C, an init, and a .py file of the same name. */
#include "config.h"

#include "python/python.h"
#include "python/pcre.h"
#include "value/dictobj.h"
#include "eval/frames.h"
#include "value/iterators.h"
#include "value/obj.h"

extern const ModuleText python_texts[];

/* What of the modules is C: all of some, the half of others. */
static const ModuleDef modules[] = {
    {.name = "_frames", .rows = frames_rows, .doc = "Frames, for inspect and its like."},
    {.name = "_pcre", .rows = pcre_rows, .doc = "PCRE2, for re."},
    {.name = "builtins", .rows = core_rows, .doc = "What every scope sees."},
    {.name = "collections", .init = collections_init},
    {.name = "copy", .rows = copy_rows, .doc = "Shallow and deep copies."},
    {.name = "functools", .rows = functools_rows},
    {.name = "math", .rows = math_rows, .init = math_init, .doc = "Functions of real numbers."},
    {.name = "operator", .rows = operator_rows},
    {.name = "random", .init = random_init, .doc = "Python's own random numbers, seed for seed."},
    {.name = "time", .rows = time_rows, .doc = "Clocks."},
    {.name = "unicodedata",
     .rows = unicode_rows,
     .init = unicode_init,
     .doc = "What characters are, and their normal forms."},
    {0},
};

static Type *const scope_types[] = {&type_enumerate, &type_zip, &type_map, &type_filter,
                                    &type_reversed};

Type *const core_types[] = {
    &type_random,   &type_deque,     &type_enumerate,  &type_zip,         &type_map, &type_filter,
    &type_reversed, &type_dict_keys, &type_dict_items, &type_dict_values, NULL};

static void set_rows(Interp *in, const NativeRow *rows) {
    for (; rows->sig; rows++) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)native_name_len(rows), rows->sig);
        Value f = native_new(in, rows, "builtins");
        interp_builtin_set(in, name, f);
        value_release(f);
    }
}

void python_install(Interp *in) {
    set_rows(in, core_rows);
    set_rows(in, core_number_rows);
    set_rows(in, core_refused_rows);
    for (size_t i = 0; i < ARRAY_LEN(scope_types); i++) {
        Value t = type_value(scope_types[i]);
        interp_builtin_set(in, scope_types[i]->name, t);
        value_release(t);
    }
    interp_modules_define(in, python_texts, modules);
}
