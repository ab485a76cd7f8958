/* What stands in a call's brackets, and in a def's. */
#include "config.h"

#include "lang/parse.h"

/* ---- arguments ------------------------------------------------------------------------------ */

enum { MOST_KEYWORDS = 1000, MOST_PARAMS = 255 };

static bool fail_positional(Parser *p, const Node *arg, bool after_unpack) {
    fail(p, arg->span, "put it before the keyword arguments, or give it its name",
         after_unpack ? "a positional argument stands behind a ** argument"
                      : "a positional argument stands behind a keyword argument");
    return false;
}

/* kw: NAME '=' expr | '**' expr */
static bool parse_keyword(Parser *p, size_t kws) {
    uint32_t start = p->tok.span.start;
    Keyword kw = {0};
    if (!accept(p, TOK_DSTAR)) {
        kw.name = token_name(p, p->tok);
        advance(p);
        advance(p);
    }
    kw.value = parse_expr(p);
    if (!kw.value) return false;
    kw.span = span_from(p, start);
    size_t count = (p->bytes.len - kws) / sizeof kw;
    for (size_t i = 0; kw.name && i < count; i++) {
        Keyword other;
        memcpy(&other, p->bytes.buf + kws + i * sizeof kw, sizeof other);
        if (other.name && strcmp(other.name, kw.name) == 0) {
            fail(p, kw.span, "leave one of the two out", "the keyword argument %s is given twice",
                 lex_snippet(&p->lx, (Span){start, start + (uint32_t)strlen(kw.name)}));
            return false;
        }
    }
    if (count >= MOST_KEYWORDS) {
        fail(p, kw.span, "pass a dict with **", "more than %d keyword arguments in one call",
             MOST_KEYWORDS);
        return false;
    }
    bytes_push(p, &kw);
    return true;
}

/* f(x for x in xs): a generator without brackets of its own, the only argument. */
static Node *bare_generator(Parser *p, Node *elt, uint32_t start, bool alone) {
    Node *n = parse_comp(p, EX_GENERATOR, elt, NULL, start, TOK_ERROR);
    if (n && (!alone || (at(p, TOK_COMMA) && peek(p) != TOK_RPAR)))
        return fail(p, n->span, "put it in brackets of its own: f((x for x in xs), y)",
                    "a generator beside other arguments needs brackets");
    return n;
}

/* positional: '*' expr | named_expr [comp_fors] */
static Node *parse_positional(Parser *p, bool alone) {
    uint32_t start = p->tok.span.start;
    if (accept(p, TOK_STAR)) {
        Node *value = parse_expr(p);
        if (!value) return NULL;
        Node *n = node_new(p, EX_STARRED, start);
        n->one = value;
        return n;
    }
    Node *n = parse_named_expr(p);
    if (!n) return NULL;
    if (at(p, KW_FOR)) return bare_generator(p, n, start, alone);
    if (at(p, TOK_ASSIGN))
        return fail(p, span_from(p, start), "to compare, write ==",
                    "left of = in a call stands the name of a parameter, not %s",
                    node_kind_text(n));
    return n;
}

/* arguments: [(positional | kw) (',' ...)* [',']] ')' */
bool parse_arguments(Parser *p, const char *what, NodeList *args, Keyword **kws, int *nkws) {
    size_t mark = nodes_mark(p), kw_mark = bytes_mark(p);
    bool unpacked = false;
    while (!at(p, TOK_RPAR)) {
        bool named = at(p, TOK_NAME) && peek(p) == TOK_ASSIGN;
        if (named || at(p, TOK_DSTAR)) {
            unpacked = unpacked || at(p, TOK_DSTAR);
            if (!parse_keyword(p, kw_mark)) return false;
        } else {
            Node *arg = parse_positional(p, nodes_mark(p) == mark && bytes_mark(p) == kw_mark);
            if (!arg) return false;
            bool behind = p->bytes.len > kw_mark && arg->kind != EX_STARRED;
            if (behind || unpacked) return fail_positional(p, arg, unpacked);
            nodes_push(p, arg);
        }
        if (!accept(p, TOK_COMMA)) break;
    }
    if (!expect(p, TOK_RPAR, what)) return false;
    *args = nodes_take(p, mark);
    *kws = bytes_take(p, kw_mark, sizeof(Keyword), nkws);
    return true;
}

/* ---- parameters ----------------------------------------------------------------------------- */

/* Where a parameter list stands: what may still come. */
typedef struct ParamState {
    bool slash, star, bare_star, kwargs, defaults;
} ParamState;

/* '/' behind the first parameters makes them positional only. */
static bool param_slash(Parser *p, ParamState *st, size_t mark) {
    if (p->bytes.len == mark || st->slash || st->star) {
        fail(p, p->tok.span, "as in: def f(a, b, /, c)",
             "'/' stands once, behind positional parameters and before any *");
        return false;
    }
    advance(p);
    st->slash = true;
    for (size_t i = mark; i < p->bytes.len; i += sizeof(Param)) {
        Param prm;
        memcpy(&prm, p->bytes.buf + i, sizeof prm);
        prm.kind = PARAM_POS_ONLY;
        memcpy(p->bytes.buf + i, &prm, sizeof prm);
    }
    return true;
}

/* NAME [':' expr] ['=' expr], behind its stars */
static bool param_named(Parser *p, ParamState *st, ParamKind kind, bool annotated, uint32_t start) {
    Param prm = {.kind = kind};
    prm.name = expect_name(p, "a parameter list");
    if (!prm.name) return false;
    if (annotated && accept(p, TOK_COLON)) {
        prm.annotation = kind == PARAM_VARARGS && at(p, TOK_STAR) ? parse_item(p) : parse_expr(p);
        if (!prm.annotation) return false;
    }
    bool plain = kind == PARAM_NORMAL || kind == PARAM_KW_ONLY;
    if (at(p, TOK_ASSIGN) && !plain) {
        fail(p, p->tok.span, "leave the default out: it is () or {} when nothing came",
             "a * or ** parameter takes no default");
        return false;
    }
    if (accept(p, TOK_ASSIGN)) {
        prm.deflt = parse_expr(p);
        if (!prm.deflt) return false;
    }
    prm.span = span_from(p, start);
    if (kind == PARAM_NORMAL && !prm.deflt && st->defaults) {
        fail(p, prm.span, "give it a default too, or move it forward",
             "a parameter without a default stands behind one with a default");
        return false;
    }
    st->defaults = st->defaults || prm.deflt;
    bytes_push(p, &prm);
    return true;
}

static bool param_one(Parser *p, ParamState *st, bool annotated, size_t mark) {
    uint32_t start = p->tok.span.start;
    if (st->kwargs) {
        fail(p, p->tok.span, "move it in front of the ** parameter",
             "the ** parameter is the last one");
        return false;
    }
    if (at(p, TOK_SLASH)) return param_slash(p, st, mark);
    if (accept(p, TOK_DSTAR)) {
        st->kwargs = true;
        return param_named(p, st, PARAM_KWARGS, annotated, start);
    }
    if (at(p, TOK_STAR)) {
        if (st->star) {
            fail(p, p->tok.span, "what stands behind the first * is keyword-only already",
                 "a parameter list has one * only");
            return false;
        }
        st->star = true;
        advance(p);
        if (at(p, TOK_COMMA) || at(p, TOK_RPAR)) return st->bare_star = true;
        return param_named(p, st, PARAM_VARARGS, annotated, start);
    }
    st->bare_star = false;
    return param_named(p, st, st->star ? PARAM_KW_ONLY : PARAM_NORMAL, annotated, start);
}

static bool check_params(Parser *p, const Param *params, int n) {
    if (n > MOST_PARAMS) {
        fail(p, params[MOST_PARAMS].span, "pass a list or a dict", "more than %d parameters",
             MOST_PARAMS);
        return false;
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            if (strcmp(params[i].name, params[j].name) == 0) {
                fail(p, params[i].span, "every parameter has a name of its own",
                     "the parameter %s stands twice", params[i].name);
                return false;
            }
    return true;
}

/* params: [param (',' param)* [',']] */
bool parse_params(Parser *p, TokenKind close, Param **params, int *count) {
    size_t mark = bytes_mark(p);
    ParamState st = {0};
    bool annotated = close == TOK_RPAR;
    while (!at(p, close)) {
        if (!param_one(p, &st, annotated, mark)) return false;
        if (!accept(p, TOK_COMMA)) break;
    }
    if (st.bare_star) {
        fail(p, p->prev.span, "as in: def f(a, *, b=1)",
             "a bare * wants a keyword-only parameter behind it");
        return false;
    }
    *params = bytes_take(p, mark, sizeof(Param), count);
    return check_params(p, *params, *count);
}
