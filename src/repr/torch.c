/* PyTorch's tensor text. Two walks over the elements that are shown find the number
 * format (range and fractions, then the widest text); a third one writes.
 */
#include "config.h"

#include "repr/repr.h"

#include <math.h>

#include "base/decimal.h"
#include "base/utf8.h"

static PrintOpts opts_now = {4, 1000, 3, 80, -1};

PrintOpts *print_opts(void) {
    return &opts_now;
}

bool print_opts_profile(PrintOpts *o, const char *name, Err *err) {
    PrintOpts new = {4, 1000, 3, 80, o->sci_mode};
    if (strcmp(name, "short") == 0) {
        new.precision = 2;
        new.edgeitems = 2;
    } else if (strcmp(name, "full") == 0) {
        new.threshold = INT64_MAX;
    } else if (strcmp(name, "default") != 0) {
        err_set(err, ERR_VALUE, "set_printoptions: unknown profile '%s'", name);
        return err_hint(err, "profiles are default, short and full");
    }
    *o = new;
    return true;
}

/* How the numbers of one tensor (or of its real or imaginary parts) are written. */
typedef struct NumFmt {
    bool floating, int_mode, sci;
    bool any;        /* a nonzero finite value is shown */
    double min, max; /* of the nonzero finite magnitudes */
    int precision, width;
} NumFmt;

typedef struct Printer {
    const Tensor *t;
    const PrintOpts *o;
    Str *out;
    bool summarize;
    NumFmt re, im; /* im: complex only */
    int64_t index[TENSOR_MAX_DIM];
} Printer;

/* ---- one number --------------------------------------------------------------- */

typedef struct Num {
    double re, im;
    int64_t i;
} Num;

static Num num_at(const Tensor *t, const int64_t *index) {
    if (dtype_is_complex((DType)t->dtype)) {
        int64_t at = t->offset;
        for (int d = 0; d < t->ndim; d++) at += index[d] * t->stride[d];
        const float *p = (const float *)t->st->data + 2 * at;
        return (Num){.re = p[0], .im = p[1]};
    }
    if (dtype_is_float((DType)t->dtype)) return (Num){.re = tensor_get_f64(t, index)};
    return (Num){.i = tensor_get_i64(t, index)};
}

/* Python's float formatting: as C's, but nan never has a sign. */
static int float_text(char *buf, size_t cap, const NumFmt *f, double v) {
    if (isnan(v)) return snprintf(buf, cap, "nan");
    if (f->sci) return snprintf(buf, cap, "%.*e", f->precision, v);
    if (!f->int_mode) {
        char text[DECIMAL_TEXT];
        int n = decimal_fixed(v, f->precision, text);
        return n ? snprintf(buf, cap, "%.*s", n, text)
                 : snprintf(buf, cap, "%.*f", f->precision, v);
    }
    return snprintf(buf, cap, isinf(v) ? "%.0f" : "%.0f.", v);
}

/* Room for any double in %f: 309 digits, the point, and the precision (at most 64). */
#define NUM_TEXT 400

static void add_padded(Str *out, const char *text, int len, int width) {
    if (width > len) str_fill(out, ' ', (size_t)(width - len));
    str_addn(out, text, (size_t)len);
}

static void add_float(Str *out, const NumFmt *f, double v) {
    char buf[NUM_TEXT];
    int len = float_text(buf, sizeof buf, f, v);
    add_padded(out, buf, len, f->width);
}

static void add_int(Str *out, const NumFmt *f, bool is_bool, int64_t v) {
    char buf[32];
    int len = is_bool ? snprintf(buf, sizeof buf, "%s", v ? "True" : "False")
                      : snprintf(buf, sizeof buf, "%lld", (long long)v);
    add_padded(out, buf, len, f->width);
}

static void add_element(Printer *p) {
    Num n = num_at(p->t, p->index);
    if (!p->re.floating) {
        add_int(p->out, &p->re, p->t->dtype == DT_BOOL, n.i);
        return;
    }
    add_float(p->out, &p->re, n.re);
    if (!dtype_is_complex((DType)p->t->dtype)) return;
    char buf[NUM_TEXT];
    float_text(buf, sizeof buf, &p->im, n.im);
    if (buf[0] != '-') str_addc(p->out, '+');
    str_printf(p->out, "%sj", buf);
}

/* ---- the format ------------------------------------------------------------------ */

static void fmt_range(NumFmt *f, double v) {
    if (!isfinite(v) || v == 0) return;
    double a = fabs(v);
    f->min = f->any ? MIN(f->min, a) : a;
    f->max = f->any ? MAX(f->max, a) : a;
    f->any = true;
    if (v != ceil(v)) f->int_mode = false;
}

static void fmt_widen(NumFmt *f, double v) {
    char buf[NUM_TEXT];
    if (!isfinite(v) || v == 0) return;
    f->width = MAX(f->width, float_text(buf, sizeof buf, f, v));
}

static void visit_range(Printer *p) {
    Num n = num_at(p->t, p->index);
    fmt_range(&p->re, n.re);
    fmt_range(&p->im, n.im);
}

static void visit_width(Printer *p) {
    Num n = num_at(p->t, p->index);
    if (p->re.floating) {
        fmt_widen(&p->re, n.re);
        fmt_widen(&p->im, n.im);
        return;
    }
    char buf[32];
    int len =
        p->t->dtype == DT_BOOL ? (n.i ? 4 : 5) : snprintf(buf, sizeof buf, "%lld", (long long)n.i);
    p->re.width = MAX(p->re.width, len);
}

/* The first element behind the gap of a summarised dimension; 0 when there is no gap. */
static int64_t gap_end(const Printer *p, int64_t n) {
    return p->summarize && n > 2 * (int64_t)p->o->edgeitems ? n - p->o->edgeitems : 0;
}

static void walk_shown(Printer *p, int dim, void (*visit)(Printer *p)) {
    if (dim == p->t->ndim) {
        visit(p);
        return;
    }
    int64_t n = p->t->shape[dim], tail = gap_end(p, n);
    for (int64_t i = 0; i < n; i++) {
        if (tail && i == p->o->edgeitems) i = tail;
        if (i == n) break;
        p->index[dim] = i;
        walk_shown(p, dim + 1, visit);
    }
}

/* Scientific or not, from the range; a user's choice comes after the widths were
 * measured, because PyTorch does it in that order. */
static void fmt_decide(NumFmt *f) {
    f->sci =
        f->any && (f->max / f->min > 1000.0 || f->max > 1e8 || (!f->int_mode && f->min < 1e-4));
}

static void find_format(Printer *p) {
    DType dt = (DType)p->t->dtype;
    NumFmt f = {.floating = dtype_is_float(dt) || dtype_is_complex(dt),
                .int_mode = true,
                .precision = MIN(MAX(p->o->precision, 0), 64),
                .width = 1};
    p->re = p->im = f;
    if (f.floating) {
        walk_shown(p, 0, visit_range);
        fmt_decide(&p->re);
        fmt_decide(&p->im);
    }
    walk_shown(p, 0, visit_width);
    if (p->o->sci_mode >= 0) {
        if (p->re.any) p->re.sci = p->o->sci_mode == 1;
        if (p->im.any) p->im.sci = p->o->sci_mode == 1;
    }
}

/* ---- layout ------------------------------------------------------------------------ */

static void add_break(Str *out, int newlines, int indent) {
    str_addc(out, ',');
    str_fill(out, '\n', (size_t)newlines);
    str_fill(out, ' ', (size_t)indent);
}

/* One row, broken into lines of as many elements as fit; the gap counts as one. */
static void add_vector(Printer *p, int dim, int indent) {
    int64_t n = p->t->shape[dim], tail = gap_end(p, n);
    bool gap = p->summarize && n > 2 * (int64_t)p->o->edgeitems;
    int cell = p->re.width + 2;
    if (dtype_is_complex((DType)p->t->dtype)) cell += p->im.width + 1;
    int per_line = MAX(1, (p->o->linewidth - indent) / cell);
    int shown = 0;
    str_addc(p->out, '[');
    for (int64_t i = 0; i < n; i++, shown++) {
        if (shown && shown % per_line == 0)
            add_break(p->out, 1, indent + 1);
        else if (shown)
            str_add(p->out, ", ");
        if (gap && i == p->o->edgeitems) {
            str_add(p->out, " ...");
            gap = false;
            i = tail - 1;
            continue;
        }
        p->index[dim] = i;
        add_element(p);
    }
    str_addc(p->out, ']');
}

static void add_block(Printer *p, int dim, int indent) {
    int left = p->t->ndim - dim;
    if (left == 0) {
        add_element(p);
        return;
    }
    if (left == 1) {
        add_vector(p, dim, indent);
        return;
    }
    int64_t n = p->t->shape[dim], tail = gap_end(p, n);
    str_addc(p->out, '[');
    for (int64_t i = 0; i < n; i++) {
        if (i) add_break(p->out, left - 1, indent + 1);
        if (tail && i == p->o->edgeitems) {
            str_add(p->out, "...");
            if (tail == n) break;
            add_break(p->out, left - 1, indent + 1);
            i = tail;
        }
        p->index[dim] = i;
        add_block(p, dim + 1, indent + 1);
    }
    str_addc(p->out, ']');
}

void tensor_repr_values(Str *out, const Tensor *t, int indent, const PrintOpts *o) {
    if (!o) o = &opts_now;
    int64_t numel = tensor_numel(t);
    if (numel == 0) {
        str_add(out, "[]");
        return;
    }
    Printer p = {.t = t, .o = o, .out = out, .summarize = numel > o->threshold};
    find_format(&p);
    add_block(&p, 0, indent);
}

/* ---- suffixes ------------------------------------------------------------------------ */

typedef struct Suffixes {
    Str *out;
    int indent, line_len, linewidth;
} Suffixes;

static void add_suffix(Suffixes *s, const char *text) {
    int len = (int)utf8_count(text, strlen(text));
    if (s->line_len + len + 2 > s->linewidth) {
        add_break(s->out, 1, s->indent);
        s->line_len = s->indent + len;
    } else {
        str_add(s->out, ", ");
        s->line_len += len + 2;
    }
    str_add(s->out, text);
}

static bool dtype_shown(const Tensor *t) {
    DType dt = (DType)t->dtype, dflt = dtype_default();
    if (tensor_numel(t) == 0) return dt != dflt;
    if (dt == DT_C64) return dflt == DT_F64;
    return dt != dflt && dt != DT_I64 && dt != DT_BOOL;
}

void tensor_repr(Str *out, const Tensor *t, int nsuffix, const char *const *suffix,
                 const PrintOpts *o) {
    if (!o) o = &opts_now;
    Str own = STR_INIT;
    Suffixes s = {out, (int)strlen("tensor("), 0, o->linewidth};
    size_t start = out->len;
    str_add(out, "tensor(");
    tensor_repr_values(out, t, s.indent, o);
    const char *text = str_cstr(out) + start, *line = strrchr(text, '\n');
    /* PyTorch counts one more than the line holds, two on a first line. */
    s.line_len = (int)(line ? strlen(line) + 1 : strlen(text) + 2);
    if (tensor_numel(t) == 0 && t->ndim != 1) {
        str_add(&own, "size=");
        shape_str(&own, t->ndim, t->shape);
        add_suffix(&s, str_cstr(&own));
        str_reset(&own);
    }
    if (dtype_shown(t)) {
        str_printf(&own, "dtype=torch.%s", dtype_name((DType)t->dtype));
        add_suffix(&s, str_cstr(&own));
    }
    for (int i = 0; i < nsuffix; i++) add_suffix(&s, suffix[i]);
    str_addc(out, ')');
    str_clear(&own);
}
