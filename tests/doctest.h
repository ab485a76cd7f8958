/* Runs the example of a row as Python's doctest would: ">>> code" and "... more"
 * lines, each followed by what it prints and echoes.
 *
 *     doctest_prepare(setup);                                            (in main)
 *     char *got = NULL;
 *     if (!doctest_run(example, setup, &got)) ck_abort_msg("%s", got);    (got: what differed)
 */
#ifndef QKV_TESTS_DOCTEST_H
#define QKV_TESTS_DOCTEST_H

#include <string.h>

#include "base/str.h"
#include "builtin/builtin.h"
#include "eval/interp.h"
#include "value/obj.h"

typedef struct DocSink {
    Sink sink;
    Str text;
} DocSink;

static void doc_text(Sink *s, const char *bytes, size_t n) {
    str_addn(&((DocSink *)s)->text, bytes, n);
}

/* Runs one statement; what it printed and its echo are appended to out. */
static bool doc_statement(Interp *in, DocSink *sink, Value scope, const char *code, Str *out,
                          Err *err) {
    Source *src = source_new("<example>", code, strlen(code), 1);
    Value last = VALUE_UNSET;
    bool ok;
    str_reset(&sink->text);
    ok = interp_run(in, src, scope, RUN_ECHO, &last, NULL, err);
    str_add(out, str_cstr(&sink->text));
    if (ok && last.tag != VT_UNSET && last.tag != VT_NONE) {
        ok = value_repr(in, last, out, err);
        str_addc(out, '\n');
    }
    value_release(last);
    source_release(src);
    return ok;
}

/* The line at *p without its newline; moves *p behind it. */
static size_t doc_line(const char **p, const char **line) {
    size_t n = strcspn(*p, "\n");
    *line = *p;
    *p += n + ((*p)[n] == '\n');
    return n;
}

static bool doc_examples(Interp *in, DocSink *sink, Value scope, const char *p, Str *report,
                         Err *err) {
    while (*p) {
        Str code = STR_INIT, want = STR_INIT, got = STR_INIT;
        const char *line;
        bool ok;
        size_t n = doc_line(&p, &line);
        if (n >= 4) str_addn(&code, line + 4, n - 4);
        str_addc(&code, '\n');
        while (!strncmp(p, "...", 3)) {
            n = doc_line(&p, &line);
            if (n >= 4) str_addn(&code, line + 4, n - 4);
            str_addc(&code, '\n');
        }
        while (*p && strncmp(p, ">>>", 3)) {
            n = doc_line(&p, &line);
            str_addn(&want, line, n);
            str_addc(&want, '\n');
        }
        ok = doc_statement(in, sink, scope, str_cstr(&code), &got, err);
        if (ok && strcmp(str_cstr(&want), str_cstr(&got))) {
            str_printf(report, "%swanted:\n%sgot:\n%s", str_cstr(&code), str_cstr(&want),
                       str_cstr(&got));
            ok = false;
        }
        str_clear(&code);
        str_clear(&want);
        str_clear(&got);
        if (!ok) return false;
    }
    return true;
}

/* One interpreter for all examples, each of which has a scope of its own: what setup imports is
 * then imported once, before Check forks. */
static struct {
    Interp *in;
    DocSink sink;
} doctest = {.sink = {.sink = {.text = doc_text}}};

__attribute__((unused)) static void doctest_prepare(const char *setup) {
    Str ignored = STR_INIT;
    Err err = {0};
    doctest.in = interp_new(&(InterpConfig){.sink = &doctest.sink.sink});
    builtin_install(doctest.in);
    Value scope = interp_module_new(doctest.in, "__main__");
    if (!doc_statement(doctest.in, &doctest.sink, scope, setup, &ignored, &err)) BUG("%s", err.msg);
    value_release(scope);
    str_clear(&ignored);
}

__attribute__((unused)) static void doctest_end(void) {
    interp_free(doctest.in);
    str_clear(&doctest.sink.text);
}

/* After doctest_prepare. setup runs first in the same scope. *report is owned by the caller; NULL
 * on success. */
__attribute__((unused)) static bool doctest_run(const char *example, const char *setup,
                                                char **report) {
    Str text = STR_INIT, ignored = STR_INIT;
    Err err = {0};
    Interp *in = doctest.in;
    Value scope = interp_module_new(in, "__main__");
    bool ok = doc_statement(in, &doctest.sink, scope, setup, &ignored, &err) &&
              doc_examples(in, &doctest.sink, scope, example, &text, &err);
    if (err.kind != ERR_OK) {
        str_printf(&text, "%s: %s", err_kind_name(err.kind), err.msg);
        err_clear(&err);
    }
    *report = ok ? NULL : str_detach(&text);
    str_clear(&text);
    str_clear(&ignored);
    value_release(scope);
    return ok;
}

#endif
