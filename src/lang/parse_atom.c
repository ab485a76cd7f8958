/* Atoms: names, literals, displays, comprehensions. */
#include "config.h"

#include "lang/parse.h"

/* comp_fors: ('for' targets 'in' or_test ('if' or_test)*)+ */
static bool parse_comp_fors(Parser *p, Node *comp) {
    size_t fors = bytes_mark(p);
    while (at(p, KW_FOR)) {
        CompFor one = {0};
        advance(p);
        one.target = parse_target_list(p);
        if (!one.target || !expect(p, KW_IN, "the for of a comprehension")) return false;
        one.iter = parse_binary(p, PREC_OR);
        if (!one.iter) return false;
        size_t mark = nodes_mark(p);
        while (accept(p, KW_IF)) {
            Node *cond = parse_binary(p, PREC_OR);
            if (!cond) return false;
            nodes_push(p, cond);
        }
        if (at(p, KW_ELSE)) {
            fail(p, p->tok.span, "put the choice in front: [a if test else b for x in xs]",
                 "the if behind a comprehension's for is a filter and has no else");
            return false;
        }
        one.conds = nodes_take(p, mark);
        bytes_push(p, &one);
    }
    comp->comp.fors = bytes_take(p, fors, sizeof(CompFor), &comp->comp.nfors);
    return true;
}

/* elt [':' value] comp_fors closer */
Node *parse_comp(Parser *p, NodeKind kind, Node *elt, Node *value, uint32_t start,
                 TokenKind close) {
    if (elt->kind == EX_STARRED)
        return fail(p, elt->span, "write a second for: [y for x in xs for y in x]",
                    "a comprehension cannot unpack with *");
    Node *n = node_new(p, kind, start);
    n->comp.elt = elt;
    n->comp.value = value;
    if (!parse_comp_fors(p, n)) return NULL;
    if (close != TOK_ERROR && !expect(p, close, "the comprehension")) return NULL;
    n->span = span_from(p, start);
    return n;
}

/* Items up to the closer, which is taken; the first stands at mark already. */
static Node *parse_items(Parser *p, NodeKind kind, size_t mark, uint32_t start, TokenKind close,
                         const char *what) {
    while (accept(p, TOK_COMMA)) {
        if (at(p, close)) break;
        Node *item = parse_item(p);
        if (!item) return NULL;
        nodes_push(p, item);
    }
    if (!expect(p, close, what)) return NULL;
    Node *n = node_new(p, kind, start);
    n->list = nodes_take(p, mark);
    return n;
}

/* '(' [yield | item | item comp_fors | item ',' items] ')' */
static Node *parse_paren(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    advance(p);
    if (accept(p, TOK_RPAR)) {
        Node *n = node_new(p, EX_TUPLE, start);
        n->list = (NodeList){0};
        return n;
    }
    Node *first = at(p, KW_YIELD) ? parse_yield_or_list(p) : parse_item(p);
    if (!first) return NULL;
    if (at(p, KW_FOR)) return parse_comp(p, EX_GENERATOR, first, NULL, start, TOK_RPAR);
    if (at(p, TOK_COMMA)) {
        nodes_push(p, first);
        return parse_items(p, EX_TUPLE, mark, start, TOK_RPAR, "the tuple");
    }
    if (first->kind == EX_STARRED)
        return fail(p, first->span, "a tuple of it is written with a comma: (*x,)",
                    "a *value stands only in a list, a tuple, a set or a call");
    return expect(p, TOK_RPAR, "the bracket") ? first : NULL;
}

/* '[' [items | item comp_fors] ']' */
static Node *parse_list(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    advance(p);
    if (accept(p, TOK_RSQB)) return node_new(p, EX_LIST, start);
    Node *first = parse_item(p);
    if (!first) return NULL;
    if (at(p, KW_FOR)) return parse_comp(p, EX_LISTCOMP, first, NULL, start, TOK_RSQB);
    nodes_push(p, first);
    return parse_items(p, EX_LIST, mark, start, TOK_RSQB, "the list");
}

/* pair: expr ':' expr | '**' bitor. Pushes key (NULL for **) and value. */
static bool parse_pair(Parser *p) {
    Node *key = NULL, *value;
    if (accept(p, TOK_DSTAR)) {
        value = parse_binary(p, PREC_BITOR);
    } else {
        key = parse_expr(p);
        if (!key || !expect(p, TOK_COLON, "the dict's key")) return false;
        value = parse_expr(p);
    }
    if (!value) return false;
    nodes_push(p, key);
    nodes_push(p, value);
    return true;
}

static Node *dict_node(Parser *p, size_t mark, uint32_t start) {
    Node *n = node_new(p, EX_DICT, start);
    int count = (int)(p->nodes.count - mark) / 2;
    n->dict.count = count;
    n->dict.keys = arena_alloc(p->arena, (size_t)count * sizeof(Node *));
    n->dict.values = arena_alloc(p->arena, (size_t)count * sizeof(Node *));
    for (int i = 0; i < count; i++) {
        n->dict.keys[i] = p->nodes.items[mark + (size_t)i * 2];
        n->dict.values[i] = p->nodes.items[mark + (size_t)i * 2 + 1];
    }
    p->nodes.count = mark;
    return n;
}

/* The rest of a dict whose first pair stands at mark. */
static Node *parse_dict_rest(Parser *p, size_t mark, uint32_t start) {
    Node *key = p->nodes.items[mark], *value = p->nodes.items[mark + 1];
    if (at(p, KW_FOR)) {
        if (!key)
            return fail(p, value->span,
                        "loop over its items(): {k: v for d in ds for k, v in d.items()}",
                        "a comprehension cannot unpack with **");
        p->nodes.count = mark;
        return parse_comp(p, EX_DICTCOMP, key, value, start, TOK_RBRACE);
    }
    while (accept(p, TOK_COMMA)) {
        if (at(p, TOK_RBRACE)) break;
        if (!parse_pair(p)) return NULL;
    }
    if (!expect(p, TOK_RBRACE, "the dict")) return NULL;
    return dict_node(p, mark, start);
}

/* '{' [pairs | items | pair comp_fors | item comp_fors] '}' */
static Node *parse_brace(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    advance(p);
    if (accept(p, TOK_RBRACE)) return dict_node(p, mark, start);
    if (at(p, TOK_DSTAR)) return parse_pair(p) ? parse_dict_rest(p, mark, start) : NULL;
    Node *first = parse_item(p);
    if (!first) return NULL;
    if (at(p, TOK_COLON) && first->kind != EX_STARRED) {
        advance(p);
        Node *value = parse_expr(p);
        if (!value) return NULL;
        nodes_push(p, first);
        nodes_push(p, value);
        return parse_dict_rest(p, mark, start);
    }
    if (at(p, KW_FOR)) return parse_comp(p, EX_SETCOMP, first, NULL, start, TOK_RBRACE);
    nodes_push(p, first);
    return parse_items(p, EX_SET, mark, start, TOK_RBRACE, "the set");
}

/* ---- atoms ---------------------------------------------------------------------------------- */

static Node *parse_int(Parser *p) {
    Token t = p->tok;
    if (t.i > INT64_MAX)
        return fail(p, t.span, "a float holds it approximately: write 1e20",
                    "%s does not fit in 64 bits; ints go up to 9223372036854775807",
                    lex_snippet(&p->lx, t.span));
    advance(p);
    Node *n = node_new(p, EX_INT, t.span.start);
    n->i = (int64_t)t.i;
    return n;
}

static Node *parse_word(Parser *p, NodeKind kind) {
    uint32_t start = p->tok.span.start;
    advance(p);
    return node_new(p, kind, start);
}

Node *parse_atom(Parser *p) {
    Token t = p->tok;
    Node *n;
    switch (t.kind) {
    case TOK_NAME:
        n = parse_word(p, EX_NAME);
        n->name = token_name(p, t);
        return n;
    case TOK_INT:
        return parse_int(p);
    case TOK_FLOAT:
    case TOK_IMAG:
        n = parse_word(p, t.kind == TOK_FLOAT ? EX_FLOAT : EX_IMAG);
        n->f = t.f;
        return n;
    case TOK_STRING:
        return parse_strings(p);
    case TOK_ELLIPSIS:
        return parse_word(p, EX_ELLIPSIS);
    case KW_NONE:
        return parse_word(p, EX_NONE);
    case KW_TRUE:
        return parse_word(p, EX_TRUE);
    case KW_FALSE:
        return parse_word(p, EX_FALSE);
    case TOK_LPAR:
        return parse_paren(p);
    case TOK_LSQB:
        return parse_list(p);
    case TOK_LBRACE:
        return parse_brace(p);
    default:
        return fail_operand(p);
    }
}
