/* Commands that write what was shown: export, once. A person types them; no cell can. */
#include "config.h"

#include "shell/command.h"
#include "shell/file.h"
#include "shell/shown.h"
#include "tensorobj/tensorobj.h"

/* `theme=print`, `page=a4`: false without err set: it is another word. */
static bool option_word(const char *word, ExportOptions *o, Err *err) {
    if (str_starts(word, "theme=")) {
        if (picture_theme_parse(word + 6, &o->theme)) return true;
        return err_set(err, ERR_VALUE, "theme is light, dark or print, got '%s'", word + 6);
    }
    if (str_starts(word, "page=")) {
        if (picture_paper_parse(word + 5, &o->paper)) return true;
        return err_set(err, ERR_VALUE, "page is a4 or letter, got '%s'", word + 5);
    }
    return false;
}

typedef VEC(View *) Views;

static void views_clear(Views *v) {
    for (size_t i = 0; i < v->count; i++) view_release(v->items[i]);
    vec_clear(v);
}

/* "q,k," -> q and k. */
static bool add_names(Session *s, const char *words, Views *out, Err *err) {
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, ",");
        char *name = mem_strndup(p, n);
        View *v = n ? shown_or_variable(s, name, err) : NULL;
        mem_free(name);
        if (n && !v) return false;
        if (v) vec_push(out, v);
        p += n + (p[n] == ',');
    }
    return true;
}

/* The file is the last word but for options; "!" alone or at its end replaces what is there. */
static char *file_word(const Call *c, int *last, ExportOptions *o, Err *err) {
    *last = c->argc - 1;
    while (*last > 0 && option_word(c->argv[*last], o, err)) --*last;
    if (err->kind != ERR_OK) return NULL;
    if (*last > 1 && strcmp(c->argv[*last], "!") == 0) o->replace = true, --*last;
    if (*last < 1) return NULL;
    char *word = mem_strdup(c->argv[*last]);
    size_t n = strlen(word);
    if (n > 1 && word[n - 1] == '!') word[n - 1] = '\0', o->replace = true;
    char *path = file_expand(word);
    mem_free(word);
    return path;
}

static bool run_export(Session *s, const Call *c, Err *err) {
    ExportOptions o = shown_options(s);
    Views views = {0};
    int last;
    char *path = file_word(c, &last, &o, err);
    if (!path) return err->kind == ERR_OK ? command_usage(&cmd_export, err) : false;
    bool ok = export_wanted(path, err) != NULL;
    for (int i = 1; ok && i < last; i++) {
        bool option = option_word(c->argv[i], &o, err);
        ok = err->kind == ERR_OK && (option || add_names(s, c->argv[i], &views, err));
    }
    if (ok && !views.count) {
        View *v = shown_last(s);
        if (v) vec_push(&views, v);
        if (!v) {
            ok = err_set(err, ERR_VALUE, "nothing was shown yet");
            err_hint(err, "export NAME FILE writes a variable: export weights weights.svg");
        }
    }
    ok = ok && export_views(path, views.items, views.count, &o, err);
    if (ok) out_print(s, "written to %s\n", path);
    views_clear(&views);
    mem_free(path);
    return ok;
}

static void complete_export(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(c);
    for (int i = 0; i < module_count(s->scope); i++) {
        Value v;
        const char *name = module_name_at(s->scope, i, &v);
        if (value_tensor(v)) offer(ctx, name);
    }
    for (size_t i = 0; i < s->shown.count; i++)
        if (view_name(s->shown.items[i])) offer(ctx, view_name(s->shown.items[i]));
    offer(ctx, "theme=");
    offer(ctx, "page=");
}

const Command cmd_export = {
    .name = "export",
    .usage = "export [NAME ...] FILE[!] [theme=light|dark|print] [page=a4|letter]",
    .summary = "write what was shown, or a variable, as a picture, a table or a tensor",
    .help =
        "`export weights weights.svg` writes what was shown as weights, or the variable; without a "
        "name the last figure. The ending says the format: .svg .pdf .png are pictures "
        "(theme=print "
        "is for paper: greys, hidden cells hatched), .csv .tsv .md .tex .html .json .txt text, "
        ".npy "
        ".npz .safetensors tensors. Several names go into one file, of a PDF onto its pages. An "
        "existing file is replaced only with `!` behind it; a file is whole or absent.",
    .run = run_export,
    .complete = complete_export,
};

static bool run_once(Session *s, const Call *c, Err *err) {
    ExportOptions o = shown_options(s);
    int last;
    char *path = file_word(c, &last, &o, err);
    if (!path || last != 1) {
        mem_free(path);
        return err->kind == ERR_OK ? command_usage(&cmd_once, err) : false;
    }
    bool ok = export_wanted(path, err) != NULL;
    mem_free(ok ? s->once : path);
    if (ok) s->once = path;
    if (ok) out_print(s, "the next figure goes to %s\n", path);
    return ok;
}

const Command cmd_once = {
    .name = "once",
    .usage = "once FILE",
    .summary = "write the next figure that is shown to a file",
    .help =
        "`once a.png`, then `attend`: the first matrix, table, curve or bars that is drawn goes "
        "to the file as well. Formats are those of `export`.",
    .run = run_once,
};
