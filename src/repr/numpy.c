/* NumPy's array text. Unlike PyTorch it writes the shortest digits, pads on both sides
 * of the point, and breaks lines by their real width.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "repr/digits.h"
#include "repr/repr.h"

/* The longest number: 309 digits before the point, as many as asked for behind it. */
enum { NUM_TEXT = 352 };

static NpPrintOpts options = {.precision = 8, .threshold = 1000, .edgeitems = 3, .linewidth = 75};

NpPrintOpts *np_print_opts(void) {
    return &options;
}

/* The column of floats: widths before and behind the point, or of the exponent. */
typedef struct FloatCol {
    DType dt;
    bool plus; /* imaginary parts carry a sign always */
    bool sci;
    bool any_finite, any_other, any_neg_inf;
    double min, max; /* nonzero finite magnitudes; max 0: none */
    int left, right, precision, exp_digits;
} FloatCol;

typedef struct NpPrinter {
    const Tensor *t;
    Str *out;
    const char *separator;
    bool summarize;
    FloatCol re, im;
    int int_width;
    int64_t index[TENSOR_MAX_DIM];
} NpPrinter;

/* ---- numbers ---------------------------------------------------------------------- */

/* "12.5", "1." or "-0.1": at most options.precision digits behind the point, no zeros at the end.
 */
static int positional(char *buf, double v, DType dt) {
    double a = fabs(v);
    int frac = 0;
    if (a > 0) {
        Digits d = digits_shortest(a, dt);
        frac = MIN(MAX(d.count - 1 - d.exp10, 0), options.precision);
    }
    int n = snprintf(buf, NUM_TEXT, "%#.*f", frac, v);
    while (buf[n - 1] == '0') n--;
    buf[n] = '\0';
    return n;
}

/* "1.25e-05" with `precision` digits behind the point; -1: as many as needed, up to
 * options.precision, and no zeros at their end. */
static int scientific(char *buf, double v, DType dt, int precision) {
    double a = fabs(v);
    if (precision >= 0) return snprintf(buf, NUM_TEXT, "%#.*e", precision, v);
    precision = a > 0 ? MIN(digits_shortest(a, dt).count - 1, options.precision) : 0;
    int n = snprintf(buf, NUM_TEXT, "%#.*e", precision, v);
    char *e = strchr(buf, 'e'), *end = e;
    while (end[-1] == '0') end--;
    memmove(end, e, (size_t)(buf + n + 1 - e));
    return n - (int)(e - end);
}

static void note_range(FloatCol *c, double v) {
    if (!isfinite(v)) {
        c->any_other = true;
        c->any_neg_inf |= isinf(v) && v < 0;
        return;
    }
    double a = fabs(v);
    c->any_finite = true;
    if (a == 0) return;
    c->min = c->max > 0 ? MIN(c->min, a) : a;
    c->max = MAX(c->max, a);
}

static void note_width(FloatCol *c, double v) {
    char buf[NUM_TEXT];
    if (!isfinite(v)) return;
    if (c->sci)
        scientific(buf, v, c->dt, -1);
    else
        positional(buf, v, c->dt);
    char *point = strchr(buf, '.'), *e = strchr(buf, 'e');
    int left = (int)(point - buf) + (c->plus && !signbit(v));
    c->left = MAX(c->left, left);
    c->right = MAX(c->right, (int)((e ? e : point + strlen(point)) - point) - 1);
    if (e) c->exp_digits = MAX(c->exp_digits, (int)strlen(e) - 2);
}

/* After the ranges are known: float32 is compared in its own precision. */
static void decide(FloatCol *c) {
    double ratio = c->max > 0 ? c->max / c->min : 0;
    if (c->dt != DT_F64) ratio = (float)ratio;
    bool uneven = c->max > 0 && (c->min < 1e-4 || ratio > 1000);
    c->sci = c->max >= 1e8 || (uneven && !options.suppress);
}

/* After the widths are known: room for nan and inf, and for the exponent. */
static void settle(FloatCol *c) {
    if (c->sci) {
        c->precision = c->right;
        c->right += 2 + c->exp_digits; /* e, its sign, its digits */
    }
    if (!c->any_other) return;
    int offset = c->right + 1, inf = c->any_neg_inf || c->plus ? 4 : 3;
    c->left = MAX(c->left, MAX(3 - offset, inf - offset));
}

static void add_float(Str *out, const FloatCol *c, double v) {
    char buf[NUM_TEXT];
    const char *sign = c->plus && !signbit(v) ? "+" : "";
    int whole = c->left + c->right + 1;
    if (!isfinite(v)) {
        const char *text = isnan(v) ? "nan" : v < 0 ? "-inf" : "inf";
        str_fill(out, ' ', (size_t)MAX(0, whole - (int)strlen(text) - (int)strlen(sign)));
        str_printf(out, "%s%s", sign, text);
        return;
    }
    int n = c->sci ? scientific(buf, v, c->dt, c->precision) : positional(buf, v, c->dt);
    int point = (int)(strchr(buf, '.') - buf);
    str_fill(out, ' ', (size_t)MAX(0, c->left - point - (int)strlen(sign)));
    str_add(out, sign);
    if (!c->sci) {
        str_addn(out, buf, (size_t)n);
        str_fill(out, ' ', (size_t)MAX(0, c->right - (n - point - 1)));
        return;
    }
    char *e = strchr(buf, 'e');
    long exponent = strtol(e + 2, NULL, 10);
    str_printf(out, "%.*s%0*ld", (int)(e + 2 - buf), buf, c->exp_digits, exponent);
}

/* ---- elements ----------------------------------------------------------------------- */

static void complex_parts(const NpPrinter *p, double *re, double *im) {
    int64_t at = p->t->offset;
    for (int d = 0; d < p->t->ndim; d++) at += p->index[d] * p->t->stride[d];
    const float *x = (const float *)p->t->st->data + 2 * at;
    *re = x[0];
    *im = x[1];
}

static bool is_complex(const NpPrinter *p) {
    return dtype_is_complex((DType)p->t->dtype);
}

static bool is_float(const NpPrinter *p) {
    return is_complex(p) || dtype_is_float((DType)p->t->dtype);
}

static void each_part(NpPrinter *p, void (*note)(FloatCol *c, double v)) {
    double re, im;
    if (is_complex(p)) {
        complex_parts(p, &re, &im);
        note(&p->re, re);
        note(&p->im, im);
    } else {
        note(&p->re, tensor_get_f64(p->t, p->index));
    }
}

static void visit_range(NpPrinter *p) {
    each_part(p, note_range);
}

static void visit_width(NpPrinter *p) {
    each_part(p, note_width);
}

static void visit_int(NpPrinter *p) {
    char buf[32];
    int n = snprintf(buf, sizeof buf, "%lld", (long long)tensor_get_i64(p->t, p->index));
    p->int_width = MAX(p->int_width, n);
}

static void add_element(NpPrinter *p, Str *out) {
    if (is_complex(p)) {
        double re, im;
        complex_parts(p, &re, &im);
        add_float(out, &p->re, re);
        Str imag = STR_INIT; /* the j stands before the spaces that pad */
        add_float(&imag, &p->im, im);
        size_t n = imag.len;
        while (n > 0 && imag.buf[n - 1] == ' ') n--;
        str_addn(out, str_cstr(&imag), n);
        str_addc(out, 'j');
        str_fill(out, ' ', imag.len - n);
        str_clear(&imag);
    } else if (is_float(p)) {
        add_float(out, &p->re, tensor_get_f64(p->t, p->index));
    } else if (p->t->dtype == DT_BOOL) {
        bool v = tensor_get_i64(p->t, p->index) != 0;
        str_add(out, v ? (p->t->ndim ? " True" : "True") : "False");
    } else {
        str_printf(out, "%*lld", p->int_width, (long long)tensor_get_i64(p->t, p->index));
    }
}

static bool has_gap(const NpPrinter *p, int64_t n) {
    return p->summarize && n > 2 * options.edgeitems;
}

static void walk_shown(NpPrinter *p, int dim, void (*visit)(NpPrinter *p)) {
    if (dim == p->t->ndim) {
        visit(p);
        return;
    }
    int64_t n = p->t->shape[dim];
    for (int64_t i = 0; i < n; i++) {
        if (i == options.edgeitems && has_gap(p, n)) i = n - options.edgeitems;
        p->index[dim] = i;
        walk_shown(p, dim + 1, visit);
    }
}

static void find_format(NpPrinter *p) {
    DType dt = (DType)p->t->dtype;
    if (!is_float(p)) {
        if (dt != DT_BOOL) walk_shown(p, 0, visit_int);
        return;
    }
    p->re.dt = p->im.dt = is_complex(p) || dt == DT_BF16 ? DT_F32 : dt;
    p->im.plus = true;
    walk_shown(p, 0, visit_range);
    decide(&p->re);
    decide(&p->im);
    walk_shown(p, 0, visit_width);
    settle(&p->re);
    settle(&p->im);
}

/* ---- layout --------------------------------------------------------------------------- */

/* A row under construction: `line` begins with `indent` columns of blanks. */
typedef struct Row {
    Str done, line;
    int indent, width;
} Row;

static void row_add(Row *r, const char *word) {
    bool full = (int)(r->line.len + strlen(word)) > r->width;
    if (full && (int)r->line.len > r->indent) {
        while (r->line.len && r->line.buf[r->line.len - 1] == ' ') r->line.len--;
        str_addn(&r->done, r->line.buf, r->line.len);
        str_addc(&r->done, '\n');
        str_reset(&r->line);
        str_fill(&r->line, ' ', (size_t)r->indent);
    }
    str_add(&r->line, word);
}

static void add_row(NpPrinter *p, int dim, int indent, int width) {
    int64_t n = p->t->shape[dim];
    Row r = {.indent = indent, .width = width - 1}; /* a comma or the bracket must fit */
    Str word = STR_INIT;
    str_fill(&r.line, ' ', (size_t)indent);
    for (int64_t i = 0; i < n; i++) {
        if (i == options.edgeitems && has_gap(p, n)) {
            row_add(&r, "...");
            str_add(&r.line, p->separator);
            i = n - options.edgeitems;
        }
        p->index[dim] = i;
        str_reset(&word);
        add_element(p, &word);
        row_add(&r, str_cstr(&word));
        if (i < n - 1) str_add(&r.line, p->separator);
    }
    str_addn(&r.done, str_cstr(&r.line), r.line.len);
    str_printf(p->out, "[%s]", str_cstr(&r.done) + indent);
    str_clear(&r.done);
    str_clear(&r.line);
    str_clear(&word);
}

static void add_block(NpPrinter *p, int dim, int indent, int width) {
    int left = p->t->ndim - dim;
    if (left <= 1) {
        if (left == 0)
            add_element(p, p->out);
        else
            add_row(p, dim, indent, width);
        return;
    }
    int64_t n = p->t->shape[dim];
    str_addc(p->out, '[');
    for (int64_t i = 0; i < n; i++) {
        bool gap = i == options.edgeitems && has_gap(p, n);
        for (int copies = gap ? 2 : 1; i > 0 && copies > 0; copies--) {
            if (p->separator[0] == ',') str_addc(p->out, ',');
            str_fill(p->out, '\n', (size_t)left - 1);
            str_fill(p->out, ' ', (size_t)indent);
            if (copies == 2) str_add(p->out, "...");
        }
        if (gap) i = n - options.edgeitems;
        p->index[dim] = i;
        add_block(p, dim + 1, indent + 1, width - 1);
    }
    str_addc(p->out, ']');
}

static void add_values(Str *out, const Tensor *t, const char *separator, int prefix, int width) {
    NpPrinter p = {.t = t, .out = out, .separator = separator, .int_width = 1};
    p.summarize = tensor_numel(t) > options.threshold;
    if (tensor_numel(t) == 0) {
        str_add(out, "[]");
        return;
    }
    find_format(&p);
    add_block(&p, 0, prefix + 1, width);
}

/* str of a 0-dim array is the scalar's. */
static void add_scalar(Str *out, const Tensor *t) {
    DType dt = (DType)t->dtype;
    if (dt == DT_F32)
        float32_repr(out, (float)tensor_get_f64(t, NULL));
    else
        tensor_item_repr(out, t);
}

void tensor_repr_numpy(Str *out, const Tensor *t, bool repr_form) {
    static const char prefix[] = "array(";
    DType dt = (DType)t->dtype;
    int64_t numel = tensor_numel(t);
    if (!repr_form) {
        if (t->ndim == 0)
            add_scalar(out, t);
        else
            add_values(out, t, " ", 0, options.linewidth);
        return;
    }
    size_t start = out->len;
    str_add(out, prefix);
    add_values(out, t, ", ", (int)strlen(prefix), options.linewidth - 1);
    if (numel == 0 && t->ndim != 1) {
        str_add(out, ", shape=");
        shape_str(out, t->ndim, t->shape);
    }
    bool implied = dt == DT_F64 || dt == DT_I64 || dt == DT_BOOL;
    if (!implied || numel == 0) {
        const char *text = str_cstr(out) + start, *line = strrchr(text, '\n');
        int len = (int)strlen(line ? line + 1 : text) + 1; /* with the comma */
        bool wraps =
            len + (int)strlen("dtype=)") + (int)strlen(dtype_name(dt)) + 1 > options.linewidth;
        str_add(out, wraps ? ",\n" : ", ");
        if (wraps) str_fill(out, ' ', strlen(prefix));
        str_printf(out, "dtype=%s", dtype_name(dt));
    }
    str_addc(out, ')');
}
