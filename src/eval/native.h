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
 *       .fn = torch_softmax },
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
#ifndef QKV_NATIVE_H
#define QKV_NATIVE_H

#include "eval/value.h"

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
    NATIVE_SIZES = 1u << 8     /* *sizes may come as a keyword too: flip(0, 1), flip(dims=(0, 1)) */
};

typedef struct NativeRow {
    const char *sig; /* for a method the first parameter is self */
    NativeFn fn;
    unsigned flags;
    const char *doc;     /* shapes, units, errors, source */
    const char *example; /* ">>> ..." doctest text, or NULL for aliases */
} NativeRow;

/* A function object for a row that lives for ever (static tables). */
Value native_new(Interp *in, const NativeRow *row, const char *module);
/* The row behind a function or method value, or NULL. */
const NativeRow *native_row(Value v);
/* The name in a signature: bytes up to '('. */
size_t native_name_len(const NativeRow *row);

/* How `out=` is served for rows with NATIVE_OUT: the body runs without it, then fn puts *result
 * into `to` (borrowed) and replaces *result (owned) by it. name: the function, for errors. */
typedef bool (*NativeOut)(Interp *in, const char *name, Value to, Value *result, Err *err);
void native_out_register(NativeOut fn);

/* Says whether v may stand for a parameter annotated with a name. None is not asked about
 * where the default is None, nor UNSET where it is `...`. */
typedef bool (*NativeCheck)(Interp *in, Value v);
/* `wanted` (NULL: the name itself) goes into the TypeError: "softmax(): argument 'input'
 * (position 1) must be Tensor, not list". Process-wide; a name registered again is replaced. */
void native_checker_register(const char *annotation, NativeCheck fn, const char *wanted);

/* torch takes numpy's scalars for the numbers that they are: what a value of a TYPE_NUMBER type
 * (not the parameter `data` of torch.tensor and its kin) becomes in a call of a row of torch's.
 * *number is None, bool, int or float; false: stays as it is. Process-wide. */
typedef bool (*NativeNumber)(Value v, Value *number);
void native_number_register(NativeNumber fn);

#endif
