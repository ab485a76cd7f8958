/* Which lines are commands, and running them. */
#include "config.h"

#include "shell/command.h"

#include <ctype.h>

#include "base/suggest.h"
#include "lang/lex.h"
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

/* Bytes of the word that a command could begin with: a name, a number, ":q", "\q", "?", "\?". */
static size_t word_len(const char *p) {
    size_t n = 0;
    if (*p == '?') return 1;
    if (*p == ':' || *p == '.' || *p == '\\') n = 1;
    if (*p == '\\' && p[1] == '?') return 2;
    while (isalnum((unsigned char)p[n]) || p[n] == '_') n++;
    return n;
}

/* `:x`, `.x` and `\x` begin commands of other programs' prompts, and no code. */
static bool is_marked(const char *p) {
    bool letter = *p && (isalpha((unsigned char)p[1]) || p[1] == '?');
    return letter && strchr(":.\\", *p);
}

/* IPython's automagic rule: can the text after a name go on as an expression or a
 * statement? `mask = 1`, `mask(...)`, `mask.sum()`, `mask + 1` can; `masking n=8` cannot.
 * A dash that touches what follows, as in `lessons --path`, is an option. prose: words of a text
 * follow, as in `goto in one breath`. */
static bool continues_code(const char *p, bool prose) {
    bool blank = isspace((unsigned char)*p);
    while (isspace((unsigned char)*p)) p++;
    if (!*p || *p == '#' || *p == '?') return false;
    if (*p == '-' && blank && (p[1] == '-' || isalpha((unsigned char)p[1]))) return false;
    if (*p == '"' || *p == '\'') return !blank;
    if (*p == '.' && blank && (isalpha((unsigned char)p[1]) || strchr("./", p[1])))
        return false; /* a file or, alone, this folder */
    if (*p == '/' || *p == '~') return !(blank && !isspace((unsigned char)p[1]));
    if (strchr("=([.,):+-*/%@&|^<>!;]}", *p)) return true;
    if (prose) return false;
    static const char *const words[] = {"in", "is", "and", "or", "not", "if", "else", "for"};
    size_t n = word_len(p);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strlen(words[i]) == n && strncmp(p, words[i], n) == 0) return true;
    return false;
}

/* ---- brackets ------------------------------------------------------------------------------- */

/* Bytes up to and with the bracket that closes the one at p; 0: none does. */
static size_t bracket_len(const char *p) {
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; p[i]; i++) {
        if (quote) {
            if (p[i] == '\\' && p[i + 1])
                i++;
            else if (p[i] == quote)
                quote = 0;
        } else if (p[i] == '"' || p[i] == '\'')
            quote = p[i];
        else if (strchr("([{", p[i]))
            depth++;
        else if (strchr(")]}", p[i]) && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* Is all of the text one pair of brackets, `()` or `(n=8, kind="causal")`? */
static bool is_bracketed(const char *p) {
    size_t n = *p == '(' ? bracket_len(p) : 0;
    return n && !p[n + strspn(p + n, " \t\n;")];
}

/* `masking(n=8, kind="causal")` said as `masking n=8 kind="causal"`. */
static void unbracket(const char *p, Str *out) {
    size_t n = bracket_len(p), inner = 0;
    for (size_t i = 1; i + 1 < n; i += MAX(inner, (size_t)1)) {
        inner = strchr("([{", p[i]) ? bracket_len(p + i) : 0;
        if (p[i] == '"' || p[i] == '\'')
            for (inner = 1; i + inner + 1 < n && p[i + inner++] != p[i];) {
            }
        if (inner)
            str_addn(out, p + i, inner);
        else
            str_addc(out, p[i] == ',' ? ' ' : p[i]);
    }
}

/* A name that nothing stands for cannot be called or indexed: `time (x@x)`, `trace [x]`,
 * `masking(n=8)`, `lessons()` are the command, whose text or whose words these are. */
static bool takes_brackets(const Command *cmd, const char *p) {
    bool touches = !isspace((unsigned char)*p);
    while (isspace((unsigned char)*p)) p++;
    if (cmd->flags & CMD_RAW) {
        bool sign = strchr("-+~", *p) && !touches && p[1] && !isspace((unsigned char)p[1]);
        return *p && (sign || *p == '(' || (!touches && strchr("[{", *p))) && p[1] != '=';
    }
    return is_bracketed(p);
}

/* ---- which lines are commands --------------------------------------------------------------- */

typedef enum Whose { VARIABLE, BUILTIN } Whose;

static bool is_name(Session *s, Whose whose, const char *word, size_t n) {
    char *name = mem_strndup(word, n);
    Value v = VALUE_UNSET;
    bool found =
        whose == VARIABLE ? module_get(s->scope, name, &v) : interp_builtin_get(s->in, name, &v);
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

/* The text behind `qkv `, typed as in the system shell; else the line itself. */
static const char *without_program(const char *line) {
    if (!str_starts(line, "qkv ")) return line;
    const char *p = line + 4 + strspn(line + 4, " ");
    bool word = isalnum((unsigned char)*p) || *p == '-';
    return word && !continues_code(line + 3, false) ? p : line;
}

/* Does the word move within the lesson that is open? */
static bool moves(const Session *s, const Command *cmd) {
    return s->lesson && (cmd->flags & CMD_READING);
}

/* Does a word that is also a variable's name mean the variable? It does unless no code could go on
 * like this (`time x @ x`), and unless it moves within the lesson that is open: `(back)` shows such
 * a variable. */
static bool means_variable(const Session *s, const Command *cmd, const char *after) {
    const char *rest = after + strspn(after, " \t\r");
    bool alone = !*rest || *rest == '\n' || *rest == '#';
    return alone ? !moves(s, cmd) : continues_code(after, moves(s, cmd));
}

static bool is_code(Session *s, const Command *cmd, const char *word, size_t n) {
    if (!isalnum((unsigned char)*word)) return false;
    if (isalpha((unsigned char)*word) && is_name(s, VARIABLE, word, n))
        return means_variable(s, cmd, word + n);
    if (!continues_code(word + n, moves(s, cmd))) return false;
    bool builtin = !(cmd->flags & CMD_CALLED) && is_name(s, BUILTIN, word, n);
    return isdigit((unsigned char)*word) || builtin || !takes_brackets(cmd, word + n);
}

const Command *session_command_of(Session *s, const char *line, const char **rest) {
    while (isspace((unsigned char)*line)) line++;
    const char *said = without_program(line);
    bool forced = *said == '%' || is_marked(said) || said != line;
    line = said + (*said == '%') + (*said == '%' && said[1] == '%');
    size_t n = word_len(line);
    const Command *cmd = command_find(s, line, n);
    bool lesson = !cmd && n && names_lesson(s, line, n), unknown = !cmd && !lesson && forced;
    if (lesson) cmd = command_named(s, "lesson");
    if (unknown) cmd = command_named(s, "lesson"); /* it says that there is no such word */
    if (!cmd || (!forced && is_code(s, cmd, line, n))) return NULL;
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
    bool ok = run_paged(s, cmd, &(Call){.argc = argc, .argv = argv, .rest = str_cstr(&rest)}, err);
    str_clear(&rest);
    return ok;
}

/* The words of a line; behind a lesson's name and behind a command brackets may stand around them.
 */
static bool split_line(Session *s, const Command *cmd, const char *line, Words *w, Err *err) {
    size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz_0123456789");
    Str plain = STR_INIT;
    bool may = !(cmd->flags & CMD_CALLED) && (!name || cmd == command_named(s, "lesson"));
    if (may && is_bracketed(line + name)) {
        str_printf(&plain, "%.*s ", (int)name, line);
        unbracket(line + name, &plain);
        line = str_cstr(&plain);
    }
    bool ok = words_split(line, w, err);
    if (ok) words_join_equals(w);
    str_clear(&plain);
    return ok;
}

bool command_run_line(Session *s, const Command *cmd, const char *line, Err *err) {
    bool own = isalnum((unsigned char)*line); /* a lesson's word is its own rest, without a blank */
    while (isspace((unsigned char)*line)) line++;
    Words w = {0};
    if (!(cmd->flags & CMD_RAW) && !split_line(s, cmd, line, &w, err)) return false;
    char **argv = mem_alloc(sizeof *argv * (size_t)(w.count + 2));
    argv[0] = (char *)cmd->name;
    for (int i = 0; i < w.count; i++) argv[i + 1] = w.items[i];
    argv[w.count + 1] = NULL;
    bool ok = run_paged(s, cmd, &(Call){w.count + 1, argv, line, own}, err);
    mem_free(argv);
    words_clear(&w);
    return ok;
}

static void offer_commands(Session *s, Suggest *near) {
    for (const Command *const *c = s->commands; *c; c++) suggest_offer(near, (*c)->name);
    for (size_t i = 0; i < s->lessons.items.count; i++)
        suggest_offer(near, s->lessons.items.items[i]->command);
}

bool command_unknown(Session *s, const char *word, Err *err) {
    Suggest near = suggest_for(word);
    offer_commands(s, &near);
    err_set(err, ERR_NAME, "there is no command, lesson or file '%s'", word);
    size_t n = strlen(word);
    if (*word == '-')
        return err_hint(err, "options stand behind qkv in the system shell; at the prompt `set` "
                             "lists what can be changed");
    if (n > 3 && strcmp(word + n - 3, ".py") == 0)
        return err_hint(err, "at the prompt `load %s` runs a script", word);
    if (near.best) return err_hint(err, "did you mean %s?", near.best);
    return err_hint(err, "`help` lists the commands, `lessons` the lessons");
}

/* Does the error say that the entry's first word is no name? */
static bool is_missing(const Err *err, const char *word) {
    Str text = STR_INIT;
    str_printf(&text, "name '%s' is not defined", word);
    bool is = err->kind == ERR_NAME && err->msg && strcmp(err->msg, str_cstr(&text)) == 0;
    str_clear(&text);
    return is;
}

/* One line whose first word is followed by nothing or by a blank: a command may have been meant. */
static char *first_word(Session *s, const char *text) {
    while (isspace((unsigned char)*text)) text++;
    size_t n = isalpha((unsigned char)*text) ? word_len(text) : 0;
    if (n < 2 || strchr(text, '\n') || is_name(s, VARIABLE, text, n) ||
        is_name(s, BUILTIN, text, n) || lex_word_kind(text, n) != TOK_NAME)
        return NULL;
    return mem_strndup(text, n);
}

void command_meant(Session *s, const char *text, Err *err) {
    char *word = first_word(s, text);
    if (!word) return;
    Suggest near = suggest_for(word);
    offer_commands(s, &near);
    const char *after = strstr(text, word) + strlen(word);
    Str hint = STR_INIT;
    if (near.best && is_missing(err, word)) {
        bool other = err->hint && strstr(err->hint, near.best);
        str_printf(&hint, "%s%s`%s`?", err->hint && !other ? err->hint : "did you mean ",
                   err->hint && !other ? " Or the command " : "", near.best);
        mem_free(err->hint);
        err->hint = str_detach(&hint);
    } else if (near.best && err->kind == ERR_SYNTAX && isspace((unsigned char)*after)) {
        err_clear(err);
        command_unknown(s, word, err);
    }
    str_clear(&hint);
    mem_free(word);
}

bool command_usage(const Command *cmd, Err *err) {
    err_set(err, ERR_VALUE, "usage: %s", cmd->usage);
    return err_hint(err, "`help %s` says more", cmd->name);
}
