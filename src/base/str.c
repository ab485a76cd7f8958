/* Growable byte string; see str.h. */
#include "config.h"

#include "base/str.h"

#include "base/memory.h"

/* A large one grows by a quarter: what it has and does not use is not seen by a measurement. */
static size_t grown(size_t cap, size_t need) {
    if (cap >= MEMORY_LARGE) return MAX(need, cap + cap / 4);
    if (!cap) cap = 32;
    while (cap < need) cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    return cap;
}

static COLD bool lose(Str *s, size_t bytes) {
    s->lost = true;
    memory_refuse("a text", bytes);
    return false;
}

bool str_reserve(Str *s, size_t more) {
    size_t need;
    if (UNLIKELY(s->lost)) return false;
    if (!size_add(s->len, more, &need) || !size_add(need, 1, &need)) return lose(s, SIZE_MAX);
    if (need <= s->cap) return true;
    size_t cap = grown(s->cap, need);
    if (cap >= MEMORY_LARGE && UNLIKELY(!memory_fits(cap))) return lose(s, need);
    s->buf = mem_realloc(s->buf, cap);
    s->cap = cap;
    return true;
}

void str_addn(Str *s, const char *bytes, size_t n) {
    if (!str_reserve(s, n)) return;
    if (n) memcpy(s->buf + s->len, bytes, n);
    s->len += n;
    s->buf[s->len] = '\0';
}

void str_add(Str *s, const char *text) {
    str_addn(s, text, strlen(text));
}

void str_addc(Str *s, char c) {
    str_addn(s, &c, 1);
}

void str_fill(Str *s, char c, size_t n) {
    if (!str_reserve(s, n)) return;
    memset(s->buf + s->len, c, n);
    s->len += n;
    s->buf[s->len] = '\0';
}

void str_vprintf(Str *s, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    if (!str_reserve(s, 80)) return;
    size_t room = s->cap - s->len;
    int n = vsnprintf(s->buf + s->len, room, fmt, ap);
    if (n < 0) BUG("bad format %s", fmt);
    if ((size_t)n >= room) {
        if (str_reserve(s, (size_t)n))
            vsnprintf(s->buf + s->len, (size_t)n + 1, fmt, again);
        else
            n = 0;
        s->buf[s->len + (size_t)n] = '\0';
    }
    s->len += (size_t)n;
    va_end(again);
}

void str_printf(Str *s, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(s, fmt, ap);
    va_end(ap);
}

void str_reset(Str *s) {
    s->len = 0;
    s->lost = false;
    if (s->buf) s->buf[0] = '\0';
}

void str_clear(Str *s) {
    mem_free(s->buf);
    *s = STR_INIT;
}

const char *str_cstr(const Str *s) {
    return s->buf ? s->buf : "";
}

char *str_detach(Str *s) {
    char *owned = s->buf ? s->buf : mem_strdup("");
    *s = STR_INIT;
    return owned;
}

bool str_starts(const char *s, const char *prefix) {
    return strncmp(s, prefix, strlen(prefix)) == 0;
}
