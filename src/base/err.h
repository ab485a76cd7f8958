/* Errors as values. A function that can fail returns bool and takes `Err *err`
 * last: false means err is set, outputs are untouched and nothing leaked. The
 * first error wins: err_set on a set Err keeps the old one.
 *
 * Kinds are Python's exception classes one to one, so that try/except in the
 * dialect works on every error that C code raises. A user's mistake is an Err;
 * a broken invariant is BUG().
 *
 *     Err err = {0};
 *     if (!tensor_zeros(..., &t, &err)) { report(&err); err_clear(&err); }
 *     return err_set(err, ERR_VALUE, "n must be 1..%d, got %d", max, n);
 */
#ifndef QKV_BASE_ERR_H
#define QKV_BASE_ERR_H

#include "base/base.h"
#include "base/source.h"

/* X(enum suffix, Python class, parent class suffix) */
#define ERR_KINDS(X)                                                                               \
    X(BASE, "BaseException", BASE)                                                                 \
    X(EXCEPTION, "Exception", BASE)                                                                \
    X(ARITHMETIC, "ArithmeticError", EXCEPTION)                                                    \
    X(ZERODIV, "ZeroDivisionError", ARITHMETIC)                                                    \
    X(OVERFLOW, "OverflowError", ARITHMETIC)                                                       \
    X(ASSERT, "AssertionError", EXCEPTION)                                                         \
    X(ATTRIBUTE, "AttributeError", EXCEPTION)                                                      \
    X(IMPORT, "ImportError", EXCEPTION)                                                            \
    X(MODULE, "ModuleNotFoundError", IMPORT)                                                       \
    X(LOOKUP, "LookupError", EXCEPTION)                                                            \
    X(INDEX, "IndexError", LOOKUP)                                                                 \
    X(KEY, "KeyError", LOOKUP)                                                                     \
    X(MEMORY, "MemoryError", EXCEPTION)                                                            \
    X(NAME, "NameError", EXCEPTION)                                                                \
    X(UNBOUND, "UnboundLocalError", NAME)                                                          \
    X(OS, "OSError", EXCEPTION)                                                                    \
    X(FILENOTFOUND, "FileNotFoundError", OS)                                                       \
    X(RUNTIME, "RuntimeError", EXCEPTION)                                                          \
    X(NOTIMPL, "NotImplementedError", RUNTIME)                                                     \
    X(LINALG, "_LinAlgError", RUNTIME)                                                             \
    X(RECURSION, "RecursionError", RUNTIME)                                                        \
    X(STOPITER, "StopIteration", EXCEPTION)                                                        \
    X(SYNTAX, "SyntaxError", EXCEPTION)                                                            \
    X(INDENT, "IndentationError", SYNTAX)                                                          \
    X(TYPE, "TypeError", EXCEPTION)                                                                \
    X(VALUE, "ValueError", EXCEPTION)                                                              \
    X(UNICODE, "UnicodeError", VALUE)                                                              \
    X(WARNING, "Warning", EXCEPTION)                                                               \
    X(USERWARNING, "UserWarning", WARNING)                                                         \
    X(DEPRECATION, "DeprecationWarning", WARNING)                                                  \
    X(PENDING, "PendingDeprecationWarning", WARNING)                                               \
    X(FUTURE, "FutureWarning", WARNING)                                                            \
    X(RUNWARNING, "RuntimeWarning", WARNING)                                                       \
    X(SYNTAXWARNING, "SyntaxWarning", WARNING)                                                     \
    X(IMPORTWARNING, "ImportWarning", WARNING)                                                     \
    X(UNICODEWARNING, "UnicodeWarning", WARNING)                                                   \
    X(BYTESWARNING, "BytesWarning", WARNING)                                                       \
    X(RESOURCEWARNING, "ResourceWarning", WARNING)                                                 \
    X(TIMEOUT, "TimeoutError", OS)                                                                 \
    X(INTERRUPT, "KeyboardInterrupt", BASE)                                                        \
    X(GENEXIT, "GeneratorExit", BASE)                                                              \
    X(EXIT, "SystemExit", BASE)

typedef enum ErrKind {
    ERR_OK = 0,
#define X(id, name, parent) ERR_##id,
    ERR_KINDS(X)
#undef X
        ERR_RAISED, /* an exception object of the dialect: the evaluator holds it */
    ERR_KIND_COUNT
} ErrKind;

/* One line of a traceback; innermost last. */
typedef struct ErrFrame {
    Source *src; /* retained */
    Span span;
    char *where; /* function name or "<module>"; owned */
} ErrFrame;

typedef struct Err {
    ErrKind kind;
    char *msg;            /* what was wanted and what came; no trailing newline; owned */
    char *hint;           /* one thing to try, or NULL; owned */
    VEC(ErrFrame) frames; /* innermost first, as they were unwound */
} Err;

/* Always false, so that `return err_set(...)` reads well; a macro so that the compiler knows. */
#define err_set(...)                                                                               \
    (__extension__({                                                                               \
        err_set_text(__VA_ARGS__);                                                                 \
        false;                                                                                     \
    }))
void err_set_text(Err *err, ErrKind kind, const char *fmt, ...) COLD PRINTF_LIKE(3, 4);
/* Adds the thing to try to an error just set; keeps an earlier hint. Returns false. */
bool err_hint(Err *err, const char *fmt, ...) COLD PRINTF_LIKE(2, 3);
/* Appends a traceback frame (retains src, copies where). */
void err_frame(Err *err, Source *src, Span span, const char *where);
/* Moves `from` into an unset `to`; `from` is reset. */
void err_move(Err *to, Err *from);
void err_clear(Err *err);

/* "ValueError" for ERR_VALUE; "Exception" for kinds without a class. */
const char *err_kind_name(ErrKind kind);
/* The parent class; ERR_BASE is its own. */
ErrKind err_kind_parent(ErrKind kind);

#endif
