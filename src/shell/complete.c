/* Completion: commands and their arguments, variables, attributes, modules,
 * keywords. Nothing is run: attributes are listed, not fetched, beyond names
 * that are already bound. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>

#include "shell/command.h"
#include "shell/masks.h"
#include "shell/names.h"
#include "shell/words.h"

typedef struct Completing {
    const char *prefix; /* what the word begins with */
    size_t prefix_len;
    const char *before; /* put in front of what is offered: "torch." */
    Offer offer;
    void *ctx;
} Completing;

static void offer_matching(void *ctx, const char *name) {
    Completing *c = ctx;
    if (strncmp(name, c->prefix, c->prefix_len) != 0) return;
    if (name[0] == '_' && c->prefix_len == 0) return; /* private names only when asked for */
    Str full = STR_INIT;
    str_printf(&full, "%s%s", c->before, name);
    c->offer(c->ctx, str_cstr(&full));
    str_clear(&full);
}

static void complete_attribute(Session *s, const char *word, size_t len, Completing *c) {
    size_t dot = len;
    while (dot > 0 && word[dot - 1] != '.') dot--;
    char *object = mem_strndup(word, dot - 1), *before = mem_strndup(word, dot);
    Value v = VALUE_UNSET;
    if (name_resolve(s, object, &v)) {
        c->prefix = word + dot;
        c->prefix_len = len - dot;
        c->before = before;
        value_dir(s->in, v, offer_matching, c);
        value_release(v);
    }
    mem_free(object);
    mem_free(before);
}

static void complete_name(Session *s, Completing *c) {
    static const char *const keywords[] = {
        "and",    "as",     "assert", "break", "class", "continue", "def",    "del",   "elif",
        "else",   "except", "for",    "from",  "False", "finally",  "global", "if",    "import",
        "in",     "is",     "lambda", "None",  "not",   "or",       "pass",   "raise", "nonlocal",
        "return", "True",   "try",    "while", "with",  "yield"};
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        offer_matching(c, module_name_at(s->scope, i, &v));
    }
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++) offer_matching(c, keywords[i]);
    interp_builtin_names(s->in, offer_matching, c);
    interp_at_hand_names(offer_matching, c);
}

static void complete_module(Session *s, Completing *c) {
    const ModuleDef *const *defs;
    int n = interp_module_defs(s->in, &defs);
    for (int i = 0; i < n; i++) offer_matching(c, defs[i]->name);
}

static void complete_file(Completing *c) {
    const char *slash = memrchr(c->prefix, '/', c->prefix_len);
    size_t dir_len = slash ? (size_t)(slash - c->prefix) + 1 : 0;
    char *dir = dir_len ? mem_strndup(c->prefix, dir_len) : mem_strdup("./");
    DIR *d = opendir(dir);
    Completing inner = *c;
    inner.before = dir_len ? dir : "";
    inner.prefix += dir_len;
    inner.prefix_len -= dir_len;
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.') offer_matching(&inner, e->d_name);
    if (d) closedir(d);
    mem_free(dir);
}

/* Arguments of a command: its own completer with the words so far, and files where its usage
 * names one. */
static void complete_argument(Session *s, const Command *cmd, const char *line, size_t word,
                              size_t end, Completing *c) {
    Err err = {0};
    Words w = {0};
    char *before = mem_strndup(line, word), *last = mem_strndup(line + word, end - word);
    if (words_split(before, &w, &err)) {
        char **argv = mem_zero(sizeof *argv * (size_t)(w.count + 3));
        int n = 0;
        bool by_name = w.count && !command_find(s, w.items[0], strlen(w.items[0]));
        if (by_name && cmd == command_named(s, "lesson"))
            argv[n++] = (char *)"lesson"; /* the line began with the lesson's own name */
        for (int i = 0; i < w.count; i++) argv[n++] = w.items[i];
        argv[n++] = last;
        if (cmd->complete)
            cmd->complete(s, &(Call){.argc = n, .argv = argv, .rest = ""}, offer_matching, c);
        mem_free(argv);
        words_clear(&w);
    }
    if (strstr(cmd->usage, "FILE") || strstr(cmd->usage, "DIR")) complete_file(c);
    err_clear(&err);
    mem_free(before);
    mem_free(last);
}

static bool word_byte(char c, bool command) {
    if (isalnum((unsigned char)c) || c == '_' || c == '.' || (c & 0x80)) return true;
    return command && c != '\0' && strchr("=,/-~", c);
}

static bool begins_import(const char *line, size_t word) {
    while (isspace((unsigned char)*line)) line++;
    bool from = str_starts(line, "from "), import = str_starts(line, "import ");
    char *head = mem_strndup(line, word);
    bool done = from && strstr(head, " import ");
    mem_free(head);
    return import || (from && !done);
}

static void offer_mask(void *ctx, const char *name, const char *doc) {
    UNUSED(doc);
    offer_matching(ctx, name);
}

void complete_words(Session *s, const char *line, size_t end, Offer offer, void *ctx,
                    size_t *word_start) {
    char *head = mem_strndup(line, end);
    const char *rest = NULL;
    const Command *cmd = strchr(head, ' ') ? session_command_of(s, head, &rest) : NULL;
    size_t word = end;
    while (word > 0 && word_byte(head[word - 1], cmd != NULL)) word--;
    bool mask = !cmd && masks_wanted(head, end, &word);
    *word_start = word;
    Completing c = {
        .prefix = head + word, .prefix_len = end - word, .before = "", .offer = offer, .ctx = ctx};
    bool first = strspn(head, " %") == word;
    if (mask)
        masks_each(&c, offer_mask);
    else if (cmd && !(cmd->flags & CMD_RAW) && word > 0)
        complete_argument(s, cmd, head, word, end, &c);
    else if (begins_import(head, word))
        complete_module(s, &c);
    else if (memchr(c.prefix, '.', c.prefix_len))
        complete_attribute(s, c.prefix, c.prefix_len, &c);
    else {
        if (first) {
            for (const Command *const *r = s->commands; *r; r++) offer_matching(&c, (*r)->name);
            for (size_t i = 0; i < s->lessons.items.count; i++)
                offer_matching(&c, s->lessons.items.items[i]->command);
        }
        complete_name(s, &c);
    }
    mem_free(head);
}
