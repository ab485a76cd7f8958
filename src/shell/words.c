/* Command words; see words.h. */
#include "config.h"

#include "shell/words.h"

#include <ctype.h>

#include "base/str.h"

/* Reads one word from *at; false when a quote does not close. */
static bool read_word(const char **at, Str *word, Err *err) {
    const char *p = *at;
    char quote = 0;
    for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
        if (*p == '\\' && p[1] && quote != '\'')
            str_addc(word, *++p);
        else if (quote ? *p == quote : (*p == '"' || *p == '\''))
            quote = quote ? 0 : *p;
        else
            str_addc(word, *p);
    }
    *at = p;
    if (!quote) return true;
    err_set(err, ERR_SYNTAX, "the quote %c does not close", quote);
    return err_hint(err, "end the value with %c", quote);
}

bool words_split(const char *line, Words *out, Err *err) {
    VEC(char *) list = {0};
    *out = (Words){0};
    for (const char *p = line;;) {
        while (isspace((unsigned char)*p)) p++;
        if (!*p) break;
        Str word = STR_INIT;
        bool ok = read_word(&p, &word, err);
        vec_push(&list, str_detach(&word));
        if (!ok) {
            words_clear(&(Words){list.items, (int)list.count});
            return false;
        }
    }
    *out = (Words){list.items, (int)list.count};
    return true;
}

static bool ends_in_equals(const char *word) {
    size_t n = strlen(word);
    return n && word[n - 1] == '=';
}

void words_join_equals(Words *w) {
    int n = 0;
    for (int i = 0; i < w->count; i++) {
        bool joins = n && (ends_in_equals(w->items[n - 1]) ? !strchr(w->items[i], '=')
                                                           : w->items[i][0] == '=');
        if (!joins) {
            w->items[n++] = w->items[i];
            continue;
        }
        Str both = STR_INIT;
        str_printf(&both, "%s%s", w->items[n - 1], w->items[i]);
        mem_free(w->items[n - 1]);
        mem_free(w->items[i]);
        w->items[n - 1] = str_detach(&both);
    }
    w->count = n;
}

void words_clear(Words *w) {
    for (int i = 0; i < w->count; i++) mem_free(w->items[i]);
    mem_free(w->items);
    *w = (Words){0};
}
