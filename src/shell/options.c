/* The command line; see options.h. */
#include "config.h"

#include "shell/options.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>

#include "base/suggest.h"
#include "term/ground.h"

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

/* ---- what an option's text becomes; false: it is not what the row wants --------------------- */

static bool read_flag(const char *arg, void *field) {
    UNUSED(arg);
    *(bool *)field = true;
    return true;
}

static bool read_text(const char *arg, void *field) {
    *(const char **)field = arg;
    return true;
}

static bool read_color(const char *arg, void *field) {
    return color_when_parse(arg, field);
}

static bool read_ground(const char *arg, void *field) {
    return ground_parse(arg, field);
}

static bool read_memory(const char *arg, void *field) {
    return parse_bytes(arg, field) && *(size_t *)field > 0;
}

static bool read_time(const char *arg, void *field) {
    return parse_time(arg, field);
}

static bool read_seed(const char *arg, void *field) {
    Seed *seed = field;
    seed->given = true;
    return whole_number(arg, &seed->value);
}

static bool read_threads(const char *arg, void *field) {
    int64_t n;
    if (!whole_number(arg, &n) || n < 1 || n > 256) return false;
    *(int *)field = (int)n;
    return true;
}

static bool read_export(const char *arg, void *field) {
    Options *o = (Options *)((char *)field - offsetof(Options, exports));
    bool room = *arg && o->nexports < (int)ARRAY_LEN(o->exports);
    if (room) o->exports[o->nexports++] = arg;
    return room;
}

static bool read_theme(const char *arg, void *field) {
    return picture_theme_parse(arg, field);
}

static bool read_paper(const char *arg, void *field) {
    return picture_paper_parse(arg, field);
}

#define INTO(field) offsetof(Options, field)

const OptionRow option_rows[] = {
    {"-c", NULL, "CODE", "run CODE and leave", INTO(code), read_text, NULL},
    {"--interactive", "-i", NULL, "stay at the prompt afterwards", INTO(interactive), read_flag,
     NULL},
    {"--json", NULL, NULL, "one JSON object per step instead of text", INTO(json), read_flag, NULL},
    {"--color", NULL, "WHEN", "auto, always or never", INTO(color), read_color,
     "auto, always or never"},
    {"--ground", NULL, "GROUND",
     "what the terminal's text stands on: auto (it is asked), light or dark", INTO(ground),
     read_ground, "auto, light or dark"},
    {"--wide", NULL, NULL, "show wide matrices whole", INTO(wide), read_flag, NULL},
    {"--export", NULL, "[NAME=]FILE",
     "write what was shown last, or as NAME, to FILE (.svg .pdf .png .csv .tex ...); repeatable",
     INTO(exports), read_export, "a file, or NAME=FILE, at most 32 of them"},
    {"--theme", NULL, "THEME", "of exported pictures: light, dark or print", INTO(theme),
     read_theme, "light, dark or print"},
    {"--page", NULL, "PAPER", "of exported PDFs: a4 or letter; else as large as the picture",
     INTO(paper), read_paper, "a4 or letter"},
    {"--force", NULL, NULL, "exports replace existing files", INTO(force), read_flag, NULL},
    {"--memory", NULL, "BYTES",
     "limit for all that is held beyond the start (512M, 2G; default: half of the machine's);\n"
     "the process's peak is at most 20 % above",
     INTO(memory), read_memory, "a number of bytes such as 512M or 2G"},
    {"--time", NULL, "SECONDS",
     "processor time for a line, a script or a cell, or off; default: only a lesson's cells have\n"
     "a limit, 60 s, where nobody sits at a terminal",
     INTO(time_ns), read_time, "seconds such as 10 or 0.5, off or auto"},
    {"--seed", NULL, "N", "torch.manual_seed(N) before anything runs", INTO(seed), read_seed,
     "a whole number"},
    {"--threads", NULL, "N", "threads that large kernels may use", INTO(threads), read_threads,
     "a whole number from 1 to 256"},
    {"--lessons", NULL, "DIR", "a folder of lessons of your own, beside those of qkv",
     INTO(lessons_dir), read_text, NULL},
    {"--data-dir", NULL, "DIR", "where lessons/ and data/ are", INTO(data_dir), read_text, NULL},
    {"--state-dir", NULL, "DIR", "where history is kept (default: $XDG_STATE_HOME/qkv)",
     INTO(state_dir), read_text, NULL},
    {"--norc", NULL, NULL, "do not read qkvrc", INTO(norc), read_flag, NULL},
    {"--quiet", NULL, NULL, "no greeting", INTO(quiet), read_flag, NULL},
    {"--complete", NULL, "LINE", "print how LINE could go on, one a line (for shells)",
     INTO(complete), read_text, NULL},
    {"--version", NULL, NULL, "version, licence and the matrix library in use", INTO(version),
     read_flag, NULL},
    {"--help", "-h", NULL, "this text", INTO(help), read_flag, NULL},
    {NULL, NULL, NULL, NULL, 0, NULL, NULL},
};

bool options_unknown(const char *word, Err *err) {
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

static char *equals_of(char *word) {
    return str_starts(word, "--") ? strchr(word, '=') : NULL;
}

static const OptionRow *row_of(char *word) {
    char *equals = equals_of(word);
    return row_for(word, equals ? (size_t)(equals - word) : strlen(word));
}

/* The option at argv[*i], whose value may be the word behind it; *i is its last word then. */
static bool take_option(Options *o, const OptionRow *r, int argc, char **argv, int *i, Err *err) {
    char *equals = equals_of(argv[*i]);
    const char *arg = equals ? equals + 1 : NULL;
    if (arg && !r->arg) return err_set(err, ERR_VALUE, "%s takes no value, got '%s'", r->name, arg);
    if (r->arg && !arg) {
        if (*i + 1 >= argc) return err_set(err, ERR_VALUE, "%s wants %s after it", r->name, r->arg);
        arg = argv[++*i];
    }
    if (!r->read(arg, (char *)o + r->field))
        return err_set(err, ERR_VALUE, "%s wants %s, got '%s'", r->name, r->wanted, arg);
    return true;
}

/* Behind a lesson or a command long options may stand anywhere; what stands behind a file or code
 * is theirs. The words that stay keep their order at the front of argv. */
static bool take_later(Options *o, int argc, char **argv, int first, Err *err) {
    const char *word = first < argc ? argv[first] : "-";
    size_t n = strlen(word);
    bool file = strcmp(word, "-") == 0 || (n > 3 && strcmp(word + n - 3, ".py") == 0);
    int kept = first;
    for (int i = first; i < argc; i++) {
        const OptionRow *r = !file && str_starts(argv[i], "--") ? row_of(argv[i]) : NULL;
        if (!r)
            argv[kept++] = argv[i];
        else if (!take_option(o, r, argc, argv, &i, err))
            return false;
    }
    o->args = argv + first;
    o->nargs = kept - first;
    return true;
}

bool options_parse(Options *o, int argc, char **argv, Err *err) {
    *o = (Options){0};
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) {
            o->args = argv + i + 1;
            o->nargs = argc - i - 1;
            return true;
        }
        const OptionRow *r = row_of(argv[i]);
        if (!r) return options_unknown(argv[i], err);
        if (!take_option(o, r, argc, argv, &i, err)) return false;
        if (!o->code) continue;
        o->args = argv + i + 1;
        o->nargs = argc - i - 1;
        return true;
    }
    return take_later(o, argc, argv, i, err);
}

void options_help(Str *out) {
    str_add(
        out,
        "qkv: the attention mechanism, live\n\n"
        "  qkv                          the prompt\n"
        "  qkv 36 [name=value ...]      a lesson by its number or name; `qkv lessons` lists them\n"
        "  qkv attend text=\"...\"        on a terminal one screen: scores, weights, output\n"
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
