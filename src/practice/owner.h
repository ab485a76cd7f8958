/* Whose what is said is, where several things are compared: "attention takes n²·d, the RNN n·d²",
 * "n·d² for an RNN". A rubric's `subjects` name the things; a way says whose its words must be with
 * an element such as `rnn>`.
 *
 *     Subjects subjects = {0};
 *     if (!subjects_read(c, &item->subjects, &subjects, &err)) ...
 *     Mentions m = {0};
 *     mentions_find(&atoms, &subjects, &m);
 *     owner_of(&atoms, &m, from, to)               -> 1, the second subject
 */
#ifndef QKV_PRACTICE_OWNER_H
#define QKV_PRACTICE_OWNER_H

#include "practice/atoms.h"
#include "practice/item.h"

typedef struct Subject {
    char *name; /* its first word, by which ways call it; owned */
    VEC(Phrase) says;
} Subject;

typedef struct Subjects {
    VEC(Subject) list;
} Subjects;

/* Each text is a subject: words that say it, parted by |. ERR_VALUE: what is wrong with one. */
bool subjects_read(Concepts *c, const Texts *texts, Subjects *out, Err *err);
void subjects_clear(Subjects *s);
int subjects_named(const Subjects *s, const char *name, size_t n); /* -1: none */

/* Where a subject is named in an answer: tokens from..to. */
typedef struct Mention {
    int from, to, subject;
    bool beside; /* "than an RNN", "unlike an RNN": it is only compared with */
} Mention;

typedef struct Mentions {
    VEC(Mention) list; /* by from */
} Mentions;

void mentions_find(const Atoms *a, const Subjects *s, Mentions *out);
void mentions_clear(Mentions *m);

/* The subject of what stands in tokens from..to: the one that follows with "for" or "of"; else the
 * last before it in its sentence, else the first behind it; of a sentence that begins with "it" the
 * last of the sentence before.
 * -1: there is none, or "respectively" deals them out otherwise. */
int owner_of(const Atoms *a, const Mentions *m, int from, int to);

#endif
