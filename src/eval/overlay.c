/* Slots of dialect classes that define dunder methods: each calls the method. A slot is
 * laid over the C base's only where a class of the dialect defines the dunder, so that
 * everything else keeps the speed and the behaviour of the C type. */
#include "config.h"

#include "eval/class.h"
#include "value/iterators.h"

/* ---- names, interned once ---------------------------------------------------------------- */

/* X(id, operator, __id__): binary operators with their reflected and in-place names. */
/* clang-format off */
#define BINARY_DUNDERS(X)                                                                          \
    X(add, OP_ADD) X(sub, OP_SUB) X(mul, OP_MUL) X(truediv, OP_DIV) X(floordiv, OP_FLOORDIV)       \
    X(mod, OP_MOD) X(pow, OP_POW) X(matmul, OP_MATMUL) X(and, OP_AND) X(or, OP_OR) X(xor, OP_XOR)  \
    X(lshift, OP_LSHIFT) X(rshift, OP_RSHIFT)
#define COMPARE_DUNDERS(X)                                                                         \
    X(eq, OP_EQ) X(ne, OP_NE) X(lt, OP_LT) X(le, OP_LE) X(gt, OP_GT) X(ge, OP_GE)
/* clang-format on */
#define UNARY_DUNDERS(X) X(neg, OP_NEG) X(pos, OP_POS) X(invert, OP_INVERT)

static const char *const left_names[OP_COUNT] = {
#define X(id, op) [op] = "__" #id "__",
    BINARY_DUNDERS(X) COMPARE_DUNDERS(X) UNARY_DUNDERS(X)
#undef X
};
static const char *const right_names[OP_COUNT] = {
#define X(id, op) [op] = "__r" #id "__",
    BINARY_DUNDERS(X)
#undef X
        [OP_EQ] = "__eq__",
    [OP_NE] = "__ne__",
    [OP_LT] = "__gt__",
    [OP_LE] = "__ge__",
    [OP_GT] = "__lt__",
    [OP_GE] = "__le__",
};
static const char *const inplace_names[OP_COUNT] = {
#define X(id, op) [op] = "__i" #id "__",
    BINARY_DUNDERS(X)
#undef X
};

/* Interned for the life of the process. */
static StrObj *operator_name(Op op, int side) {
    static StrObj *names[3][OP_COUNT];
    const char *const *tables[] = {left_names, right_names, inplace_names};
    if (!names[side][op] && tables[side][op])
        names[side][op] = str_intern(tables[side][op], strlen(tables[side][op]));
    return names[side][op];
}

/* ---- finding and calling -------------------------------------------------------------------- */

/* The dunder when the first class of the mro that has it is the dialect's; UNSET when it is
 * a C type's, whose slot stands for it. */
static Value find(Type *t, StrObj *name) {
    if (!(t->flags & TYPE_HEAP)) return VALUE_UNSET;
    Value v = type_find(t, name);
    if (value_kind(v) != KIND_NATIVE) return v;
    for (int i = 0; i < t->nmro && (t->mro[i]->flags & TYPE_HEAP); i++) /* __getattr__ = dict.get */
        if (type_own(t->mro[i], name).tag != VT_UNSET) return v;
    return VALUE_UNSET;
}

Value overlay_find(Type *t, const char *dunder) {
    StrObj *name = str_intern(dunder, strlen(dunder));
    Value v = find(t, name);
    value_release(value_obj(name));
    return v;
}

Value overlay_operator(Type *t, Op op) {
    StrObj *name = op <= OP_RSHIFT ? operator_name(op, 0) : NULL;
    return name && t->binary_side ? find(t, name) : VALUE_UNSET;
}

static bool reflects(Type *sub, Type *base, Op op) {
    StrObj *name = operator_name(op, 1);
    Value theirs = name ? find(sub, name) : VALUE_UNSET;
    if (theirs.tag == VT_UNSET) return false;
    Value ours = find(base, name);
    return ours.tag != theirs.tag || ours.o != theirs.o;
}

static bool call_found(Interp *in, Value f, Value self, const Value *pos, int n, Value *out,
                       Err *err) {
    Value all[4] = {self}, bound;
    if (value_kind(f) == KIND_FUNCTION) { /* no bound method is made */
        for (int i = 0; i < n; i++) all[i + 1] = pos[i];
        return value_call_pos(in, f, all, n + 1, out, err);
    }
    if (!attr_bind(in, f, self, value_type(self), &bound, err)) return false;
    bool ok = value_call_pos(in, bound, pos, n, out, err);
    value_release(bound);
    return ok;
}

bool overlay_call(Interp *in, Value self, const char *dunder, const Value *pos, int n, Value *out,
                  Err *err) {
    Value f = overlay_find(value_type(self), dunder);
    *out = VALUE_UNSET;
    return f.tag == VT_UNSET || call_found(in, f, self, pos, n, out, err);
}

/* For slots that are there because the class has the dunder. */
static bool call_dunder(Interp *in, Value self, const char *dunder, const Value *pos, int n,
                        Value *out, Err *err) {
    if (!overlay_call(in, self, dunder, pos, n, out, err)) return false;
    if (out->tag != VT_UNSET) return true;
    return err_set(err, ERR_TYPE, "'%s' object has lost its %s", value_type(self)->name, dunder);
}

/* ---- text, truth, hash, size ---------------------------------------------------------------- */

static bool text_slot(Interp *in, Value self, const char *dunder, const Value *pos, int n, Str *out,
                      Err *err) {
    Value v;
    if (!call_dunder(in, self, dunder, pos, n, &v, err)) return false;
    bool ok = value_isinstance(v, &type_str);
    if (ok)
        str_addn(out, str_of(v)->s, str_of(v)->len);
    else
        err_set(err, ERR_TYPE, "%s returned non-string (type %s)", dunder, value_type(v)->name);
    value_release(v);
    return ok;
}

static bool slot_repr(Interp *in, Value self, Str *out, Err *err) {
    return text_slot(in, self, "__repr__", NULL, 0, out, err);
}

static bool slot_str(Interp *in, Value self, Str *out, Err *err) {
    return text_slot(in, self, "__str__", NULL, 0, out, err);
}

static bool slot_format(Interp *in, Value self, const char *spec, size_t n, Str *out, Err *err) {
    Value s = str_value(spec, n);
    bool ok = text_slot(in, self, "__format__", &s, 1, out, err);
    value_release(s);
    return ok;
}

static bool slot_truth(Interp *in, Value self, bool *out, Err *err) {
    Value v;
    if (!call_dunder(in, self, "__bool__", NULL, 0, &v, err)) return false;
    bool ok = v.tag == VT_BOOL;
    if (ok)
        *out = v.b;
    else
        err_set(err, ERR_TYPE, "__bool__ should return bool, returned %s", value_type(v)->name);
    value_release(v);
    return ok;
}

static bool int_slot(Interp *in, Value self, const char *dunder, int64_t *out, Err *err) {
    Value v;
    if (!call_dunder(in, self, dunder, NULL, 0, &v, err)) return false;
    bool ok = value_to_int(in, v, out, err);
    value_release(v);
    return ok;
}

static bool slot_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    int64_t h;
    if (overlay_find(value_type(self), "__hash__").tag == VT_NONE)
        return err_set(err, ERR_TYPE, "unhashable type: '%s'", value_type(self)->name);
    if (!int_slot(in, self, "__hash__", &h, err)) return false;
    *out = (uint64_t)h;
    return true;
}

static bool slot_len(Interp *in, Value self, int64_t *out, Err *err) {
    int64_t n;
    if (!int_slot(in, self, "__len__", &n, err)) return false;
    if (n < 0) return err_set(err, ERR_VALUE, "__len__() should return >= 0");
    *out = n;
    return true;
}

static bool slot_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Value v;
    if (!call_dunder(in, self, "__contains__", &item, 1, &v, err)) return false;
    bool ok = value_truth(in, v, out, err);
    value_release(v);
    return ok;
}

/* ---- items, calls, iteration ---------------------------------------------------------------- */

static bool slot_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    return call_dunder(in, self, "__getitem__", &key, 1, out, err);
}

static bool ignore_result(bool ok, Value v) {
    if (ok) value_release(v);
    return ok;
}

static bool slot_setitem(Interp *in, Value self, Value key, Value to, Err *err) {
    Value pos[] = {key, to}, v;
    bool ok = call_dunder(in, self, "__setitem__", pos, 2, &v, err);
    return ignore_result(ok, v);
}

static bool slot_delitem(Interp *in, Value self, Value key, Err *err) {
    Value v;
    bool ok = call_dunder(in, self, "__delitem__", &key, 1, &v, err);
    return ignore_result(ok, v);
}

static bool slot_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err);

Value overlay_call_method(Type *t) {
    static StrObj *name;
    if (t->call != slot_call) return VALUE_UNSET;
    if (!name) name = str_intern("__call__", 8);
    return find(t, name);
}

static bool slot_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    Value f = overlay_find(value_type(self), "__call__"), bound;
    if (f.tag == VT_UNSET)
        return err_set(err, ERR_TYPE, "'%s' object is not callable", value_type(self)->name);
    if (!attr_bind(in, f, self, value_type(self), &bound, err)) return false;
    bool ok = value_call(in, bound, args, out, err);
    value_release(bound);
    return ok;
}

static bool slot_iter(Interp *in, Value self, Value *out, Err *err) {
    if (!call_dunder(in, self, "__iter__", NULL, 0, out, err)) return false;
    if (value_type(*out)->next) return true;
    err_set(err, ERR_TYPE, "iter() returned non-iterator of type '%s'", value_type(*out)->name);
    value_release(*out);
    return false;
}

static bool slot_next(Interp *in, Value self, Value *out, Err *err) {
    Err mine = {0};
    if (call_dunder(in, self, "__next__", NULL, 0, out, &mine)) return true;
    if (err_is(in, &mine, ERR_STOPITER)) {
        err_clear(&mine);
        *out = VALUE_UNSET;
        return true;
    }
    err_move(err, &mine);
    return false;
}

/* ---- attributes
 * --------------------------------------------------------------------------------------------------
 */

bool overlay_setattr(Interp *in, Value self, StrObj *name, Value to, bool *done, Err *err) {
    Value pos[] = {value_obj(name), to}, v;
    bool del = to.tag == VT_UNSET;
    *done = true;
    if (!overlay_call(in, self, del ? "__delattr__" : "__setattr__", pos, del ? 1 : 2, &v, err))
        return false;
    if (v.tag == VT_UNSET) return attr_set_generic(in, self, name, to, err);
    value_release(v);
    return true;
}

/* __getattribute__; an AttributeError of it leaves *out UNSET where __getattr__ goes on. */
bool overlay_getattribute(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    Value pos = value_obj(name);
    Err mine = {0};
    if (overlay_call(in, self, "__getattribute__", &pos, 1, out, &mine)) return true;
    if (err_is(in, &mine, ERR_ATTRIBUTE) &&
        overlay_find(value_type(self), "__getattr__").tag != VT_UNSET) {
        err_clear(&mine);
        *out = VALUE_UNSET;
        return true;
    }
    err_move(err, &mine);
    return false;
}

/* Instances of a class as attributes of another: descriptors where it has __get__ and __set__,
 * which is looked up when it matters. */
static bool slot_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    Value pos[] = {self, value_obj(cls)};
    if (!overlay_call(in, attr, "__get__", pos, 2, out, err)) return false;
    if (out->tag == VT_UNSET) *out = value_retain(attr);
    return true;
}

static bool slot_assign(Interp *in, Value attr, Value v, StrObj *name, Value to, bool *done,
                        Err *err) {
    UNUSED(name);
    Value pos[] = {v, to}, ignored;
    if (!overlay_call(in, attr, "__set__", pos, 2, &ignored, err)) return false;
    *done = ignored.tag != VT_UNSET;
    value_release(ignored);
    return true;
}

/* ---- operators
 * ------------------------------------------------------------------------------------------------------
 */

/* != without __ne__ is the opposite of __eq__. */
static bool not_equal(Interp *in, Value self, Value other, Value *out, Err *err) {
    Value f = find(value_type(self), operator_name(OP_EQ, 0));
    *out = VALUE_NOTIMPL;
    if (f.tag == VT_UNSET) return true;
    if (!call_found(in, f, self, &other, 1, out, err)) return false;
    if (out->tag == VT_NOTIMPL) return true;
    bool truth, ok = value_truth(in, *out, &truth, err);
    value_release(*out);
    if (ok) *out = value_bool(!truth);
    return ok;
}

static bool binary_side(Interp *in, Op op, Value a, Value b, bool right, Value *out, Err *err) {
    Value self = right ? b : a, other = right ? a : b;
    StrObj *name = operator_name(op, right);
    Value f = name ? find(value_type(self), name) : VALUE_UNSET;
    *out = VALUE_NOTIMPL;
    if (f.tag != VT_UNSET) return call_found(in, f, self, &other, 1, out, err);
    if (op == OP_NE && !not_equal(in, self, other, out, err)) return false;
    if (out->tag != VT_NOTIMPL) return true;
    Type *c = type_c_base(value_type(self));
    return !c->binary || c->binary(in, op, a, b, out, err);
}

/* Called as a plain slot: which side it is shows in whose slot the left one's is. */
static bool overlay_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    return binary_side(in, op, a, b, value_type(a)->binary != overlay_binary, out, err);
}

static bool slot_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    StrObj *name = operator_name(op, 2);
    Value f = name ? find(value_type(a), name) : VALUE_UNSET;
    *out = VALUE_NOTIMPL;
    if (f.tag != VT_UNSET) return call_found(in, f, a, &b, 1, out, err);
    Type *c = type_c_base(value_type(a));
    return !c->inplace || c->inplace(in, op, a, b, out, err);
}

static bool slot_unary(Interp *in, Op op, Value a, Value *out, Err *err) {
    StrObj *name = operator_name(op, 0);
    Value f = name ? find(value_type(a), name) : VALUE_UNSET;
    *out = VALUE_NOTIMPL;
    if (f.tag != VT_UNSET) return call_found(in, f, a, NULL, 0, out, err);
    Type *c = type_c_base(value_type(a));
    return !c->unary || c->unary(in, op, a, out, err);
}

/* ---- iteration by index
 * ------------------------------------------------------------------------------------------------------
 */

typedef struct IndexIter {
    Obj head;
    Value seq;
    int64_t at;
} IndexIter;

static void index_iter_destroy(Obj *o) {
    value_release(((IndexIter *)o)->seq);
}
static void index_iter_traverse(Obj *o, GcVisit visit, void *ctx) {
    visit(((IndexIter *)o)->seq.o, ctx);
}

static bool index_iter_next(Interp *in, Value self, Value *out, Err *err) {
    IndexIter *it = (IndexIter *)self.o;
    Err mine = {0};
    if (value_getitem(in, it->seq, value_int(it->at), out, &mine)) {
        it->at++;
        return true;
    }
    if (err_is(in, &mine, ERR_INDEX) || err_is(in, &mine, ERR_STOPITER)) {
        err_clear(&mine);
        *out = VALUE_UNSET;
        return true;
    }
    err_move(err, &mine);
    return false;
}

static Type type_index_iter = {.name = "iterator",
                               .size = sizeof(IndexIter),
                               .flags = TYPE_GC,
                               .destroy = index_iter_destroy,
                               .traverse = index_iter_traverse,
                               .iter = iter_self,
                               .next = index_iter_next,
                               .hash = obj_hash_identity};

static bool iter_by_index(Interp *in, Value v, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    IndexIter *it = obj_new(&type_index_iter);
    it->seq = value_retain(v);
    *out = value_obj(it);
    return true;
}

/* ---- which slots a class gets --------------------------------------------------------------- */

static bool defines(Type *t, const char *dunder) {
    return overlay_find(t, dunder).tag != VT_UNSET;
}

static bool defines_any(Type *t, int side, Op from, Op to) {
    for (Op op = from; op <= to; op++) {
        StrObj *name = operator_name(op, side);
        if (name && find(t, name).tag != VT_UNSET) return true;
    }
    return false;
}

/* None as a dunder takes the ability away: __hash__ = None. */
static bool refuses(Type *t, const char *dunder) {
    return overlay_find(t, dunder).tag == VT_NONE;
}

static void overlay_hash(Type *t) {
    StrObj *eq = operator_name(OP_EQ, 0), *hash = str_intern("__hash__", 8);
    bool own_eq = type_own(t, eq).tag != VT_UNSET, own_hash = type_own(t, hash).tag != VT_UNSET;
    value_release(value_obj(hash));
    if (own_eq && !own_hash)
        t->hash = NULL; /* equality without a hash: unhashable */
    else if (refuses(t, "__hash__"))
        t->hash = NULL;
    else if (defines(t, "__hash__") && (own_hash || t->base->hash))
        t->hash = slot_hash;
}

void overlay_slots(Type *t) {
    t->bind = slot_bind;
    t->assign = slot_assign;
    if (defines(t, "__repr__")) t->repr = slot_repr;
    if (defines(t, "__str__")) t->str = slot_str;
    if (defines(t, "__format__")) t->format = slot_format;
    if (defines(t, "__bool__")) t->truth = slot_truth;
    if (defines(t, "__len__")) t->len = slot_len;
    if (defines(t, "__contains__")) t->contains = slot_contains;
    if (defines(t, "__getitem__")) {
        t->getitem = slot_getitem;
        t->iter_items = iter_by_index;
    }
    if (defines(t, "__setitem__")) t->setitem = slot_setitem;
    if (defines(t, "__delitem__")) t->delitem = slot_delitem;
    if (defines(t, "__call__")) t->call = slot_call;
    if (defines(t, "__iter__")) t->iter = slot_iter;
    if (defines(t, "__next__")) t->next = slot_next;
    if (defines(t, "__getattribute__")) t->getattr = overlay_getattribute;
    if (defines(t, "__setattr__") || defines(t, "__delattr__")) t->setattr = overlay_setattr;
    if (defines_any(t, 0, OP_ADD, OP_RSHIFT) || defines_any(t, 1, OP_ADD, OP_RSHIFT) ||
        defines_any(t, 0, OP_EQ, OP_GE)) {
        t->binary = overlay_binary;
        t->binary_side = binary_side;
        t->reflects = reflects;
    }
    if (defines_any(t, 2, OP_ADD, OP_RSHIFT)) t->inplace = slot_inplace;
    if (defines_any(t, 0, OP_NEG, OP_INVERT)) t->unary = slot_unary;
    overlay_hash(t);
}
