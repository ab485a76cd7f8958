/* See ahead.h. */
#include "config.h"

#include "shell/ahead.h"

#include <poll.h>
#include <unistd.h>

#include "shell/entry.h"

/* Keeps a line; a blank one only where it belongs to a block. */
static void keep_line(Session *s, Str *entry, const char *line, size_t n) {
    bool blank = strspn(line, " \t\r\n") >= n;
    if (blank && !entry->len) return;
    str_addn(&s->typed_ahead, line, n);
    str_addn(entry, line, n);
    if (!entry_incomplete(str_cstr(entry), entry->len)) str_reset(entry);
}

void ahead_take(Session *s) {
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    Str keys = STR_INIT, entry = STR_INIT;
    char buf[1024];
    for (ssize_t n; s->tty_in && poll(&p, 1, 0) > 0 && (n = read(p.fd, buf, sizeof buf)) > 0;)
        str_addn(&keys, buf, (size_t)n);
    for (size_t at = 0, n; at < keys.len; at += n) {
        n = strcspn(keys.buf + at, "\r\n");
        n += at + n < keys.len;
        keep_line(s, &entry, keys.buf + at, n);
    }
    str_clear(&keys);
    str_clear(&entry);
}
