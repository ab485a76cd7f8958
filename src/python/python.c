/* Where everything of Python's own goes: builtins into every scope, modules by name. A
 * module may have rows in C, an init, and a .py file of the same name. */
#include "config.h"

#include "python/python.h"
#include "python/pcre.h"
#include "prelude/prelude.h"
#include "eval/dictobj.h"
#include "eval/frames.h"
#include "eval/iterators.h"
#include "eval/obj.h"

static const NativeRow no_rows[] = {{0}};

static const ModuleName dates[] = {
    {"localtime", "_dates"}, {"gmtime", "_dates"}, {"strftime", "_dates"},
    {"asctime", "_dates"},   {"ctime", "_dates"},  {"struct_time", "_dates"},
    {0}};

static ModuleDef modules[] = {
    {.name = "_frames", .rows = frames_rows, .doc = "Frames, for inspect and its like."},
    {.name = "abc", .doc = "Abstract base classes."},
    {.name = "argparse", .doc = "Options of a program: here their defaults."},
    {.name = "bisect", .doc = "Positions in sorted lists."},
    {.name = "builtins", .rows = core_rows, .doc = "What every scope sees."},
    {.name = "collections",
     .init = collections_init,
     .doc = "Containers beyond list, dict, set and tuple."},
    {.name = "collections.abc", .doc = "Names for annotations and isinstance."},
    {.name = "contextlib", .doc = "Helpers for with statements."},
    {.name = "copy", .rows = copy_rows, .doc = "Shallow and deep copies."},
    {.name = "dataclasses", .doc = "Classes that are mostly fields."},
    {.name = "distutils", .doc = "Only distutils.version."},
    {.name = "distutils.version", .doc = "LooseVersion."},
    {.name = "enum", .doc = "Named constants."},
    {.name = "functools", .rows = functools_rows, .doc = "Functions about functions."},
    {.name = "heapq", .doc = "A list as a heap: the smallest item first."},
    {.name = "inspect", .doc = "Signatures, members and frames."},
    {.name = "itertools", .doc = "Iterators to combine and slice other iterators."},
    {.name = "json", .doc = "Values to JSON text and back."},
    {.name = "keyword", .doc = "Python's reserved words."},
    {.name = "logging", .doc = "Messages by level, to standard error."},
    {.name = "math", .rows = math_rows, .init = math_init, .doc = "Functions of real numbers."},
    {.name = "numbers", .doc = "Kinds of numbers for isinstance."},
    {.name = "operator", .rows = operator_rows, .doc = "Operators as functions."},
    {.name = "packaging", .doc = "Only packaging.version."},
    {.name = "packaging.version", .doc = "Versions that compare."},
    {.name = "random", .init = random_init, .doc = "Python's own random numbers, seed for seed."},
    {.name = "re", .doc = "Regular expressions with Python's meaning, by PCRE2."},
    {.name = "_repattern", .doc = "Python's patterns in PCRE2's syntax."},
    {.name = "statistics", .doc = "Means and deviations of plain numbers."},
    {.name = "string", .doc = "Character classes as strings."},
    {.name = "time", .rows = time_rows, .elsewhere = dates, .doc = "Clocks."},
    {.name = "tqdm", .doc = "qkv.progress under the name that code knows."},
    {.name = "tqdm.auto", .doc = "tqdm."},
    {.name = "tqdm.autonotebook", .doc = "tqdm."},
    {.name = "tqdm.notebook", .doc = "tqdm."},
    {.name = "tqdm.std", .doc = "tqdm."},
    {.name = "traceback", .doc = "Tracebacks as text."},
    {.name = "types", .doc = "Names of a few types."},
    {.name = "typing", .doc = "Names for annotations; they check nothing."},
    {.name = "unicodedata",
     .rows = unicode_rows,
     .init = unicode_init,
     .doc = "What characters are, and their normal forms."},
    {.name = "warnings", .doc = "Warnings, to standard error, by filters."},
    {.name = "_dates", .doc = "What time has of the calendar."},
    {.name = "_pcre", .rows = pcre_rows, .doc = "PCRE2, for re."},
    {.name = "_records", .doc = "What namedtuple and dataclass share."},
    {.name = "__future__", .doc = "Switches of Python that are always on here."},
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

void core_install(Interp *in) {
    set_rows(in, core_rows);
    set_rows(in, core_number_rows);
    set_rows(in, core_refused_rows);
    for (size_t i = 0; i < ARRAY_LEN(scope_types); i++) {
        Value t = type_value(scope_types[i]);
        interp_builtin_set(in, scope_types[i]->name, t);
        value_release(t);
    }
    for (size_t i = 0; i < ARRAY_LEN(modules); i++) {
        ModuleDef *m = &modules[i];
        m->prelude = prelude_text(m->name);
        m->prelude_name = m->prelude ? m->name : NULL;
        if (!m->rows) m->rows = no_rows;
        interp_module_define(in, m);
    }
}
