/* What a string's body says: escapes and line ends. */
#include "config.h"

#include "base/utf8.h"
#include "lang/lex.h"

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static void add_code_point(Str *out, uint32_t cp) {
    char buf[4];
    str_addn(out, buf, (size_t)utf8_encode(cp, buf));
}

/* \xhh \uhhhh \Uhhhhhhhh: exactly n digits behind pos + 2. */
static uint32_t hex_escape(Lexer *lx, uint32_t pos, uint32_t end, int n, Str *out) {
    uint32_t cp = 0, at = pos + 2;
    for (int i = 0; i < n; i++, at++) {
        int v = at < end ? hex_value(lx->text[at]) : -1;
        if (v < 0)
            return lex_fail(lx, ERR_SYNTAX, (Span){pos, at}, "for a plain backslash write \\\\",
                            "\\%c wants %d hexadecimal digits, and %d came", lx->text[pos + 1], n,
                            i),
                   0;
        cp = cp << 4 | (uint32_t)v;
    }
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        return lex_fail(lx, ERR_SYNTAX, (Span){pos, at}, "type the character itself",
                        "%s is no character: they go up to U+10FFFF, without U+D800..U+DFFF",
                        lex_snippet(lx, (Span){pos, at})),
               0;
    add_code_point(out, cp);
    return at;
}

static uint32_t octal_escape(Lexer *lx, uint32_t pos, uint32_t end, Str *out) {
    uint32_t cp = 0, at = pos + 1;
    for (int i = 0; i < 3 && at < end && lx->text[at] >= '0' && lx->text[at] <= '7'; i++, at++)
        cp = cp * 8 + (uint32_t)(lx->text[at] - '0');
    add_code_point(out, cp);
    return at;
}

uint32_t string_escape(Lexer *lx, uint32_t pos, uint32_t end, Str *out) {
    static const char from[] = "abfnrtv\\'\"", to[] = "\a\b\f\n\r\t\v\\'\"";
    char c = pos + 1 < end ? lx->text[pos + 1] : '\0';
    const char *known = c ? strchr(from, c) : NULL;
    if (known) {
        str_addc(out, to[known - from]);
        return pos + 2;
    }
    switch (c) {
    case '\r':
        return pos + 2 + (pos + 2 < end && lx->text[pos + 2] == '\n');
    case '\n':
        return pos + 2;
    case 'x':
        return hex_escape(lx, pos, end, 2, out);
    case 'u':
        return hex_escape(lx, pos, end, 4, out);
    case 'U':
        return hex_escape(lx, pos, end, 8, out);
    case 'N':
        return lex_fail(lx, ERR_SYNTAX, (Span){pos, pos + 2},
                        "type the character itself, or its number: \\u03b1",
                        "characters by name (\\N{...}) are not part of qkv"),
               0;
    default:
        if (c >= '0' && c <= '7') return octal_escape(lx, pos, end, out);
        str_addc(out, '\\'); /* as Python does: an unknown escape stays as it is */
        return pos + 1;
    }
}

bool string_decode(Lexer *lx, Token t, Str *out) {
    const char *s = lx->text;
    for (uint32_t pos = t.str.body.start, end = t.str.body.end; pos < end;) {
        uint32_t run = pos;
        while (run < end && s[run] != '\\' && s[run] != '\r') run++;
        str_addn(out, s + pos, run - pos);
        pos = run;
        if (pos == end) break;
        if (s[pos] == '\r') {
            str_addc(out, '\n');
            pos += 1 + (pos + 1 < end && s[pos + 1] == '\n');
        } else if (t.str.flags & STRING_RAW) {
            str_addc(out, s[pos++]);
        } else {
            pos = string_escape(lx, pos, end, out);
            if (pos == 0) return false;
        }
    }
    return true;
}
