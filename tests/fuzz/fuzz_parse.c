/* Fuzz target: any bytes through the parser, in both modes, and what it says through the
 * diagnostics. The first byte's lowest bit chooses the width of the window. */
#include "config.h"

#include "lang/ast.h"
#include "lang/diag.h"
#include "lang/paste.h"

#include "fuzz.h"

static void parse_once(const char *text, size_t len, ParseMode mode) {
    Source *src = source_new("fuzz", text, len, 1);
    Arena *arena = arena_new();
    Ast ast;
    Err err = {0};
    ParseResult result = parse(src, mode, arena, &ast, &err);
    if ((result == PARSE_ERROR) != (err.kind != ERR_OK))
        BUG("result %d, error %d", result, err.kind);
    if (mode == PARSE_FILE && result == PARSE_INCOMPLETE) BUG("a file is never incomplete");
    if (result == PARSE_ERROR) {
        Diag d = {0};
        diag_build(&d, &err, NULL, len % 2 ? 80 : 20);
        if (memchr(d.text.buf, '\x1b', d.text.len)) BUG("an escape in a diagnostic");
        diag_clear(&d);
    }
    err_clear(&err);
    arena_free(arena);
    source_release(src);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    parse_once(text, size, PARSE_FILE);
    parse_once(text, size, PARSE_INTERACTIVE);
    Str code = STR_INIT;
    if (paste_strip_prompts(text, size, &code))
        parse_once(str_cstr(&code), code.len, PARSE_INTERACTIVE);
    str_clear(&code);
    return 0;
}
