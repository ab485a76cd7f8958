/* keys(), values(), items() of a dict: views that follow the dict, and their iterators. */
#include "config.h"

#include "value/dictobj.h"

#include "value/ops.h"
#include "value/iterators.h"
#include "value/row.h"
#include "value/seq.h"
#include "value/set.h"

typedef struct DictView {
    Obj head;
    Value dict;
    DictPart part;
} DictView;

typedef struct DictIter {
    Obj head;
    Value dict; /* UNSET at the end */
    DictPart part;
    bool reversed;
    size_t pos;
    size_t count; /* entries when the iteration began; SIZE_MAX: it failed */
    size_t left;  /* of them, not yet given */
} DictIter;

static DictView *view_of(Value v) {
    return (DictView *)v.o;
}

Value dict_view_new(Value dict, DictPart part) {
    Type *types[] = {&type_dict_keys, &type_dict_values, &type_dict_items};
    DictView *view = obj_new(types[part]);
    view->dict = value_retain(dict);
    view->part = part;
    return value_obj(view);
}

Value dict_iter_new(Value dict, DictPart part, bool reversed) {
    DictIter *it = obj_new(&type_dict_iter);
    it->dict = value_retain(dict);
    it->part = part;
    it->reversed = reversed;
    it->pos = reversed ? SIZE_MAX : 0;
    it->count = it->left = dict_count(dict_of(dict));
    return value_obj(it);
}

static bool dict_iter_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in);
    DictIter *it = (DictIter *)self.o;
    Value k, v;
    *out = VALUE_UNSET;
    if (it->dict.tag == VT_UNSET) return true;
    Dict *d = dict_of(it->dict);
    if (dict_count(d) != it->count) {
        it->count = SIZE_MAX;
        return err_set(err, ERR_RUNTIME, "dictionary changed size during iteration");
    }
    if (!(it->reversed ? dict_prev(d, &it->pos, &k, &v) : dict_next(d, &it->pos, &k, &v))) {
        value_set_take(&it->dict, VALUE_UNSET);
        return true;
    }
    if (!it->reversed && it->left-- == 0)
        return err_set(err, ERR_RUNTIME, "dictionary keys changed during iteration");
    if (it->part == DICT_ITEMS)
        *out = tuple_of(2, (Value[]){k, v});
    else
        *out = value_retain(it->part == DICT_KEYS ? k : v);
    return true;
}

static void iter_destroy(Obj *self) {
    value_release(((DictIter *)self)->dict);
}

static void iter_traverse(Obj *self, GcVisit visit, void *ctx) {
    Value d = ((DictIter *)self)->dict;
    if (d.tag == VT_OBJ) visit(d.o, ctx);
}

Type type_dict_iter = {
    .name = "dict_keyiterator",
    .size = sizeof(DictIter),
    .flags = TYPE_GC,
    .destroy = iter_destroy,
    .traverse = iter_traverse,
    .iter = iter_self,
    .next = dict_iter_next,
};

/* ---- views ---------------------------------------------------------------------------------- */

static void view_destroy(Obj *self) {
    value_release(((DictView *)self)->dict);
}

static void view_traverse(Obj *self, GcVisit visit, void *ctx) {
    visit(((DictView *)self)->dict.o, ctx);
}

static bool view_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_iter_new(view_of(self)->dict, view_of(self)->part, false);
    return true;
}

static bool view_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = (int64_t)dict_count(dict_of(view_of(self)->dict));
    return true;
}

/* Views of an OrderedDict are odict_keys and so on. */
static bool of_ordered(Value view) {
    for (const Type *t = value_type(view_of(view)->dict); t; t = t->base)
        if (!strcmp(t->name, "OrderedDict")) return true;
    return false;
}

static bool view_repr(Interp *in, Value self, Str *out, Err *err) {
    bool again;
    if (!repr_enter(self.o, &again, err)) return false;
    if (again) {
        str_add(out, "...");
        return true;
    }
    Value list;
    bool ok = seq_collect(in, self, &list, err);
    if (ok) {
        str_printf(out, "%s%s(", of_ordered(self) ? "o" : "", value_type(self)->name);
        ok = value_repr(in, list, out, err);
        str_addc(out, ')');
        value_release(list);
    }
    repr_leave();
    return ok;
}

static bool keys_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    return value_contains(in, view_of(self)->dict, item, out, err);
}

static bool items_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Value *pair, got;
    int64_t n;
    *out = false;
    if (!value_isinstance(item, &type_tuple) || !seq_items(item, &pair, &n) || n != 2) return true;
    if (!dict_get(in, dict_of(view_of(self)->dict), pair[0], &got, err)) return false;
    if (got.tag == VT_UNSET) return true;
    value_retain(got);
    bool ok = value_same(in, got, pair[1], out, err);
    value_release(got);
    return ok;
}

/* Keys and items behave as sets: both sides become sets, the operator is theirs. */
static bool view_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    bool compare = op >= OP_EQ && op <= OP_GE;
    if (!compare && op != OP_AND && op != OP_OR && op != OP_XOR && op != OP_SUB) return true;
    Value sides[2] = {a, b}, sets[2] = {VALUE_UNSET, VALUE_UNSET};
    bool ok = true;
    for (int i = 0; i < 2 && ok; i++) {
        bool set_like = set_is(sides[i]) || value_is(sides[i], &type_dict_keys) ||
                        value_is(sides[i], &type_dict_items);
        if (compare && !set_like) goto out;
        sets[i] = set_new(&type_set);
        ok = set_update(in, sets[i], sides[i], err);
    }
    if (ok) ok = value_binary(in, op, sets[0], sets[1], out, err);
out:
    value_release(sets[0]);
    value_release(sets[1]);
    return ok;
}

static bool view_reversed(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_iter_new(view_of(args[0])->dict, view_of(args[0])->part, true);
    return true;
}

static bool view_isdisjoint(Interp *in, Value *args, Value *out, Err *err) {
    Value both;
    int64_t n;
    if (!view_binary(in, OP_AND, args[0], args[1], &both, err)) return false;
    bool ok = value_len(in, both, &n, err);
    value_release(both);
    if (ok) *out = value_bool(n == 0);
    return ok;
}

const NativeRow dict_keys_methods[] = {
    {"isdisjoint(self, other, /) -> bool", view_isdisjoint, 0, "True when nothing is in both.",
     ">>> {'a': 1}.keys().isdisjoint({'b'})\nTrue"},
    {"__reversed__(self, /)", view_reversed, 0, "What reversed() iterates: newest first.",
     ">>> list(reversed({'a': 1, 'b': 2}.keys()))\n['b', 'a']"},
    {0}};

#define VIEW_SLOTS                                                                                 \
    .methods = dict_keys_methods, .size = sizeof(DictView), .flags = TYPE_GC,                      \
    .destroy = view_destroy, .traverse = view_traverse, .repr = view_repr, .len = view_len,        \
    .iter = view_iter

Type type_dict_keys = {
    .name = "dict_keys", VIEW_SLOTS, .contains = keys_contains, .binary = view_binary};
Type type_dict_items = {
    .name = "dict_items", VIEW_SLOTS, .contains = items_contains, .binary = view_binary};
Type type_dict_values = {.name = "dict_values", VIEW_SLOTS};
