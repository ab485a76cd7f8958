/* The parser's inside, shared by its files: recursive descent with precedence
 * climbing, one token of lookahead (two where a name may be a keyword argument).
 *
 * Conventions: every parse_X returns NULL with err set; on entry p->tok is X's
 * first token, on return the first token behind it. Lists grow on p->nodes (or
 * p->bytes for structs) above a mark and are then moved to the arena, so that
 * a failure leaves nothing to free but the Parser itself.
 */
#ifndef QKV_LANG_PARSE_H
#define QKV_LANG_PARSE_H

#include "lang/ast.h"
#include "lang/lex.h"

/* A left-deep chain (a + b + c ..., x.f().g()...) costs no parser recursion, but the tree's
 * readers recurse: an expression's height and an elif chain's length are bounded too. */
enum { PARSE_MAX_HEIGHT = 2000, PARSE_MAX_ELIFS = 1000 };

typedef struct Parser {
    Lexer lx;
    Arena *arena;
    Err *err;
    Token tok, ahead;  /* the current token and, when has_ahead, the one behind it */
    Token prev, prev2; /* the last two that were taken */
    bool has_ahead;
    bool interactive, blank_end; /* the text ends in an empty line */
    bool in_func, in_loop;
    bool block_last; /* the statement parsed last was a compound one */
    int depth;       /* nesting of expressions and blocks */
    int height;      /* at least the height of the expression being parsed */
    int elifs;
    VEC(Node *) nodes;
    Str bytes;
} Parser;

/* ---- tokens (parser.c) ------------------------------------------------------------- */

void advance(Parser *p);
TokenKind peek(Parser *p);
static inline bool at(const Parser *p, TokenKind kind) {
    return p->tok.kind == kind;
}
bool accept(Parser *p, TokenKind kind);
/* what: the construct that wants the token, for the message: "a call", "the if line". */
bool expect(Parser *p, TokenKind kind, const char *what);
/* The text of a name token: normalised as Python does (NFKC), in the arena. */
const char *token_name(Parser *p, Token t);
/* Takes a name; what as in expect, "the name of a function". NULL with err set. */
const char *expect_name(Parser *p, const char *what);
bool starts_expr(TokenKind k); /* may an expression begin with it? */

/* ---- building (parser.c) ------------------------------------------------------------ */

/* Span from start to the end of the last token taken. */
Node *node_new(Parser *p, NodeKind kind, uint32_t start);
Span span_from(const Parser *p, uint32_t start);
static inline size_t nodes_mark(const Parser *p) {
    return p->nodes.count;
}
void nodes_push(Parser *p, Node *n);
NodeList nodes_take(Parser *p, size_t mark);
static inline size_t bytes_mark(const Parser *p) {
    return p->bytes.len;
}
#define bytes_push(p, ptr) str_addn(&(p)->bytes, (const char *)(ptr), sizeof *(ptr))
/* Moves the structs above mark to the arena; *count of them, each of `size` bytes. */
void *bytes_take(Parser *p, size_t mark, size_t size, int *count);
/* lex_fail with ERR_SYNTAX for the parser: always NULL, so that `return fail(...)` reads well. */
Node *fail(Parser *p, Span span, const char *hint, const char *fmt, ...) COLD PRINTF_LIKE(4, 5);
/* Every recursion passes through enter ... leave; enter fails (false) at LANG_MAX_NEST. */
bool enter(Parser *p);
static inline void leave(Parser *p) {
    p->depth--;
}
/* One more link of a left-deep chain; false with err set at the limit. */
bool grow_height(Parser *p);

/* ---- expressions ------------------------------------------------------------------- */

typedef enum Prec {
    PREC_NONE,
    PREC_OR,
    PREC_AND,
    PREC_NOT,
    PREC_COMPARE,
    PREC_BITOR,
    PREC_BITXOR,
    PREC_BITAND,
    PREC_SHIFT,
    PREC_SUM,
    PREC_TERM,
    PREC_UNARY,
    PREC_POWER
} Prec;

Node *parse_expr(Parser *p);             /* conditional, lambda */
Node *parse_named_expr(Parser *p);       /* expr or name := expr */
Node *parse_binary(Parser *p, Prec min); /* operators that bind at least as tightly */
Node *parse_item(Parser *p);             /* named_expr or *bitor */
Node *parse_expr_list(Parser *p);        /* item [, item ...]: a bare tuple where a comma is */
Node *parse_yield_or_list(Parser *p);
Node *parse_target_list(Parser *p); /* for TARGETS in: checked as targets */
Node *parse_primary(Parser *p);     /* atom with calls, indexes, attributes */
Node *parse_atom(Parser *p);
Node *parse_strings(Parser *p); /* adjacent literals joined */
/* A comprehension from its first for on. The closer is taken and belongs to the span;
 * TOK_ERROR: it has none of its own, f(x for x in xs). */
Node *parse_comp(Parser *p, NodeKind kind, Node *elt, Node *value, uint32_t start, TokenKind close);
/* Arguments up to and with the ')': p->tok is behind the '('. */
bool parse_arguments(Parser *p, const char *what, NodeList *args, Keyword **kws, int *nkws);
/* Parameters up to `close` (not taken): ')' for def, ':' for lambda. */
bool parse_params(Parser *p, TokenKind close, Param **params, int *count);

/* ---- statements -------------------------------------------------------------------- */

bool parse_statement(Parser *p);   /* pushes one or more nodes */
Node *parse_compound(Parser *p);   /* if, for, def, ...; NULL and no err: not one */
bool parse_simple_line(Parser *p); /* simple statements of one line, pushed */
bool parse_block(Parser *p, const char *what, uint32_t header, NodeList *out);
Node *parse_def(Parser *p, NodeList decorators, uint32_t start);
Node *parse_class(Parser *p, NodeList decorators, uint32_t start);

/* ---- targets (target.c) ------------------------------------------------------------- */

/* Fails unless n can be assigned to (del: deleted). */
typedef enum TargetUse {
    TARGET_ASSIGN,
    TARGET_FOR,
    TARGET_WITH,
    TARGET_DEL,
    TARGET_AUG,
    TARGET_ANN
} TargetUse;
bool check_target(Parser *p, const Node *n, TargetUse use);

/* ---- teaching (teach.c) --------------------------------------------------------------- */

/* A value was expected at p->tok. */
Node *fail_operand(Parser *p);
/* p->tok is not the `kind` that `what` wants. */
Node *fail_expected(Parser *p, TokenKind kind, const char *what);
/* A simple statement is complete but its line goes on. first: its expression, or NULL. */
Node *fail_line_goes_on(Parser *p, const Node *first);
/* A word that begins no statement here: else, elif, async, an indented line... */
Node *fail_statement(Parser *p);
/* The header of a block lacks its colon. */
Node *fail_colon(Parser *p, const char *what);
/* "a call", "a comparison" */
const char *node_kind_text(const Node *n);

#endif
