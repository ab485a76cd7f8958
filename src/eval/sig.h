/* The compiled form of a native's signature text.
 *
 *     Signature *s = sig_parse("softmax(input: Tensor, dim: int, dtype: dtype = None)");
 */
#ifndef QKV_EVAL_SIG_H
#define QKV_EVAL_SIG_H

#include "eval/native.h"

typedef struct SigCheck {
    char *annotation, *wanted;
    NativeCheck fn;
} SigCheck;

typedef struct SigParam {
    StrObj *name;
    ParamKind kind;
    bool required;
    Value deflt;
    int check; /* number of a registered checker, or -1 */
} SigParam;

typedef struct Signature {
    StrObj *name;
    int count;           /* slots */
    int npos_only, npos; /* parameters that take positional arguments */
    int varargs, kwargs; /* slots, or -1 */
    bool checked;        /* some parameter has a checker */
    SigParam p[];
} Signature;

/* BUG() on text that is no signature: rows are the program's own. */
Signature *sig_parse(const char *text);
void sig_free(Signature *s);
const SigCheck *sig_check(int number);

#endif
