/* help, apropos, source: everything from the tables that the names come from. */
#include "config.h"

#include "eval/native.h"
#include "value/obj.h"
#include "shell/command.h"
#include "shell/masks.h"
#include "shell/names.h"
#include "view/markdown.h"

static void help_overview(Session *s) {
    Str t = STR_INIT;
    str_add(&t,
            "# qkv\n\nCode is PyTorch-style Python; commands are words. "
            "`help X` or `X?` explains a command, a lesson or a name, `apropos WORD` searches.\n\n"
            "## Commands\n\n| command | |\n|---|---|\n");
    for (const Command *const *c = s->commands; *c; c++)
        if (!((*c)->flags & CMD_READING)) {
            str_add(&t, "| `");
            markdown_cell(&t, (*c)->usage);
            str_printf(&t, "` | %s |\n", (*c)->summary);
        }
    str_add(&t, "\n## In a lesson\n\n");
    for (const Command *const *c = s->commands; *c; c++)
        if ((*c)->flags & CMD_READING) str_printf(&t, "`%s` ", (*c)->name);
    str_add(&t, "— Enter goes on, `b` back, `a` all, `q` out.\n\n## Lessons\n\n");
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        str_printf(&t, "- `%d` `%s` %s\n", l->number, l->command, l->title);
    }
    str_add(&t, "\n## Modules\n\n`torch`, `torch.nn.functional`, `math` and others by `import`; "
                "`qkv` is at hand: `help qkv`.\n");
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

static void help_command(Session *s, const Command *c) {
    Str t = STR_INIT;
    str_printf(&t, "`%s`\n\n%s.\n", c->usage, c->summary);
    if (c->aliases) str_printf(&t, "\nAlso: `%s`\n", c->aliases);
    if (c->help) str_printf(&t, "\n%s\n", c->help);
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

static void help_lesson(Session *s, const Lesson *l) {
    Str t = STR_INIT;
    str_printf(&t, "`%s [name=value ...]`  or `%d`\n\n**%s**\n\n%s", l->command, l->number,
               l->title, l->summary);
    if (l->minutes > 0) str_printf(&t, ". About %d minutes.", l->minutes);
    if (l->waits) str_printf(&t, ". It follows when %s.", l->waits);
    str_addc(&t, '\n');
    if (l->after.count) str_add(&t, "\nIt builds on ");
    for (size_t i = 0; i < l->after.count; i++)
        str_printf(&t, "%s%d", i ? ", " : "", l->after.items[i]);
    if (l->after.count) str_add(&t, ".\n");
    if (l->terms.count) str_add(&t, "\nIt explains ");
    for (size_t i = 0; i < l->terms.count; i++)
        str_printf(&t, "%s%s", i ? ", " : "", l->terms.items[i].name);
    if (l->terms.count) str_add(&t, ".\n");
    if (l->params.count) str_add(&t, "\n| parameter | default | may be | |\n|---|---|---|---|\n");
    for (size_t i = 0; i < l->params.count; i++) {
        const LessonParam *p = &l->params.items[i];
        Str domain = STR_INIT;
        lesson_param_domain(p, &domain);
        str_printf(&t, "| `%s` | %s | %s | %s |\n", p->name, p->deflt, str_cstr(&domain), p->help);
        str_clear(&domain);
    }
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

/* A signature in lines of at most `width` columns, broken behind commas and set under its
 * first parameter. */
static void add_signature(Str *out, const char *sig, size_t width) {
    const char *open = strchr(sig, '(');
    size_t indent = open && (size_t)(open - sig) < width / 2 ? (size_t)(open - sig) + 1 : 4;
    for (size_t column = 0; *sig;) {
        size_t n = strcspn(sig, ",");
        n += sig[n] == ',';
        if (column > indent && column + n > width) {
            str_addc(out, '\n');
            str_fill(out, ' ', indent);
            column = indent;
            if (*sig == ' ') sig++, n--;
        }
        str_addn(out, sig, n);
        column += n;
        sig += n;
    }
}

static void help_row(Session *s, const char *name, const NativeRow *row) {
    Str t = STR_INIT;
    str_add(&t, "```\n");
    add_signature(&t, row->sig, (size_t)MAX(out_width(s) - 4, 20));
    str_printf(&t, "\n```\n\n%s\n", row->doc ? row->doc : "");
    if (row->example) str_printf(&t, "\n```\n%s\n```\n", row->example);
    if (strcmp(name, "qkv.mask") == 0) str_addc(&t, '\n'), masks_list(&t);
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

typedef struct Listing {
    Str text;
    int count;
} Listing;

static void list_name(void *ctx, const char *name) {
    Listing *l = ctx;
    if (name[0] == '_') return;
    str_printf(&l->text, "%s`%s`", l->count++ ? " " : "", name);
}

/* A value without a row: its docstring, its type, its members. */
static bool help_value(Session *s, const char *name, Value v, Err *err) {
    Value doc = VALUE_UNSET;
    if (!value_lookup(s->in, v, "__doc__", &doc, err)) return false;
    Str t = STR_INIT;
    str_printf(&t, "`%s`: %s\n\n", name, value_type(v)->name);
    if (value_is(doc, &type_str)) str_printf(&t, "%s\n\n", str_of(doc)->s);
    value_release(doc);
    Listing members = {0};
    value_dir(s->in, v, list_name, &members);
    if (members.count) str_printf(&t, "Members: %s\n", str_cstr(&members.text));
    str_clear(&members.text);
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
    return true;
}

static bool help_unknown(Session *s, const char *name, Err *err) {
    command_unknown(s, name, err);
    mem_free(err->msg);
    Str msg = STR_INIT;
    str_printf(&msg, "there is no help on '%s'", name);
    err->msg = str_detach(&msg);
    return false;
}

static void help_term(Session *s, const LessonTerm *term, const Lesson *from) {
    Str t = STR_INIT;
    str_printf(&t, "**%s**: %s\n\nMore in `%d`: %s\n", term->name, term->text, from->number,
               from->title);
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

/* All words that the lessons explain, by lesson. */
static void help_glossary(Session *s) {
    Str t = STR_INIT;
    str_add(&t, "# Glossary\n\n`help WORD` says where a word is explained at length.\n\n");
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        for (size_t k = 0; k < l->terms.count; k++)
            str_printf(&t, "- **%s** (%d): %s\n", l->terms.items[k].name, l->number,
                       l->terms.items[k].text);
    }
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

/* `help kv cache`: the words of the line as one term. */
static const LessonTerm *term_of(Session *s, const Call *c, const Lesson **from) {
    Str name = STR_INIT;
    for (int i = 1; i < c->argc; i++) str_printf(&name, "%s%s", i > 1 ? "-" : "", c->argv[i]);
    const LessonTerm *term = lesson_term(&s->lessons, str_cstr(&name), from);
    str_clear(&name);
    return term;
}

/* `help sinks`, `help mask kinds`. */
static bool help_mask(Session *s, const Call *c) {
    Str t = STR_INIT;
    bool list = c->argc == 3 && strcmp(c->argv[1], "mask") == 0 && strcmp(c->argv[2], "kinds") == 0;
    if (list) masks_list(&t);
    bool found = list || (c->argc == 2 && masks_page(c->argv[1], &t));
    if (found) out_markdown(s, str_cstr(&t));
    str_clear(&t);
    return found;
}

static bool help_of(Session *s, const char *name, Value v, Err *err) {
    const NativeRow *row = native_row(v);
    if (!row) return help_value(s, name, v, err);
    help_row(s, name, row);
    return true;
}

/* `help(x)`: x is a word in quotes, a name, or any expression, which is computed. */
static bool help_call(Session *s, const char *rest, Err *err) {
    size_t n = strlen(rest);
    while (rest[n - 1] != ')') n--;
    const char *start = rest + 1, *end = rest + n - 1;
    while (start < end && strchr(" '\"", *start)) start++;
    while (end > start && strchr(" '\"", end[-1])) end--;
    char *inner = mem_strndup(start, (size_t)(end - start));
    bool plain = inner[strspn(inner, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_.")] == '\0';
    char *argv[] = {(char *)"help", inner, NULL};
    bool ok = true;
    if (!*inner || plain) {
        ok = cmd_help.run(s, &(Call){*inner ? 2 : 1, argv, inner}, err);
    } else {
        Source *src = session_source(s, "help", inner, strlen(inner));
        Value v = VALUE_UNSET;
        ok = interp_run(s->in, src, s->scope, RUN_ECHO, &v, NULL, err);
        if (ok && v.tag != VT_UNSET) ok = help_of(s, inner, v, err);
        value_release(v);
        source_release(src);
    }
    mem_free(inner);
    return ok;
}

static bool run_help(Session *s, const Call *c, Err *err) {
    if (c->argc == 1) {
        help_overview(s);
        return true;
    }
    if (c->rest[strspn(c->rest, " ")] == '(' && strchr(c->rest, ')'))
        return help_call(s, c->rest + strspn(c->rest, " "), err);
    const char *name = c->argv[1];
    if (*name == '%') name++;
    const Command *cmd = command_find(s, name, strlen(name));
    const Lesson *lesson = lesson_find(&s->lessons, name);
    Value v = VALUE_UNSET;
    if (cmd)
        help_command(s, cmd);
    else if (lesson)
        help_lesson(s, lesson);
    else if (strcmp(name, "glossary") == 0)
        help_glossary(s);
    else if (c->argc > 2 || !name_resolve(s, name, &v)) {
        const Lesson *from;
        const LessonTerm *term = term_of(s, c, &from);
        if (term)
            help_term(s, term, from);
        else if (!help_mask(s, c))
            return help_unknown(s, name, err);
    }
    if (v.tag == VT_UNSET) return true;
    bool ok = help_of(s, name, v, err);
    value_release(v);
    return ok;
}

typedef struct Offering {
    Offer offer;
    void *ctx;
} Offering;

static void offer_name(void *ctx, const char *name, const char *doc) {
    UNUSED(doc);
    ((Offering *)ctx)->offer(((Offering *)ctx)->ctx, name);
}

static void complete_help(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(c);
    for (const Command *const *r = s->commands; *r; r++) offer(ctx, (*r)->name);
    for (size_t i = 0; i < s->lessons.items.count; i++)
        offer(ctx, s->lessons.items.items[i]->command);
    offer(ctx, "glossary");
    masks_each(&(Offering){offer, ctx}, offer_name);
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        for (size_t k = 0; k < l->terms.count; k++) offer(ctx, l->terms.items[k].name);
    }
}

const Command cmd_help = {
    .name = "help",
    .aliases = "? .help :help \\? \\h",
    .usage = "help [NAME]",
    .summary = "explain a command, a lesson, a name or a word; `X?` does the same",
    .help = "`help kv-cache` explains a word of the lessons, `help glossary` lists them all.",
    .run = run_help,
    .complete = complete_help,
    .flags = CMD_PAGED | CMD_CALLED,
};

typedef struct Found {
    Session *s;
    const char *word;
    Str text;
    int count;
} Found;

static void found_row(Found *f, const char *name, const char *doc) {
    size_t n = doc ? strcspn(doc, "\n") : 0;
    const char *stop = n ? strstr(doc, ". ") : NULL;
    if (stop && (size_t)(stop - doc) < n) n = (size_t)(stop - doc);
    str_printf(&f->text, "- `%s` %.*s\n", name, (int)n, doc ? doc : "");
    f->count++;
}

static void found_name(void *ctx, const char *name, const char *doc) {
    found_row(ctx, name, doc);
}

static void found_mask(void *ctx, const char *name, const char *doc) {
    Found *f = ctx;
    if (strcasestr(name, f->word) || strcasestr(doc, f->word)) found_row(f, name, doc);
}

static bool run_apropos(Session *s, const Call *c, Err *err) {
    if (c->argc != 2) return command_usage(&cmd_apropos, err);
    const char *word = c->argv[1];
    Found f = {.s = s, .word = word};
    for (const Command *const *r = s->commands; *r; r++)
        if (strcasestr((*r)->name, word) || strcasestr((*r)->summary, word))
            found_row(&f, (*r)->name, (*r)->summary);
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        if (strcasestr(l->command, word) || strcasestr(l->title, word) ||
            strcasestr(l->summary, word))
            found_row(&f, l->command, l->title);
        for (size_t k = 0; k < l->terms.count; k++)
            if (strcasestr(l->terms.items[k].name, word) ||
                strcasestr(l->terms.items[k].text, word))
                found_row(&f, l->terms.items[k].name, l->terms.items[k].text);
    }
    masks_each(&f, found_mask);
    names_about(s, word, found_name, &f);
    if (f.count) out_markdown(s, str_cstr(&f.text));
    str_clear(&f.text);
    if (!f.count) {
        err_set(err, ERR_NAME, "nothing is about '%s'", word);
        return err_hint(err, "try a shorter word");
    }
    return true;
}

const Command cmd_apropos = {
    .name = "apropos",
    .usage = "apropos WORD",
    .summary = "search names and their explanations",
    .run = run_apropos,
    .flags = CMD_PAGED,
};

static bool run_source(Session *s, const Call *c, Err *err) {
    if (c->argc != 2) return command_usage(&cmd_source, err);
    Value v = VALUE_UNSET;
    if (!name_resolve(s, c->argv[1], &v)) return help_unknown(s, c->argv[1], err);
    Source *src = NULL;
    Span span;
    bool ok = value_source(v, &src, &span);
    if (ok) {
        char *text = mem_strndup(source_text(src) + span.start, span.end - span.start);
        out_view_take(s, view_verbatim(STYLE_CODE, text));
        mem_free(text);
    } else if (native_row(v)) {
        err_set(err, ERR_TYPE, "%s is written in C", c->argv[1]);
        err_hint(err, "`help %s` shows its signature and an example", c->argv[1]);
    } else {
        err_set(err, ERR_TYPE, "%s has no source: it is of type %s", c->argv[1],
                value_type(v)->name);
        err_hint(err, "functions, methods and classes written in the dialect have");
    }
    value_release(v);
    return ok;
}

const Command cmd_source = {
    .name = "source",
    .usage = "source NAME",
    .summary = "the dialect source of a function or class; `X??` does the same",
    .run = run_source,
    .flags = CMD_PAGED,
};
