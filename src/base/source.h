/* A piece of source text with a name, kept alive by everything that may still
 * want to show a line of it (code objects, tracebacks).
 *
 *     Source *s = source_new("cell 3", text, len);   (copies the text)
 *     int line, col;
 *     source_place(s, span.start, &line, &col);       (both 1-based; col in code points)
 *     source_release(s);
 */
#ifndef QKV_BASE_SOURCE_H
#define QKV_BASE_SOURCE_H

#include "base/base.h"

/* Byte offsets into a Source: [start, end). */
typedef struct Span {
    uint32_t start, end;
} Span;

typedef struct Source Source;

/* first_line: the number that the text's first line is shown under (1 for a file;
 * a lesson's cell begins where its fence stands in the file). */
Source *source_new(const char *name, const char *text, size_t len, int first_line);
Source *source_retain(Source *s);
void source_release(Source *s);

/* What a person typed at a prompt, as against a file: it need not stand alone (interp.h). */
void source_mark_typed(Source *s);
bool source_is_typed(const Source *s);

const char *source_name(const Source *s);
const char *source_text(const Source *s); /* NUL-terminated; may hold NULs inside */
size_t source_len(const Source *s);
void source_place(const Source *s, uint32_t offset, int *line, int *col);
/* The line that offset stands in, without its newline; points into the text. */
const char *source_line(const Source *s, uint32_t offset, size_t *len);

#endif
