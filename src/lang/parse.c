/* The parser's entry: a whole text, statement by statement. */
#include "config.h"

#include "base/utf8.h"
#include "lang/parse.h"

enum { LARGEST_TEXT = 4 << 20 };

/* The text's last line is there and blank: at a prompt, what ends a block. */
static bool ends_blank(const char *text, size_t len) {
    if (len && text[len - 1] == '\n') len--;
    while (len && (text[len - 1] == ' ' || text[len - 1] == '\t' || text[len - 1] == '\r')) len--;
    return len > 0 && text[len - 1] == '\n';
}

static bool check_text(Parser *p) {
    Source *src = p->lx.src;
    const char *s = source_text(src);
    size_t len = source_len(src);
    if (len > LARGEST_TEXT) {
        fail(p, ((Span){0, 0}), "data belongs in a file of its own, not in code",
             "the code has %zu bytes; at most %d are read at once", len, LARGEST_TEXT);
        return false;
    }
    if (utf8_valid(s, len)) return true;
    uint32_t bad = 0;
    for (uint32_t cp; bad < len;) {
        int n = utf8_decode(s + bad, len - bad, &cp);
        if (cp == 0xfffd && n == 1) break;
        bad += (uint32_t)n;
    }
    fail(p, ((Span){bad, bad + 1}), "save the file as UTF-8",
         "the byte 0x%02x is not valid UTF-8 text", (unsigned char)s[bad]);
    return false;
}

static bool parse_all(Parser *p) {
    if (!check_text(p)) return false;
    advance(p);
    p->prev = p->prev2 = (Token){.kind = TOK_NEWLINE};
    while (!at(p, TOK_END)) {
        if (accept(p, TOK_NEWLINE)) continue;
        if (!parse_statement(p)) return false;
    }
    return true;
}

ParseResult parse(Source *src, ParseMode mode, Arena *arena, Ast *out, Err *err) {
    Parser *p = mem_zero(sizeof *p);
    lex_init(&p->lx, src, arena, err);
    p->arena = arena;
    p->err = err;
    p->interactive = mode == PARSE_INTERACTIVE;
    p->blank_end = ends_blank(source_text(src), source_len(src));

    bool ok = parse_all(p);
    bool at_end = at(p, TOK_END) || at(p, TOK_ERROR) || p->tok.span.start >= p->lx.end;
    bool more = p->interactive && at_end &&
                (p->lx.incomplete || (!p->blank_end && at(p, TOK_END) && (!ok || p->block_last)));
    ParseResult result = more ? PARSE_INCOMPLETE : ok ? PARSE_OK : PARSE_ERROR;
    if (result == PARSE_OK) *out = (Ast){.body = nodes_take(p, 0)};
    if (result == PARSE_INCOMPLETE) err_clear(err);
    vec_clear(&p->nodes);
    str_clear(&p->bytes);
    mem_free(p);
    return result;
}
