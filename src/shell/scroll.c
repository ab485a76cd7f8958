/* See scroll.h. */
#include "config.h"

#include "shell/scroll.h"

#include <limits.h>

/* What a page costs, and what it costs to begin one at a line: in a paragraph rather than one page
 * more, in a picture only where nothing else is possible. */
enum {
    COST_PAGE = 40,
    COST_AFTER_TEXT = 1, /* a picture that printed lines may belong to */
    COST_IN_TEXT = 20,
    COST_AFTER_COLON = 30,
    COST_IN_PICTURE = 90,
    COST_AFTER_LEAD = 100,
    COST_IN_ROWS = 200 /* of a picture, where it has no blank line */
};

void scroll_clear(Scroll *s) {
    str_clear(&s->text);
    vec_clear(&s->lines);
    *s = (Scroll){0};
}

void scroll_block(Scroll *s) {
    s->blocks++;
}

/* The last byte of a line that is ink: no blank, no SGR sequence. */
static char last_ink(const char *line, size_t n) {
    char last = 0;
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '\x1b')
            while (i < n && line[i] != 'm') i++;
        else if (!strchr(" \t\r", line[i]))
            last = line[i];
    }
    return last;
}

void scroll_line(Scroll *s, const char *line, size_t n, RowRole role, int rows) {
    char last = last_ink(line, n);
    vec_push(&s->lines, ((ScrollLine){.start = s->text.len,
                                      .end = s->text.len + n,
                                      .rows = MAX(rows, 1),
                                      .block = s->blocks,
                                      .role = role,
                                      .blank = !last,
                                      .colon = last == ':'}));
    str_addn(&s->text, line, n);
}

void scroll_stand_in(Scroll *s, const char *line, size_t len, size_t n) {
    scroll_line(s, line, len, ROW_LEAD, 1);
    ScrollLine *l = &s->lines.items[s->lines.count - 1];
    l->rows = 0;
    l->stands_for = n;
}

/* ---- where pages begin -------------------------------------------------------------------- */

static size_t skip_blank(const Scroll *s, size_t i) {
    while (i < s->lines.count && s->lines.items[i].blank) i++;
    return i;
}

bool scroll_left(const Scroll *s) {
    return skip_blank(s, s->at) < s->lines.count;
}

/* The line above that is not blank; NULL: there is none. */
static const ScrollLine *above(const Scroll *s, size_t i, bool *gap) {
    *gap = false;
    while (i-- > 0) {
        if (!s->lines.items[i].blank) return &s->lines.items[i];
        *gap = true;
    }
    return NULL;
}

/* Does more belong to the line? */
static bool leads(const ScrollLine *l) {
    return l->role == ROW_LEAD || l->role == ROW_RULE;
}

/* What a page costs that begins with line i, which is not blank. */
static int cost_of(const Scroll *s, size_t i) {
    bool gap;
    const ScrollLine *l = &s->lines.items[i], *before = above(s, i, &gap);
    if (!before) return 0;
    if (leads(before)) return COST_AFTER_LEAD;
    bool same = before->block == l->block;
    bool begins = l->role == ROW_HEAD && before->role != ROW_HEAD;
    if (same && !begins && (l->role == ROW_BODY || l->role == ROW_HEAD))
        return gap ? COST_IN_PICTURE : COST_IN_ROWS;
    if (before->colon) return COST_AFTER_COLON;
    if (gap || (!same && before->role == ROW_BODY)) return 0;
    return same ? COST_IN_TEXT : COST_AFTER_TEXT;
}

/* The head of the picture that line i is in the body of: [*from, *to); empty: it has none. */
static void head_of(const Scroll *s, size_t i, size_t *from, size_t *to) {
    *from = *to = i;
    const ScrollLine *lines = s->lines.items;
    if (i >= s->lines.count || lines[i].role != ROW_BODY) return;
    size_t k = i;
    while (k > 0 && lines[k - 1].block == lines[i].block &&
           (lines[k - 1].role == ROW_BODY || lines[k - 1].blank))
        k--;
    *to = k;
    while (k > 0 && lines[k - 1].block == lines[i].block && lines[k - 1].role == ROW_HEAD) k--;
    *from = k;
    if (*from == *to) *from = *to = i;
}

static int rows_between(const Scroll *s, size_t from, size_t to) {
    int rows = 0;
    for (size_t i = from; i < to; i++) rows += s->lines.items[i].rows;
    return rows;
}

/* Rows of the head that a page which begins with line i repeats. */
static int head_rows(const Scroll *s, size_t i, int page) {
    size_t from, to;
    head_of(s, i, &from, &to);
    int rows = rows_between(s, from, to);
    return rows * 2 <= page ? rows : 0;
}

/* Each line's best next page: where it ends, and what it and those behind it cost. */
typedef struct Plan {
    size_t *end;
    int64_t *cost;
} Plan;

/* The page that begins with line i, which is not blank, in so many rows. */
static void plan_page(const Scroll *s, Plan *p, size_t i, int room) {
    size_t n = s->lines.count;
    int used = head_rows(s, i, room);
    p->cost[i] = INT64_MAX;
    for (size_t j = i; j < n; j++) {
        used += s->lines.items[j].rows;
        if (used > room && j > i) break;
        size_t next = skip_blank(s, j + 1);
        int64_t cost = COST_PAGE + (next < n ? cost_of(s, next) + p->cost[next] : 0);
        if (cost <= p->cost[i]) p->cost[i] = cost, p->end[i] = next;
        if (next > j + 1) used += rows_between(s, j + 1, next), j = next - 1;
    }
}

static Plan plan_pages(const Scroll *s, size_t from, int rows) {
    size_t n = s->lines.count;
    Plan p = {mem_zero((n + 1) * sizeof *p.end), mem_zero((n + 1) * sizeof *p.cost)};
    for (size_t i = n; i-- > from;)
        if (!s->lines.items[i].blank) plan_page(s, &p, i, rows);
    return p;
}

static void plan_clear(Plan *p) {
    mem_free(p->end);
    mem_free(p->cost);
}

int scroll_pages(const Scroll *s, int rows) {
    Plan p = plan_pages(s, s->at, rows);
    int pages = 0;
    for (size_t i = skip_blank(s, s->at); i < s->lines.count; i = p.end[i]) pages++;
    plan_clear(&p);
    return pages;
}

/* ---- taking a page ------------------------------------------------------------------------ */

/* Lines that a page can do without, the most dispensable first: 1, 2, 3; 0: none. */
static int spare(const Scroll *s, size_t i) {
    const ScrollLine *l = &s->lines.items[i];
    bool gap;
    if (l->role == ROW_RULE) return 3;
    if (!l->blank) return 0;
    const ScrollLine *before = above(s, i, &gap);
    size_t next = skip_blank(s, i);
    if (next >= s->lines.count || !before || gap) return 1;
    const ScrollLine *after = &s->lines.items[next];
    if (leads(before) || before->colon) return 1;
    return before->role == ROW_PLAIN && after->role == ROW_PLAIN ? 0 : 2;
}

/* Shows line i instead of those that it stands for; returns the rows that this saves. */
static int stand_in(const Scroll *s, size_t from, size_t i, bool *drop) {
    size_t n = s->lines.items[i].stands_for, first = i - n;
    int saved = -1;
    if (n > i - from) return 0;
    for (size_t k = first; k < i; k++) saved += drop[k] ? 0 : s->lines.items[k].rows;
    if (saved <= 0) return 0;
    for (size_t k = first; k < i; k++) drop[k] = true;
    drop[i] = false;
    return saved;
}

/* Leaves out what lines [from, to) can do without until they fit; false: they do not. */
static bool tighten(const Scroll *s, size_t from, size_t to, int rows, bool *drop) {
    int over = rows_between(s, from, to) - rows;
    for (int rank = 1; rank <= 3 && over > 0; rank++)
        for (size_t i = from; i < to && over > 0; i++)
            if (spare(s, i) == rank) drop[i] = true, over--;
    for (size_t i = from; i < to && over > 0; i++)
        if (s->lines.items[i].stands_for) over -= stand_in(s, from, i, drop);
    return over <= 0;
}

/* At first all lines are shown but those that stand for others. */
static void drop_stand_ins(const Scroll *s, bool *drop) {
    for (size_t i = 0; i < s->lines.count; i++) drop[i] = s->lines.items[i].stands_for > 0;
}

static void put(const Scroll *s, size_t i, ScrollRoom *room, Str *out) {
    const ScrollLine *l = &s->lines.items[i];
    str_addn(out, s->text.buf + l->start, l->end - l->start);
    str_addc(out, '\n');
    room->rows -= MAX(l->rows, 1);
}

static size_t without_blank_end(const Scroll *s, size_t from, size_t to) {
    while (to > from && s->lines.items[to - 1].blank) to--;
    return to;
}

/* Lines at the end that more may belong to. */
static size_t without_lead(const Scroll *s, size_t from, size_t to) {
    to = without_blank_end(s, from, to);
    while (to > from && leads(&s->lines.items[to - 1])) to = without_blank_end(s, from, to - 1);
    return to;
}

/* Where the page ends that does not hold all that is left. */
static size_t page_end(const Scroll *s, size_t from, const ScrollRoom *room) {
    size_t first = skip_blank(s, from);
    Plan p = plan_pages(s, first, room->later);
    int64_t nothing = cost_of(s, first) + p.cost[first];
    plan_page(s, &p, first, room->rows - rows_between(s, from, first));
    bool begun = room->begun || room->grows;
    size_t end = begun && nothing + COST_PAGE < p.cost[first] ? from : p.end[first];
    if (begun && rows_between(s, from, without_blank_end(s, from, end)) > room->rows) end = from;
    plan_clear(&p);
    return end;
}

bool scroll_take(Scroll *s, ScrollRoom *room, Str *out) {
    size_t n = s->lines.count, from = room->begun ? s->at : skip_blank(s, s->at);
    size_t to = room->grows ? without_lead(s, from, n) : without_blank_end(s, from, n);
    bool *drop = mem_zero(n + 1), full = false;
    size_t head = 0, head_to = 0;
    drop_stand_ins(s, drop);
    if (!room->begun && head_rows(s, from, room->rows)) head_of(s, from, &head, &head_to);
    int rows = room->rows - rows_between(s, head, head_to);
    if (rows_between(s, from, without_blank_end(s, from, n)) > rows &&
        (room->grows || !tighten(s, from, to, rows, drop))) {
        to = page_end(s, from, room);
        drop_stand_ins(s, drop);
        full = true;
    }
    for (size_t i = head; i < head_to; i++) put(s, i, room, out);
    size_t last = without_blank_end(s, from, to);
    for (size_t i = from; i < last; i++)
        if (!drop[i]) put(s, i, room, out);
    s->at = last;
    mem_free(drop);
    return !full;
}
