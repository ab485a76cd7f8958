/* The module operator, and functools.reduce: operators as functions. itemgetter,
 * attrgetter and methodcaller are in src/python/operator.py. */
#include "config.h"

#include "python/python.h"
#include "value/obj.h"

#define BINARY(name, op)                                                                           \
    static bool op_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return value_binary(in, op, args[0], args[1], out, err);                                   \
    }
BINARY(add, OP_ADD)
BINARY(sub, OP_SUB)
BINARY(mul, OP_MUL)
BINARY(truediv, OP_DIV)
BINARY(floordiv, OP_FLOORDIV)
BINARY(mod, OP_MOD)
BINARY(pow, OP_POW)
BINARY(matmul, OP_MATMUL)
BINARY(and_, OP_AND)
BINARY(or_, OP_OR)
BINARY(xor, OP_XOR)
BINARY(lshift, OP_LSHIFT)
BINARY(rshift, OP_RSHIFT)
BINARY(eq, OP_EQ)
BINARY(ne, OP_NE)
BINARY(lt, OP_LT)
BINARY(le, OP_LE)
BINARY(gt, OP_GT)
BINARY(ge, OP_GE)

#define UNARY(name, op)                                                                            \
    static bool op_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        return value_unary(in, op, args[0], out, err);                                             \
    }
UNARY(neg, OP_NEG)
UNARY(pos, OP_POS)
UNARY(invert, OP_INVERT)

static bool op_not_(Interp *in, Value *args, Value *out, Err *err) {
    bool truth;
    if (!value_truth(in, args[0], &truth, err)) return false;
    *out = value_bool(!truth);
    return true;
}

static bool op_truth(Interp *in, Value *args, Value *out, Err *err) {
    bool truth;
    if (!value_truth(in, args[0], &truth, err)) return false;
    *out = value_bool(truth);
    return true;
}

static bool op_contains(Interp *in, Value *args, Value *out, Err *err) {
    bool has;
    if (!value_contains(in, args[0], args[1], &has, err)) return false;
    *out = value_bool(has);
    return true;
}

static bool op_getitem(Interp *in, Value *args, Value *out, Err *err) {
    return value_getitem(in, args[0], args[1], out, err);
}

static bool op_setitem(Interp *in, Value *args, Value *out, Err *err) {
    *out = VALUE_NONE;
    return value_setitem(in, args[0], args[1], args[2], err);
}

static bool op_is_(Interp *in, Value *args, Value *out, Err *err) {
    return value_binary(in, OP_IS, args[0], args[1], out, err);
}

static bool op_is_not(Interp *in, Value *args, Value *out, Err *err) {
    return value_binary(in, OP_IS_NOT, args[0], args[1], out, err);
}

#define ROW2(name, text, example)                                                                  \
    { #name "(a, b, /)", op_##name, 0, text, ">>> import operator; operator." #name example }
#define ROW1(name, text, example)                                                                  \
    { #name "(a, /)", op_##name, 0, text, ">>> import operator; operator." #name example }

const NativeRow operator_rows[] = {
    ROW2(add, "a + b.", "(2, 3)\n5"),
    ROW2(sub, "a - b.", "(2, 3)\n-1"),
    ROW2(mul, "a * b.", "(2, 3)\n6"),
    ROW2(truediv, "a / b.", "(3, 2)\n1.5"),
    ROW2(floordiv, "a // b.", "(7, 2)\n3"),
    ROW2(mod, "a % b.", "(7, 2)\n1"),
    ROW2(pow, "a ** b.", "(2, 3)\n8"),
    ROW2(matmul, "a @ b.", ".__name__\n'matmul'"),
    ROW2(and_, "a & b.", "(6, 3)\n2"),
    ROW2(or_, "a | b.", "(6, 3)\n7"),
    ROW2(xor, "a ^ b.", "(6, 3)\n5"),
    ROW2(lshift, "a << b.", "(1, 3)\n8"),
    ROW2(rshift, "a >> b.", "(8, 3)\n1"),
    ROW2(eq, "a == b.", "(1, 1.0)\nTrue"),
    ROW2(ne, "a != b.", "(1, 1.0)\nFalse"),
    ROW2(lt, "a < b.", "(1, 2)\nTrue"),
    ROW2(le, "a <= b.", "(2, 2)\nTrue"),
    ROW2(gt, "a > b.", "(1, 2)\nFalse"),
    ROW2(ge, "a >= b.", "(2, 2)\nTrue"),
    ROW2(is_, "a is b.", "(None, None)\nTrue"),
    ROW2(is_not, "a is not b.", "(None, None)\nFalse"),
    ROW1(neg, "-a.", "(2)\n-2"),
    ROW1(pos, "+a.", "(2)\n2"),
    ROW1(invert, "~a.", "(2)\n-3"),
    ROW1(not_, "not a.", "([])\nTrue"),
    ROW1(truth, "bool(a).", "([])\nFalse"),
    ROW2(contains, "b in a.", "([1], 1)\nTrue"),
    ROW2(getitem, "a[b].", "('qkv', 1)\n'k'"),
    {"setitem(a, b, c, /)", op_setitem, NATIVE_MUTATES, "a[b] = c.",
     ">>> import operator; a = [1]; operator.setitem(a, 0, 7); a\n[7]"},
    {0}};

/* reduce(f, items, initial): f(f(initial, a), b) ... */
static bool functools_reduce(Interp *in, Value *args, Value *out, Err *err) {
    Value it, item, total = value_retain(args[2]);
    if (!value_iter(in, args[1], &it, err)) {
        value_release(total);
        return false;
    }
    bool ok;
    while ((ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        if (total.tag == VT_UNSET) {
            total = item;
            continue;
        }
        Value next;
        ok = value_call_pos(in, args[0], (Value[]){total, item}, 2, &next, err) &&
             interp_poll(in, err);
        value_release(item);
        if (!ok) break;
        value_set_take(&total, next);
    }
    value_release(it);
    if (ok && total.tag == VT_UNSET)
        ok = err_set(err, ERR_TYPE, "reduce() of empty iterable with no initial value");
    if (ok)
        *out = total;
    else
        value_release(total);
    return ok;
}

const NativeRow functools_rows[] = {
    {"reduce(function, iterable, initial=..., /)", functools_reduce, 0,
     "Folds the items from the left: function(function(a, b), c) ...",
     ">>> from functools import reduce; reduce(lambda a, b: a * b, [1, 2, 3, 4])\n24"},
    {0}};
