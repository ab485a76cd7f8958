/* Questions and what was answered to them, as Markdown to keep: notes, the card of an interview. */
#ifndef QKV_SHELL_TRANSCRIPT_H
#define QKV_SHELL_TRANSCRIPT_H

#include "practice/ask.h"

/* A fenced block that holds the text as it is, whatever it has in it. */
void transcript_fence(const char *language, const char *text, Str *out);
/* An answer of a person to an item: code as code, prose quoted, all else as it was typed. */
void transcript_said(const Item *it, const char *answer, Str *out);
/* The right answer or the model answer, with its explanation. */
bool transcript_answer(const Asked *a, Str *out, Err *err);

#endif
