/* See pager.h. */
#include "config.h"

#include "shell/pager.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "shell/file.h"

/* What the shell runs when nothing is set; 127 says that there is none. */
#define DEFAULT_PAGER "less 2>/dev/null || more"

/* Colours kept, long lines cut rather than wrapped (arrow keys move sideways), gone at once
 * if all fits. The prompt says how to get out. A user's own LESS wins. */
#define LESS_OPTIONS "-FRXS -Psq leaves, Space goes on, b goes back, /word finds$"

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

/* SIGINT is held back over the fork: between it and exec the child still has our handler, which
 * would swallow a Ctrl-C that is meant for the pager. */
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
    file_put(to, text->buf, text->len);
    close(to);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    sigaction(SIGPIPE, &before, NULL);
    interrupt_pending = 0; /* Ctrl-C was for the pager */
    return !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

bool pager_show(const char *own, const TermFacts *facts, const Str *text) {
    int rows, columns;
    extent(text, &rows, &columns);
    if (rows < facts->lines && columns <= facts->columns) return false;
    const char *command = own ? own : getenv("PAGER");
    return pager_run(command && *command ? command : DEFAULT_PAGER, text);
}
