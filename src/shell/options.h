/* The command line: one table that parsing, --help, the man page and completion loop.
 *
 *     Options o;
 *     if (!options_parse(&o, argc, argv, &err)) ... exit status 2
 */
#ifndef QKV_SHELL_OPTIONS_H
#define QKV_SHELL_OPTIONS_H

#include "base/err.h"
#include "base/str.h"
#include "export/export.h"
#include "term/term.h"

enum { TIME_AUTO = 0, TIME_OFF = -1 };

typedef struct Seed {
    bool given;
    int64_t value;
} Seed;

typedef struct Options {
    bool interactive; /* -i: stay at the prompt after the command */
    bool json, norc, quiet, help, version, wide;
    ColorWhen color;
    Ground ground;   /* unknown: asked from the terminal */
    size_t memory;   /* bytes; 0: the default */
    int64_t time_ns; /* for a piece of code; 0: the default, TIME_OFF: none */
    Seed seed;
    int threads; /* 0: the default */
    const char *lessons_dir, *data_dir, *state_dir;
    const char *exports[32]; /* --export: "FILE" or "NAME=FILE" */
    int nexports;
    bool force; /* existing files are replaced */
    PictureTheme theme;
    PicturePaper paper;
    const char *code;     /* -c */
    const char *complete; /* --complete: a line to be completed */
    char **args;          /* what follows the options: FILE, or a command's words */
    int nargs;
} Options;

/* Options stand before and behind a lesson or a command with its words (those with two dashes),
 * before a file; `--` ends them. Pointers go into argv, which is put into that order. ERR_VALUE
 * names the option, what it wanted and the nearest name. */
bool options_parse(Options *o, int argc, char **argv, Err *err);
/* "unknown option --jsno" with the nearest; always false. */
bool options_unknown(const char *word, Err *err);
/* The usage text: `qkv --help`. */
void options_help(Str *out);
/* Bytes: "4096", "64K", "1.5G" (of 1024); false for anything else. */
bool parse_bytes(const char *s, size_t *out);

/* "auto", "off" or seconds of the processor's time, as "2.5"; false for anything else. */
bool parse_time(const char *s, int64_t *ns);

/* For completion and documentation checks. */
typedef struct OptionRow {
    const char *name;  /* "--memory" */
    const char *alias; /* "-i" or NULL */
    const char *arg;   /* "BYTES" or NULL */
    const char *help;
    size_t field; /* of Options: what `read` makes of the text goes there */
    bool (*read)(const char *arg, void *field);
    const char *wanted; /* what a text that `read` refuses should have been */
} OptionRow;
extern const OptionRow option_rows[]; /* ends with a NULL name */

#endif
