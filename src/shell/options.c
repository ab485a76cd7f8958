/* The command line; see options.h. */
#include "config.h"

#include "shell/options.h"

#include <errno.h>
#include <math.h>

#include "base/suggest.h"

bool parse_bytes(const char *s, size_t *out) {
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    double v = strtod(s, &end);
    if (end == s || errno || !isfinite(v) || v < 0) return false;
    const char *u = *end ? strchr(units, *end & ~0x20) : NULL;
    if (*end && u) {
        v = ldexp(v, 10 * (int)(u - units + 1));
        end++;
        if (*end == 'i') end++;
    }
    if (*end == 'B' || *end == 'b') end++;
    if (*end || v >= 0x1p63) return false;
    *out = (size_t)v;
    return true;
}

bool parse_time(const char *s, int64_t *ns) {
    char *end;
    bool automatic = !strcmp(s, "auto"), off = !strcmp(s, "off");
    if (automatic || off) {
        *ns = off ? TIME_OFF : TIME_AUTO;
        return true;
    }
    double v = strtod(s, &end);
    if (end == s || *end || !(v >= 0.001 && v <= 1e9)) return false;
    *ns = (int64_t)(v * 1e9);
    return true;
}

static bool whole_number(const char *s, int64_t *out) {
    char *end;
    errno = 0;
    long long v = strtoll(s, &end, 10);
    if (end == s || *end || errno) return false;
    *out = v;
    return true;
}

static bool wrong(Err *err, const char *option, const char *wanted, const char *arg) {
    return err_set(err, ERR_VALUE, "%s wants %s, got '%s'", option, wanted, arg);
}

static bool set_interactive(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->interactive = true;
}
static bool set_json(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->json = true;
}
static bool set_norc(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->norc = true;
}
static bool set_quiet(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->quiet = true;
}
static bool set_wide(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->wide = true;
}
static bool set_help(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->help = true;
}
static bool set_version(Options *o, const char *arg, Err *err) {
    UNUSED(arg), UNUSED(err);
    return o->version = true;
}
static bool set_code(Options *o, const char *arg, Err *err) {
    UNUSED(err);
    o->code = arg;
    return true;
}
static bool set_color(Options *o, const char *arg, Err *err) {
    return color_when_parse(arg, &o->color) || wrong(err, "--color", "auto, always or never", arg);
}
static bool set_memory(Options *o, const char *arg, Err *err) {
    return (parse_bytes(arg, &o->memory) && o->memory > 0) ||
           wrong(err, "--memory", "a number of bytes such as 512M or 2G", arg);
}
static bool set_time(Options *o, const char *arg, Err *err) {
    return parse_time(arg, &o->time_ns) ||
           wrong(err, "--time", "seconds such as 10 or 0.5, off or auto", arg);
}
static bool set_seed(Options *o, const char *arg, Err *err) {
    o->has_seed = true;
    return whole_number(arg, &o->seed) || wrong(err, "--seed", "a whole number", arg);
}
static bool set_threads(Options *o, const char *arg, Err *err) {
    int64_t n;
    if (!whole_number(arg, &n) || n < 1 || n > 256)
        return wrong(err, "--threads", "a whole number from 1 to 256", arg);
    o->threads = (int)n;
    return true;
}
static bool set_lessons(Options *o, const char *arg, Err *err) {
    UNUSED(err);
    o->lessons_dir = arg;
    return true;
}
static bool set_data(Options *o, const char *arg, Err *err) {
    UNUSED(err);
    o->data_dir = arg;
    return true;
}
static bool set_state(Options *o, const char *arg, Err *err) {
    UNUSED(err);
    o->state_dir = arg;
    return true;
}

static bool set_complete(Options *o, const char *arg, Err *err) {
    UNUSED(err);
    o->complete = arg;
    return true;
}

const OptionRow option_rows[] = {
    {"-c", NULL, "CODE", "run CODE and leave", set_code},
    {"--interactive", "-i", NULL, "stay at the prompt afterwards", set_interactive},
    {"--json", NULL, NULL, "one JSON object per step instead of text", set_json},
    {"--color", NULL, "WHEN", "auto, always or never", set_color},
    {"--wide", NULL, NULL, "show wide matrices whole", set_wide},
    {"--memory", NULL, "BYTES",
     "limit for all that is held beyond the start (512M, 2G; default: half of the machine's);\n"
     "the process's peak is at most 20 % above", set_memory},
    {"--time", NULL, "SECONDS",
     "processor time for a line, a script or a cell, or off; default: only a lesson's cells have\n"
     "a limit, 60 s, where nobody sits at a terminal", set_time},
    {"--seed", NULL, "N", "torch.manual_seed(N) before anything runs", set_seed},
    {"--threads", NULL, "N", "threads that large kernels may use", set_threads},
    {"--lessons", NULL, "DIR", "a folder of lessons of your own", set_lessons},
    {"--data-dir", NULL, "DIR", "where lessons/ and data/ are", set_data},
    {"--state-dir", NULL, "DIR", "where history is kept (default: $XDG_STATE_HOME/qkv)", set_state},
    {"--norc", NULL, NULL, "do not read qkvrc", set_norc},
    {"--quiet", NULL, NULL, "no greeting", set_quiet},
    {"--complete", NULL, "LINE", "print how LINE could go on, one a line (for shells)",
     set_complete},
    {"--version", NULL, NULL, "version, licence and the matrix library in use", set_version},
    {"--help", "-h", NULL, "this text", set_help},
    {NULL, NULL, NULL, NULL, NULL},
};

static bool unknown(Err *err, const char *word) {
    Suggest near = suggest_for(word);
    for (const OptionRow *r = option_rows; r->name; r++) suggest_offer(&near, r->name);
    err_set(err, ERR_VALUE, "unknown option %s", word);
    if (near.best) return err_hint(err, "did you mean %s?", near.best);
    return err_hint(err, "qkv --help lists the options");
}

/* The row whose name or alias is the first len bytes of word. */
static const OptionRow *row_for(const char *word, size_t len) {
    for (const OptionRow *r = option_rows; r->name; r++) {
        if (strlen(r->name) == len && strncmp(word, r->name, len) == 0) return r;
        if (r->alias && strlen(r->alias) == len && strncmp(word, r->alias, len) == 0) return r;
    }
    return NULL;
}

bool options_parse(Options *o, int argc, char **argv, Err *err) {
    *o = (Options){0};
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        char *word = argv[i];
        if (strcmp(word, "--") == 0) {
            i++;
            break;
        }
        char *equals = str_starts(word, "--") ? strchr(word, '=') : NULL;
        const OptionRow *r = row_for(word, equals ? (size_t)(equals - word) : strlen(word));
        if (!r) return unknown(err, word);
        const char *arg = equals ? equals + 1 : NULL;
        if (arg && !r->arg)
            return err_set(err, ERR_VALUE, "%s takes no value, got '%s'", r->name, arg);
        if (r->arg && !arg) {
            if (i + 1 >= argc)
                return err_set(err, ERR_VALUE, "%s wants %s after it", r->name, r->arg);
            arg = argv[++i];
        }
        if (!r->set(o, arg, err)) return false;
        if (r->set == set_code) {
            i++;
            break;
        }
    }
    o->args = argv + i;
    o->nargs = argc - i;
    return true;
}

void options_help(Str *out) {
    str_add(
        out,
        "qkv: the attention mechanism, live\n\n"
        "  qkv                          the prompt\n"
        "  qkv 36 [name=value ...]      a lesson by its number or name; `qkv lessons` lists them\n"
        "  qkv COMMAND [...]            any command of the prompt; `qkv help` lists them\n"
        "  qkv FILE.py | FILE.md        a script, or a lesson of your own\n"
        "  qkv -c 'CODE'                one piece of code;  ... | qkv -  from a pipe\n\n"
        "options\n");
    for (const OptionRow *r = option_rows; r->name; r++) {
        Str left = STR_INIT;
        str_printf(&left, "  %s%s%s", r->alias ? r->alias : "", r->alias ? ", " : "", r->name);
        if (r->arg) str_printf(&left, "%s%s", strlen(r->name) > 2 ? "=" : " ", r->arg);
        for (const char *p = r->help; *p;) { /* further lines stand below the first */
            size_t n = strcspn(p, "\n");
            str_printf(out, "%-26s %.*s\n", p == r->help ? str_cstr(&left) : "", (int)n, p);
            p += n + (p[n] != '\0');
        }
        str_clear(&left);
    }
    str_add(
        out,
        "\nexit status: 0 done, 1 an error in the code or a lesson, 2 usage, 130 interrupted\n");
}
