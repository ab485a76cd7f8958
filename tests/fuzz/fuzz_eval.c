/* Fuzz target: any text through the compiler and the evaluator, with the library, under limits:
 * 200 ms, 64 MiB, 64 KiB of output. An error must come as an Err, with frames that can be shown. */
#include "config.h"

#include "builtin/builtin.h"
#include "base/memory.h"
#include "lang/diag.h"

#include "fuzz.h"

static void drop_text(Sink *s, const char *bytes, size_t n) {
    UNUSED(s), UNUSED(bytes), UNUSED(n);
}

static void drop_view(Sink *s, struct View *view) {
    UNUSED(s), UNUSED(view);
}

static void show_error(Err *err) {
    Diag d = {0};
    diag_build(&d, err, NULL, 80);
    if (memchr(d.text.buf, '\x1b', d.text.len)) BUG("an escape in a diagnostic");
    diag_clear(&d);
    err_clear(err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Sink sink = {.text = drop_text, .show = drop_view};
    memory_limit_set(64u << 20);
    Interp *in = interp_new(&(InterpConfig){
        .sink = &sink, .output_limit = 64u << 10, .time_limit_ns = 200 * INT64_C(1000000)});
    builtin_install(in);
    Value module = interp_module_new(in, "__main__");
    Source *src = source_new("fuzz", (const char *)data, size, 1);
    Value last = VALUE_UNSET;
    Err err = {0};
    if (!interp_run(in, src, module, RUN_ECHO, &last, NULL, &err)) {
        show_error(&err);
    } else if (last.tag != VT_UNSET) {
        Str text = STR_INIT;
        if (!value_repr(in, last, &text, &err)) show_error(&err);
        str_clear(&text);
    }
    value_release(last);
    source_release(src);
    value_release(module);
    interp_free(in);
    return 0;
}
