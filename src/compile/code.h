/* What the compiler makes and the VM runs: register code.
 *
 * A frame's registers are the locals (parameters first) followed by temporaries.
 * An operand written RK names a register, or a constant when RK_CONST is set.
 *
 * Ownership of temporaries: an instruction that reads a temporary consumes it. Fast
 * paths may leave an int or a float behind in a consumed temporary, never an object,
 * so nothing is kept alive by a register that the program has finished with.
 *
 * An instruction is one 8-byte word; some take a second word (`arg`, `hint`).
 */
#ifndef QKV_COMPILE_CODE_H
#define QKV_COMPILE_CODE_H

#include "base/source.h"
#include "value/value.h"

typedef union Ins {
    struct {
        uint8_t op, x;
        uint16_t a, b, c;
    };
    struct {
        uint8_t jop, jx;
        uint16_t ja;
        int32_t off; /* jumps: relative to the next instruction */
    };
    struct { /* second words */
        int32_t arg;
        uint32_t hint; /* inline cache: see dict_slot_hint */
    };
} Ins;

enum { RK_CONST = 0x8000, REG_MAX = 0x7ff0 };

/* X(name): operands. "+" marks a second word. Arithmetic and comparison stand in the
 * order of Op. */
/* clang-format off */
#define INSTRUCTIONS(X)                                                                            \
    X(MOVE)      /* a = RK b */                                                                    \
    X(LOADK)     /* a = const[arg] + */                                                            \
    X(CLEAR)     /* a = UNSET */                                                                   \
    X(DELLOCAL)  /* a = UNSET; an error when it is already */                                      \
    X(GETGLOBAL) /* a = module or builtin name const[arg] + */                                     \
    X(SETGLOBAL) /* name = RK b + */                                                               \
    X(DELGLOBAL) /* + */                                                                           \
    X(GETNAME)   /* a = name in a class body + */                                                  \
    X(SETNAME)   /* class body name = RK b + */                                                    \
    X(DELNAME)   /* + */                                                                           \
    X(NEWCELL)   /* a = cell(a) */                                                                 \
    X(GETCELL)   /* a = contents of cell b; x: b numbers a free variable */                        \
    X(SETCELL)   /* contents of cell a = RK b; x as above */                                       \
    X(DELCELL)   /* a, x */                                                                        \
    X(ADD)       /* a = RK b + RK c; x: in place */                                                \
    X(SUB) X(MUL) X(DIV) X(FLOORDIV) X(MOD) X(POW) X(MATMUL)                                       \
    X(AND) X(OR) X(XOR) X(LSHIFT) X(RSHIFT)                                                        \
    X(NEG)       /* a = -RK b */                                                                   \
    X(POS) X(INVERT) X(NOT)                                                                        \
    X(EQ)        /* a = RK b == RK c */                                                            \
    X(NE) X(LT) X(LE) X(GT) X(GE) X(IN) X(NOT_IN) X(IS) X(IS_NOT)                                  \
    X(JEQ)       /* jump arg if (RK b == RK c) == x + */                                           \
    X(JNE) X(JLT) X(JLE) X(JGT) X(JGE)                                                             \
    X(JIS)       /* jump arg if (RK b is RK c) == x + */                                           \
    X(JMP)       /* off */                                                                         \
    X(LOOP)      /* off, backward: polls */                                                        \
    X(JT)        /* off if RK a is true; x: keeps a temporary */                                   \
    X(JF)                                                                                          \
    X(ITER)      /* a, a+1, a+2 = iteration state of RK b */                                       \
    X(FORITER)   /* a = next of state b, or jump arg + */                                          \
    X(TUPLE)     /* a = (b, b+1, ... c of them) */                                                 \
    X(LIST) X(SET)                                                                                 \
    X(DICT)      /* c pairs from b */                                                              \
    X(APPEND)    /* list a gains RK b */                                                           \
    X(SETADD)                                                                                      \
    X(MAPADD)    /* dict a [RK b] = RK c */                                                        \
    X(EXTEND)    /* list a gains the items of RK b */                                              \
    X(SETUPDATE)                                                                                   \
    X(MERGE)     /* dict a updated from mapping RK b; x: keywords of a call */                     \
    X(LISTTUPLE) /* a = tuple(list a) */                                                           \
    X(SLICE)     /* a = slice(b, b+1, b+2) */                                                      \
    X(UNPACK)    /* a, a+1, ... = c items of RK b */                                               \
    X(UNPACKEX)  /* a ... : c before the star, the list, x after it */                             \
    X(FORMAT)    /* a = format(RK b, RK c); x: conversion */                                       \
    X(CONCAT)    /* a = c strings from b joined */                                                 \
    X(GETATTR)   /* a = RK b . const[arg] + */                                                     \
    X(SETATTR)   /* RK a . const[arg] = RK b + */                                                  \
    X(DELATTR)   /* RK a + */                                                                      \
    X(METHOD)    /* a, a+1 = function and self (or UNSET) of RK b . const[arg] + */                \
    X(GETINDEX)  /* a = RK b [RK c] */                                                             \
    X(SETINDEX)  /* RK a [RK b] = RK c */                                                          \
    X(DELINDEX)  /* del RK a [RK b] */                                                             \
    X(CALL)      /* c = a(a+1 ... b of them, then keywords const[arg] when arg >= 0) + */          \
    X(CALLM)     /* after METHOD: arguments from a+2 + */                                          \
    X(CALLEX)    /* c = a(*list a+1, **dict a+2) + */                                              \
    X(RETURN)    /* RK a */                                                                        \
    X(FUNC)      /* a = function of child code arg, defaults from b + */                           \
    X(CLASS)     /* a = class: body function a, c bases from a+1 */                                \
    X(ANNOTATE)  /* class body: __annotations__[const b] = const c */                              \
    X(RAISE)     /* RK a; x 2: from RK b */                                                        \
    X(RERAISE)   /* exception a, its traceback kept */                                             \
    X(MATCH)     /* a = exception b is one of RK c */                                              \
    X(CATCHALL)  /* a = exception b may be caught by a bare except */                              \
    X(ASSERTFAIL) /* x: message RK a */                                                            \
    X(ENTER)     /* a = exit method, a+1 = RK b.__enter__() */                                     \
    X(LEAVE)     /* a(None, None, None) */                                                         \
    X(LEAVEEXC)  /* c = truth of a(type, exception b, None) */                                     \
    X(YIELD)     /* yields RK b; a = what is sent */                                               \
    X(YIELDFROM) /* a = result of delegating to iterator b */                                      \
    X(GETITER)   /* a = iter(RK b) as an object */                                                 \
    X(IMPORT)    /* a = module const[arg]; x: IMPORT_* + */                                        \
    X(IMPORTFROM) /* a = const[arg] from module b + */                                             \
    X(IMPORTSTAR) /* everything public of module b */

/* clang-format on */

enum {
    IMPORT_TOP = 1,   /* bind the first part of a dotted name */
    IMPORT_STRICT = 2 /* inside a try that catches ImportError: fail at once, no stub */
};

typedef enum InsCode {
#define X(name) I_##name,
    INSTRUCTIONS(X)
#undef X
        I_COUNT
} InsCode;

/* Where control goes when an instruction in [start, end) fails. */
typedef struct CodeHandler {
    uint32_t start, end, target;
    uint16_t reg;  /* receives the exception */
    uint16_t base; /* temporaries from here on are cleared */
    bool cleanup;  /* finally or with: runs even when the error cannot be caught */
} CodeHandler;

/* Instructions that run while the exception in reg is handled (while it is there): except and
 * finally clauses, the exit of a with. What is raised there has it as its context. */
typedef struct HandlingMark {
    uint32_t start, end;
    uint16_t reg;
} HandlingMark;

/* Statement that the instructions from pc on belong to. */
typedef struct StmtMark {
    uint32_t pc;
    Span span;
} StmtMark;

/* Source of the operands of the instruction at pc: spans[first .. first+count). */
typedef struct OperandMark {
    uint32_t pc, first, count;
} OperandMark;

/* How a function value gets a free variable when it is made. */
typedef struct FreeFrom {
    bool from_free; /* the enclosing function's free variable, else its register */
    uint16_t index;
} FreeFrom;

enum {
    CODE_VARARGS = 1u << 0,
    CODE_KWARGS = 1u << 1,
    CODE_GENERATOR = 1u << 2,
    CODE_CLASS = 1u << 3, /* a class body: names live in a dict */
    CODE_MODULE = 1u << 4,
    CODE_PLAIN = 1u << 6,  /* parameters are positional ones only, and it is no generator */
    CODE_PRELUDE = 1u << 5 /* qkv's own source: skipped when the user's place is asked for */
};

typedef struct Code Code;
struct Code {
    int refs;
    unsigned flags;
    Source *src;
    Span span;         /* the whole definition */
    StrObj *name;      /* "<module>", "<lambda>" */
    StrObj *qualname;  /* "Net.forward" */
    Value doc;         /* str or None */
    Dict *annotations; /* parameter name -> text; NULL: none */

    /* Parameters are registers 0..: positional, keyword-only, *args, **kwargs. */
    uint16_t npos_only, npos, nkwonly;
    uint16_t nlocals, nregs;
    StrObj **local_names; /* nlocals of them; hidden ones are NULL */
    int nfree;
    FreeFrom *free_from;
    StrObj **free_names;

    VEC(Ins) ins;
    VEC(Span) spans; /* one per word */
    VEC(Value) consts;
    VEC(Code *) children;
    VEC(CodeHandler) handlers;  /* inner before outer */
    VEC(HandlingMark) handling; /* inner before outer */
    VEC(StmtMark) stmts;
    VEC(OperandMark) operands;
    VEC(Span) operand_spans;
};

Code *code_new(Source *src);
static inline Code *code_retain(Code *c) {
    c->refs++;
    return c;
}
void code_release(Code *c);
Span code_span(const Code *c, uint32_t pc);
Span code_stmt(const Code *c, uint32_t pc);
/* Spans of the operands at pc, or NULL. */
const Span *code_operands(const Code *c, uint32_t pc, int *count);
const CodeHandler *code_handler(const Code *c, uint32_t pc);

#endif
