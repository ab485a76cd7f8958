/* mappingproxy: a dict to read and not to write. globals() gives one. */
#include "config.h"

#include "value/dictobj.h"

#include "value/ops.h"

typedef struct ProxyObj {
    Obj head;
    Value dict;
} ProxyObj;

static Value dict_in(Value v) {
    return ((ProxyObj *)v.o)->dict;
}

Value dict_proxy_new(Value dict) {
    ProxyObj *p = obj_new(&type_dict_proxy);
    p->dict = value_retain(dict);
    return value_obj(p);
}

static bool proxy_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls);
    if (args->npos != 1 || args->nkw || !value_isinstance(args->pos[0], &type_dict))
        return err_set(err, ERR_TYPE, "mappingproxy() takes one argument, a dict");
    *out = dict_proxy_new(args->pos[0]);
    return true;
}

static void proxy_destroy(Obj *self) {
    value_release(((ProxyObj *)self)->dict);
}

static void proxy_traverse(Obj *self, GcVisit visit, void *ctx) {
    visit(((ProxyObj *)self)->dict.o, ctx);
}

static bool proxy_repr(Interp *in, Value self, Str *out, Err *err) {
    str_add(out, "mappingproxy(");
    if (!value_repr(in, dict_in(self), out, err)) return false;
    str_addc(out, ')');
    return true;
}

static bool proxy_str(Interp *in, Value self, Str *out, Err *err) {
    return value_str(in, dict_in(self), out, err);
}

static bool proxy_len(Interp *in, Value self, int64_t *out, Err *err) {
    return value_len(in, dict_in(self), out, err);
}

static bool proxy_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    return value_contains(in, dict_in(self), item, out, err);
}

static bool proxy_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    return value_getitem(in, dict_in(self), key, out, err);
}

static bool refuse(Value key, Err *err) {
    err_set(err, ERR_TYPE, "'mappingproxy' object does not support item assignment");
    if (value_is(key, &type_str))
        err_hint(err, "names are read here; assign to the name itself: %.40s = ...",
                 str_of(key)->s);
    return false;
}

static bool proxy_setitem(Interp *in, Value self, Value key, Value v, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(v);
    return refuse(key, err);
}

static bool proxy_delitem(Interp *in, Value self, Value key, Err *err) {
    UNUSED(in), UNUSED(self);
    return refuse(key, err);
}

static bool proxy_iter(Interp *in, Value self, Value *out, Err *err) {
    return value_iter(in, dict_in(self), out, err);
}

static bool proxy_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    if (value_is(a, &type_dict_proxy)) a = dict_in(a);
    if (value_is(b, &type_dict_proxy)) b = dict_in(b);
    *out = VALUE_NOTIMPL;
    return (op != OP_EQ && op != OP_NE && op != OP_OR) || value_binary(in, op, a, b, out, err);
}

static bool proxy_get(Interp *in, Value *args, Value *out, Err *err) {
    return value_call_found(in, dict_in(args[0]), "get", args + 1, 2, out, err);
}

static bool proxy_copy(Interp *in, Value *args, Value *out, Err *err) {
    return value_call_found(in, dict_in(args[0]), "copy", NULL, 0, out, err);
}

static bool proxy_keys(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_view_new(dict_in(args[0]), DICT_KEYS);
    return true;
}

static bool proxy_values(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_view_new(dict_in(args[0]), DICT_VALUES);
    return true;
}

static bool proxy_items(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_view_new(dict_in(args[0]), DICT_ITEMS);
    return true;
}

static const NativeRow proxy_methods[] = {
    {"get(self, key, default=None, /)", proxy_get, 0, "The value of key, or the default.", NULL},
    {"copy(self, /)", proxy_copy, 0, "A dict with the same entries, which can change.", NULL},
    {"keys(self, /)", proxy_keys, 0, "The keys.", NULL},
    {"values(self, /)", proxy_values, 0, "The values.", NULL},
    {"items(self, /)", proxy_items, 0, "The pairs.", NULL},
    {0}};

Type type_dict_proxy = {
    .name = "mappingproxy",
    .size = sizeof(ProxyObj),
    .flags = TYPE_GC,
    .doc = "mappingproxy(dict): the dict, to read.",
    .methods = proxy_methods,
    .create = proxy_create,
    .destroy = proxy_destroy,
    .traverse = proxy_traverse,
    .repr = proxy_repr,
    .str = proxy_str,
    .len = proxy_len,
    .contains = proxy_contains,
    .getitem = proxy_getitem,
    .setitem = proxy_setitem,
    .delitem = proxy_delitem,
    .iter = proxy_iter,
    .binary = proxy_binary,
};
