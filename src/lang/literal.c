/* Numbers and the extent of strings; what is inside a string is string.c's. */
#include "config.h"

#include "lang/lex.h"

#include <locale.h>

/* ---- numbers --------------------------------------------------------------------- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int digit_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

/* Copies digits of the base, single underscores between them dropped. False with err set. */
static bool digits(Lexer *lx, int base, Str *out) {
    uint32_t start = lx->pos;
    for (;; lx->pos++) {
        char c = lex_at(lx, lx->pos);
        if (c == '_') {
            /* 0x_ff is fine: the prefix counts as a digit */
            bool after = lx->pos > start || base != 10;
            if (after && digit_value(lex_at(lx, lx->pos + 1)) < base) continue;
            lex_fail(lx, ERR_SYNTAX, (Span){lx->pos, lx->pos + 1}, "1_000_000 is how it is meant",
                     "an underscore in a number stands between two digits");
            return false;
        }
        if (digit_value(c) >= base) return true;
        str_addc(out, c);
    }
}

static const char digit_hint[] = "0b has the digits 0-1, 0o 0-7, 0x 0-9 and a-f";

/* The number must end here: 3x, 0b12, 10L. A keyword may follow directly (1if x else 2). */
static Token number_end(Lexer *lx, Token t, int base) {
    t.span.end = lx->pos;
    uint32_t end = lx->pos;
    for (int n; (n = lex_ident_more(lx, end)) > 0;) end += (uint32_t)n;
    if (end == lx->pos) return t;
    TokenKind word = lex_word_kind(lx->text + lx->pos, end - lx->pos);
    if (word == KW_AND || word == KW_ELSE || word == KW_FOR || word == KW_IF || word == KW_IN ||
        word == KW_IS || word == KW_NOT || word == KW_OR)
        return t;
    Span all = {t.span.start, end};
    char c = lex_at(lx, lx->pos);
    if (base != 10)
        return lex_fail(lx, ERR_SYNTAX, (Span){lx->pos, lx->pos + 1}, digit_hint,
                        "'%s' is no digit of a number in base %d",
                        lex_snippet(lx, (Span){lx->pos, lx->pos + 1}), base);
    if ((c == 'l' || c == 'L') && end == lx->pos + 1)
        return lex_fail(lx, ERR_SYNTAX, all, "leave the letter out", "ints take no suffix: %s",
                        lex_snippet(lx, all));
    return lex_fail(lx, ERR_SYNTAX, all, "a name begins with a letter or _; a product needs a *",
                    "a number runs into a name: %s", lex_snippet(lx, all));
}

static Token int_token(Lexer *lx, uint32_t start, const Str *s, int base) {
    Token t = {.kind = TOK_INT, .span = {start, lx->pos}};
    uint64_t v = 0;
    for (size_t i = 0; i < s->len; i++) {
        if (__builtin_mul_overflow(v, (uint64_t)base, &v) ||
            __builtin_add_overflow(v, (uint64_t)digit_value(s->buf[i]), &v) ||
            v > (uint64_t)INT64_MAX + 1)
            return lex_fail(lx, ERR_SYNTAX, t.span, "a float holds it approximately: write 1e20",
                            "%s does not fit in 64 bits; ints go up to 9223372036854775807",
                            lex_snippet(lx, t.span));
    }
    t.i = v;
    return number_end(lx, t, base);
}

static Token based_int(Lexer *lx, int base) {
    uint32_t start = lx->pos;
    lx->pos += 2;
    Str s = STR_INIT;
    Token t;
    if (!digits(lx, base, &s))
        t = (Token){.kind = TOK_ERROR};
    else if (s.len == 0)
        t = lex_fail(lx, ERR_SYNTAX, (Span){start, lx->pos}, digit_hint,
                     "%s wants digits of base %d behind it",
                     lex_snippet(lx, (Span){start, start + 2}), base);
    else
        t = int_token(lx, start, &s, base);
    str_clear(&s);
    return t;
}

/* strtod reads "1,5" in some locales: numbers in code are always in C's. */
static double c_strtod(const char *s) {
    static locale_t c_locale;
    if (!c_locale) c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return c_locale ? strtod_l(s, NULL, c_locale) : strtod(s, NULL);
}

/* [digits] [. digits] [e [+-] digits]; *is_float when more than digits stood there. */
static bool decimal(Lexer *lx, Str *s, bool *is_float) {
    if (!digits(lx, 10, s)) return false;
    if (lex_at(lx, lx->pos) == '.') {
        *is_float = true;
        str_addc(s, '.');
        lx->pos++;
        if (is_digit(lex_at(lx, lx->pos)) && !digits(lx, 10, s)) return false;
    }
    char e = lex_at(lx, lx->pos), sign = lex_at(lx, lx->pos + 1);
    bool has_sign = sign == '+' || sign == '-';
    if ((e == 'e' || e == 'E') && is_digit(lex_at(lx, lx->pos + 1 + has_sign))) {
        *is_float = true;
        str_addc(s, 'e');
        if (has_sign) str_addc(s, sign);
        lx->pos += 1 + has_sign;
        return digits(lx, 10, s);
    }
    return true;
}

static Token decimal_token(Lexer *lx, uint32_t start, const Str *s, bool is_float) {
    Token t = {.kind = TOK_FLOAT, .span = {start, lx->pos}};
    char j = lex_at(lx, lx->pos);
    if (j == 'j' || j == 'J') {
        lx->pos++;
        t.kind = TOK_IMAG;
    } else if (!is_float) {
        if (s->len > 1 && s->buf[0] == '0' && strspn(s->buf, "0") < s->len)
            return lex_fail(lx, ERR_SYNTAX, t.span,
                            lex_text(lx, "drop the zeros, or write 0o%s for base 8",
                                     lex_snippet(lx, (Span){start + 1, lx->pos})),
                            "a decimal int does not begin with 0: %s", lex_snippet(lx, t.span));
        return int_token(lx, start, s, 10);
    }
    t.f = c_strtod(str_cstr(s));
    return number_end(lx, t, 10);
}

Token lex_number(Lexer *lx) {
    uint32_t start = lx->pos;
    if (lex_at(lx, start) == '0') {
        char c = lex_at(lx, start + 1);
        if (c == 'x' || c == 'X') return based_int(lx, 16);
        if (c == 'o' || c == 'O') return based_int(lx, 8);
        if (c == 'b' || c == 'B') return based_int(lx, 2);
    }
    Str s = STR_INIT;
    bool is_float = false;
    Token t = {.kind = TOK_ERROR};
    if (decimal(lx, &s, &is_float)) t = decimal_token(lx, start, &s, is_float);
    str_clear(&s);
    return t;
}

/* ---- the extent of strings ---------------------------------------------------------- */

static bool closes(const Lexer *lx, uint32_t pos, char quote, bool triple) {
    return lex_at(lx, pos) == quote &&
           (!triple || (lex_at(lx, pos + 1) == quote && lex_at(lx, pos + 2) == quote));
}

static uint32_t string_end(Lexer *lx, uint32_t pos, char quote, unsigned flags, int depth);

/* A string inside an f-string's field, pos on its quote: offset behind it, 0 if it has no end.
 * Same quotes may nest, as in Python 3.12: in 3.11 that text is an error, so nothing changes. */
static uint32_t inner_string(Lexer *lx, uint32_t pos, int depth) {
    char quote = lx->text[pos];
    unsigned flags = closes(lx, pos, quote, true) ? STRING_TRIPLE : 0;
    for (uint32_t at = pos; at > 0 && pos - at < 2 && strchr("rRfFbBuU", lx->text[at - 1]); at--)
        if (lx->text[at - 1] == 'f' || lx->text[at - 1] == 'F') flags |= STRING_FORMAT;
    return string_end(lx, pos + (flags & STRING_TRIPLE ? 3 : 1), quote, flags, depth);
}

/* Behind the '}' that ends the field whose text begins at pos, or 0. */
static uint32_t field_end(Lexer *lx, uint32_t pos, char quote, unsigned flags, int depth) {
    bool triple = flags & STRING_TRIPLE, in_spec = false;
    int nest = 0;
    if (depth > LANG_MAX_NEST) return 0;
    while (pos < lx->end) {
        char c = lx->text[pos];
        if (c == '\n' && !triple) return 0;
        if (in_spec && closes(lx, pos, quote, triple)) return 0;
        if (in_spec && c == '{') {
            pos = field_end(lx, pos + 1, quote, flags, depth + 1);
            if (pos == 0) return 0;
            continue;
        }
        if (!in_spec && (c == '"' || c == '\'')) {
            pos = inner_string(lx, pos, depth + 1);
            if (pos == 0) return 0;
            continue;
        }
        if (c == '}' && nest == 0) return pos + 1;
        if (c == '(' || c == '[' || c == '{') nest++;
        if (c == ')' || c == ']' || c == '}') nest -= nest > 0;
        if (c == ':' && nest == 0) in_spec = true;
        pos++;
    }
    if (triple && !lx->field) lx->incomplete = true;
    return 0;
}

/* Behind the closing quotes of the string whose body begins at pos; 0 when it has no end, and
 * then err is set or lx->incomplete says that more text may bring it. */
static uint32_t string_end(Lexer *lx, uint32_t pos, char quote, unsigned flags, int depth) {
    bool triple = flags & STRING_TRIPLE, format = flags & STRING_FORMAT;
    while (pos < lx->end) {
        char c = lx->text[pos];
        if (c == '\\') {
            bool brace = format && lex_at(lx, pos + 1) == '{';
            pos += brace ? 1 : lex_at(lx, pos + 1) == '\r' && lex_at(lx, pos + 2) == '\n' ? 3 : 2;
        } else if ((c == '\n' || c == '\r') && !triple) {
            return 0;
        } else if (closes(lx, pos, quote, triple)) {
            return pos + (triple ? 3 : 1);
        } else if (format && c == '{' && lex_at(lx, pos + 1) == '{') {
            pos += 2;
        } else if (format && c == '{') {
            uint32_t after = field_end(lx, pos + 1, quote, flags, depth + 1);
            if (after == 0 && depth == 0 && !lx->incomplete)
                lex_fail(lx, ERR_SYNTAX, (Span){pos, pos + 1},
                         "close it with }, or write {{ for a plain brace",
                         "the '{' that opens a field of this f-string has no '}'");
            if (after == 0) return 0;
            pos = after;
        } else {
            pos++;
        }
    }
    if (triple && !lx->field) lx->incomplete = true;
    return 0;
}

static Token unterminated(Lexer *lx, uint32_t start, char quote, bool triple) {
    uint32_t end = start;
    while (end < lx->end && lx->text[end] != '\n' && lx->text[end] != '\r') end++;
    if (triple)
        return lex_fail(lx, ERR_SYNTAX, (Span){start, MIN(end, start + 3)},
                        lex_text(lx, "close it with %c%c%c", quote, quote, quote),
                        "this string is never closed: the text ends first");
    return lex_fail(lx, ERR_SYNTAX, (Span){start, end},
                    lex_text(lx, "close it with %c; a text of several lines stands in %c%c%c",
                             quote, quote, quote, quote),
                    "this string is not closed before the end of the line");
}

Token lex_string(Lexer *lx, uint32_t start) {
    unsigned flags = 0;
    for (uint32_t i = start; i < lx->pos; i++) {
        char c = lx->text[i];
        if (c == 'r' || c == 'R') flags |= STRING_RAW;
        if (c == 'f' || c == 'F') flags |= STRING_FORMAT;
        if (c == 'b' || c == 'B')
            return lex_fail(lx, ERR_SYNTAX, (Span){start, lx->pos + 1}, "leave the b out",
                            "bytes are not part of qkv: text is str, numbers are tensors");
    }
    char quote = lx->text[lx->pos];
    if (closes(lx, lx->pos, quote, true)) flags |= STRING_TRIPLE;
    uint32_t marks = flags & STRING_TRIPLE ? 3 : 1;
    uint32_t body = lx->pos + marks;
    uint32_t end = string_end(lx, body, quote, flags, 0);
    if (end == 0 || end > lx->end) return unterminated(lx, start, quote, marks == 3);
    lx->pos = end;
    return (Token){.kind = TOK_STRING,
                   .span = {start, end},
                   .str = {.flags = flags, .body = {body, end - marks}}};
}
