/* Where a session's output goes. A command hands over text, tables and other views; an Out makes
 * lines and pictures for people of them (out_people.c: a terminal or a pipe) or one JSON object a
 * step (out_json.c), and nobody else asks which.
 *
 *     ViewTable t = view_table_begin(head, 2);
 *     view_cell(&t, "%s", name), view_cell(&t, "%d", count);
 *     out_view_take(s, view_table_end(&t, NULL));
 *     out_print(s, "%d in all\n", n);
 */
#ifndef QKV_SHELL_OUT_H
#define QKV_SHELL_OUT_H

#include "base/err.h"
#include "base/str.h"
#include "eval/interp.h"
#include "shell/pages.h"
#include "view/view.h"

typedef struct Session Session;
typedef struct Out Out;

/* What of a cell's source a person sees; machines get all of it. */
typedef enum CodeForm {
    CODE_WHOLE,
    CODE_GIST,   /* of a long one the lines that matter, and how many others there are */
    CODE_FOLDED, /* how many lines there are */
    CODE_HIDDEN
} CodeForm;

/* How one kind of reader gets it; one function each for what is different. */
typedef struct OutKind {
    Sink sink;             /* of the interpreter's output */
    bool prompts;          /* a person may type at the other end */
    void (*flush)(Out *o); /* what is pending is written */
    void (*step_begin)(Out *o, const char *kind, const char *title);
    void (*step_text)(Out *o, const char *key, const char *text, size_t n);
    void (*step_number)(Out *o, const char *key, int64_t n);
    /* An error becomes part of the step being made; false: there is no such thing. */
    bool (*step_error)(Out *o, Err *err);
    void (*step_json)(Out *o, const char *key, const char *json);
    void (*step_end)(Out *o);
    void (*object)(Out *o, const char *line);
    void (*expected)(Out *o, Err *err);
    void (*code)(Out *o, const char *text, size_t n, CodeForm form);
    void (*gap)(Out *o);
    bool (*page_begin)(Out *o);
    void (*page_end)(Out *o);
    void (*free)(Out *o);
} OutKind;

struct Out {
    Sink sink; /* first: the interpreter holds a pointer to it */
    const OutKind *kind;
    Session *session; /* borrowed */
    bool cell;        /* a lesson's cell runs */
    Pages *pages;     /* of a lesson's screen; NULL: this reader has all at once */
};

Out *people_out(Session *s);
Out *json_out(Session *s);

/* Opens the session's output, as its options want it. */
void out_open(Session *s);
void out_close(Session *s);                  /* drops what is pending */
void out_flush(Session *s);                  /* pending text is written */
void out_text(Session *s, const char *text); /* plain, as print would write it */
void out_print(Session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
void out_view_take(Session *s, View *v); /* shows and releases */
/* The ledger of what ran: whole or its sums, as `set ledger` says; `ledger` shows it again. */
void out_ledger_take(Session *s, View *ledger);
void out_markdown(Session *s, const char *text);
/* A line that is written over while something takes its time. */
void out_progress(Session *s, const char *what, double fraction);
/* A cell's source, before it runs. */
void out_code(Session *s, const char *text, size_t n, CodeForm form);
/* A blank line, if anything came since the last. */
void out_gap(Session *s);
/* Between the two, text is held back; then it goes through a pager if the screen cannot hold
 * it. False, and nothing held, where there is no person to page for. */
bool out_page_begin(Session *s);
void out_page_end(Session *s);
/* What one Enter shows of a lesson. On a terminal it becomes pages that fit, with `below` rows free
 * under each; the first is shown at the end. Later ones begin with a line that says the title. */
void out_screen_begin(Session *s, const char *title, int below);
/* A cell of it begins or ends: one that takes its time shows what it prints as it comes. */
void out_screen_cell(Session *s, bool runs);
void out_screen_end(Session *s);
/* Is there a page more? Then out_screen_next shows it. */
bool out_screen_left(const Session *s);
void out_screen_next(Session *s, int below);
/* All pages that are left, as one. */
void out_screen_rest(Session *s);
/* Pages that were not shown are forgotten; returns their lines. */
int out_screen_drop(Session *s);
/* What belongs together, as a line of the prompt or a step of a lesson: an object in JSON, nothing
 * to people. The facts of a step are for machines only. err (may be NULL): what ended it; where it
 * becomes part of the object it is reported and cleared. */
void out_step_begin(Session *s, const char *kind, const char *title);
void out_step_text(Session *s, const char *key, const char *text, size_t n);
void out_step_number(Session *s, const char *key, int64_t n);
/* A value of JSON as text. */
void out_step_json(Session *s, const char *key, const char *json);
void out_step_end(Session *s, Err *err);
/* An object of its own form, a line of JSON, in place of the step being made; nothing to people. */
void out_object(Session *s, const char *line);

/* What views are drawn with: the screen's facts and `set` (out_people.c). */
int out_width(const Session *s);
ViewStyle out_style(const Session *s);

/* Shows an error on stderr (in JSON in the step), sets the exit status, clears err. */
void report(Session *s, Err *err);
/* An error that a lesson meant to come: shown on stdout like output; not cleared. */
void report_expected(Session *s, Err *err);
/* A usage mistake: as report, with exit status 2. */
void report_usage(Session *s, Err *err);
void warn_line(Session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
