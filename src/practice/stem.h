/* Words without their endings: Snowball's English stemmer, opened when an answer in words is first
 * read.
 *
 *     if (!stem_open(&err)) return false;
 *     char word[] = "multiplies";
 *     size_t n = stem_word(word, 10);                    "multipli", 8
 */
#ifndef QKV_PRACTICE_STEM_H
#define QKV_PRACTICE_STEM_H

#include "base/err.h"

/* ERR_IMPORT when the library is not here. */
bool stem_open(Err *err);
/* Stems a word of small letters (n bytes of UTF-8) in its place; returns what is left of n.
 * British endings become American ones first. stem_open comes before. */
size_t stem_word(char *word, size_t n);

#endif
