/* Output for machines: one JSON object a step, one a line, each written when it is done; see out.h.
 */
#include "config.h"

#include <jansson.h>
#include <unistd.h>

#include "base/utf8.h"
#include "shell/file.h"
#include "shell/out.h"
#include "shell/report.h"
#include "shell/session.h"
#include "shell/shown.h"

typedef struct Json {
    Out out;      /* first */
    Str printed;  /* what code printed in this step */
    json_t *step; /* the object being made, or NULL */
    bool told;    /* it holds more than its kind and its title */
    int steps;    /* written */
} Json;

static Json *json_of(Out *o) {
    return (Json *)o;
}

static void json_text(Sink *sink, const char *bytes, size_t n) {
    str_addn(&((Json *)sink)->printed, bytes, n);
}

/* Appends b's arrays to a's and its text behind a's. */
static void merge(json_t *a, json_t *b) {
    const char *key;
    json_t *v;
    json_object_foreach(b, key, v) {
        json_t *old = json_object_get(a, key);
        if (!old)
            json_object_set(a, key, v);
        else if (json_is_array(old) && json_is_array(v))
            json_array_extend(old, v);
        else if (json_is_string(old) && json_is_string(v) && strcmp(key, "text") == 0 &&
                 json_string_length(v)) {
            json_t *both = json_sprintf("%s%s%s", json_string_value(old),
                                        json_string_length(old) ? "\n" : "", json_string_value(v));
            json_object_set_new(a, key, both);
        }
    }
}

static void json_show(Sink *sink, View *view) {
    Json *j = (Json *)sink;
    json_t *v = view_json(view);
    if (j->step) merge(j->step, v);
    j->told = true;
    json_decref(v);
    shown_keep(j->out.session, view);
}

static void json_progress(Sink *sink, const char *text, double fraction) {
    UNUSED(sink), UNUSED(text), UNUSED(fraction);
}

static void json_warn(Sink *sink, const char *text) {
    View *note = view_note(VIEW_WARNING, text);
    json_show(sink, note);
    view_release(note);
}

static void json_step_end(Out *o);

/* ---- steps ------------------------------------------------------------------------------- */

/* One that is open ends here, or is left out where nothing was told: it only led to this one. */
static void json_step_begin(Out *o, const char *kind, const char *title) {
    Json *j = json_of(o);
    if (j->told || j->printed.len) json_step_end(o);
    json_decref(j->step);
    j->told = false;
    str_reset(&j->printed);
    j->step = json_pack("{s:i, s:s, s:s, s:s, s:[], s:[], s:[], s:[]}", "step", j->steps, "kind",
                        kind, "title", title, "text", "", "tensors", "tables", "series", "ledger");
}

static void step_set(Out *o, const char *key, json_t *v) {
    Json *j = json_of(o);
    j->told = true;
    if (j->step)
        json_object_set_new(j->step, key, v);
    else
        json_decref(v);
}

static void json_step_text(Out *o, const char *key, const char *text, size_t n) {
    step_set(o, key, json_stringn(text, n));
}

static void json_step_number(Out *o, const char *key, int64_t n) {
    step_set(o, key, json_integer(n));
}

static void json_step_json(Out *o, const char *key, const char *json) {
    step_set(o, key, json_loads(json, JSON_DECODE_ANY, NULL));
}

static json_t *error_object(Interp *in, Err *err) {
    char *name = report_raised(in, err);
    json_t *j = json_pack("{s:s, s:s}", "kind", name ? name : err_kind_name(err->kind), "message",
                          err->msg ? err->msg : "");
    mem_free(name);
    if (!j) return json_pack("{s:s, s:s}", "kind", "Exception", "message", "(not UTF-8)");
    if (err->hint) json_object_set_new(j, "hint", json_string(err->hint));
    if (err->frames.count) {
        const ErrFrame *f = &err->frames.items[0];
        int line, col;
        source_place(f->src, f->span.start, &line, &col);
        json_object_set_new(j, "source", json_string(source_name(f->src)));
        json_object_set_new(j, "line", json_integer(line));
        json_object_set_new(j, "column", json_integer(col));
    }
    return j;
}

static bool json_step_error(Out *o, Err *err) {
    if (json_of(o)->step) step_set(o, "error", error_object(o->session->in, err));
    return json_of(o)->step != NULL;
}

static void json_expected(Out *o, Err *err) {
    step_set(o, "raises", error_object(o->session->in, err));
}

static void json_code(Out *o, const char *text, size_t n, CodeForm form) {
    UNUSED(form);
    json_step_text(o, "code", text, n);
}

/* What a cell printed may not be UTF-8. */
static json_t *valid_string(const Str *text) {
    Str clean = STR_INIT;
    utf8_clean(&clean, text->buf, text->len);
    json_t *j = json_stringn(str_cstr(&clean), clean.len);
    str_clear(&clean);
    return j;
}

static void put_line(const char *line) {
    file_put(STDOUT_FILENO, line, strlen(line));
    file_put(STDOUT_FILENO, "\n", 1);
}

static void json_object_line(Out *o, const char *line) {
    Json *j = json_of(o);
    json_decref(j->step);
    j->step = NULL;
    j->told = false;
    str_reset(&j->printed);
    put_line(line);
}

static void json_step_end(Out *o) {
    Json *j = json_of(o);
    if (!j->step) return;
    step_set(o, "output", valid_string(&j->printed));
    char *line = json_dumps(j->step, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (line) {
        put_line(line);
        free(line);
    }
    json_decref(j->step);
    j->step = NULL;
    str_reset(&j->printed);
    j->steps++;
}

/* ---- what only people have ------------------------------------------------------------------ */

static void nothing(Out *o) {
    UNUSED(o);
}
static bool no_page(Out *o) {
    UNUSED(o);
    return false;
}

static void json_free(Out *o) {
    Json *j = json_of(o);
    json_decref(j->step);
    str_clear(&j->printed);
    mem_free(j);
}

static const OutKind json_kind = {
    .sink = {json_text, json_show, json_progress, json_warn, json_text, false},
    .flush = nothing,
    .step_begin = json_step_begin,
    .step_text = json_step_text,
    .step_number = json_step_number,
    .step_error = json_step_error,
    .step_json = json_step_json,
    .step_end = json_step_end,
    .object = json_object_line,
    .expected = json_expected,
    .code = json_code,
    .gap = nothing,
    .page_begin = no_page,
    .page_end = nothing,
    .free = json_free,
};

Out *json_out(Session *s) {
    Json *j = mem_zero(sizeof *j);
    j->out = (Out){.sink = json_kind.sink, .kind = &json_kind, .session = s};
    return &j->out;
}
