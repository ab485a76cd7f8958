/* Compound statements and their blocks. */
#include "config.h"

#include "lang/parse.h"

/* ---- blocks ----------------------------------------------------------------------------- */

static Node *fail_no_block(Parser *p, const char *what, uint32_t header) {
    lex_fail(&p->lx, ERR_INDENT, p->tok.span,
             "indent the lines that belong to it; pass does nothing",
             "%s on line %d wants an indented block behind it", what, lex_line(&p->lx, header));
    return NULL;
}

static bool parse_indented(Parser *p, NodeList *out) {
    size_t mark = nodes_mark(p);
    if (!enter(p)) return false;
    while (!accept(p, TOK_DEDENT)) {
        if (accept(p, TOK_NEWLINE)) continue;
        if (!parse_statement(p)) return false;
    }
    leave(p);
    *out = nodes_take(p, mark);
    return true;
}

/* block: ':' (simple_line | NEWLINE INDENT statement+ DEDENT). what: "the if", header: where
 * it stands. */
bool parse_block(Parser *p, const char *what, uint32_t header, NodeList *out) {
    if (!accept(p, TOK_COLON)) {
        fail_colon(p, what);
        return false;
    }
    if (accept(p, TOK_NEWLINE)) {
        if (accept(p, TOK_INDENT)) return parse_indented(p, out);
        if (!at(p, TOK_ERROR)) fail_no_block(p, what, header);
        return false;
    }
    size_t mark = nodes_mark(p);
    if (!parse_simple_line(p)) return false;
    *out = nodes_take(p, mark);
    return true;
}

/* A block in a loop or function: break and return are judged by where they stand. */
static bool parse_body(Parser *p, const char *what, uint32_t header, bool in_loop, bool in_func,
                       NodeList *out) {
    bool loop = p->in_loop, func = p->in_func;
    p->in_loop = in_loop;
    p->in_func = in_func;
    bool ok = parse_block(p, what, header, out);
    p->in_loop = loop;
    p->in_func = func;
    return ok;
}

/* ['else' block] */
static bool parse_else(Parser *p, NodeList *out) {
    *out = (NodeList){0};
    uint32_t header = p->tok.span.start;
    return !accept(p, KW_ELSE) || parse_block(p, "the else", header, out);
}

/* ---- if, while, for ----------------------------------------------------------------------- */

/* A condition; `if x = 3:` gets its own message. */
static Node *parse_test(Parser *p) {
    Node *test = parse_named_expr(p);
    if (test && at(p, TOK_ASSIGN))
        return fail(p, p->tok.span,
                    "to compare, write ==", "= assigns, and a condition wants a value");
    return test;
}

/* ('if' | 'elif') test block ('elif' ... | 'else' block)? */
static Node *parse_if(Parser *p) {
    uint32_t start = p->tok.span.start;
    const char *what = at(p, KW_IF) ? "the if" : "the elif";
    if (p->elifs == PARSE_MAX_ELIFS)
        return fail(p, p->tok.span, "look the value up in a dict", "an if has more than %d elifs",
                    PARSE_MAX_ELIFS);
    advance(p);
    Node *test = parse_test(p);
    NodeList body, orelse = {0};
    if (!test || !parse_block(p, what, start, &body)) return NULL;
    if (at(p, KW_ELIF)) {
        size_t mark = nodes_mark(p);
        p->elifs++;
        Node *next = parse_if(p);
        p->elifs--;
        if (!next) return NULL;
        nodes_push(p, next);
        orelse = nodes_take(p, mark);
    } else if (!parse_else(p, &orelse)) {
        return NULL;
    }
    Node *n = node_new(p, ST_IF, start);
    n->flow.test = test;
    n->flow.body = body;
    n->flow.orelse = orelse;
    return n;
}

/* 'while' test block ['else' block] */
static Node *parse_while(Parser *p) {
    uint32_t start = p->tok.span.start;
    advance(p);
    Node *test = parse_test(p);
    NodeList body, orelse;
    if (!test || !parse_body(p, "the while", start, true, p->in_func, &body)) return NULL;
    if (!parse_else(p, &orelse)) return NULL;
    Node *n = node_new(p, ST_WHILE, start);
    n->flow.test = test;
    n->flow.body = body;
    n->flow.orelse = orelse;
    return n;
}

/* 'for' targets 'in' expr_list block ['else' block] */
static Node *parse_for(Parser *p) {
    uint32_t start = p->tok.span.start;
    advance(p);
    Node *target = parse_target_list(p);
    if (!target || !expect(p, KW_IN, "the for")) return NULL;
    Node *iter = parse_expr_list(p);
    NodeList body, orelse;
    if (!iter || !parse_body(p, "the for", start, true, p->in_func, &body)) return NULL;
    if (!parse_else(p, &orelse)) return NULL;
    Node *n = node_new(p, ST_FOR, start);
    n->flow.target = target;
    n->flow.test = iter;
    n->flow.body = body;
    n->flow.orelse = orelse;
    return n;
}

/* ---- try ------------------------------------------------------------------------------------ */

/* 'except' [expr ['as' NAME]] block, pushed as a Handler */
static bool parse_handler(Parser *p) {
    uint32_t start = p->tok.span.start;
    Handler h = {0};
    advance(p);
    if (at(p, TOK_STAR)) {
        fail(p, p->tok.span, "catch them with a plain except",
             "except* (exception groups) is not part of qkv");
        return false;
    }
    if (!at(p, TOK_COLON)) {
        h.type = parse_expr(p);
        if (!h.type) return false;
        if (at(p, TOK_COMMA)) {
            fail(p, p->tok.span, "as in: except (TypeError, ValueError) as e:",
                 "several exception classes stand in brackets");
            return false;
        }
        if (accept(p, KW_AS) && !(h.name = expect_name(p, "as"))) return false;
    }
    h.span = span_from(p, start);
    if (!parse_block(p, "the except", start, &h.body)) return false;
    bytes_push(p, &h);
    return true;
}

static bool bare_before_last(Parser *p, const Handler *hs, int n) {
    for (int i = 0; i + 1 < n; i++)
        if (!hs[i].type) {
            fail(p, hs[i].span, "move it to the end",
                 "an except without a class catches everything, so it must be the last");
            return true;
        }
    return false;
}

/* 'try' block (except+ ['else' block] ['finally' block] | 'finally' block) */
static Node *parse_try(Parser *p) {
    uint32_t start = p->tok.span.start;
    NodeList body, orelse = {0}, final = {0};
    advance(p);
    if (!parse_block(p, "the try", start, &body)) return NULL;
    size_t mark = bytes_mark(p);
    while (at(p, KW_EXCEPT))
        if (!parse_handler(p)) return NULL;
    int nhandlers;
    Handler *handlers = bytes_take(p, mark, sizeof(Handler), &nhandlers);
    if (bare_before_last(p, handlers, nhandlers)) return NULL;
    if (nhandlers && !parse_else(p, &orelse)) return NULL;
    uint32_t header = p->tok.span.start;
    bool has_final = accept(p, KW_FINALLY);
    if (has_final && !parse_block(p, "the finally", header, &final)) return NULL;
    if (!nhandlers && !has_final)
        return fail(p, p->tok.span, "add: except Exception as e:",
                    "the try on line %d has neither except nor finally", lex_line(&p->lx, start));
    Node *n = node_new(p, ST_TRY, start);
    n->tryst.body = body;
    n->tryst.orelse = orelse;
    n->tryst.final = final;
    n->tryst.handlers = handlers;
    n->tryst.nhandlers = nhandlers;
    return n;
}

/* ---- with ----------------------------------------------------------------------------------- */

/* Whether `with (` opens brackets around items, not around an expression: it does when the
 * brackets are followed by ':' and hold an `as` or a comma of their own. Looks ahead with a
 * copy of the lexer. */
static bool with_brackets(Parser *p) {
    if (!at(p, TOK_LPAR)) return false;
    Lexer *copy = arena_alloc(p->arena, sizeof *copy);
    *copy = p->lx;
    Err ignored = {0};
    copy->err = &ignored;
    int depth = p->lx.nbrackets;
    bool items = false;
    Token t = {.kind = TOK_LPAR};
    while (t.kind > TOK_END && copy->nbrackets >= depth) {
        t = lex_next(copy);
        if (copy->nbrackets == depth && (t.kind == KW_AS || t.kind == TOK_COMMA)) items = true;
    }
    items = items && t.kind == TOK_RPAR && lex_next(copy).kind == TOK_COLON;
    err_clear(&ignored);
    return items;
}

/* expr ['as' target]: pushes both, NULL for no target */
static bool parse_with_item(Parser *p) {
    Node *target = NULL, *context = parse_expr(p);
    if (!context) return false;
    if (accept(p, KW_AS)) {
        target = parse_primary(p);
        if (!target || !check_target(p, target, TARGET_WITH)) return false;
    }
    nodes_push(p, context);
    nodes_push(p, target);
    return true;
}

/* 'with' item (',' item)* block | 'with' '(' item (',' item)* [','] ')' block */
static Node *parse_with(Parser *p) {
    uint32_t start = p->tok.span.start;
    advance(p);
    bool brackets = with_brackets(p);
    if (brackets) advance(p);
    size_t mark = nodes_mark(p);
    do {
        if (brackets && at(p, TOK_RPAR)) break;
        if (!parse_with_item(p)) return NULL;
    } while (accept(p, TOK_COMMA));
    if (brackets && !expect(p, TOK_RPAR, "the with")) return NULL;
    NodeList pairs = nodes_take(p, mark), body;
    if (!parse_block(p, "the with", start, &body)) return NULL;
    Node *n = node_new(p, ST_WITH, start);
    n->with.count = pairs.count / 2;
    n->with.contexts = arena_alloc(p->arena, (size_t)n->with.count * sizeof(Node *));
    n->with.targets = arena_alloc(p->arena, (size_t)n->with.count * sizeof(Node *));
    for (int i = 0; i < n->with.count; i++) {
        n->with.contexts[i] = pairs.items[i * 2];
        n->with.targets[i] = pairs.items[i * 2 + 1];
    }
    n->with.body = body;
    return n;
}

/* ---- def, class ----------------------------------------------------------------------------- */

static const char *docstring(const NodeList *body) {
    const Node *first = body->count ? body->items[0] : NULL;
    bool doc = first && first->kind == ST_EXPR && first->one->kind == EX_STR;
    return doc ? first->one->str.s : NULL;
}

/* 'def' NAME '(' params ')' ['->' expr] block */
Node *parse_def(Parser *p, NodeList decorators, uint32_t start) {
    advance(p);
    const char *name = expect_name(p, "def");
    Param *params;
    int nparams;
    Node *returns = NULL;
    NodeList body;
    if (!name || !expect(p, TOK_LPAR, "def")) return NULL;
    if (!parse_params(p, TOK_RPAR, &params, &nparams)) return NULL;
    if (!expect(p, TOK_RPAR, "the parameter list")) return NULL;
    if (accept(p, TOK_ARROW) && !(returns = parse_expr(p))) return NULL;
    if (!parse_body(p, "the def", start, false, true, &body)) return NULL;
    Node *n = node_new(p, ST_DEF, start);
    n->func.name = name;
    n->func.params = params;
    n->func.nparams = nparams;
    n->func.returns = returns;
    n->func.decorators = decorators;
    n->func.body = body;
    n->func.doc = docstring(&body);
    return n;
}

/* 'class' NAME ['(' arguments ')'] block */
Node *parse_class(Parser *p, NodeList decorators, uint32_t start) {
    NodeList bases = {0}, body;
    Keyword *kws = NULL;
    int nkws = 0;
    advance(p);
    const char *name = expect_name(p, "class");
    if (!name) return NULL;
    if (accept(p, TOK_LPAR) && !parse_arguments(p, "the class's bases", &bases, &kws, &nkws))
        return NULL;
    if (!parse_body(p, "the class", start, false, false, &body)) return NULL;
    Node *n = node_new(p, ST_CLASS, start);
    n->klass.name = name;
    n->klass.bases = bases;
    n->klass.kws = kws;
    n->klass.nkws = nkws;
    n->klass.decorators = decorators;
    n->klass.body = body;
    n->klass.doc = docstring(&body);
    return n;
}

/* ('@' named_expr NEWLINE)+ (def | class) */
static Node *parse_decorated(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    while (accept(p, TOK_AT)) {
        Node *d = parse_named_expr(p);
        if (!d || !expect(p, TOK_NEWLINE, "the decorator")) return NULL;
        nodes_push(p, d);
        while (accept(p, TOK_NEWLINE)) continue;
    }
    NodeList decorators = nodes_take(p, mark);
    if (at(p, KW_DEF)) return parse_def(p, decorators, start);
    if (at(p, KW_CLASS)) return parse_class(p, decorators, start);
    if (at(p, KW_ASYNC)) return fail_statement(p);
    return fail(p, p->tok.span, "put it directly above the def or class that it decorates",
                "a decorator wants a def or a class behind it");
}

Node *parse_compound(Parser *p) {
    switch (p->tok.kind) {
    case KW_IF:
        return parse_if(p);
    case KW_WHILE:
        return parse_while(p);
    case KW_FOR:
        return parse_for(p);
    case KW_TRY:
        return parse_try(p);
    case KW_WITH:
        return parse_with(p);
    case KW_DEF:
        return parse_def(p, (NodeList){0}, p->tok.span.start);
    case KW_CLASS:
        return parse_class(p, (NodeList){0}, p->tok.span.start);
    case TOK_AT:
        return parse_decorated(p);
    default:
        return NULL;
    }
}

bool parse_statement(Parser *p) {
    Node *n = parse_compound(p);
    if (n) {
        nodes_push(p, n);
        p->block_last = true;
        return true;
    }
    if (p->err->kind != ERR_OK) return false;
    if (at(p, TOK_INDENT)) return fail_statement(p) != NULL;
    if (!parse_simple_line(p)) return false;
    p->block_last = false;
    return true;
}
