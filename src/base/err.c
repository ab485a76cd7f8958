/* Errors as values; see err.h. */
#include "config.h"

#include "base/err.h"

#include <stdarg.h>

#include "base/str.h"

static const struct {
    const char *name;
    ErrKind parent;
} kinds[ERR_KIND_COUNT] = {
#define X(id, cls, up) [ERR_##id] = {cls, ERR_##up},
    ERR_KINDS(X)
#undef X
        [ERR_RAISED] = {"Exception", ERR_BASE},
    [ERR_OK] = {"no error", ERR_BASE},
};

void err_set_text(Err *err, ErrKind kind, const char *fmt, ...) {
    if (err->kind != ERR_OK) return;
    Str s = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&s, fmt, ap);
    va_end(ap);
    err->kind = kind;
    err->msg = str_detach(&s);
}

bool err_hint(Err *err, const char *fmt, ...) {
    if (err->hint) return false;
    Str s = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&s, fmt, ap);
    va_end(ap);
    err->hint = str_detach(&s);
    return false;
}

void err_frame(Err *err, Source *src, Span span, const char *where) {
    vec_push(&err->frames,
             (ErrFrame){.src = source_retain(src), .span = span, .where = mem_strdup(where)});
}

void err_move(Err *to, Err *from) {
    if (to->kind != ERR_OK) {
        err_clear(from);
        return;
    }
    err_clear(to);
    *to = *from;
    *from = (Err){0};
}

void err_clear(Err *err) {
    for (size_t i = 0; i < err->frames.count; i++) {
        source_release(err->frames.items[i].src);
        mem_free(err->frames.items[i].where);
    }
    vec_clear(&err->frames);
    mem_free(err->msg);
    mem_free(err->hint);
    *err = (Err){0};
}

const char *err_kind_name(ErrKind kind) {
    return kind > ERR_OK && kind < ERR_KIND_COUNT ? kinds[kind].name : "Exception";
}

ErrKind err_kind_parent(ErrKind kind) {
    return kind > ERR_OK && kind < ERR_KIND_COUNT ? kinds[kind].parent : ERR_BASE;
}
