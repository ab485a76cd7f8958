/* The evaluator's tests: their harness and main. The dialect's own cases are tests/cases. */
#include "config.h"

#include "check_eval.h"

static void sink_text(Sink *s, const char *bytes, size_t n) {
    Run *r = (Run *)((char *)s - offsetof(Run, sink));
    str_addn(&r->out, bytes, n);
}

/* print of src/python is a floor above; this one is enough. */
static bool print_all(Interp *in, Value *a, Value *out, Err *err) {
    Str line = STR_INIT;
    bool ok = true;
    for (int64_t i = 0; ok && i < tuple_count(a[0]); i++) {
        if (i) str_addc(&line, ' ');
        ok = value_str(in, tuple_items(a[0])[i], &line, err);
    }
    str_addc(&line, '\n');
    ok = ok && interp_print(in, str_cstr(&line), line.len, err);
    str_clear(&line);
    *out = VALUE_NONE;
    return ok;
}

static bool length(Interp *in, Value *a, Value *out, Err *err) {
    int64_t n;
    if (!value_len(in, a[0], &n, err)) return false;
    *out = value_int(n);
    return true;
}

static const NativeRow rows[] = {
    {.sig = "print(*values)", .fn = print_all, .flags = NATIVE_PRINTS},
    {.sig = "len(obj, /)", .fn = length},
};

void run_begin(Run *r, const InterpConfig *cfg) {
    memset(r, 0, sizeof *r);
    r->sink.text = sink_text;
    InterpConfig mine = cfg ? *cfg : (InterpConfig){0};
    mine.sink = &r->sink;
    r->in = interp_new(&mine);
    r->module = interp_module_new(r->in, "__main__");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Value f = native_new(r->in, &rows[i], NULL);
        interp_builtin_set(r->in, i ? "len" : "print", f);
        value_release(f);
    }
}

bool run_text(Run *r, const char *text, unsigned flags, Value *out) {
    Source *src = source_new("test", text, strlen(text), 1);
    err_clear(&r->err);
    bool ok = interp_run(r->in, src, r->module, flags, out, NULL, &r->err);
    source_release(src);
    ck_assert_msg(ok == (r->err.kind == ERR_OK), "result and error disagree: %s", run_error(r));
    return ok;
}

const char *run_error(Run *r) {
    static Str text;
    str_reset(&text);
    if (r->err.kind == ERR_OK) return "no error";
    if (r->err.kind != ERR_RAISED) str_printf(&text, "%s: ", err_kind_name(r->err.kind));
    str_add(&text, r->err.msg ? r->err.msg : "");
    if (r->err.hint) str_printf(&text, "\nhint: %s", r->err.hint);
    return str_cstr(&text);
}

void run_end(Run *r) {
    err_clear(&r->err);
    value_release(r->module);
    interp_free(r->in);
    str_clear(&r->out);
}

void ck_out(const char *text, const char *want) {
    Run r;
    run_begin(&r, NULL);
    bool ok = run_text(&r, text, 0, NULL);
    ck_assert_msg(ok, "%s\nfails: %s", text, run_error(&r));
    ck_assert_str_eq(str_cstr(&r.out), want);
    run_end(&r);
}

void ck_fails(const char *text, const char *want) {
    Run r;
    run_begin(&r, NULL);
    ck_assert_msg(!run_text(&r, text, 0, NULL), "%s\ndoes not fail", text);
    const char *got = run_error(&r);
    ck_assert_msg(strncmp(got, want, strlen(want)) == 0, "%s\nwant: %s\ngot:  %s", text, want, got);
    run_end(&r);
}

int main(void) {
    SRunner *sr = srunner_create(suite_eval_run());
    srunner_add_suite(sr, suite_eval_errors());
    srunner_add_suite(sr, suite_eval_native());
    srunner_add_suite(sr, suite_eval_objects());
    srunner_set_tap(sr, "-");
    srunner_run_all(sr, CK_SILENT);
    srunner_free(sr);
    return 0; /* the TAP lines carry the verdict */
}
