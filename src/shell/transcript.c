/* See transcript.h. */
#include "config.h"

#include "shell/transcript.h"

/* The longest run of backticks in a text. */
static size_t ticks_in(const char *text) {
    size_t most = 0;
    for (const char *p = text; *p;) {
        size_t n = strspn(p, "`");
        most = MAX(most, n);
        p += n ? n : 1;
    }
    return most;
}

void transcript_fence(const char *language, const char *text, Str *out) {
    size_t n = MAX(ticks_in(text) + 1, (size_t)3), len = strlen(text);
    str_fill(out, '`', n);
    str_printf(out, "%s\n%s%s", language, text, len && text[len - 1] == '\n' ? "" : "\n");
    str_fill(out, '`', n);
    str_add(out, "\n\n");
}

static bool is_code(const Item *it) {
    return it && (it->kind == ITEM_CODE || it->kind == ITEM_BUG);
}

void transcript_said(const Item *it, const char *answer, Str *out) {
    transcript_fence(is_code(it) ? "python" : "text", answer, out);
}

bool transcript_answer(const Asked *a, Str *out, Err *err) {
    Str text = STR_INIT;
    bool ok = asked_answer(a, &text, err);
    if (ok && a->item->kind == ITEM_FREE)
        str_printf(out, "%s\n\n", str_cstr(&text));
    else if (ok)
        transcript_fence(is_code(a->item) ? "python" : "text", str_cstr(&text), out);
    str_reset(&text);
    ok = ok && asked_why(a, &text, err);
    if (ok && text.len) str_printf(out, "%s\n\n", str_cstr(&text));
    str_clear(&text);
    return ok;
}
