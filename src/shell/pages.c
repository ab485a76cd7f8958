/* See pages.h. */
#include "config.h"

#include "shell/pages.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "shell/file.h"

/* More lines than anybody pages through: from then on they scroll. */
enum { LINES_MAX = 20000 };
/* Of a page, however small the terminal. */
enum { ROWS_MIN = 4 };

/* What the timer writes when a cell takes its time, in its signal handler: bytes made ready
 * before. The signal is blocked while they change. */
static struct {
    const char *bytes;
    size_t n;
} ready;
static volatile sig_atomic_t fired;

static void on_alarm(int sig) {
    UNUSED(sig);
    if (fired || !ready.n) return;
    int before = errno;
    file_put(STDOUT_FILENO, ready.bytes, ready.n);
    errno = before;
    fired = 1;
}

static void alarm_block(bool block) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(block ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

static void alarm_in(int64_t ns) {
    struct sigaction act = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
    struct itimerval t = {.it_value = {.tv_usec = (suseconds_t)(ns / 1000)}};
    sigemptyset(&act.sa_mask);
    sigaction(SIGALRM, &act, NULL);
    setitimer(ITIMER_REAL, &t, NULL);
}

/* ---- showing ------------------------------------------------------------------------------ */

static void write_out(const Str *out) {
    if (out->len) file_put(STDOUT_FILENO, out->buf, out->len);
}

static void take(Pages *p, bool grows) {
    Str out = STR_INIT;
    p->room.grows = grows;
    if (!p->full) p->full = !scroll_take(&p->scroll, &p->room, &out);
    p->room.begun |= out.len > 0;
    write_out(&out);
    str_clear(&out);
}

/* If the timer has written, that is part of the page. Leaves the signal blocked. */
static void settle(Pages *p) {
    alarm_block(true);
    if (fired) {
        p->scroll.at = p->ready_at;
        p->room = p->ready_room;
        p->room.begun = p->live = true;
        p->full = p->ready_full;
    }
    fired = 0;
    ready.n = 0;
}

/* What the page would be if it were shown now is what the timer writes. */
static void make_ready(Pages *p) {
    Scroll probe = p->scroll;
    p->ready_room = p->room;
    str_reset(&p->ready);
    p->ready_full = !scroll_take(&probe, &p->ready_room, &p->ready);
    p->ready_at = probe.at;
    ready.bytes = p->ready.buf;
    ready.n = p->ready.len;
}

void pages_flow(Pages *p) {
    settle(p);
    if (p->live || pages_late(p)) {
        p->live = true;
        take(p, true);
    } else if (p->cell_ns)
        make_ready(p);
    alarm_block(false);
}

void pages_show(Pages *p) {
    settle(p);
    p->live = true;
    take(p, false);
    alarm_block(false);
}

bool pages_late(const Pages *p) {
    return p->cell_ns && clock_ns() - p->cell_ns > LIVE_NS;
}

void pages_cell(Pages *p, bool runs) {
    settle(p);
    p->cell_ns = runs ? clock_ns() : 0;
    if (runs && !p->full) make_ready(p);
    alarm_in(runs ? LIVE_NS : 0);
    alarm_block(false);
}

/* ---- life --------------------------------------------------------------------------------- */

static void begin_page(Pages *p, int rows) {
    p->rows = MAX(rows, ROWS_MIN);
    p->room = (ScrollRoom){.rows = p->rows, .later = p->rows - 1};
    p->full = p->live = false;
    p->number++;
}

/* A blank line below it, if there is room. */
static void end_page(Pages *p) {
    take(p, false);
    if (p->room.rows > 0) file_put(STDOUT_FILENO, "\n", 1);
    p->fresh = true;
}

void pages_begin(Pages *p, int rows, const char *title) {
    pages_drop(p);
    p->on = true;
    p->number = 0;
    mem_free(p->title);
    p->title = mem_strdup(title);
    begin_page(p, rows);
}

void pages_block(Pages *p) {
    scroll_block(&p->scroll);
}

void pages_line(Pages *p, const char *line, size_t n, RowRole role, int rows) {
    if (p->scroll.lines.count < LINES_MAX) {
        scroll_line(&p->scroll, line, n, role, rows);
        return;
    }
    pages_show(p);
    Str all = STR_INIT;
    for (ScrollRoom room; scroll_left(&p->scroll);) {
        room = (ScrollRoom){.rows = INT_MAX / 2, .later = INT_MAX / 2};
        scroll_take(&p->scroll, &room, &all);
    }
    write_out(&all);
    str_clear(&all);
    scroll_clear(&p->scroll);
    scroll_line(&p->scroll, line, n, role, rows);
}

void pages_stand_in(Pages *p, const char *line, size_t len, size_t n) {
    if (n && n <= p->scroll.lines.count - p->scroll.at) scroll_stand_in(&p->scroll, line, len, n);
}

bool pages_left(const Pages *p) {
    return scroll_left(&p->scroll);
}

/* A whole line was typed: what is above it cannot be taken back. */
static bool typed_meanwhile(void) {
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&in, 1, 0) > 0;
}

/* What was shown while a cell ran was shown without knowing what would come. If all of it fits the
 * page, now that it is known, it is written anew. */
static void write_anew(Pages *p) {
    Scroll all = p->scroll;
    ScrollRoom room = {.rows = p->rows, .later = p->rows - 1};
    Str out = STR_INIT;
    all.at = p->first;
    rows_erase(p->rows - p->room.rows, &out);
    if (p->room.begun && scroll_take(&all, &room, &out) && !typed_meanwhile()) {
        write_out(&out);
        p->scroll.at = all.at;
        p->room = room;
        p->full = false;
    }
    str_clear(&out);
}

void pages_end(Pages *p) {
    pages_cell(p, false);
    p->on = false;
    take(p, false);
    if (p->live && pages_left(p)) write_anew(p);
    end_page(p);
}

/* "Live: every kind  (page 2 of 3)", on one line. */
static void write_head(const Pages *p, int pages, const TermFacts *facts) {
    Str tail = STR_INIT, head = STR_INIT, out = STR_INIT;
    str_printf(&tail, "%s(page %d of %d)", *p->title ? "  " : "", p->number, pages);
    size_t n = strlen(p->title);
    int room = facts->columns - (int)tail.len;
    bool cut = utf8_columns(p->title, n) > room;
    while (cut && n && utf8_columns(p->title, n) > room - 1) n--;
    while (n && (p->title[n] & 0xC0) == 0x80) n--;
    str_printf(&head, "%.*s%s%s", (int)n, p->title, cut ? "…" : "", str_cstr(&tail));
    style_emit(STYLE_SUBHEADING, str_cstr(&head), facts, &out);
    str_addc(&out, '\n');
    write_out(&out);
    str_clear(&tail);
    str_clear(&head);
    str_clear(&out);
}

void pages_next(Pages *p, int rows, const TermFacts *facts) {
    int left = scroll_pages(&p->scroll, MAX(rows, ROWS_MIN) - 1);
    begin_page(p, rows);
    p->room.rows--;
    write_head(p, p->number + left - 1, facts);
    end_page(p);
}

int pages_drop(Pages *p) {
    int n = 0;
    for (size_t i = p->scroll.at; i < p->scroll.lines.count; i++)
        n += !p->scroll.lines.items[i].blank && !p->scroll.lines.items[i].stands_for;
    scroll_clear(&p->scroll);
    str_clear(&p->ready);
    p->on = false;
    return n;
}
