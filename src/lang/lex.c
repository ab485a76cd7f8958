/* The lexer: indentation, brackets, names, operators; see lex.h. Numbers and
 * strings are in literal.c. */
#include "config.h"

#include "lang/lex.h"

#include <utf8proc.h>

#include "base/utf8.h"

static const char *const kind_texts[TOK_KIND_COUNT] = {
#define X(id, text) [TOK_##id] = text,
    TOKEN_MARKS(X) TOKEN_OPERATORS(X)
#undef X
#define X(id, text) [KW_##id] = text,
        TOKEN_KEYWORDS(X)
#undef X
};

const char *token_kind_text(TokenKind kind) {
    return kind_texts[kind];
}

void lex_init(Lexer *lx, Source *src, Arena *arena, Err *err) {
    lx->src = src;
    lx->arena = arena;
    lx->err = err;
    lx->text = source_text(src);
    lx->end = (uint32_t)source_len(src);
    lx->pos = lx->end >= 3 && memcmp(lx->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a BOM */
    lx->line_start = true;
    lx->first = lx->incomplete = false;
    lx->field = lx->pending = lx->nbrackets = 0;
    lx->nindents = 1;
    lx->indents[0].col = lx->indents[0].alt = 0;
}

/* ---- errors ---------------------------------------------------------------------- */

void lex_vfail(Lexer *lx, ErrKind kind, Span span, const char *hint, const char *fmt, va_list ap) {
    if (lx->err->kind != ERR_OK) return;
    Str s = STR_INIT;
    str_vprintf(&s, fmt, ap);
    err_set(lx->err, kind, "%s", str_cstr(&s));
    str_clear(&s);
    if (hint) err_hint(lx->err, "%s", hint);
    err_frame(lx->err, lx->src, span, "<module>");
}

Token lex_fail(Lexer *lx, ErrKind kind, Span span, const char *hint, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    lex_vfail(lx, kind, span, hint, fmt, ap);
    va_end(ap);
    return (Token){.kind = TOK_ERROR, .span = span};
}

const char *lex_text(Lexer *lx, const char *fmt, ...) {
    Str s = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&s, fmt, ap);
    va_end(ap);
    const char *kept = arena_strndup(lx->arena, str_cstr(&s), s.len);
    str_clear(&s);
    return kept;
}

const char *lex_snippet(Lexer *lx, Span span) {
    enum { MOST = 40 };
    const char *s = lx->text + span.start;
    size_t n = span.end - span.start;
    size_t cut = utf8_offset(s, MIN(n, (size_t)MOST * 4), MOST);
    const char *eol = memchr(s, '\n', MIN(n, cut));
    if (eol) cut = (size_t)(eol - s);
    Str out = STR_INIT;
    utf8_escape(&out, s, MIN(n, cut), false);
    if (cut < n) str_add(&out, "...");
    const char *kept = arena_strndup(lx->arena, str_cstr(&out), out.len);
    str_clear(&out);
    return kept;
}

int lex_line(const Lexer *lx, uint32_t offset) {
    int line, col;
    source_place(lx->src, offset, &line, &col);
    return line;
}

/* ---- names ----------------------------------------------------------------------- */

static int wide_ident(const Lexer *lx, uint32_t pos, bool first) {
    uint32_t cp;
    int n = utf8_decode(lx->text + pos, lx->end - pos, &cp);
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        return n;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
        return first ? 0 : n;
    default:
        return 0;
    }
}

int lex_ident_start(const Lexer *lx, uint32_t pos) {
    unsigned char c = (unsigned char)lex_at(lx, pos);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return 1;
    return c < 0x80 ? 0 : wide_ident(lx, pos, true);
}

int lex_ident_more(const Lexer *lx, uint32_t pos) {
    unsigned char c = (unsigned char)lex_at(lx, pos);
    if (c >= '0' && c <= '9') return 1;
    if (c >= 0x80) return wide_ident(lx, pos, false);
    return lex_ident_start(lx, pos);
}

TokenKind lex_word_kind(const char *s, size_t n) {
    int lo = KW_FALSE, hi = TOK_KIND_COUNT;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        const char *word = kind_texts[mid];
        int order = strncmp(s, word, n);
        if (order == 0 && word[n] == '\0') return (TokenKind)mid;
        if (order > 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return TOK_NAME;
}

/* A name, a keyword, or the prefix of a string. */
static Token lex_word(Lexer *lx) {
    uint32_t start = lx->pos;
    for (int n; (n = lex_ident_more(lx, lx->pos)) > 0;) lx->pos += (uint32_t)n;
    size_t len = lx->pos - start;
    char next = lex_at(lx, lx->pos);
    if (len <= 2 && (next == '"' || next == '\'') && strspn(lx->text + start, "rRbBuUfF") >= len)
        return lex_string(lx, start);
    return (Token){.kind = lex_word_kind(lx->text + start, len), .span = {start, lx->pos}};
}

/* ---- indentation ----------------------------------------------------------------- */

static Token indent_error(Lexer *lx, uint32_t line, const char *hint, const char *what) {
    uint32_t end = lx->pos;
    for (int n; (n = lex_ident_more(lx, end)) > 0;) end += (uint32_t)n;
    Span span = {line, MAX(end, lx->pos)};
    return lex_fail(lx, ERR_INDENT, span, hint, "%s", what);
}

/* Compares the new line's columns with the open blocks; false with err set. */
static bool set_indent(Lexer *lx, uint32_t line, int col, int alt) {
    static const char mixed[] = "this line's indentation mixes tabs and spaces differently from "
                                "the lines above";
    static const char same[] = "indent every line of a block with spaces only";
    int top = lx->nindents - 1;
    if (col == lx->indents[top].col) {
        if (alt != lx->indents[top].alt) return indent_error(lx, line, same, mixed), false;
        return true;
    }
    if (col > lx->indents[top].col) {
        if (alt <= lx->indents[top].alt) return indent_error(lx, line, same, mixed), false;
        if (lx->nindents == LEX_MAX_INDENT)
            return indent_error(lx, line, "move the inner part into a function of its own",
                                "more than 100 levels of indentation"),
                   false;
        lx->indents[lx->nindents].col = col;
        lx->indents[lx->nindents++].alt = alt;
        lx->pending = 1;
        return true;
    }
    while (col < lx->indents[lx->nindents - 1].col) {
        lx->nindents--;
        lx->pending--;
    }
    top = lx->nindents - 1;
    if (col != lx->indents[top].col)
        return indent_error(lx, line, "line it up with the block that it belongs to",
                            lex_text(lx,
                                     "this line is indented by %d, and no block above is: the "
                                     "nearest is indented by %d",
                                     col, lx->indents[top].col)),
               false;
    if (alt != lx->indents[top].alt) return indent_error(lx, line, same, mixed), false;
    return true;
}

/* Skips blank lines and comments, measures the first real line. False with err set. */
static bool line_begins(Lexer *lx) {
    for (;;) {
        uint32_t line = lx->pos;
        int col = 0, alt = 0;
        for (;; lx->pos++) {
            char c = lex_at(lx, lx->pos);
            if (c == ' ')
                col++, alt++;
            else if (c == '\t')
                col = (col / 8 + 1) * 8, alt++;
            else if (c == '\f')
                col = alt = 0;
            else
                break;
        }
        if (lex_at(lx, lx->pos) == '#') {
            while (lx->pos < lx->end && lx->text[lx->pos] != '\n') lx->pos++;
        }
        if (lx->pos >= lx->end) return set_indent(lx, line, 0, 0);
        char c = lx->text[lx->pos];
        if (c != '\n' && c != '\r') return set_indent(lx, line, col, alt);
        lx->pos++;
    }
}

/* ---- characters that are no token ------------------------------------------------- */

static const struct {
    uint32_t cp;
    const char *is, *hint;
} strangers[] = {
    {'?', "'?' is no operator", "for a choice write: a if condition else b"},
    {'$', "'$' is no part of a name", "names have letters, digits and _"},
    {'`', "'`' is no quote", "use ' or \" around a string"},
    {0x00a0, "this is a non-breaking space, not a space",
     "retype the space (text pasted from a page)"},
    {0x200b, "an invisible character (zero-width space) stands here",
     "delete and retype this spot"},
    {0x2018, "this is a typographic quote", "use ' or \""},
    {0x2019, "this is a typographic quote", "use ' or \""},
    {0x201c, "this is a typographic quote", "use ' or \""},
    {0x201d, "this is a typographic quote", "use ' or \""},
    {0x201e, "this is a typographic quote", "use ' or \""},
    {0x00ab, "this is a typographic quote", "use ' or \""},
    {0x00bb, "this is a typographic quote", "use ' or \""},
    {0x2212, "this is a typographic minus sign", "use -"},
    {0x2013, "this is a dash, not a minus sign", "use -"},
    {0x2014, "this is a dash, not a minus sign", "use -"},
    {0x00d7, "this is a multiplication sign", "use * (or @ for a matrix product)"},
    {0x00b7, "this is a multiplication sign", "use * (or @ for a matrix product)"},
    {0x22c5, "this is a multiplication sign", "use * (or @ for a matrix product)"},
    {0x00f7, "this is a division sign", "use /"},
    {0x2264, "this is the sign for at most", "use <="},
    {0x2265, "this is the sign for at least", "use >="},
    {0x2260, "this is the sign for unequal", "use !="},
    {0x2190, "this is an arrow", "use = to assign"},
    {0x2192, "this is an arrow", "use -> before a return annotation"},
    {0x2026, "this is a typographic ellipsis", "use three points: ..."},
    {0x221a, "this is a root sign", "use math.sqrt(x) or x.sqrt()"},
    {0x00b2, "this is a superscript", "use ** 2"},
    {0xff08, "this is a full-width parenthesis", "use ("},
    {0xff09, "this is a full-width parenthesis", "use )"},
    {0xff0c, "this is a full-width comma", "use ,"},
    {0xff1a, "this is a full-width colon", "use :"},
};

static Token stranger(Lexer *lx) {
    uint32_t cp;
    int n = utf8_decode(lx->text + lx->pos, lx->end - lx->pos, &cp);
    Span span = {lx->pos, lx->pos + (uint32_t)n};
    for (size_t i = 0; i < ARRAY_LEN(strangers); i++)
        if (strangers[i].cp == cp)
            return lex_fail(lx, ERR_SYNTAX, span, strangers[i].hint, "%s", strangers[i].is);
    if (cp < 0x20 || cp == 0x7f)
        return lex_fail(lx, ERR_SYNTAX, span, "delete it",
                        "an invisible control character (U+%04X) stands here", cp);
    return lex_fail(lx, ERR_SYNTAX, span, "inside quotes any character may stand",
                    "the character %s (U+%04X) has no meaning in code", lex_snippet(lx, span), cp);
}

/* ---- brackets and operators -------------------------------------------------------- */

static char closer_of(char open) {
    return open == '(' ? ')' : open == '[' ? ']' : '}';
}

static Token bracket(Lexer *lx, Token t) {
    char c = lx->text[t.span.start];
    if (t.kind == TOK_LPAR || t.kind == TOK_LSQB || t.kind == TOK_LBRACE) {
        if (lx->nbrackets == LANG_MAX_NEST)
            return lex_fail(lx, ERR_SYNTAX, t.span, "give the inner part a name of its own",
                            "more than %d brackets are open", LANG_MAX_NEST);
        lx->brackets[lx->nbrackets].open = c;
        lx->brackets[lx->nbrackets++].at = t.span.start;
        return t;
    }
    if (lx->nbrackets == 0)
        return lex_fail(lx, ERR_SYNTAX, t.span, "delete it, or open the bracket before it",
                        "'%c' closes a bracket that was never opened", c);
    char open = lx->brackets[lx->nbrackets - 1].open;
    uint32_t at = lx->brackets[lx->nbrackets - 1].at;
    if (closer_of(open) != c) {
        int line = lex_line(lx, at);
        const char *where =
            line == lex_line(lx, t.span.start) ? "on this line" : lex_text(lx, "on line %d", line);
        return lex_fail(lx, ERR_SYNTAX, t.span, lex_text(lx, "close it with '%c'", closer_of(open)),
                        "'%c' does not close the '%c' that was opened %s", c, open, where);
    }
    lx->nbrackets--;
    return t;
}

static Token lex_operator(Lexer *lx) {
    const char *s = lx->text + lx->pos;
    size_t room = lx->end - lx->pos;
    for (TokenKind k = TOK_DSTAR_EQ; k <= TOK_BANG; k++) {
        const char *op = kind_texts[k];
        size_t n = strlen(op);
        if (op[0] != s[0] || n > room || memcmp(op, s, n) != 0) continue;
        /* {x:=8} in an f-string is a format spec, not a walrus */
        if (k == TOK_WALRUS && lx->field && lx->nbrackets == lx->field) continue;
        Token t = {.kind = k, .span = {lx->pos, lx->pos + (uint32_t)n}};
        lx->pos += (uint32_t)n;
        return k >= TOK_LPAR && k <= TOK_RBRACE ? bracket(lx, t) : t;
    }
    return stranger(lx);
}

/* ---- one token --------------------------------------------------------------------- */

/* Skips blanks, comments, joined lines and, inside brackets, line ends. Sets *first when a
 * line end was passed. False with err set. */
static bool skip_space(Lexer *lx, bool *first) {
    for (;;) {
        char c = lex_at(lx, lx->pos);
        if (lx->pos >= lx->end) return true;
        if (c == ' ' || c == '\t' || c == '\f') {
            lx->pos++;
        } else if (c == '#') {
            while (lx->pos < lx->end && lx->text[lx->pos] != '\n') lx->pos++;
        } else if (c == '\n' || c == '\r') {
            if (lx->nbrackets == 0) return true;
            *first = true;
            lx->pos++;
        } else if (c == '\\') {
            uint32_t at = lx->pos++;
            if (lex_at(lx, lx->pos) == '\r') lx->pos++;
            if (lex_at(lx, lx->pos) == '\n') lx->pos++;
            lx->incomplete = lx->pos >= lx->end && !lx->field;
            if (lx->text[lx->pos - 1] != '\n' && lx->text[lx->pos - 1] != '\r')
                return lex_fail(lx, ERR_SYNTAX, (Span){at, at + 1},
                                "put the backslash last on its line, or use brackets",
                                "a backslash joins lines only as a line's last character"),
                       false;
        } else {
            return true;
        }
    }
}

static Token at_end(Lexer *lx, bool first) {
    Span here = {lx->end, lx->end};
    if (lx->nbrackets > 0) {
        lx->incomplete = !lx->field;
        return (Token){.kind = TOK_END, .span = here};
    }
    lx->line_start = true;
    return (Token){.kind = first ? TOK_END : TOK_NEWLINE, .span = here};
}

static Token line_end(Lexer *lx) {
    uint32_t at = lx->pos++;
    if (lx->text[at] == '\r' && lex_at(lx, lx->pos) == '\n') lx->pos++;
    lx->line_start = true;
    return (Token){.kind = TOK_NEWLINE, .span = {at, at}};
}

Token lex_next(Lexer *lx) {
    const Token error = {.kind = TOK_ERROR, .span = {lx->pos, lx->pos}};
    if (lx->line_start && lx->nbrackets == 0) {
        if (!line_begins(lx)) return error;
        lx->line_start = false;
        lx->first = true;
    }
    if (lx->pending != 0) {
        TokenKind kind = lx->pending > 0 ? TOK_INDENT : TOK_DEDENT;
        lx->pending += lx->pending > 0 ? -1 : 1;
        uint32_t line = lx->pos;
        while (line > 0 && (lx->text[line - 1] == ' ' || lx->text[line - 1] == '\t')) line--;
        return (Token){.kind = kind, .span = {line, lx->pos}, .first = true};
    }
    bool first = lx->first;
    lx->first = false;
    if (!skip_space(lx, &first)) return error;
    if (lx->pos >= lx->end) return at_end(lx, first);

    char c = lx->text[lx->pos];
    if (c == '\n' || c == '\r') return line_end(lx);
    Token t;
    if (lex_ident_start(lx, lx->pos))
        t = lex_word(lx);
    else if ((c >= '0' && c <= '9') ||
             (c == '.' && lex_at(lx, lx->pos + 1) >= '0' && lex_at(lx, lx->pos + 1) <= '9'))
        t = lex_number(lx);
    else if (c == '"' || c == '\'')
        t = lex_string(lx, lx->pos);
    else
        t = lex_operator(lx);
    t.first = first;
    return t;
}
