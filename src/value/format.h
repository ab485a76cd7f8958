/* Text of values under Python's three formatting systems: format specs
 * (f"{x:>8.3f}"), str.format with its fields, and the % operator.
 *
 *     if (!format_float(3.14159, ".2f", 3, &out, err)) ...     -> "3.14"
 *
 * A width or precision out of all proportion is a MemoryError before anything is built.
 */
#ifndef QKV_VALUE_FORMAT_H
#define QKV_VALUE_FORMAT_H

#include "value/value.h"

/* [[fill]align][sign][z][#][0][width][grouping][.precision][type] */
typedef struct FormatSpec {
    char fill[4];
    int fill_len;
    char align; /* '<' '>' '^' '=' or 0 */
    char sign;  /* '+' '-' ' ' or 0 */
    bool alternate, zero, no_neg_zero;
    int64_t width;     /* 0: none */
    char grouping;     /* ',' '_' or 0 */
    int64_t precision; /* -1: none */
    char type;         /* 0: none */
} FormatSpec;

/* A width or precision beyond this is a MemoryError: texts are for reading. */
enum { FORMAT_WIDTH_MAX = 1 << 24 };
bool format_admit(int64_t n, Err *err);

/* type: of the value, for the error. */
bool format_spec_parse(const char *spec, size_t n, const char *type, FormatSpec *out, Err *err);

bool format_str(const char *s, size_t len, const char *spec, size_t n, Str *out, Err *err);
bool format_int(int64_t v, const char *spec, size_t n, Str *out, Err *err);
bool format_float(double v, const char *spec, size_t n, Str *out, Err *err);
bool format_complex(double re, double im, const char *spec, size_t n, Str *out, Err *err);
bool format_bool(bool v, const char *spec, size_t n, Str *out, Err *err);

/* fmt % args. */
bool format_percent(Interp *in, StrObj *fmt, Value args, Str *out, Err *err);
/* fmt.format(*pos, **kw): pos a tuple, kw any mapping (or UNSET). */
bool format_fields(Interp *in, StrObj *fmt, Value pos, Value kw, Str *out, Err *err);

#endif
