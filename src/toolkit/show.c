/* qkv.show and its kin: values -> views -> the interpreter's sink. */
#include "config.h"

#include <math.h>

#include "tensorobj/array.h"
#include "tensorobj/tensorobj.h"
#include "toolkit/qkv.h"
#include "value/obj.h"

View *value_view(Value v, const char *name) {
    Tensor *t = tensor_peek(v);
    if (!t || t->ndim == 0 || dtype_is_complex((DType)t->dtype)) return NULL;
    Str traits = STR_INIT;
    if (value_isinstance(v, &type_parameter)) str_add(&traits, "Parameter ");
    tensor_grad_text(t, &traits);
    ViewMatrixOpts o = {.name = name, .traits = traits.len ? str_cstr(&traits) : NULL};
    o.glance = true;
    View *view = view_matrix(t, &o);
    str_clear(&traits);
    return view;
}

static void show_take(Interp *in, View *v) {
    Sink *s = interp_sink(in);
    if (s && s->show) s->show(s, v);
    view_release(v);
}

static const char *text_of(Value v) {
    return value_is(v, &type_str) ? str_of(v)->s : NULL;
}

static const char *text_or_null(Value v) {
    const char *s = text_of(v);
    return s && *s ? s : NULL;
}

/* The errors of a drawing function begin with its name, whoever found what is wrong. */
static bool named(bool ok, const char *fn, Err *err) {
    bool plain = !ok && (err->kind == ERR_TYPE || err->kind == ERR_VALUE) && err->msg;
    if (!plain || str_starts(err->msg, "qkv.")) return ok;
    Str msg = STR_INIT;
    str_printf(&msg, "qkv.%s: %s", fn, err->msg);
    mem_free(err->msg);
    err->msg = str_detach(&msg);
    return false;
}

static bool scale_from(Value v, ViewScale *out, Err *err) {
    static const struct {
        const char *name;
        ViewScale scale;
    } scales[] = {{"auto", VIEW_SCALE_AUTO},  {"weights", VIEW_WEIGHTS},
                  {"scores", VIEW_DIVERGING}, {"values", VIEW_SEQUENTIAL},
                  {"mask", VIEW_MASK},        {"marks", VIEW_MARKS}};
    const char *name = text_of(v);
    for (size_t i = 0; name && i < ARRAY_LEN(scales); i++)
        if (strcmp(scales[i].name, name) == 0) {
            *out = scales[i].scale;
            return true;
        }
    err_set(err, ERR_VALUE, "there is no kind %s", name ? name : value_type(v)->name);
    return err_hint(err, "kinds are auto, weights, scores, values, mask and marks");
}

static ViewSwitch switch_from(Value v) {
    return v.tag == VT_BOOL ? (v.b ? VIEW_ON : VIEW_OFF) : VIEW_AUTO;
}

/* Slots of the signature that show and heat share. */
enum {
    A_X,
    A_NAME,
    A_MEANING,
    A_ROWS,
    A_COLS,
    A_ROW_AXIS,
    A_COL_AXIS,
    A_KIND,
    A_MASK,
    A_LEAD,
    A_SUMS,
    A_DECIMALS,
    A_SCALE,
    A_HEADS
};
#define SHOW_PARAMS                                                                                \
    "x, name='', meaning='', *, rows=None, cols=None, row_axis='', col_axis='', "                  \
    "kind='auto', mask=None, lead=None, sums=None, decimals=None, "                                \
    "scale=None, heads=None"

/* A picture with wrong labels misleads: as many as the axis is long, or none. */
static bool labels_fit(const Labels *l, const char *which, int64_t n, Err *err) {
    if (!l->items || (int64_t)l->count == n) return true;
    err_set(err, ERR_VALUE, "%s= has %zu label%s, the matrix has %lld %s", which, l->count,
            l->count == 1 ? "" : "s", (long long)n, which);
    return err_hint(err, "a label for each, or leave %s= out for their numbers", which);
}

/* Names of leading axes and the mask against x's shape. */
static bool show_fits(const Tensor *t, const Tensor *mask, const Labels *rows, const Labels *cols,
                      const Labels *lead, Err *err) {
    int leading = t->ndim > 2 ? t->ndim - 2 : 0;
    int64_t nrows = t->ndim > 1 ? t->shape[t->ndim - 2] : 1;
    int64_t ncols = t->ndim > 0 ? t->shape[t->ndim - 1] : 1;
    if (!labels_fit(rows, "rows", nrows, err) || !labels_fit(cols, "cols", ncols, err))
        return false;
    if (lead->count > (size_t)leading)
        return err_set(err, ERR_VALUE,
                       "lead= names %zu axes, the tensor has %d before its last two", lead->count,
                       leading);
    if (!mask || view_mask_fits(mask, t)) return true;
    Str a = STR_INIT, b = STR_INIT;
    shape_str(&a, mask->ndim, mask->shape);
    shape_str(&b, t->ndim, t->shape);
    err_set(err, ERR_VALUE, "mask= has shape %s, which does not broadcast to %s", str_cstr(&a),
            str_cstr(&b));
    str_clear(&a);
    str_clear(&b);
    return false;
}

/* Where the colours end; None: at the greatest value. */
static bool ramp_from(Interp *in, Value v, ViewScale kind, double *out, Err *err) {
    if (v.tag == VT_NONE) return true;
    if (value_is(v, &type_str))
        return err_set(err, ERR_TYPE, "scale must be a number, not '%s'", text_of(v));
    if (!value_to_float(in, v, out, err)) return false;
    if (!isfinite(*out) || *out <= 0)
        return err_set(err, ERR_VALUE, "scale must be a number above 0, got %g", *out);
    if (kind == VIEW_WEIGHTS || kind == VIEW_DIVERGING) return true;
    err_set(err, ERR_VALUE, "scale= is for kind='weights' and kind='scores'");
    return err_hint(err, "the other kinds have no 0 that their colours begin at");
}

static bool heads_from(Value v, ViewSwitch *out, Err *err) {
    const char *word = text_of(v);
    if (v.tag == VT_NONE) return true;
    *out = word && strcmp(word, "small") == 0 ? VIEW_ON : VIEW_OFF;
    if (word && (*out == VIEW_ON || strcmp(word, "all") == 0)) return true;
    if (word)
        err_set(err, ERR_VALUE, "there is no heads='%s'", word);
    else
        err_set(err, ERR_TYPE, "heads= is a word, not %s", value_type(v)->name);
    return err_hint(err, "'all' draws every slice with its digits, 'small' as thumbnails");
}

static bool show_matrix(Interp *in, Value *args, bool digits, Value *out, Err *err) {
    const char *fn = digits ? "show" : "heat";
    Tensor *t, *mask = NULL;
    Labels rows = {0}, cols = {0}, lead = {0};
    ViewMatrixOpts o = {.name = text_or_null(args[A_NAME]),
                        .meaning = text_or_null(args[A_MEANING]),
                        .row_axis = text_or_null(args[A_ROW_AXIS]),
                        .col_axis = text_or_null(args[A_COL_AXIS]),
                        .row_sums = switch_from(args[A_SUMS]),
                        .digits = digits ? VIEW_AUTO : VIEW_OFF};
    bool ok = qkv_tensor(args[A_X], fn, "x", &t, err) && scale_from(args[A_KIND], &o.scale, err);
    if (ok && args[A_MASK].tag != VT_NONE) ok = qkv_tensor(args[A_MASK], fn, "mask", &mask, err);
    ok = ok && labels_from(in, args[A_ROWS], &rows, err) &&
         labels_from(in, args[A_COLS], &cols, err) && labels_from(in, args[A_LEAD], &lead, err);
    if (ok && args[A_DECIMALS].tag != VT_NONE) {
        int64_t n = 0;
        ok = value_to_int(in, args[A_DECIMALS], &n, err);
        if (ok && (n < 0 || n > 15))
            ok = err_set(err, ERR_VALUE, "decimals must be 0..15, got %lld", (long long)n);
        o.decimals_set = true;
        o.decimals = (int)n;
    }
    ok = ok && ramp_from(in, args[A_SCALE], o.scale, &o.ramp_to, err) &&
         heads_from(args[A_HEADS], &o.small, err);
    ok = ok && show_fits(t, mask, &rows, &cols, &lead, err);
    if (ok) {
        o.mask = mask;
        o.row_labels = (const char *const *)rows.items;
        o.row_label_count = rows.count;
        o.col_labels = (const char *const *)cols.items;
        o.col_label_count = cols.count;
        o.lead_axis_count = (int)MIN(lead.count, (size_t)VIEW_LEAD_AXES);
        for (int i = 0; i < o.lead_axis_count; i++) o.lead_axes[i] = lead.items[i];
        show_take(in, view_matrix(t, &o));
        *out = VALUE_NONE;
    }
    labels_clear(&rows);
    labels_clear(&cols);
    labels_clear(&lead);
    return named(ok, fn, err);
}

static bool do_show(Interp *in, Value *args, Value *out, Err *err) {
    return show_matrix(in, args, true, out, err);
}
static bool do_heat(Interp *in, Value *args, Value *out, Err *err) {
    return show_matrix(in, args, false, out, err);
}

/* ---- thumbnails ------------------------------------------------------------------------- */

enum {
    T_MATRICES,
    T_NAMES,
    T_NOTES,
    T_TITLE,
    T_MEANING,
    T_AXES,
    T_KIND,
    T_MASK,
    T_ACROSS,
    T_SCALE
};

typedef VEC(View *) Views;

static bool add_thumb(Value v, const ViewMatrixOpts *o, Views *views, Err *err) {
    Tensor *t;
    if (!qkv_tensor(v, "thumbnails", o->name ? o->name : "x", &t, err)) return false;
    if (dtype_is_complex((DType)t->dtype))
        return err_set(err, ERR_VALUE, "%s is complex: qkv.show draws it with digits", o->name);
    if (o->mask && !show_fits(t, o->mask, &(Labels){0}, &(Labels){0}, &(Labels){0}, err))
        return false;
    vec_push(views, view_matrix(t, o));
    return true;
}

/* The arguments as qkv.thumbnails of qkv.py puts them: lists of the same length. */
static bool draw_thumbs(Interp *in, Value *args, Value *out, Err *err) {
    Labels names = {0}, notes = {0}, axes = {0};
    Tensor *mask = NULL;
    Views views = {0};
    int64_t across = 0;
    ViewThumbsOpts o = {.name = text_or_null(args[T_TITLE]),
                        .meaning = text_or_null(args[T_MEANING])};
    ViewMatrixOpts each = {0};
    o.own_ramps = text_of(args[T_SCALE]) != NULL;
    bool ok = labels_from(in, args[T_NAMES], &names, err) &&
              labels_from(in, args[T_NOTES], &notes, err) &&
              labels_from(in, args[T_AXES], &axes, err) &&
              scale_from(args[T_KIND], &each.scale, err) &&
              value_to_int(in, args[T_ACROSS], &across, err);
    ok = ok && (o.own_ramps || ramp_from(in, args[T_SCALE], each.scale, &each.ramp_to, err));
    if (ok && args[T_MASK].tag != VT_NONE)
        ok = qkv_tensor(args[T_MASK], "thumbnails", "mask", &mask, err);
    each.mask = mask;
    each.row_axis = axes.count && *axes.items[0] ? axes.items[0] : NULL;
    each.col_axis = axes.count > 1 && *axes.items[1] ? axes.items[1] : NULL;
    for (int64_t i = 0; ok && i < list_count(args[T_MATRICES]); i++) {
        each.name = (size_t)i < names.count && *names.items[i] ? names.items[i] : NULL;
        ok = add_thumb(list_items(args[T_MATRICES])[i], &each, &views, err);
    }
    if (ok) {
        o.across = (int)MIN(across, 1000);
        o.notes = notes.count == views.count ? (const char *const *)notes.items : NULL;
        show_take(in, view_thumbs(views.items, views.count, &o));
        *out = VALUE_NONE;
    }
    for (size_t i = 0; i < views.count; i++) view_release(views.items[i]);
    vec_clear(&views);
    labels_clear(&names);
    labels_clear(&notes);
    labels_clear(&axes);
    return ok;
}

static bool do_thumbs(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_thumbs(in, args, out, err), "thumbnails", err);
}

/* ---- curves and bars ------------------------------------------------------------------- */

typedef struct SeriesSet {
    VEC(ViewSeries) list;
    double *x; /* shared by all, or NULL */
    size_t nx;
} SeriesSet;

static void series_clear(SeriesSet *s) {
    for (size_t i = 0; i < s->list.count; i++) {
        mem_free((void *)s->list.items[i].name);
        mem_free((void *)s->list.items[i].y);
    }
    vec_clear(&s->list);
    mem_free(s->x);
}

static bool series_add(Interp *in, SeriesSet *s, const char *name, Value y, bool points, Err *err) {
    ViewSeries one = {.x = s->x, .points = points};
    double *values;
    if (!numbers_from(in, y, &values, &one.n, err)) return false;
    one.y = values;
    one.name = name ? mem_strdup(name) : NULL;
    vec_push(&s->list, one);
    if (!s->x || one.n == s->nx) return true;
    return err_set(err, ERR_VALUE, "x has %zu values, %s has %zu", s->nx, name ? name : "y", one.n);
}

/* y: one curve, or a dict of name -> curve. */
static bool series_from(Interp *in, SeriesSet *s, Value y, bool points, Err *err) {
    if (!value_isinstance(y, &type_dict)) return series_add(in, s, NULL, y, points, err);
    Value key, v;
    for (size_t i = 0; dict_next(dict_of(y), &i, &key, &v);) {
        Str name = STR_INIT;
        bool ok =
            value_str(in, key, &name, err) && series_add(in, s, str_cstr(&name), v, points, err);
        str_clear(&name);
        if (!ok) return false;
    }
    return true;
}

static bool masked(Interp *in) {
    Sink *s = interp_sink(in);
    return s && s->masked;
}

static bool do_masked(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(args), UNUSED(err);
    *out = value_bool(masked(in));
    return true;
}

/* Rows that a plot may have. */
enum { PLOT_LEAST = 3, PLOT_MOST = 100 };

static bool height_from(Interp *in, Value v, int *out, Err *err) {
    int64_t rows;
    if (!value_to_int(in, v, &rows, err)) return false;
    if (rows < PLOT_LEAST || rows > PLOT_MOST)
        return err_set(err, ERR_VALUE, "height is %d to %d rows, got %lld", PLOT_LEAST, PLOT_MOST,
                       (long long)rows);
    *out = (int)rows;
    return true;
}

static bool draw_plot(Interp *in, Value *args, Value *out, Err *err) {
    SeriesSet s = {0};
    int height = 0;
    bool measured = args[8].tag == VT_BOOL && args[8].b;
    bool points = args[7].tag == VT_BOOL && args[7].b;
    bool ok = args[1].tag == VT_NONE || numbers_from(in, args[1], &s.x, &s.nx, err);
    ok = ok && series_from(in, &s, args[0], points, err) && height_from(in, args[9], &height, err);
    if (ok && measured && masked(in)) {
        Str text = STR_INIT;
        str_printf(&text, "%s (measured)", text_of(args[2]) ? text_of(args[2]) : "");
        show_take(in, view_text(STYLE_PLAIN, str_cstr(&text)));
        str_clear(&text);
        *out = VALUE_NONE;
    } else if (ok) {
        ViewCurveOpts o = {.title = text_or_null(args[2]),
                           .x_label = text_or_null(args[3]),
                           .y_label = text_or_null(args[4]),
                           .height = height,
                           .log_x = args[5].tag == VT_BOOL && args[5].b,
                           .log_y = args[6].tag == VT_BOOL && args[6].b};
        show_take(in, view_curve(s.list.items, s.list.count, &o));
        *out = VALUE_NONE;
    }
    series_clear(&s);
    return ok;
}

static bool draw_bars(Interp *in, Value *args, Value *out, Err *err) {
    Labels labels;
    double *values = NULL, max = 0;
    size_t n = 0;
    bool ok = labels_from(in, args[0], &labels, err);
    ok =
        ok && numbers_from(in, args[1], &values, &n, err) && value_to_float(in, args[4], &max, err);
    if (ok && labels.count != n)
        ok = err_set(err, ERR_VALUE, "%zu labels for %zu values", labels.count, n);
    if (ok) {
        ViewBarsOpts o = {
            .title = text_or_null(args[2]), .unit = text_or_null(args[3]), .max = max};
        show_take(in, view_bars((const char *const *)labels.items, values, n, &o));
        *out = VALUE_NONE;
    }
    labels_clear(&labels);
    mem_free(values);
    return ok;
}

/* ---- tables and text --------------------------------------------------------------------- */

/* Appends the cells of one row. */
static bool table_row(Interp *in, Value row, size_t columns, char **cells, Err *err) {
    Labels l;
    if (value_is(row, &type_str))
        return err_set(err, ERR_TYPE, "a row is a list or tuple, not str");
    if (!labels_from(in, row, &l, err)) return false;
    bool ok = l.count == columns;
    if (!ok)
        err_set(err, ERR_VALUE, "a row has %zu cells, the table has %zu columns", l.count, columns);
    for (size_t i = 0; ok && i < l.count; i++) {
        cells[i] = l.items[i];
        l.items[i] = NULL;
    }
    labels_clear(&l);
    return ok;
}

static bool draw_table(Interp *in, Value *args, Value *out, Err *err) {
    Value rows = VALUE_UNSET;
    Labels head = {0};
    char **cells = NULL;
    size_t n = 0, columns = 0;
    bool ok = seq_collect(in, args[0], &rows, err) && labels_from(in, args[1], &head, err);
    if (ok) {
        n = (size_t)list_count(rows);
        columns = head.count;
        int64_t first = 0;
        if (!columns && n) ok = value_len(in, list_items(rows)[0], &first, err);
        if (!columns) columns = (size_t)first;
        if (!columns) ok = err_set(err, ERR_VALUE, "a head or a row with cells is needed");
        cells = mem_zero(sizeof *cells * (n * columns + 1));
    }
    for (size_t i = 0; ok && i < n; i++)
        ok = table_row(in, list_items(rows)[i], columns, cells + i * columns, err);
    if (ok) {
        const char **names = mem_zero(sizeof *names * (columns + 1));
        for (size_t i = 0; i < head.count; i++) names[i] = head.items[i];
        ViewTableOpts o = {.title = text_or_null(args[2]),
                           .total = args[3].tag == VT_BOOL && args[3].b};
        show_take(
            in, view_table(head.count ? names : NULL, columns, (const char *const *)cells, n, &o));
        mem_free(names);
        *out = VALUE_NONE;
    }
    for (size_t i = 0; cells && i < n * columns; i++) mem_free(cells[i]);
    mem_free(cells);
    labels_clear(&head);
    value_release(rows);
    return ok;
}

static bool draw_note(Interp *in, Value *args, Value *out, Err *err) {
    static const char *const names[] = {
        [VIEW_NOTE] = "note", [VIEW_WARNING] = "warning", [VIEW_ERROR] = "error", [VIEW_OK] = "ok"};
    const char *kind = text_of(args[1]);
    for (size_t i = 0; kind && i < ARRAY_LEN(names); i++) {
        if (strcmp(kind, names[i]) != 0) continue;
        Str s = STR_INIT;
        bool ok = value_str(in, args[0], &s, err);
        if (ok) show_take(in, view_note((ViewNote)i, str_cstr(&s)));
        str_clear(&s);
        *out = VALUE_NONE;
        return ok;
    }
    err_set(err, ERR_VALUE, "there is no kind %s", kind ? kind : value_type(args[1])->name);
    return err_hint(err, "kinds are note, warning, error and ok");
}

static bool draw_progress(Interp *in, Value *args, Value *out, Err *err) {
    double fraction;
    Sink *s = interp_sink(in);
    if (!value_to_float(in, args[0], &fraction, err)) return false;
    const char *text = text_of(args[1]);
    if (s && s->progress) s->progress(s, text, fraction);
    *out = VALUE_NONE;
    return true;
}

static bool draw_markdown(Interp *in, Value *args, Value *out, Err *err) {
    Str s = STR_INIT;
    bool ok = value_str(in, args[0], &s, err);
    if (ok) show_take(in, view_markdown(str_cstr(&s)));
    str_clear(&s);
    *out = VALUE_NONE;
    return ok;
}

static bool do_plot(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_plot(in, args, out, err), "plot", err);
}
static bool do_bars(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_bars(in, args, out, err), "bars", err);
}
static bool do_table(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_table(in, args, out, err), "table", err);
}
static bool do_note(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_note(in, args, out, err), "note", err);
}
static bool do_progress(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_progress(in, args, out, err), "_progress", err);
}
static bool do_markdown(Interp *in, Value *args, Value *out, Err *err) {
    return named(draw_markdown(in, args, out, err), "markdown", err);
}

const NativeRow qkv_show_rows[] = {
    {"show(" SHOW_PARAMS ") -> None", do_show, NATIVE_PRINTS,
     "Draws a tensor as a labelled matrix. rows and cols are labels (a list, or a text of words); "
     "kind is "
     "'auto', 'weights' (colours from 0 to the greatest, row sums shown), 'scores' (diverging "
     "around "
     "0), 'values', 'mask' or 'marks' (bool, any meaning); mask (bool, True = attends) marks what "
     "was hidden; lead names the axes before the last two; scale is where the colours end "
     "(scale=1 for weights); heads='all' draws every head with its digits, 'small' as thumbnails, "
     "which a terminal shows by itself when they do not fit.",
     ">>> qkv.show(torch.eye(2), 'I')\n"},
    {"heat(" SHOW_PARAMS ") -> None", do_heat, NATIVE_PRINTS,
     "show without digits: one coloured cell per entry, for large matrices.",
     ">>> qkv.heat(torch.eye(2))\n"},
    {"_thumbs(matrices, names, notes, title, meaning, axes, kind, mask, across, scale) -> None",
     do_thumbs, NATIVE_PRINTS, "What qkv.thumbnails draws with.", NULL},
    {"plot(y, x=None, *, title='', xlabel='', ylabel='', log_x=False, log_y=False, points=False, "
     "measured=False, height: int = 12) -> None",
     do_plot, NATIVE_PRINTS,
     "Draws curves: y is a list or tensor of numbers, or a dict of them by name; measured says, as "
     "qkv.measured does, that the next run gives others. height: its rows, without title and axis.",
     ">>> qkv.plot([1, 4, 9], title='squares')\n"},
    {"bars(labels, values, *, title='', unit='', max: float = 0.0) -> None", do_bars, NATIVE_PRINTS,
     "Draws one bar per label.", ">>> qkv.bars(['a', 'b'], [1, 2])\n"},
    {"table(rows, head=None, *, title='', total=False) -> None", do_table, NATIVE_PRINTS,
     "Draws rows of cells (str() of each) under a head; total sets the last row off.",
     ">>> qkv.table([['Wq', 64]], head=['matrix', 'parameters'])\n"},
    {"note(text, kind='note') -> None", do_note, NATIVE_PRINTS,
     "Shows a remark; kind is 'note', 'warning', 'error' or 'ok'.",
     ">>> qkv.note('rows are queries')\n"},
    {"_masked() -> bool", do_masked, 0, "Whether what was measured is to read '(measured)'.", NULL},
    {"_progress(fraction, text=None) -> None", do_progress, NATIVE_PRINTS,
     "The line of progress, or without a text its end; qkv.progress uses it.", NULL},
    {"markdown(text) -> None", do_markdown, NATIVE_PRINTS, "Shows Markdown text.",
     ">>> qkv.markdown('**bold**')\n"},
    {0},
};
