/* The table of formats; see export.h. */
#include "config.h"

#include "export/export.h"

#include "base/whole.h"
#include "export/sheet.h"
#include "model/tensors.h"
#include "view/node.h"

/* ---- pictures ---------------------------------------------------------------------------- */

static Sketch *sketch_of(View *const *views, size_t n, const ExportOptions *o, PicturePaper own) {
    PicturePaper paper = o->paper == PAPER_AUTO ? own : o->paper;
    return picture_draw(views, n, &(PictureStyle){o->theme, paper});
}

static bool interrupted(Err *err) {
    return INTERRUPTED() ? err_set(err, ERR_INTERRUPT, "interrupted while drawing") : true;
}

static bool as_svg(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    Sketch *s = sketch_of(views, n, o, PAPER_FIT);
    sketch_svg(s, out);
    sketch_free(s);
    return interrupted(err);
}

static bool as_pdf(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    Sketch *s = sketch_of(views, n, o, PAPER_A4);
    bool ok = picture_pdf(s, out, err);
    sketch_free(s);
    return ok;
}

static bool as_png(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    Sketch *s = sketch_of(views, n, o, PAPER_FIT);
    bool ok = picture_png(s, out, err);
    sketch_free(s);
    return ok;
}

/* ---- text -------------------------------------------------------------------------------- */

/* As drawn in a pipe: whole, without colour. */
static bool as_txt(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    enum { COLUMNS = 80 };
    UNUSED(o);
    Str line = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        Canvas *c = view_draw(views[i], COLUMNS, &(ViewStyle){.wide = true});
        if (i) str_addc(out, '\n');
        for (int row = 0; row < canvas_rows(c); row++) {
            canvas_row_text(c, row, &line);
            str_printf(out, "%s\n", str_cstr(&line));
        }
        canvas_free(c);
    }
    str_clear(&line);
    return interrupted(err);
}

/* What docs/qkv.schema.json says of views, with the tokens of the first matrix beside it, where
 * other viewers look for them. */
static bool as_json(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    static const char *const lists[] = {"tensors", "tables", "series", "ledger"};
    UNUSED(o);
    json_t *all = view_json(views[0]);
    for (size_t i = 1; i < n; i++) {
        json_t *more = view_json(views[i]);
        for (size_t k = 0; k < ARRAY_LEN(lists); k++)
            json_array_extend(json_object_get(all, lists[k]), json_object_get(more, lists[k]));
        json_decref(more);
    }
    json_t *first = json_array_get(json_object_get(all, "tensors"), 0);
    json_t *tokens = first ? json_object_get(first, "column_labels") : NULL;
    if (json_array_size(tokens)) json_object_set(all, "tokens", tokens);
    char *text = json_dumps(all, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    json_decref(all);
    if (!text) return err_set(err, ERR_MEMORY, "the file's text does not fit into memory");
    str_printf(out, "%s\n", text);
    free(text);
    return interrupted(err);
}

/* ---- tensors ----------------------------------------------------------------------------- */

static void add_tensor(TensorSet *set, const MatrixNode *m) {
    Str name = STR_INIT;
    str_add(&name, m->name ? m->name : "tensor");
    for (size_t i = 0, k = 2; i < set->count; i++) {
        if (strcmp(set->items[i].name, str_cstr(&name)) != 0) continue;
        str_reset(&name); /* names of a file differ */
        str_printf(&name, "%s_%zu", m->name ? m->name : "tensor", k++);
        i = (size_t)-1;
    }
    tensors_add_take(set, str_cstr(&name), name.len, tensor_retain(m->t));
    str_clear(&name);
}

static bool no_tensor(Err *err) {
    err_set(err, ERR_VALUE,
            "there is no matrix in what is to be written: it has no numbers to save");
    return err_hint(err, "tables and curves go to .csv, .tsv, .json");
}

typedef struct StrSink {
    ByteSink sink; /* first: put gets a pointer to it */
    Str *out;
} StrSink;

static bool put_bytes(ByteSink *sink, const void *bytes, size_t n, Err *err) {
    Str *out = ((StrSink *)sink)->out;
    str_addn(out, bytes, n);
    return !out->lost || err_set(err, ERR_MEMORY, "the file does not fit into the memory limit");
}

static bool as_tensors(const TensorFormat *format, View *const *views, size_t n, Str *out,
                       Err *err) {
    TensorSet set = {0};
    StrSink sink = {{put_bytes}, out};
    for (size_t i = 0; i < n; i++) {
        const View *v = views[i];
        if (v->kind == KIND_MATRIX) add_tensor(&set, &v->matrix);
        for (size_t k = 0; v->kind == KIND_THUMBS && k < v->thumbs.n; k++)
            add_tensor(&set, &v->thumbs.matrices[k]->matrix);
    }
    bool ok = set.count || no_tensor(err);
    if (ok && format->single && set.count > 1) {
        ok =
            err_set(err, ERR_VALUE, "%s holds one tensor, here are %zu", format->ending, set.count);
        err_hint(err, ".npz and .safetensors hold several");
    }
    ok = ok && format->write(&sink.sink, &set, err);
    tensors_clear(&set);
    return ok;
}

static bool as_npy(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    UNUSED(o);
    return as_tensors(&format_npy, views, n, out, err);
}

static bool as_npz(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    UNUSED(o);
    return as_tensors(&format_npz, views, n, out, err);
}

static bool as_safetensors(View *const *views, size_t n, const ExportOptions *o, Str *out,
                           Err *err) {
    UNUSED(o);
    return as_tensors(&format_safetensors, views, n, out, err);
}

/* ---- files ------------------------------------------------------------------------------- */

const ExportFormat *export_format(const char *path) {
    size_t n = strlen(path);
    for (const ExportFormat *f = export_formats; f->ending; f++) {
        size_t k = strlen(f->ending);
        if (n > k && strcmp(path + n - k, f->ending) == 0) return f;
    }
    return NULL;
}

const ExportFormat *export_wanted(const char *path, Err *err) {
    const ExportFormat *found = export_format(path);
    if (found) return found;
    Str endings = STR_INIT;
    for (const ExportFormat *f = export_formats; f->ending; f++)
        str_printf(&endings, "%s%s", f == export_formats ? "" : " ", f->ending);
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    if (dot)
        err_set(err, ERR_VALUE, "cannot write %s: %s is no format that is known here", path, dot);
    else
        err_set(err, ERR_VALUE, "cannot write %s: its ending says no format", path);
    err_hint(err, "endings are %s", str_cstr(&endings));
    str_clear(&endings);
    return NULL;
}

bool export_views(const char *path, View *const *views, size_t n, const ExportOptions *opts,
                  Err *err) {
    static const ExportOptions none = {0};
    const ExportFormat *format = export_wanted(path, err);
    if (!format) return false;
    if (!n) BUG("nothing to export");
    Str bytes = STR_INIT;
    WholeFile f;
    bool ok = format->render(views, n, opts ? opts : &none, &bytes, err);
    if (ok && bytes.lost)
        ok = err_set(err, ERR_MEMORY, "the file does not fit into the memory limit");
    ok = ok && whole_open(&f, path, opts && opts->replace, err) &&
         whole_close(&f, whole_write(&f, str_cstr(&bytes), bytes.len, err), err);
    str_clear(&bytes);
    return ok;
}

const ExportFormat export_formats[] = {
    {".svg", "a drawing", as_svg},
    {".pdf", "pages for print", as_pdf},
    {".png", "an image", as_png},
    {".txt", "text as in a terminal", as_txt},
    {".csv", "values between commas", export_csv},
    {".tsv", "values between tabs", export_tsv},
    {".json", "JSON as --json has it", as_json},
    {".md", "a table in Markdown", export_md},
    {".tex", "a matrix and a coloured table for LaTeX", export_tex},
    {".html", "a page with a coloured table", export_html},
    {".npy", "NumPy's array", as_npy},
    {".npz", "NumPy's archive of arrays", as_npz},
    {".safetensors", "tensors by name", as_safetensors},
    {NULL, NULL, NULL},
};
