/* The lines of a piece of code that say what it is about, for a screen that has no room for all of
 * it: the last statement and those just before it, as many as fit. Imports, functions, classes and
 * loops that only prepare are left out, and whatever stands above them.
 *
 *     GistPieces pieces = {0};
 *     gist(code, len, 6, 5, &pieces);
 *     for (size_t i = 0; i < pieces.count; i++)
 *         if (pieces.items[i].shown) ... code + pieces.items[i].start ...
 *     vec_clear(&pieces);
 */
#ifndef QKV_LANG_GIST_H
#define QKV_LANG_GIST_H

#include "base/base.h"

/* Lines that stand together: bytes [start, end), the last newline included. Blank lines at the
 * edge of what is left out belong to it. */
typedef struct GistPiece {
    size_t start, end;
    int lines; /* that are not blank */
    bool shown;
} GistPiece;

typedef VEC(GistPiece) GistPieces;

/* Appends the code's lines in order, shown and left out by turns. All of up to `whole` lines are
 * shown, of more about `room`, with 0 none; text that is no code is cut to its last lines. A piece
 * that is left out has two lines at least. */
void gist(const char *code, size_t len, int whole, int room, GistPieces *out);

#endif
