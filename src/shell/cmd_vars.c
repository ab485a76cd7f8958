/* Commands about the prompt itself: whos, reset, history, edit, check, quit. */
#include "config.h"

#include <stdarg.h>

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tensorobj/array.h"
#include "eval/obj.h"
#include "shell/command.h"
#include "shell/file.h"
#include "tensor/tensor.h"

/* ---- whos ------------------------------------------------------------------------------- */

typedef VEC(char *) Cells;

static void add_cell(Cells *cells, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void add_cell(Cells *cells, const char *fmt, ...) {
    Str t = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&t, fmt, ap);
    va_end(ap);
    vec_push(cells, str_detach(&t));
}

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

static bool whos_row(Session *s, const char *name, Value v, Cells *cells, Err *err) {
    Tensor *t = tensor_peek(v);
    Str text = STR_INIT;
    bool ok = true;
    if (t)
        shape_str(&text, t->ndim, t->shape);
    else
        ok = short_repr(s, v, &text, err);
    if (!ok) return false;
    add_cell(cells, "%s", name);
    add_cell(cells, "%s", value_type(v)->name);
    add_cell(cells, "%s", str_cstr(&text));
    add_cell(cells, "%s", t ? dtype_name((DType)t->dtype) : "");
    if (t)
        add_cell(cells, "%zu", (size_t)tensor_numel(t) * dtype_size((DType)t->dtype));
    else
        add_cell(cells, "%s", "");
    str_clear(&text);
    return true;
}

static bool run_whos(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_whos, err);
    enum { COLUMNS = 5 };
    static const char *const head[COLUMNS] = {"name", "type", "shape or value", "dtype", "bytes"};
    Cells cells = {0};
    bool ok = true;
    for (int i = 0; ok && i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (name[0] != '_' && !value_is(v, &type_module)) ok = whos_row(s, name, v, &cells, err);
    }
    if (ok && !cells.count)
        out_text(s, "no variables yet\n");
    else if (ok)
        out_view_take(s, view_table(head, COLUMNS, (const char *const *)cells.items,
                                    cells.count / COLUMNS, NULL));
    for (size_t i = 0; i < cells.count; i++) mem_free(cells.items[i]);
    vec_clear(&cells);
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
    if (c->argc > 2 || (c->argc == 2 && strcmp(c->argv[1], "-f")))
        return command_usage(&cmd_reset, err);
    if (c->argc == 1 && !confirmed(s, "forget every variable? [y/N] ")) return true;
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

const Command cmd_reset = {
    .name = "reset",
    .usage = "reset [-f]",
    .summary = "forget every variable (asks; -f does not)",
    .run = run_reset,
};

/* ---- history -------------------------------------------------------------------------------- */

static bool run_history(Session *s, const Call *c, Err *err) {
    if (c->argc > 1) return command_usage(&cmd_history, err);
    for (size_t i = 0; i < s->typed.count; i++) {
        Str line = STR_INIT;
        str_printf(&line, "%4zu  %s\n", i + 1, s->typed.items[i]);
        out_text(s, str_cstr(&line));
        str_clear(&line);
    }
    return true;
}

const Command cmd_history = {
    .name = "history",
    .usage = "history",
    .summary = "what was typed in this session (Ctrl-R searches all sessions)",
    .run = run_history,
    .flags = CMD_PAGED,
};

/* ---- edit ----------------------------------------------------------------------------------- */

/* Runs "$EDITOR file" through the shell, as git and readline do. */
static bool call_editor(const char *path, Err *err) {
    const char *editor = getenv("VISUAL");
    if (!editor || !*editor) editor = getenv("EDITOR");
    if (!editor || !*editor) editor = "vi";
    pid_t pid = fork();
    if (pid < 0) return err_set(err, ERR_OS, "cannot start %s: %s", editor, strerror(errno));
    if (pid == 0) {
        Str cmd = STR_INIT;
        str_printf(&cmd, "exec %s \"$1\"", editor);
        execl("/bin/sh", "sh", "-c", str_cstr(&cmd), "sh", path, (char *)NULL);
        _Exit(127);
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    interrupt_pending = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    err_set(err, ERR_OS, "the editor %s did not end well; nothing was run", editor);
    return err_hint(err, "set EDITOR to an editor that is installed");
}

static bool run_edit(Session *s, const Call *c, Err *err) {
    if (c->argc > 2) return command_usage(&cmd_edit, err);
    char own[] = "/tmp/qkv-edit-XXXXXX.py";
    const char *path = c->argc == 2 ? c->argv[1] : own;
    if (c->argc == 1) {
        int fd = mkstemps(own, 3);
        if (fd < 0) return err_set(err, ERR_OS, "cannot make a file to edit: %s", strerror(errno));
        if (s->typed.count >= 2) { /* start from the entry before `edit` itself */
            const char *last = s->typed.items[s->typed.count - 2];
            ssize_t n = write(fd, last, strlen(last));
            UNUSED(n);
        }
        close(fd);
    }
    char *text = NULL;
    size_t len = 0;
    bool ok = call_editor(path, err) && file_read(path, SOURCE_LIMIT, &text, &len, err);
    if (c->argc == 1) unlink(own);
    if (ok) ok = session_code(s, c->argc == 2 ? path : "edit", text, len, true);
    mem_free(text);
    return ok;
}

const Command cmd_edit = {
    .name = "edit",
    .usage = "edit [FILE]",
    .summary = "write code in $EDITOR (starting from the last entry), then run it",
    .run = run_edit,
};

/* ---- check, quit
 * ----------------------------------------------------------------------------------- */

typedef struct CheckCount {
    Session *s;
    int errors;
} CheckCount;

static void check_report(void *ctx, const char *message, bool is_error) {
    CheckCount *k = ctx;
    k->errors += is_error;
    Str line = STR_INIT;
    str_printf(&line, "%s\n", message);
    out_text(k->s, str_cstr(&line));
    out_flush(k->s);
    str_clear(&line);
}

static bool run_check(Session *s, const Call *c, Err *err) {
    if (c->argc > 2) return command_usage(&cmd_check, err);
    const char *dir = c->argc == 2 ? c->argv[1] : s->lessons_dir;
    if (!dir) return err_set(err, ERR_FILENOTFOUND, "which folder? no lessons were found");
    CheckCount k = {.s = s};
    int64_t cell_ns = s->opt.time_ns == TIME_AUTO ? LESSON_CELL_NS : 0;
    int defects = lesson_check(s->in, dir, cell_ns, check_report, &k);
    if (defects == 0) return true;
    err_set(err, ERR_RUNTIME, "%d defect%s in %s", defects, defects == 1 ? "" : "s", dir);
    return false;
}

const Command cmd_check = {
    .name = "check",
    .usage = "check [DIR]",
    .summary = "run every cell of a folder of lessons; name file and line of what fails",
    .run = run_check,
};

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
};
