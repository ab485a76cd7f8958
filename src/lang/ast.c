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
    static const char *const texts[] = {
        [EX_NONE] = "None",
        [EX_TRUE] = "True",
        [EX_FALSE] = "False",
        [EX_ELLIPSIS] = "...",
        [EX_INT] = "a number",
        [EX_FLOAT] = "a number",
        [EX_IMAG] = "a number",
        [EX_STR] = "a string",
        [EX_FSTRING] = "a string",
        [EX_NAME] = "a name",
        [EX_TUPLE] = "a tuple",
        [EX_LIST] = "a list",
        [EX_SET] = "a set",
        [EX_DICT] = "a dict",
        [EX_STARRED] = "a *value",
        [EX_COMPARE] = "a comparison",
        [EX_IFEXP] = "a conditional expression",
        [EX_NAMED] = "a := expression",
        [EX_LAMBDA] = "a lambda",
        [EX_CALL] = "the result of a call",
        [EX_ATTR] = "an attribute",
        [EX_INDEX] = "an indexed value",
        [EX_LISTCOMP] = "a comprehension",
        [EX_SETCOMP] = "a comprehension",
        [EX_DICTCOMP] = "a comprehension",
        [EX_GENERATOR] = "a generator",
        [EX_YIELD] = "a yield",
        [EX_YIELD_FROM] = "a yield",
        [EX_UNARY] = "an expression",
        [EX_BINARY] = "an expression",
        [EX_BOOLOP] = "an expression",
        [EX_FIELD] = "a field",
    };
    return n->kind < ARRAY_LEN(texts) ? texts[n->kind] : "a statement";
}
