/* help, apropos, source: everything from the tables that the names come from. */
#include "config.h"

#include <ctype.h>

#include "eval/native.h"
#include "shell/command.h"
#include "shell/describe.h"
#include "shell/names.h"
#include "shell/topics.h"

static bool help_unknown(Session *s, const char *name, Err *err) {
    command_unknown(s, name, err);
    mem_free(err->msg);
    Str msg = STR_INIT;
    str_printf(&msg, "there is no help on '%s'", name);
    err->msg = str_detach(&msg);
    return false;
}

/* ---- apropos -------------------------------------------------------------------------------- */

typedef struct Found {
    const char *words;
    Str *text;
    int count;
} Found;

static void add_found(Found *f, const char *name, const char *doc) {
    size_t n = doc ? strcspn(doc, "\n") : 0;
    const char *stop = n ? strstr(doc, ". ") : NULL;
    if (stop && (size_t)(stop - doc) < n) n = (size_t)(stop - doc);
    str_printf(f->text, "- `%s` %.*s\n", name, (int)n, doc ? doc : "");
    f->count++;
}

/* Short words are names (GQA, RoPE): they are looked for where a word begins. */
enum { SHORT_WORD = 4 };

static bool mentions(const char *text, const char *word) {
    bool is_short = strlen(word) <= SHORT_WORD;
    for (const char *p = text; p && (p = strcasestr(p, word)); p++)
        if (!is_short || p == text || !isalnum((unsigned char)p[-1])) return true;
    return false;
}

/* Is every word in the name or in the text? */
static bool has_words(const char *words, const char *name, const char *text) {
    Str word = STR_INIT;
    bool all = true;
    for (const char *p = words; *p && all; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        str_reset(&word);
        str_addn(&word, p, n);
        all = mentions(name, str_cstr(&word)) || mentions(text, str_cstr(&word));
        p += n;
    }
    str_clear(&word);
    return all;
}

static void if_about(void *ctx, const char *name, const char *doc) {
    Found *f = ctx;
    if (has_words(f->words, name, doc)) add_found(f, name, doc);
}

/* The first place in a lesson where all words stand together, by its heading. */
static void if_taught(Found *f, const Lesson *l) {
    for (size_t i = 0; i < l->steps.count; i++) {
        const LessonStep *step = &l->steps.items[i];
        if (step->kind != STEP_TEXT) continue;
        char *text = mem_strndup(step->text, step->len);
        bool is = has_words(f->words, "", text);
        mem_free(text);
        if (!is) continue;
        str_printf(f->text, "- lesson `%d` `%s`, %s\n", l->number, l->command, step->title);
        f->count++;
        return;
    }
}

static bool about(Session *s, const char *words, Str *text) {
    Found f = {words, text, 0};
    topics_each(s, &f, if_about);
    for (size_t i = 0; i < s->lessons.items.count; i++) if_taught(&f, s->lessons.items.items[i]);
    names_each(s, &f, if_about);
    return f.count > 0;
}

/* ---- names of code -------------------------------------------------------------------------- */

/* What has a name of another module, as `torch.softmax`, `F.softmax` and `nn.Softmax` for softmax:
 * one of them in full, several as a list. */
static bool help_homonyms(Session *s, const char *name, Err *err) {
    Homonyms list = names_like(s, name);
    Str t = STR_INIT;
    bool ok = true;
    if (list.count) str_printf(&t, "In code `%s` is\n\n", name);
    for (size_t i = 0; i < list.count; i++) {
        Value v = VALUE_UNSET;
        Str sig = STR_INIT;
        const NativeRow *row = name_resolve(s, list.items[i], &v) ? native_row(v) : NULL;
        if (row)
            str_add(&sig, row->sig + native_name_len(row));
        else
            signature_of(s, v, &sig);
        if (list.count == 1)
            ok = describe(s, list.items[i], v, err);
        else
            str_printf(&t, "- `%s%s`\n", list.items[i], str_cstr(&sig));
        str_clear(&sig);
        value_release(v);
    }
    if (list.count > 1) {
        str_printf(&t, "\n`help %s` explains one of them.\n", list.items[0]);
        out_markdown(s, str_cstr(&t));
    }
    str_clear(&t);
    names_like_clear(&list);
    return ok;
}

/* The page of a topic, then code of the same name; else whatever mentions the words. */
static bool help_words(Session *s, const char *name, Err *err) {
    Str page = STR_INIT;
    bool topic = topic_page(s, name, TOPIC_AFTER, &page);
    if (topic) out_markdown(s, str_cstr(&page));
    str_clear(&page);
    bool one_word = !strpbrk(name, " .");
    Homonyms list = one_word ? names_like(s, name) : (Homonyms){0};
    bool any = list.count > 0;
    names_like_clear(&list);
    if (any) return help_homonyms(s, name, err);
    if (topic) return true;
    str_printf(&page, "There is no page on '%s'. It is mentioned by\n\n", name);
    bool found = about(s, name, &page);
    if (found) out_markdown(s, str_cstr(&page));
    str_clear(&page);
    return found || help_unknown(s, name, err);
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
        ok = cmd_help.run(s, &(Call){.argc = *inner ? 2 : 1, .argv = argv, .rest = inner}, err);
    } else {
        Source *src = session_source(s, "help", inner, strlen(inner));
        Value v = VALUE_UNSET;
        ok = interp_run(s->in, src, s->scope, RUN_ECHO, &v, NULL, err);
        if (ok && v.tag != VT_UNSET) ok = describe(s, inner, v, err);
        value_release(v);
        source_release(src);
    }
    mem_free(inner);
    return ok;
}

static bool run_help(Session *s, const Call *c, Err *err) {
    Str page = STR_INIT, words = STR_INIT;
    if (c->argc > 1 && c->rest[strspn(c->rest, " ")] == '(' && strchr(c->rest, ')'))
        return help_call(s, c->rest + strspn(c->rest, " "), err);
    for (int i = 1; i < c->argc; i++) str_printf(&words, "%s%s", i > 1 ? " " : "", c->argv[i]);
    const char *name = str_cstr(&words) + (words.len && words.buf[0] == '%');
    Value v = VALUE_UNSET;
    bool ok = true;
    if (c->argc == 1)
        topics_overview(s, &page);
    else if (topic_page(s, name, TOPIC_FIRST, &page)) {
    } else if (name_resolve(s, name, &v))
        ok = describe(s, name, v, err);
    else
        ok = help_words(s, name, err);
    if (page.len) out_markdown(s, str_cstr(&page));
    value_release(v);
    str_clear(&page);
    str_clear(&words);
    return ok;
}

typedef struct Offering {
    Offer offer;
    void *ctx;
} Offering;

static void offer_topic(void *ctx, const char *name, const char *doc) {
    UNUSED(doc);
    ((Offering *)ctx)->offer(((Offering *)ctx)->ctx, name);
}

static void complete_help(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(c);
    topics_each(s, &(Offering){offer, ctx}, offer_topic);
}

const Command cmd_help = {
    .name = "help",
    .aliases = "? .help :help \\? \\h",
    .usage = "help [NAME]",
    .summary = "explain a command, a lesson, a name or a word; `X?` does the same",
    .help = "`help kv-cache` explains a word of the lessons, `help glossary` lists them all.",
    .run = run_help,
    .complete = complete_help,
    .flags = CMD_PAGED | CMD_CALLED | CMD_NAMES,
};

static bool run_apropos(Session *s, const Call *c, Err *err) {
    if (c->argc < 2) return command_usage(&cmd_apropos, err);
    Str text = STR_INIT, words = STR_INIT;
    for (int i = 1; i < c->argc; i++) str_printf(&words, "%s%s", i > 1 ? " " : "", c->argv[i]);
    Value v = VALUE_UNSET;
    bool found = about(s, str_cstr(&words), &text), name = !found && c->argc == 2;
    if (found)
        out_markdown(s, str_cstr(&text));
    else if (name && name_resolve(s, c->argv[1], &v))
        found = describe(s, c->argv[1], v, err);
    else {
        err_set(err, ERR_NAME, "nothing is about '%s'", str_cstr(&words));
        err_hint(err, "try a shorter word");
    }
    value_release(v);
    str_clear(&text);
    str_clear(&words);
    return found;
}

const Command cmd_apropos = {
    .name = "apropos",
    .usage = "apropos WORD ...",
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
        out_view_take(s, view_code(text));
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
    .flags = CMD_PAGED | CMD_NAMES,
};
