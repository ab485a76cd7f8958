/* Prompts out of pasted text; see paste.h. */
#include "config.h"

#include "lang/paste.h"

static size_t blanks(const char *s, size_t n) {
    size_t i = 0;
    while (i < n && (s[i] == ' ' || s[i] == '\t')) i++;
    return i;
}

/* Bytes of a prompt that is followed by a blank or ends the line, that blank included; else 0. */
static size_t marked(const char *s, size_t n, const char *prompt) {
    size_t len = strlen(prompt);
    if (n < len || memcmp(s, prompt, len) != 0) return 0;
    if (n == len || s[len] == '\r') return len;
    return s[len] == ' ' ? len + 1 : 0;
}

/* "In [3]:" at s: its bytes without a blank behind it, or 0. */
static size_t numbered(const char *s, size_t n) {
    size_t i = 4;
    if (n < 7 || memcmp(s, "In [", 4) != 0) return 0;
    while (i < n && s[i] >= '0' && s[i] <= '9') i++;
    if (i == 4 || i + 1 >= n || s[i] != ']' || s[i + 1] != ':') return 0;
    return i + 2;
}

/* Bytes of the prompt that the line begins with; *first: one that begins a statement. */
static size_t prompt_of(const char *line, size_t n, bool *first) {
    size_t skip = blanks(line, n);
    const char *s = line + skip;
    size_t left = n - skip, len;
    *first = true;
    if ((len = marked(s, left, ">>>"))) return skip + len;
    if ((len = numbered(s, left))) return skip + len + (len < left && s[len] == ' ');
    *first = false;
    if ((len = marked(s, left, "...:"))) return skip + len;
    if ((len = marked(s, left, "..."))) return skip + len;
    return 0;
}

static size_t line_length(const char *s, size_t n) {
    const char *end = memchr(s, '\n', n);
    return end ? (size_t)(end - s) : n;
}

static bool is_session(const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t n = line_length(text + at, len - at);
        bool first;
        if (blanks(text + at, n) < n && text[at + blanks(text + at, n)] != '\r')
            return prompt_of(text + at, n, &first) > 0 && first;
        at += n + 1;
    }
    return false;
}

bool paste_strip_prompts(const char *text, size_t len, Str *out) {
    if (!is_session(text, len)) return false;
    for (size_t at = 0; at < len;) {
        size_t n = line_length(text + at, len - at);
        bool first;
        size_t prompt = prompt_of(text + at, n, &first);
        if (prompt) str_addn(out, text + at + prompt, n - prompt);
        at += n;
        if (at < len) str_addc(out, '\n');
        at++;
    }
    return true;
}

/* Bytes of the first line's indentation; 0 when all of the text is blank. */
static size_t margin_of(const char *text, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t n = line_length(text + at, len - at), skip = blanks(text + at, n);
        if (skip < n && text[at + skip] != '\r') return skip;
        at += n + 1;
    }
    return 0;
}

bool paste_dedent(const char *text, size_t len, Str *out) {
    size_t margin = margin_of(text, len);
    if (!margin) return false;
    for (size_t at = 0; at < len;) {
        size_t n = line_length(text + at, len - at), skip = MIN(blanks(text + at, n), margin);
        str_addn(out, text + at + skip, n - skip);
        at += n;
        if (at < len) str_addc(out, '\n');
        at++;
    }
    return true;
}
