/* Which lines are commands, and running them. */
#include "config.h"

#include "shell/command.h"

#include <ctype.h>

#include "base/suggest.h"
#include "shell/words.h"

static bool has_alias(const char *aliases, const char *name, size_t len) {
    for (const char *p = aliases; p && *p;) {
        size_t n = strcspn(p, " ");
        if (n == len && strncmp(p, name, n) == 0) return true;
        p += n;
        p += strspn(p, " ");
    }
    return false;
}

const Command *command_find(const Session *s, const char *name, size_t len) {
    for (const Command *const *c = s->commands; *c; c++)
        if ((strlen((*c)->name) == len && strncmp((*c)->name, name, len) == 0) ||
            has_alias((*c)->aliases, name, len))
            return *c;
    return NULL;
}

const Command *command_named(const Session *s, const char *name) {
    const Command *cmd = command_find(s, name, strlen(name));
    if (!cmd) BUG("no command %s", name);
    return cmd;
}

/* Bytes of the word that a command could begin with: a name, a number, ":q", "\q", "?". */
static size_t word_len(const char *p) {
    size_t n = 0;
    if (*p == ':' || *p == '.' || *p == '\\') n = 1;
    if (*p == '?') return 1;
    while (isalnum((unsigned char)p[n]) || p[n] == '_') n++;
    return n;
}

/* IPython's automagic rule: can the text after a name go on as an expression or a
 * statement? `mask = 1`, `mask(...)`, `mask.sum()`, `mask + 1` can; `masking n=8` cannot.
 * A dash that touches what follows, as in `lessons --path`, is an option. */
static bool continues_code(const char *p) {
    bool blank = isspace((unsigned char)*p);
    while (isspace((unsigned char)*p)) p++;
    if (!*p || *p == '#' || *p == '?') return false;
    if (*p == '-' && blank && (p[1] == '-' || isalpha((unsigned char)p[1]))) return false;
    if (*p == '"' || *p == '\'') return !blank;
    if (*p == '.' && blank && (isalpha((unsigned char)p[1]) || p[1] == '.' || p[1] == '/'))
        return false;
    if (*p == '/' || *p == '~') return !(blank && !isspace((unsigned char)p[1]));
    if (strchr("=([.,):+-*/%@&|^<>!;]}", *p)) return true;
    static const char *const words[] = {"in", "is", "and", "or", "not", "if", "else", "for"};
    size_t n = word_len(p);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strlen(words[i]) == n && strncmp(p, words[i], n) == 0) return true;
    return false;
}

/* `quit()`, `help(x)`: the whole line is a call of a command that Python has as a function. */
static bool is_call(const Command *cmd, const char *p) {
    if (!(cmd->flags & CMD_CALLED)) return false;
    size_t n = strlen(p);
    while (n && isspace((unsigned char)p[n - 1])) n--;
    if (n < 2 || p[0] != '(' || p[n - 1] != ')') return false;
    int depth = 0;
    for (size_t i = 0; i < n; i++) {
        depth += (p[i] == '(') - (p[i] == ')');
        if (depth == 0) return i == n - 1;
    }
    return false;
}

/* Does a word that is also a variable's name mean the variable? It does unless no code could go on
 * like this (`time x @ x`), and unless it moves within the lesson that is open: `(back)` shows such
 * a variable. */
static bool shadowed(Session *s, const Command *cmd, const char *word, size_t n) {
    const char *rest = word + n + strspn(word + n, " \t\r");
    bool alone = !*rest || *rest == '\n' || *rest == '#';
    if (!alone && !continues_code(word + n)) return false;
    if (alone && s->lesson && (cmd->flags & CMD_READING)) return false;
    char *name = mem_strndup(word, n);
    Value v = VALUE_UNSET;
    bool found = module_get(s->scope, name, &v);
    value_release(v);
    mem_free(name);
    return found;
}

/* Lessons have no row of their own: their names all run `lesson`. */
static bool names_lesson(Session *s, const char *word, size_t n) {
    char *name = mem_strndup(word, n);
    bool found = lesson_find(&s->lessons, name) != NULL;
    mem_free(name);
    return found;
}

const Command *session_command_of(Session *s, const char *line, const char **rest) {
    while (isspace((unsigned char)*line)) line++;
    bool forced = *line == '%';
    if (forced) line += 1 + (line[1] == '%');
    size_t n = word_len(line);
    const Command *cmd = command_find(s, line, n);
    bool lesson = !cmd && n && names_lesson(s, line, n), unknown = !cmd && !lesson && forced;
    if (lesson) cmd = command_named(s, "lesson");
    if (unknown) cmd = command_named(s, "help"); /* it says that there is no such %word */
    if (!cmd) return NULL;
    if (!forced && isalpha((unsigned char)*line) && shadowed(s, cmd, line, n)) return NULL;
    if (!forced && (isalnum((unsigned char)*line)) && continues_code(line + n) &&
        !is_call(cmd, line + n))
        return NULL;
    if (cmd == command_named(s, "quit") && !forced && is_call(cmd, line + n)) n = strlen(line);
    *rest = lesson || unknown ? line : line + n;
    return cmd;
}

static bool run_paged(Session *s, const Command *cmd, const Call *c, Err *err) {
    bool paged = (cmd->flags & CMD_PAGED) && out_page_begin(s);
    bool ok = cmd->run(s, c, err);
    if (paged) out_page_end(s);
    return ok;
}

bool command_run_words(Session *s, const Command *cmd, int argc, char **argv, Err *err) {
    Str rest = STR_INIT;
    for (int i = 1; i < argc; i++) str_printf(&rest, "%s%s", i > 1 ? " " : "", argv[i]);
    bool ok = run_paged(s, cmd, &(Call){argc, argv, str_cstr(&rest)}, err);
    str_clear(&rest);
    return ok;
}

bool command_run_line(Session *s, const Command *cmd, const char *line, Err *err) {
    while (isspace((unsigned char)*line)) line++;
    Words w = {0};
    if (!(cmd->flags & CMD_RAW) && !words_split(line, &w, err)) return false;
    char **argv = mem_alloc(sizeof *argv * (size_t)(w.count + 2));
    argv[0] = (char *)cmd->name;
    for (int i = 0; i < w.count; i++) argv[i + 1] = w.items[i];
    argv[w.count + 1] = NULL;
    bool ok = run_paged(s, cmd, &(Call){w.count + 1, argv, line}, err);
    mem_free(argv);
    words_clear(&w);
    return ok;
}

bool command_unknown(Session *s, const char *word, Err *err) {
    Suggest near = suggest_for(word);
    for (const Command *const *c = s->commands; *c; c++) suggest_offer(&near, (*c)->name);
    for (size_t i = 0; i < s->lessons.items.count; i++)
        suggest_offer(&near, s->lessons.items.items[i]->command);
    err_set(err, ERR_NAME, "there is no command, lesson or file '%s'", word);
    if (near.best) return err_hint(err, "did you mean %s?", near.best);
    return err_hint(err, "`help` lists the commands, `lessons` the lessons");
}

bool command_usage(const Command *cmd, Err *err) {
    err_set(err, ERR_VALUE, "usage: %s", cmd->usage);
    return err_hint(err, "`help %s` says more", cmd->name);
}
