/* Simple statements: assignment in its forms, del, return, raise, import, ... */
#include "config.h"

#include "lang/parse.h"

/* ---- assignment ------------------------------------------------------------------------- */

/* Augmented assignments stand in the order of their operators' tokens. */
static bool aug_op(TokenKind kind, Op *op) {
    static const Op ops[] = {
        [TOK_DSTAR_EQ] = OP_POW,     [TOK_DSLASH_EQ] = OP_FLOORDIV, [TOK_LSHIFT_EQ] = OP_LSHIFT,
        [TOK_RSHIFT_EQ] = OP_RSHIFT, [TOK_PLUS_EQ] = OP_ADD,        [TOK_MINUS_EQ] = OP_SUB,
        [TOK_STAR_EQ] = OP_MUL,      [TOK_SLASH_EQ] = OP_DIV,       [TOK_PERCENT_EQ] = OP_MOD,
        [TOK_AT_EQ] = OP_MATMUL,     [TOK_AMP_EQ] = OP_AND,         [TOK_PIPE_EQ] = OP_OR,
        [TOK_CARET_EQ] = OP_XOR,
    };
    bool aug = (kind >= TOK_PLUS_EQ && kind <= TOK_CARET_EQ) || kind == TOK_DSTAR_EQ ||
               kind == TOK_DSLASH_EQ || kind == TOK_LSHIFT_EQ || kind == TOK_RSHIFT_EQ;
    if (aug) *op = ops[kind];
    return aug;
}

/* aug: target op= (yield | expr_list) */
static Node *parse_aug(Parser *p, Node *target, Op op, uint32_t start) {
    if (!check_target(p, target, TARGET_AUG)) return NULL;
    advance(p);
    Node *value = parse_yield_or_list(p);
    if (!value) return NULL;
    Node *n = node_new(p, ST_AUG, start);
    n->bin.op = op;
    n->bin.left = target;
    n->bin.right = value;
    return n;
}

/* ann: target ':' expr ['=' (yield | expr_list)] */
static Node *parse_ann(Parser *p, Node *target, uint32_t start) {
    size_t mark = nodes_mark(p);
    nodes_push(p, target);
    advance(p);
    Node *annotation = parse_expr(p), *value = NULL;
    if (!annotation) return NULL;
    if (accept(p, TOK_ASSIGN)) {
        value = parse_yield_or_list(p);
        if (!value) return NULL;
    }
    Node *n = node_new(p, ST_ANN, start);
    n->assign.targets = nodes_take(p, mark);
    n->assign.annotation = annotation;
    n->assign.value = value;
    return n;
}

/* assign: (targets '=')+ (yield | expr_list), behind the first target */
static Node *parse_assign(Parser *p, Node *first, uint32_t start) {
    size_t mark = nodes_mark(p);
    Node *value = first;
    while (at(p, TOK_ASSIGN)) {
        if (!check_target(p, value, TARGET_ASSIGN)) return NULL;
        nodes_push(p, value);
        advance(p);
        value = parse_yield_or_list(p);
        if (!value) return NULL;
    }
    if (value->kind == EX_STARRED)
        return fail(p, value->span, "a tuple of it is written with a comma: *x,",
                    "a *value stands only in a list, a tuple, a set or a call");
    Node *n = node_new(p, ST_ASSIGN, start);
    n->assign.targets = nodes_take(p, mark);
    n->assign.value = value;
    return n;
}

/* expression, assignment, augmented or annotated assignment */
static Node *parse_expr_stmt(Parser *p) {
    uint32_t start = p->tok.span.start;
    if (!starts_expr(p->tok.kind) && !at(p, KW_YIELD)) return fail_statement(p);
    Node *first = parse_yield_or_list(p);
    if (!first) return NULL;
    Op op;
    if (at(p, TOK_ASSIGN)) return parse_assign(p, first, start);
    if (aug_op(p->tok.kind, &op)) return parse_aug(p, first, op, start);
    if (at(p, TOK_COLON) &&
        (first->kind == EX_NAME || first->kind == EX_ATTR || first->kind == EX_INDEX) &&
        peek(p) != TOK_NEWLINE)
        return parse_ann(p, first, start);
    if (!at(p, TOK_NEWLINE) && !at(p, TOK_SEMI)) return fail_line_goes_on(p, first);
    Node *n = node_new(p, ST_EXPR, start);
    n->one = first;
    return n;
}

/* ---- the statements with a word ------------------------------------------------------------ */

/* 'del' targets */
static Node *parse_del(Parser *p, uint32_t start) {
    Node *what = parse_expr_list(p);
    if (!what || !check_target(p, what, TARGET_DEL)) return NULL;
    Node *n = node_new(p, ST_DEL, start);
    if (what->kind == EX_TUPLE) {
        n->list = what->list;
    } else {
        size_t mark = nodes_mark(p);
        nodes_push(p, what);
        n->list = nodes_take(p, mark);
    }
    return n;
}

/* 'return' [expr_list] */
static Node *parse_return(Parser *p, uint32_t start) {
    Node *value = NULL;
    if (!p->in_func)
        return fail(p, p->prev.span, "to show a value, print it",
                    "return stands only in a function");
    if (!at(p, TOK_NEWLINE) && !at(p, TOK_SEMI)) {
        value = parse_expr_list(p);
        if (!value) return NULL;
    }
    Node *n = node_new(p, ST_RETURN, start);
    n->one = value;
    return n;
}

/* 'raise' [expr ['from' expr]] */
static Node *parse_raise(Parser *p, uint32_t start) {
    Node *what = NULL, *cause = NULL;
    if (!at(p, TOK_NEWLINE) && !at(p, TOK_SEMI)) {
        what = parse_expr(p);
        if (!what) return NULL;
        if (at(p, TOK_COMMA))
            return fail(p, p->tok.span, "write: raise ValueError(\"text\")",
                        "an exception gets its text in brackets, not behind a comma");
        if (accept(p, KW_FROM) && !(cause = parse_expr(p))) return NULL;
    }
    Node *n = node_new(p, ST_RAISE, start);
    n->bin.left = what;
    n->bin.right = cause;
    return n;
}

/* 'assert' expr [',' expr] */
static Node *parse_assert(Parser *p, uint32_t start) {
    Node *message = NULL, *test = parse_named_expr(p);
    if (!test) return NULL;
    if (accept(p, TOK_COMMA) && !(message = parse_expr(p))) return NULL;
    Node *n = node_new(p, ST_ASSERT, start);
    n->bin.left = test;
    n->bin.right = message;
    return n;
}

/* ('global' | 'nonlocal') NAME (',' NAME)* */
static Node *parse_scope(Parser *p, NodeKind kind, uint32_t start) {
    if (kind == ST_NONLOCAL && !p->in_func)
        return fail(p, p->prev.span, "a variable of the module is reached by global",
                    "nonlocal stands only in a function");
    size_t spans = bytes_mark(p);
    const char *what = kind == ST_GLOBAL ? "global" : "nonlocal";
    VEC(const char *) names = {0};
    do {
        Span span = p->tok.span;
        const char *name = expect_name(p, what);
        if (!name) {
            vec_clear(&names);
            return NULL;
        }
        bytes_push(p, &span);
        vec_push(&names, name);
    } while (accept(p, TOK_COMMA));
    Node *n = node_new(p, kind, start);
    n->names.spans = bytes_take(p, spans, sizeof(Span), &n->names.count);
    n->names.items = arena_alloc(p->arena, names.count * sizeof(char *));
    memcpy(n->names.items, names.items, names.count * sizeof(char *));
    vec_clear(&names);
    return n;
}

/* ---- imports -------------------------------------------------------------------------------- */

/* NAME ('.' NAME)*: the dotted name, in the arena. */
static const char *parse_dotted(Parser *p, const char *what) {
    const char *name = expect_name(p, what);
    while (name && accept(p, TOK_DOT)) {
        const char *part = expect_name(p, what);
        name = part ? lex_text(&p->lx, "%s.%s", name, part) : NULL;
    }
    return name;
}

/* name ['as' NAME], pushed as an Alias */
static bool parse_alias(Parser *p, bool dotted) {
    uint32_t start = p->tok.span.start;
    Alias a = {0};
    a.name = dotted ? parse_dotted(p, "import") : expect_name(p, "import");
    if (!a.name) return false;
    if (accept(p, KW_AS) && !(a.asname = expect_name(p, "as"))) return false;
    a.span = span_from(p, start);
    bytes_push(p, &a);
    return true;
}

/* 'import' dotted ['as' NAME] (',' ...)* */
static Node *parse_import(Parser *p, uint32_t start) {
    size_t mark = bytes_mark(p);
    do
        if (!parse_alias(p, true)) return NULL;
    while (accept(p, TOK_COMMA));
    Node *n = node_new(p, ST_IMPORT, start);
    n->import.aliases = bytes_take(p, mark, sizeof(Alias), &n->import.count);
    return n;
}

/* '*' | alias (',' alias)* | '(' alias (',' alias)* [','] ')' */
static bool parse_from_names(Parser *p) {
    if (at(p, TOK_STAR)) {
        Alias a = {.name = "*", .span = p->tok.span};
        bytes_push(p, &a);
        advance(p);
        return true;
    }
    bool paren = accept(p, TOK_LPAR);
    do {
        if (paren && at(p, TOK_RPAR)) break;
        if (!parse_alias(p, false)) return false;
    } while (accept(p, TOK_COMMA));
    return !paren || expect(p, TOK_RPAR, "the import");
}

/* 'from' '.'* [dotted] 'import' names */
static Node *parse_from(Parser *p, uint32_t start) {
    int level = 0;
    for (; at(p, TOK_DOT) || at(p, TOK_ELLIPSIS); advance(p)) level += at(p, TOK_DOT) ? 1 : 3;
    const char *module = "";
    if (level == 0 || !at(p, KW_IMPORT)) {
        module = parse_dotted(p, "from");
        if (!module) return NULL;
    }
    if (!expect(p, KW_IMPORT, "from")) return NULL;
    size_t mark = bytes_mark(p);
    if (!parse_from_names(p)) return NULL;
    Node *n = node_new(p, ST_FROM, start);
    n->import.module = module;
    n->import.level = level;
    n->import.aliases = bytes_take(p, mark, sizeof(Alias), &n->import.count);
    return n;
}

/* ---- one simple statement, one line of them -------------------------------------------------- */

static Node *parse_loop_word(Parser *p, NodeKind kind, uint32_t start) {
    if (!p->in_loop)
        return fail(p, p->prev.span, "to leave a function, use return", "%s stands only in a loop",
                    token_kind_text(p->prev.kind));
    return node_new(p, kind, start);
}

static Node *parse_simple(Parser *p) {
    uint32_t start = p->tok.span.start;
    TokenKind word = p->tok.kind;
    if (!token_is_keyword(word)) return parse_expr_stmt(p);
    switch (word) {
    case KW_PASS:
        advance(p);
        return node_new(p, ST_PASS, start);
    case KW_BREAK:
        advance(p);
        return parse_loop_word(p, ST_BREAK, start);
    case KW_CONTINUE:
        advance(p);
        return parse_loop_word(p, ST_CONTINUE, start);
    case KW_DEL:
        advance(p);
        return parse_del(p, start);
    case KW_RETURN:
        advance(p);
        return parse_return(p, start);
    case KW_RAISE:
        advance(p);
        return parse_raise(p, start);
    case KW_ASSERT:
        advance(p);
        return parse_assert(p, start);
    case KW_GLOBAL:
        advance(p);
        return parse_scope(p, ST_GLOBAL, start);
    case KW_NONLOCAL:
        advance(p);
        return parse_scope(p, ST_NONLOCAL, start);
    case KW_IMPORT:
        advance(p);
        return parse_import(p, start);
    case KW_FROM:
        advance(p);
        return parse_from(p, start);
    default:
        return parse_expr_stmt(p);
    }
}

/* simple (';' simple)* [';'] NEWLINE */
bool parse_simple_line(Parser *p) {
    do {
        if (at(p, TOK_NEWLINE)) break;
        Node *n = parse_simple(p);
        if (!n) return false;
        nodes_push(p, n);
    } while (accept(p, TOK_SEMI));
    if (accept(p, TOK_NEWLINE)) return true;
    fail_line_goes_on(p, NULL);
    return false;
}
