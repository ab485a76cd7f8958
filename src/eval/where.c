/* Where the machine stands in the text that it runs, for warnings, ledgers and messages. */
#include "config.h"

#include <stdarg.h>

#include "eval/class.h"

/* The innermost frame of the user's text: qkv's own prelude is skipped. */
static Frame *user_frame(Interp *in) {
    for (int i = in->depth - 1; i >= 0; i--)
        if (!(in->frames[i].code->flags & CODE_PRELUDE)) return &in->frames[i];
    return frame_top(in);
}

bool interp_where(Interp *in, Source **src, Span *stmt, Span *expr) {
    Frame *f = user_frame(in);
    if (!f) return false;
    *src = f->code->src;
    *stmt = code_stmt(f->code, frame_pc(f));
    *expr = code_span(f->code, frame_pc(f));
    return true;
}

/* warnings._of_engine(text, filename, line): is it to be shown? */
static bool warning_filtered(Interp *in, const Source *src, int line, const Str *text, bool *show,
                             Err *err) {
    Value module = dict_get_cstr(in->modules, "warnings"), ask, got;
    *show = true;
    if (module.tag == VT_UNSET) return true;
    if (!value_getattr_cstr(in, module, "_of_engine", &ask, err)) return false;
    Value args[] = {str_value(str_cstr(text), text->len), str_value_cstr(source_name(src)),
                    value_int(line)};
    bool ok = value_call_pos(in, ask, args, ARRAY_LEN(args), &got, err);
    if (ok) {
        ok = value_truth(in, got, show, err);
        value_release(got);
    }
    value_release(args[0]);
    value_release(args[1]);
    value_release(ask);
    return ok;
}

/* Once for each place, and not too often. */
static bool warning_is_new(Interp *in, const Source *src, Span expr) {
    uint64_t place = (uint64_t)(uintptr_t)src * 31 + expr.start;
    if (in->nwarned == INTERP_WARNINGS) return false;
    for (int i = 0; i < in->nwarned; i++)
        if (in->warned[i] == place) return false;
    in->warned[in->nwarned++] = place;
    return true;
}

bool interp_warn(Interp *in, Err *err, const char *fmt, ...) {
    Source *src;
    Span stmt, expr;
    int line, col;
    bool show;
    if (!interp_where(in, &src, &stmt, &expr)) return true;
    source_place(src, expr.start, &line, &col);
    Str said = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&said, fmt, ap);
    va_end(ap);
    bool ok = warning_filtered(in, src, line, &said, &show, err);
    if (ok && show && in->sink && in->sink->warn && warning_is_new(in, src, expr)) {
        Str text = STR_INIT;
        str_printf(&text, "line %d: %s", line, str_cstr(&said));
        in->sink->warn(in->sink, str_cstr(&text));
        str_clear(&text);
    }
    str_clear(&said);
    return ok;
}

int interp_statement(Interp *in) {
    Frame *f = user_frame(in);
    if (!f) return in->stmt_number;
    uint32_t stmt = code_stmt(f->code, frame_pc(f)).start;
    if (f->serial != in->stmt_serial || stmt != in->stmt_pc || f->loops != in->stmt_loops) {
        in->stmt_serial = f->serial;
        in->stmt_pc = stmt;
        in->stmt_loops = f->loops;
        in->stmt_number++;
    }
    return in->stmt_number;
}

bool interp_operand_text(Interp *in, int which, Str *out) {
    Frame *f = frame_top(in);
    if (!f || (f->code->flags & CODE_PRELUDE)) return false;
    int count;
    const Span *spans = code_operands(f->code, frame_pc(f), &count);
    if (!spans || which < 0 || which >= count) return false;
    str_addn(out, source_text(f->code->src) + spans[which].start,
             spans[which].end - spans[which].start);
    return true;
}

bool value_source(Value v, Source **src, Span *span) {
    if (value_is(v, &type_method)) v = ((MethodObj *)v.o)->func;
    Code *code = NULL;
    if (value_is(v, &type_function))
        code = ((FuncObj *)v.o)->code;
    else if (value_is(v, &type_type) && (((Type *)v.o)->flags & TYPE_HEAP))
        code = ((HeapType *)v.o)->code;
    if (!code) return false;
    *src = code->src;
    *span = code->span;
    return true;
}
