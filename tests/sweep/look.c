/* What a reader must never see, looked for in what came on the screen. */
#include "config.h"

#include "sweep.h"

#include <ctype.h>
#include <math.h>

#include "base/utf8.h"
#include "view/node.h"

static void tell(SweepFound found, void *ctx, const char *what, const char *line, size_t n) {
    Str s = STR_INIT;
    while (n && *line == ' ') line++, n--;
    str_printf(&s, "%s: %.*s", what, (int)MIN(n, 100), line);
    found(ctx, str_cstr(&s));
    str_clear(&s);
}

static bool word_at(const char *text, const char *at, const char *word) {
    size_t n = strlen(word);
    return strncasecmp(at, word, n) == 0 && !isalnum((unsigned char)at[n]) && at[n] != '_' &&
           (at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_'));
}

static bool has_word(const char *text, const char *word) {
    for (const char *p = text; *p; p++)
        if (word_at(text, p, word)) return true;
    return false;
}

unsigned look_said(const char *text) {
    bool inf = has_word(text, "inf") || strstr(text, "infinit") || strstr(text, "∞");
    return (has_word(text, "nan") ? SAID_NAN : 0) | (inf ? SAID_INF : 0);
}

/* ---- plurals ----------------------------------------------------------------------------- */

/* Words that end in s and may stand behind a 1. */
static const char *const singular[] = {"was",  "has",  "its",     "this",
                                       "does", "bias", "towards", "besides"};
/* ... and nouns that it names: "head 1 sees". */
static const char *const named[] = {"head",  "layer", "query",    "key",      "token",  "row",
                                    "step",  "line",  "position", "column",   "word",   "part",
                                    "table", "tile",  "equation", "sentence", "sample", "level",
                                    "round", "place", "sequence", "cluster",  "rung",   "page"};

static bool listed(const char *const *words, size_t count, const char *w, size_t n) {
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == n && strncasecmp(words[i], w, n) == 0) return true;
    return false;
}

/* Does the 1 at p count things? Behind a noun it is a name, behind a sign a term of a formula. */
static bool counts(const char *text, const char *p) {
    const char *end = p;
    while (end > text && isspace((unsigned char)end[-1])) end--;
    if (end == text || p - end > 1) return end == text || *(p - 1) == '\n';
    if (!isalpha((unsigned char)end[-1])) return strchr(".,:;()", end[-1]) != NULL;
    const char *w = end;
    while (w > text && isalpha((unsigned char)w[-1])) w--;
    return !listed(named, ARRAY_LEN(named), w, (size_t)(end - w));
}

static void look_for_plurals(const char *text, SweepFound found, void *ctx) {
    for (const char *p = text; (p = strstr(p, "1 ")); p += 2) {
        bool alone = p == text || (isspace((unsigned char)p[-1]) || p[-1] == '(');
        const char *w = p + 2;
        size_t n = 0;
        while (islower((unsigned char)w[n])) n++;
        if (!alone || n < 3 || w[n - 1] != 's' || w[n - 2] == 's' || w[n - 2] == 'u') continue;
        if (listed(singular, ARRAY_LEN(singular), w, n) || !counts(text, p)) continue;
        tell(found, ctx, "a plural of one", p, strcspn(p, "\n"));
    }
}

/* ---- text -------------------------------------------------------------------------------- */

void look_at_width(const char *text, size_t n, int columns, SweepFound found, void *ctx) {
    for (const char *p = text, *end = text + n; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t line = nl ? (size_t)(nl - p) : (size_t)(end - p);
        int wide = utf8_columns(p, line);
        if (wide > columns) {
            Str s = STR_INIT;
            str_printf(&s, "%d columns", wide);
            tell(found, ctx, str_cstr(&s), p, line);
            str_clear(&s);
        }
        p += line + (nl != NULL);
    }
}

void look_at_text(const char *text, size_t n, unsigned said, SweepFound found, void *ctx) {
    Str copy = STR_INIT;
    str_addn(&copy, text, n);
    const char *t = str_cstr(&copy);
    for (const char *p = t; *p; p += strcspn(p, "\n"), p += *p == '\n') {
        size_t line = strcspn(p, "\n");
        bool nan = false, inf = false;
        for (size_t i = 0; i < line; i++) {
            nan |= word_at(t, p + i, "nan");
            inf |= word_at(t, p + i, "inf");
        }
        if (nan && !(said & SAID_NAN)) tell(found, ctx, "nan, of which nothing was said", p, line);
        if (inf && !(said & SAID_INF)) tell(found, ctx, "inf, of which nothing was said", p, line);
    }
    look_for_plurals(t, found, ctx);
    look_at_width(text, n, 80, found, ctx);
    str_clear(&copy);
}

/* ---- views ------------------------------------------------------------------------------- */

/* Is there a line of the drawing that is this label and nothing else? */
static bool stands_alone(const char *drawing, const char *label) {
    for (const char *p = drawing; *p; p += strcspn(p, "\n"), p += *p == '\n') {
        const char *from = p + strspn(p, " ");
        size_t n = strcspn(from, "\n");
        while (n && from[n - 1] == ' ') n--;
        if (n == strlen(label) && memcmp(from, label, n) == 0) return true;
    }
    return false;
}

static bool nothing_drawn(const View *v, const ViewStyle *style) {
    const Labels *rows = &v->matrix.rows;
    const Tensor *t = v->matrix.t;
    if (tensor_numel(t) == 0) return true;
    if (t->ndim && t->shape[t->ndim - 1] == 1) return false; /* a column's head stands alone, too */
    Str text = STR_INIT;
    Canvas *c = view_draw(v, 80, style);
    canvas_emit(c, &(TermFacts){.columns = 80}, &text);
    canvas_free(c);
    size_t blank = 0;
    for (size_t i = 0; i < rows->count; i++)
        blank += *rows->items[i] && stands_alone(str_cstr(&text), rows->items[i]);
    str_clear(&text);
    return rows->count > 0 && blank == rows->count;
}

static bool no_values(const CurveNode *c) {
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->series[i].n; k++)
            if (isfinite(c->series[i].y[k]) && (!c->log_y || c->series[i].y[k] > 0)) return false;
    return true;
}

void look_at_view(const View *v, const ViewStyle *style, SweepFound found, void *ctx) {
    const char *name = v->kind == KIND_MATRIX ? v->matrix.name : v->title;
    const char *what = NULL;
    if (v->kind == KIND_MATRIX && nothing_drawn(v, style)) what = "a picture of nothing";
    if (v->kind == KIND_TABLE && v->table.rows == 0) what = "a table without rows";
    if (v->kind == KIND_CURVE && no_values(&v->curve)) what = "a plot without values";
    if (v->kind == KIND_BARS && v->bars.n == 0) what = "bars of nothing";
    if (what) tell(found, ctx, what, name ? name : "", name ? strlen(name) : 0);
}
