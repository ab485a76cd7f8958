/* notes: what was answered, as Markdown. */
#include "config.h"

#include <limits.h>

#include "shell/asking.h"
#include "shell/command.h"
#include "shell/days.h"
#include "shell/file.h"
#include "shell/transcript.h"

/* The last answer to each item. Texts are owned. */
typedef struct Note {
    char *item, *answer, *verdict;
    int day, times;
    int64_t seed;
} Note;

typedef struct Notes {
    VEC(Note) list;
} Notes;

static Note *note_of(Notes *notes, const char *item) {
    for (size_t i = 0; i < notes->list.count; i++)
        if (strcmp(notes->list.items[i].item, item) == 0) return &notes->list.items[i];
    vec_push(&notes->list, (Note){.item = mem_strdup(item)});
    return &notes->list.items[notes->list.count - 1];
}

static bool take_review(void *ctx, const Review *r) {
    if (!r->answer) return true;
    Note *n = note_of(ctx, r->item);
    mem_free(n->answer);
    mem_free(n->verdict);
    n->answer = mem_strdup(r->answer);
    n->verdict = mem_strdup(r->verdict);
    n->day = r->day;
    n->seed = r->seed;
    n->times++;
    return true;
}

static void notes_clear(Notes *notes) {
    for (size_t i = 0; i < notes->list.count; i++) {
        mem_free(notes->list.items[i].item);
        mem_free(notes->list.items[i].answer);
        mem_free(notes->list.items[i].verdict);
    }
    vec_clear(&notes->list);
}

static void head_of(const Note *n, Str *out) {
    Str day = STR_INIT;
    day_text(n->day, &day);
    str_printf(out, "### %s\n\n%s on %s", n->item, n->verdict, str_cstr(&day));
    if (n->times > 1) str_printf(out, ", the last of %d answers", n->times);
    str_add(out, "\n\n");
    str_clear(&day);
}

/* Question, answer and, where it was not right, the right one. The question is that of the answer
 * where its numbers are known. */
static bool write_note(Session *s, const Item *it, const Note *n, Str *out, Err *err) {
    Asked a;
    if (!ask(s->in, it, n->seed >= 0 ? (uint32_t)n->seed : 0, &a, err)) return false;
    head_of(n, out);
    str_printf(out, "%s\n\nMy answer:\n\n", str_cstr(&a.text));
    transcript_said(it, n->answer, out);
    bool ok = true;
    if (strcmp(n->verdict, "right") != 0) {
        str_add(out, "The answer:\n\n");
        ok = transcript_answer(&a, out, err);
    }
    asked_clear(&a);
    return ok;
}

/* In the order of the course; what it no longer has comes last. */
static bool write_notes(Session *s, Notes *notes, const Lesson *only, Str *out, Err *err) {
    const Items *items = asking_items(s);
    const Lesson *under = NULL;
    for (size_t i = 0; i < items->list.count; i++) {
        const Item *it = items->list.items[i];
        if (only && it->lesson != only) continue;
        for (size_t k = 0; k < notes->list.count; k++) {
            const Note *n = &notes->list.items[k];
            if (strcmp(n->item, it->id) != 0) continue;
            if (it->lesson != under)
                str_printf(out, "## %d %s\n\n", it->lesson->number, it->lesson->title);
            under = it->lesson;
            if (!write_note(s, it, n, out, err)) return false;
        }
    }
    for (size_t k = 0; !only && k < notes->list.count; k++) {
        const Note *n = &notes->list.items[k];
        if (items_find(items, n->item)) continue;
        head_of(n, out);
        transcript_said(NULL, n->answer, out);
    }
    return true;
}

static bool give(Session *s, const char *path, const Str *text, Err *err) {
    if (path) {
        if (!file_write_whole(path, str_cstr(text), text->len, false, err)) return false;
        out_print(s, "written to %s\n", path);
    } else if (s->facts.tty)
        out_markdown(s, str_cstr(text));
    else
        out_text(s, str_cstr(text));
    return true;
}

/* `notes 36 FILE.md`, each of the two optional. */
static bool words_of(Session *s, const Call *c, const Lesson **only, const char **path, Err *err) {
    for (int i = 1; i < c->argc; i++) {
        const Lesson *l = lesson_find(&s->lessons, c->argv[i]);
        if (l && !*only)
            *only = l;
        else if (!l && !*path && file_has_ending(c->argv[i], ".md"))
            *path = c->argv[i];
        else {
            err_set(err, ERR_VALUE, "notes wants a lesson or a file, got '%s'", c->argv[i]);
            return err_hint(err, "as in `notes 36`, `notes answers.md`, `notes 36 answers.md`");
        }
    }
    return true;
}

static bool run_notes(Session *s, const Call *c, Err *err) {
    const Lesson *only = NULL;
    const char *word = NULL;
    Notes notes = {0};
    Str text = STR_INIT;
    if (!words_of(s, c, &only, &word, err)) return false;
    char *path = word ? file_expand(word) : NULL;
    Store *st = asking_store(s, err);
    bool ok = st && store_reviews(st, INT64_MIN, take_review, &notes, err);
    str_add(&text, "# What I answered\n\n");
    size_t head = text.len;
    ok = ok && write_notes(s, &notes, only, &text, err);
    if (ok && text.len == head)
        out_text(s, "nothing was answered yet: `practice` asks\n");
    else if (ok)
        ok = give(s, path, &text, err);
    mem_free(path);
    str_clear(&text);
    notes_clear(&notes);
    return ok;
}

static void complete_notes(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(c);
    for (size_t i = 0; i < s->lessons.items.count; i++)
        offer(ctx, s->lessons.items.items[i]->command);
}

const Command cmd_notes = {
    .name = "notes",
    .usage = "notes [LESSON] [FILE.md]",
    .summary = "what you answered in practice, as Markdown: to the screen or to a file",
    .help = "The last answer to each question, and the right one where yours was not. A file that "
            "is there is not written over.",
    .run = run_notes,
    .complete = complete_notes,
    .flags = CMD_PAGED,
};
