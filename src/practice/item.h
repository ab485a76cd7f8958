/* Items: what practice asks, read from the fenced `quiz` blocks of lessons. Nothing runs here.
 *
 * A block is YAML. Of every kind: `id` (a slug; with the lesson's number the name that a record
 * goes by, "36/leak"; it survives rewording), `kind`, `level`, `ask` (Markdown, {{expr}} filled
 * in), `why` (the explanation; Markdown, filled in too), `hints` (a ladder), `draw` (name:
 * expression; numbers that differ from time to time, see ask.h), `setup` (Python that `ask`,
 * `answer` and `why` may use), `seconds` (that a fluent answer takes). Of a kind: see item_keys in
 * item.c.
 *
 *     Items items = {0};
 *     if (!items_read(lesson, &items, &err)) ...           "36-masking.md:212: unknown key
 * 'anwser'" const Item *it = items_find(&items, "36/leak"); items_clear(&items);
 */
#ifndef QKV_PRACTICE_ITEM_H
#define QKV_PRACTICE_ITEM_H

#include "tutor/lesson.h"
#include "tutor/yaml_in.h"

/* X(enum suffix, name in files, seconds of a fluent answer) */
#define ITEM_KINDS(X)                                                                              \
    X(NUMBER, "number", 30)                                                                        \
    X(SHAPE, "shape", 20)                                                                          \
    X(MASK, "mask", 30)                                                                            \
    X(CODE, "code", 240)                                                                           \
    X(CHOICE, "choice", 20)                                                                        \
    X(PREDICT, "predict", 30)                                                                      \
    X(BUG, "bug", 90)                                                                              \
    X(FREE, "free", 120)                                                                           \
    X(ORDER, "order", 30)                                                                          \
    X(FILL, "fill", 30)

typedef enum ItemKind {
#define X(id, name, seconds) ITEM_##id,
    ITEM_KINDS(X)
#undef X
        ITEM_KIND_COUNT
} ItemKind;

typedef enum Level { LEVEL_JUNIOR, LEVEL_MIDDLE, LEVEL_SENIOR, LEVEL_COUNT } Level;

/* One of the options of a choice, or of the steps of an order in their right order. */
typedef struct ItemOption {
    char *text, *why; /* why: said when it was chosen, or not, wrongly; may be NULL */
    bool right;
} ItemOption;

/* `name: text` lines: what is drawn (draw), what a mistake does (mistakes: id, Python). */
typedef struct ItemPair {
    char *name, *text;
    int line;
} ItemPair;

typedef enum PointLevel { POINT_MUST, POINT_SHOULD, POINT_BONUS } PointLevel;

/* What an answer in words should say, or a trap that it should not step in. */
typedef struct ItemPoint {
    char *id, *text;  /* text: what was to be said; for a trap, why it is false */
    PointLevel level; /* not of a trap */
    Texts say;        /* ways to say it */
    int line;
} ItemPoint;

typedef struct Item {
    char *id; /* "36/leak" */
    const Lesson *lesson;
    int line; /* in the lesson's file */
    ItemKind kind;
    Level level;
    double seconds;
    char *ask, *why, *setup; /* why, setup: may be NULL */
    Texts hints;
    VEC(ItemPair) draw;
    char *answer;             /* an expression */
    char *unit;               /* of a number: "parameters", "bytes", "ms", or NULL */
    double tolerance;         /* relative; 0: exact */
    Texts letters;            /* that an answer may use for sizes: B, H, T */
    VEC(ItemOption) options;  /* of a choice or an order */
    char *code;               /* shown: what is predicted or mended; a formula with ___ */
    char *signature;          /* of the function or class asked for */
    char *reference, *probes; /* Python: see code.h */
    VEC(ItemPair) mistakes;   /* id of the catalogue, Python */
    Texts forbid;             /* names that an answer may not use */
    char *solution;           /* model answer: code or prose */
    VEC(ItemPoint) points, traps;
    Texts subjects;  /* what the rubric compares (owner.h) */
    Texts good, bad; /* sample answers, which are tests */
} Item;

typedef struct Items {
    VEC(Item *) list;
} Items;

/* Appends a lesson's items; the lesson is borrowed. ERR_VALUE with file and line for whatever is
 * wrong: a key that the kind does not have or lacks, an id twice. On failure items holds what was
 * read before. */
bool items_read(const Lesson *l, Items *items, Err *err);
/* Its i-th block alone. */
bool items_read_one(const Lesson *l, size_t i, Items *items, Err *err);
void items_clear(Items *items);
const Item *items_find(const Items *items, const char *id); /* NULL: there is none */

const char *item_kind_name(ItemKind kind);
const char *level_name(Level level);
const char *point_level_name(PointLevel level);

#endif
