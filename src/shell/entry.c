/* See entry.h. */
#include "config.h"

#include "shell/entry.h"

#include <ctype.h>

#include "lang/ast.h"
#include "lang/paste.h"

/* IPython's words after %, and what is there instead. */
static const struct {
    const char *words, *instead;
} foreign[] = {
    {"matplotlib pylab", "not needed here: qkv.show(x) and qkv.plot(ys) draw on the terminal"},
    {"load_ext reload_ext unload_ext autoreload aimport",
     "not needed here: torch, numpy and einops are built in, and `load FILE.py` reads a file anew"},
    {"pip conda mamba", "nothing is installed here: torch, numpy and einops are built in"},
    /* what people type behind ! as well */
    {"cd pwd ls ll mkdir cat rm cp mv pushd popd",
     "no folders and programs here: `load` and `save` take paths, and Tab completes them"},
    {"bash sh shell sx system script",
     "the dialect runs no programs; Ctrl-D goes back to your shell"},
    {"prun lprun memit mprun profile", "`trace CODE` lists every step with its time and bytes"},
    {"writefile file", "`save FILE.py` writes what was typed"},
    {"run", "`load FILE.py` runs a script"},
    {"paste cpaste", "a paste needs no word before it"},
    {"precision", "`set precision=3` says how many decimals a matrix has"},
    {"pinfo pinfo2 pdoc pdef pfile psource", "`X?` explains and `X??` shows the source"},
    {"lsmagic magic quickref", "`help` lists the commands"},
    {"debug pdb tb", "the traceback and the variables are at the prompt: `whos`"},
    {"env config capture html HTML notebook tensorboard javascript latex xmode colors "
     "doctest_mode pprint logstart logstop store alias macro rerun recall automagic autocall "
     "set_env svg markdown",
     "IPython's, not part of the code"},
};

const char *entry_instead(const char *line) {
    bool program = *line == '!';
    line += strspn(line, "%! ");
    size_t n = 0;
    while (isalnum((unsigned char)line[n]) || line[n] == '_') n++;
    for (size_t i = 0; n && i < ARRAY_LEN(foreign); i++)
        for (const char *w = foreign[i].words; *w; w += strspn(w, " ")) {
            size_t len = strcspn(w, " ");
            if (len == n && memcmp(w, line, n) == 0) return foreign[i].instead;
            w += len;
        }
    return program ? "the dialect runs no programs; Ctrl-D goes back to your shell" : NULL;
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

/* `%time CODE` among other lines is CODE, which they may need; a line by itself is the command.
 * Where CODE begins; 0: the line is not of this kind. */
static size_t timed_code(const char *line, size_t n) {
    static const char *const words[] = {"%time ", "%timeit "};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t w = strlen(words[i]), blanks = 0;
        if (n <= w || memcmp(line, words[i], w) != 0) continue;
        while (w + blanks < n && line[w + blanks] == ' ') blanks++;
        return line[w + blanks] == '-' ? 0 : w + blanks; /* options: left out with the rest */
    }
    return 0;
}

/* `%name`, `%%name` or `!command` at the start of a line. Of several lines all of them are left
 * out; a line by itself may be a command of qkv's, and so may the first of `%%time`. */
static bool is_magic(const char *line, size_t n, bool alone) {
    if ((n > 1 && line[0] == '!' && line[1] != '=') || is_fence(line, n)) return true;
    size_t at = 0, end;
    while (at < n && at < 2 && line[at] == '%') at++;
    for (end = at; end < n && (isalnum((unsigned char)line[end]) || line[end] == '_');) end++;
    if (!at || end == at) return false;
    return entry_instead(line) || (!alone && !isdigit((unsigned char)line[at]));
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
        size_t skip = alone ? 0 : timed_code(text + at, n);
        bool first = !code->len &&
                     (str_starts(text + at, "%%time\n") || str_starts(text + at, "%%timeit\n"));
        if (first || skip || !is_magic(text + at, n, alone) || stands_open(code))
            str_addn(code, text + at + skip, n - skip);
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
