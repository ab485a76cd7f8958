/* What fuzz_calls is made of: the list of everything that can be called, and the program that
 * call number n is. A program depends on the seed and its number alone, so that any one can be
 * run again by itself.
 *
 *     CallList list = call_list_make(in);
 *     call_program(&list, seed, n, &text);
 *     call_list_clear(&list);
 */
#ifndef QKV_TESTS_FUZZ_CALLS_H
#define QKV_TESTS_FUZZ_CALLS_H

#include "builtin/builtin.h"
#include "toolkit/qkv.h"

/* What an argument is to be, if it is to be plausible: a letter of call_pools. */
typedef struct CallParam {
    char *name;
    char kind;
    bool required, keyword_only, starred;
} CallParam;

typedef struct Callable {
    char *module;  /* to be imported; NULL for builtins and methods of values */
    char *text;    /* "torch.softmax", "torch.randn(2, 3).softmax" */
    bool property; /* an attribute that is no function: it is only read */
    VEC(CallParam) params;
    bool known; /* params are its own; else there is no signature: any few arguments */
} Callable;

typedef struct CallList {
    VEC(Callable) calls;
    VEC(char *) seeds;     /* valid programs: the rows' and docstrings' examples */
    VEC(char *) receivers; /* a value of every type, instances of every class among them */
    Str pool;              /* the receivers' texts, one a line: the pool 'r' */
} CallList;

/* Walks every module, the builtins, and the methods of a value of every type. */
CallList call_list_make(Interp *in);
void call_list_clear(CallList *list);

/* Argument texts by kind, one a line. */
typedef struct CallPool {
    char kind;
    const char *lines;
} CallPool;
extern const CallPool call_pools[];
extern const int call_pool_count;

/* A small generator: the same numbers on every machine. */
typedef struct CallRng {
    uint64_t state;
} CallRng;
uint64_t call_random(CallRng *r, uint64_t below);

/* Line number n of `lines`, as a copy. */
char *call_line(const char *lines, uint64_t n);
uint64_t call_line_count(const char *lines);

/* Program number n; *out is overwritten. Returns the name of what it calls, borrowed. */
const char *call_program(const CallList *list, uint64_t seed, int64_t n, Str *out);

/* The lines that every program begins with: the names its arguments are made of. */
extern const char call_preamble[];

#endif
