/* The pages of a lesson on a terminal: what a screen shows is collected and given out when the
 * screen is complete, so that it can be cut well (scroll.h). A cell that takes longer than
 * LIVE_NS shows what there is up to then, and from then on each line as it comes, as far as the
 * page holds; the rest waits for the next page.
 *
 *     pages_begin(&p, 21, "Live: weights");
 *     pages_cell(&p, true) ... pages_block(&p), pages_line(&p, ...), pages_flow(&p) ...
 *     pages_cell(&p, false);
 *     pages_end(&p);
 *     if (pages_left(&p)) ... pages_next(&p, 21, &facts) ...
 *     pages_drop(&p);
 */
#ifndef QKV_SHELL_PAGES_H
#define QKV_SHELL_PAGES_H

#include "shell/scroll.h"
#include "term/term.h"

/* What may pass before a reader sees what a cell has shown so far. */
#define LIVE_NS ((int64_t)200000000)

typedef struct Pages {
    bool on; /* between begin and end: what comes is collected */
    Scroll scroll;
    ScrollRoom room;
    int rows; /* of a page */
    bool full, live;
    bool fresh;      /* a page was written: what comes stands apart already */
    int64_t cell_ns; /* when the cell that runs began; 0: none does */
    int number;      /* of the page on the screen */
    size_t first;    /* the line that it begins with */
    char *title;     /* owned */
    Str ready;       /* what is shown when the cell takes its time */
    size_t ready_at; /* and how it would leave the screen */
    ScrollRoom ready_room;
    bool ready_full;
} Pages;

/* A screen of pages of so many rows; title: what the later ones begin with. */
void pages_begin(Pages *p, int rows, const char *title);
void pages_block(Pages *p);
void pages_line(Pages *p, const char *line, size_t n, RowRole role, int rows);
/* A line that is shown instead of the last n where those have no room. */
void pages_stand_in(Pages *p, const char *line, size_t len, size_t n);
/* After lines came: those that are to be seen now are written. */
void pages_flow(Pages *p);
/* A cell begins or ends. */
void pages_cell(Pages *p, bool runs);
/* Has the cell that runs taken long? */
bool pages_late(const Pages *p);
/* What there is is shown now, as far as the page holds it. */
void pages_show(Pages *p);
/* Nothing more comes: the page is written. */
void pages_end(Pages *p);
/* Writes the next page, below a line that says the title; call it while pages_left. */
void pages_next(Pages *p, int rows, const TermFacts *facts);
bool pages_left(const Pages *p);
/* Lines that no page has shown are forgotten; returns how many. */
int pages_drop(Pages *p);

#endif
