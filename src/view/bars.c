/* Horizontal bars with their labels and values. */
#include "config.h"

#include "view/matrix.h"
#include "view/node.h"
#include "view/number.h"

#include <math.h>

#include "base/utf8.h"

enum { LABEL_MAX = 24, BAR_MAX = 50 };

/* Whole numbers below it are written out. */
static const double grouped_end = 1e15;

int bars_decimals(const BarsNode *b, double *greatest) {
    bool whole = true;
    *greatest = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (!isfinite(b->values[i])) continue;
        *greatest = fmax(*greatest, fabs(b->values[i]));
        whole &= b->values[i] == rint(b->values[i]);
    }
    return b->decimals >= 0 ? b->decimals : number_decimals(*greatest, whole);
}

void bars_value(const BarsNode *b, size_t i, int decimals, Str *out) {
    double v = b->values[i];
    if (decimals == 0 && fabs(v) < grouped_end && (v == 0 || fabs(v) >= 0.5))
        number_grouped(out, v);
    else
        number_fixed(out, v, decimals);
    if (b->unit) str_printf(out, " %s", b->unit);
}

/* Eighths of a column: full blocks, then the block for what is left over. */
static int put_bar(Canvas *c, int row, int col, double share, int room) {
    int eighths = (int)lround(fmin(fmax(share, 0), 1) * room * 8);
    canvas_repeat(c, row, col, STYLE_SERIES1, 0x2588, eighths / 8);
    if (eighths % 8)
        canvas_repeat(c, row, col + eighths / 8, STYLE_SERIES1, 0x2590u - (uint32_t)(eighths % 8),
                      1);
    return col + (eighths + 7) / 8;
}

Canvas *bars_draw(const BarsNode *b, int width) {
    Canvas *c = canvas_new(width);
    double greatest;
    int decimals = bars_decimals(b, &greatest), label = 0, value = 0;
    Str text = STR_INIT;
    for (size_t i = 0; i < b->n; i++) {
        const char *name = label_at(&b->labels, (int64_t)i);
        if (name) label = MAX(label, utf8_columns(name, strlen(name)));
        str_reset(&text);
        bars_value(b, i, decimals, &text);
        value = MAX(value, utf8_columns(text.buf, text.len));
    }
    label = MIN(label, MIN(LABEL_MAX, width / 3));
    int room = MIN(MAX(width - label - 1 - 1 - value, 1), BAR_MAX);
    double full = b->max > 0 ? b->max : greatest;
    for (size_t i = 0; i < b->n; i++) {
        const char *name = label_at(&b->labels, (int64_t)i);
        if (name) put_fitted(c, (int)i, 0, label, STYLE_LABEL, name, false);
        double share = full > 0 && isfinite(b->values[i]) ? b->values[i] / full : 0;
        int end = put_bar(c, (int)i, label + 1, share, room);
        str_reset(&text);
        bars_value(b, i, decimals, &text);
        canvas_put(c, (int)i, end + (end > label + 1), STYLE_PLAIN, str_cstr(&text));
    }
    str_clear(&text);
    return c;
}
