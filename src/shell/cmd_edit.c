/* edit: code in the editor that a person has, then run as if it had been typed. */
#include "config.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "value/obj.h"
#include "shell/command.h"
#include "shell/edit.h"
#include "shell/file.h"
#include "shell/names.h"

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

/* The cell of the lesson being read that ran last. */
static const LessonStep *last_cell(const Session *s) {
    if (!s->lesson) return NULL;
    const Lesson *l = lesson_run_lesson(s->lesson);
    for (size_t at = lesson_run_at(s->lesson); at > 0; at--) {
        const LessonStep *step = &l->steps.items[at - 1];
        if (step->kind == STEP_CELL && !(step->flags & CELL_NORUN)) return step;
    }
    return NULL;
}

/* The last entry that is code. */
static const char *last_code(Session *s) {
    for (size_t i = s->typed.count; i > 0; i--) {
        const char *rest;
        if (!session_command_of(s, s->typed.items[i - 1], &rest)) return s->typed.items[i - 1];
    }
    return "";
}

/* The source of a function or a class of the dialect. */
static bool source_of(Session *s, const char *name, Str *out) {
    Value v = VALUE_UNSET;
    Source *src = NULL;
    Span span;
    bool found = name_resolve(s, name, &v) && value_source(v, &src, &span);
    if (found) str_addn(out, source_text(src) + span.start, span.end - span.start);
    value_release(v);
    return found;
}

/* Entry N as `history` numbers them. */
static bool entry_numbered(Session *s, const char *word, Str *out, Err *err) {
    long n = strtol(word, NULL, 10);
    if (n >= 1 && (size_t)n <= s->typed.count) {
        str_add(out, s->typed.items[n - 1]);
        return true;
    }
    err_set(err, ERR_VALUE, "there is no entry %s", word);
    return err_hint(err, "`history` numbers them: 1 to %zu", s->typed.count);
}

/* What the editor begins with; *file: the word names a file, which is edited itself. */
static bool start_text(Session *s, const char *word, Str *out, bool *file, Err *err) {
    const LessonStep *cell = word ? NULL : last_cell(s);
    if (cell)
        str_addn(out, cell->text, cell->len);
    else if (!word)
        str_add(out, last_code(s));
    else if (!word[strspn(word, "0123456789")])
        return entry_numbered(s, word, out, err);
    else
        *file = strchr(word, '/') || access(word, F_OK) == 0 || !source_of(s, word, out);
    if (*file && !strpbrk(word, "./") && access(word, F_OK) != 0) {
        err_set(err, ERR_NAME, "'%s' is no file and nothing that has a source", word);
        return err_hint(err,
                        "`edit 3` edits an entry of `history`, `edit NAME` a function or class "
                        "of yours, `edit FILE.py` a file");
    }
    return true;
}

bool edit_text(const Str *begin, const char *ending, char **text, size_t *len, Err *err) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/qkv-edit-XXXXXX%s", ending);
    int fd = mkstemps(path, (int)strlen(ending));
    if (fd < 0) return err_set(err, ERR_OS, "cannot make a file to edit: %s", strerror(errno));
    file_put(fd, str_cstr(begin), begin->len);
    if (begin->len && begin->buf[begin->len - 1] != '\n') file_put(fd, "\n", 1);
    close(fd);
    bool ok = call_editor(path, err) && file_read(path, SOURCE_LIMIT, text, len, err);
    unlink(path);
    return ok;
}

/* As if it had been typed: kept for `history` and `save`, run where the prompt is. */
static bool run_edited(Session *s, const char *name, const char *text, size_t len) {
    if (!text[strspn(text, " \t\r\n")]) {
        out_text(s, "the file is empty: nothing was run\n");
        return true;
    }
    session_typed(s, text);
    if (s->prompt) history_add(s, s->typed.items[s->typed.count - 1]);
    return session_code(s, name, text, len, FROM_ENTRY);
}

static bool run_edit(Session *s, const Call *c, Err *err) {
    if (c->argc > 2) return command_usage(&cmd_edit, err);
    const char *word = c->argc == 2 ? c->argv[1] : NULL;
    Str begin = STR_INIT;
    bool file = false;
    char *text = NULL, *path = word ? file_expand(word) : NULL;
    size_t len = 0;
    bool ok = start_text(s, path, &begin, &file, err);
    if (ok && file)
        ok = call_editor(path, err) && file_read(path, SOURCE_LIMIT, &text, &len, err);
    else if (ok)
        ok = edit_text(&begin, ".py", &text, &len, err);
    ok = ok && run_edited(s, file ? path : "edit", text, len);
    str_clear(&begin);
    mem_free(path);
    mem_free(text);
    return ok;
}

static void complete_edit(Session *s, const Call *c, Offer offer, void *ctx) {
    for (int i = 0; c->argc <= 2 && i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        Source *src = NULL;
        Span span;
        if (value_source(v, &src, &span)) offer(ctx, name);
    }
}

const Command cmd_edit = {
    .name = "edit",
    .usage = "edit [N|NAME|FILE]",
    .summary = "change code in $EDITOR, then run it: the last entry, or the lesson's cell",
    .help = "`edit` begins with the last entry that is code; in a lesson with the cell that ran "
            "last, and what\n"
            "comes back runs in the lesson's scope. `edit 3` takes the third entry of `history`, "
            "`edit f` the\n"
            "source of a function or class, `edit FILE.py` a file. What was edited is in `history` "
            "and in\n"
            "`save FILE.py` as if it had been typed. An editor that fails and an empty file change "
            "nothing.\n",
    .run = run_edit,
    .complete = complete_edit,
};
