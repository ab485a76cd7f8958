/* See ending.h. */
#include "config.h"

#include "shell/ending.h"

#include <ctype.h>

#include "shell/asking.h"
#include "shell/block.h"
#include "shell/entry.h"

/* Milliseconds that the next part of a paste may take: before one is known, and within one. */
enum { FIRST_WAIT = 10, NEXT_WAIT = 80, INDENT = 4 };

Ending ending_begin(Session *s, bool (*waits)(int ms)) {
    return (Ending){.s = s, .waits = waits};
}

static bool blank(const char *s) {
    while (isspace((unsigned char)*s)) s++;
    return !*s;
}

/* The indentation behind one line. */
static int indent_behind(const char *line, size_t n) {
    int depth = 0;
    while ((size_t)depth < n && line[depth] == ' ') depth++;
    while (n && isspace((unsigned char)line[n - 1])) n--;
    if (n && line[n - 1] == ':') return depth + INDENT;
    static const char *const leaving[] = {"return", "pass", "break", "continue", "raise"};
    for (size_t i = 0; i < ARRAY_LEN(leaving); i++) {
        size_t w = strlen(leaving[i]), at = (size_t)depth;
        if (n >= at + w && strncmp(line + at, leaving[i], w) == 0 &&
            (n == at + w || !isalnum((unsigned char)line[at + w])))
            return MAX(depth - INDENT, 0);
    }
    return depth;
}

int ending_indent(const Ending *e, const char *text, size_t n) {
    size_t start = block_line_start(text, n);
    return e->pasted ? 0 : indent_behind(text + start, n - start);
}

static bool whole(const Ending *e, const char *text, const char *end) {
    Str all = STR_INIT;
    str_printf(&all, "%s%s", text, end);
    bool yes = !asking_incomplete(e->s, str_cstr(&all));
    str_clear(&all);
    return yes;
}

/* Is the line no deeper than the entry's first? */
static bool at_margin(const char *text, const char *line) {
    return strspn(line, " \t") <= strspn(text, " \t");
}

/* A statement that belongs to the block above it although it stands at the margin. */
static bool goes_on(const char *line) {
    static const char *const words[] = {"else", "elif", "except", "finally", "case"};
    line += strspn(line, " \t");
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_starts(line, words[i])) return true;
    return *line == ')' || *line == ']' || *line == '}' || *line == '#';
}

/* All of it came at once, or it is the first line. */
static bool ends_at_once(Ending *e, const char *text) {
    bool several = strchr(text, '\n') != NULL;
    if (!several && entry_is_session(text) && e->waits(FIRST_WAIT)) {
        e->session = e->pasted = true;
        return false;
    }
    return whole(e, text, several ? "\n\n" : "");
}

/* A blank line ends a block; in a paste only where the next line does not go on with it. */
static bool ends_at_blank(Ending *e, const char *text) {
    if (!whole(e, text, "\n")) return false;
    if (!e->pasted || !e->waits(NEXT_WAIT)) return true;
    e->closed = strlen(text);
    return false;
}

static EndingKind at_further_line(Ending *e, const char *text, const char *line) {
    if (e->session)
        return !e->waits(NEXT_WAIT) && whole(e, text, "\n\n") ? ENDING_HERE : ENDING_GOES_ON;
    if (blank(line)) return ends_at_blank(e, text) ? ENDING_HERE : ENDING_GOES_ON;
    if (e->closed && at_margin(text, line) && !goes_on(line)) return ENDING_BEFORE;
    e->closed = 0;
    bool here = at_margin(text, line) &&
                indent_behind(line, strlen(line)) <= (int)strspn(line, " ") && whole(e, text, "");
    here = here || (e->pasted && !e->waits(NEXT_WAIT) && whole(e, text, "\n\n"));
    return here ? ENDING_HERE : ENDING_GOES_ON;
}

EndingKind ending_at(Ending *e, const char *text) {
    const char *last = strrchr(text, '\n');
    bool typed = e->typing && last && block_lines(text) <= e->typed_lines;
    if (typed) return at_further_line(e, text, last + 1);
    return ends_at_once(e, text) ? ENDING_HERE : ENDING_GOES_ON;
}

void ending_look(Ending *e) {
    e->pasted = e->pasted || e->waits(FIRST_WAIT);
}

void ending_went_on(Ending *e, const char *text) {
    e->typing = true;
    e->typed_lines = block_lines(text);
}
