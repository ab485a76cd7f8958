/* Cells of wrapping text in columns, for the tables of views and of Markdown. */
#ifndef QKV_VIEW_GRID_H
#define QKV_VIEW_GRID_H

#include "view/flow.h"

/* rows * columns flows, row by row, the first row the heading. */
typedef struct Grid {
    Flow *cells;
    size_t rows, columns;
    ViewAlign *align; /* per column; left, right or center */
    bool total;       /* the last row is set off by a rule */
} Grid;

/* Cells are empty, columns left-aligned; ascii as in Flow. */
void grid_init(Grid *g, size_t rows, size_t columns, bool ascii);
void grid_clear(Grid *g);
Flow *grid_cell(Grid *g, size_t row, size_t column);

/* Draws from (row, col) on within width columns, returns the rows taken. Columns are
 * as wide as their text if that fits; else their text wraps; and where not even the
 * longest words fit side by side, every row becomes a block of "heading value" pairs. */
int grid_draw(const Grid *g, Canvas *c, int row, int col, int width);

#endif
