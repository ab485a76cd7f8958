/* Tokens of the dialect: Python 3.11's. One table names every kind, so that the
 * lexer's operator match, the keyword search and the error texts cannot disagree. */
#ifndef QKV_LANG_TOKEN_H
#define QKV_LANG_TOKEN_H

#include "base/source.h"

/* X(enum suffix, how an error calls it) */
#define TOKEN_MARKS(X)                                                                             \
    X(ERROR, "an error")                                                                           \
    X(END, "the end of the text")                                                                  \
    X(NEWLINE, "the end of the line")                                                              \
    X(INDENT, "an indented line")                                                                  \
    X(DEDENT, "the end of the block")                                                              \
    X(NAME, "a name")                                                                              \
    X(INT, "a number")                                                                             \
    X(FLOAT, "a number")                                                                           \
    X(IMAG, "a number")                                                                            \
    X(STRING, "a string")

/* Longest first: the lexer takes the first that fits. */
#define TOKEN_OPERATORS(X)                                                                         \
    X(DSTAR_EQ, "**=")                                                                             \
    X(DSLASH_EQ, "//=")                                                                            \
    X(LSHIFT_EQ, "<<=")                                                                            \
    X(RSHIFT_EQ, ">>=")                                                                            \
    X(ELLIPSIS, "...")                                                                             \
    X(EQ, "==")                                                                                    \
    X(NE, "!=")                                                                                    \
    X(LE, "<=")                                                                                    \
    X(GE, ">=")                                                                                    \
    X(LSHIFT, "<<")                                                                                \
    X(RSHIFT, ">>")                                                                                \
    X(DSTAR, "**")                                                                                 \
    X(DSLASH, "//")                                                                                \
    X(ARROW, "->")                                                                                 \
    X(WALRUS, ":=")                                                                                \
    X(PLUS_EQ, "+=")                                                                               \
    X(MINUS_EQ, "-=")                                                                              \
    X(STAR_EQ, "*=")                                                                               \
    X(SLASH_EQ, "/=")                                                                              \
    X(PERCENT_EQ, "%=")                                                                            \
    X(AT_EQ, "@=")                                                                                 \
    X(AMP_EQ, "&=")                                                                                \
    X(PIPE_EQ, "|=")                                                                               \
    X(CARET_EQ, "^=")                                                                              \
    X(LPAR, "(")                                                                                   \
    X(RPAR, ")")                                                                                   \
    X(LSQB, "[")                                                                                   \
    X(RSQB, "]")                                                                                   \
    X(LBRACE, "{")                                                                                 \
    X(RBRACE, "}")                                                                                 \
    X(COMMA, ",")                                                                                  \
    X(DOT, ".")                                                                                    \
    X(ASSIGN, "=")                                                                                 \
    X(COLON, ":")                                                                                  \
    X(PLUS, "+")                                                                                   \
    X(MINUS, "-")                                                                                  \
    X(STAR, "*")                                                                                   \
    X(SLASH, "/")                                                                                  \
    X(PERCENT, "%")                                                                                \
    X(AT, "@")                                                                                     \
    X(AMP, "&")                                                                                    \
    X(PIPE, "|")                                                                                   \
    X(CARET, "^")                                                                                  \
    X(TILDE, "~")                                                                                  \
    X(LT, "<")                                                                                     \
    X(GT, ">")                                                                                     \
    X(SEMI, ";")                                                                                   \
    X(BANG, "!")

/* In the order of strcmp: found by binary search. */
#define TOKEN_KEYWORDS(X)                                                                          \
    X(FALSE, "False")                                                                              \
    X(NONE, "None")                                                                                \
    X(TRUE, "True")                                                                                \
    X(AND, "and")                                                                                  \
    X(AS, "as")                                                                                    \
    X(ASSERT, "assert")                                                                            \
    X(ASYNC, "async")                                                                              \
    X(AWAIT, "await")                                                                              \
    X(BREAK, "break")                                                                              \
    X(CLASS, "class")                                                                              \
    X(CONTINUE, "continue")                                                                        \
    X(DEF, "def")                                                                                  \
    X(DEL, "del")                                                                                  \
    X(ELIF, "elif")                                                                                \
    X(ELSE, "else")                                                                                \
    X(EXCEPT, "except")                                                                            \
    X(FINALLY, "finally")                                                                          \
    X(FOR, "for")                                                                                  \
    X(FROM, "from")                                                                                \
    X(GLOBAL, "global")                                                                            \
    X(IF, "if")                                                                                    \
    X(IMPORT, "import")                                                                            \
    X(IN, "in")                                                                                    \
    X(IS, "is")                                                                                    \
    X(LAMBDA, "lambda")                                                                            \
    X(NONLOCAL, "nonlocal")                                                                        \
    X(NOT, "not")                                                                                  \
    X(OR, "or")                                                                                    \
    X(PASS, "pass")                                                                                \
    X(RAISE, "raise")                                                                              \
    X(RETURN, "return")                                                                            \
    X(TRY, "try")                                                                                  \
    X(WHILE, "while")                                                                              \
    X(WITH, "with")                                                                                \
    X(YIELD, "yield")

typedef enum TokenKind {
#define X(id, text) TOK_##id,
    TOKEN_MARKS(X) TOKEN_OPERATORS(X)
#undef X
#define X(id, text) KW_##id,
        TOKEN_KEYWORDS(X)
#undef X
            TOK_KIND_COUNT
} TokenKind;

enum { STRING_RAW = 1u << 0, STRING_FORMAT = 1u << 1, STRING_TRIPLE = 1u << 2 };

typedef struct Token {
    TokenKind kind;
    Span span;
    bool first; /* the first of its line */
    union {
        uint64_t i; /* TOK_INT; 2^63 only survives behind a minus */
        double f;   /* TOK_FLOAT, TOK_IMAG */
        struct {
            unsigned flags; /* STRING_* */
            Span body;      /* between the quotes */
        } str;
    };
} Token;

/* "+", "if", "the end of the line" */
const char *token_kind_text(TokenKind kind);

static inline bool token_is_keyword(TokenKind k) {
    return k >= KW_FALSE && k < TOK_KIND_COUNT;
}
static inline bool token_is_operator(TokenKind k) {
    return k > TOK_STRING && k < KW_FALSE;
}

#endif
