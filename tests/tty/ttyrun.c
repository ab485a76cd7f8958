/* Runs qkv on a pseudo-terminal by scripts and speaks TAP, one line per script.
 *
 * A script (tests/tty/NAME.tty) is a list of lines:
 *
 *     # a remark
 *     start [args]     runs $QKV with the arguments (blanks separate; "..." keeps blanks)
 *     shell            runs an interactive `sh` with job control, prompt "$ ", instead
 *     env NAME=VALUE   for the next start; "env NAME" unsets it
 *     size COLS ROWS   of the terminal (80 24)
 *     ground COLOR     what the terminal of the next start answers to OSC 11
 *                      ("rgb:ffff/ffff/ffff"); without a colour it knows no such question; its
 *                      device attributes it says
 *     mute             the terminal of the next start answers no question at all
 *     send TEXT        types text; \r Enter, \t, \e escape, \a bell, ^C ^D as control keys, \s a
 *                      blank
 *     expect TEXT      waits at most 10 s for text in what came since the last match
 *     within MS TEXT   the same with a time of its own
 *     absent TEXT      fails if the text is in what came since the last match
 *     screen TEXT      waits at most 10 s until rows of the screen are TEXT from their first
 *                      column to their last; \n begins the next row
 *     cursor TEXT      waits until what stands left of the cursor in its row is TEXT, but for
 * blanks at its end unseen TEXT      fails if a row of the screen has TEXT pause MS         lets
 * time pass, for what has no mark of its own signal NAME      HUP, TERM, INT, KILL, STOP, TSTP,
 * CONT or WINCH to the program exit STATUS      waits for the end and its status
 *
 * The lessons of a start are those of tests/tty/lessons, whose text stays as it is while the
 * course is reworked; `env QKV_DATA=` has the course.
 *
 *     start ... @top@  the source tree
 *     state NAME TEXT  writes a file into the folder of state, which is the script's own
 *     walk             reads every lesson screen by screen
 *
 * SGR sequences and other escapes are taken out of the output before matching, except in
 * `raw TEXT` and `noraw TEXT` (it is not there), which look at all bytes of this start. Screens are
 * 80x24; no clock enters but as a limit.
 */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "screen.h"

typedef struct Tty {
    int fd;
    pid_t pid;
    Str raw, text; /* all output; without escapes */
    size_t done;   /* bytes of raw that were stripped */
    size_t at;     /* where matching goes on in text */
    Screen *screen;
    struct winsize size;
    char ground[64]; /* the answer to OSC 11; empty: none */
    bool mute;
    VEC(char *) env;
} Tty;

/* What a terminal answers to the questions for its ground and for its device attributes. */
static void answer(Tty *t) {
    Str s = STR_INIT;
    if (*t->ground) str_printf(&s, "\x1b]11;%s\a", t->ground);
    str_add(&s, "\x1b[?62;22c");
    ssize_t n = write(t->fd, str_cstr(&s), s.len);
    if (n != (ssize_t)s.len) BUG("the terminal could not answer");
    str_clear(&s);
}

/* Strips CSI, OSC and other escape sequences; a sequence cut off at the end waits. */
static void strip(Tty *t) {
    while (t->done < t->raw.len) {
        const char *p = t->raw.buf + t->done, *end = t->raw.buf + t->raw.len;
        if (*p != '\x1b') {
            if (*p != '\r' && *p != '\a') str_addc(&t->text, *p);
            t->done++;
            continue;
        }
        const char *q = p + 1;
        if (q == end) return;
        if (*q == '[') {
            for (q++; q < end && !(*q >= 0x40 && *q <= 0x7E);) q++;
            if (q == end) return;
            if (*q == 'c' && !t->mute) answer(t);
        } else if (*q == ']') {
            for (q++; q < end && *q != '\a';) q++;
            if (q == end) return;
        }
        t->done = (size_t)(q - t->raw.buf) + 1;
    }
}

/* Reads what has come within ms; false at the end of the output. */
static bool pump(Tty *t, int ms) {
    struct pollfd p = {.fd = t->fd, .events = POLLIN};
    int n = poll(&p, 1, ms);
    if (n <= 0) return true;
    char buf[4096];
    ssize_t k = read(t->fd, buf, sizeof buf);
    if (k <= 0) return false;
    str_addn(&t->raw, buf, (size_t)k);
    screen_feed(t->screen, buf, (size_t)k);
    strip(t);
    return true;
}

static bool expect(Tty *t, const char *wanted, int ms) {
    int64_t end = clock_ns() + (int64_t)ms * 1000000;
    for (bool open = true;;) {
        const char *found = t->text.len > t->at ? strstr(t->text.buf + t->at, wanted) : NULL;
        if (found) {
            t->at = (size_t)(found - t->text.buf) + strlen(wanted);
            return true;
        }
        if (!open || clock_ns() > end) return false;
        open = pump(t, 20);
    }
}

/* Do rows of the screen, from some row on, read so? */
static bool shows(const Tty *t, const char *wanted) {
    Str all = STR_INIT, one = STR_INIT;
    str_addc(&all, '\n');
    for (int y = 0; y < screen_rows(t->screen); y++) {
        screen_row(t->screen, y, &all);
        str_addc(&all, '\n');
    }
    str_printf(&one, "\n%s\n", wanted);
    bool found = strstr(str_cstr(&all), str_cstr(&one)) != NULL;
    str_clear(&all);
    str_clear(&one);
    return found;
}

static bool cursor_behind(const Tty *t, const char *wanted) {
    Str before = STR_INIT;
    screen_before_cursor(t->screen, &before);
    while (before.len && before.buf[before.len - 1] == ' ') before.buf[--before.len] = '\0';
    bool same = strcmp(str_cstr(&before), wanted) == 0;
    str_clear(&before);
    return same;
}

static bool seen(const Tty *t, const char *text) {
    bool found = false;
    for (int y = 0; y < screen_rows(t->screen) && !found; y++) {
        Str row = STR_INIT;
        screen_row(t->screen, y, &row);
        found = strstr(str_cstr(&row), text) != NULL;
        str_clear(&row);
    }
    return found;
}

/* Waits until the screen is as wanted. */
static bool until(Tty *t, bool (*holds)(const Tty *t, const char *arg), const char *wanted) {
    int64_t end = clock_ns() + (int64_t)10 * 1000000000;
    while (!holds(t, wanted)) {
        if (clock_ns() > end) return false;
        pump(t, 20);
    }
    return true;
}

static void let_pass(Tty *t, int ms) {
    int64_t end = clock_ns() + (int64_t)ms * 1000000;
    while (clock_ns() < end) pump(t, 20);
}

static void unescape(const char *s, Str *out) {
    for (; *s; s++) {
        if (*s == '^' && isupper((unsigned char)s[1]))
            str_addc(out, (char)(*++s & 0x1F));
        else if (*s != '\\' || !s[1])
            str_addc(out, *s);
        else {
            s++;
            str_addc(out, *s == 'r'   ? '\r'
                          : *s == 'n' ? '\n'
                          : *s == 't' ? '\t'
                          : *s == 'a' ? '\a'
                          : *s == 'e' ? '\x1b'
                          : *s == 's' ? ' '
                                      : *s);
        }
    }
}

static int split(char *line, char **argv, int max) {
    int n = 0;
    for (char *p = line; *p && n < max;) {
        while (*p == ' ') p++;
        if (!*p) break;
        char stop = *p == '"' ? '"' : ' ';
        p += stop == '"';
        argv[n++] = p;
        while (*p && *p != stop) p++;
        if (*p) *p++ = '\0';
    }
    return n;
}

/* program: qkv, or the shell that is asked for by no argument. */
static bool start(Tty *t, const char *program, const char *args) {
    Str line = STR_INIT;
    const char *top = strstr(args, "@top@");
    str_addn(&line, args, top ? (size_t)(top - args) : strlen(args));
    if (top) str_printf(&line, "%s%s", getenv("abs_top_srcdir"), top + strlen("@top@"));
    char *copy = str_detach(&line), *argv[32] = {(char *)program};
    split(copy, argv + 1, 30);
    screen_free(t->screen);
    t->screen = screen_new(t->size.ws_col, t->size.ws_row);
    str_clear(&t->raw);
    str_clear(&t->text);
    t->done = t->at = 0;
    t->pid = forkpty(&t->fd, NULL, NULL, &t->size);
    if (t->pid == 0) {
        for (size_t i = 0; i < t->env.count; i++) {
            if (strchr(t->env.items[i], '='))
                putenv(t->env.items[i]);
            else
                unsetenv(t->env.items[i]);
        }
        if (strcmp(program, "qkv") == 0) execv(getenv("QKV"), argv);
        setenv("PS1", "$ ", 1);
        execlp("sh", "sh", "-im", (char *)NULL);
        _exit(127);
    }
    mem_free(copy);
    return t->pid > 0;
}

static bool wait_exit(Tty *t, int wanted, Str *why) {
    int status = 0;
    int64_t end = clock_ns() + (int64_t)10 * 1000000000;
    while (waitpid(t->pid, &status, WNOHANG) == 0) {
        if (clock_ns() > end) {
            str_add(why, "it does not end");
            return false;
        }
        pump(t, 20);
    }
    t->pid = 0;
    int got = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (got != wanted) str_printf(why, "it ended with %d", got);
    return got == wanted;
}

static int signal_number(const char *name) {
    static const struct {
        const char *name;
        int number;
    } known[] = {{"HUP", SIGHUP},   {"TERM", SIGTERM}, {"INT", SIGINT},     {"STOP", SIGSTOP},
                 {"TSTP", SIGTSTP}, {"CONT", SIGCONT}, {"WINCH", SIGWINCH}, {"KILL", SIGKILL}};
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i].name, name) == 0) return known[i].number;
    BUG("no signal %s", name);
}

static bool send_text(Tty *t, const char *arg) {
    Str s = STR_INIT;
    unescape(arg, &s);
    bool ok = write(t->fd, str_cstr(&s), s.len) == (ssize_t)s.len;
    str_clear(&s);
    return ok;
}

static bool resize(Tty *t, const char *arg) {
    char *end;
    t->size.ws_col = (unsigned short)strtol(arg, &end, 10);
    t->size.ws_row = (unsigned short)strtol(end, NULL, 10);
    if (t->screen) screen_resize(t->screen, t->size.ws_col, t->size.ws_row);
    return t->pid <= 0 || ioctl(t->fd, TIOCSWINSZ, &t->size) == 0;
}

static bool write_state(const char *arg) {
    Str path = STR_INIT;
    int name = (int)strcspn(arg, " ");
    str_printf(&path, "%s/qkv", getenv("XDG_STATE_HOME"));
    mkdir(str_cstr(&path), 0700);
    str_printf(&path, "/%.*s", name, arg);
    FILE *f = fopen(str_cstr(&path), "w");
    if (f) fputs(arg + name + 1, f);
    str_clear(&path);
    return f && fclose(f) == 0;
}

/* ---- walking ---------------------------------------------------------------------------- */

enum { WALK_MS = 120000 }; /* for a screen: lessons train */

/* Waits for a lesson's prompt, "masking 3/30> ", at the end of the output. */
static bool at_prompt(Tty *t, int *at, int *of) {
    int64_t end = clock_ns() + (int64_t)WALK_MS * 1000000;
    for (bool open = true; open && clock_ns() < end; open = pump(t, 20)) {
        const char *text = str_cstr(&t->text), *nl = strrchr(text, '\n');
        int used = 0;
        if (nl && t->text.len > t->at && sscanf(nl + 1, "%*s %d/%d> %n", at, of, &used) == 2 &&
            used && !nl[1 + used])
            return true;
    }
    return false;
}

/* Are there lines with something on them, beside the keys below a screen and the prompt? */
static bool shows_something(const char *text) {
    int lines = 0;
    for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p != 0)
        lines += p[strspn(p, " \n")] != '\0' && *p != '\n';
    return lines > 2;
}

static bool walk_lesson(Tty *t, const char *number, Str *why) {
    Str args = STR_INIT;
    str_printf(&args, "--norc --quiet --data-dir=@top@ %s", number);
    bool ok = start(t, "qkv", str_cstr(&args));
    for (int screen = 1, at = 0, of = 0; ok && (screen == 1 || at < of); screen++) {
        ok = at_prompt(t, &at, &of) && at == screen && shows_something(str_cstr(&t->text) + t->at);
        if (!ok) str_printf(why, "lesson %s, screen %d: it is at %d/%d", number, screen, at, of);
        t->at = t->text.len;
        ok = ok && send_text(t, "\\r");
    }
    ok = ok && wait_exit(t, 0, why);
    if (ok) close(t->fd);
    str_clear(&args);
    return ok;
}

static int is_lesson(const struct dirent *e) {
    size_t n = strlen(e->d_name);
    return isdigit((unsigned char)e->d_name[0]) && n > 3 && strcmp(e->d_name + n - 3, ".md") == 0;
}

/* Sanitized code trains ten times slower: there the first lessons will do. */
static bool walk(Tty *t, Str *why) {
    Str dir = STR_INIT;
    const char *sanitized = getenv("QKV_SANITIZED");
    struct dirent **list;
    str_printf(&dir, "%s/lessons", getenv("abs_top_srcdir"));
    int n = scandir(str_cstr(&dir), &list, is_lesson, alphasort);
    int last = sanitized && *sanitized ? MIN(n, 2) : n;
    bool ok = n > 0;
    for (int i = 0; i < n; i++) {
        list[i]->d_name[strspn(list[i]->d_name, "0123456789")] = '\0';
        ok = ok && (i >= last || walk_lesson(t, list[i]->d_name, why));
        free(list[i]);
    }
    if (n > 0) free(list);
    str_clear(&dir);
    return ok;
}

static bool run_line(Tty *t, char *line, Str *why) {
    char *arg = strchr(line, ' ');
    if (arg)
        *arg++ = '\0';
    else
        arg = line + strlen(line);
    if (strcmp(line, "start") == 0) return start(t, "qkv", arg);
    if (strcmp(line, "shell") == 0) return start(t, "sh", "");
    if (strcmp(line, "send") == 0) return send_text(t, arg);
    if (strcmp(line, "expect") == 0) return expect(t, arg, 10000);
    if (strcmp(line, "size") == 0) return resize(t, arg);
    if (strcmp(line, "exit") == 0) return wait_exit(t, (int)strtol(arg, NULL, 10), why);
    if (strcmp(line, "signal") == 0) return kill(t->pid, signal_number(arg)) == 0;
    if (strcmp(line, "ground") == 0) {
        snprintf(t->ground, sizeof t->ground, "%s", arg);
        return true;
    }
    if (strcmp(line, "walk") == 0) return walk(t, why);
    if (strcmp(line, "state") == 0) return write_state(arg);
    if (strcmp(line, "mute") == 0) return t->mute = true;
    if (strcmp(line, "env") == 0) {
        vec_push(&t->env, mem_strdup(arg));
        return true;
    }
    if (strcmp(line, "within") == 0) {
        char *text;
        int ms = (int)strtol(arg, &text, 10);
        return expect(t, text + 1, ms);
    }
    bool rows = strcmp(line, "screen") == 0;
    if (rows || strcmp(line, "cursor") == 0) {
        Str s = STR_INIT;
        unescape(arg, &s);
        bool ok = until(t, rows ? shows : cursor_behind, str_cstr(&s));
        str_clear(&s);
        return ok;
    }
    if (strcmp(line, "unseen") == 0) {
        let_pass(t, 100);
        return !seen(t, arg);
    }
    if (strcmp(line, "pause") == 0) {
        let_pass(t, (int)strtol(arg, NULL, 10));
        return true;
    }
    if (strcmp(line, "raw") == 0 || strcmp(line, "noraw") == 0) {
        Str s = STR_INIT;
        unescape(arg, &s);
        bool found = memmem(str_cstr(&t->raw), t->raw.len, s.buf, s.len) != NULL;
        str_clear(&s);
        return found == (*line == 'r');
    }
    if (strcmp(line, "absent") == 0) {
        pump(t, 100);
        return !(t->text.len > t->at && strstr(t->text.buf + t->at, arg));
    }
    str_printf(why, "unknown word %s", line);
    return false;
}

static void finish(Tty *t) {
    if (t->pid > 0) {
        kill(t->pid, SIGKILL);
        waitpid(t->pid, NULL, 0);
    }
    if (t->fd > 0) close(t->fd);
    screen_free(t->screen);
    str_clear(&t->raw);
    str_clear(&t->text);
    for (size_t i = 0; i < t->env.count; i++) mem_free(t->env.items[i]);
    vec_clear(&t->env);
}

/* What came last and what is on the screen when it went wrong, as TAP remarks. */
static void show_tail(const Tty *t) {
    size_t from = t->text.len > 800 ? t->text.len - 800 : 0;
    printf("# ");
    for (size_t i = from; i < t->text.len; i++) {
        putchar(t->text.buf[i]);
        if (t->text.buf[i] == '\n') printf("# ");
    }
    putchar('\n');
    for (int y = 0; t->screen && y < screen_rows(t->screen); y++) {
        Str row = STR_INIT;
        screen_row(t->screen, y, &row);
        printf("# |%s\n", str_cstr(&row));
        str_clear(&row);
    }
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at) {
    UNUSED(st), UNUSED(kind), UNUSED(at);
    return remove(path);
}

static void run_script(int number, const char *dir, const char *name) {
    Str path = STR_INIT;
    str_printf(&path, "%s/%s", dir, name);
    FILE *f = fopen(str_cstr(&path), "r");
    Tty t = {.size = {.ws_col = 80, .ws_row = 24}};
    char *line = NULL;
    size_t cap = 0;
    int at = 0, failed = 0;
    Str why = STR_INIT;
    char state[] = "/tmp/qkv-tty-XXXXXX";
    if (!mkdtemp(state)) BUG("no folder for a script's state");
    setenv("XDG_STATE_HOME", state, 1);
    for (ssize_t n; f && !failed && (n = getline(&line, &cap, f)) >= 0;) {
        at++;
        if (n && line[n - 1] == '\n') line[n - 1] = '\0';
        if (!line[0] || line[0] == '#') continue;
        char *copy = mem_strdup(line);
        if (!run_line(&t, copy, &why)) failed = at;
        mem_free(copy);
    }
    printf("%s %d - %s\n", failed || !f ? "not ok" : "ok", number, name);
    if (failed) {
        printf("# line %d: %s %s\n", failed, line, str_cstr(&why));
        show_tail(&t);
    }
    fflush(stdout);
    if (f) fclose(f);
    free(line);
    finish(&t);
    nftw(state, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    str_clear(&why);
    str_clear(&path);
}

static int is_script(const struct dirent *e) {
    size_t n = strlen(e->d_name);
    return n > 4 && strcmp(e->d_name + n - 4, ".tty") == 0;
}

static void run_all(const char *dir) {
    struct dirent **list;
    int n = scandir(dir, &list, is_script, alphasort);
    printf("1..%d\n", MAX(n, 1));
    for (int i = 0; i < n; i++) {
        run_script(i + 1, dir, list[i]->d_name);
        free(list[i]);
    }
    if (n >= 0) free(list);
}

int main(int argc, char **argv) {
    Str dir = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    str_printf(&dir, "%s/tests/tty", top ? top : ".");
    setenv("QKV_DATA", str_cstr(&dir), 1);
    if (argc > 1) {
        run_script(1, str_cstr(&dir), argv[1]);
        printf("1..1\n");
    } else
        run_all(str_cstr(&dir));
    str_clear(&dir);
    return 0;
}
