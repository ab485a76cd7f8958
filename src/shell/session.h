/* A session: everything one run of qkv holds between lines. The folder's files
 * all work on it; nothing here is seen below the shell.
 *
 *     Session s;
 *     if (!session_open(&s, &options, &err)) ...
 *     session_line(&s, "masking n=8");        (a command or code, as typed)
 *     int status = s.status;
 *     session_close(&s);
 */
#ifndef QKV_SHELL_SESSION_H
#define QKV_SHELL_SESSION_H

#include "base/err.h"
#include "base/str.h"
#include "builtin/builtin.h"
#include "toolkit/qkv.h"
#include "eval/interp.h"
#include "shell/options.h"
#include "shell/out.h"
#include "term/term.h"
#include "tutor/run.h"
#include "view/view.h"

enum { EXIT_DONE = 0, EXIT_ERROR = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

/* Code longer than this is refused: spans are 32-bit and nobody means it. */
#define SOURCE_LIMIT ((size_t)16 << 20)

typedef enum Repr { REPR_PRETTY, REPR_TORCH } Repr;

/* The ledger under what computes: at the prompt none or one, in a lesson always. */
typedef enum LedgerForm {
    LEDGER_OFF,  /* none at the prompt; in a lesson as LEDGER_ON */
    LEDGER_ON,   /* its sums on a terminal, whole in a pipe */
    LEDGER_LINE, /* its sums, on one line */
    LEDGER_FULL  /* whole */
} LedgerForm;

typedef struct Settings {
    Theme theme;
    int precision; /* decimals of matrices; -1: as fits */
    int width;     /* columns; 0: the terminal's */
    bool wide;     /* matrices whole */
    char *pager;   /* owned; a command, or "off"; NULL: the environment's */
    Repr repr;     /* what the echo of a bare tensor is */
    LedgerForm ledger;
    CodeForm code; /* of a lesson's long cells on a terminal; CODE_GIST at first */
} Settings;

struct Command;
typedef struct Places Places;     /* places.h */
typedef struct Practice Practice; /* asking.h */

struct Session {
    Options opt;
    TermFacts facts, err_facts; /* of stdout, of stderr */
    Ground answered;            /* what the terminal said its ground is */
    Str typed_ahead;            /* keys that came while it was asked */
    bool tty_in;
    Settings set;
    Interp *in;
    Value main;  /* the prompt's own scope */
    Value scope; /* borrowed: main, or the scope of the lesson being read */
    Out *out;
    const struct Command *const *commands; /* borrowed; ends with NULL */
    LessonSet lessons;
    char *lessons_dir;     /* owned */
    LessonRun *lesson;     /* being read, or NULL */
    VEC(LessonRun *) left; /* others, each as it was left; the last one last */
    Places *places;        /* where the reader is in all of them; read when first asked for */
    const Lesson *own;     /* a lesson file of the user's that the set does not hold; owned */
    View *ledger;          /* the last one shown, for `ledger`; owned, or NULL */
    bool unfolded;         /* the reader asked for the code of this lesson whole */
    bool playing;          /* in the lesson's scope, reading suspended */
    bool told_scope;       /* that a lesson's variables are its own */
    bool straight;         /* lessons run without stops */
    const char *script;    /* borrowed: the file whose code runs; NULL: none */
    bool quit;
    bool prompt;      /* the loop runs: a person types */
    bool typing;      /* entries come from a person or a pipe, not from a file */
    int status;       /* of the process */
    int rows;         /* of every matrix, without colour bars, where all must fit; 0: as it is */
    const char *file; /* that entries are read from ("<stdin>", qkvrc); NULL: typed at the prompt */
    int line;         /* of it that the entry begins on */
    int counter;      /* of prompt lines and cells, for source names */
    VEC(View *) shown;  /* figures, the last one last (shown.h); owned */
    char *once;         /* the file that the next figure goes to; owned, or NULL */
    View *once_is;      /* that figure, once it was shown; owned, or NULL */
    Practice *practice; /* asking.c; NULL until it is first wanted */
    VEC(char *) typed;  /* what was typed, for `history` and `save` */
};

void session_time_apply(Session *s); /* opt.time_ns, to the interpreter */
void session_facts_read(
    Session *s); /* the terminal's, again: its size, colour as the options say */

/* commands: the table of all of them, which names every other file of the shell; so it comes from
 * above. */
bool session_open(Session *s, const Options *o, const struct Command *const *commands, Err *err);
void session_close(Session *s);

/* One prompt entry (a command, or code that may span lines). false: it failed, and the error
 * was shown. */
bool session_line(Session *s, const char *text);
/* Code in the current scope: a file's, or an entry's, which shows the value of its last expression
 * and at the prompt's own scope has the names at hand (interp.h). */
typedef enum CodeFrom { FROM_FILE, FROM_ENTRY } CodeFrom;
bool session_code(Session *s, const char *name, const char *text, size_t len, CodeFrom from);
/* A ModuleFinder (interp.h) for a session: see modules.c. */
bool modules_find(void *session, const char *name, Source **out, Err *err);
/* The text of an entry, marked as typed where it was. */
Source *session_source(const Session *s, const char *name, const char *text, size_t len);
/* Many entries, as a pipe or qkvrc has them: each one a line or the lines of a block. typed:
 * they count as typed, as a pipe's do. file: how errors call it. */
bool session_entries(Session *s, const char *file, const char *text, size_t len, bool typed);
/* Keeps an entry for `history`, `save` and `edit`. */
void session_typed(Session *s, const char *entry);
/* Does the text need more lines? */
bool session_incomplete(Session *s, const char *text);
/* The word that a command line begins with, when the line is one (see command.c). */
const struct Command *session_command_of(Session *s, const char *line, const char **rest);

/* ---- reading a lesson (reading.c) ------------------------------------------------- */

/* Without arguments and part a lesson that was left in its middle goes on there. Else: opens a
 * lesson with "name=value" arguments and shows its first screen (all of it when the session reads
 * straight through); part: from that one on, or only that one; NULL: from the start. The lesson
 * that was open is left. */
bool reading_open(Session *s, const Lesson *l, const char *part, int nargs, char *const *args,
                  Err *err);
/* The keys and words of a reader. Each shows a screen, or the rest of one that failed. */
bool reading_continue(Session *s, Err *err); /* the next screen; behind the last one: leaves */
bool reading_all(Session *s, Err *err);
bool reading_back(Session *s, Err *err);
bool reading_skip(Session *s, Err *err);
bool reading_again(Session *s, Err *err);
bool reading_more(Session *s, Err *err);
bool reading_goto(Session *s, const char *where, Err *err);
bool reading_restart(Session *s, int nargs, char *const *args, Err *err);
/* Other parameters: the screen again, the cells above it unseen. */
bool reading_set(Session *s, int nargs, char *const *args, Err *err);
/* With no lesson open: the one that was left last goes on, else the first unread one is opened. */
bool reading_resume(Session *s, Err *err);
/* To the prompt; place, parameters and variables are kept. */
void reading_leave(Session *s);
/* Code that was typed in a lesson, and ran, is kept with the place. */
void reading_typed(Session *s, const char *code);
void reading_forget(Session *s); /* all lessons, at the end of a session */
void reading_where(Session *s);
/* What is wrong with the file of places (places.h), once. */
void reading_tell_trouble(Session *s);
/* Code is folded on the screens to come, or no longer; then that of this screen is shown. */
bool reading_code(Session *s, Err *err);
bool reading_has_code(const Session *s); /* on this screen */
/* What a lesson's cell may take beside the interpreter's own limit, which is what `set time=` or
 * --time say: under `auto`, where nobody sits at a terminal, the tutor's; 0: nothing. */
int64_t reading_cell_limit(const Session *s);

/* ---- the prompt (loop.c), history (history.c), completion (complete.c) -------------- */

int loop_run(Session *s);
void history_open(Session *s);
void history_add(Session *s, const char *entry);
/* While questions are asked Up walks the answers, which are forgotten at the end; on: from now on.
 */
void history_answers(bool on);
void history_add_answer(const char *answer);
void history_close(Session *s);
/* All completions of the word that ends at `end` of a line, for readline and tests. */
void complete_words(Session *s, const char *line, size_t end, void (*offer)(void *, const char *),
                    void *ctx, size_t *word_start);
/* "$XDG_STATE_HOME/qkv" (made when wanted), "$XDG_CONFIG_HOME/qkv"; owned, NULL without a home. */
char *state_dir(const Session *s, bool make);
char *config_dir(void);
/* "lessons" or "data/NAME" in the first of --data-dir, $QKV_DATA, the source tree and the installed
 * folder that has it; owned, NULL: none has. */
char *data_path(const Session *s, const char *name);

#endif
