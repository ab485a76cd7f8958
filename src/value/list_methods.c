/* Methods of list. */
#include "config.h"

#include "value/ops.h"
#include "value/iterators.h"
#include "value/row.h"
#include "value/seq.h"

static bool list_append(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if ((list_count(args[0]) & 0xfffff) == 0xfffff &&
        !seq_admit(list_count(args[0]) / 2, "a list", err))
        return false;
    list_push_take(args[0], value_retain(args[1]));
    return row_none(out);
}

static bool list_extend_method(Interp *in, Value *args, Value *out, Err *err) {
    return list_extend(in, args[0], args[1], err) && row_none(out);
}

static bool list_insert(Interp *in, Value *args, Value *out, Err *err) {
    int64_t i, n = list_count(args[0]);
    if (!value_to_int(in, args[1], &i, err)) return false;
    if (i < 0) i = MAX(i + n, 0);
    list_splice(args[0], MIN(i, n), 0, &args[2], 1);
    return row_none(out);
}

static bool list_remove(Interp *in, Value *args, Value *out, Err *err) {
    int64_t at;
    if (!seq_find(in, args[0], args[1], 0, INT64_MAX, &at, err)) return false;
    if (at < 0) return err_set(err, ERR_VALUE, "list.remove(x): x not in list");
    if (at < list_count(args[0])) list_splice(args[0], at, 1, NULL, 0);
    return row_none(out);
}

static bool list_pop(Interp *in, Value *args, Value *out, Err *err) {
    int64_t i, n = list_count(args[0]);
    if (n == 0) return err_set(err, ERR_INDEX, "pop from empty list");
    if (!value_to_int(in, args[1], &i, err)) return false;
    if (i < 0) i += n;
    if (i < 0 || i >= n) return err_set(err, ERR_INDEX, "pop index out of range");
    ListObj *l = (ListObj *)args[0].o;
    *out = l->items[i];
    l->count--;
    memmove(l->items + i, l->items + i + 1, (size_t)(l->count - i) * sizeof *l->items);
    return true;
}

static bool list_clear(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    list_splice(args[0], 0, list_count(args[0]), NULL, 0);
    return row_none(out);
}

static bool list_index(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n = list_count(args[0]), from, to, at;
    if (!value_to_int(in, args[2], &from, err) || !value_to_int(in, args[3], &to, err))
        return false;
    if (from < 0) from = MAX(from + n, 0);
    if (to < 0) to = MAX(to + n, 0);
    if (!seq_find(in, args[0], args[1], from, to, &at, err)) return false;
    if (at >= 0) {
        *out = value_int(at);
        return true;
    }
    Str text = STR_INIT;
    if (value_repr(in, args[1], &text, err))
        err_set(err, ERR_VALUE, "%s is not in list", str_cstr(&text));
    str_clear(&text);
    return false;
}

static bool list_count_method(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n;
    if (!seq_count_equal(in, args[0], args[1], &n, err)) return false;
    *out = value_int(n);
    return true;
}

/* The list is empty while it is sorted, so that a key function cannot disturb it. */
static bool list_sort(Interp *in, Value *args, Value *out, Err *err) {
    bool reverse;
    if (!value_truth(in, args[2], &reverse, err)) return false;
    ListObj *l = (ListObj *)args[0].o, held = *l;
    l->items = NULL;
    l->count = l->cap = 0;
    bool ok = sort_values(in, held.items, held.count, args[1], reverse, err);
    if (l->count && ok) ok = err_set(err, ERR_VALUE, "list modified during sort");
    list_splice(args[0], 0, l->count, NULL, 0);
    mem_free(l->items);
    l->items = held.items;
    l->count = held.count;
    l->cap = held.cap;
    return ok && row_none(out);
}

static bool list_reverse(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    Value *items = list_items(args[0]);
    for (int64_t i = 0, j = list_count(args[0]) - 1; i < j; i++, j--) {
        Value held = items[i];
        items[i] = items[j];
        items[j] = held;
    }
    return row_none(out);
}

static bool list_copy(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = list_from(list_items(args[0]), list_count(args[0]));
    return true;
}

static bool list_reversed(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = list_reverse_iter_new(args[0]);
    return true;
}

const NativeRow list_methods[] = {
    {"append(self, object, /)", list_append, NATIVE_MUTATES, "Adds object at the end.",
     ">>> a = [1]; a.append(2); a\n[1, 2]"},
    {"extend(self, iterable, /)", list_extend_method, NATIVE_MUTATES,
     "Adds every item of iterable at the end.", ">>> a = [1]; a.extend((2, 3)); a\n[1, 2, 3]"},
    {"insert(self, index, object, /)", list_insert, NATIVE_MUTATES,
     "Puts object before the item at index.", ">>> a = [1, 3]; a.insert(1, 2); a\n[1, 2, 3]"},
    {"remove(self, value, /)", list_remove, NATIVE_MUTATES,
     "Removes the first item that equals value; ValueError when there is none.",
     ">>> a = [1, 2, 1]; a.remove(1); a\n[2, 1]"},
    {"pop(self, index=-1, /)", list_pop, NATIVE_MUTATES,
     "Removes the item at index and returns it; IndexError when there is none.",
     ">>> a = [1, 2, 3]; a.pop(), a.pop(0), a\n(3, 1, [2])"},
    {"clear(self, /)", list_clear, NATIVE_MUTATES, "Removes every item.",
     ">>> a = [1]; a.clear(); a\n[]"},
    {"index(self, value, start=0, stop=9223372036854775807, /) -> int", list_index, 0,
     "Position of the first item that equals value; ValueError when there is none.",
     ">>> ['q', 'k', 'v'].index('k')\n1"},
    {"count(self, value, /) -> int", list_count_method, 0, "How many items equal value.",
     ">>> [1, 2, 1].count(1)\n2"},
    {"sort(self, /, *, key=None, reverse=False)", list_sort, NATIVE_MUTATES,
     "Sorts in place, stably, by `<` of key(item).",
     ">>> a = ['bb', 'a', 'cc']; a.sort(key=len, reverse=True); a\n['bb', 'cc', 'a']"},
    {"reverse(self, /)", list_reverse, NATIVE_MUTATES, "Reverses in place.",
     ">>> a = [1, 2]; a.reverse(); a\n[2, 1]"},
    {"copy(self, /)", list_copy, 0, "A new list with the same items.",
     ">>> a = [1]; a.copy() == a, a.copy() is a\n(True, False)"},
    {"__reversed__(self, /)", list_reversed, 0, "What reversed() iterates.",
     ">>> list(reversed([1, 2]))\n[2, 1]"},
    {0}};
