/* Ledgers: traces of the engine folded to one row per statement, and the pieces
 * that the dialect's qkv.trace, flops and peak are made of. */
#include "config.h"

#include "base/utf8.h"
#include "toolkit/qkv.h"
#include "value/obj.h"
#include "grad/trace.h"

/* ---- labels ------------------------------------------------------------------------------ */

/* The running statement as the user wrote it; the number tells executions apart. */
static int label_statement(void *ctx, Str *text) {
    Source *src;
    Span stmt, expr;
    if (!interp_where(ctx, &src, &stmt, &expr) || stmt.end <= stmt.start) return -1;
    str_addn(text, source_text(src) + stmt.start, stmt.end - stmt.start);
    return interp_statement(ctx);
}

void ledger_install(Interp *in) {
    trace_label_hook(label_statement, in);
}

/* ---- folding ------------------------------------------------------------------------------ */

/* A statement's ops as one row; several executions of it (a loop) fold too. */
typedef struct Fold {
    const char *label;
    const TraceRow *last; /* whose shape the row shows */
    int stmt, times;
    double params, flops, bytes;
    int64_t ns;
} Fold;

typedef VEC(Fold) Folds;

static Fold *fold_for(Folds *folds, const TraceRow *r) {
    const char *label = r->label ? r->label : r->op;
    for (size_t i = 0; i < folds->count; i++)
        if (strcmp(folds->items[i].label, label) == 0) return &folds->items[i];
    vec_push(folds, (Fold){.label = label, .stmt = r->stmt, .times = 1});
    return &folds->items[folds->count - 1];
}

static void fold_trace(const Trace *t, Folds *folds) {
    for (size_t i = 0; i < t->rows.count; i++) {
        const TraceRow *r = &t->rows.items[i];
        Fold *f = fold_for(folds, r);
        if (f->last && r->stmt != f->stmt) {
            f->times++;
            f->stmt = r->stmt;
        }
        f->last = r;
        f->params += r->params;
        f->flops += r->flops;
        f->bytes += r->bytes;
        f->ns += r->ns;
    }
}

/* Statements that only made views or looked at results computed nothing worth a row. */
static void drop_idle(Folds *folds) {
    size_t kept = 0;
    for (size_t i = 0; i < folds->count; i++)
        if (folds->items[i].flops > 0 || folds->items[i].params > 0)
            folds->items[kept++] = folds->items[i];
    folds->count = kept;
}

/* A statement on one line, without its remark. */
static char *step_text(const Fold *f) {
    Str s = STR_INIT;
    bool blank = false;
    for (const char *p = f->label; *p; p++) {
        if (*p == '#') break;
        if (*p == ' ' || *p == '\n' || *p == '\t') {
            blank = s.len > 0;
            continue;
        }
        if (blank) str_addc(&s, ' ');
        blank = false;
        str_addc(&s, *p);
    }
    return str_detach(&s);
}

View *ledger_view(const Trace *t, const char *title) {
    Folds folds = {0};
    fold_trace(t, &folds);
    drop_idle(&folds);
    if (!folds.count) return NULL;
    ViewLedgerRow *rows = mem_zero(sizeof *rows * folds.count);
    for (size_t i = 0; i < folds.count; i++) {
        const Fold *f = &folds.items[i];
        rows[i] = (ViewLedgerRow){.step = step_text(f),
                                  .shape.ndim = f->last->ndim,
                                  .times = f->times,
                                  .params = f->params,
                                  .flops = f->flops,
                                  .bytes = f->bytes,
                                  .ns = f->ns};
        for (int d = 0; d < f->last->ndim; d++) rows[i].shape.size[d] = f->last->shape[d];
    }
    View *v = view_ledger(title, rows, folds.count);
    for (size_t i = 0; i < folds.count; i++) mem_free((void *)rows[i].step);
    mem_free(rows);
    vec_clear(&folds);
    return v;
}

/* ---- traces held by the dialect ------------------------------------------------------------- */

typedef struct TraceObj {
    Obj head;
    Trace *trace;
    bool open;
} TraceObj;

/* Closes a trace that is open, with those opened inside it and never closed. */
static void trace_close(TraceObj *t) {
    while (t->open && trace_current) {
        Trace *inner = trace_current;
        trace_end(inner);
        if (inner == t->trace) break;
    }
    t->open = false;
}

static void trace_destroy(Obj *self) {
    TraceObj *t = (TraceObj *)self;
    trace_close(t);
    trace_free(t->trace);
}

static bool trace_truth(Interp *in, Value self, bool *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = ((TraceObj *)self.o)->trace->rows.count > 0;
    return true;
}

static Type type_trace = {.name = "TraceRecord",
                          .module = "qkv",
                          .size = sizeof(TraceObj),
                          .destroy = trace_destroy,
                          .truth = trace_truth,
                          .doc = "What the engine did while a trace was on."};

static bool trace_arg(Value v, TraceObj **out, Err *err) {
    if (!value_is(v, &type_trace))
        return err_set(err, ERR_TYPE, "a trace record is wanted, not %s", value_type(v)->name);
    *out = (TraceObj *)v.o;
    return true;
}

static bool do_trace_begin(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    TraceObj *t = obj_new(&type_trace);
    t->trace = trace_begin();
    t->open = true;
    *out = value_obj(t);
    return true;
}

static bool do_trace_end(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    TraceObj *t;
    if (!trace_arg(args[0], &t, err)) return false;
    trace_close(t);
    *out = VALUE_NONE;
    return true;
}

static bool do_trace_show(Interp *in, Value *args, Value *out, Err *err) {
    TraceObj *t;
    if (!trace_arg(args[0], &t, err)) return false;
    View *v = ledger_view(t->trace, value_is(args[1], &type_str) ? str_of(args[1])->s : NULL);
    Sink *s = interp_sink(in);
    if (v && s && s->show) s->show(s, v);
    view_release(v);
    *out = VALUE_NONE;
    return true;
}

/* [(op, statement, shape, params, flops, bytes, ns), ...] */
static bool do_trace_rows(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    TraceObj *t;
    if (!trace_arg(args[0], &t, err)) return false;
    Value list = list_new();
    for (size_t i = 0; i < t->trace->rows.count; i++) {
        const TraceRow *r = &t->trace->rows.items[i];
        Value row = tuple_new(7), shape = tuple_new(r->ndim);
        for (int d = 0; d < r->ndim; d++) tuple_items(shape)[d] = value_int(r->shape[d]);
        tuple_items(row)[0] = str_value_cstr(r->op);
        tuple_items(row)[1] = r->label ? str_value_cstr(r->label) : VALUE_NONE;
        tuple_items(row)[2] = shape;
        tuple_items(row)[3] = value_int((int64_t)r->params);
        tuple_items(row)[4] = value_int((int64_t)r->flops);
        tuple_items(row)[5] = value_int((int64_t)r->bytes);
        tuple_items(row)[6] = value_int(r->ns);
        list_push_take(list, row);
    }
    *out = list;
    return true;
}

static bool do_peak(Interp *in, Value *args, Value *out, Err *err) {
    size_t before = tensor_memory_used(), outer = tensor_memory_peak();
    tensor_memory_peak_reset();
    Value result = VALUE_UNSET;
    bool ok = value_call_pos(in, args[0], NULL, 0, &result, err);
    size_t peak = tensor_memory_peak();
    tensor_memory_peak_set(MAX(outer, peak));
    if (!ok) return false;
    value_release(result);
    *out = value_int(peak > before ? (int64_t)(peak - before) : 0);
    return true;
}

static bool do_memory_used(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_int((int64_t)tensor_memory_used());
    return true;
}

/* With an argument, also sets it: a nested measurement gives the outer one its peak back. */
static bool do_memory_peak(Interp *in, Value *args, Value *out, Err *err) {
    int64_t bytes;
    *out = value_int((int64_t)tensor_memory_peak());
    if (args[0].tag == VT_NONE) return true;
    if (!value_to_int(in, args[0], &bytes, err)) return false;
    tensor_memory_peak_set((size_t)MAX(bytes, (int64_t)tensor_memory_used()));
    return true;
}

const NativeRow qkv_trace_rows[] = {
    {"_trace_begin()", do_trace_begin, 0, "Starts a record of the engine's ops; qkv.trace uses it.",
     NULL},
    {"_trace_end(t)", do_trace_end, 0, "Ends the record.", NULL},
    {"_trace_show(t, title=None)", do_trace_show, NATIVE_PRINTS, "Draws the record's ledger.",
     NULL},
    {"_trace_rows(t) -> list", do_trace_rows, 0, "The record as tuples.", NULL},
    {"_memory_used() -> int", do_memory_used, 0, "Bytes that tensors hold now.", NULL},
    {"_memory_peak(bytes=None) -> int", do_memory_peak, NATIVE_MUTATES,
     "The most that they held since it was last set.", NULL},
    {"peak(fn) -> int", do_peak, 0,
     "Bytes of tensors that were alive at the worst moment of fn(), beyond those alive before: "
     "measured, not "
     "computed.",
     ">>> qkv.peak(lambda: torch.zeros(1000))\n4000\n"},
    {0},
};
