/* An item as it is put to a person once: its numbers drawn, its text filled in, its options
 * shuffled.
 *
 * The same seed asks the same. Drawn expressions have pick(a, b, ...), whole(lo, hi) (both ends in)
 * and what was drawn before them; they, `setup` and answers see torch, nn, F, math and qkv.
 *
 *     Asked a;
 *     if (!ask(in, item, 7, &a, &err)) ...
 *     puts(str_cstr(&a.text));                     (Markdown)
 *     if (!grade(&a, answer, n, &verdict, &err)) ...       (grade.h)
 *     asked_clear(&a);
 */
#ifndef QKV_PRACTICE_ASK_H
#define QKV_PRACTICE_ASK_H

#include "practice/item.h"
#include "tutor/fill.h"

typedef struct Asked {
    Interp *in;
    const Item *item; /* borrowed */
    uint32_t seed;
    Value scope;    /* a module: what was drawn and what setup left; owned */
    Str text;       /* the question, Markdown */
    VEC(int) order; /* order[k]: which option stands k-th on the screen */
} Asked;

/* Registers the dialect's half of this room with an interpreter; once, before any ask. */
void practice_install(Interp *in);

bool ask(Interp *in, const Item *item, uint32_t seed, Asked *out, Err *err);
void asked_clear(Asked *a);

/* Appends the right answer as one would type it, or the model answer. */
bool asked_answer(const Asked *a, Str *out, Err *err);
/* Appends the explanation, Markdown; nothing where there is none. */
bool asked_why(const Asked *a, Str *out, Err *err);
/* Appends hint number i, from 0; false without err set: there is none. */
bool asked_hint(const Asked *a, size_t i, Str *out, Err *err);
/* Runs an expression of the item in the scope of what was asked; *out is owned. */
bool asked_value(const Asked *a, const char *what, const char *expr, size_t n, Value *out,
                 Err *err);

#endif
