/* Python's builtin functions about sequences, text and iteration. The ones about numbers
 * are in numbers.c; isinstance, getattr and their kind are with the evaluator. */
#include "config.h"

#include "python/python.h"

#include "base/utf8.h"
#include "value/iterators.h"
#include "value/obj.h"
#include "value/seq.h"
#include "value/strobj.h"

static bool done(Value *out) {
    *out = VALUE_NONE;
    return true;
}

/* ---- print ---------------------------------------------------------------------------------- */

static bool separator(Value v, const char *name, const char *deflt, const char **s, size_t *n,
                      Err *err) {
    if (v.tag == VT_NONE) {
        *s = deflt;
        *n = strlen(deflt);
        return true;
    }
    if (!value_is_str(v))
        return err_set(err, ERR_TYPE, "%s must be None or a string, not %s", name,
                       value_type(v)->name);
    *s = str_of(v)->s;
    *n = str_of(v)->len;
    return true;
}

/* print(*args, sep, end, file, flush): file and flush say nothing here, there is one output. */
/* file.write(text) */
static bool write_to(Interp *in, Value file, const char *s, size_t n, Err *err) {
    Value write, text, got;
    if (!value_getattr_cstr(in, file, "write", &write, err)) return false;
    text = str_value(s, n);
    bool ok = value_call_pos(in, write, &text, 1, &got, err);
    if (ok) value_release(got);
    value_release(text);
    value_release(write);
    return ok;
}

/* print(file=): each argument and what stands between them is a write of its own. */
static bool print_to(Interp *in, Value *args, const char *sep, size_t nsep, const char *end,
                     size_t nend, Err *err) {
    bool flush, ok = true;
    Value got;
    for (int64_t i = 0; ok && i < tuple_count(args[0]); i++) {
        Str text = STR_INIT;
        ok = (i == 0 || write_to(in, args[3], sep, nsep, err)) &&
             value_str(in, tuple_items(args[0])[i], &text, err) &&
             write_to(in, args[3], str_cstr(&text), text.len, err);
        str_clear(&text);
    }
    if (!ok || !write_to(in, args[3], end, nend, err) || !value_truth(in, args[4], &flush, err))
        return false;
    if (!flush) return true;
    Value method;
    if (!value_getattr_cstr(in, args[3], "flush", &method, err)) return false;
    ok = value_call_pos(in, method, NULL, 0, &got, err);
    if (ok) value_release(got);
    value_release(method);
    return ok;
}

static bool core_print(Interp *in, Value *args, Value *out, Err *err) {
    const char *sep, *end;
    size_t nsep, nend;
    if (!separator(args[1], "sep", " ", &sep, &nsep, err)) return false;
    if (!separator(args[2], "end", "\n", &end, &nend, err)) return false;
    if (args[3].tag != VT_NONE) return print_to(in, args, sep, nsep, end, nend, err) && done(out);
    Str text = STR_INIT;
    bool ok = true;
    for (int64_t i = 0; ok && i < tuple_count(args[0]); i++) {
        if (i) str_addn(&text, sep, nsep);
        ok = value_str(in, tuple_items(args[0])[i], &text, err);
    }
    if (ok) {
        str_addn(&text, end, nend);
        ok = interp_print(in, str_cstr(&text), text.len, err);
    }
    str_clear(&text);
    return ok && done(out);
}

/* ---- text ----------------------------------------------------------------------------------- */

static bool core_repr(Interp *in, Value *args, Value *out, Err *err) {
    Str text = STR_INIT;
    bool ok = value_repr(in, args[0], &text, err);
    if (ok) *out = str_value_take(&text);
    str_clear(&text);
    return ok;
}

static bool core_ascii(Interp *in, Value *args, Value *out, Err *err) {
    Str text = STR_INIT, plain = STR_INIT;
    bool ok = value_repr(in, args[0], &text, err);
    if (ok) {
        str_ascii(&plain, str_cstr(&text), text.len);
        *out = str_value_take(&plain);
    }
    str_clear(&text);
    return ok;
}

static bool core_format(Interp *in, Value *args, Value *out, Err *err) {
    if (!value_is_str(args[1]))
        return err_set(err, ERR_TYPE, "format() argument 2 must be str, not %s",
                       value_type(args[1])->name);
    Str text = STR_INIT;
    bool ok = value_format(in, args[0], str_of(args[1])->s, str_of(args[1])->len, &text, err);
    if (ok) *out = str_value_take(&text);
    str_clear(&text);
    return ok;
}

static bool core_chr(Interp *in, Value *args, Value *out, Err *err) {
    int64_t c;
    char text[4];
    if (!value_to_int(in, args[0], &c, err)) return false;
    if (c < INT32_MIN || c > INT32_MAX)
        return err_set(err, ERR_OVERFLOW, "Python int too large to convert to C int");
    if (c < 0 || c > 0x10ffff) return err_set(err, ERR_VALUE, "chr() arg not in range(0x110000)");
    *out = str_value(text, (size_t)utf8_encode((uint32_t)c, text));
    return true;
}

static bool core_ord(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    if (!value_is_str(args[0]))
        return err_set(err, ERR_TYPE, "ord() expected string of length 1, but %s found",
                       value_type(args[0])->name);
    StrObj *s = str_of(args[0]);
    if (str_count(s) != 1)
        return err_set(err, ERR_TYPE, "ord() expected a character, but string of length %lld found",
                       (long long)str_count(s));
    utf8_decode(s->s, s->len, &c);
    *out = value_int(c);
    return true;
}

static bool core_hash(Interp *in, Value *args, Value *out, Err *err) {
    uint64_t h;
    if (!value_hash(in, args[0], &h, err)) return false;
    *out = value_int((int64_t)h);
    return true;
}

/* ---- iteration ------------------------------------------------------------------------------ */

static bool core_len(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n;
    if (!value_len(in, args[0], &n, err)) return false;
    *out = value_int(n);
    return true;
}

static bool core_iter(Interp *in, Value *args, Value *out, Err *err) {
    if (args[1].tag == VT_UNSET) return value_iter(in, args[0], out, err);
    *out = callable_iter_new(args[0], args[1]);
    return true;
}

static bool core_next(Interp *in, Value *args, Value *out, Err *err) {
    Type *t = value_type(args[0]);
    if (!t->next) return err_set(err, ERR_TYPE, "'%s' object is not an iterator", t->name);
    if (!value_next(in, args[0], out, err)) return false;
    if (out->tag != VT_UNSET) return true;
    if (args[1].tag == VT_UNSET) return interp_stop_iteration(in, args[0], err);
    *out = value_retain(args[1]);
    return true;
}

/* any: stops at the first true item; all: at the first false one. */
static bool truth_scan(Interp *in, Value iterable, bool stop_at, Value *out, Err *err) {
    Value it, item;
    if (!value_iter(in, iterable, &it, err)) return false;
    bool ok, found = false;
    while (!found && (ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        bool truth;
        ok = value_truth(in, item, &truth, err) && interp_poll(in, err);
        value_release(item);
        if (!ok) break;
        found = truth == stop_at;
    }
    value_release(it);
    if (ok) *out = value_bool(found == stop_at);
    return ok;
}

static bool core_any(Interp *in, Value *args, Value *out, Err *err) {
    return truth_scan(in, args[0], true, out, err);
}

static bool core_all(Interp *in, Value *args, Value *out, Err *err) {
    return truth_scan(in, args[0], false, out, err);
}

static bool core_sorted(Interp *in, Value *args, Value *out, Err *err) {
    Value list;
    bool reverse;
    if (!value_truth(in, args[2], &reverse, err)) return false;
    if (!seq_collect(in, args[0], &list, err)) return false;
    if (!sort_values(in, list_items(list), list_count(list), args[1], reverse, err)) {
        value_release(list);
        return false;
    }
    *out = list;
    return true;
}

/* ---- min and max ---------------------------------------------------------------------------- */

typedef struct Extreme {
    Interp *in;
    Op op; /* item `op` best: item takes over */
    Value key;
    Value best, best_key; /* owned; UNSET before the first item */
    Err *err;
} Extreme;

/* Takes over item. */
static bool extreme_offer(Extreme *x, Value item) {
    Value key = value_retain(item), verdict;
    bool wins = x->best.tag == VT_UNSET, ok = true;
    if (x->key.tag != VT_NONE) {
        value_release(key);
        if (!value_call_pos(x->in, x->key, &item, 1, &key, x->err)) {
            value_release(item);
            return false;
        }
    }
    if (!wins) {
        ok = value_binary(x->in, x->op, key, x->best_key, &verdict, x->err);
        if (ok) {
            ok = value_truth(x->in, verdict, &wins, x->err);
            value_release(verdict);
        }
    }
    if (ok && wins) {
        value_set_take(&x->best, item);
        value_set_take(&x->best_key, key);
        return true;
    }
    value_release(item);
    value_release(key);
    return ok;
}

static bool extreme_of(Extreme *x, Value iterable) {
    Value it, item;
    if (!value_iter(x->in, iterable, &it, x->err)) return false;
    bool ok;
    while ((ok = value_next(x->in, it, &item, x->err)) && item.tag != VT_UNSET) {
        ok = extreme_offer(x, item) && interp_poll(x->in, x->err);
        if (!ok) break;
    }
    value_release(it);
    return ok;
}

/* args: *args, key, default. */
static bool extreme(Interp *in, Op op, const char *name, Value *args, Value *out, Err *err) {
    Extreme x = {in, op, args[1], VALUE_UNSET, VALUE_UNSET, err};
    int64_t n = tuple_count(args[0]);
    Value *items = tuple_items(args[0]);
    bool ok = true;
    if (n == 0) return err_set(err, ERR_TYPE, "%s expected at least 1 argument, got 0", name);
    if (n > 1 && args[2].tag != VT_UNSET)
        return err_set(err, ERR_TYPE,
                       "Cannot specify a default for %s() with multiple positional arguments",
                       name);
    if (n == 1)
        ok = extreme_of(&x, items[0]);
    else
        for (int64_t i = 0; ok && i < n; i++) ok = extreme_offer(&x, value_retain(items[i]));
    value_release(x.best_key);
    if (ok && x.best.tag == VT_UNSET) {
        if (args[2].tag == VT_UNSET)
            return err_set(err, ERR_VALUE, "%s() arg is an empty sequence", name);
        x.best = value_retain(args[2]);
    }
    if (ok)
        *out = x.best;
    else
        value_release(x.best);
    return ok;
}

static bool core_min(Interp *in, Value *args, Value *out, Err *err) {
    return extreme(in, OP_LT, "min", args, out, err);
}

static bool core_max(Interp *in, Value *args, Value *out, Err *err) {
    return extreme(in, OP_GT, "max", args, out, err);
}

/* ---- the table ------------------------------------------------------------------------------ */

const NativeRow core_rows[] = {
    {"print(*args, sep=' ', end='\\n', file=None, flush=False)", core_print, NATIVE_PRINTS,
     "Writes str() of every argument, sep between them and end after them.",
     ">>> print('q', 1, 2.5, sep=', ', end='!\\n')\nq, 1, 2.5!"},
    {"repr(obj, /) -> str", core_repr, 0, "The text of obj as code would write it.",
     ">>> repr('q')\n\"'q'\""},
    {"ascii(obj, /) -> str", core_ascii, 0, "As repr, with everything past ASCII escaped.",
     ">>> ascii('é')\n\"'\\\\xe9'\""},
    {"format(value, format_spec='', /) -> str", core_format, 0,
     "value under a format spec, as in an f-string.", ">>> format(3.14159, '.2f')\n'3.14'"},
    {"chr(i, /) -> str", core_chr, 0, "The character with code point i.", ">>> chr(945)\n'α'"},
    {"ord(c, /) -> int", core_ord, 0, "The code point of a character.", ">>> ord('a')\n97"},
    {"hash(obj, /) -> int", core_hash, 0, "Equal for equal objects; TypeError for mutable ones.",
     ">>> hash(1) == hash(1.0) == hash(True)\nTrue"},
    {"len(obj, /) -> int", core_len, 0, "How many items obj has.", ">>> len('qkv')\n3"},
    {"iter(object, sentinel=..., /)", core_iter, 0,
     "An iterator over object; with sentinel, object() until it returns that.",
     ">>> next(iter([7, 8]))\n7"},
    {"next(iterator, default=..., /)", core_next, NATIVE_MUTATES,
     "The next item; at the end default, or StopIteration.",
     ">>> it = iter([1]); next(it), next(it, 'end')\n(1, 'end')"},
    {"any(iterable, /) -> bool", core_any, 0, "True when some item is true.",
     ">>> any([0, 2]), any([])\n(True, False)"},
    {"all(iterable, /) -> bool", core_all, 0, "True when every item is true.",
     ">>> all([1, 2]), all([])\n(True, True)"},
    {"sorted(iterable, /, *, key=None, reverse=False)", core_sorted, 0,
     "A new list of the items, stably sorted by `<` of key(item).",
     ">>> sorted(['bb', 'a', 'ccc'], key=len, reverse=True)\n['ccc', 'bb', 'a']"},
    {"min(*args, key=None, default=...)", core_min, 0,
     "The smallest of the arguments, or of one iterable's items.",
     ">>> min(3, 1, 2), min([], default=0), min('aB', key=str.lower)\n(1, 0, 'a')"},
    {"max(*args, key=None, default=...)", core_max, 0,
     "The greatest of the arguments, or of one iterable's items.",
     ">>> max([3, 1, 2]), max('the', 'cats', key=len)\n(3, 'cats')"},
    {0}};
