/* Commands about the prompt itself: whos, reset, history, quit. */
#include "config.h"

#include <unistd.h>

#include "tensorobj/array.h"
#include "value/obj.h"
#include "shell/command.h"
#include "shell/due.h"
#include "shell/file.h"
#include "tensor/tensor.h"

/* ---- whos ------------------------------------------------------------------------------- */

/* A value in at most 40 bytes, on one line. */
static bool short_repr(Session *s, Value v, Str *out, Err *err) {
    if (!value_repr(s->in, v, out, err)) return false;
    for (size_t i = 0; i < out->len; i++)
        if (out->buf[i] == '\n') out->buf[i] = ' ';
    if (out->len <= 40) return true;
    size_t cut = 37;
    while (cut && (out->buf[cut] & 0xC0) == 0x80) cut--;
    out->buf[cut] = '\0';
    out->len = cut;
    str_add(out, "...");
    return true;
}

static bool whos_row(Session *s, const char *name, Value v, ViewTable *table, Err *err) {
    Tensor *t = tensor_peek(v);
    Str text = STR_INIT, bytes = STR_INIT;
    if (t) {
        shape_str(&text, t->ndim, t->shape);
        str_printf(&bytes, "%zu", (size_t)tensor_numel(t) * dtype_size((DType)t->dtype));
    } else if (!short_repr(s, v, &text, err))
        return false;
    view_cell(table, "%s", name);
    view_cell(table, "%s", value_type(v)->name);
    view_cell(table, "%s", str_cstr(&text));
    view_cell(table, "%s", t ? dtype_name((DType)t->dtype) : "");
    view_cell(table, "%s", str_cstr(&bytes));
    str_clear(&text);
    str_clear(&bytes);
    return true;
}

static bool run_whos(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_whos, err);
    static const char *const head[] = {"name", "type", "shape or value", "dtype", "bytes"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    bool ok = true;
    for (int i = 0; ok && i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (name[0] != '_' && !value_is(v, &type_module)) ok = whos_row(s, name, v, &t, err);
    }
    if (ok && view_table_rows(&t))
        out_view_take(s, view_table_end(&t, NULL));
    else if (ok)
        out_text(s, "no variables yet\n");
    view_table_drop(&t);
    return ok;
}

const Command cmd_whos = {
    .name = "whos",
    .aliases = "who vars",
    .usage = "whos",
    .summary = "variables with their types, shapes and bytes",
    .run = run_whos,
    .flags = CMD_PAGED,
};

/* ---- reset ---------------------------------------------------------------------------------- */

static bool confirmed(Session *s, const char *question) {
    if (!s->tty_in) return true; /* a pipe cannot be asked; it said what it wanted */
    out_text(s, question);
    out_flush(s);
    char answer[16] = "";
    ssize_t n = read(STDIN_FILENO, answer, sizeof answer - 1);
    return n > 0 && (answer[0] == 'y' || answer[0] == 'Y');
}

static bool run_reset(Session *s, const Call *c, Err *err) {
    bool forced = c->argc > 1 && strcmp(c->argv[c->argc - 1], "-f") == 0;
    if (c->argc > 1 && strcmp(c->argv[1], "progress") == 0 && c->argc - forced == 2) {
        const char *question = "forget every answer and the plan? A copy is kept. [y/N] ";
        if (!forced && !s->tty_in) {
            err_set(err, ERR_VALUE, "nobody can be asked here whether every answer is forgotten");
            return err_hint(err, "`reset progress -f` forgets without asking; a copy is kept");
        }
        return (!forced && !confirmed(s, question)) || progress_forget(s, err);
    }
    if (c->argc - forced > 1) return command_usage(&cmd_reset, err);
    if (!forced && !confirmed(s, "forget every variable? [y/N] ")) return true;
    VEC(char *) names = {0};
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (!str_starts(name, "__")) vec_push(&names, mem_strdup(name));
    }
    for (size_t i = 0; i < names.count; i++) {
        module_del(s->scope, names.items[i]);
        mem_free(names.items[i]);
    }
    vec_clear(&names);
    return true;
}

static void complete_reset(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(s);
    if (c->argc <= 2) offer(ctx, "progress");
}

const Command cmd_reset = {
    .name = "reset",
    .usage = "reset [progress] [-f]",
    .summary = "forget every variable, or what was answered in practice (asks; -f does not)",
    .help = "`reset progress` writes a copy of all answers before it forgets them, and says where; "
            "`progress import FILE` brings them back.",
    .run = run_reset,
    .complete = complete_reset,
};

/* ---- history -------------------------------------------------------------------------------- */

static bool run_history(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_history, err);
    for (size_t i = 0; i < s->typed.count; i++)
        out_print(s, "%4zu  %s\n", i + 1, s->typed.items[i]);
    return true;
}

const Command cmd_history = {
    .name = "history",
    .usage = "history",
    .summary = "what was typed in this session (Ctrl-R searches all sessions)",
    .run = run_history,
    .flags = CMD_PAGED,
};

/* ---- quit -------------------------------------------------------------------------------- */

static bool run_quit(Session *s, const Call *c, Err *err) {
    UNUSED(c), UNUSED(err);
    s->quit = true;
    return true;
}

const Command cmd_quit = {
    .name = "quit",
    .aliases = "exit :q .quit \\q",
    .usage = "quit",
    .summary = "leave (so does Ctrl-D on an empty line)",
    .run = run_quit,
    .flags = CMD_CALLED,
};
