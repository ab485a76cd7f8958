/* See topics.h. */
#include "config.h"

#include "shell/topics.h"

#include "shell/command.h"
#include "shell/masks.h"
#include "view/markdown.h"

static void command_page(const Command *c, Str *t) {
    str_printf(t, "`%s`\n\n%s.\n", c->usage, c->summary);
    if (c->aliases) str_printf(t, "\nAlso: `%s`\n", c->aliases);
    if (c->help) str_printf(t, "\n%s\n", c->help);
}

static bool command_topic(Session *s, const char *name, Str *t) {
    const Command *c = command_find(s, name, strlen(name));
    if (c) command_page(c, t);
    return c != NULL;
}

static void each_command(Session *s, void *ctx, TopicFn fn) {
    for (const Command *const *c = s->commands; *c; c++) fn(ctx, (*c)->name, (*c)->summary);
}

static void lesson_page(const Lesson *l, Str *t) {
    str_printf(t, "`%s [name=value ...]`  or `%d`\n\n**%s**\n\n%s", l->command, l->number, l->title,
               l->summary);
    if (l->minutes > 0) str_printf(t, ". About %d minutes.", l->minutes);
    if (l->waits) str_printf(t, ". It follows when %s.", l->waits);
    str_addc(t, '\n');
    if (l->after.count) str_add(t, "\nIt builds on ");
    for (size_t i = 0; i < l->after.count; i++)
        str_printf(t, "%s%d", i ? ", " : "", l->after.items[i]);
    if (l->after.count) str_add(t, ".\n");
    if (l->terms.count) str_add(t, "\nIt explains ");
    for (size_t i = 0; i < l->terms.count; i++)
        str_printf(t, "%s%s", i ? ", " : "", l->terms.items[i].name);
    if (l->terms.count) str_add(t, ".\n");
    if (l->params.count) str_add(t, "\n| parameter | default | may be | |\n|---|---|---|---|\n");
    for (size_t i = 0; i < l->params.count; i++) {
        const LessonParam *p = &l->params.items[i];
        Str domain = STR_INIT;
        lesson_param_domain(p, &domain);
        str_printf(t, "| `%s` | %s | %s | %s |\n", p->name, p->deflt, str_cstr(&domain), p->help);
        str_clear(&domain);
    }
}

static bool lesson_topic(Session *s, const char *name, Str *t) {
    const Lesson *l = lesson_find(&s->lessons, name);
    if (l) lesson_page(l, t);
    return l != NULL;
}

static void each_lesson(Session *s, void *ctx, TopicFn fn) {
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        Str doc = STR_INIT;
        str_printf(&doc, "%s: %s", l->title, l->summary);
        fn(ctx, l->command, str_cstr(&doc));
        str_clear(&doc);
    }
}

/* ---- words of the lessons ------------------------------------------------------------------- */

/* `help kv cache`, `help kv-cache`. */
static bool term_topic(Session *s, const char *name, Str *t) {
    const Lesson *from;
    char *word = mem_strdup(name);
    for (char *p = word; *p; p++)
        if (*p == ' ') *p = '-';
    const LessonTerm *term = lesson_term(&s->lessons, word, &from);
    mem_free(word);
    if (term)
        str_printf(t, "**%s**: %s\n\nMore in `%d`: %s\n", term->name, term->text, from->number,
                   from->title);
    return term != NULL;
}

static void each_term(Session *s, void *ctx, TopicFn fn) {
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        for (size_t k = 0; k < l->terms.count; k++)
            fn(ctx, l->terms.items[k].name, l->terms.items[k].text);
    }
}

/* All words that the lessons explain, by lesson. */
static void glossary(Session *s, Str *t) {
    str_add(t, "# Glossary\n\n`help WORD` says where a word is explained at length.\n\n");
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        for (size_t k = 0; k < l->terms.count; k++)
            str_printf(t, "- **%s** (%d): %s\n", l->terms.items[k].name, l->number,
                       l->terms.items[k].text);
    }
}

/* ---- masks and lists ------------------------------------------------------------------------ */

static bool mask_topic(Session *s, const char *name, Str *t) {
    UNUSED(s);
    return masks_page(name, t);
}

static void each_mask(Session *s, void *ctx, TopicFn fn) {
    UNUSED(s);
    masks_each(ctx, fn);
}

static void mask_kinds_page(Session *s, Str *t) {
    UNUSED(s);
    masks_list(t);
}

static const struct {
    const char *name, *doc;
    void (*add)(Session *s, Str *t);
} lists[] = {
    {"glossary", "every word that the lessons explain", glossary},
    {"mask kinds", "every kind of qkv.mask with its rule", mask_kinds_page},
};

static bool list_topic(Session *s, const char *name, Str *t) {
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        if (strcmp(lists[i].name, name) == 0) {
            lists[i].add(s, t);
            return true;
        }
    return false;
}

static void each_list(Session *s, void *ctx, TopicFn fn) {
    UNUSED(s);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) fn(ctx, lists[i].name, lists[i].doc);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const struct {
    TopicWhen when;
    bool (*page)(Session *s, const char *name, Str *t);
    void (*each)(Session *s, void *ctx, TopicFn fn);
} topics[] = {
    {TOPIC_FIRST, command_topic, each_command}, {TOPIC_FIRST, lesson_topic, each_lesson},
    {TOPIC_FIRST, list_topic, each_list},       {TOPIC_AFTER, term_topic, each_term},
    {TOPIC_AFTER, mask_topic, each_mask},
};

bool topic_page(Session *s, const char *name, TopicWhen when, Str *page) {
    for (size_t i = 0; i < ARRAY_LEN(topics); i++)
        if (topics[i].when == when && topics[i].page(s, name, page)) return true;
    return false;
}

void topics_each(Session *s, void *ctx, TopicFn fn) {
    for (size_t i = 0; i < ARRAY_LEN(topics); i++) topics[i].each(s, ctx, fn);
}

void topics_overview(Session *s, Str *t) {
    str_add(t, "# qkv\n\nCode is PyTorch-style Python; commands are words. "
               "`help X` or `X?` explains a command, a lesson, a name or a word, `apropos WORD` "
               "searches.\n\n## Drawing\n\nA tensor by itself on a line is drawn. `qkv.show` draws "
               "it with "
               "its axes named:\n\n```\nx = torch.randn(3, 4)\nx.softmax(-1)\n"
               "qkv.show(x.softmax(-1), 'weights', rows='the cat sat', kind='weights')\n"
               "attend text=\"the cat sat\"\n```\n\n"
               "## Commands\n\n| command | |\n|---|---|\n");
    for (const Command *const *c = s->commands; *c; c++)
        if (!((*c)->flags & CMD_READING)) {
            str_add(t, "| `");
            markdown_cell(t, (*c)->usage);
            str_printf(t, "` | %s |\n", (*c)->summary);
        }
    str_add(t, "\n## In a lesson\n\n");
    for (const Command *const *c = s->commands; *c; c++)
        if ((*c)->flags & CMD_READING) str_printf(t, "`%s` ", (*c)->name);
    str_add(t, "— Enter goes on, `b` back, `a` all, `q` out.\n\n## Lessons\n\n");
    for (size_t i = 0; i < s->lessons.items.count; i++) {
        const Lesson *l = s->lessons.items.items[i];
        str_printf(t, "- `%d` `%s` %s\n", l->number, l->command, l->title);
    }
    str_add(t,
            "\n## Modules\n\n`torch`, `nn`, `F`, `math`, `np` and `qkv` are at hand where you type "
            "(`help qkv`); a script imports them, and others.\n");
}
