/* The syntax tree of the dialect: Python's own shape, one Node struct.
 *
 * Nodes, lists and strings live in the parse's Arena and die with it. Every node
 * has a span into its Source for carets. Names are plain C strings here; the
 * compiler interns them. A list is (items, count); an absent child is NULL.
 *
 *     Ast ast;
 *     switch (parse(src, PARSE_FILE, arena, &ast, err)) ...
 *     for (int i = 0; i < ast.body.count; i++) compile_stmt(c, ast.body.items[i]);
 */
#ifndef QKV_LANG_AST_H
#define QKV_LANG_AST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/source.h"

typedef enum NodeKind {
    /* expressions */
    EX_NONE,
    EX_TRUE,
    EX_FALSE,
    EX_ELLIPSIS,
    EX_INT,        /* i */
    EX_FLOAT,      /* f */
    EX_IMAG,       /* f: the imaginary part (1j) */
    EX_STR,        /* str: text with escapes resolved */
    EX_FSTRING,    /* list: EX_STR and EX_FIELD parts */
    EX_FIELD,      /* field: {value!conv:spec}, only inside EX_FSTRING */
    EX_NAME,       /* name */
    EX_TUPLE,      /* list */
    EX_LIST,       /* list */
    EX_SET,        /* list */
    EX_DICT,       /* dict: keys[i] NULL means **values[i] */
    EX_STARRED,    /* one: *value in calls, displays and targets */
    EX_BINARY,     /* bin: op, left, right */
    EX_UNARY,      /* bin: op, left */
    EX_COMPARE,    /* cmp: first, then ops[i] rights[i] */
    EX_BOOLOP,     /* boolop: is_or, list of 2 or more */
    EX_IFEXP,      /* cond: test, then, other */
    EX_NAMED,      /* assign: target name := value (targets.items[0], value) */
    EX_LAMBDA,     /* func: body.items[0] is the expression */
    EX_CALL,       /* call */
    EX_ATTR,       /* attr: value.name */
    EX_INDEX,      /* bin: left[right]; right may be EX_SLICE or EX_TUPLE of them */
    EX_SLICE,      /* slice: lower, upper, step, each may be NULL */
    EX_LISTCOMP,   /* comp */
    EX_SETCOMP,    /* comp */
    EX_DICTCOMP,   /* comp: elt is the key, value its value */
    EX_GENERATOR,  /* comp */
    EX_YIELD,      /* one, may be NULL */
    EX_YIELD_FROM, /* one */
    /* statements */
    ST_EXPR,   /* one */
    ST_ASSIGN, /* assign: targets = ... = value */
    ST_AUG,    /* bin: left op= right */
    ST_ANN,    /* assign: targets.items[0]: annotation = value (value may be NULL) */
    ST_DEL,    /* list */
    ST_PASS,
    ST_BREAK,
    ST_CONTINUE,
    ST_RETURN,   /* one, may be NULL */
    ST_IF,       /* flow: test, body, orelse (elif is a nested ST_IF) */
    ST_WHILE,    /* flow */
    ST_FOR,      /* flow: target, test = the iterable, body, orelse */
    ST_TRY,      /* tryst */
    ST_WITH,     /* with */
    ST_RAISE,    /* bin: left = exception or NULL, right = cause or NULL */
    ST_ASSERT,   /* bin: left = test, right = message or NULL */
    ST_GLOBAL,   /* names */
    ST_NONLOCAL, /* names */
    ST_IMPORT,   /* import: every alias a module */
    ST_FROM,     /* import: module, aliases; level dots */
    ST_DEF,      /* func */
    ST_CLASS     /* klass */
} NodeKind;

typedef enum Op {
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_FLOORDIV,
    OP_MOD,
    OP_POW,
    OP_MATMUL,
    OP_AND,
    OP_OR,
    OP_XOR,
    OP_LSHIFT,
    OP_RSHIFT,
    OP_NEG,
    OP_POS,
    OP_INVERT,
    OP_NOT,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_NOT_IN,
    OP_IS,
    OP_IS_NOT,
    OP_COUNT
} Op;

/* "+", "not in", ... */
const char *op_text(Op op);

typedef struct Node Node;

typedef struct NodeList {
    Node **items;
    int count;
} NodeList;

typedef struct NameList {
    const char **items;
    Span *spans;
    int count;
} NameList;

/* for TARGET in ITER if COND if COND */
typedef struct CompFor {
    Node *target, *iter;
    NodeList conds;
} CompFor;

typedef enum ParamKind {
    PARAM_POS_ONLY,
    PARAM_NORMAL,
    PARAM_VARARGS,
    PARAM_KW_ONLY,
    PARAM_KWARGS
} ParamKind;

typedef struct Param {
    const char *name;
    ParamKind kind;
    Node *deflt, *annotation; /* may be NULL */
    Span span;
} Param;

typedef struct Keyword {
    const char *name; /* NULL: **value */
    Node *value;
    Span span;
} Keyword;

typedef struct Handler {
    Node *type;       /* NULL: bare except */
    const char *name; /* NULL: no `as` */
    NodeList body;
    Span span;
} Handler;

typedef struct Alias {
    const char *name;   /* dotted; "*" for star */
    const char *asname; /* NULL: none */
    Span span;
} Alias;

struct Node {
    NodeKind kind;
    Span span;
    union {
        int64_t i;
        double f;
        struct {
            const char *s;
            size_t len;
        } str;
        const char *name;
        Node *one;
        NodeList list;
        NameList names;
        struct {
            Node *value;
            char conv;
            bool debug;
            const char *text;
            Node *spec;
        } field;
        /* conv: 0 r s a; debug: {x=} with its source text; spec: EX_FSTRING or EX_STR or NULL */
        struct {
            Op op;
            Node *left, *right;
        } bin;
        struct {
            Node *first;
            Op *ops;
            Node **rights;
            int count;
        } cmp;
        struct {
            bool is_or;
            NodeList list;
        } boolop;
        struct {
            Node *test, *then, *other;
        } cond;
        struct {
            Node *func;
            NodeList args;
            Keyword *kws;
            int nkws;
        } call;
        struct {
            Node *value;
            const char *name;
            Span name_span;
        } attr;
        struct {
            Node *lower, *upper, *step;
        } slice;
        struct {
            Node **keys, **values;
            int count;
        } dict;
        struct {
            Node *elt, *value;
            CompFor *fors;
            int nfors;
        } comp;
        struct {
            NodeList targets;
            Node *value, *annotation;
        } assign;
        struct {
            Node *target, *test;
            NodeList body, orelse;
        } flow;
        struct {
            NodeList body, orelse, final;
            Handler *handlers;
            int nhandlers;
        } tryst;
        struct {
            Node **contexts, **targets;
            int count;
            NodeList body;
        } with;
        struct {
            const char *module;
            int level;
            Alias *aliases;
            int count;
        } import;
        struct {
            const char *name; /* NULL for a lambda */
            Param *params;
            int nparams;
            Node *returns; /* annotation or NULL */
            NodeList decorators, body;
            const char *doc; /* docstring or NULL */
        } func;
        struct {
            const char *name;
            NodeList bases;
            Keyword *kws;
            int nkws;
            NodeList decorators, body;
            const char *doc;
        } klass;
    };
};

typedef struct Ast {
    NodeList body;
} Ast;

typedef enum ParseMode {
    PARSE_FILE,       /* a whole text */
    PARSE_INTERACTIVE /* a prompt's lines so far: may answer PARSE_INCOMPLETE */
} ParseMode;

typedef enum ParseResult { PARSE_OK, PARSE_INCOMPLETE, PARSE_ERROR } ParseResult;

/* Interactive text is lines that each end in a newline, the last one too: a block at its end is
 * complete when an empty line follows ("...\n\n").
 *
 * The parser itself refuses break and continue outside a loop, return, yield and nonlocal
 * outside a function, targets that cannot be assigned to, and repeated parameter and keyword
 * names; everything about scopes (global after use, ...) is the compiler's.
 * {x=} with neither conversion nor spec has conv 'r' already. Text larger than 4 MiB is refused;
 * no expression is higher than 2000 nodes and no elif chain longer than 1000, so that readers
 * of the tree may recurse.
 *
 * PARSE_ERROR: err set (ERR_SYNTAX or ERR_INDENT) with one frame that has the
 * span. PARSE_INCOMPLETE (interactive mode only): more lines may complete the
 * text: an open bracket or triple quote, a backslash, a block without its end.
 * Nesting deeper than 200 is an error, never a crash. */
ParseResult parse(Source *src, ParseMode mode, Arena *arena, Ast *out, Err *err);

#endif
