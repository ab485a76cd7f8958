/* Lesson files: Markdown with a YAML front matter, read into steps.
 *
 * A lesson folder is a set of files NN-slug.md, found by scanning; nothing lists
 * them. The front matter declares number, command, title, summary, minutes,
 * parameters (type, default, range or choices, help) and sources. The body is
 * split into steps: a run of Markdown text, or a fenced `python` cell. Cells run
 * in order in the lesson's own scope (run.h). This file reads and checks; it
 * runs nothing and prints nothing.
 *
 *     Lesson *l = lesson_read("lessons/36-masking.md", &err);
 *     for (size_t i = 0; i < l->steps.count; i++) ...
 *     lesson_free(l);
 *
 * Words after `python` on a fence: `hide` (source not shown), `raises` (the cell is
 * expected to fail: its error is part of the lesson), `norun` (shown, not run),
 * `noledger` (no ledger after it). What a reader on a terminal sees of the source: `fold`
 * (one line that says how many; it only prepares), `show` (all of it, however long);
 * `join`: no stop in front of it, it is on the screen of what stands above (as a hidden cell is).
 *
 * One cell may be marked `short`: it is no step of the reading, but all that the lesson's command
 * shows by itself on a terminal, after the cells above it ran in silence (lesson_run_short).
 *
 * A heading of the first level begins a part (LessonPart), and a heading that ends in `{more}` one
 * that goes deeper than the question: whoever reads step by step passes it by unless asked.
 * Text may hold `{{expr}}` or `{{expr:spec}}`:
 * evaluated in the lesson's scope when the step is reached, so that no number in
 * the prose is typed by hand.
 *
 * A lesson whose front matter says `waits: WHAT` has no body yet: its one step says, in one
 * line, that it follows when WHAT.
 */
#ifndef QKV_TUTOR_LESSON_H
#define QKV_TUTOR_LESSON_H

#include "base/err.h"
#include "base/str.h"

typedef enum ParamType { PT_INT, PT_FLOAT, PT_BOOL, PT_STR, PT_CHOICE, PT_INTS } ParamType;

typedef struct LessonParam {
    char *name;
    ParamType type;
    char *deflt; /* as it would be typed: "6", "the cat sat", "1,2,4" */
    char *help;  /* one line */
    bool has_min, has_max;
    double min, max; /* of a number, of each of a list; length in code points of a str */
    VEC(char *) choices;
    int line; /* in the file */
} LessonParam;

/* What a lesson file may be long: 1 MiB. */
#define LESSON_LIMIT ((size_t)1 << 20)

typedef enum StepKind { STEP_TEXT, STEP_CELL } StepKind;

enum {
    CELL_HIDE = 1u << 0,
    CELL_RAISES = 1u << 1,
    CELL_NORUN = 1u << 2,
    CELL_NOLEDGER = 1u << 3,
    CELL_FOLD = 1u << 4,
    CELL_SHOW = 1u << 5,
    CELL_JOIN = 1u << 6,
    CELL_SHORT = 1u << 7
};

typedef struct LessonStep {
    StepKind kind;
    unsigned flags; /* CELL_* */
    char *title;    /* text of the nearest heading above or at its start; "" before the first */
    char *text;     /* Markdown, or the cell's code */
    size_t len;
    int line;   /* where the text begins in the file */
    bool pause; /* a step-by-step reading stops in front of this step */
    bool more;  /* under a heading marked {more} */
    int part;   /* index into the lesson's parts */
} LessonStep;

/* What stands under a heading of the first level; what comes before any has no title. */
typedef struct LessonPart {
    char *title; /* without its {more} */
    /* What it is called by: "answer", "live", "said", "follow", "practice"; every part between
     * "live" and "said" belongs to "live". "": before the first of them. Borrowed. */
    const char *name;
    size_t from, to; /* its steps: [from, to) */
    bool more;
} LessonPart;

/* What stands under a heading marked {more}, up to the next heading of its level. */
typedef struct LessonDeeper {
    char *title;
    size_t from, to; /* its steps: [from, to) */
} LessonDeeper;

/* A line of `terms:` ("kv-cache", and what it means in a sentence or two of Markdown) or of
 * `needs:` ("d % h == 0", "d must be divisible by h"). */
typedef struct LessonTerm {
    char *name, *text;
    int line; /* in the file */
} LessonTerm;

/* A fenced `quiz` block: YAML that says what is asked in practice; read by practice/item.h. */
typedef struct LessonQuiz {
    char *text;
    int line; /* where the YAML begins in the file */
} LessonQuiz;

typedef struct Lesson {
    char *path;
    int number; /* 32..46, or the teacher's own */
    char *command, *title, *summary;
    char *waits; /* what must exist before this lesson can be written; NULL: it is there */
    int minutes;
    VEC(LessonParam) params;
    VEC(char *) sources;
    VEC(int) after;        /* numbers of the lessons that it builds on */
    VEC(LessonTerm) terms; /* words that it explains */
    VEC(LessonTerm) needs; /* expressions of the parameters that must be true, and what they say */
    VEC(LessonStep) steps;
    VEC(LessonQuiz) quizzes;
    VEC(LessonPart) parts;    /* in order; together they hold every step */
    VEC(LessonDeeper) deeper; /* in order; none within another */
    LessonStep brief;         /* the cell marked `short`; text NULL: there is none */
    size_t brief_at;          /* the steps above it */
} Lesson;

/* ERR_VALUE with file and line in the message ("36-masking.md:7: ...") for whatever is wrong:
 * broken YAML, an unknown or missing key, a bad range, an unclosed fence. ERR_OS when unreadable.
 */
bool lesson_read(const char *path, Lesson **out, Err *err);
/* The same from memory; for tests and the fuzzer. */
bool lesson_parse(const char *path, const char *text, size_t len, Lesson **out, Err *err);
void lesson_free(Lesson *l);
/* Appends a regular file of at most LESSON_LIMIT bytes. ERR_FILENOTFOUND, ERR_OS, ERR_VALUE. */
bool lesson_file_read(const char *path, Str *text, Err *err);

/* Every lesson of a folder, sorted by number. A broken file does not hide the others: it is
 * left out, and its error is appended to `broken` (one message per line). */
typedef struct LessonSet {
    VEC(Lesson *) items;
    Str broken;
} LessonSet;
bool lesson_scan(const char *dir, LessonSet *set, Err *err);
/* Moves a teacher's own lessons into a set: one of the same number or command stands for what was
 * there, and `replaced` gets "36 masking" of each that went. (course.c) */
void lesson_set_join(LessonSet *set, LessonSet *own, Str *replaced);
void lesson_set_clear(LessonSet *set);
/* By "36", "q36", "masking"; NULL when there is none. Borrowed. */
const Lesson *lesson_find(const LessonSet *set, const char *name);
/* Every lesson behind those that it builds on, by number where that leaves a choice; a circle is
 * entered at its lowest number. out has room for all of the set; borrowed. (course.c) */
void lesson_path(const LessonSet *set, const Lesson **out);
/* A word of the glossary, whatever its case, its hyphens and its plural; NULL when no lesson
 * explains it. from (may be NULL): the lesson that does. Borrowed. */
const LessonTerm *lesson_term(const LessonSet *set, const char *name, const Lesson **from);

/* The file's name without its folder: the source of its cells, as errors show it. Borrowed. */
const char *lesson_file(const Lesson *l);
/* What it asks, for lists: its summary, or else its title. Borrowed. */
const char *lesson_question(const Lesson *l);
const LessonParam *lesson_param(const Lesson *l, const char *name);
/* "int 1..64", "one of causal, padding": for help and errors. */
void lesson_param_domain(const LessonParam *p, Str *out);

#endif
