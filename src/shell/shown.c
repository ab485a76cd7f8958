/* See shown.h. */
#include "config.h"

#include "shell/shown.h"

#include "shell/file.h"
#include "shell/names.h"
#include "tensorobj/tensorobj.h"

enum { KEPT = 64 };

static void drop(Session *s, size_t i) {
    view_release(s->shown.items[i]);
    memmove(&s->shown.items[i], &s->shown.items[i + 1],
            (s->shown.count - i - 1) * sizeof s->shown.items[0]);
    s->shown.count--;
}

ExportOptions shown_options(const Session *s) {
    return (ExportOptions){.replace = s->opt.force, .theme = s->opt.theme, .paper = s->opt.paper};
}

void shown_keep(Session *s, View *v) {
    if (!view_is_figure(v)) return;
    if (s->shown.count == KEPT) drop(s, 0);
    vec_push(&s->shown, view_retain(v));
    if (!s->once || s->once_is) return;
    s->once_is = view_retain(v);
}

bool shown_write_once(Session *s, char **path, Err *err) {
    if (!s->once_is) return true;
    ExportOptions o = shown_options(s);
    bool ok = export_views(s->once, &s->once_is, 1, &o, err);
    view_release(s->once_is);
    s->once_is = NULL;
    *path = s->once;
    s->once = NULL;
    return ok;
}

View *shown_last(const Session *s) {
    return s->shown.count ? view_retain(s->shown.items[s->shown.count - 1]) : NULL;
}

View *shown_named(const Session *s, const char *name) {
    for (size_t i = s->shown.count; i > 0; i--) {
        const char *has = view_name(s->shown.items[i - 1]);
        if (has && strcmp(has, name) == 0) return view_retain(s->shown.items[i - 1]);
    }
    return NULL;
}

/* A variable of now wins over a figure of then, unless the figure shows that very tensor. */
View *shown_or_variable(Session *s, const char *name, Err *err) {
    View *v = shown_named(s, name);
    Value value = VALUE_UNSET;
    Tensor *t = name_resolve(s, name, &value) ? value_tensor(value) : NULL;
    if (t && (!v || view_tensor(v) != t)) {
        view_release(v);
        v = view_matrix(t, &(ViewMatrixOpts){.name = name});
    }
    bool other = !v && value.tag != VT_UNSET;
    if (other)
        err_set(err, ERR_TYPE, "%s is %s: tensors and figures are exported", name,
                value_type(value)->name);
    value_release(value);
    if (v || other) return v;
    err_set(err, ERR_NAME, "nothing was shown as '%s', and no variable is called so", name);
    err_hint(err, "`whos` lists the variables; what a lesson draws has its name over the picture");
    return NULL;
}

bool shown_export_asked(Session *s, Err *err) {
    bool ok = true;
    ExportOptions o = shown_options(s);
    for (int i = 0; ok && i < s->opt.nexports; i++) {
        const char *said = s->opt.exports[i], *equals = strchr(said, '=');
        char *name = equals ? mem_strndup(said, (size_t)(equals - said)) : NULL;
        char *path = file_expand(equals ? equals + 1 : said);
        View *v = name ? shown_or_variable(s, name, err) : shown_last(s);
        if (!v && !name) {
            err_set(err, ERR_VALUE, "nothing was shown that could be written to %s", path);
            err_hint(err, "matrices, thumbnails, tables, curves and bars can");
        }
        ok = v && export_views(path, &v, 1, &o, err);
        view_release(v);
        mem_free(name);
        mem_free(path);
    }
    return ok;
}

void shown_free(Session *s) {
    while (s->shown.count) drop(s, s->shown.count - 1);
    vec_clear(&s->shown);
    view_release(s->once_is);
    mem_free(s->once);
}
