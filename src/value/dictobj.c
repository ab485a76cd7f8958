/* The dict type: slots and methods. */
#include "config.h"

#include "value/dictobj.h"

#include "value/callargs.h"
#include "value/ops.h"
#include "value/row.h"
#include "value/seq.h"

Value dict_value_new(void) {
    DictObj *o = obj_new(&type_dict);
    o->d = dict_new();
    return value_obj(o);
}

static void dict_destroy(Obj *self) {
    Dict *d = ((DictObj *)self)->d;
    ((DictObj *)self)->d = NULL;
    dict_free(d);
}

static void dict_slot_traverse(Obj *self, GcVisit visit, void *ctx) {
    if (((DictObj *)self)->d) dict_traverse(((DictObj *)self)->d, visit, ctx);
}

bool raise_key_text(Interp *in, const char *text, Err *err) {
    Value key = str_value_cstr(text);
    interp_raise_key(in, key, err);
    value_release(key);
    return false;
}

bool dict_lookup(Interp *in, Value dict, Value key, Value *out, Err *err) {
    Value got;
    if (!dict_get(in, dict_of(dict), key, &got, err)) return false;
    if (got.tag != VT_UNSET) {
        *out = value_retain(got);
        return true;
    }
    if (!value_is(dict, &type_dict)) {
        if (!value_call_found(in, dict, "__missing__", &key, 1, out, err)) return false;
        if (out->tag != VT_UNSET) return true;
    }
    return interp_raise_key(in, key, err);
}

/* ---- updating ------------------------------------------------------------------------------ */

static bool update_from_dict(Interp *in, Dict *d, Dict *from, Err *err) {
    Value k, v;
    if (d == from) return true;
    for (size_t i = 0; dict_next(from, &i, &k, &v);) {
        value_retain(k);
        value_retain(v);
        bool ok = dict_set(in, d, k, v, err);
        value_release(k);
        value_release(v);
        if (!ok) return false;
    }
    return true;
}

static bool update_from_keys(Interp *in, Dict *d, Value from, Value keys_method, Err *err) {
    Value keys, list, v;
    if (!value_call_pos(in, keys_method, NULL, 0, &keys, err)) return false;
    bool ok = seq_collect(in, keys, &list, err);
    value_release(keys);
    if (!ok) return false;
    for (int64_t i = 0; ok && i < list_count(list); i++) {
        ok = value_getitem(in, from, list_items(list)[i], &v, err);
        if (!ok) break;
        ok = dict_set(in, d, list_items(list)[i], v, err);
        value_release(v);
    }
    value_release(list);
    return ok;
}

static bool update_pair(Interp *in, Dict *d, Value pair, int64_t at, Err *err) {
    Value items;
    if (!value_type(pair)->iter && !value_type(pair)->getitem)
        return err_set(err, ERR_TYPE,
                       "cannot convert dictionary update sequence element #%lld to a sequence",
                       (long long)at);
    if (!seq_collect(in, pair, &items, err)) return false;
    bool ok = list_count(items) == 2;
    if (ok)
        ok = dict_set(in, d, list_items(items)[0], list_items(items)[1], err);
    else
        err_set(err, ERR_VALUE,
                "dictionary update sequence element #%lld has length %lld; 2 is required",
                (long long)at, (long long)list_count(items));
    value_release(items);
    return ok;
}

bool dict_update(Interp *in, Dict *d, Value from, Err *err) {
    Value keys = VALUE_UNSET, it, pair;
    if (value_isinstance(from, &type_dict)) return update_from_dict(in, d, dict_of(from), err);
    if (from.tag == VT_OBJ && !machine_lookup(in, from, "keys", &keys, err)) return false;
    if (keys.tag != VT_UNSET) {
        bool ok = update_from_keys(in, d, from, keys, err);
        value_release(keys);
        return ok;
    }
    if (!value_iter(in, from, &it, err)) return false;
    bool ok;
    for (int64_t at = 0; (ok = value_next(in, it, &pair, err)) && pair.tag != VT_UNSET; at++) {
        ok = update_pair(in, d, pair, at, err);
        value_release(pair);
        if (!ok || !(ok = interp_poll(in, err))) break;
    }
    value_release(it);
    return ok;
}

/* dict(mapping_or_pairs, **kwargs) into d. */
static bool dict_fill(Interp *in, Dict *d, const CallArgs *args, Err *err) {
    if (args->npos > 1)
        return err_set(err, ERR_TYPE, "dict expected at most 1 argument, got %d", args->npos);
    if (args->npos == 1 && !dict_update(in, d, args->pos[0], err)) return false;
    for (int k = 0; k < args->nkw; k++) dict_set_str(d, args->kwnames[k], args->kwvals[k]);
    return true;
}

static bool dict_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    DictObj *o = obj_new(cls);
    o->d = dict_new();
    if (!dict_fill(in, o->d, args, err)) {
        value_release(value_obj(o));
        return false;
    }
    *out = value_obj(o);
    return true;
}

static bool dict_init(Interp *in, Value self, const CallArgs *args, Err *err) {
    return dict_fill(in, dict_of(self), args, err);
}

/* ---- slots ---------------------------------------------------------------------------------- */

static bool repr_entries(Interp *in, Dict *d, Str *out, Err *err) {
    Value k, v;
    bool first = true, ok = true;
    for (size_t i = 0; ok && dict_next(d, &i, &k, &v); first = false) {
        value_retain(k);
        value_retain(v);
        if (!first) str_add(out, ", ");
        ok = value_repr(in, k, out, err);
        if (ok) {
            str_add(out, ": ");
            ok = value_repr(in, v, out, err);
        }
        value_release(k);
        value_release(v);
    }
    return ok;
}

static bool dict_repr(Interp *in, Value self, Str *out, Err *err) {
    bool again;
    if (!repr_enter(self.o, &again, err)) return false;
    if (again) {
        str_add(out, "{...}");
        return true;
    }
    str_addc(out, '{');
    bool ok = repr_entries(in, dict_of(self), out, err);
    str_addc(out, '}');
    repr_leave();
    return ok;
}

static bool dicts_equal(Interp *in, Dict *a, Dict *b, bool *out, Err *err) {
    Value k, v, other;
    *out = dict_count(a) == dict_count(b);
    for (size_t i = 0; *out && dict_next(a, &i, &k, &v);) {
        value_retain(k);
        value_retain(v);
        bool ok = dict_get(in, b, k, &other, err);
        if (ok && other.tag == VT_UNSET)
            *out = false;
        else if (ok) {
            value_retain(other);
            ok = value_same(in, v, other, out, err);
            value_release(other);
        }
        value_release(k);
        value_release(v);
        if (!ok) return false;
    }
    return true;
}

static bool dict_union(Interp *in, Value a, Value b, Value *out, Err *err) {
    DictObj *o = obj_new(&type_dict);
    o->d = dict_copy(dict_of(a));
    *out = value_obj(o);
    if (update_from_dict(in, o->d, dict_of(b), err)) return true;
    value_release(*out);
    return false;
}

static bool dict_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    if (!value_isinstance(a, &type_dict) || !value_isinstance(b, &type_dict)) return true;
    if (op == OP_OR) return dict_union(in, a, b, out, err);
    if (op != OP_EQ && op != OP_NE) return true;
    bool same;
    if (!interp_stack_ok(in, err) || !dicts_equal(in, dict_of(a), dict_of(b), &same, err))
        return false;
    *out = value_bool(same == (op == OP_EQ));
    return true;
}

static bool dict_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    if (op != OP_OR) return true;
    if (!dict_update(in, dict_of(a), b, err)) return false;
    *out = value_retain(a);
    return true;
}

static bool dict_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = (int64_t)dict_count(dict_of(self));
    return true;
}

static bool dict_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Value got;
    if (!dict_get(in, dict_of(self), item, &got, err)) return false;
    *out = got.tag != VT_UNSET;
    return true;
}

static bool dict_setitem(Interp *in, Value self, Value key, Value v, Err *err) {
    return dict_set(in, dict_of(self), key, v, err);
}

static bool dict_delitem(Interp *in, Value self, Value key, Err *err) {
    bool was;
    if (!dict_del(in, dict_of(self), key, &was, err)) return false;
    return was || interp_raise_key(in, key, err);
}

static bool dict_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_iter_new(self, DICT_KEYS, false);
    return true;
}

/* ---- methods -------------------------------------------------------------------------------- */

/* `*args, **kwargs` of a method row as dict() takes them. */
static bool fill_from_slots(Interp *in, Value *args, Err *err) {
    Dict *d = dict_of(args[0]);
    if (tuple_count(args[1]) > 1)
        return err_set(err, ERR_TYPE, "update expected at most 1 argument, got %lld",
                       (long long)tuple_count(args[1]));
    if (tuple_count(args[1]) == 1 && !dict_update(in, d, tuple_items(args[1])[0], err))
        return false;
    return args[2].tag == VT_UNSET || update_from_dict(in, d, dict_of(args[2]), err);
}

static bool dict_update_method(Interp *in, Value *args, Value *out, Err *err) {
    return fill_from_slots(in, args, err) && row_none(out);
}

static bool dict_get_method(Interp *in, Value *args, Value *out, Err *err) {
    Value got;
    if (!dict_get(in, dict_of(args[0]), args[1], &got, err)) return false;
    *out = value_retain(got.tag == VT_UNSET ? args[2] : got);
    return true;
}

static bool dict_items(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_view_new(args[0], DICT_ITEMS);
    return true;
}

static bool dict_keys(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_view_new(args[0], DICT_KEYS);
    return true;
}

static bool dict_values(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_view_new(args[0], DICT_VALUES);
    return true;
}

static bool dict_pop(Interp *in, Value *args, Value *out, Err *err) {
    Value got;
    bool was;
    if (!dict_get(in, dict_of(args[0]), args[1], &got, err)) return false;
    if (got.tag == VT_UNSET) {
        if (args[2].tag == VT_UNSET) return interp_raise_key(in, args[1], err);
        *out = value_retain(args[2]);
        return true;
    }
    value_retain(got);
    if (!dict_del(in, dict_of(args[0]), args[1], &was, err)) {
        value_release(got);
        return false;
    }
    *out = got;
    return true;
}

static bool dict_popitem(Interp *in, Value *args, Value *out, Err *err) {
    Dict *d = dict_of(args[0]);
    Value k = VALUE_UNSET, v = VALUE_UNSET;
    if (!dict_last(d, &k, &v)) return raise_key_text(in, "popitem(): dictionary is empty", err);
    Value pair = tuple_of(2, (Value[]){k, v});
    bool was;
    if (!dict_del(in, d, k, &was, err)) {
        value_release(pair);
        return false;
    }
    *out = pair;
    return true;
}

static bool dict_setdefault(Interp *in, Value *args, Value *out, Err *err) {
    Value got;
    if (!dict_get(in, dict_of(args[0]), args[1], &got, err)) return false;
    if (got.tag == VT_UNSET) {
        if (!dict_set(in, dict_of(args[0]), args[1], args[2], err)) return false;
        got = args[2];
    }
    *out = value_retain(got);
    return true;
}

static bool dict_clear_method(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    dict_clear(dict_of(args[0]));
    return row_none(out);
}

static bool dict_copy_method(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    DictObj *o = obj_new(&type_dict);
    o->d = dict_copy(dict_of(args[0]));
    *out = value_obj(o);
    return true;
}

static bool dict_fromkeys(Interp *in, Value *args, Value *out, Err *err) {
    Value keys, made;
    if (!seq_collect(in, args[1], &keys, err)) return false;
    bool ok = value_call_pos(in, args[0], NULL, 0, &made, err);
    if (ok) {
        for (int64_t i = 0; ok && i < list_count(keys); i++)
            ok = value_setitem(in, made, list_items(keys)[i], args[2], err);
        if (ok)
            *out = made;
        else
            value_release(made);
    }
    value_release(keys);
    return ok;
}

static bool dict_reversed(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = dict_iter_new(args[0], DICT_KEYS, true);
    return true;
}

const NativeRow dict_methods[] = {
    {"get(self, key, default=None, /)", dict_get_method, 0, "The value of key, or default.",
     ">>> {'a': 1}.get('b', 0)\n0"},
    {"items(self, /)", dict_items, 0, "A live view of the (key, value) pairs.",
     ">>> {'a': 1}.items()\ndict_items([('a', 1)])"},
    {"keys(self, /)", dict_keys, 0, "A live view of the keys.",
     ">>> {'a': 1}.keys()\ndict_keys(['a'])"},
    {"values(self, /)", dict_values, 0, "A live view of the values.",
     ">>> {'a': 1}.values()\ndict_values([1])"},
    {"pop(self, key, default=..., /)", dict_pop, NATIVE_MUTATES,
     "Removes key and returns its value; default or KeyError when it is missing.",
     ">>> d = {'a': 1}; d.pop('a'), d.pop('a', 0)\n(1, 0)"},
    {"popitem(self, /)", dict_popitem, NATIVE_MUTATES,
     "Removes the newest entry and returns it as a pair.",
     ">>> d = {'a': 1, 'b': 2}; d.popitem(), d\n(('b', 2), {'a': 1})"},
    {"setdefault(self, key, default=None, /)", dict_setdefault, NATIVE_MUTATES,
     "The value of key; a missing key is first set to default.",
     ">>> d = {}; d.setdefault('a', []).append(1); d\n{'a': [1]}"},
    {"update(self, /, *args, **kwargs)", dict_update_method, NATIVE_MUTATES,
     "Takes over the entries of a mapping or of pairs.",
     ">>> d = {'a': 1}; d.update({'b': 2}, c=3); d\n{'a': 1, 'b': 2, 'c': 3}"},
    {"clear(self, /)", dict_clear_method, NATIVE_MUTATES, "Removes every entry.",
     ">>> d = {'a': 1}; d.clear(); d\n{}"},
    {"copy(self, /)", dict_copy_method, 0, "A new dict with the same entries.",
     ">>> {'a': 1}.copy()\n{'a': 1}"},
    {"fromkeys(cls, iterable, value=None, /)", dict_fromkeys, NATIVE_CLASS,
     "A dict with these keys that all have value.", ">>> dict.fromkeys('ab', 0)\n{'a': 0, 'b': 0}"},
    {"__reversed__(self, /)", dict_reversed, 0, "What reversed() iterates: the keys, newest first.",
     ">>> list(reversed({'a': 1, 'b': 2}))\n['b', 'a']"},
    {0}};

Type type_dict = {
    .name = "dict",
    .doc = "dict(mapping_or_pairs=(), **kwargs) -> dict\n\nKeys to values, in the order of "
           "insertion.",
    .methods = dict_methods,
    .size = sizeof(DictObj),
    .flags = TYPE_BASE | TYPE_GC,
    .destroy = dict_destroy,
    .traverse = dict_slot_traverse,
    .create = dict_create,
    .init = dict_init,
    .repr = dict_repr,
    .binary = dict_binary,
    .inplace = dict_inplace,
    .len = dict_len,
    .contains = dict_contains,
    .getitem = dict_lookup,
    .setitem = dict_setitem,
    .delitem = dict_delitem,
    .iter = dict_iter,
};
