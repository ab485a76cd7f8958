/* Names of the tree's parts, for messages. */
#include "config.h"

#include "lang/parse.h"

const char *op_text(Op op) {
    static const char *const texts[OP_COUNT] = {
        [OP_ADD] = "+",         [OP_SUB] = "-", [OP_MUL] = "*",         [OP_DIV] = "/",
        [OP_FLOORDIV] = "//",   [OP_MOD] = "%", [OP_POW] = "**",        [OP_MATMUL] = "@",
        [OP_AND] = "&",         [OP_OR] = "|",  [OP_XOR] = "^",         [OP_LSHIFT] = "<<",
        [OP_RSHIFT] = ">>",     [OP_NEG] = "-", [OP_POS] = "+",         [OP_INVERT] = "~",
        [OP_NOT] = "not",       [OP_EQ] = "==", [OP_NE] = "!=",         [OP_LT] = "<",
        [OP_LE] = "<=",         [OP_GT] = ">",  [OP_GE] = ">=",         [OP_IN] = "in",
        [OP_NOT_IN] = "not in", [OP_IS] = "is", [OP_IS_NOT] = "is not",
    };
    return texts[op];
}

const char *node_kind_text(const Node *n) {
    switch (n->kind) {
    case EX_NONE:
        return "None";
    case EX_TRUE:
        return "True";
    case EX_FALSE:
        return "False";
    case EX_ELLIPSIS:
        return "...";
    case EX_INT:
    case EX_FLOAT:
    case EX_IMAG:
        return "a number";
    case EX_STR:
    case EX_FSTRING:
        return "a string";
    case EX_NAME:
        return "a name";
    case EX_TUPLE:
        return "a tuple";
    case EX_LIST:
        return "a list";
    case EX_SET:
        return "a set";
    case EX_DICT:
        return "a dict";
    case EX_STARRED:
        return "a *value";
    case EX_COMPARE:
        return "a comparison";
    case EX_IFEXP:
        return "a conditional expression";
    case EX_NAMED:
        return "a := expression";
    case EX_LAMBDA:
        return "a lambda";
    case EX_CALL:
        return "the result of a call";
    case EX_ATTR:
        return "an attribute";
    case EX_INDEX:
        return "an indexed value";
    case EX_LISTCOMP:
    case EX_SETCOMP:
    case EX_DICTCOMP:
        return "a comprehension";
    case EX_GENERATOR:
        return "a generator";
    case EX_YIELD:
    case EX_YIELD_FROM:
        return "a yield";
    default:
        return "an expression";
    }
}
