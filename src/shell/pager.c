/* Text longer or wider than the screen goes through the user's pager, as git and
 * psql have it: `set pager`, else $PAGER, else less, else more. What fits is
 * written as ever, and so is everything when no pager can be started. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "shell/session.h"

/* What the shell runs when nothing is set; 127 says that there is none. */
#define DEFAULT_PAGER "less 2>/dev/null || more"

/* Colours kept, long lines cut rather than wrapped (arrow keys move sideways), gone at once
 * if all fits. A user's own LESS wins. */
#define LESS_OPTIONS "FRXS"

/* Rows and the widest row's columns of text with SGR sequences in it. */
static void extent(const Str *text, int *rows, int *columns) {
    Str line = STR_INIT;
    *rows = *columns = 0;
    for (size_t i = 0; i <= text->len; i++) {
        if (i == text->len || text->buf[i] == '\n') {
            if (line.len || i < text->len) ++*rows;
            *columns = MAX(*columns, utf8_columns(line.buf, line.len));
            str_reset(&line);
        } else if (text->buf[i] == '\x1b')
            while (i + 1 < text->len && text->buf[i] != 'm') i++;
        else
            str_addc(&line, text->buf[i]);
    }
    str_clear(&line);
}

static const char *pager_command(const Session *s) {
    const char *own = s->set.pager ? s->set.pager : getenv("PAGER");
    return own && *own ? own : DEFAULT_PAGER;
}

/* SIGINT is held back over the fork: between it and exec the child still has our handler, which would
 * swallow a Ctrl-C that is meant for the pager. */
static pid_t pager_start(const char *command, int *to) {
    int ends[2];
    if (pipe(ends)) return -1;
    sigset_t interrupt, before;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &before);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGINT, SIG_DFL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        setenv("LESS", LESS_OPTIONS, 0);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[0]);
    if (pid < 0) close(ends[1]);
    *to = ends[1];
    return pid;
}

/* Hands the text over and waits. A pager left early is no error; one that is not there is:
 * then nothing was shown. */
static bool pager_run(const char *command, const Str *text) {
    int to;
    pid_t pid = pager_start(command, &to);
    if (pid < 0) return false;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &before);
    for (size_t done = 0; done < text->len;) {
        ssize_t n = write(to, text->buf + done, text->len - done);
        if (n < 0 && errno != EINTR) break;
        if (n > 0) done += (size_t)n;
    }
    close(to);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    sigaction(SIGPIPE, &before, NULL);
    interrupt_pending = 0; /* Ctrl-C was for the pager */
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

bool page_begin(Session *s) {
    bool off = s->set.pager && strcmp(s->set.pager, "off") == 0;
    if (off || s->sink.paging || !s->tty_in || !s->facts.tty || s->opt.json) return false;
    out_flush(s);
    s->sink.paging = true;
    return true;
}

void page_end(Session *s) {
    ShellSink *k = &s->sink;
    k->paging = false;
    if (INTERRUPTED()) str_reset(&k->pending); /* nobody waits for it any more */
    int rows, columns;
    extent(&k->pending, &rows, &columns);
    if ((rows >= s->facts.lines || columns > s->facts.columns) &&
        pager_run(pager_command(s), &k->pending))
        str_reset(&k->pending);
    out_flush(s);
}
