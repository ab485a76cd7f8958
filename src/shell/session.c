/* Opening and closing a session, and what one prompt entry does. */
#include "config.h"

#include "shell/session.h"

#include <ctype.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attn/pool.h"
#include "rng/rng.h"
#include "shell/command.h"
#include "shell/entry.h"
#include "shell/shown.h"
#include "term/ground.h"
#include "tutor/cell.h"

/* ---- lessons ------------------------------------------------------------------------- */

/* Code and scripts run without lessons: reading them would cost more than the start. */
static bool wants_lessons(const Options *o) {
    if (o->code) return o->interactive;
    const char *word = o->nargs ? o->args[0] : "";
    size_t n = strlen(word);
    return strcmp(word, "-") != 0 && !(n > 3 && strcmp(word + n - 3, ".py") == 0);
}

static bool same_file(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* --lessons: a teacher's own beside those that came with qkv. */
static bool add_own_lessons(Session *s, Err *err) {
    LessonSet own = {0};
    Str replaced = STR_INIT;
    if (!lesson_scan(s->opt.lessons_dir, &own, err)) return false;
    lesson_set_join(&s->lessons, &own, &replaced);
    if (replaced.len)
        warn_line(s, "%s of qkv's: %s has lessons of that number or name, which stand for it",
                  str_cstr(&replaced), s->opt.lessons_dir);
    str_clear(&replaced);
    return true;
}

static bool load_lessons(Session *s, Err *err) {
    if (!wants_lessons(&s->opt)) return true;
    char *course = data_path(s, "lessons"); /* the prompt works without; `lessons` says so */
    bool own = s->opt.lessons_dir && !(course && same_file(course, s->opt.lessons_dir));
    bool ok =
        (!course || lesson_scan(course, &s->lessons, err)) && (!own || add_own_lessons(s, err));
    if (ok && s->lessons.broken.len) warn_line(s, "%s", str_cstr(&s->lessons.broken));
    if (s->opt.lessons_dir) {
        mem_free(course);
        course = mem_strdup(s->opt.lessons_dir); /* what `check` checks */
    }
    s->lessons_dir = course;
    return ok;
}

/* ---- life ------------------------------------------------------------------------------- */

static TermFacts facts_of(const Session *s, int fd) {
    TermEnv env = term_env_read(fd);
    env.color = s->opt.color;
    env.ground = s->opt.ground ? s->opt.ground : s->answered;
    return term_facts(&env);
}

/* Only where colours go to a person's terminal, and not on consoles that would print the question.
 */
static void ask_for_ground(Session *s) {
    const char *term = getenv("TERM");
    bool asks = s->tty_in && s->facts.cursor && s->facts.depth != DEPTH_NONE && !s->opt.ground &&
                strcmp(term, "linux") != 0;
    if (!asks) return;
    s->answered = ground_ask(STDIN_FILENO, STDOUT_FILENO, GROUND_WAIT_MS, &s->typed_ahead);
    session_facts_read(s);
}

/* The prompt's scope starts with what every lesson has at hand. */
static bool preload(Session *s, Err *err) {
    static const struct { const char *module, *name; } at_hand[] = {{"qkv", "qkv"}};
    for (size_t i = 0; i < ARRAY_LEN(at_hand); i++) {
        Value m = VALUE_UNSET;
        if (!interp_import(s->in, at_hand[i].module, &m, err)) return false;
        interp_builtin_set(s->in, at_hand[i].name, m);
        value_release(m);
    }
    return true;
}

void session_time_apply(Session *s) {
    interp_time_limit_set(s->in, MAX(s->opt.time_ns, 0));
}

void session_facts_read(Session *s) {
    s->facts = facts_of(s, STDOUT_FILENO);
    s->err_facts = facts_of(s, STDERR_FILENO);
}

bool session_open(Session *s, const Options *o, const Command *const *commands, Err *err) {
    *s = (Session){.opt = *o,
                   .commands = commands,
                   .set = {.precision = -1, .wide = o->wide, .code = CODE_GIST}};
    s->tty_in = isatty(STDIN_FILENO);
    session_facts_read(s);
    ask_for_ground(s);
    out_open(s);
    if (o->threads) attn_threads_set(o->threads);
    if (o->memory) memory_limit_set(o->memory);
    s->in = interp_new(&(InterpConfig){.sink = &s->out->sink});
    builtin_install(s->in);
    interp_finder_home_set(s->in, modules_find, s);
    session_time_apply(s);
    s->main = interp_module_new(s->in, "__main__");
    s->scope = s->main;
    if (o->seed.given) rng_seed(rng_default(), (uint64_t)o->seed.value);
    return preload(s, err) && load_lessons(s, err);
}

void session_close(Session *s) {
    reading_forget(s);
    out_flush(s);
    for (size_t i = 0; i < s->typed.count; i++) mem_free(s->typed.items[i]);
    vec_clear(&s->typed);
    lesson_set_clear(&s->lessons);
    lesson_free((Lesson *)s->own);
    mem_free(s->lessons_dir);
    mem_free(s->set.pager);
    view_release(s->ledger);
    str_clear(&s->typed_ahead);
    value_release(s->main);
    if (s->in) interp_free(s->in);
    shown_free(s);
    out_close(s);
}

void session_typed(Session *s, const char *entry) {
    size_t n = strlen(entry);
    while (n && isspace((unsigned char)entry[n - 1])) n--;
    vec_push(&s->typed, mem_strndup(entry, n));
}

/* ---- running code ---------------------------------------------------------------------------- */

/* What a drawn value is called: the expression, if it is short; owned, or NULL. */
static char *picture_name(const char *text) {
    while (isspace((unsigned char)*text)) text++;
    size_t n = strlen(text);
    while (n && isspace((unsigned char)text[n - 1])) n--;
    bool plain = n > 0 && n <= 40 && !memchr(text, '\n', n);
    return plain ? mem_strndup(text, n) : NULL;
}

Source *session_source(const Session *s, const char *name, const char *text, size_t len) {
    Source *src = source_new(s->file ? s->file : name, text, len, s->file ? s->line : 1);
    if (s->typing && s->scope.o == s->main.o) source_mark_typed(src);
    return src;
}

/* A lesson has variables of its own: the prompt's are not in its scope, nor its in the prompt's. */
static void hint_of_scope(Session *s, Err *err) {
    static const char before[] = "name '";
    if (!s->lesson || err->kind != ERR_NAME || !err->msg || !str_starts(err->msg, before)) return;
    const char *start = err->msg + strlen(before);
    char *name = mem_strndup(start, strcspn(start, "'"));
    Value v = VALUE_UNSET;
    if (module_get(s->main, name, &v)) {
        mem_free(err->hint);
        err->hint = NULL;
        err_hint(err, "%s is a variable of the prompt; a lesson has its own (`whos` lists them)",
                 name);
    }
    value_release(v);
    mem_free(name);
}

bool session_code(Session *s, const char *name, const char *text, size_t len, CodeFrom from) {
    Err err = {0};
    if (len > SOURCE_LIMIT) {
        err_set(&err, ERR_SYNTAX, "%s is %zu bytes long; the limit is %zu", name, len,
                SOURCE_LIMIT);
        report(s, &err);
        return false;
    }
    Source *src =
        from == FROM_ENTRY ? session_source(s, name, text, len) : source_new(name, text, len, 1);
    char *picture = picture_name(text);
    View *ledger = NULL;
    CellRun how = {.scope = s->scope,
                   .echo = from == FROM_FILE           ? ECHO_NOT
                           : s->set.repr == REPR_TORCH ? ECHO_REPR
                                                       : ECHO_PICTURE,
                   .name = picture,
                   .keeps = true,
                   .ledger = s->set.ledger != LEDGER_OFF};
    const char *outer = s->script;
    if (from == FROM_FILE) s->script = name;
    interp_files_set(s->in, true);
    bool ok = cell_run(s->in, src, &how, &ledger, &err);
    interp_files_set(s->in, false);
    s->script = outer;
    if (ledger) out_ledger_take(s, ledger);
    mem_free(picture);
    source_release(src);
    out_flush(s);
    if (!ok && from == FROM_ENTRY) {
        command_meant(s, text, &err);
        hint_of_scope(s, &err);
    }
    if (!ok) report(s, &err);
    if (ok && from == FROM_ENTRY) reading_typed(s, text);
    return ok;
}

bool session_incomplete(Session *s, const char *text) {
    const char *rest;
    const Command *cmd = session_command_of(s, text, &rest);
    if (cmd && !(cmd->flags & CMD_RAW)) return false;
    if (cmd) text = rest + strspn(rest, " \t");
    Str code = STR_INIT;
    entry_clean(text, &code, NULL);
    bool more = entry_incomplete(str_cstr(&code), code.len);
    str_clear(&code);
    return more;
}

/* `X?` and `X??` ask for help and source, X being a name or an expression without a text in it. The
 * length without the marks, 0 if there are none. */
static size_t question_len(const char *text, bool *two) {
    size_t n = strlen(text);
    while (n && isspace((unsigned char)text[n - 1])) n--;
    size_t end = n;
    while (end && text[end - 1] == '?') end--;
    *two = n - end >= 2;
    for (size_t i = 0; i < end; i++)
        if (!isalnum((unsigned char)text[i]) && !strchr("_.%[](), :+-*/@", text[i])) return 0;
    return n > end ? end : 0;
}

/* A command of a start-up file says where it stands; what is typed is before one's eyes. */
static void place_error(const Session *s, Err *err) {
    if (!s->file || s->typing || !err->msg || err->frames.count) return;
    Str msg = STR_INIT;
    str_printf(&msg, "%s:%d: %s", s->file, s->line, err->msg);
    mem_free(err->msg);
    err->msg = str_detach(&msg);
}

static bool run_command(Session *s, const Command *cmd, const char *rest) {
    Err err = {0};
    bool ok = command_run_line(s, cmd, rest, &err);
    out_flush(s);
    place_error(s, &err);
    if (!ok && err.kind != ERR_OK) report(s, &err);
    return ok;
}

static bool run_entry(Session *s, const char *text) {
    bool two = false, ok;
    size_t asked = question_len(text, &two);
    const char *rest = NULL;
    const Command *cmd = NULL;
    Str name = STR_INIT;
    str_printf(&name, "line %d", ++s->counter);
    out_step_begin(s, "line", str_cstr(&name));
    str_reset(&name);
    str_printf(&name, "entry %d", s->counter);
    out_step_text(s, "code", text, strlen(text));
    if (asked) {
        Str what = STR_INIT;
        bool words = strcspn(text, "[](),:+-*/@") >= asked;
        str_printf(&what, words || two ? "%.*s" : "(%.*s)", (int)asked, text);
        ok = run_command(s, command_named(s, two ? "source" : "help"), str_cstr(&what));
        str_clear(&what);
    } else if ((cmd = session_command_of(s, text, &rest)))
        ok = run_command(s, cmd, rest);
    else
        ok = session_code(s, str_cstr(&name), text, strlen(text), FROM_ENTRY);
    out_step_end(s, NULL);
    str_clear(&name);
    return ok;
}

/* "%matplotlib inline is IPython's: left out" for each line. */
static void tell_left_out(Session *s, const Str *lines) {
    for (const char *p = str_cstr(lines), *nl; (nl = strchr(p, '\n')); p = nl + 1) {
        const char *instead = entry_instead(p);
        warn_line(s, "left out: %.*s (%s)", (int)(nl - p), p,
                  instead ? instead : "IPython's, not part of the code");
    }
}

static void tell_once(Session *s) {
    char *path = NULL;
    Err err = {0};
    bool ok = shown_write_once(s, &path, &err);
    if (path && ok) out_print(s, "written to %s\n", path);
    if (!ok) report(s, &err);
    mem_free(path);
}

bool session_line(Session *s, const char *text) {
    Str code = STR_INIT, left_out = STR_INIT; /* a paste comes with prompts and an indentation */
    entry_clean(text, &code, &left_out);
    out_flush(s);
    tell_left_out(s, &left_out);
    const char *run = str_cstr(&code);
    bool nothing = left_out.len && !run[strspn(run, " \t\r\n")];
    bool ok = nothing || run_entry(s, run);
    tell_once(s);
    str_clear(&code);
    str_clear(&left_out);
    return ok;
}
