/* See keys.h. */
#include "config.h"

#include "shell/keys.h"

#include <ctype.h>

#include "shell/command.h"

static bool leave(Session *s, Err *err) {
    UNUSED(err);
    reading_close(s);
    return true;
}

static bool has_ledger(const Session *s) {
    return s->ledger != NULL;
}

static bool show_ledger(Session *s, Err *err) {
    return command_run_line(s, command_named(s, "ledger"), "", err);
}

const ReaderKey reader_keys[] = {
    {"", "goes on", NULL, reading_continue},
    {"b", "back", NULL, reading_back},
    {"a", "all", NULL, reading_all},
    {"c", "code", reading_has_code, reading_code},
    {"l", "ledger", has_ledger, show_ledger},
    {"q", "out", NULL, leave},
    {NULL},
};

static bool is_variable(const Session *s, const char *name) {
    Value v = VALUE_UNSET;
    bool found = module_get(s->scope, name, &v);
    value_release(v);
    return found;
}

/* The key that n bytes are. */
static const ReaderKey *find(const Session *s, const char *text, size_t n) {
    bool dotted = n > 1 && *text == '.';
    if (dotted) text++, n--;
    if (!dotted && s->playing) return NULL;
    for (const ReaderKey *k = reader_keys; k->key; k++)
        if (strlen(k->key) == n && strncmp(k->key, text, n) == 0)
            return dotted || !n || !is_variable(s, k->key) ? k : NULL;
    return NULL;
}

bool reader_key_typed(Session *s, const char *line) {
    while (isspace((unsigned char)*line)) line++;
    size_t n = strlen(line);
    while (n && isspace((unsigned char)line[n - 1])) n--;
    const ReaderKey *key = s->lesson ? find(s, line, n) : NULL;
    if (!key) return false;
    Err err = {0};
    bool ok = key->run(s, &err);
    out_flush(s);
    if (!ok && err.kind != ERR_OK) {
        report(s, &err);
        if (s->lesson)
            out_view_take(s, view_text(STYLE_FAINT,
                                       "Enter tries this part again, `skip` leaves "
                                       "it out, `restart` begins anew with fresh variables"));
        out_flush(s);
    }
    return true;
}

const char *reader_key_name(const Session *s, const char *key) {
    static char name[8];
    snprintf(name, sizeof name, "%s%s", is_variable(s, key) ? "." : "", key);
    return *key ? name : "Enter";
}

void reader_keys_line(const Session *s, Str *out) {
    const char *between = "";
    for (const ReaderKey *k = reader_keys; k->key; k++) {
        if (k->offered && !k->offered(s)) continue;
        str_printf(out, "%s%s %s", between, reader_key_name(s, k->key), k->does);
        between = ", ";
    }
    str_add(out, "; or type code");
}
