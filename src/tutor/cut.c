/* Cutting a lesson's body into steps and parts, by cmark-gfm's own blocks, so that a fence is a
 * fence exactly where Markdown says so. */
#include "config.h"

#include "tutor/cut.h"

#include <cmark-gfm.h>

#include "tutor/front.h"

/* ---- steps ----------------------------------------------------------------------------- */

/* The body while it is cut up. */
typedef struct Cutter {
    Lesson *l;
    const char *text;
    size_t len;
    int first_line;     /* file line of the body's first */
    VEC(size_t) starts; /* byte offset of every body line */
    char *title;        /* of the nearest heading */
    bool pause;         /* the next step begins a screen */
    bool words;         /* there is more than headings since the last step */
    bool bare;          /* the screen so far is headings and what is hidden */
    bool marked;        /* the heading that comes says {more} */
    int more;           /* level of the heading above that says {more}; 0: none does */
} Cutter;

static void find_lines(Cutter *c) {
    vec_push(&c->starts, 0);
    for (size_t i = 0; i < c->len; i++)
        if (c->text[i] == '\n') vec_push(&c->starts, i + 1);
}

/* Byte offset of a body line (1-based), or the end. */
static size_t line_at(const Cutter *c, int line) {
    return line >= 1 && (size_t)line <= c->starts.count ? c->starts.items[line - 1] : c->len;
}

static bool only_blanks(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n", s[i])) return false;
    return true;
}

/* ---- parts ----------------------------------------------------------------------------- */

/* What the parts that every lesson has begin their headings with. */
static const struct {
    const char *begins, *name;
} part_names[] = {{"The question", "answer"},   {"In one breath", "answer"},
                  {"In two minutes", "answer"}, {"Live", "live"},
                  {"Often said", "said"},       {"Follow-ups", "follow"},
                  {"Practice", "practice"}};

/* A part between "live" and "said" is of "live"; others that no name fits are of the last one. */
static const char *part_name(const Lesson *l, const char *title) {
    for (size_t i = 0; i < ARRAY_LEN(part_names); i++)
        if (str_starts(title, part_names[i].begins)) return part_names[i].name;
    const char *last = l->parts.count ? l->parts.items[l->parts.count - 1].name : "";
    return strcmp(last, "answer") == 0 ? "live" : last;
}

static void begin_part(Cutter *c, const char *title) {
    size_t at = c->l->steps.count;
    LessonPart part = {.name = part_name(c->l, title), .from = at, .to = at, .more = c->more > 0};
    part.title = mem_strdup(title);
    vec_push(&c->l->parts, part);
}

static void begin_deeper(Cutter *c, int level) {
    size_t at = c->l->steps.count;
    LessonDeeper deeper = {.title = mem_strdup(c->title), .from = at, .to = at};
    vec_push(&c->l->deeper, deeper);
    c->more = level;
}

static void push_step(Cutter *c, LessonStep step) {
    if (!c->l->parts.count) begin_part(c, "");
    step.title = mem_strdup(c->title ? c->title : "");
    step.pause = c->pause;
    step.more = c->more > 0;
    step.part = (int)c->l->parts.count - 1;
    if (step.pause || !c->l->steps.count) c->bare = true;
    vec_push(&c->l->steps, step);
    c->l->parts.items[step.part].to = c->l->steps.count;
    if (step.more) c->l->deeper.items[c->l->deeper.count - 1].to = c->l->steps.count;
}

/* ---- cutting --------------------------------------------------------------------------- */

#define MORE_MARK "{more}"

/* Takes the mark off the end of a line of n bytes; returns how many are left. */
static size_t without_mark(const char *line, size_t n) {
    size_t mark = sizeof MORE_MARK - 1, left = n;
    while (left && strchr(" \t\r\n#", line[left - 1])) left--;
    if (left < mark || memcmp(line + left - mark, MORE_MARK, mark) != 0) return n;
    left -= mark;
    while (left && line[left - 1] == ' ') left--;
    return left;
}

/* Lines [from, to) as a step of text, unless they are blank. */
static void push_text(Cutter *c, int from, int to) {
    size_t a = line_at(c, from), b = line_at(c, to), line = line_at(c, from + 1) - a;
    if (b <= a || only_blanks(c->text + a, b - a)) return;
    size_t head = c->marked ? without_mark(c->text + a, line) : line;
    Str text = STR_INIT;
    str_addn(&text, c->text + a, head);
    if (head < line) str_addc(&text, '\n');
    str_addn(&text, c->text + a + line, b - a - line);
    size_t len = text.len;
    push_step(c, (LessonStep){.kind = STEP_TEXT,
                              .text = str_detach(&text),
                              .len = len,
                              .line = c->first_line + from - 1});
    c->bare = c->bare && !c->words;
    c->pause = c->marked = c->words = false;
}

static bool fence_flags(Cutter *c, const char *info, int line, unsigned *flags, Err *err) {
    static const struct {
        const char *word;
        unsigned flag;
    } known[] = {{"hide", CELL_HIDE},         {"raises", CELL_RAISES}, {"norun", CELL_NORUN},
                 {"noledger", CELL_NOLEDGER}, {"fold", CELL_FOLD},     {"show", CELL_SHOW},
                 {"join", CELL_JOIN},         {"short", CELL_SHORT}};
    for (const char *p = info + strcspn(info, " "); *p;) {
        p += strspn(p, " ");
        size_t n = strcspn(p, " ");
        bool found = n == 0;
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (strlen(known[i].word) == n && strncmp(known[i].word, p, n) == 0) {
                *flags |= known[i].flag;
                found = true;
            }
        if (!found) {
            lesson_error(c->l, line, err, "unknown word '%.*s' after python", (int)n, p);
            return err_hint(
                err, "the words are hide, raises, norun, noledger, fold, show, join and short");
        }
        p += n;
    }
    unsigned shown = *flags & (CELL_HIDE | CELL_FOLD | CELL_SHOW);
    if (shown & (shown - 1))
        return lesson_error(c->l, line, err, "a cell is one of hide, fold and show");
    return true;
}

/* A fence whose first word is this one. */
static bool is_fenced(cmark_node *n, const char *word) {
    if (cmark_node_get_type(n) != CMARK_NODE_CODE_BLOCK) return false;
    const char *info = cmark_node_get_fence_info(n);
    size_t w = strcspn(info, " ");
    return w == strlen(word) && strncmp(info, word, w) == 0;
}

/* cmark closes an open fence at the end of the file without a word. */
static bool is_closed(Cutter *c, cmark_node *n, Err *err) {
    int start = cmark_node_get_start_line(n), end = cmark_node_get_end_line(n);
    size_t last = line_at(c, end);
    const char *closing = c->text + last + strspn(c->text + last, " ");
    if (end > start && (str_starts(closing, "```") || str_starts(closing, "~~~"))) return true;
    return lesson_error(c->l, c->first_line + start - 1, err, "this fence is never closed");
}

/* A question to be asked in practice: no step of the reading. */
static bool push_quiz(Cutter *c, cmark_node *n, Err *err) {
    if (!is_closed(c, n, err)) return false;
    LessonQuiz quiz = {.text = mem_strdup(cmark_node_get_literal(n)),
                       .line = c->first_line + cmark_node_get_start_line(n)};
    vec_push(&c->l->quizzes, quiz);
    return true;
}

/* No stop between what comes and the cell above, nor in front of the text between the two. */
static void unpause(Cutter *c) {
    c->pause = false;
    size_t n = c->l->steps.count;
    LessonStep *last = n ? &c->l->steps.items[n - 1] : NULL;
    if (last && last->kind == STEP_TEXT && n > c->l->parts.items[last->part].from + 1)
        last->pause = false;
}

static bool take_short(Cutter *c, const LessonStep *step, Err *err) {
    if (c->l->brief.text) {
        mem_free(step->text);
        return lesson_error(c->l, step->line - 1, err, "a second cell is marked short");
    }
    c->l->brief = *step;
    c->l->brief_at = c->l->steps.count;
    return true;
}

static bool push_cell(Cutter *c, cmark_node *n, Err *err) {
    int line = c->first_line + cmark_node_get_start_line(n) - 1;
    if (!is_closed(c, n, err)) return false;
    LessonStep step = {.kind = STEP_CELL, .line = line + 1};
    if (!fence_flags(c, cmark_node_get_fence_info(n), line, &step.flags, err)) return false;
    step.text = mem_strdup(cmark_node_get_literal(n));
    step.len = strlen(step.text);
    if (step.flags & CELL_SHORT) return take_short(c, &step, err);
    bool hidden = step.flags & CELL_HIDE;
    if (step.flags & CELL_JOIN) unpause(c);
    if (hidden) c->pause = false; /* it may show nothing: no stop of its own */
    push_step(c, step);
    c->bare = c->bare && hidden;
    c->pause = !c->bare; /* what follows a cell is the next screen */
    return true;
}

static void heading_text(cmark_node *n, Str *out) {
    cmark_iter *it = cmark_iter_new(n);
    for (cmark_event_type e; (e = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(it);
        cmark_node_type t = cmark_node_get_type(at);
        if (e == CMARK_EVENT_ENTER && (t == CMARK_NODE_TEXT || t == CMARK_NODE_CODE))
            str_add(out, cmark_node_get_literal(at));
    }
    cmark_iter_free(it);
}

/* Is the screen above nothing but a heading that this one belongs under? */
static bool stands_bare(const Cutter *c) {
    size_t n = c->l->steps.count;
    return n && c->bare && c->l->steps.items[n - 1].more == (c->more > 0);
}

static void begin_heading(Cutter *c, cmark_node *n) {
    int level = cmark_node_get_heading_level(n);
    Str title = STR_INIT;
    heading_text(n, &title);
    if (level <= c->more) c->more = 0;
    size_t left = without_mark(str_cstr(&title), title.len);
    c->marked = left < title.len;
    if (c->marked) {
        title.len = left;
        title.buf[left] = '\0';
    }
    mem_free(c->title);
    c->title = str_detach(&title);
    if (c->marked && !c->more) begin_deeper(c, level);
    c->pause = c->l->steps.count > 0 && (level == 1 || !stands_bare(c));
    if (level == 1) begin_part(c, c->title);
}

static bool cut(Cutter *c, cmark_node *doc, Err *err) {
    int text_from = 1;
    for (cmark_node *n = cmark_node_first_child(doc); n; n = cmark_node_next(n)) {
        int start = cmark_node_get_start_line(n);
        bool quiz = is_fenced(n, "quiz");
        if (quiz || is_fenced(n, "python")) {
            push_text(c, text_from, start);
            if (!(quiz ? push_quiz : push_cell)(c, n, err)) return false;
            text_from = cmark_node_get_end_line(n) + 1;
        } else if (cmark_node_get_type(n) == CMARK_NODE_HEADING) {
            push_text(c, text_from, start);
            begin_heading(c, n);
            text_from = start;
        } else
            c->words = true;
    }
    push_text(c, text_from, (int)c->starts.count + 1);
    return true;
}

/* The one step of a lesson that is not written yet. */
static bool say_waits(Lesson *l, int line, Err *err) {
    if (l->steps.count)
        return lesson_error(l, line, err, "a lesson that waits has no text: drop one of them");
    Str text = STR_INIT;
    str_printf(&text, "This lesson follows when %s.\n", l->waits);
    size_t len = text.len;
    Cutter c = {.l = l};
    push_step(&c,
              (LessonStep){.kind = STEP_TEXT, .text = str_detach(&text), .len = len, .line = line});
    return true;
}

bool cut_body(Lesson *l, const char *text, size_t len, int line, Err *err) {
    Cutter c = {.l = l, .text = text, .len = len, .first_line = line};
    find_lines(&c);
    cmark_node *doc = cmark_parse_document(text, len, CMARK_OPT_DEFAULT);
    bool ok = cut(&c, doc, err);
    cmark_node_free(doc);
    vec_clear(&c.starts);
    mem_free(c.title);
    if (ok && l->waits) return say_waits(l, line, err);
    if (ok && !l->steps.count) return lesson_error(l, line, err, "the lesson has no text");
    return ok;
}
