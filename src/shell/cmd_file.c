/* Commands that read and write files: load, save. A person types them; no cell can. */
#include "config.h"

#include <unistd.h>

#include "value/obj.h"
#include "tensorobj/tensorobj.h"
#include "lang/lex.h"
#include "model/tensors.h"
#include "shell/command.h"
#include "shell/file.h"
#include "shell/names.h"

enum { ROWS_SHOWN = 40 };

static bool unknown_kind(const char *verb, const char *path, Err *err) {
    err_set(err, ERR_VALUE, "cannot %s %s: not a kind of file that is known here", verb, path);
    return err_hint(err, "scripts end in .py, tensors in .npy, .npz or .safetensors");
}

/* ---- names for what was loaded --------------------------------------------------------------- */

/* May a tensor of this name become a variable? Not one that would hide a builtin. */
static bool is_variable(Session *s, const char *name) {
    size_t n = strlen(name);
    if (!n || (name[0] >= '0' && name[0] <= '9')) return false;
    for (size_t i = 0; i < n; i++) {
        bool letter = (name[i] >= 'a' && name[i] <= 'z') || (name[i] >= 'A' && name[i] <= 'Z');
        if (!letter && name[i] != '_' && !(name[i] >= '0' && name[i] <= '9')) return false;
    }
    Value v = VALUE_UNSET;
    bool builtin = interp_builtin_get(s->in, name, &v);
    value_release(v);
    return !builtin && lex_word_kind(name, n) == TOK_NAME;
}

/* "dir/my-weights.npz" -> "my_weights"; owned. */
static char *name_of_file(Session *s, const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    Str name = STR_INIT;
    if (*base >= '0' && *base <= '9') str_addc(&name, '_');
    for (const char *p = base; *p && (*p != '.' || p == base); p++) {
        bool plain =
            (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
        str_addc(&name, plain ? *p : '_');
    }
    if (!is_variable(s, str_cstr(&name))) str_addc(&name, '_');
    return str_detach(&name);
}

/* ---- load ------------------------------------------------------------------------------------ */

typedef struct Loaded {
    const char *path;
    TensorSet set;
    char *name;      /* of the variable when there is only one: a tensor or a dict; owned */
    bool dict;       /* the tensors are one dict's values */
    size_t replaced; /* variables that were there */
} Loaded;

static void bind(Session *s, Loaded *l, const char *name, Value v) {
    Value old = VALUE_UNSET;
    if (module_get(s->scope, name, &old)) l->replaced++;
    value_release(old);
    module_set(s->in, s->scope, name, v);
    value_release(v);
}

/* Every tensor under its own name where all of them can be variables, else one dict. */
static void bind_all(Session *s, Loaded *l) {
    Value dict = l->dict ? dict_value_new() : VALUE_UNSET;
    for (size_t i = 0; i < l->set.count; i++) {
        const NamedTensor *nt = &l->set.items[i];
        Value v = tensor_wrap_take(tensor_retain(nt->t));
        if (l->dict) {
            dict_set_cstr(dict_of(dict), nt->name, v);
            value_release(v);
        } else
            bind(s, l, l->name ? l->name : nt->name, v);
    }
    if (l->dict) bind(s, l, l->name, dict);
}

/* What came, as a table: name, shape, dtype, bytes. */
static void show_loaded(Session *s, const Loaded *l) {
    static const char *const head[] = {"name", "shape", "dtype", "bytes"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < MIN(l->set.count, (size_t)ROWS_SHOWN); i++) {
        const NamedTensor *nt = &l->set.items[i];
        Str shape = STR_INIT;
        shape_str(&shape, nt->t->ndim, nt->t->shape);
        if (l->dict)
            view_cell(&t, "%s[\"%s\"]", l->name, nt->name);
        else
            view_cell(&t, "%s", l->name ? l->name : nt->name);
        view_cell(&t, "%s", str_cstr(&shape));
        view_cell(&t, "%s", dtype_name((DType)nt->t->dtype));
        view_cell(&t, "%zu", (size_t)tensor_numel(nt->t) * dtype_size((DType)nt->t->dtype));
        str_clear(&shape);
    }
    if (view_table_rows(&t)) out_view_take(s, view_table_end(&t, NULL));
}

static void show_summary(Session *s, const Loaded *l) {
    if (l->set.count > ROWS_SHOWN) out_print(s, "... and %zu more\n", l->set.count - ROWS_SHOWN);
    if (l->dict)
        out_print(s, "%s is a dict of %zu tensor%s\n", l->name, l->set.count,
                  l->set.count == 1 ? "" : "s");
    if (l->replaced)
        out_print(s, "%zu of the variables %s there before and %s replaced\n", l->replaced,
                  l->replaced == 1 ? "was" : "were", l->replaced == 1 ? "was" : "were");
}

static bool bad_name(const char *name, Err *err) {
    err_set(err, ERR_VALUE, "'%s' cannot be a variable's name here", name);
    return err_hint(err, "letters, digits and _, and no name that is taken: load w.npy w");
}

static bool load_tensors(Session *s, const char *path, const char *name, Err *err) {
    Loaded l = {.path = path};
    if (name && !is_variable(s, name)) return bad_name(name, err);
    if (!tensors_load(path, &l.set, err)) return false;
    bool single = tensors_format(path)->single, own = !single && !name && l.set.count;
    for (size_t i = 0; own && i < l.set.count; i++) own = is_variable(s, l.set.items[i].name);
    l.dict = !single && !own;
    if (!own) l.name = name ? mem_strdup(name) : name_of_file(s, path);
    bind_all(s, &l);
    show_loaded(s, &l);
    show_summary(s, &l);
    tensors_clear(&l.set);
    mem_free(l.name);
    return true;
}

static bool load_script(Session *s, const char *path, Err *err) {
    char *text = NULL;
    size_t len = 0;
    bool ok = file_read(path, SOURCE_LIMIT, &text, &len, err) &&
              session_code(s, path, text, len, FROM_FILE);
    mem_free(text);
    return ok;
}

/* The file that a person named; one that is not here may be one of those that came with qkv. */
static char *file_named(Session *s, const char *name) {
    char *path = file_expand(name), *own = NULL;
    if (!strchr(path, '/') && access(path, F_OK) != 0) {
        Str in_data = STR_INIT;
        str_printf(&in_data, "data/%s", path);
        own = data_path(s, str_cstr(&in_data));
        str_clear(&in_data);
    }
    if (!own) return path;
    mem_free(path);
    return own;
}

static bool run_load(Session *s, const Call *c, Err *err) {
    if (c->argc < 2 || c->argc > 3) return command_usage(&cmd_load, err);
    char *path = file_named(s, c->argv[1]);
    const char *name = c->argc == 3 ? c->argv[2] : NULL;
    bool ok;
    if (tensors_format(path))
        ok = load_tensors(s, path, name, err);
    else if (!file_has_ending(path, ".py"))
        ok = unknown_kind("load", path, err);
    else
        ok = name ? command_usage(&cmd_load, err) : load_script(s, path, err);
    mem_free(path);
    return ok;
}

const Command cmd_load = {
    .name = "load",
    .usage = "load FILE [NAME]",
    .summary = "bind the tensors of a .npy, .npz or .safetensors file, or run a .py script",
    .help =
        "Arrays of a `.npz` or `.safetensors` file become variables of their own names; where one "
        "of\n"
        "these is no variable's name (`h.0.weight`) or `NAME` is given, they become one dict. The\n"
        "array of a `.npy` file is named after the file, or `NAME`. The sizes in a file are "
        "checked\n"
        "against the file and `--memory` before they are believed. `attend.npz`, the numbers of "
        "lesson 32,\n"
        "comes with qkv and is found from anywhere. A script runs in the prompt's\n"
        "scope. Cells of lessons cannot load: only what is typed can.\n",
    .run = run_load,
};

/* ---- save ------------------------------------------------------------------------------------ */

static void add_tensor(TensorSet *set, const char *prefix, const char *name, Tensor *t) {
    Str full = STR_INIT;
    str_printf(&full, "%s%s%s", prefix, *prefix ? "." : "", name);
    tensors_add_take(set, str_cstr(&full), full.len, tensor_retain(t));
    str_clear(&full);
}

static bool no_tensor(const char *name, Value v, Err *err) {
    err_set(err, ERR_TYPE, "%s is %s: only tensors, dicts of tensors and modules are saved", name,
            value_type(v)->name);
    bool numbers = value_is_number(v) || value_isinstance(v, &type_list);
    return numbers ? err_hint(err, "torch.tensor(%s) makes a tensor of numbers", name) : false;
}

/* The values of a dict (a state_dict) under their keys. */
static bool add_dict(const char *name, const char *prefix, Value dict, TensorSet *set, Err *err) {
    Value key, v;
    for (size_t at = 0; dict_next(dict_of(dict), &at, &key, &v);) {
        if (!value_is(key, &type_str) || !value_tensor(v))
            return no_tensor(name, value_tensor(v) ? key : v, err);
        add_tensor(set, prefix, str_of(key)->s, value_tensor(v));
    }
    return true;
}

/* A tensor, a dict of them, or what has a state_dict. */
static bool add_value(Session *s, const char *name, const char *prefix, Value v, TensorSet *set,
                      Err *err) {
    if (value_tensor(v)) {
        add_tensor(set, "", name, value_tensor(v));
        return true;
    }
    if (value_isinstance(v, &type_dict)) return add_dict(name, prefix, v, set, err);
    Value method = VALUE_UNSET, state = VALUE_UNSET;
    if (!value_lookup(s->in, v, "state_dict", &method, err)) return false;
    if (method.tag == VT_UNSET || value_is(v, &type_module)) {
        value_release(method);
        return no_tensor(name, v, err);
    }
    bool ok = value_call_pos(s->in, method, NULL, 0, &state, err);
    if (ok && !value_isinstance(state, &type_dict)) ok = no_tensor(name, state, err);
    ok = ok && add_dict(name, prefix, state, set, err);
    value_release(method);
    value_release(state);
    return ok;
}

static bool add_named(Session *s, const char *name, bool alone, TensorSet *set, Err *err) {
    Value v = VALUE_UNSET;
    if (!name_resolve(s, name, &v)) {
        err_set(err, ERR_NAME, "there is no '%s' to save", name);
        return err_hint(err, "`whos` lists the variables");
    }
    bool ok = add_value(s, name, alone ? "" : name, v, set, err);
    value_release(v);
    return ok;
}

/* Every variable that is a tensor. */
static void add_scope(Session *s, TensorSet *set) {
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (name[0] != '_' && value_tensor(v)) add_tensor(set, "", name, value_tensor(v));
    }
}

static bool save_tensors(Session *s, const char *path, int n, char **names, bool force, Err *err) {
    TensorSet set = {0};
    bool ok = true;
    for (int i = 0; ok && i < n; i++) ok = add_named(s, names[i], n == 1, &set, err);
    if (n == 0) add_scope(s, &set);
    if (ok && !set.count) {
        ok = err_set(err, ERR_VALUE, "there are no tensors to save");
        err_hint(err, "`whos` lists the variables");
    }
    ok = ok && tensors_save(path, &set, force, err);
    if (ok) out_print(s, "%zu tensor%s in %s\n", set.count, set.count == 1 ? "" : "s", path);
    tensors_clear(&set);
    return ok;
}

/* What was typed, behind imports of the names that were at hand: a script stands alone. Commands
 * are comments, because a script cannot have them. */
static bool save_script(Session *s, const char *path, bool force, Err *err) {
    Str text = STR_INIT;
    interp_at_hand_imports(s->in, &text);
    for (size_t i = 0; i < s->typed.count; i++) {
        const char *rest;
        bool command = session_command_of(s, s->typed.items[i], &rest) != NULL;
        str_printf(&text, "%s%s\n", command ? "# %" : "", s->typed.items[i]);
    }
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++) lines += text.buf[i] == '\n';
    bool ok = file_write_whole(path, str_cstr(&text), text.len, force, err);
    if (ok)
        out_print(s, "%zu line%s, %zu bytes in %s\n", lines, lines == 1 ? "" : "s", text.len, path);
    str_clear(&text);
    return ok;
}

static bool run_save(Session *s, const Call *c, Err *err) {
    bool force = c->argc > 2 && !strcmp(c->argv[c->argc - 1], "!");
    int names = c->argc - 2 - force;
    if (names < 0) return command_usage(&cmd_save, err);
    char *path = file_expand(c->argv[1]);
    bool ok;
    if (tensors_format(path))
        ok = save_tensors(s, path, names, c->argv + 2, force, err);
    else if (!file_has_ending(path, ".py"))
        ok = unknown_kind("save", path, err);
    else
        ok = names ? command_usage(&cmd_save, err) : save_script(s, path, force, err);
    mem_free(path);
    return ok;
}

/* Variables that can be saved, behind the file's name. */
static void complete_save(Session *s, const Call *c, Offer offer, void *ctx) {
    if (c->argc < 3) return;
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (value_tensor(v) || value_isinstance(v, &type_dict)) offer(ctx, name);
    }
}

const Command cmd_save = {
    .name = "save",
    .usage = "save FILE [NAME ...] [!]",
    .summary = "write tensors to .npy, .npz or .safetensors, or what was typed to .py",
    .help = "`save w.npy w` one tensor, `save all.npz` every tensor there is, `save m.safetensors "
            "q k`\n"
            "these two, `save m.safetensors model` a module's `state_dict()` (a dict of tensors\n"
            "likewise). `save FILE.py` writes what was typed. `!` replaces an existing file. A "
            "file is\n"
            "whole or absent: whatever fails on the way, the old one is still there.\n",
    .run = run_save,
    .complete = complete_save,
};
