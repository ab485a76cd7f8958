/* Claims files, read into cases; see claim.h. */
#include "config.h"

#include "claim.h"

#include <stdlib.h>

#include "tutor/lesson.h"

char *claim_path(const char *folder, const char *name, const char *suffix) {
    Str s = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    size_t stem = strcspn(name, ".");
    str_printf(&s, "%s/%s/%.*s%s", top ? top : ".", folder, (int)stem, name, suffix);
    return str_detach(&s);
}

/* "### name | args" and the lines below it up to the next such line; returns the line after. */
static const char *read_claim(const char *p, const char *name, int *line, Claims *out) {
    Claim c = {.lesson = claim_path("lessons", name, ".md"),
               .file = claim_path("tests/claims", name, ".py")};
    size_t n = strcspn(p, "\n");
    const char *bar = memchr(p, '|', n);
    size_t title = bar ? (size_t)(bar - p) : n;
    while (title > 4 && p[title - 1] == ' ') title--;
    c.name = mem_strndup(p + 4, title - 4);
    c.args = bar ? mem_strndup(bar + 1, n - (size_t)(bar + 1 - p)) : mem_strdup("");
    c.anywhere = strcmp(c.args, " anywhere") == 0;
    if (c.anywhere) c.args[0] = '\0';
    p += n + (p[n] == '\n');
    c.line = ++*line;
    const char *body = p;
    while (*p && !str_starts(p, "### ")) {
        p += strcspn(p, "\n");
        if (*p) p++;
        ++*line;
    }
    c.code = mem_strndup(body, (size_t)(p - body));
    vec_push(out, c);
    return p;
}

bool claims_read(const char *name, size_t most, Claims *out) {
    char *path = claim_path("tests/claims", name, ".py");
    Str text = STR_INIT;
    Err err = {0};
    bool there = lesson_file_read(path, &text, &err);
    int line = 1;
    size_t end = out->count + most;
    for (const char *p = str_cstr(&text); *p && out->count < end;) {
        if (str_starts(p, "### ")) {
            p = read_claim(p, name, &line, out);
        } else {
            p += strcspn(p, "\n");
            if (*p) p++;
            line++;
        }
    }
    err_clear(&err);
    str_clear(&text);
    mem_free(path);
    return there;
}

void claims_clear(Claims *claims) {
    for (size_t i = 0; i < claims->count; i++) {
        Claim *c = &claims->items[i];
        mem_free(c->lesson);
        mem_free(c->file);
        mem_free(c->name);
        mem_free(c->args);
        mem_free(c->code);
    }
    vec_clear(claims);
}
