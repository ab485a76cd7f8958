/* The parser's tokens and its building blocks; see parse.h. */
#include "config.h"

#include "lang/parse.h"

#include <utf8proc.h>

/* ---- tokens ------------------------------------------------------------------------ */

void advance(Parser *p) {
    p->prev2 = p->prev;
    p->prev = p->tok;
    if (p->has_ahead) {
        p->tok = p->ahead;
        p->has_ahead = false;
    } else {
        p->tok = lex_next(&p->lx);
    }
}

TokenKind peek(Parser *p) {
    if (!p->has_ahead) {
        p->ahead = lex_next(&p->lx);
        p->has_ahead = true;
    }
    return p->ahead.kind;
}

bool accept(Parser *p, TokenKind kind) {
    if (!at(p, kind)) return false;
    advance(p);
    return true;
}

bool expect(Parser *p, TokenKind kind, const char *what) {
    if (accept(p, kind)) return true;
    fail_expected(p, kind, what);
    return false;
}

const char *token_name(Parser *p, Token t) {
    const char *s = p->lx.text + t.span.start;
    size_t n = t.span.end - t.span.start;
    bool ascii = true;
    for (size_t i = 0; i < n; i++) ascii = ascii && (unsigned char)s[i] < 0x80;
    if (ascii) return arena_strndup(p->arena, s, n);
    utf8proc_uint8_t *norm = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &norm,
                                        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    const char *name = len > 0 ? arena_strndup(p->arena, (const char *)norm, (size_t)len)
                               : arena_strndup(p->arena, s, n);
    free(norm);
    return name;
}

const char *expect_name(Parser *p, const char *what) {
    if (!at(p, TOK_NAME)) {
        fail_expected(p, TOK_NAME, what);
        return NULL;
    }
    const char *name = token_name(p, p->tok);
    advance(p);
    return name;
}

bool starts_expr(TokenKind k) {
    switch (k) {
    case TOK_NAME:
    case TOK_INT:
    case TOK_FLOAT:
    case TOK_IMAG:
    case TOK_STRING:
    case TOK_ELLIPSIS:
    case TOK_LPAR:
    case TOK_LSQB:
    case TOK_LBRACE:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_TILDE:
    case TOK_STAR:
    case KW_NONE:
    case KW_TRUE:
    case KW_FALSE:
    case KW_NOT:
    case KW_LAMBDA:
    case KW_AWAIT:
        return true;
    default:
        return false;
    }
}

/* ---- building ---------------------------------------------------------------------- */

Span span_from(const Parser *p, uint32_t start) {
    return (Span){start, MAX(start, p->prev.span.end)};
}

Node *node_new(Parser *p, NodeKind kind, uint32_t start) {
    Node *n = arena_zero(p->arena, sizeof *n);
    n->kind = kind;
    n->span = span_from(p, start);
    return n;
}

void nodes_push(Parser *p, Node *n) {
    vec_push(&p->nodes, n);
}

NodeList nodes_take(Parser *p, size_t mark) {
    size_t count = p->nodes.count - mark;
    NodeList list = {.count = (int)count};
    if (count) {
        list.items = arena_alloc(p->arena, count * sizeof *list.items);
        memcpy(list.items, p->nodes.items + mark, count * sizeof *list.items);
    }
    p->nodes.count = mark;
    return list;
}

void *bytes_take(Parser *p, size_t mark, size_t size, int *count) {
    size_t n = p->bytes.len - mark;
    *count = (int)(n / size);
    void *items = NULL;
    if (n) {
        items = arena_alloc(p->arena, n);
        memcpy(items, p->bytes.buf + mark, n);
    }
    p->bytes.len = mark;
    return items;
}

Node *fail(Parser *p, Span span, const char *hint, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    lex_vfail(&p->lx, ERR_SYNTAX, span, hint, fmt, ap);
    va_end(ap);
    return NULL;
}

bool enter(Parser *p) {
    if (p->depth < LANG_MAX_NEST) {
        p->depth++;
        return true;
    }
    fail(p, p->tok.span, "give the inner part a name of its own",
         "more than %d levels of brackets, operators or blocks stand inside each other",
         LANG_MAX_NEST);
    return false;
}

bool grow_height(Parser *p) {
    if (++p->height <= PARSE_MAX_HEIGHT) return true;
    fail(p, p->prev.span, "split it into several statements",
         "this expression is a chain of more than %d operators", PARSE_MAX_HEIGHT);
    return false;
}
