/* String literals in the tree: adjacent ones joined, f-strings taken apart. A
 * field's expression is parsed in place: the lexer is moved to the field and
 * back, so its spans point into the line that the user wrote. */
#include "config.h"

#include "lang/parse.h"

static Node *str_node(Parser *p, const Str *s, Span span) {
    Node *n = arena_zero(p->arena, sizeof *n);
    n->kind = EX_STR;
    n->span = span;
    n->str.s = arena_strndup(p->arena, str_cstr(s), s->len);
    n->str.len = s->len;
    return n;
}

/* Moves the text gathered so far into a part. */
static void flush(Parser *p, Str *lit, Span span) {
    if (lit->len) nodes_push(p, str_node(p, lit, span));
    str_reset(lit);
}

static bool pieces(Parser *p, Str *lit, uint32_t *pos, uint32_t end, unsigned flags, bool in_spec);

/* The part behind ':', up to its '}'. */
static Node *parse_spec(Parser *p, uint32_t *pos, uint32_t end, unsigned flags) {
    size_t mark = nodes_mark(p);
    uint32_t start = *pos;
    Str lit = STR_INIT;
    Node *spec = NULL;
    if (pieces(p, &lit, pos, end, flags, true)) {
        Span span = {start, *pos};
        if (nodes_mark(p) == mark) {
            spec = str_node(p, &lit, span);
        } else {
            flush(p, &lit, span);
            spec = node_new(p, EX_FSTRING, start);
            spec->span = span;
            spec->list = nodes_take(p, mark);
        }
    }
    str_clear(&lit);
    return spec;
}

/* '=' : the field shows its own text too. */
static void field_debug(Parser *p, Node *field, uint32_t start) {
    advance(p);
    field->field.debug = true;
    field->field.text = arena_strndup(p->arena, p->lx.text + start, p->tok.span.start - start);
}

/* '!' ('r' | 's' | 'a') */
static bool field_conversion(Parser *p, Node *field) {
    advance(p);
    char c = at(p, TOK_NAME) && p->tok.span.end - p->tok.span.start == 1
                 ? p->lx.text[p->tok.span.start]
                 : '\0';
    if (c != 'r' && c != 's' && c != 'a') {
        fail(p, p->tok.span, "write !r, !s or !a", "behind '!' in a field stands r, s or a");
        return false;
    }
    field->field.conv = c;
    advance(p);
    return true;
}

/* field: expr ['='] ['!' conv] [':' spec] '}', the lexer standing behind the '{'. *pos is set
 * behind the '}'. */
static Node *field_parts(Parser *p, uint32_t start, uint32_t *pos, uint32_t end, unsigned flags) {
    advance(p);
    if (at(p, TOK_RBRACE) || at(p, TOK_BANG) || at(p, TOK_COLON))
        return fail(p, ((Span){start - 1, p->tok.span.end}),
                    "put a value between the braces, or write {{ }} for plain ones",
                    "a field of this f-string has no expression");
    Node *value = parse_yield_or_list(p);
    if (!value) return NULL;
    Node *n = node_new(p, EX_FIELD, start - 1);
    n->field.value = value;
    if (at(p, TOK_ASSIGN)) field_debug(p, n, start);
    if (at(p, TOK_BANG) && !field_conversion(p, n)) return NULL;
    if (at(p, TOK_COLON)) {
        *pos = p->tok.span.end;
        n->field.spec = parse_spec(p, pos, end, flags);
        if (!n->field.spec) return NULL;
        ++*pos;
    } else if (at(p, TOK_RBRACE)) {
        *pos = p->tok.span.end;
    } else {
        fail_expected(p, TOK_RBRACE, "the field of this f-string");
        return NULL;
    }
    if (n->field.debug && !n->field.conv && !n->field.spec) n->field.conv = 'r';
    n->span.end = *pos;
    return n;
}

/* Parses the field whose '{' is at *pos, in place. */
static bool parse_field(Parser *p, uint32_t *pos, uint32_t end, unsigned flags) {
    Token tok = p->tok, prev = p->prev, prev2 = p->prev2;
    uint32_t lex_pos = p->lx.pos, lex_end = p->lx.end;
    int field = p->lx.field, nbrackets = p->lx.nbrackets;
    if (!enter(p)) return false;
    if (nbrackets == LANG_MAX_NEST) {
        fail(p, tok.span, "give the inner part a name of its own", "more than %d brackets are open",
             LANG_MAX_NEST);
        return false;
    }
    p->lx.brackets[nbrackets].open = '{';
    p->lx.brackets[nbrackets].at = *pos;
    p->lx.field = p->lx.nbrackets = nbrackets + 1;
    p->lx.pos = *pos + 1;
    p->lx.end = end;
    Node *n = field_parts(p, *pos + 1, pos, end, flags);
    if (!n) return false;
    p->tok = tok;
    p->prev = prev;
    p->prev2 = prev2;
    p->lx.pos = lex_pos;
    p->lx.end = lex_end;
    p->lx.field = field;
    p->lx.nbrackets = nbrackets;
    leave(p);
    nodes_push(p, n);
    return true;
}

/* One character or escape of an f-string's text, braces excepted. */
static bool text_piece(Parser *p, Str *lit, uint32_t *pos, uint32_t end, unsigned flags) {
    const char *s = p->lx.text;
    char c = s[*pos];
    if (c == '\r') {
        str_addc(lit, '\n');
        *pos += 1 + (*pos + 1 < end && s[*pos + 1] == '\n');
        return true;
    }
    if (c == '\\' && !(flags & STRING_RAW)) {
        *pos = string_escape(&p->lx, *pos, end, lit);
        return *pos != 0;
    }
    uint32_t run = *pos + 1;
    while (run < end && !strchr("{}\\\r", s[run])) run++;
    str_addn(lit, s + *pos, run - *pos);
    *pos = run;
    return true;
}

/* Text and fields from *pos to end, or in a spec to its '}': fields become nodes on the
 * stack, text gathers in lit. */
static bool pieces(Parser *p, Str *lit, uint32_t *pos, uint32_t end, unsigned flags, bool in_spec) {
    uint32_t start = *pos;
    while (*pos < end) {
        char c = p->lx.text[*pos];
        char next = *pos + 1 < end ? p->lx.text[*pos + 1] : '\0';
        if (!in_spec && (c == '{' || c == '}') && next == c) {
            str_addc(lit, c);
            *pos += 2;
        } else if (c == '{') {
            flush(p, lit, (Span){start, *pos});
            if (!parse_field(p, pos, end, flags)) return false;
            start = *pos;
        } else if (c == '}' && in_spec) {
            return true;
        } else if (c == '}') {
            fail(p, ((Span){*pos, *pos + 1}), "write }} for a plain brace",
                 "a '}' in this f-string closes no field");
            return false;
        } else if (!text_piece(p, lit, pos, end, flags)) {
            return false;
        }
    }
    return true;
}

static bool one_literal(Parser *p, Str *lit) {
    Token t = p->tok;
    if (!(t.str.flags & STRING_FORMAT)) return string_decode(&p->lx, t, lit);
    uint32_t pos = t.str.body.start;
    return pieces(p, lit, &pos, t.str.body.end, t.str.flags, false);
}

/* strings: STRING+ */
Node *parse_strings(Parser *p) {
    uint32_t start = p->tok.span.start;
    size_t mark = nodes_mark(p);
    Str lit = STR_INIT;
    Node *n = NULL;
    while (at(p, TOK_STRING)) {
        if (!one_literal(p, &lit)) goto out;
        advance(p);
    }
    if (nodes_mark(p) == mark) {
        n = str_node(p, &lit, span_from(p, start));
    } else {
        flush(p, &lit, span_from(p, start));
        n = node_new(p, EX_FSTRING, start);
        n->list = nodes_take(p, mark);
    }
out:
    str_clear(&lit);
    return n;
}
