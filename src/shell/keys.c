/* See keys.h. */
#include "config.h"

#include "shell/keys.h"

#include <ctype.h>
#include <strings.h>

#include "base/suggest.h"
#include "shell/command.h"
#include "shell/words.h"

static bool leave(Session *s, Err *err) {
    UNUSED(err);
    reading_leave(s);
    return true;
}

static bool has_ledger(const Session *s) {
    return s->ledger != NULL;
}

static bool show_ledger(Session *s, Err *err) {
    return command_run_line(s, command_named(s, "ledger"), "", err);
}

static bool at_end(const Session *s) {
    return place_last(lesson_run_place(s->lesson)) && !out_screen_left(s);
}
static bool before_end(const Session *s) {
    return !at_end(s);
}

static bool has_questions(const Session *s) {
    return at_end(s) && lesson_run_lesson(s->lesson)->quizzes.count > 0;
}

static bool practise(Session *s, Err *err) {
    Str words = STR_INIT;
    str_printf(&words, "%s n=%d", lesson_run_lesson(s->lesson)->command, READER_QUESTIONS);
    bool ok = command_run_line(s, command_named(s, "practice"), str_cstr(&words), err);
    str_clear(&words);
    return ok;
}

const ReaderKey reader_keys[] = {
    {"", "goes on", before_end, reading_continue},
    {"", "leaves", at_end, reading_continue},
    {"b", "back", NULL, reading_back},
    {"a", "all", before_end, reading_all},
    {"c", "code", reading_has_code, reading_code},
    {"l", "ledger", has_ledger, show_ledger},
    {"p", NULL, has_questions, practise},
    {"q", "out", NULL, leave},
    {.key = NULL},
};

static bool is_variable(const Session *s, const char *name) {
    Value v = VALUE_UNSET;
    bool found = module_get(s->scope, name, &v);
    value_release(v);
    return found;
}

/* What no line names under every screen is a key only where it has something to do. */
static bool usable(const Session *s, const ReaderKey *k) {
    return k->does || k->offered(s);
}

/* The key that n bytes are. */
static const ReaderKey *find(const Session *s, const char *text, size_t n) {
    bool dotted = n > 1 && *text == '.';
    if (dotted) text++, n--;
    if (!dotted && s->playing) return NULL;
    for (const ReaderKey *k = reader_keys; k->key; k++)
        if (strlen(k->key) == n && strncmp(k->key, text, n) == 0)
            return usable(s, k) && (dotted || !n || !is_variable(s, k->key)) ? k : NULL;
    return NULL;
}

bool reader_key_typed(Session *s, const char *line) {
    while (isspace((unsigned char)*line)) line++;
    size_t n = strlen(line);
    while (n && isspace((unsigned char)line[n - 1])) n--;
    const ReaderKey *key = s->lesson ? find(s, line, n) : NULL;
    if (!key) return false;
    Err err = {0};
    bool ok = key->run(s, &err);
    out_flush(s);
    if (!ok && err.kind != ERR_OK) report(s, &err);
    return true;
}

const char *reader_key_name(const Session *s, const char *key) {
    static char name[8];
    snprintf(name, sizeof name, "%s%s", is_variable(s, key) ? "." : "", key);
    return *key ? name : "Enter";
}

/* Bytes of the name in "name=value" or, with blanks, "name = value"; 0: it is none. */
static size_t assigned(const char *text, bool blanks) {
    size_t n = 0;
    while (isalnum((unsigned char)text[n]) || text[n] == '_') n++;
    size_t to = n + (blanks ? strspn(text + n, " ") : 0);
    return text[to] == '=' && text[to + 1] && text[to + 1] != '=' ? n : 0;
}

static const LessonParam *assigned_param(const Session *s, const char *text, bool blanks) {
    char *name = mem_strndup(text, assigned(text, blanks));
    const LessonParam *p = lesson_param(lesson_run_lesson(s->lesson), name);
    mem_free(name);
    return p;
}

/* Are all words name=value, and the first of them a parameter? */
static bool are_params(const Session *s, const Words *w) {
    for (int i = 0; i < w->count; i++)
        if (!assigned(w->items[i], false)) return false;
    return w->count && assigned_param(s, w->items[0], false);
}

static bool set_params(Session *s, const char *text) {
    Words w = {0};
    Err err = {0};
    bool split = !strchr(text, '\n') && words_split(text, &w, &err);
    bool params = split && are_params(s, &w);
    err_clear(&err);
    if (params && !reading_set(s, w.count, w.items, &err) && err.kind != ERR_OK) {
        if (!err.hint && strpbrk(text, "+*/(["))
            err_hint(&err, "with blanks around the = it is code, and assigns");
        else if (!err.hint)
            err_hint(&err, "`help %s` lists the parameters with what they take",
                     lesson_run_lesson(s->lesson)->command);
        report(s, &err);
    }
    words_clear(&w);
    out_flush(s);
    return params;
}

/* The parameter that a new variable's name may be a slip of: `N=12` where n is one. */
static const char *slip_of(const Session *s, const char *name) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    if (!*name || is_variable(s, name)) return NULL;
    Suggest near = suggest_for(name);
    for (size_t i = 0; i < l->params.count; i++) {
        if (strcasecmp(l->params.items[i].name, name) == 0) return l->params.items[i].name;
        suggest_offer(&near, l->params.items[i].name);
    }
    return near.best;
}

void reader_entry(Session *s, const char *text) {
    bool reads = s->lesson && !s->playing;
    if (reads && set_params(s, text)) return;
    const LessonParam *p = reads ? assigned_param(s, text, true) : NULL;
    char *name = mem_strndup(text, reads && !p ? assigned(text, false) : 0);
    const char *meant = reads ? slip_of(s, name) : NULL;
    bool ok = session_line(s, text);
    Str line = STR_INIT;
    if (p)
        str_printf(&line, "(code, for the cells that come; `%s=...` changes the parameter)",
                   p->name);
    else if (meant)
        str_printf(&line, "(%s is a variable now; the parameter is %s: `%s=...`)", name, meant,
                   meant);
    if (line.len && ok && s->lesson) {
        out_view_take(s, view_text(STYLE_FAINT, str_cstr(&line)));
        out_flush(s);
    }
    str_clear(&line);
    mem_free(name);
}

void reader_keys_line(const Session *s, bool all, Str *out) {
    const char *between = "";
    for (const ReaderKey *k = reader_keys; k->key; k++) {
        bool other = k > reader_keys && strcmp(k->key, k[-1].key) == 0;
        if (!k->does) continue;
        if (all ? other : k->offered && !k->offered(s)) continue;
        const char *dot = all && *k->key ? "." : "";
        str_printf(out, "%s%s%s %s", between, dot, *dot ? k->key : reader_key_name(s, k->key),
                   k->does);
        between = ", ";
    }
    str_add(out, "; or type code");
}
