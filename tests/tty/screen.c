/* See screen.h. */
#include "config.h"

#include "screen.h"

#include "base/utf8.h"

/* A character with the combining ones behind it; empty: the right half of a wide one. */
typedef struct Cell {
    char text[16];
} Cell;

enum { ARGS_MAX = 8 };

struct Screen {
    int columns, rows, x, y;
    bool full; /* a character filled the last column: the next one begins a row */
    Cell *cells;
    Str sequence; /* bytes of an escape sequence or a character that has not ended */
};

static Cell *cell_at(const Screen *s, int x, int y) {
    return &s->cells[y * s->columns + x];
}

static void erase(Screen *s, int y, int from, int to) {
    for (int x = MAX(from, 0); x < MIN(to, s->columns); x++) *cell_at(s, x, y) = (Cell){" "};
}

Screen *screen_new(int columns, int rows) {
    Screen *s = mem_zero(sizeof *s);
    s->columns = columns;
    s->rows = rows;
    s->cells = mem_zero(sizeof *s->cells * (size_t)(columns * rows));
    for (int y = 0; y < rows; y++) erase(s, y, 0, columns);
    return s;
}

void screen_free(Screen *s) {
    if (!s) return;
    mem_free(s->cells);
    str_clear(&s->sequence);
    mem_free(s);
}

void screen_resize(Screen *s, int columns, int rows) {
    Screen *t = screen_new(columns, rows);
    int gone = MAX(s->y - (rows - 1), 0);
    for (int y = 0; y < MIN(rows, s->rows - gone); y++)
        for (int x = 0; x < MIN(columns, s->columns); x++)
            *cell_at(t, x, y) = *cell_at(s, x, y + gone);
    t->x = MIN(s->x, columns - 1);
    t->y = s->y - gone;
    Cell *old = s->cells;
    t->sequence = s->sequence;
    *s = *t;
    mem_free(old);
    mem_free(t);
}

static void scroll(Screen *s, int from, int by) {
    size_t row = sizeof *s->cells * (size_t)s->columns;
    for (; by > 0; by--) {
        memmove(cell_at(s, 0, from), cell_at(s, 0, from) + s->columns,
                row * (size_t)(s->rows - 1 - from));
        erase(s, s->rows - 1, 0, s->columns);
    }
    for (; by < 0; by++) {
        memmove(cell_at(s, 0, from) + s->columns, cell_at(s, 0, from),
                row * (size_t)(s->rows - 1 - from));
        erase(s, from, 0, s->columns);
    }
}

static void line_feed(Screen *s) {
    if (s->y < s->rows - 1)
        s->y++;
    else
        scroll(s, 0, 1);
}

static void put(Screen *s, const char *bytes, size_t n, int width) {
    if (width == 0) { /* it joins the character before it */
        Cell *c = cell_at(s, MAX(s->x - !s->full, 0), s->y);
        size_t has = strlen(c->text);
        if (has + n < sizeof c->text) memcpy(c->text + has, bytes, n + 1);
        return;
    }
    if (s->full || s->x + width > s->columns) {
        s->x = 0;
        s->full = false;
        line_feed(s);
    }
    Cell *c = cell_at(s, s->x, s->y);
    *c = (Cell){""};
    memcpy(c->text, bytes, n);
    if (width == 2) *cell_at(s, s->x + 1, s->y) = (Cell){""};
    s->x += width;
    s->full = s->x >= s->columns;
    s->x = MIN(s->x, s->columns - 1);
}

/* Opens (by > 0) or closes (by < 0) a gap at the cursor. */
static void shift(Screen *s, int by) {
    Cell *row = cell_at(s, 0, s->y);
    int n = MIN(abs(by), s->columns - s->x), stay = s->columns - s->x - n;
    Cell *here = row + s->x;
    if (by > 0) {
        memmove(here + n, here, sizeof *row * (size_t)stay);
        erase(s, s->y, s->x, s->x + n);
    } else {
        memmove(here, here + n, sizeof *row * (size_t)stay);
        erase(s, s->y, s->columns - n, s->columns);
    }
}

static void erase_screen(Screen *s, int how) {
    int from = how == 0 ? s->y + 1 : 0, to = how == 1 ? s->y : s->rows;
    for (int y = from; y < to; y++) erase(s, y, 0, s->columns);
    if (how == 0) erase(s, s->y, s->x, s->columns);
    if (how == 1) erase(s, s->y, 0, s->x + 1);
}

static void move_to(Screen *s, int x, int y) {
    s->x = MIN(MAX(x, 0), s->columns - 1);
    s->y = MIN(MAX(y, 0), s->rows - 1);
    s->full = false;
}

/* CSI args final: "\e[3A". */
static void control(Screen *s, const char *args, char final) {
    int v[ARGS_MAX] = {0}, n = 0;
    if (*args == '?' || *args == '>') return; /* modes: nothing of the picture */
    for (char *end; n < ARGS_MAX && *args; args = *end ? end + 1 : end)
        v[n++] = (int)strtol(args, &end, 10);
    int one = MAX(v[0], 1);
    switch (final) {
    case 'A':
        move_to(s, s->x, s->y - one);
        break;
    case 'B':
        move_to(s, s->x, s->y + one);
        break;
    case 'C':
        move_to(s, s->x + one, s->y);
        break;
    case 'D':
        move_to(s, s->x - one, s->y);
        break;
    case 'G':
        move_to(s, one - 1, s->y);
        break;
    case 'd':
        move_to(s, s->x, one - 1);
        break;
    case 'H':
        move_to(s, MAX(v[1], 1) - 1, one - 1);
        break;
    case 'J':
        erase_screen(s, v[0]);
        break;
    case 'K':
        erase(s, s->y, v[0] ? 0 : s->x, v[0] == 1 ? s->x + 1 : s->columns);
        break;
    case 'L':
        scroll(s, s->y, -one);
        break;
    case 'M':
        scroll(s, s->y, one);
        break;
    case 'P':
        shift(s, -one);
        break;
    case '@':
        shift(s, one);
        break;
    case 'X':
        erase(s, s->y, s->x, s->x + one);
        break;
    default:
        break; /* colours, and what draws nothing */
    }
}

/* Is the escape sequence whole? Then it is carried out. */
static bool take_sequence(Screen *s) {
    const char *p = str_cstr(&s->sequence);
    size_t n = s->sequence.len;
    char last = p[n - 1];
    if (n < 2) return false;
    if (p[1] == ']') return last == '\a' || (last == '\\' && p[n - 2] == '\x1b');
    if (p[1] != '[') return !strchr("()#", p[1]) || n > 2;
    if (n < 3 || last < 0x40 || last > 0x7E) return false;
    char *args = mem_strndup(p + 2, n - 3);
    control(s, args, last);
    mem_free(args);
    return true;
}

/* Is the character whole? Then it is put. */
static bool take_character(Screen *s) {
    const char *p = str_cstr(&s->sequence);
    unsigned char first = (unsigned char)p[0];
    size_t n = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (s->sequence.len < n) return false;
    uint32_t cp;
    utf8_decode(p, n, &cp);
    put(s, p, n, utf8_width(cp));
    return true;
}

static void take_plain(Screen *s, char c) {
    if (c == '\r') move_to(s, 0, s->y);
    if (c == '\n') line_feed(s);
    if (c == '\b') move_to(s, s->x - 1, s->y);
    if (c == '\t') move_to(s, (s->x / 8 + 1) * 8, s->y);
}

void screen_feed(Screen *s, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        bool escape = s->sequence.len && s->sequence.buf[0] == '\x1b';
        if (!escape && c != '\x1b' && (unsigned char)c < 0x20) {
            take_plain(s, c);
            continue;
        }
        str_addc(&s->sequence, c);
        bool done = escape || c == '\x1b' ? take_sequence(s) : take_character(s);
        if (done) str_reset(&s->sequence);
    }
}

int screen_rows(const Screen *s) {
    return s->rows;
}

static void add_cells(const Screen *s, int y, int to, Str *out) {
    for (int x = 0; x < to; x++) str_add(out, cell_at(s, x, y)->text);
}

void screen_row(const Screen *s, int row, Str *out) {
    add_cells(s, row, s->columns, out);
    while (out->len && out->buf[out->len - 1] == ' ') out->buf[--out->len] = '\0';
}

void screen_before_cursor(const Screen *s, Str *out) {
    add_cells(s, s->y, s->x + s->full, out);
}
