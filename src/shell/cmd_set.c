/* set: the options of a session, one row each. */
#include "config.h"

#include <errno.h>

#include "attn/pool.h"
#include "base/suggest.h"
#include "shell/command.h"
#include "tensor/tensor.h"
#include "term/ground.h"
#include "view/number.h"

typedef struct SettingRow {
    const char *name, *values, *help;
    bool (*put)(Session *s, const char *value); /* false: not one of the values */
    void (*get)(const Session *s, Str *out);
} SettingRow;

static bool parse_switch(const char *v, bool *out) {
    bool on = !strcmp(v, "on") || !strcmp(v, "true") || !strcmp(v, "1");
    bool off = !strcmp(v, "off") || !strcmp(v, "false") || !strcmp(v, "0");
    if (on || off) *out = on;
    return on || off;
}

/* The place of a word in a list. */
static bool put_word(const char *v, const char *const *words, size_t n, int *at) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(v, words[i]) != 0) continue;
        *at = (int)i;
        return true;
    }
    return false;
}

static bool parse_range(const char *v, int min, int max, int *out) {
    char *end;
    errno = 0;
    long n = strtol(v, &end, 10);
    if (end == v || *end || errno || n < min || n > max) return false;
    *out = (int)n;
    return true;
}

static bool put_precision(Session *s, const char *v) {
    if (!strcmp(v, "auto"))
        s->set.precision = -1;
    else
        return parse_range(v, 0, 12, &s->set.precision);
    return true;
}
static void get_precision(const Session *s, Str *o) {
    if (s->set.precision < 0)
        str_add(o, "auto");
    else
        str_printf(o, "%d", s->set.precision);
}
static bool put_width(Session *s, const char *v) {
    if (!strcmp(v, "auto"))
        s->set.width = 0;
    else
        return parse_range(v, 20, 1000, &s->set.width);
    return true;
}
static void get_width(const Session *s, Str *o) {
    if (s->set.width)
        str_printf(o, "%d", s->set.width);
    else
        str_printf(o, "auto (%d)", s->facts.columns);
}
static bool put_color(Session *s, const char *v) {
    if (!color_when_parse(v, &s->opt.color)) return false;
    session_facts_read(s);
    return true;
}
static void get_color(const Session *s, Str *o) {
    static const char *const names[] = {"auto", "always", "never"};
    str_add(o, names[s->opt.color]);
}
static bool put_ground(Session *s, const char *v) {
    if (!ground_parse(v, &s->opt.ground)) return false;
    session_facts_read(s);
    return true;
}
static void get_ground(const Session *s, Str *o) {
    str_add(o, ground_name(s->opt.ground));
    if (!s->opt.ground)
        str_printf(o, " (%s)", s->facts.ground ? ground_name(s->facts.ground) : "unknown");
}
static bool put_theme(Session *s, const char *v) {
    return theme_parse(v, &s->set.theme);
}
static void get_theme(const Session *s, Str *o) {
    str_add(o, theme_name(s->set.theme));
}
static bool put_repr(Session *s, const char *v) {
    if (strcmp(v, "pretty") && strcmp(v, "torch")) return false;
    s->set.repr = strcmp(v, "torch") ? REPR_PRETTY : REPR_TORCH;
    return true;
}
static void get_repr(const Session *s, Str *o) {
    str_add(o, s->set.repr == REPR_TORCH ? "torch" : "pretty");
}
static bool put_wide(Session *s, const char *v) {
    return parse_switch(v, &s->set.wide);
}
static void get_wide(const Session *s, Str *o) {
    str_add(o, s->set.wide ? "on" : "off");
}
/* In the order of CodeForm, whose folded has no word of its own: a fence says it. */
static const char *const code_forms[] = {"show", "fold", "", "hide"};
static bool put_code(Session *s, const char *v) {
    int form;
    if (!*v || !put_word(v, code_forms, ARRAY_LEN(code_forms), &form)) return false;
    s->set.code = (CodeForm)form;
    s->unfolded = false;
    return true;
}
static void get_code(const Session *s, Str *o) {
    str_add(o, code_forms[s->set.code]);
}

static const char *const ledger_forms[] = {"off", "on", "line", "full"};
static bool put_ledger(Session *s, const char *v) {
    int form;
    bool on, ok = true;
    if (put_word(v, ledger_forms, ARRAY_LEN(ledger_forms), &form))
        s->set.ledger = (LedgerForm)form;
    else if ((ok = parse_switch(v, &on)))
        s->set.ledger = on ? LEDGER_ON : LEDGER_OFF;
    return ok;
}
static void get_ledger(const Session *s, Str *o) {
    str_add(o, ledger_forms[s->set.ledger]);
}
static bool put_threads(Session *s, const char *v) {
    UNUSED(s);
    int n;
    if (!parse_range(v, 1, 256, &n)) return false;
    attn_threads_set(n);
    return true;
}
static void get_threads(const Session *s, Str *o) {
    UNUSED(s);
    str_printf(o, "%d", attn_threads());
}
static bool put_memory(Session *s, const char *v) {
    UNUSED(s);
    size_t bytes;
    if (!parse_bytes(v, &bytes) || !bytes) return false;
    memory_limit_set(bytes);
    return true;
}
static void get_memory(const Session *s, Str *o) {
    UNUSED(s);
    number_bytes(o, (double)tensor_memory_used());
    str_add(o, " of ");
    number_bytes(o, (double)memory_limit());
    str_add(o, " used");
}

static bool put_time(Session *s, const char *v) {
    if (!parse_time(v, &s->opt.time_ns)) return false;
    session_time_apply(s);
    return true;
}
static void get_time(const Session *s, Str *o) {
    int64_t ns = s->opt.time_ns, cell = reading_cell_limit(s);
    if (ns > 0)
        str_printf(o, "%.6g s", (double)ns / 1e9);
    else if (ns == TIME_OFF)
        str_add(o, "off");
    else if (cell)
        str_printf(o, "auto (%.6g s for a lesson's cell)", (double)cell / 1e9);
    else
        str_add(o, "auto (none)");
}

static bool put_pager(Session *s, const char *v) {
    mem_free(s->set.pager);
    s->set.pager = strcmp(v, "auto") ? mem_strdup(v) : NULL;
    return true;
}
static void get_pager(const Session *s, Str *o) {
    str_add(o, s->set.pager ? s->set.pager : "auto");
}

static const SettingRow rows[] = {
    {"precision", "auto or 0..12", "decimals of the matrices on the screen", put_precision,
     get_precision},
    {"width", "auto or 20..1000", "columns to draw in", put_width, get_width},
    {"color", "auto, always or never", "colour", put_color, get_color},
    {"ground", "auto, light or dark", "what the terminal's text stands on", put_ground, get_ground},
    {"theme", "viridis, cividis or grey", "colours behind the digits", put_theme, get_theme},
    {"repr", "pretty or torch", "how a bare tensor is echoed", put_repr, get_repr},
    {"wide", "on or off", "show wide matrices whole", put_wide, get_wide},
    {"pager", "auto, off or a command",
     "for help and matrices larger than the screen; off: lessons without pages", put_pager,
     get_pager},
    {"ledger", "off, on, line or full",
     "what a line or a cell cost: its sums on a terminal, or whole; off: not under lines",
     put_ledger, get_ledger},
    {"code", "fold, show or hide", "long code in a lesson on a terminal (c in a lesson)", put_code,
     get_code},
    {"threads", "1..256", "threads that large attention kernels may use", put_threads, get_threads},
    {"memory", "bytes, such as 512M or 2G",
     "limit for all that is held beyond the start; peak at most 20 % above", put_memory,
     get_memory},
    {"time", "auto, off or seconds", "processor time for a line, a script or a cell", put_time,
     get_time},
};

static void list_all(Session *s) {
    static const char *const head[] = {"option", "is", "may be", ""};
    static const ViewAlign align[] = {VIEW_LEFT, VIEW_LEFT, VIEW_LEFT, VIEW_LEFT};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str now = STR_INIT;
        rows[i].get(s, &now);
        view_cell(&t, "%s", rows[i].name);
        view_cell(&t, "%s", str_cstr(&now));
        view_cell(&t, "%s", rows[i].values);
        view_cell(&t, "%s", rows[i].help);
        str_clear(&now);
    }
    out_view_take(s, view_table_end(&t, &(ViewTableOpts){.align = align}));
}

static const SettingRow *find_row(const char *name, size_t len, Err *err) {
    char *copy = mem_strndup(name, len);
    Suggest near = suggest_for(copy);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (strcmp(rows[i].name, copy) == 0) {
            mem_free(copy);
            return &rows[i];
        }
        suggest_offer(&near, rows[i].name);
    }
    err_set(err, ERR_NAME, "there is no option '%s'", copy);
    if (near.best)
        err_hint(err, "did you mean %s?", near.best);
    else
        err_hint(err, "`set` alone lists them");
    mem_free(copy);
    return NULL;
}

/* `set`, `set NAME`, `set NAME=VALUE`, `set NAME VALUE`. */
static bool run_set(Session *s, const Call *c, Err *err) {
    if (c->argc == 1) {
        list_all(s);
        return true;
    }
    if (c->argc > 3) return command_usage(&cmd_set, err);
    const char *word = c->argv[1], *equals = strchr(word, '=');
    const SettingRow *r = find_row(word, equals ? (size_t)(equals - word) : strlen(word), err);
    if (!r) return false;
    const char *value = equals ? equals + 1 : c->argc == 3 ? c->argv[2] : NULL;
    if (value && !r->put(s, value))
        return err_set(err, ERR_VALUE, "%s may be %s, not '%s'", r->name, r->values, value);
    if (value) return true;
    Str now = STR_INIT;
    r->get(s, &now);
    out_print(s, "%s = %s\n", r->name, str_cstr(&now));
    str_clear(&now);
    return true;
}

static void complete_set(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(s);
    const char *word = c->argc > 1 ? c->argv[c->argc - 1] : "";
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str text = STR_INIT;
        str_printf(&text, "%s=", rows[i].name);
        if (!str_starts(word, str_cstr(&text)))
            offer(ctx, str_cstr(&text));
        else
            for (const char *p = rows[i].values; *p;) { /* the words of "on or off" */
                size_t n = strcspn(p, " ,");
                Str v = STR_INIT;
                str_printf(&v, "%s=%.*s", rows[i].name, (int)n, p);
                if (n && strncmp(p, "or", n) && !memchr(p, '.', n)) offer(ctx, str_cstr(&v));
                str_clear(&v);
                p += n;
                p += strspn(p, " ,");
            }
        str_clear(&text);
    }
}

const Command cmd_set = {
    .name = "set",
    .usage = "set [NAME[=VALUE]]",
    .summary = "list or change options",
    .run = run_set,
    .complete = complete_set,
};
