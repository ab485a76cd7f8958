/* See entry.h. */
#include "config.h"

#include "shell/entry.h"

#include <ctype.h>

#include "lang/ast.h"
#include "lang/paste.h"

/* IPython's words after % that say something about a notebook and nothing about the code. */
static const char *const foreign[] = {
    "matplotlib", "load_ext",  "reload_ext", "autoreload", "config",   "pylab",
    "env",        "cd",        "pip",        "conda",      "capture",  "html",
    "HTML",       "precision", "memit",      "mprun",      "lprun",    "prun",
    "bash",       "sh",        "shell",      "writefile",  "notebook", "tensorboard",
    "javascript", "latex",     "xmode",      "pwd",        "ls",       "mkdir",
};

static bool is_foreign(const char *word, size_t n) {
    for (size_t i = 0; i < ARRAY_LEN(foreign); i++)
        if (strlen(foreign[i]) == n && memcmp(foreign[i], word, n) == 0) return true;
    return false;
}

/* ``` or ```python: the line before or behind code that was copied out of Markdown. */
static bool is_fence(const char *line, size_t n) {
    while (n && isspace((unsigned char)line[n - 1])) n--;
    size_t at = 0, ticks;
    while (at < n && line[at] == ' ') at++;
    for (ticks = at; ticks < n && line[ticks] == '`';) ticks++;
    if (ticks - at < 3) return false;
    while (ticks < n && (isalnum((unsigned char)line[ticks]) || line[ticks] == '-')) ticks++;
    return ticks == n;
}

/* `%name`, `%%name` or `!command` at the start of a line. Of several lines all of them are left
 * out; a line by itself may be a command of qkv's. */
static bool is_magic(const char *line, size_t n, bool alone) {
    if ((n > 1 && line[0] == '!' && line[1] != '=') || is_fence(line, n)) return true;
    size_t at = 0, end;
    while (at < n && at < 2 && line[at] == '%') at++;
    for (end = at; end < n && (isalnum((unsigned char)line[end]) || line[end] == '_');) end++;
    if (!at || end == at) return false;
    return is_foreign(line + at, end - at) || (!alone && !isdigit((unsigned char)line[at]));
}

bool entry_incomplete(const char *code, size_t n) {
    Source *src = source_new("prompt", code, n, 1);
    Arena *arena = arena_new();
    Ast ast;
    Err err = {0};
    bool more = parse(src, PARSE_INTERACTIVE, arena, &ast, &err) == PARSE_INCOMPLETE;
    err_clear(&err);
    arena_free(arena);
    source_release(src);
    return more;
}

/* Inside of a bracket or a string a line is not a statement of its own. */
static bool stands_open(const Str *text) {
    Str closed = STR_INIT;
    str_printf(&closed, "%s\n\n", str_cstr(text));
    bool open = entry_incomplete(closed.buf, closed.len);
    str_clear(&closed);
    return open;
}

static void drop_magics(const char *text, size_t len, Str *code, Str *left_out) {
    bool alone = !memchr(text, '\n', len);
    for (size_t at = 0; at < len;) {
        const char *nl = memchr(text + at, '\n', len - at);
        size_t n = nl ? (size_t)(nl - (text + at)) : len - at;
        if (!is_magic(text + at, n, alone) || stands_open(code))
            str_addn(code, text + at, n);
        else if (left_out)
            str_printf(left_out, "%.*s\n", (int)MIN(n, 200), text + at);
        at += n + (nl != NULL);
        if (nl) str_addc(code, '\n');
    }
}

void entry_clean(const char *text, Str *code, Str *left_out) {
    Str stripped = STR_INIT, flush = STR_INIT;
    if (paste_strip_prompts(text, strlen(text), &stripped)) text = str_cstr(&stripped);
    if (paste_dedent(text, strlen(text), &flush)) text = str_cstr(&flush);
    drop_magics(text, strlen(text), code, left_out);
    str_clear(&stripped);
    str_clear(&flush);
}

bool entry_is_session(const char *line) {
    Str code = STR_INIT;
    bool is = paste_strip_prompts(line, strlen(line), &code);
    str_clear(&code);
    return is;
}
