/* Do lessons fit the screen? Reads every lesson at its defaults on a pseudo-terminal, by Enter
 * alone, and measures what stands between two stops.
 *
 *     tests/tty/screens [LESSON]
 *
 * A screen is what one Enter shows; what the terminal cannot hold comes in pages, whose prompt is
 * that of the page before. Speaks TAP. For each size the remarks say how many screens every lesson
 * has, how many of them took more than one page, and the rows of the tallest page, the keys and the
 * prompt below it included. At 80x24 at most one screen in ten may take more than one page; at no
 * size may a page be taller than the terminal, or begin within a picture whose head is on the page
 * before. SCREENS_SHOW=1 prints the pages
 * at 80x24.
 */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "base/utf8.h"

enum { STOPS_MAX = 2000, PAGES_MAX = 60, WAIT_MS = 240000, SETTLE_MS = 60 };

/* A page's text and what it takes to read it off the terminal. */
typedef struct Reader {
    int fd, columns, lines;
    pid_t pid;
    Str text;      /* since the last Enter, without escapes */
    size_t line;   /* where the line being written begins in it */
    Str escape;    /* the sequence being read; empty: none */
    bool returned; /* after \r: what follows, but for \n, writes over the line */
    VEC(bool) ink; /* of each line: has it colour behind it? */
    bool colored;  /* the colour that is set */
} Reader;

typedef struct Measure {
    int screens, paged, tallest, too_tall, headless;
} Measure;

/* ---- the terminal ------------------------------------------------------------------------- */

/* The last rows are written anew. */
static void take_back(Reader *r, int rows) {
    r->text.len = r->line;
    while (rows > 0 && r->text.len) {
        size_t end = --r->text.len;
        while (r->text.len && r->text.buf[r->text.len - 1] != '\n') r->text.len--;
        int columns = utf8_columns(r->text.buf + r->text.len, end - r->text.len);
        rows -= MAX((columns + r->columns - 1) / r->columns, 1);
        r->ink.count--;
    }
    r->text.buf[r->text.len] = '\0';
    r->line = r->text.len;
    r->ink.items[r->ink.count - 1] = false;
}

static void take_escape(Reader *r, char c) {
    str_addc(&r->escape, c);
    const char *e = str_cstr(&r->escape);
    bool csi = e[1] == '[', osc = e[1] == ']';
    bool ends = csi   ? r->escape.len > 2 && c >= 0x40 && c <= 0x7E
                : osc ? c == '\a' || c == '\\'
                      : r->escape.len > 1;
    if (!ends) return;
    if (csi && c == 'c' && write(r->fd, "\x1b[?62;22c", 9) != 9) BUG("no answer");
    if (csi && c == 'A') take_back(r, (int)strtol(e + 2, NULL, 10));
    if (csi && c == 'm')
        r->colored = strstr(e, "48;") || (r->colored && e[2] != 'm' && e[2] != '0');
    str_reset(&r->escape);
}

static void take(Reader *r, char c) {
    if (r->escape.len || c == '\x1b') {
        take_escape(r, c);
        return;
    }
    if (c == '\r') r->returned = true;
    if (c == '\r' || c == '\a') return;
    if (r->returned && c != '\n') r->text.len = r->line;
    r->returned = false;
    str_addc(&r->text, c);
    if (r->colored && r->ink.count) r->ink.items[r->ink.count - 1] = true;
    if (c != '\n') return;
    r->line = r->text.len;
    vec_push(&r->ink, false);
}

/* Is the line being written a lesson's prompt, "masking 3/16> "? */
static bool at_prompt(const Reader *r) {
    const char *p = str_cstr(&r->text) + r->line;
    while (isalnum((unsigned char)*p) || *p == '_') p++;
    if (*p++ != ' ') return false;
    while (isdigit((unsigned char)*p)) p++;
    if (*p++ != '/') return false;
    while (isdigit((unsigned char)*p)) p++;
    return strcmp(p, "> ") == 0;
}

/* Reads up to the next prompt; false: the program ended, or nothing came for too long. */
static bool read_page(Reader *r) {
    for (;;) {
        struct pollfd p = {.fd = r->fd, .events = POLLIN};
        if (poll(&p, 1, at_prompt(r) ? SETTLE_MS : WAIT_MS) <= 0) return at_prompt(r);
        char buf[4096];
        ssize_t n = read(r->fd, buf, sizeof buf);
        if (n <= 0) return false;
        for (ssize_t i = 0; i < n; i++) take(r, buf[i]);
    }
}

static void press_enter(Reader *r) {
    str_reset(&r->text);
    r->line = r->ink.count = 0;
    vec_push(&r->ink, false);
    if (write(r->fd, "\r", 1) != 1) BUG("the terminal is gone");
}

static void start(Reader *r, const char *lesson) {
    struct winsize size = {.ws_col = (unsigned short)r->columns,
                           .ws_row = (unsigned short)r->lines};
    vec_push(&r->ink, false);
    r->pid = forkpty(&r->fd, NULL, NULL, &size);
    if (r->pid < 0) BUG("no pseudo-terminal");
    if (r->pid) return;
    const char *top = getenv("abs_top_srcdir");
    if (top) setenv("QKV_DATA", top, 1);
    setenv("TERM", "xterm-256color", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLORTERM");
    execl(getenv("QKV"), "qkv", "--norc", lesson, (char *)NULL);
    _exit(127);
}

static void finish(Reader *r) {
    kill(r->pid, SIGKILL);
    waitpid(r->pid, NULL, 0);
    close(r->fd);
    str_clear(&r->text);
    str_clear(&r->escape);
    vec_clear(&r->ink);
}

/* ---- measuring ---------------------------------------------------------------------------- */

/* Rows that the page takes, the line of the prompt included, without the end of the line that Enter
 * was typed on. */
static int rows_of(const Reader *r) {
    const char *p = str_cstr(&r->text);
    p += *p == '\n';
    for (int rows = 0;; p++) {
        size_t n = strcspn(p, "\n");
        rows += MAX((utf8_columns(p, n) + r->columns - 1) / r->columns, 1);
        p += n;
        if (!*p) return rows;
    }
}

/* Is the line of a picture's body: colour behind digits, or the axis or the dots of a curve? */
static bool is_body(const Reader *r, size_t line, const char *text, size_t n) {
    if (line < r->ink.count && r->ink.items[line]) return true;
    return memmem(text, n, "┤", strlen("┤")) || memmem(text, n, "⠀", 2);
}

/* Does the page begin within a picture? The line that says which page it is comes first. */
static bool begins_headless(const Reader *r, bool later) {
    const char *p = str_cstr(&r->text);
    for (size_t line = 0; *p; line++) {
        size_t n = strcspn(p, "\n");
        if (n && !later) return is_body(r, line, p, n);
        if (n) later = false;
        p += n + (p[n] == '\n');
    }
    return false;
}

static void measure_page(const Reader *r, bool later, int page, Measure *m) {
    int rows = rows_of(r);
    m->too_tall += rows > r->lines;
    m->tallest = MAX(m->tallest, rows);
    m->screens += !later;
    m->paged += page == 1;
    m->headless += begins_headless(r, later);
    if (getenv("SCREENS_SHOW")) printf("%s\n#### %d rows\n", str_cstr(&r->text), rows);
}

static Measure measure(const char *lesson, int columns, int lines) {
    Measure m = {0};
    Reader r = {.columns = columns, .lines = lines};
    Str prompt = STR_INIT;
    start(&r, lesson);
    for (int i = 0, page = 0; i < STOPS_MAX && page < PAGES_MAX; i++) {
        bool goes_on = read_page(&r);
        /* the last page of a lesson has no prompt below it */
        bool later = prompt.len && strstr(str_cstr(&r.text), "(page ") &&
                     (!goes_on || strcmp(prompt.buf, r.text.buf + r.line) == 0);
        page = later ? page + 1 : 0;
        measure_page(&r, later, page, &m);
        if (!goes_on) break;
        str_reset(&prompt);
        str_add(&prompt, r.text.buf + r.line);
        press_enter(&r);
    }
    finish(&r);
    str_clear(&prompt);
    return m;
}

static void add(Measure *all, const Measure *m) {
    all->screens += m->screens;
    all->paged += m->paged;
    all->too_tall += m->too_tall;
    all->headless += m->headless;
    all->tallest = MAX(all->tallest, m->tallest);
}

static void say(Str *out, const char *what, const Measure *m) {
    str_printf(out, "#   %-20s %3d screens, %3d in pages, tallest %d\n", what, m->screens, m->paged,
               m->tallest);
}

static int is_lesson(const struct dirent *e) {
    size_t n = strlen(e->d_name);
    return isdigit((unsigned char)e->d_name[0]) && n > 3 && strcmp(e->d_name + n - 3, ".md") == 0;
}

/* Every lesson at one size, or the one that is named; the remarks go to out. */
static Measure measure_all(int columns, int lines, const char *only, Str *out) {
    Str dir = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    str_printf(&dir, "%s/lessons", top ? top : ".");
    struct dirent **list;
    int n = scandir(str_cstr(&dir), &list, is_lesson, alphasort);
    Measure all = {0};
    str_printf(out, "# %dx%d\n", columns, lines);
    for (int i = 0; i < n; i++) {
        char number[8];
        snprintf(number, sizeof number, "%ld", strtol(list[i]->d_name, NULL, 10));
        if (!only || strcmp(only, number) == 0) {
            Measure m = measure(number, columns, lines);
            say(out, list[i]->d_name, &m);
            add(&all, &m);
        }
        free(list[i]);
    }
    if (n >= 0) free(list);
    say(out, "all", &all);
    str_clear(&dir);
    return all;
}

/* ---- all sizes ---------------------------------------------------------------------------- */

static const struct { int columns, lines; } sizes[] = {{80, 24}, {60, 20}, {40, 24}, {100, 30}};

/* The sanitizers' build is slow, and cuts pages no otherwise. */
#ifdef __SANITIZE_ADDRESS__
enum { SIZES = 1 };
#else
enum { SIZES = ARRAY_LEN(sizes) };
#endif

/* A process of its own for a size: prints the remarks when all is measured. */
static int measure_in_child(size_t i, const char *only, pid_t *pid) {
    int ends[2];
    if (pipe(ends)) BUG("no pipe");
    *pid = fork();
    if (*pid) {
        close(ends[1]);
        return ends[0];
    }
    Str out = STR_INIT;
    Measure m = measure_all(sizes[i].columns, sizes[i].lines, only, &out);
    fputs(str_cstr(&out), stdout);
    fflush(stdout);
    bool sent = write(ends[1], &m, sizeof m) == (ssize_t)sizeof m;
    str_clear(&out);
    _exit(sent ? 0 : 1);
}

static void verdict(int number, bool ok, const char *what, const Measure *m, int n) {
    printf("%s %d - %s (%d of %d)\n", ok ? "ok" : "not ok", number, what, n, m->screens);
}

int main(int argc, char **argv) {
    const char *only = argc > 1 ? argv[1] : NULL;
    Measure all = {0}, first = {0};
    int from[SIZES];
    pid_t pids[SIZES];
    size_t n = getenv("SCREENS_SHOW") ? 1 : SIZES;
    for (size_t i = 0; i < n; i++) from[i] = measure_in_child(i, only, &pids[i]);
    for (size_t i = 0; i < n; i++) {
        Measure m = {0};
        if (read(from[i], &m, sizeof m) != (ssize_t)sizeof m) printf("Bail out! no measure\n");
        close(from[i]);
        waitpid(pids[i], NULL, 0);
        if (i == 0) first = m;
        add(&all, &m);
    }
    printf("1..3\n");
    verdict(1, first.screens > 0 && first.paged * 10 <= first.screens,
            "at 80x24 at most one screen in ten takes more than one page", &first, first.paged);
    verdict(2, all.too_tall == 0, "no page is taller than its terminal", &all, all.too_tall);
    verdict(3, all.headless == 0, "no page begins within a picture", &all, all.headless);
    return 0;
}
