/* Terminal facts from an environment; see term.h. */
#include "config.h"

#include "term/term.h"

#include <ctype.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_DEFAULT = 80, LINES_DEFAULT = 24, SIZE_MAX_SANE = 1000 };

static bool is_set(const char *s) {
    return s && *s;
}

static bool contains(const char *s, const char *part) {
    return s && strstr(s, part);
}

/* A size from the kernel, else from the environment, else the default. */
static int size_of(bool tty, int kernel, const char *env, int least, int fallback) {
    long n = tty && kernel > 0 ? kernel : 0;
    if (n == 0 && is_set(env)) {
        char *end;
        n = strtol(env, &end, 10);
        if (*end || n < 0) n = 0;
    }
    if (n == 0) n = fallback;
    return (int)MIN(MAX(n, least), SIZE_MAX_SANE);
}

/* What is known of terminals by TERM, the first row that fits: its beginning, or a part of it.
 * COLORTERM is of the terminal that the shell began in: one without colours stays so. */
static const struct {
    const char *begin, *part;
    ColorDepth depth;
    bool fixed; /* whatever COLORTERM says */
} terminals[] = {
    {.begin = "vt1", .depth = DEPTH_NONE, .fixed = true},
    {.begin = "vt2", .depth = DEPTH_NONE, .fixed = true},
    {.begin = "vt3", .depth = DEPTH_NONE, .fixed = true},
    {.begin = "vt4", .depth = DEPTH_NONE, .fixed = true},
    {.begin = "vt5", .depth = DEPTH_NONE, .fixed = true},
    {.part = "-mono", .depth = DEPTH_NONE, .fixed = true},
    {.part = "dumb", .depth = DEPTH_NONE},
    {.part = "direct", .depth = DEPTH_TRUE},
    {.part = "kitty", .depth = DEPTH_TRUE},
    {.begin = "alacritty", .depth = DEPTH_TRUE},
    {.begin = "foot", .depth = DEPTH_TRUE},
    {.begin = "wezterm", .depth = DEPTH_TRUE},
    {.part = "ghostty", .depth = DEPTH_TRUE},
    {.part = "256color", .depth = DEPTH_256},
    {.begin = "", .depth = DEPTH_16},
};

static bool begins(const char *s, const char *with) {
    return strncmp(s, with, strlen(with)) == 0;
}

/* What TERM and COLORTERM promise, tty or not. */
static ColorDepth promised_depth(const TermEnv *env) {
    bool more = contains(env->colorterm, "truecolor") || contains(env->colorterm, "24bit");
    if (!is_set(env->term)) return more ? DEPTH_TRUE : DEPTH_NONE;
    size_t i = 0;
    while (terminals[i].part ? !contains(env->term, terminals[i].part)
                             : !begins(env->term, terminals[i].begin))
        i++;
    return more && !terminals[i].fixed ? DEPTH_TRUE : terminals[i].depth;
}

static ColorDepth depth_of(const TermEnv *env) {
    ColorDepth depth = promised_depth(env);
    if (env->color == COLOR_NEVER) return DEPTH_NONE;
    if (env->color == COLOR_ALWAYS) return MAX(depth, DEPTH_16);
    if (!env->tty || is_set(env->no_color)) return DEPTH_NONE;
    return contains(env->term, "dumb") ? DEPTH_NONE : depth;
}

/* The encoding that setlocale(LC_CTYPE, "") would take. */
static bool utf8_of(const TermEnv *env) {
    const char *locale = is_set(env->lc_all)     ? env->lc_all
                         : is_set(env->lc_ctype) ? env->lc_ctype
                                                 : env->lang;
    const char *dot = locale ? strchr(locale, '.') : NULL;
    return dot && (strncasecmp(dot + 1, "utf-8", 5) == 0 || strncasecmp(dot + 1, "utf8", 4) == 0);
}

/* COLORFGBG is "fg;bg" or "fg;other;bg"; 7 and 9..15 are light grounds. */
static Ground ground_of(const TermEnv *env) {
    const char *bg = env->colorfgbg ? strrchr(env->colorfgbg, ';') : NULL;
    if (env->ground != GROUND_UNKNOWN) return env->ground;
    if (!bg || !isdigit((unsigned char)bg[1])) return GROUND_UNKNOWN;
    long n = strtol(bg + 1, NULL, 10);
    return n == 7 || (n >= 9 && n <= 15) ? GROUND_LIGHT : GROUND_DARK;
}

TermFacts term_facts(const TermEnv *env) {
    bool dumb = !is_set(env->term) || strcmp(env->term, "dumb") == 0;
    return (TermFacts){
        .columns = size_of(env->tty, env->tty_columns, env->columns, 20, COLUMNS_DEFAULT),
        .lines = size_of(env->tty, env->tty_lines, env->lines, 5, LINES_DEFAULT),
        .depth = depth_of(env),
        .utf8 = utf8_of(env),
        .ground = ground_of(env),
        .tty = env->tty,
        .cursor = env->tty && !dumb,
    };
}

TermEnv term_env_read(int fd) {
    TermEnv env = {
        .term = getenv("TERM"),
        .colorterm = getenv("COLORTERM"),
        .no_color = getenv("NO_COLOR"),
        .colorfgbg = getenv("COLORFGBG"),
        .columns = getenv("COLUMNS"),
        .lines = getenv("LINES"),
        .lc_all = getenv("LC_ALL"),
        .lc_ctype = getenv("LC_CTYPE"),
        .lang = getenv("LANG"),
        .tty = isatty(fd) == 1,
    };
    struct winsize size;
    if (env.tty && ioctl(fd, TIOCGWINSZ, &size) == 0) {
        env.tty_columns = size.ws_col;
        env.tty_lines = size.ws_row;
    }
    return env;
}

bool color_when_parse(const char *s, ColorWhen *out) {
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(s, names[i]) == 0) {
            *out = (ColorWhen)i;
            return true;
        }
    return false;
}
