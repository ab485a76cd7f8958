/* Output for people: lines and pictures on a terminal or in a pipe, a pager for what the screen
 * cannot hold; see out.h. */
#include "config.h"

#include <limits.h>
#include <unistd.h>

#include "base/utf8.h"
#include "lang/gist.h"
#include "shell/file.h"
#include "shell/keys.h"
#include "shell/out.h"
#include "shell/pager.h"
#include "shell/pages.h"
#include "shell/report.h"
#include "shell/session.h"
#include "shell/shown.h"
#include "term/canvas.h"
#include "view/flow.h"

/* Text waits until a line ends or a view comes, so that one write takes it. */
#define PENDING_MAX ((size_t)1 << 16)

typedef enum Last { LAST_NOTHING, LAST_TEXT, LAST_VIEW } Last;

typedef struct People {
    Out out;       /* first */
    Str pending;   /* not yet written */
    bool progress; /* a progress line is on the screen */
    bool paging;   /* held back until page_end */
    bool mid_line; /* the last printed text did not end its line */
    Last last;     /* in a lesson: blank lines stand between */
    Pages pages;   /* of a lesson's screen */
} People;

static People *people_of(Out *o) {
    return (People *)o;
}

static People *people_of_sink(Sink *sink) {
    return (People *)sink;
}

int out_width(const Session *s) {
    return s->set.width ? s->set.width : s->facts.columns;
}

ViewStyle out_style(const Session *s) {
    ViewStyle style = view_style(&s->facts);
    style.theme = s->set.theme;
    style.wide = s->set.wide;
    style.precision_set = s->set.precision >= 0;
    style.precision = s->set.precision;
    if (s->facts.tty) {
        style.screen = MAX(12, s->facts.lines - 4);           /* a prompt and a header besides */
        style.max_rows = MAX(8, MIN(s->facts.lines - 6, 24)); /* a picture's head stays in sight */
    }
    if (s->rows) style.max_rows = s->rows;
    style.no_bars = s->rows > 0;
    style.masked = s->out->sink.masked;
    return style;
}

static void progress_clear(People *p) {
    if (!p->progress) return;
    p->progress = false;
    Str blank = STR_INIT;
    str_addc(&blank, '\r');
    str_fill(&blank, ' ', (size_t)MAX(p->out.session->err_facts.columns - 1, 1));
    str_addc(&blank, '\r');
    file_put(STDERR_FILENO, blank.buf, blank.len);
    str_clear(&blank);
}

/* Columns that a line which is written over may take: the screen's as it is now, for one that wraps
 * leaves its first row behind at each update. */
static size_t room_now(const People *p) {
    Session *s = p->out.session;
    session_facts_read(s);
    return (size_t)MAX(MIN(s->facts.columns, s->err_facts.columns) - 1, 1);
}

/* Columns of a line with SGR sequences in it. */
static int columns_of(const char *line, size_t n) {
    int columns = 0;
    for (size_t i = 0; i < n; i++) {
        size_t from = i;
        while (i < n && line[i] != '\x1b') i++;
        columns += utf8_columns(line + from, i - from);
        while (i < n && line[i] != 'm') i++;
    }
    return columns;
}

/* The last state of a line that was written over itself; *n becomes its length. */
static const char *last_state(const char *line, size_t *n) {
    while (*n && line[*n - 1] == '\r') --*n;
    const char *cr = memrchr(line, '\r', *n);
    if (cr) *n -= (size_t)(cr + 1 - line);
    return cr ? cr + 1 : line;
}

/* Whole lines of what is pending go to the screen that is collected. */
static void pour(People *p) {
    const char *at = str_cstr(&p->pending), *nl;
    for (; (nl = strchr(at, '\n')); at = nl + 1) {
        size_t n = (size_t)(nl - at);
        const char *line = last_state(at, &n);
        int columns = columns_of(line, n), width = p->out.session->facts.columns;
        pages_line(&p->pages, line, n, ROW_PLAIN, (columns + width - 1) / width);
    }
    Str rest = STR_INIT;
    str_add(&rest, at);
    str_clear(&p->pending);
    p->pending = rest;
    pages_flow(&p->pages);
}

static void people_flush(Out *o) {
    People *p = people_of(o);
    progress_clear(p);
    if (p->pages.on) {
        pour(p);
        return;
    }
    if (!p->pending.len || p->paging) return;
    file_put(STDOUT_FILENO, p->pending.buf, p->pending.len);
    str_reset(&p->pending);
}

/* ---- text ---------------------------------------------------------------------------------- */

/* On a terminal nothing that it would act on gets through, but for \r, which
 * training loops use to write over their own line: that is cut to one row. */
static void add_safe(const People *p, Str *out, const char *text, size_t n, bool tty) {
    while (tty && n) {
        const char *cr = memchr(text, '\r', n);
        size_t part = cr ? (size_t)(cr - text) : n, keep = part;
        bool over = out->len && out->buf[out->len - 1] == '\r';
        if ((over || cr) && !memchr(text, '\n', part))
            keep = MIN(utf8_offset(text, part, room_now(p)), part);
        utf8_escape(out, text, keep, true);
        if (cr) str_addc(out, '\r');
        text += part + (cr != NULL);
        n -= part + (cr != NULL);
    }
    if (n) str_addn(out, text, n);
}

/* In a lesson a blank line stands around every picture; printed lines stay together. */
static void part(People *p, Last next) {
    if (p->pages.fresh) p->last = LAST_NOTHING;
    p->pages.fresh = false;
    bool wanted = p->out.session->lesson && p->last != LAST_NOTHING &&
                  (p->last == LAST_VIEW || next == LAST_VIEW);
    if (wanted) str_addc(&p->pending, '\n');
    p->last = next;
}

/* A printed line without its end; one that is too wide goes on below, a little deeper. */
static void add_line(People *p, const char *line, size_t n, bool tty) {
    int width = MAX(out_width(p->out.session), 12), deep = (int)strspn(line, " ") + 2;
    if (utf8_columns(line, n) <= width) {
        add_safe(p, &p->pending, line, n, tty);
        return;
    }
    Flow f = {.hang = deep > width / 2 ? 2 : deep};
    flow_add(&f, STYLE_PLAIN, line, n);
    flow_text(&f, width, &p->pending);
    flow_clear(&f);
}

/* Whole lines are wrapped; what a cell prints in pieces, or writes over itself, is not. */
static void add_lines(People *p, const char *text, size_t n, bool tty) {
    while (n) {
        const char *nl = memchr(text, '\n', n);
        size_t line = nl ? (size_t)(nl - text) : n;
        if (nl && !p->mid_line && !memchr(text, '\r', line))
            add_line(p, text, line, tty);
        else
            add_safe(p, &p->pending, text, line, tty);
        if (nl) str_addc(&p->pending, '\n');
        p->mid_line = nl == NULL;
        text += line + (nl != NULL);
        n -= line + (nl != NULL);
    }
}

/* A line that is written over while something takes its time. */
static void transient(People *p, const char *text, size_t n) {
    const TermFacts *facts = &p->out.session->err_facts;
    if (!facts->tty || !facts->cursor) return;
    Str out = STR_INIT;
    int room = (int)room_now(p);
    size_t keep = utf8_offset(text, n, (size_t)room);
    str_addc(&out, '\r');
    utf8_escape(&out, text, keep, false);
    int pad = room - utf8_columns(text, keep);
    if (pad > 0) str_fill(&out, ' ', (size_t)pad);
    file_put(STDERR_FILENO, out.buf, out.len);
    p->progress = true;
    str_clear(&out);
}

/* A cell that takes its time is seen at work: its lines as they come, also one that is written over
 * itself; where the page is full, the last of them on the line of progress. */
static void see_live(People *p, const char *bytes, size_t n) {
    const char *nl = memrchr(bytes, '\n', n), *cr = memrchr(bytes, '\r', n);
    if (nl) {
        progress_clear(p);
        pour(p);
    }
    if ((!nl && !cr) || !pages_late(&p->pages)) return;
    pages_show(&p->pages);
    const char *line = bytes;
    size_t len = n, over = p->pending.len;
    if (pages_left(&p->pages) || !p->pages.room.rows) {
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r')) len--;
        const char *above = memrchr(line, '\n', len);
        if (above) len -= (size_t)(above + 1 - line), line = above + 1;
        line = last_state(line, &len);
        transient(p, line, len);
        line = last_state(str_cstr(&p->pending), &over);
        Str kept = STR_INIT;
        str_addn(&kept, line, over);
        str_clear(&p->pending);
        p->pending = kept;
    } else if (over) {
        file_put(STDOUT_FILENO, p->pending.buf, p->pending.len);
        str_reset(&p->pending);
    }
}

static void people_text(Sink *sink, const char *bytes, size_t n) {
    People *p = people_of_sink(sink);
    bool tty = p->out.session->facts.tty;
    part(p, LAST_TEXT);
    if (p->out.cell)
        add_lines(p, bytes, n, tty);
    else
        add_safe(p, &p->pending, bytes, n, tty);
    if (p->pages.on) {
        see_live(p, bytes, n);
        return;
    }
    bool line_done = n && (memchr(bytes, '\n', n) || memchr(bytes, '\r', n));
    if ((tty && line_done) || p->pending.len > PENDING_MAX) people_flush(&p->out);
}

/* In a lesson it belongs to what the cell gave; elsewhere it must not mix with the output. */
static void people_aside(Sink *sink, const char *bytes, size_t n) {
    People *p = people_of_sink(sink);
    if (p->out.session->lesson) {
        people_text(sink, bytes, n);
        return;
    }
    Str safe = STR_INIT;
    people_flush(&p->out);
    add_safe(p, &safe, bytes, n, p->out.session->err_facts.tty);
    file_put(STDERR_FILENO, safe.buf, safe.len);
    str_clear(&safe);
}

static void people_progress(Sink *sink, const char *text, double fraction) {
    People *p = people_of_sink(sink);
    if (!text) {
        progress_clear(p);
        return;
    }
    if (!p->progress) people_flush(&p->out);
    if (!p->progress && p->pages.on) pages_show(&p->pages);
    Str line = STR_INIT;
    str_printf(&line, "%3.0f%%  %s", fraction * 100, text);
    transient(p, line.buf, line.len);
    str_clear(&line);
}

/* ---- views --------------------------------------------------------------------------------- */

static bool people_page_begin(Out *o) {
    const Session *s = o->session;
    People *p = people_of(o);
    bool off = s->set.pager && strcmp(s->set.pager, "off") == 0;
    if (off || p->paging || !s->tty_in || !s->facts.tty) return false;
    people_flush(o);
    p->paging = true;
    return true;
}

static void people_page_end(Out *o) {
    People *p = people_of(o);
    p->paging = false;
    if (INTERRUPTED()) str_reset(&p->pending); /* nobody waits for it any more */
    if (pager_show(o->session->set.pager, &o->session->facts, &p->pending)) str_reset(&p->pending);
    people_flush(o);
}

/* The rows of a canvas, as a block of the screen that is collected. */
static void draw_lines(People *p, const Canvas *c) {
    const TermFacts *facts = &p->out.session->facts;
    Str line = STR_INIT;
    pour(p);
    pages_block(&p->pages);
    for (int row = 0; row < canvas_rows(c); row++) {
        str_reset(&line);
        canvas_emit_row(c, row, facts, &line);
        int columns = columns_of(line.buf, line.len - 1);
        pages_line(&p->pages, line.buf, line.len - 1, canvas_row_role(c, row),
                   (columns + facts->columns - 1) / facts->columns);
    }
    pages_block(&p->pages);
    pages_flow(&p->pages);
    str_clear(&line);
}

/* What a view looks like now goes to what is pending. */
static void draw(People *p, const View *view) {
    const Session *s = p->out.session;
    ViewStyle style = out_style(s);
    Canvas *c = view_draw(view, out_width(s), &style);
    bool paged =
        !p->pages.on && canvas_used_width(c) > s->facts.columns && people_page_begin(&p->out);
    if (p->pages.on)
        draw_lines(p, c);
    else
        canvas_emit(c, &s->facts, &p->pending);
    canvas_free(c);
    if (paged) people_page_end(&p->out);
    if (s->facts.tty || p->pending.len > PENDING_MAX) people_flush(&p->out);
}

static void draw_take(People *p, View *v) {
    draw(p, v);
    view_release(v);
}

static void people_show(Sink *sink, View *view) {
    People *p = people_of_sink(sink);
    part(p, LAST_VIEW);
    draw(p, view);
    shown_keep(p->out.session, view);
}

static void show_take(Out *o, View *v) {
    people_show(&o->sink, v);
    view_release(v);
}

static void people_warn(Sink *sink, const char *text) {
    People *p = people_of_sink(sink);
    if (p->out.session->lesson) {
        show_take(&p->out, view_note(VIEW_WARNING, text));
        return;
    }
    Str line = STR_INIT;
    people_flush(&p->out);
    report_warning(text, &p->out.session->err_facts, &line);
    file_put(STDERR_FILENO, line.buf, line.len);
    str_clear(&line);
}

/* ---- lessons ------------------------------------------------------------------------------- */

/* Lines of a cell that is not folded, and those that are left when it is. */
enum { GIST_WHOLE = 6, GIST_ROOM = 5 };

static void show_code_lines(People *p, const char *text, size_t n) {
    char *code = mem_strndup(text, n);
    draw_take(p, view_code(code));
    mem_free(code);
}

static void say_key(const People *p, int lines, Str *out) {
    str_printf(out, "; %s shows %s", reader_key_name(p->out.session, "c"),
               lines == 1 ? "it" : "them");
}

/* "▸ 18 lines of set-up; c shows them": no line of code begins like that. */
static void show_fold(People *p, int lines, bool first) {
    Str line = STR_INIT;
    str_printf(&line, "    ▸ %d line%s", lines, lines == 1 ? "" : "s");
    if (first) str_add(&line, " of set-up");
    if (first) say_key(p, lines, &line);
    draw_take(p, view_verbatim(STYLE_FAINT, str_cstr(&line)));
    str_clear(&line);
}

/* Where a screen has no room for what is shown of code, a line says how much it is. */
static void fold_if_tall(People *p, const GistPieces *pieces, size_t shown) {
    int lines = 0;
    for (size_t i = 0; i < pieces->count; i++) lines += pieces->items[i].lines;
    Str text = STR_INIT, line = STR_INIT;
    str_printf(&text, "    ▸ %d line%s of code", lines, lines == 1 ? "" : "s");
    say_key(p, lines, &text);
    style_emit(STYLE_FAINT, str_cstr(&text), &p->out.session->facts, &line);
    pages_stand_in(&p->pages, str_cstr(&line), line.len, shown);
    str_clear(&text);
    str_clear(&line);
}

static void show_pieces(People *p, const char *text, const GistPieces *pieces) {
    bool first = true;
    for (size_t i = 0; i < pieces->count; i++) {
        const GistPiece *g = &pieces->items[i];
        if (g->shown) {
            show_code_lines(p, text + g->start, g->end - g->start);
            continue;
        }
        show_fold(p, g->lines, first);
        first = false;
    }
}

static void people_code(Out *o, const char *text, size_t n, CodeForm form) {
    People *p = people_of(o);
    p->mid_line = false;
    if (form == CODE_HIDDEN) return;
    GistPieces pieces = {0};
    int whole = form == CODE_WHOLE ? INT_MAX : form == CODE_GIST ? GIST_WHOLE : 0;
    gist(text, n, whole, form == CODE_GIST ? GIST_ROOM : 0, &pieces);
    part(p, LAST_VIEW);
    if (p->pages.on) pour(p);
    size_t before = p->pages.scroll.lines.count;
    show_pieces(p, text, &pieces);
    if (p->pages.on && form == CODE_GIST)
        fold_if_tall(p, &pieces, p->pages.scroll.lines.count - before);
    vec_clear(&pieces);
    people_flush(o);
}

static void people_gap(Out *o) {
    People *p = people_of(o);
    if (p->last != LAST_NOTHING) str_addc(&p->pending, '\n');
    p->last = LAST_NOTHING;
    people_flush(o);
}

static void people_expected(Out *o, Err *err) {
    People *p = people_of(o);
    if (p->last == LAST_VIEW) str_addc(&p->pending, '\n'); /* the code above it */
    report_text(o->session->in, err, &o->session->facts, &p->pending);
    people_flush(o);
}

/* ---- steps: nothing to people --------------------------------------------------------------- */

static void no_step_begin(Out *o, const char *kind, const char *title) {
    UNUSED(o), UNUSED(kind), UNUSED(title);
}
static void no_step_text(Out *o, const char *key, const char *text, size_t n) {
    UNUSED(o), UNUSED(key), UNUSED(text), UNUSED(n);
}
static void no_step_number(Out *o, const char *key, int64_t n) {
    UNUSED(o), UNUSED(key), UNUSED(n);
}
static bool no_step_error(Out *o, Err *err) {
    UNUSED(o), UNUSED(err);
    return false;
}
static void no_step_end(Out *o) {
    UNUSED(o);
}
static void no_step_json(Out *o, const char *key, const char *json) {
    UNUSED(o), UNUSED(key), UNUSED(json);
}
static void no_object(Out *o, const char *line) {
    UNUSED(o), UNUSED(line);
}

static void people_free(Out *o) {
    People *p = people_of(o);
    str_clear(&p->pending);
    pages_drop(&p->pages);
    mem_free(p->pages.title);
    mem_free(o);
}

static const OutKind people_kind = {
    .sink = {people_text, people_show, people_progress, people_warn, people_aside, false},
    .prompts = true,
    .flush = people_flush,
    .step_begin = no_step_begin,
    .step_text = no_step_text,
    .step_number = no_step_number,
    .step_error = no_step_error,
    .step_json = no_step_json,
    .step_end = no_step_end,
    .object = no_object,
    .expected = people_expected,
    .code = people_code,
    .gap = people_gap,
    .page_begin = people_page_begin,
    .page_end = people_page_end,
    .free = people_free,
};

Out *people_out(Session *s) {
    People *p = mem_zero(sizeof *p);
    p->out = (Out){.sink = people_kind.sink, .kind = &people_kind, .session = s};
    p->out.pages = &p->pages;
    p->out.sink.masked = getenv("QKV_MASK_MEASURED") != NULL;
    return &p->out;
}
