/* Functions written in C, as rows of a table.
 *
 * One row says everything about a name: its signature text gives binding,
 * defaults, keywords, help, completion and error texts; the example runs as a
 * test. Signatures read like Python's stubs:
 *
 *     { .sig = "softmax(input: Tensor, dim: int, dtype: dtype = None) -> Tensor",
 *       .doc = "exp(x - max) / sum over dim; rows sum to 1.",
 *       .example = "torch.softmax(torch.zeros(2, 2), dim=-1)\n"
 *                  "tensor([[0.5000, 0.5000],\n        [0.5000, 0.5000]])",
 *       .fn = do_softmax },
 *
 * Parameters bind as in Python (`/`, `*`, `*args`, `**kwargs`, defaults). Each
 * parameter becomes one slot of `args`, in the order of the signature: a missing
 * one with default None is VT_NONE, other literal defaults (ints, floats, True,
 * False, strings, `...` for "decided by the body", which is VT_UNSET) are already
 * filled in. `*args` arrives as a tuple, `**kwargs` as a dict. Annotations are
 * checked where they name a type that a checker is registered for; others document.
 * The example's first lines are code, the rest from the last non-code line on is
 * the expected echo; in text it is written as a doctest: ">>> code" and output lines.
 */
#ifndef QKV_VALUE_ROW_H
#define QKV_VALUE_ROW_H

#include "value/value.h"

/* args: one slot per parameter, borrowed. out is owned by the caller. */
typedef bool (*NativeFn)(Interp *in, Value *args, Value *out, Err *err);

/* What calling it can touch; the safety test walks these. Everything else is pure. */
enum {
    NATIVE_PRINTS = 1u << 0,   /* writes to the interpreter's output */
    NATIVE_RANDOM = 1u << 1,   /* advances the generator */
    NATIVE_MUTATES = 1u << 2,  /* changes an argument */
    NATIVE_TIME = 1u << 3,     /* reads the clock */
    NATIVE_STATIC = 1u << 4,   /* a method that takes no self */
    NATIVE_PROPERTY = 1u << 5, /* a method that runs on attribute access */
    NATIVE_CLASS = 1u << 6,    /* a class method: first slot is the type */
    NATIVE_OUT = 1u << 7,      /* takes out= too: see native_out_register */
    NATIVE_SIZES = 1u << 8,    /* *sizes may come as a keyword too: flip(0, 1), flip(dims=(0, 1)) */
    NATIVE_FILES = 1u << 9     /* reads or writes files: only where interp_files_set allows it */
};

typedef struct NativeRow {
    const char *sig; /* for a method the first parameter is self */
    NativeFn fn;
    unsigned flags;
    const char *doc;     /* shapes, units, errors, source */
    const char *example; /* ">>> ..." doctest text, or NULL for aliases */
} NativeRow;

/* The result of a row that gives none. */
static inline bool row_none(Value *out) {
    *out = VALUE_NONE;
    return true;
}

#endif
