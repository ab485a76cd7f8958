/* From argv to a script, a command, a pipe or the prompt. */
#include "config.h"

#include "shell/asking.h"
#include "shell/shell.h"

#include <sys/stat.h>
#include <unistd.h>

#include "linalg/blas.h"
#include "shell/command.h"
#include "shell/file.h"
#include "shell/loop.h"
#include "shell/session.h"
#include "shell/words.h"
#include "shell/shown.h"

static const Command *const commands[] = {
#define X(id) &cmd_##id,
    COMMANDS(X)
#undef X
        NULL,
};

static int print_version(Session *s) {
    Str products = STR_INIT;
    blas_describe(&products);
    out_print(
        s, "qkv %s\nGPL-3.0-or-later: free software, without any warranty.\nmatrix products: %s\n",
        PACKAGE_VERSION, str_cstr(&products));
    str_clear(&products);
    return EXIT_DONE;
}

static void print_word(void *ctx, const char *word) {
    Session *s = ctx;
    out_print(s, "%s\n", word);
}

/* What a shell's own completion asks: options, commands, lessons and their parameters. */
static void print_completions(Session *s, const char *line) {
    size_t word;
    complete_words(s, line, strlen(line), print_word, s, &word);
    const char *blank = strrchr(line, ' '), *last = blank ? blank + 1 : line;
    for (const OptionRow *r = option_rows; r->name; r++)
        if (*last == '-' && str_starts(r->name, last)) print_word(s, r->name);
}

static void run_rc(Session *s) {
    char *dir = s->opt.norc ? NULL : config_dir();
    if (!dir) return;
    Str path = STR_INIT;
    str_printf(&path, "%s/qkvrc", dir);
    char *text = NULL;
    size_t len = 0;
    Err err = {0};
    if (access(str_cstr(&path), R_OK) == 0) {
        if (file_read(str_cstr(&path), SOURCE_LIMIT, &text, &len, &err))
            session_entries(s, str_cstr(&path), text, len, false);
        else
            report(s, &err);
    }
    mem_free(text);
    mem_free(dir);
    str_clear(&path);
}

/* Takes the next entry from a text: one line, or the lines that complete it. A block ends
 * where the next line is not indented. Returns bytes taken. */
static size_t next_entry(Session *s, const char *text, size_t len, Str *entry) {
    size_t at = 0;
    str_reset(entry);
    while (at < len) {
        const char *nl = memchr(text + at, '\n', len - at);
        size_t line = nl ? (size_t)(nl - (text + at)) : len - at;
        if (entry->len) str_addc(entry, '\n');
        str_addn(entry, text + at, line);
        at += line + (nl != NULL);
        bool deeper = at < len && strchr(" \t\n", text[at]);
        bool goes_on = at < len && entry->len &&
                       (str_starts(text + at, "el") || str_starts(text + at, "except") ||
                        str_starts(text + at, "finally"));
        bool open = asking_incomplete(s, str_cstr(entry));
        /* a blank line ends an answer, but not within the body of its function */
        if (!open && asking_now(s) && entry->len && entry->buf[entry->len - 1] == '\n' && deeper)
            continue;
        if (!open) break;
        if (asking_now(s) || deeper || goes_on) continue;
        Str closed = STR_INIT;
        str_printf(&closed, "%s\n\n", str_cstr(entry));
        bool more = asking_incomplete(s, str_cstr(&closed));
        str_clear(&closed);
        if (!more) break;
    }
    return at;
}

bool session_entries(Session *s, const char *file, const char *text, size_t len, bool typed) {
    Str entry = STR_INIT;
    bool ok = true, before = s->typing;
    s->typing = typed;
    s->file = file;
    s->line = 1;
    for (size_t at = 0, taken; at < len && !s->quit; at += taken) {
        taken = next_entry(s, text + at, len - at, &entry);
        const char *e = str_cstr(&entry);
        bool blank = !e[strspn(e, " \t\r\n")];
        if (typed && !blank) session_typed(s, e);
        if (asking_now(s))
            asking_entry(s, e);
        else if (!blank && !session_line(s, e))
            ok = false;
        if (INTERRUPTED() || s->status == EXIT_INTERRUPTED) break;
        for (size_t i = at; i < at + taken; i++) s->line += text[i] == '\n';
    }
    s->typing = before;
    s->file = NULL;
    str_clear(&entry);
    return ok;
}

static bool run_script(Session *s, const char *path) {
    char *text = NULL;
    size_t len = 0;
    Err err = {0};
    if (!file_read(path, SOURCE_LIMIT, &text, &len, &err)) {
        report(s, &err);
        return false;
    }
    const char *name = strcmp(path, "-") ? path : "<stdin>";
    out_step_begin(s, "script", name);
    bool ok = session_code(s, name, text, len, FROM_FILE);
    out_step_end(s, NULL);
    mem_free(text);
    return ok;
}

static bool run_lesson_file(Session *s, const char *path, int nargs, char **args) {
    Err err = {0};
    Lesson *l = NULL;
    if (!lesson_read(path, &l, &err)) {
        report(s, &err);
        return false;
    }
    s->own = l;
    bool ok = reading_open(s, l, NULL, nargs, args, &err);
    if (!ok && err.kind != ERR_OK) report(s, &err);
    return ok;
}

static bool is_file(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Words that were wrong, as against code that failed: only code has a place. */
static bool is_usage(const Err *err) {
    return (err->kind == ERR_VALUE || err->kind == ERR_NAME) && err->frames.count == 0;
}

/* `36 n=8`, as `lesson 36 n=8`. */
static bool run_lesson_words(Session *s, int argc, char **argv, Err *err) {
    VEC(char *) list = {0};
    vec_push(&list, mem_strdup(cmd_lesson.name));
    for (int i = 0; i < argc; i++) vec_push(&list, mem_strdup(argv[i]));
    Words w = {list.items, (int)list.count};
    words_join_equals(&w);
    bool ok = cmd_lesson.run(s, &(Call){w.count, w.items, "", true}, err);
    words_clear(&w);
    return ok;
}

/* The words after the options: a file, a lesson or a command. */
static bool run_words(Session *s, int argc, char **argv) {
    const char *word = argv[0];
    Err err = {0};
    if (strcmp(word, "-") == 0 || file_has_ending(word, ".py")) return run_script(s, word);
    if (file_has_ending(word, ".md")) return run_lesson_file(s, word, argc - 1, argv + 1);
    const Command *cmd = command_find(s, word, strlen(word));
    bool ok;
    if (cmd) {
        out_step_begin(s, "command", word);
        ok = command_run_words(s, cmd, argc, argv, &err);
        bool usage = is_usage(&err);
        out_step_end(s, &err);
        if (usage && err.kind == ERR_OK) s->status = EXIT_USAGE;
    } else if (lesson_find(&s->lessons, word)) {
        ok = run_lesson_words(s, argc, argv, &err);
    } else if (is_file(word))
        return run_script(s, word);
    else {
        ok = command_unknown(s, word, &err);
        report_usage(s, &err);
    }
    if (!ok && err.kind != ERR_OK) (is_usage(&err) ? report_usage : report)(s, &err);
    return ok;
}

/* What the arguments ask for; false: something failed, s->status says what. */
static void run_arguments(Session *s) {
    bool prompt = s->tty_in && s->facts.tty && s->out->kind->prompts;
    s->straight = !prompt;
    bool any = s->opt.code || s->opt.nargs;
    if (s->opt.code) {
        out_step_begin(s, "code", "-c");
        session_code(s, "-c", s->opt.code, strlen(s->opt.code), FROM_FILE);
        out_step_end(s, NULL);
    } else if (s->opt.nargs)
        run_words(s, s->opt.nargs, s->opt.args);
    out_flush(s);
    Err exporting = {0};
    if (s->opt.nexports && any && !s->opt.interactive && !shown_export_asked(s, &exporting))
        report(s, &exporting);
    if (!any || s->opt.interactive || s->lesson || asking_now(s)) {
        if (prompt) {
            bool asks = asking_now(s);
            int status = loop_run(s);
            if (!any || asks)
                s->status = status; /* a session's own mistakes were shown and mended there */
        } else if (!any || asking_now(s)) {
            char *text = NULL;
            size_t len = 0;
            Err err = {0};
            if (file_read("-", SOURCE_LIMIT, &text, &len, &err))
                session_entries(s, "<stdin>", text, len, true);
            else
                report(s, &err);
            asking_close(s); /* questions that no line answers are left open */
            mem_free(text);
        }
    }
}

int shell_main(int argc, char **argv) {
    Options o;
    Err err = {0};
    Session s;
    bool parsed = options_parse(&o, argc, argv, &err);
    signals_install();
    Err open_err = {0};
    if (!session_open(&s, &o, commands, &open_err)) {
        report(&s, &open_err);
        session_close(&s);
        return EXIT_ERROR;
    }
    if (!parsed)
        report_usage(&s, &err);
    else if (o.help) {
        Str t = STR_INIT;
        options_help(&t);
        out_text(&s, str_cstr(&t));
        str_clear(&t);
    } else if (o.version)
        print_version(&s);
    else if (o.complete)
        print_completions(&s, o.complete);
    else {
        run_rc(&s);
        run_arguments(&s);
    }
    int status = s.status;
    asking_free(&s);
    session_close(&s);
    return status;
}
