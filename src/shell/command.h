/* Commands of the prompt and of the system shell: one row each, one file a topic.
 * help, completion, the man page and the tests loop the rows.
 */
#ifndef QKV_SHELL_COMMAND_H
#define QKV_SHELL_COMMAND_H

#include "shell/session.h"

/* Everything a command is told. argv[0] is its name; rest is the untouched text after it. */
typedef struct Call {
    int argc;
    char **argv;
    const char *rest;
    bool own; /* a lesson's own word began the line, not `lesson` */
} Call;

typedef void (*Offer)(void *ctx, const char *word);

typedef struct Command {
    const char *name;
    const char *aliases; /* space-separated, or NULL */
    const char *usage;   /* "set [NAME[=VALUE]]" */
    const char *summary; /* one line */
    const char *help;    /* Markdown, may be NULL */
    /* ERR_OK with false: the failure was shown already. */
    bool (*run)(Session *s, const Call *c, Err *err);
    void (*complete)(Session *s, const Call *c, Offer offer, void *ctx); /* may be NULL */
    unsigned flags;
} Command;

enum {
    CMD_RAW = 1u << 0,     /* takes its line whole: no words, no quotes */
    CMD_READING = 1u << 1, /* only while a lesson is open */
    CMD_PAGED = 1u << 2,   /* what it shows is for reading: through the pager if long */
    CMD_NAMES = 1u << 4,   /* its argument may be a name of code: torch.softmax */
    CMD_CALLED = 1u << 3   /* Python has it as a function, to the same end: quit(), help(x) */
};

/* Every command. shell.c makes the session's table of them. */
/* clang-format off */
#define COMMANDS(X)                                                                                \
    X(help) X(apropos) X(lessons) X(lesson) X(next) X(back) X(all) X(skip) X(again) X(more)        \
    X(goto) X(restart) X(where) X(play) X(leave) X(whos) X(set) X(time) X(timeit) X(bench)         \
    X(trace) X(ledger) X(train) X(source) X(history) X(edit) X(load) X(save) X(export) X(once) X(show) X(reset) X(check)  \
    X(new) X(practice)                                                                             \
    X(review) X(aloud) X(interview) X(progress) X(notes) X(grade) X(quit)
/* clang-format on */

#define X(id) extern const Command cmd_##id;
COMMANDS(X)
#undef X

/* By its name or an alias; NULL: there is none. */
const Command *command_find(const Session *s, const char *name, size_t len);
/* One that must be there. */
const Command *command_named(const Session *s, const char *name);
/* Runs a command given as words (argv of the system shell) or as a line. */
bool command_run_words(Session *s, const Command *cmd, int argc, char **argv, Err *err);
bool command_run_line(Session *s, const Command *cmd, const char *line, Err *err);
/* "unknown command 'maksing'" with the nearest command or lesson. */
bool command_unknown(Session *s, const char *word, Err *err);
/* The error of an entry whose first word may be a command's with a slip in it: names the nearest.
 */
void command_meant(Session *s, const char *text, Err *err);
/* More words than the usage has: an error that shows the usage. */
bool command_usage(const Command *cmd, Err *err);

#endif
