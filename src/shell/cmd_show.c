/* show: any matrix a person has, a variable's or a file's, as attention: drawn, by query, one head
 * or all of them. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "model/attention_json.h"
#include "model/tensors.h"
#include "shell/command.h"
#include "shell/file.h"
#include "shell/shown.h"
#include "shell/wish.h"
#include "tensorobj/tensorobj.h"
#include "tensor/view.h"

enum { FILE_LIMIT = 64 << 20, TOKENS_LIMIT = 1 << 20, LISTED = 40 };

/* What is to be seen; numbers count from 0, as the pictures do; -1: not said. */
typedef struct Wanted {
    const char *name, *tokens, *cols, *query;
    int64_t layer, head, top;
} Wanted;

#define WANTED_INIT                                                                                \
    { .layer = -1, .head = -1, .top = 5 }

/* Tokens along an axis; owned. */
typedef struct Tokens {
    char **items;
    size_t count;
} Tokens;

typedef struct Subject {
    char *name;
    Tensor *t;
    Tokens rows, cols; /* count 0: none */
} Subject;

static void tokens_clear(Tokens *t) {
    for (size_t i = 0; i < t->count; i++) mem_free(t->items[i]);
    mem_free(t->items);
    *t = (Tokens){.count = 0};
}

static void tokens_add(Tokens *t, const char *word, size_t n) {
    t->items = mem_realloc(t->items, (t->count + 1) * sizeof *t->items);
    t->items[t->count++] = mem_strndup(word, n);
}

/* Words of a text, or of the file of that name. */
static bool tokens_read(const char *text, Tokens *out, Err *err) {
    char *path = file_expand(text), *content = NULL;
    size_t n = 0;
    bool ok = access(path, R_OK) != 0 || file_read(path, TOKENS_LIMIT, &content, &n, err);
    const char *p = content ? content : text;
    for (p += strspn(p, " \t\r\n"); ok && *p; p += strspn(p, " \t\r\n")) {
        size_t len = strcspn(p, " \t\r\n");
        tokens_add(out, p, len);
        p += len;
    }
    mem_free(content);
    mem_free(path);
    return ok;
}

/* ---- what is shown -------------------------------------------------------------------------- */

static void list_tensors(Session *s, const TensorSet *set) {
    static const char *const head[] = {"name", "shape", "dtype"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < MIN(set->count, (size_t)LISTED); i++) {
        Str shape = STR_INIT;
        shape_str(&shape, set->items[i].t->ndim, set->items[i].t->shape);
        view_cell(&t, "%s", set->items[i].name);
        view_cell(&t, "%s", str_cstr(&shape));
        view_cell(&t, "%s", dtype_name((DType)set->items[i].t->dtype));
        str_clear(&shape);
    }
    out_view_take(s, view_table_end(&t, NULL));
}

static bool choose_tensor(Session *s, const char *path, const TensorSet *set, const char *name,
                          Subject *out, Err *err) {
    const NamedTensor *found = set->count == 1 && !name ? &set->items[0] : NULL;
    for (size_t i = 0; name && i < set->count; i++)
        if (strcmp(set->items[i].name, name) == 0) found = &set->items[i];
    if (!found) {
        list_tensors(s, set);
        if (name)
            err_set(err, ERR_NAME, "%s has no tensor '%s'", path, name);
        else
            err_set(err, ERR_VALUE, "%s has %zu tensors", path, set->count);
        return err_hint(err, "name=... says which of them");
    }
    out->t = tensor_retain(found->t);
    out->name = mem_strdup(*found->name ? found->name : path);
    return true;
}

static bool read_tensors(Session *s, const char *path, const char *name, Subject *out, Err *err) {
    TensorSet set = {0};
    bool ok = tensors_load(path, &set, err) && choose_tensor(s, path, &set, name, out, err);
    tensors_clear(&set);
    return ok;
}

static bool read_json(const char *path, Subject *out, Err *err) {
    char *text = NULL;
    size_t n = 0;
    AttentionFile f;
    if (!file_read(path, FILE_LIMIT, &text, &n, err)) return false;
    bool ok = attention_json_load(path, text, n, &f, err);
    mem_free(text);
    if (!ok) return false;
    out->t = tensor_retain(f.t);
    out->name = mem_strdup(path);
    for (size_t i = 0; i < f.token_count; i++) {
        tokens_add(&out->rows, f.tokens[i], strlen(f.tokens[i]));
        tokens_add(&out->cols, f.tokens[i], strlen(f.tokens[i]));
    }
    attention_file_clear(&f);
    return true;
}

static bool read_subject(Session *s, const char *word, const Wanted *w, Subject *out, Err *err) {
    char *path = file_expand(word);
    bool ok, json = file_has_ending(path, ".json"), file = json || tensors_format(path);
    if (file) {
        ok = json ? read_json(path, out, err) : read_tensors(s, path, w->name, out, err);
    } else if (strchr(word, '/') || strchr(word, '.')) {
        ok = err_set(err, ERR_VALUE, "%s is no file of a kind that is known here", word);
        err_hint(err, "attention comes as .npy .npz .safetensors or .json");
    } else {
        View *v = shown_or_variable(s, word, err);
        ok = v && view_tensor(v);
        if (ok) {
            out->t = tensor_retain((Tensor *)view_tensor(v));
            out->name = mem_strdup(word);
        } else if (v)
            err_set(err, ERR_TYPE, "%s is no matrix", word);
        else
            err_hint(err, "a variable, or a file: .npy .npz .safetensors .json");
        view_release(v);
    }
    mem_free(path);
    return ok;
}

/* ---- layers, heads, tokens ------------------------------------------------------------------ */

static bool select_one(Subject *s, const char *what, int64_t one, int dim, Err *err) {
    Tensor *part = NULL;
    if (one < 0) return true;
    if (dim < 0 || dim >= s->t->ndim - 2) {
        Str shape = STR_INIT;
        shape_str(&shape, s->t->ndim, s->t->shape);
        err_set(err, ERR_VALUE, "%s has shape %s: there are no %ss to choose from", s->name,
                str_cstr(&shape), what);
        str_clear(&shape);
        return false;
    }
    if (one >= s->t->shape[dim])
        return err_set(err, ERR_VALUE, "there is no %s %lld: %s has 0 to %lld", what,
                       (long long)one, s->name, (long long)s->t->shape[dim] - 1);
    if (!tensor_select(s->t, dim, one, &part, err)) return false;
    tensor_release(s->t);
    s->t = part;
    return true;
}

static bool labels_fit(const char *what, const Tokens *t, int64_t n, Err *err) {
    if (!t->count || (int64_t)t->count == n) return true;
    err_set(err, ERR_VALUE, "%zu tokens for %lld %s", t->count, (long long)n, what);
    return err_hint(err,
                    "as many words as the matrix has rows; cols= where its columns have others");
}

static bool narrow(Subject *s, const Wanted *w, Err *err) {
    if (s->t->ndim < 1 || s->t->ndim > 4) {
        Str shape = STR_INIT;
        shape_str(&shape, s->t->ndim, s->t->shape);
        err_set(err, ERR_VALUE, "%s has shape %s, which is no attention", s->name,
                str_cstr(&shape));
        str_clear(&shape);
        return err_hint(err, "(T, S), (heads, T, S) or (layers or batch, heads, T, S)");
    }
    int64_t layer = w->layer;
    if (layer < 0 && s->t->ndim == 4 && s->t->shape[0] == 1) layer = 0; /* a batch of one */
    if (!select_one(s, "layer", layer, s->t->ndim == 4 ? 0 : -1, err)) return false;
    if (!select_one(s, "head", w->head, s->t->ndim - 3, err)) return false;
    if (w->tokens) {
        tokens_clear(&s->rows);
        if (!tokens_read(w->tokens, &s->rows, err)) return false;
    }
    if (w->tokens || w->cols) {
        tokens_clear(&s->cols);
        if (!tokens_read(w->cols ? w->cols : w->tokens, &s->cols, err)) return false;
    }
    int d = s->t->ndim;
    return labels_fit("queries", &s->rows, d > 1 ? s->t->shape[d - 2] : 1, err) &&
           labels_fit("keys", &s->cols, s->t->shape[d - 1], err);
}

/* ---- what the numbers are ------------------------------------------------------------------- */

typedef struct Facts {
    double least, most, sum_least, sum_most;
    bool strange; /* nan or inf occurs */
} Facts;

static Facts facts_of(const Tensor *t) {
    Facts f = {INFINITY, -INFINITY, INFINITY, -INFINITY, false};
    int64_t index[TENSOR_MAX_DIM] = {0}, n = tensor_numel(t), C = t->shape[t->ndim - 1];
    double sum = 0;
    for (int64_t i = 0; i < n && !INTERRUPTED(); i++) {
        double v = tensor_get_f64(t, index);
        f.strange |= !isfinite(v);
        f.least = fmin(f.least, v), f.most = fmax(f.most, v);
        sum += v;
        if (i % C == C - 1)
            f.sum_least = fmin(f.sum_least, sum), f.sum_most = fmax(f.sum_most, sum), sum = 0;
        for (int d = t->ndim - 1; d >= 0 && ++index[d] == t->shape[d]; d--) index[d] = 0;
    }
    return f;
}

static ViewScale scale_of(const Tensor *t, const Facts *f) {
    if (t->dtype == DT_BOOL) return VIEW_MASK;
    if (f->strange && f->least >= 0 && f->most <= 1) return VIEW_WEIGHTS;
    return f->least < 0 ? VIEW_DIVERGING : f->most <= 1.001 ? VIEW_WEIGHTS : VIEW_SEQUENTIAL;
}

static void tell_facts(Session *s, const Tensor *t, const Facts *f) {
    Str said = STR_INIT;
    if (t->dtype == DT_BOOL || !tensor_numel(t)) return;
    if (f->strange) str_add(&said, "nan or inf occurs. ");
    if (f->least < 0)
        str_add(&said, "There are negative numbers: these are scores, no weights. ");
    else if (!(f->sum_least > 0.999 && f->sum_most < 1.001))
        str_printf(&said, "Rows do not sum to 1, but to %.3g to %.3g. ", f->sum_least, f->sum_most);
    if (said.len) out_view_take(s, view_note(VIEW_NOTE, str_cstr(&said)));
    str_clear(&said);
}

static void show_matrix(Session *s, const Subject *sub, const Facts *f) {
    static const char *const leads[] = {"layer", "head"};
    int extra = MAX(sub->t->ndim - 2, 0);
    ViewMatrixOpts o = {.name = sub->name,
                        .row_axis = "queries",
                        .col_axis = "keys",
                        .row_labels = (const char *const *)sub->rows.items,
                        .row_label_count = sub->rows.count,
                        .col_labels = (const char *const *)sub->cols.items,
                        .col_label_count = sub->cols.count,
                        .scale = scale_of(sub->t, f),
                        .small = extra ? VIEW_ON : VIEW_AUTO,
                        .lead_axis_count = extra};
    for (int i = 0; i < extra; i++) o.lead_axes[i] = leads[ARRAY_LEN(leads) - (size_t)(extra - i)];
    out_view_take(s, view_matrix(sub->t, &o));
}

/* ---- by query ------------------------------------------------------------------------------- */

static bool find_query(const Subject *sub, const char *text, int64_t *row, Err *err) {
    int64_t R = sub->t->ndim > 1 ? sub->t->shape[sub->t->ndim - 2] : 1;
    char *end;
    long long n = strtoll(text, &end, 10);
    for (size_t i = 0; i < sub->rows.count; i++)
        if (strcmp(sub->rows.items[i], text) == 0) {
            *row = (int64_t)i;
            return true;
        }
    if (*end || end == text || n < 0 || n >= R) {
        err_set(err, ERR_VALUE, "there is no query '%s'", text);
        return err_hint(err, "0 to %lld, or one of the tokens", (long long)R - 1);
    }
    *row = n;
    return true;
}

static double at(const Tensor *t, int64_t lead, int64_t row, int64_t col) {
    int64_t index[TENSOR_MAX_DIM] = {0};
    int d = t->ndim;
    index[d - 1] = col;
    if (d > 1) index[d - 2] = row;
    for (int k = d - 3; k >= 0; lead /= t->shape[k--]) index[k] = lead % t->shape[k];
    return tensor_get_f64(t, index);
}

/* The greatest keys of a row, as bars. */
static void show_top(Session *s, const Subject *sub, int64_t lead, const char *title, int64_t row,
                     int64_t top) {
    int64_t C = sub->t->shape[sub->t->ndim - 1], n = MIN(top, C);
    bool *taken = mem_zero((size_t)MAX(C, 1));
    char **labels = mem_zero((size_t)MAX(n, 1) * sizeof *labels);
    double *values = mem_zero((size_t)MAX(n, 1) * sizeof *values);
    for (int64_t k = 0; k < n; k++) {
        int64_t best = -1;
        for (int64_t c = 0; c < C; c++)
            if (!taken[c] && (best < 0 || at(sub->t, lead, row, c) > at(sub->t, lead, row, best)))
                best = c;
        taken[best] = true;
        Str label = STR_INIT;
        str_printf(&label, "%lld", (long long)best);
        if (sub->cols.count) str_printf(&label, " %s", sub->cols.items[best]);
        labels[k] = mem_strdup(str_cstr(&label));
        values[k] = at(sub->t, lead, row, best);
        str_clear(&label);
    }
    out_view_take(s, view_bars((const char *const *)labels, values, (size_t)n,
                               &(ViewBarsOpts){.title = title}));
    for (int64_t k = 0; k < n; k++) mem_free(labels[k]);
    mem_free(labels);
    mem_free(values);
    mem_free(taken);
}

static bool show_query(Session *s, const Subject *sub, const Wanted *w, Err *err) {
    int64_t row = 0, heads = 1;
    if (!find_query(sub, w->query, &row, err)) return false;
    for (int k = 0; k < sub->t->ndim - 2; k++) heads *= sub->t->shape[k];
    for (int64_t h = 0; h < heads && !INTERRUPTED(); h++) {
        Str title = STR_INIT;
        str_printf(&title, "query %lld", (long long)row);
        if (sub->rows.count) str_printf(&title, " (%s)", sub->rows.items[row]);
        if (heads > 1)
            str_printf(&title, ", head %lld", (long long)(h % sub->t->shape[sub->t->ndim - 3]));
        if (sub->t->ndim == 4)
            str_printf(&title, " of layer %lld", (long long)(h / sub->t->shape[1]));
        show_top(s, sub, h, str_cstr(&title), row, w->top);
        str_clear(&title);
    }
    return true;
}

/* ---- the command ---------------------------------------------------------------------------- */

static bool option_word(const char *word, Wanted *w, Err *err) {
    static const struct {
        const char *name;
        size_t field;
    } texts[] = {{"name=", offsetof(Wanted, name)},
                 {"tokens=", offsetof(Wanted, tokens)},
                 {"cols=", offsetof(Wanted, cols)},
                 {"query=", offsetof(Wanted, query)}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (str_starts(word, texts[i].name)) {
            *(const char **)((char *)w + texts[i].field) = word + strlen(texts[i].name);
            return true;
        }
    return word_number(word, "layer", 0, 1 << 20, &w->layer, err) ||
           (err->kind == ERR_OK && word_number(word, "head", 0, 1 << 20, &w->head, err)) ||
           (err->kind == ERR_OK && word_number(word, "top", 1, 1000, &w->top, err));
}

static bool show_one(Session *s, const char *word, const Wanted *w, Err *err) {
    Subject sub = {.name = NULL};
    bool ok = read_subject(s, word, w, &sub, err) && narrow(&sub, w, err);
    if (ok) {
        Facts f = facts_of(sub.t);
        if (w->query)
            ok = show_query(s, &sub, w, err);
        else
            show_matrix(s, &sub, &f);
        if (ok) tell_facts(s, sub.t, &f);
    }
    tensor_release(sub.t);
    mem_free(sub.name);
    tokens_clear(&sub.rows);
    tokens_clear(&sub.cols);
    return ok;
}

static bool run_show(Session *s, const Call *c, Err *err) {
    Wanted w = WANTED_INIT;
    int shown = 0;
    for (int i = 1; i < c->argc; i++)
        if (!option_word(c->argv[i], &w, err) && err->kind != ERR_OK) return false;
    for (int i = 1; i < c->argc; i++) {
        Wanted ignored = WANTED_INIT;
        if (option_word(c->argv[i], &ignored, err)) continue;
        if (strchr(c->argv[i], '=')) {
            err_set(err, ERR_VALUE, "show knows no '%s'", c->argv[i]);
            return err_hint(err, "name= tokens= cols= layer= head= query= top=");
        }
        if (!show_one(s, c->argv[i], &w, err)) return false;
        shown++;
    }
    return shown || command_usage(&cmd_show, err);
}

static void complete_show(Session *s, const Call *c, Offer offer, void *ctx) {
    static const char *const words[] = {
        "name=", "tokens=", "cols=", "layer=", "head=", "query=", "top="};
    UNUSED(c);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) offer(ctx, words[i]);
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (value_tensor(v)) offer(ctx, name);
    }
}

const Command cmd_show = {
    .name = "show",
    .usage = "show NAME|FILE ... [tokens=\"a b c\"] [cols=..] [layer=0] [head=1] [query=3] [top=5] "
             "[name=..]",
    .summary = "draw attention that you have: a variable, or a .npy .npz .safetensors .json file",
    .help = "Attention saved by your own PyTorch run, (T, S), (heads, T, S) or (layers or batch, "
            "heads, T, S): "
            "one head with its digits, all of them as a grid, or by `query` the keys that it looks "
            "at. Layers, heads and queries count from 0; a query may be a token. `tokens` are "
            "words, or a file "
            "of them. What "
            "is strange is said: rows that do not sum to 1, negative numbers, nan. `qkv show a.npy "
            "--export a.pdf` writes it as well.",
    .run = run_show,
    .complete = complete_show,
};
