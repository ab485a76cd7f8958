/* Completion: commands and their arguments, variables, attributes, modules,
 * keywords. Nothing is run: attributes are listed, not fetched, beyond names
 * that are already bound. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>

#include "eval/native.h"
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
    if (name_peek(s, object, &v)) {
        c->prefix = word + dot;
        c->prefix_len = len - dot;
        c->before = before;
        value_dir(s->in, v, offer_matching, c);
        value_release(v);
    }
    mem_free(object);
    mem_free(before);
}

static void complete_keyword(Completing *c) {
    static const char *const keywords[] = {
        "and",    "as",     "assert", "break", "class", "continue", "def",    "del",   "elif",
        "else",   "except", "for",    "from",  "False", "finally",  "global", "if",    "import",
        "in",     "is",     "lambda", "None",  "not",   "or",       "pass",   "raise", "nonlocal",
        "return", "True",   "try",    "while", "with",  "yield"};
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++) offer_matching(c, keywords[i]);
}

static void complete_name(Session *s, Completing *c) {
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        offer_matching(c, module_name_at(s->scope, i, &v));
    }
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

/* A name of code, dotted or not. */
static void complete_code_name(Session *s, Completing *c) {
    if (memchr(c->prefix, '.', c->prefix_len))
        complete_attribute(s, c->prefix, c->prefix_len, c);
    else
        complete_name(s, c);
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
    if (cmd->flags & CMD_NAMES) complete_code_name(s, c);
    if (strstr(cmd->usage, "FILE") || strstr(cmd->usage, "DIR")) complete_file(c);
    err_clear(&err);
    mem_free(before);
    mem_free(last);
}

static bool word_byte(char c, bool command) {
    if (isalnum((unsigned char)c) || c == '_' || c == '.' || (c & 0x80)) return true;
    return command && c != '\0' && strchr("=,/-~", c);
}

static void offer_mask(void *ctx, const char *name, const char *doc) {
    UNUSED(doc);
    offer_matching(ctx, name);
}

/* ---- places in code ------------------------------------------------------------------------- */

/* Where the cursor is: the text up to it, its line, and where the word begins. */
typedef struct Cursor {
    Session *s;
    const char *text, *line;
    size_t word; /* in text */
} Cursor;

static bool begins_import(const char *line) {
    while (isspace((unsigned char)*line)) line++;
    return str_starts(line, "import ") || str_starts(line, "from ");
}

/* `import torch.nn.fun`, `from torch.n`. */
static bool at_module(const Cursor *p, Completing *c) {
    char *head = mem_strndup(p->line, strlen(p->line) - c->prefix_len);
    bool names = strstr(head, " import ") != NULL, here = begins_import(p->line) && !names;
    mem_free(head);
    if (here) complete_module(p->s, c);
    return here;
}

/* `from torch.nn import Lin`: what the module has. */
static bool at_imported_name(const Cursor *p, Completing *c) {
    const char *line = p->line + strspn(p->line, " \t");
    const char *import = str_starts(line, "from ") ? strstr(line, " import ") : NULL;
    if (!import) return false;
    const char *name = line + 5 + strspn(line + 5, " ");
    char *module = mem_strndup(name, strcspn(name, " "));
    Value v = VALUE_UNSET;
    if (name_peek(p->s, module, &v)) value_dir(p->s->in, v, offer_matching, c);
    value_release(v);
    mem_free(module);
    return true;
}

/* The open bracket that the cursor is in; NULL: none, or in a string. *quoted: of that string, or
 * 0.
 */
static const char *open_call(const Cursor *p, char *quoted) {
    VEC(const char *) open = {0};
    char quote = 0;
    for (const char *q = p->text; q < p->text + p->word; q++) {
        if (quote)
            quote = *q == quote && q[-1] != '\\' ? 0 : quote;
        else if (*q == '"' || *q == '\'')
            quote = *q;
        else if (strchr("([{", *q))
            vec_push(&open, q);
        else if (strchr(")]}", *q) && open.count)
            open.count--;
    }
    const char *last = open.count && !quote ? open.items[open.count - 1] : NULL;
    *quoted = quote;
    vec_clear(&open);
    return last && *last == '(' ? last : NULL;
}

/* What stands between the brackets of a call's signature: of a row, or of the `def` in its source
 * (`__init__` of a class). Nothing is run. */
static char *parameters_of(Value v) {
    const NativeRow *row = native_row(v);
    Source *src = NULL;
    Span span;
    if (row) return mem_strdup(strchr(row->sig, '(') + 1);
    if (!value_source(v, &src, &span)) return NULL;
    char *text = mem_strndup(source_text(src) + span.start, span.end - span.start);
    const char *def = strstr(text, value_kind(v) == KIND_TYPE ? "def __init__(" : "def ");
    const char *from = def ? strchr(def, '(') : NULL;
    char *out = from ? mem_strdup(from + 1) : NULL;
    mem_free(text);
    return out;
}

/* Each name of a list of parameters, as "name=". */
static void offer_parameters(const char *list, Completing *c) {
    int depth = 0;
    for (const char *p = list, *start = list; *p && depth >= 0; p++) {
        depth += (strchr("([{", *p) != NULL) - (strchr(")]}", *p) != NULL);
        if (depth > 0 || (*p != ',' && depth == 0)) continue;
        start += strspn(start, " \n\t");
        size_t n = 0;
        while (isalnum((unsigned char)start[n]) || start[n] == '_') n++;
        Str name = STR_INIT;
        str_printf(&name, "%.*s=", (int)n, start);
        if (n && strcmp(str_cstr(&name), "self=") != 0) offer_matching(c, str_cstr(&name));
        str_clear(&name);
        start = p + 1;
    }
}

/* `nn.Linear(4, 2, bi`: the parameters of what is called, beside the names. */
static bool at_argument(const Cursor *p, Completing *c) {
    char quoted;
    const char *open = open_call(p, &quoted), *start = open;
    if (quoted) return true; /* a text: no name stands there */
    if (!open || memchr(c->prefix, '.', c->prefix_len)) return false;
    while (start > p->text && word_byte(start[-1], false)) start--;
    char *name = mem_strndup(start, (size_t)(open - start));
    Value v = VALUE_UNSET;
    char *list = *name && name_peek(p->s, name, &v) ? parameters_of(v) : NULL;
    if (list) offer_parameters(list, c);
    value_release(v);
    mem_free(list);
    mem_free(name);
    return false; /* names and attributes may stand there too */
}

static bool at_attribute(const Cursor *p, Completing *c) {
    if (!memchr(c->prefix, '.', c->prefix_len)) return false;
    complete_attribute(p->s, c->prefix, c->prefix_len, c);
    return true;
}

/* The first word may be a command, or a lesson. */
static bool at_first_word(const Cursor *p, Completing *c) {
    if (strspn(p->text, " %") != p->word) return false;
    for (const Command *const *r = p->s->commands; *r; r++) offer_matching(c, (*r)->name);
    for (size_t i = 0; i < p->s->lessons.items.count; i++)
        offer_matching(c, p->s->lessons.items.items[i]->command);
    return false;
}

/* While a lesson is read: `kind=wi` changes a parameter. */
static bool at_parameter(const Cursor *p, Completing *c) {
    if (!p->s->lesson) return false;
    const Lesson *l = lesson_run_lesson(p->s->lesson);
    for (size_t i = 0; i < l->params.count; i++) {
        const LessonParam *param = &l->params.items[i];
        Str name = STR_INIT;
        str_printf(&name, "%s=", param->name);
        bool value = p->word == name.len && str_starts(p->text, str_cstr(&name));
        if (p->word == 0) offer_matching(c, str_cstr(&name));
        for (size_t k = 0; value && k < param->choices.count; k++)
            offer_matching(c, param->choices.items[k]);
        str_clear(&name);
        if (value && param->choices.count) return true;
    }
    return false;
}

static bool at_name(const Cursor *p, Completing *c) {
    complete_keyword(c);
    complete_name(p->s, c);
    return true;
}

/* In order; the first that says true is the last. */
static bool (*const places[])(const Cursor *p, Completing *c) = {
    at_imported_name, at_module, at_argument, at_attribute, at_parameter, at_first_word, at_name,
};

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
    size_t line_at = end;
    while (line_at > 0 && head[line_at - 1] != '\n') line_at--;
    Cursor cursor = {s, head, head + line_at, word};
    if (mask)
        masks_each(&c, offer_mask);
    else if (cmd && !(cmd->flags & CMD_RAW) && word > 0)
        complete_argument(s, cmd, head, word, end, &c);
    else
        for (size_t i = 0; i < ARRAY_LEN(places) && !places[i](&cursor, &c); i++) continue;
    mem_free(head);
}
