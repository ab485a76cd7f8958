/* Operations on values: the slot of the type, or the message that names it. */
#include "config.h"

#include "value/arith.h"
#include "value/obj.h"
#include "value/ops.h"

static const char *tname(Value v) {
    return value_type(v)->name;
}

/* ---- binary operators ---------------------------------------------------------------------- */

static bool is_compare(Op op) {
    return op >= OP_EQ && op <= OP_GE;
}

static bool try_side(Interp *in, Op op, Type *t, bool right, Value a, Value b, Value *out,
                     Err *err) {
    *out = VALUE_NOTIMPL;
    if (!t->binary) return true;
    if (t->binary_side) return t->binary_side(in, op, a, b, right, out, err);
    return t->binary(in, op, a, b, out, err);
}

/* A right operand of a subclass goes first, for comparisons always, else where its class has a
 * reflected method of its own. */
static bool right_goes_first(Op op, Type *ta, Type *tb) {
    if (ta == tb || !tb->binary || !type_is_sub(tb, ta)) return false;
    return is_compare(op) || !ta->reflects || ta->reflects(tb, ta, op);
}

static bool try_both(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Type *ta = value_type(a), *tb = value_type(b);
    bool right_first = right_goes_first(op, ta, tb);
    if (right_first) {
        if (!try_side(in, op, tb, true, a, b, out, err)) return false;
        if (out->tag != VT_NOTIMPL) return true;
    }
    if (!try_side(in, op, ta, false, a, b, out, err)) return false;
    if (out->tag != VT_NOTIMPL || right_first) return true;
    if (ta == tb && (!is_compare(op) || !ta->binary_side)) return true;
    return try_side(in, op, tb, true, a, b, out, err);
}

static bool unsupported(Op op, bool inplace, Value a, Value b, Err *err) {
    if (is_compare(op))
        return err_set(err, ERR_TYPE, "'%s' not supported between instances of '%s' and '%s'",
                       op_text(op), tname(a), tname(b));
    if (op == OP_ADD && value_is_exactly(a, KIND_STR))
        err_set(err, ERR_TYPE, "can only concatenate str (not \"%s\") to str", tname(b));
    else
        err_set(err, ERR_TYPE, "unsupported operand type(s) for %s%s%s: '%s' and '%s'", op_text(op),
                inplace ? "=" : "", op == OP_POW && !inplace ? " or pow()" : "", tname(a),
                tname(b));
    if (op == OP_ADD && (value_is_exactly(a, KIND_STR) || value_is_exactly(b, KIND_STR)))
        err_hint(err, "turn the other one into text with str(...), or use an f-string");
    return false;
}

bool value_identical(Value a, Value b) {
    if (a.tag != b.tag) return false;
    switch (a.tag) {
    case VT_BOOL:
        return a.b == b.b;
    case VT_INT:
        return a.i == b.i;
    case VT_FLOAT:
        return memcmp(&a.f, &b.f, sizeof a.f) == 0;
    case VT_OBJ:
        return a.o == b.o;
    default:
        return true;
    }
}

bool value_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    if (arith_binary(op, a, b, out)) return true;
    if (op >= OP_IN) {
        bool hit;
        if (op == OP_IS || op == OP_IS_NOT)
            hit = value_identical(a, b);
        else if (!value_contains(in, b, a, &hit, err))
            return false;
        *out = value_bool(hit != (op == OP_NOT_IN || op == OP_IS_NOT));
        return true;
    }
    Value v;
    if (!interp_stack_ok(in, err) || !try_both(in, op, a, b, &v, err)) return false;
    if (v.tag == VT_NOTIMPL) {
        if (op != OP_EQ && op != OP_NE) return unsupported(op, false, a, b, err);
        v = value_bool(value_identical(a, b) == (op == OP_EQ));
    }
    *out = v;
    return interp_built(in, true, out, err);
}

bool value_binary_declined(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Value v = VALUE_NOTIMPL;
    Type *ta = value_type(a), *tb = value_type(b);
    if (ta != tb && !try_side(in, op, tb, true, a, b, &v, err)) return false;
    if (v.tag == VT_NOTIMPL) return unsupported(op, false, a, b, err);
    *out = v;
    return true;
}

bool value_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    if (arith_binary(op, a, b, out)) return true;
    Value v = VALUE_NOTIMPL;
    Type *t = value_type(a);
    if (t->inplace && !t->inplace(in, op, a, b, &v, err)) return false;
    if (v.tag == VT_NOTIMPL && !try_both(in, op, a, b, &v, err)) return false;
    if (v.tag == VT_NOTIMPL) return unsupported(op, true, a, b, err);
    *out = v;
    return interp_built(in, true, out, err);
}

bool value_unary(Interp *in, Op op, Value a, Value *out, Err *err) {
    if (op == OP_NOT) {
        bool truth;
        if (!value_truth(in, a, &truth, err)) return false;
        *out = value_bool(!truth);
        return true;
    }
    Value v = VALUE_NOTIMPL;
    Type *t = value_type(a);
    if (t->unary && !t->unary(in, op, a, &v, err)) return false;
    if (v.tag == VT_NOTIMPL)
        return err_set(err, ERR_TYPE, "bad operand type for unary %s: '%s'", op_text(op), t->name);
    *out = v;
    return true;
}

bool value_equal(Interp *in, Value a, Value b, bool *out, Err *err) {
    if (a.tag == VT_OBJ && b.tag == VT_OBJ && a.o == b.o) {
        *out = true;
        return true;
    }
    Value v;
    if (!value_binary(in, OP_EQ, a, b, &v, err)) return false;
    bool ok = value_truth(in, v, out, err);
    value_release(v);
    return ok;
}

/* ---- text ----------------------------------------------------------------------------------- */

/* A text that found no room is not handed on, and a long one ends with Ctrl-C. */
static bool text_whole(Interp *in, bool ok, Err *err) {
    return INTERRUPTED() && ok ? interp_poll(in, err) : ok;
}

bool value_repr(Interp *in, Value v, Str *out, Err *err) {
    Type *t = value_type(v);
    if (!interp_stack_ok(in, err)) return false;
    if (t->repr) return text_whole(in, t->repr(in, v, out, err), err);
    Str room = STR_INIT;
    str_printf(out, "<%s object at 0x%012lx>", type_qualified(t, &room),
               v.tag == VT_OBJ ? (unsigned long)(uintptr_t)v.o : 0ul);
    str_clear(&room);
    return true;
}

bool value_str(Interp *in, Value v, Str *out, Err *err) {
    if (value_kind(v) == KIND_STR) {
        str_addn(out, str_of(v)->s, str_of(v)->len);
        return text_whole(in, true, err);
    }
    Type *t = value_type(v);
    if (!t->str) return value_repr(in, v, out, err);
    return interp_stack_ok(in, err) && text_whole(in, t->str(in, v, out, err), err);
}

bool value_format(Interp *in, Value v, const char *spec, size_t n, Str *out, Err *err) {
    Type *t = value_type(v);
    if (t->format) return text_whole(in, t->format(in, v, spec, n, out, err), err);
    if (n == 0) return value_str(in, v, out, err);
    return err_set(err, ERR_TYPE, "unsupported format string passed to %s.__format__", t->name);
}

/* ---- truth, hash, size, membership ---------------------------------------------------------- */

bool value_truth(Interp *in, Value v, bool *out, Err *err) {
    switch (v.tag) {
    case VT_BOOL:
        *out = v.b;
        return true;
    case VT_INT:
        *out = v.i != 0;
        return true;
    case VT_FLOAT:
        *out = v.f != 0;
        return true;
    case VT_NONE:
        *out = false;
        return true;
    case VT_OBJ:
        break;
    default:
        *out = true;
        return true;
    }
    Type *t = v.o->type;
    if (t->truth) return t->truth(in, v, out, err);
    int64_t n = 1;
    if (t->len && !t->len(in, v, &n, err)) return false;
    *out = n != 0;
    return true;
}

bool value_hash(Interp *in, Value v, uint64_t *out, Err *err) {
    Type *t = value_type(v);
    if (t->hash) return interp_stack_ok(in, err) && t->hash(in, v, out, err);
    return err_set(err, ERR_TYPE, "unhashable type: '%s'", t->name);
}

bool value_len(Interp *in, Value v, int64_t *out, Err *err) {
    Type *t = value_type(v);
    if (t->len) return t->len(in, v, out, err);
    return err_set(err, ERR_TYPE, "object of type '%s' has no len()", t->name);
}

/* Without a slot: by iterating. */
static bool contains_by_iter(Interp *in, Value container, Value item, bool *out, Err *err) {
    Value it;
    if (!value_iter(in, container, &it, err)) return false;
    bool ok, hit = false;
    for (;;) {
        Value v;
        ok = value_next(in, it, &v, err);
        if (!ok || v.tag == VT_UNSET) break;
        ok = value_equal(in, v, item, &hit, err);
        value_release(v);
        if (!ok || hit) break;
    }
    value_release(it);
    if (ok) *out = hit;
    return ok;
}

bool value_contains(Interp *in, Value container, Value item, bool *out, Err *err) {
    Type *t = value_type(container);
    if (t->contains) return t->contains(in, container, item, out, err);
    if (t->iter || t->getitem) return contains_by_iter(in, container, item, out, err);
    return err_set(err, ERR_TYPE, "argument of type '%s' is not iterable", t->name);
}

/* ---- items ---------------------------------------------------------------------------------- */

/* Written with a call's brackets, or with an index where a call was meant: the usual slip. */
static bool not_subscriptable(Value v, Err *err) {
    err_set(err, ERR_TYPE, "'%s' object is not subscriptable", tname(v));
    TypeKind k = value_kind(v);
    if (k == KIND_FUNCTION || k == KIND_NATIVE || k == KIND_METHOD)
        err_hint(err, "call it with parentheses: f(...)");
    return false;
}

bool value_getitem(Interp *in, Value v, Value key, Value *out, Err *err) {
    Type *t = value_type(v);
    if (!t->getitem) return not_subscriptable(v, err);
    return interp_built(in, t->getitem(in, v, key, out, err), out, err);
}

bool value_setitem(Interp *in, Value v, Value key, Value to, Err *err) {
    Type *t = value_type(v);
    if (t->setitem) return t->setitem(in, v, key, to, err);
    return err_set(err, ERR_TYPE, "'%s' object does not support item assignment", t->name);
}

bool value_delitem(Interp *in, Value v, Value key, Err *err) {
    Type *t = value_type(v);
    if (t->delitem) return t->delitem(in, v, key, err);
    return err_set(err, ERR_TYPE, "'%s' object doesn't support item deletion", t->name);
}

/* ---- iteration and calls -------------------------------------------------------------------- */

bool value_iter(Interp *in, Value v, Value *out, Err *err) {
    Type *t = value_type(v);
    if (t->iter) return t->iter(in, v, out, err);
    if (t->iter_items) return t->iter_items(in, v, out, err);
    return err_set(err, ERR_TYPE, "'%s' object is not iterable", t->name);
}

bool value_next(Interp *in, Value it, Value *out, Err *err) {
    Type *t = value_type(it);
    Machine *m = machine_of(in);
    if (!t->next) return err_set(err, ERR_TYPE, "'%s' object is not an iterator", t->name);
    /* an iterator in C may have no end, and so may a loop over it in C */
    if (UNLIKELY(--m->budget <= 0) && !m->calls->poll_full(in, err)) return false;
    return interp_built(in, t->next(in, it, out, err), out, err);
}

bool value_call(Interp *in, Value f, const CallArgs *args, Value *out, Err *err) {
    Type *t = value_type(f);
    if (!t->call) return err_set(err, ERR_TYPE, "'%s' object is not callable", t->name);
    return interp_stack_ok(in, err) && interp_built(in, t->call(in, f, args, out, err), out, err);
}

bool value_call_pos(Interp *in, Value f, const Value *pos, int n, Value *out, Err *err) {
    return value_call(in, f, &(CallArgs){.pos = pos, .npos = n}, out, err);
}

bool value_call_found(Interp *in, Value v, const char *name, const Value *pos, int n, Value *out,
                      Err *err) {
    Value f;
    *out = VALUE_UNSET;
    if (!machine_lookup(in, v, name, &f, err)) return false;
    if (f.tag == VT_UNSET) return true;
    bool ok = value_call_pos(in, f, pos, n, out, err);
    value_release(f);
    return ok;
}
