/* Text -> tokens, one at a time, on demand: the parser looks at most one token
 * ahead, so an f-string's fields can be lexed in place, with spans into the same
 * Source, by moving the lexer there and back.
 *
 *     Lexer lx;
 *     lex_init(&lx, src, arena, err);
 *     for (Token t = lex_next(&lx); t.kind > TOK_END; t = lex_next(&lx)) ...
 *
 * The text must be valid UTF-8 (parse() sees to it). A mistake gives TOK_ERROR
 * with err set; the lexer is of no further use then.
 */
#ifndef QKV_LANG_LEX_H
#define QKV_LANG_LEX_H

#include "base/arena.h"
#include "base/err.h"
#include "base/source.h"
#include "base/str.h"
#include "lang/token.h"

enum { LANG_MAX_NEST = 200, LEX_MAX_INDENT = 100 };

typedef struct Lexer {
    Source *src;
    Arena *arena;
    Err *err;
    const char *text;
    uint32_t pos, end;
    bool line_start; /* the indentation of the line at pos is still to be read */
    bool first;      /* the next token is the first of its line */
    bool incomplete; /* the text ended inside a bracket, a triple quote or a joined line */
    int field;       /* brackets open inside which ':' ends an f-string's expression; 0: none */
    int pending;     /* INDENT (+1) or DEDENT (-n) tokens still to be given */
    int nindents;
    /* Columns of the open blocks, tabs to multiples of 8 and tabs as 1: where the two
     * disagree about what is deeper, the text mixes tabs and spaces. */
    struct {
        int col, alt;
    } indents[LEX_MAX_INDENT];
    int nbrackets;
    struct {
        char open;
        uint32_t at;
    } brackets[LANG_MAX_NEST];
} Lexer;

void lex_init(Lexer *lx, Source *src, Arena *arena, Err *err);
Token lex_next(Lexer *lx);

/* ---- shared by the lexer's and the parser's files ------------------------------ */

/* Sets a SyntaxError (or kind) with a frame at span, unless an error is set already. hint
 * may be NULL. Returns a TOK_ERROR token at span. */
Token lex_fail(Lexer *lx, ErrKind kind, Span span, const char *hint, const char *fmt, ...) COLD
    PRINTF_LIKE(5, 6);
void lex_vfail(Lexer *lx, ErrKind kind, Span span, const char *hint, const char *fmt,
               va_list ap) COLD;
/* Text made in the arena, for hints. */
const char *lex_text(Lexer *lx, const char *fmt, ...) COLD PRINTF_LIKE(2, 3);
/* The source text of a span, made printable and cut at 40 characters; in the arena. */
const char *lex_snippet(Lexer *lx, Span span) COLD;
/* The line that an offset stands in, as shown to the user. */
int lex_line(const Lexer *lx, uint32_t offset);
/* The kind of the word [s, s + n): a keyword's or TOK_NAME. */
TokenKind lex_word_kind(const char *s, size_t n);
/* Bytes of the identifier character at pos, 0 when there is none. */
int lex_ident_start(const Lexer *lx, uint32_t pos);
int lex_ident_more(const Lexer *lx, uint32_t pos);
static inline char lex_at(const Lexer *lx, uint32_t pos) {
    return pos < lx->end ? lx->text[pos] : '\0';
}

/* literal.c: lx->pos stands on the first digit (or point), or on the opening quote with
 * the prefix between start and it. */
Token lex_number(Lexer *lx);
Token lex_string(Lexer *lx, uint32_t start);

/* string.c: the character of the escape at pos (a backslash) is added to out; returns the
 * offset behind it, or 0 with err set. */
uint32_t string_escape(Lexer *lx, uint32_t pos, uint32_t end, Str *out);
/* The body of a string without fields, escapes resolved, line ends made \n. */
bool string_decode(Lexer *lx, Token t, Str *out);

#endif
