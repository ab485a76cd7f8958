/* Expressions down to calls, indexes and attributes. Grammar above each function, in
 * the notation of Python's reference. */
#include "config.h"

#include "lang/parse.h"

static const struct {
    Prec prec;
    Op op;
} infix[TOK_KIND_COUNT] = {
    [KW_OR] = {PREC_OR, OP_OR},
    [KW_AND] = {PREC_AND, OP_AND},
    [TOK_EQ] = {PREC_COMPARE, OP_EQ},
    [TOK_NE] = {PREC_COMPARE, OP_NE},
    [TOK_LT] = {PREC_COMPARE, OP_LT},
    [TOK_LE] = {PREC_COMPARE, OP_LE},
    [TOK_GT] = {PREC_COMPARE, OP_GT},
    [TOK_GE] = {PREC_COMPARE, OP_GE},
    [KW_IN] = {PREC_COMPARE, OP_IN},
    [KW_IS] = {PREC_COMPARE, OP_IS},
    [KW_NOT] = {PREC_COMPARE, OP_NOT_IN},
    [TOK_PIPE] = {PREC_BITOR, OP_OR},
    [TOK_CARET] = {PREC_BITXOR, OP_XOR},
    [TOK_AMP] = {PREC_BITAND, OP_AND},
    [TOK_LSHIFT] = {PREC_SHIFT, OP_LSHIFT},
    [TOK_RSHIFT] = {PREC_SHIFT, OP_RSHIFT},
    [TOK_PLUS] = {PREC_SUM, OP_ADD},
    [TOK_MINUS] = {PREC_SUM, OP_SUB},
    [TOK_STAR] = {PREC_TERM, OP_MUL},
    [TOK_SLASH] = {PREC_TERM, OP_DIV},
    [TOK_DSLASH] = {PREC_TERM, OP_FLOORDIV},
    [TOK_PERCENT] = {PREC_TERM, OP_MOD},
    [TOK_AT] = {PREC_TERM, OP_MATMUL},
};

/* ---- conditional, lambda, walrus, lists ------------------------------------------------ */

/* lambda: 'lambda' [params] ':' expr */
static Node *parse_lambda(Parser *p) {
    uint32_t start = p->tok.span.start;
    advance(p);
    Param *params;
    int nparams;
    if (!parse_params(p, TOK_COLON, &params, &nparams)) return NULL;
    if (!expect(p, TOK_COLON, "a lambda")) return NULL;
    bool in_func = p->in_func;
    p->in_func = true;
    size_t mark = nodes_mark(p);
    Node *body = parse_expr(p);
    p->in_func = in_func;
    if (!body) return NULL;
    nodes_push(p, body);
    Node *n = node_new(p, EX_LAMBDA, start);
    n->func.params = params;
    n->func.nparams = nparams;
    n->func.body = nodes_take(p, mark);
    return n;
}

/* 'if' or_test 'else' expr, behind the value */
static Node *parse_ifexp(Parser *p, Node *then, uint32_t start) {
    advance(p);
    Node *test = parse_binary(p, PREC_OR);
    if (!test) return NULL;
    if (!at(p, KW_ELSE))
        return fail(p, span_from(p, start), "as in: a if test else b",
                    "a conditional expression wants an else part");
    advance(p);
    Node *other = parse_expr(p);
    if (!other) return NULL;
    Node *n = node_new(p, EX_IFEXP, start);
    n->cond.test = test;
    n->cond.then = then;
    n->cond.other = other;
    return n;
}

/* expr: lambda | or_test ['if' or_test 'else' expr] */
Node *parse_expr(Parser *p) {
    if (!enter(p)) return NULL;
    int outer = p->height;
    p->height = 0;
    uint32_t start = p->tok.span.start;
    bool lambda = at(p, KW_LAMBDA); /* its body took the `if` */
    Node *n = lambda ? parse_lambda(p) : parse_binary(p, PREC_OR);
    if (n && !lambda && at(p, KW_IF)) n = parse_ifexp(p, n, start);
    p->height = MAX(outer, p->height + 1);
    leave(p);
    return n;
}

/* named_expr: NAME ':=' expr | expr */
Node *parse_named_expr(Parser *p) {
    uint32_t start = p->tok.span.start;
    if (!at(p, TOK_NAME) || peek(p) != TOK_WALRUS) {
        Node *n = parse_expr(p);
        if (n && at(p, TOK_WALRUS))
            return fail(p, n->span, "write it as a statement of its own",
                        ":= gives a value to a plain name, not to %s", node_kind_text(n));
        return n;
    }
    size_t mark = nodes_mark(p);
    const char *name = token_name(p, p->tok);
    advance(p);
    Node *target = node_new(p, EX_NAME, start);
    target->name = name;
    nodes_push(p, target);
    advance(p);
    Node *value = parse_expr(p);
    if (!value) return NULL;
    Node *n = node_new(p, EX_NAMED, start);
    n->assign.targets = nodes_take(p, mark);
    n->assign.value = value;
    return n;
}

static Node *parse_starred(Parser *p) {
    uint32_t start = p->tok.span.start;
    advance(p);
    Node *value = parse_binary(p, PREC_BITOR);
    if (!value) return NULL;
    Node *n = node_new(p, EX_STARRED, start);
    n->one = value;
    return n;
}

/* item: '*' bitor | named_expr */
Node *parse_item(Parser *p) {
    return at(p, TOK_STAR) ? parse_starred(p) : parse_named_expr(p);
}

static Node *tuple_of(Parser *p, size_t mark, uint32_t start) {
    Node *n = node_new(p, EX_TUPLE, start);
    n->list = nodes_take(p, mark);
    return n;
}

/* expr_list: ('*' bitor | expr) (',' ...)* [','] */
Node *parse_expr_list(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    bool comma = false;
    do {
        Node *n = at(p, TOK_STAR) ? parse_starred(p) : parse_expr(p);
        if (!n) return NULL;
        nodes_push(p, n);
        if (!at(p, TOK_COMMA)) break;
        comma = true;
        advance(p);
    } while (starts_expr(p->tok.kind));
    if (comma) return tuple_of(p, mark, start);
    Node *only = p->nodes.items[mark];
    p->nodes.count = mark;
    if (only->kind == EX_STARRED && !at(p, TOK_ASSIGN))
        return fail(p, only->span, "a tuple of it is written with a comma: *x,",
                    "a *value stands only in a list, a tuple, a set or a call");
    return only;
}

/* yield: 'yield' ['from' expr | expr_list] */
static Node *parse_yield(Parser *p) {
    uint32_t start = p->tok.span.start;
    if (!p->in_func)
        return fail(p, p->tok.span, "put the loop that yields into a def",
                    "yield stands only in a function");
    advance(p);
    NodeKind kind = accept(p, KW_FROM) ? EX_YIELD_FROM : EX_YIELD;
    Node *value = NULL;
    if (kind == EX_YIELD_FROM)
        value = parse_expr(p);
    else if (starts_expr(p->tok.kind))
        value = parse_expr_list(p);
    if (p->err->kind != ERR_OK) return NULL;
    Node *n = node_new(p, kind, start);
    n->one = value;
    return n;
}

Node *parse_yield_or_list(Parser *p) {
    return at(p, KW_YIELD) ? parse_yield(p) : parse_expr_list(p);
}

/* targets: ('*'? bitor) (',' ...)* [',']   (bitor: so that `in` is left for the for) */
Node *parse_target_list(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    bool comma = false;
    do {
        Node *n = at(p, TOK_STAR) ? parse_starred(p) : parse_binary(p, PREC_BITOR);
        if (!n) return NULL;
        nodes_push(p, n);
        if (!at(p, TOK_COMMA)) break;
        comma = true;
        advance(p);
    } while (starts_expr(p->tok.kind));
    Node *n = p->nodes.items[mark];
    if (comma)
        n = tuple_of(p, mark, start);
    else
        p->nodes.count = mark;
    return check_target(p, n, TARGET_FOR) ? n : NULL;
}

/* ---- operators --------------------------------------------------------------------------- */

static Prec infix_prec(Parser *p) {
    if (at(p, KW_NOT) && peek(p) != KW_IN) return PREC_NONE;
    return infix[p->tok.kind].prec;
}

/* operand ('or' operand)+, or the same with 'and' */
static Node *parse_boolop(Parser *p, Node *left, uint32_t start, Prec prec) {
    TokenKind word = p->tok.kind;
    size_t mark = nodes_mark(p);
    nodes_push(p, left);
    while (accept(p, word)) {
        Node *right = parse_binary(p, prec + 1);
        if (!right) return NULL;
        nodes_push(p, right);
    }
    Node *n = node_new(p, EX_BOOLOP, start);
    n->boolop.is_or = word == KW_OR;
    n->boolop.list = nodes_take(p, mark);
    return n;
}

/* operand (('<' | 'in' | 'not' 'in' | 'is' ['not'] | ...) operand)+ */
static Node *parse_comparison(Parser *p, Node *left, uint32_t start) {
    size_t mark = nodes_mark(p), ops = bytes_mark(p);
    while (infix_prec(p) == PREC_COMPARE) {
        Op op = infix[p->tok.kind].op;
        if (op == OP_NOT_IN) advance(p); /* `not`, and `in` is next */
        advance(p);
        if (op == OP_IS && accept(p, KW_NOT)) op = OP_IS_NOT;
        bytes_push(p, &op);
        Node *right = parse_binary(p, PREC_BITOR);
        if (!right) return NULL;
        nodes_push(p, right);
    }
    Node *n = node_new(p, EX_COMPARE, start);
    n->cmp.first = left;
    n->cmp.ops = bytes_take(p, ops, sizeof(Op), &n->cmp.count);
    n->cmp.rights = nodes_take(p, mark).items;
    return n;
}

static Node *unary_node(Parser *p, Op op, Node *operand, uint32_t start) {
    if (!operand) return NULL;
    Node *n = node_new(p, EX_UNARY, start);
    n->bin.op = op;
    n->bin.left = operand;
    return n;
}

static Node *binary_node(Parser *p, Op op, Node *left, Node *right, uint32_t start) {
    if (!right || !grow_height(p)) return NULL;
    Node *n = node_new(p, EX_BINARY, start);
    n->bin.op = op;
    n->bin.left = left;
    n->bin.right = right;
    return n;
}

/* 9223372036854775808 exists only with a minus in front; p->tok is behind the minus. */
static Node *parse_least_int(Parser *p, uint32_t start) {
    if (!at(p, TOK_INT) || p->tok.i != (uint64_t)INT64_MAX + 1) return NULL;
    if (peek(p) == TOK_DSTAR) return NULL;
    advance(p);
    Node *n = node_new(p, EX_INT, start);
    n->i = INT64_MIN;
    return n;
}

/* unary: ('+' | '-' | '~') unary | primary ['**' unary] */
static Node *parse_unary(Parser *p) {
    uint32_t start = p->tok.span.start;
    if (at(p, TOK_PLUS) || at(p, TOK_MINUS) || at(p, TOK_TILDE)) {
        Op op = at(p, TOK_PLUS) ? OP_POS : at(p, TOK_MINUS) ? OP_NEG : OP_INVERT;
        if (!enter(p)) return NULL;
        advance(p);
        Node *n = op == OP_NEG ? parse_least_int(p, start) : NULL;
        if (!n) n = unary_node(p, op, parse_unary(p), start);
        leave(p);
        return n;
    }
    Node *base = parse_primary(p);
    if (!base || !at(p, TOK_DSTAR)) return base;
    advance(p);
    if (!enter(p)) return NULL;
    Node *n = binary_node(p, OP_POW, base, parse_unary(p), start);
    leave(p);
    return n;
}

/* not: 'not' not | comparison */
static Node *parse_not(Parser *p, Prec min) {
    uint32_t start = p->tok.span.start;
    if (min > PREC_NOT)
        return fail(p, p->tok.span, "put it in brackets: (not x)",
                    "'not' binds less tightly than the operator before it");
    if (!enter(p)) return NULL;
    advance(p);
    Node *n = unary_node(p, OP_NOT, parse_binary(p, PREC_NOT), start);
    leave(p);
    return n;
}

/* Precedence climbing over every infix operator of at least `min`. */
Node *parse_binary(Parser *p, Prec min) {
    uint32_t start = p->tok.span.start;
    Node *left = at(p, KW_NOT) ? parse_not(p, min) : parse_unary(p);
    while (left) {
        Prec prec = infix_prec(p);
        if (prec == PREC_NONE || prec < min) break;
        if (prec <= PREC_AND) {
            left = parse_boolop(p, left, start, prec);
        } else if (prec == PREC_COMPARE) {
            left = parse_comparison(p, left, start);
        } else {
            Op op = infix[p->tok.kind].op;
            advance(p);
            left = binary_node(p, op, left, parse_binary(p, prec + 1), start);
        }
    }
    return left;
}

/* ---- primaries ---------------------------------------------------------------------------- */

static Node *parse_attribute(Parser *p, Node *value, uint32_t start) {
    advance(p);
    Span name_span = p->tok.span;
    const char *name = expect_name(p, "the '.'");
    if (!name) return NULL;
    Node *n = node_new(p, EX_ATTR, start);
    n->attr.value = value;
    n->attr.name = name;
    n->attr.name_span = name_span;
    return n;
}

static Node *parse_call(Parser *p, Node *func, uint32_t start) {
    NodeList args;
    Keyword *kws;
    int nkws;
    advance(p);
    if (!parse_arguments(p, "the call", &args, &kws, &nkws)) return NULL;
    Node *n = node_new(p, EX_CALL, start);
    n->call.func = func;
    n->call.args = args;
    n->call.kws = kws;
    n->call.nkws = nkws;
    return n;
}

/* An optional part of a slice. False with err set. */
static bool slice_part(Parser *p, Node **out) {
    *out = NULL;
    if (at(p, TOK_COLON) || at(p, TOK_COMMA) || at(p, TOK_RSQB)) return true;
    *out = parse_expr(p);
    return *out != NULL;
}

/* subscript: item | [expr] ':' [expr] [':' [expr]] */
static Node *parse_subscript(Parser *p) {
    uint32_t start = p->tok.span.start;
    Node *lower = NULL, *upper = NULL, *step = NULL;
    if (!at(p, TOK_COLON)) {
        lower = parse_item(p);
        if (!lower || !at(p, TOK_COLON)) return lower;
    }
    advance(p);
    if (!slice_part(p, &upper)) return NULL;
    if (accept(p, TOK_COLON) && !slice_part(p, &step)) return NULL;
    Node *n = node_new(p, EX_SLICE, start);
    n->slice.lower = lower;
    n->slice.upper = upper;
    n->slice.step = step;
    return n;
}

/* index: '[' subscript (',' subscript)* [','] ']' */
static Node *parse_index(Parser *p, Node *value, uint32_t start) {
    advance(p);
    if (at(p, TOK_RSQB))
        return fail(p, span_from(p, p->prev.span.start), "all of it is x[:]",
                    "an index wants a value between the brackets");
    uint32_t inner = p->tok.span.start;
    size_t mark = nodes_mark(p);
    bool tuple = false;
    do {
        Node *part = parse_subscript(p);
        if (!part) return NULL;
        tuple = tuple || part->kind == EX_STARRED;
        nodes_push(p, part);
        if (!at(p, TOK_COMMA)) break;
        tuple = true;
        advance(p);
    } while (!at(p, TOK_RSQB));
    Node *right = p->nodes.items[mark];
    if (tuple)
        right = tuple_of(p, mark, inner);
    else
        p->nodes.count = mark;
    if (!expect(p, TOK_RSQB, "the index")) return NULL;
    Node *n = node_new(p, EX_INDEX, start);
    n->bin.left = value;
    n->bin.right = right;
    return n;
}

/* primary: atom ('.' NAME | '(' arguments ')' | '[' subscripts ']')* */
Node *parse_primary(Parser *p) {
    uint32_t start = p->tok.span.start;
    Node *n = parse_atom(p);
    while (n) {
        if (at(p, TOK_DOT))
            n = parse_attribute(p, n, start);
        else if (at(p, TOK_LPAR))
            n = parse_call(p, n, start);
        else if (at(p, TOK_LSQB))
            n = parse_index(p, n, start);
        else
            break;
        if (n && !grow_height(p)) return NULL;
    }
    return n;
}
