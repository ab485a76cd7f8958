/* Iterators over sequences, and enumerate, zip, map, filter, reversed. */
#include "config.h"

#include "value/iterators.h"

#include "value/callargs.h"
#include "value/ops.h"
#include "value/obj.h"

bool iter_self(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(self);
    return true;
}

/* ---- one source and a position -------------------------------------------------------------- */

typedef struct SeqIter {
    Obj head;
    Value source; /* UNSET once exhausted: a list that grows later is not looked at again */
    int64_t at;
} SeqIter;

static void seq_iter_destroy(Obj *self) {
    value_release(((SeqIter *)self)->source);
}

static void seq_iter_traverse(Obj *self, GcVisit visit, void *ctx) {
    value_visit(((SeqIter *)self)->source, visit, ctx);
}

static Value seq_iter_make(Type *type, Value source, int64_t at) {
    SeqIter *it = obj_new(type);
    it->source = value_retain(source);
    it->at = at;
    return value_obj(it);
}

static bool seq_iter_end(SeqIter *it, Value *out) {
    value_set_take(&it->source, VALUE_UNSET);
    *out = VALUE_UNSET;
    return true;
}

Value seq_iter_new(Value seq) {
    bool list = value_kind(seq) == KIND_LIST;
    return seq_iter_make(list ? &type_list_iter : &type_tuple_iter, seq, 0);
}

static bool seq_iter_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    SeqIter *it = (SeqIter *)self.o;
    Value *items;
    int64_t n;
    if (it->source.tag == VT_UNSET || !seq_items(it->source, &items, &n) || it->at >= n)
        return seq_iter_end(it, out);
    *out = value_retain(items[it->at++]);
    return true;
}

Value list_reverse_iter_new(Value list) {
    return seq_iter_make(&type_list_reverse_iter, list, list_count(list) - 1);
}

static bool list_reverse_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    SeqIter *it = (SeqIter *)self.o;
    if (it->source.tag == VT_UNSET || it->at < 0 || it->at >= list_count(it->source))
        return seq_iter_end(it, out);
    *out = value_retain(list_items(it->source)[it->at--]);
    return true;
}

#define SEQ_ITER(label, step)                                                                      \
    {                                                                                              \
        .name = label, .size = sizeof(SeqIter), .flags = TYPE_GC, .destroy = seq_iter_destroy,     \
        .traverse = seq_iter_traverse, .iter = iter_self, .next = step                             \
    }

Type type_list_iter = SEQ_ITER("list_iterator", seq_iter_next);
Type type_tuple_iter = SEQ_ITER("tuple_iterator", seq_iter_next);
Type type_list_reverse_iter = SEQ_ITER("list_reverseiterator", list_reverse_next);

/* ---- reversed ------------------------------------------------------------------------------- */

/* v.__reversed__(), else from the last index down through v[i]. */
static bool reversed_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"sequence"};
    Value v;
    int64_t n;
    if (!callargs_bind("reversed", args, names, 1, 1, 1, &v, err)) return false;
    if (v.tag == VT_OBJ) {
        if (!value_call_found(in, v, "__reversed__", NULL, 0, out, err)) return false;
        if (out->tag != VT_UNSET) return true;
    }
    Type *t = value_type(v);
    if (!t->getitem || !t->len)
        return err_set(err, ERR_TYPE, "'%s' object is not reversible", t->name);
    if (!value_len(in, v, &n, err)) return false;
    *out = seq_iter_make(&type_reversed, v, n - 1);
    return true;
}

static bool reversed_next(Interp *in, Value self, Value *out, Err *err) {
    SeqIter *it = (SeqIter *)self.o;
    if (it->source.tag == VT_UNSET || it->at < 0) return seq_iter_end(it, out);
    return value_getitem(in, it->source, value_int(it->at--), out, err);
}

Type type_reversed = {
    .name = "reversed",
    .doc = "reversed(sequence, /)\n\nIterates from the last item to the first.",
    .size = sizeof(SeqIter),
    .flags = TYPE_GC,
    .destroy = seq_iter_destroy,
    .traverse = seq_iter_traverse,
    .create = reversed_create,
    .iter = iter_self,
    .next = reversed_next,
};

/* ---- enumerate ------------------------------------------------------------------------------ */

static bool enumerate_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"iterable", "start"};
    Value p[2], it;
    int64_t start = 0;
    if (args->npos + args->nkw == 0)
        return err_set(err, ERR_TYPE, "enumerate() missing required argument 'iterable'");
    if (!callargs_bind("enumerate", args, names, 2, 1, 0, p, err)) return false;
    if (p[1].tag != VT_UNSET && !value_to_int(in, p[1], &start, err)) return false;
    if (!value_iter(in, p[0], &it, err)) return false;
    *out = seq_iter_make(&type_enumerate, it, start);
    value_release(it);
    return true;
}

static bool enumerate_next(Interp *in, Value self, Value *out, Err *err) {
    SeqIter *it = (SeqIter *)self.o;
    Value item;
    if (!value_next(in, it->source, &item, err)) return false;
    if (item.tag == VT_UNSET) {
        *out = VALUE_UNSET;
        return true;
    }
    *out = tuple_new(2);
    tuple_items(*out)[0] = value_int(it->at++);
    tuple_items(*out)[1] = item;
    return true;
}

Type type_enumerate = {
    .name = "enumerate",
    .doc = "enumerate(iterable, start=0)\n\nPairs (start, item), (start + 1, item), ...",
    .size = sizeof(SeqIter),
    .flags = TYPE_GC,
    .destroy = seq_iter_destroy,
    .traverse = seq_iter_traverse,
    .create = enumerate_create,
    .iter = iter_self,
    .next = enumerate_next,
};

/* ---- zip, map, filter: a function and several sources --------------------------------------- */

typedef struct MultiIter {
    Obj head;
    Value f;   /* map, filter; UNSET for zip */
    Value its; /* tuple of iterators */
    bool strict;
} MultiIter;

static void multi_destroy(Obj *self) {
    MultiIter *m = (MultiIter *)self;
    value_release(m->f);
    value_release(m->its);
}

static void multi_traverse(Obj *self, GcVisit visit, void *ctx) {
    MultiIter *m = (MultiIter *)self;
    value_visit(m->f, visit, ctx);
    value_visit(m->its, visit, ctx);
}

static bool multi_make(Interp *in, Type *type, Value f, const Value *sources, int n, Value *out,
                       Err *err) {
    Value its = tuple_new(n);
    for (int i = 0; i < n; i++) {
        if (value_iter(in, sources[i], &tuple_items(its)[i], err)) continue;
        value_release(its);
        return false;
    }
    MultiIter *m = obj_new(type);
    m->f = value_retain(f);
    m->its = its;
    *out = value_obj(m);
    return true;
}

/* One item of each source into a new tuple; *out UNSET when one has ended, *ended = which. */
static bool multi_row(Interp *in, MultiIter *m, Value *out, int64_t *ended, Err *err) {
    Value row = tuple_new(tuple_count(m->its));
    for (int64_t i = 0; i < tuple_count(m->its); i++) {
        Value *to = &tuple_items(row)[i];
        bool ok = value_next(in, tuple_items(m->its)[i], to, err);
        if (ok && to->tag != VT_UNSET) continue;
        value_release(row);
        *ended = i;
        *out = VALUE_UNSET;
        return ok;
    }
    *out = row;
    return true;
}

static bool zip_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    bool strict = false;
    for (int k = 0; k < args->nkw; k++) {
        if (strcmp(args->kwnames[k]->s, "strict") != 0)
            return err_set(err, ERR_TYPE, "'%s' is an invalid keyword argument for zip()",
                           args->kwnames[k]->s);
        if (!value_truth(in, args->kwvals[k], &strict, err)) return false;
    }
    if (!multi_make(in, &type_zip, VALUE_UNSET, args->pos, args->npos, out, err)) return false;
    ((MultiIter *)out->o)->strict = strict;
    return true;
}

/* strict: source `ended` has ended; the others must have, too. */
static bool zip_check_ends(Interp *in, MultiIter *m, int64_t ended, Err *err) {
    if (ended > 0)
        return err_set(err, ERR_VALUE, "zip() argument %lld is shorter than argument%s%lld",
                       (long long)ended + 1, ended == 1 ? " " : "s 1-", (long long)ended);
    for (int64_t i = 1; i < tuple_count(m->its); i++) {
        Value item;
        if (!value_next(in, tuple_items(m->its)[i], &item, err)) return false;
        if (item.tag == VT_UNSET) continue;
        value_release(item);
        return err_set(err, ERR_VALUE, "zip() argument %lld is longer than argument%s%lld",
                       (long long)i + 1, i == 1 ? " " : "s 1-", (long long)i);
    }
    return true;
}

static bool zip_next(Interp *in, Value self, Value *out, Err *err) {
    MultiIter *m = (MultiIter *)self.o;
    int64_t ended = 0;
    *out = VALUE_UNSET;
    if (tuple_count(m->its) == 0) return true;
    if (!multi_row(in, m, out, &ended, err)) return false;
    if (out->tag == VT_UNSET && m->strict) return zip_check_ends(in, m, ended, err);
    return true;
}

static bool map_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    if (!callargs_no_keywords("map", args, err)) return false;
    if (args->npos < 2) return err_set(err, ERR_TYPE, "map() must have at least two arguments.");
    return multi_make(in, &type_map, args->pos[0], args->pos + 1, args->npos - 1, out, err);
}

static bool map_next(Interp *in, Value self, Value *out, Err *err) {
    MultiIter *m = (MultiIter *)self.o;
    int64_t ended, n = tuple_count(m->its);
    Value row;
    if (!multi_row(in, m, &row, &ended, err)) return false;
    *out = VALUE_UNSET;
    if (row.tag == VT_UNSET) return true;
    bool ok = value_call_pos(in, m->f, tuple_items(row), (int)n, out, err);
    value_release(row);
    return ok;
}

static bool filter_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"function", "iterable"};
    Value p[2];
    if (!callargs_bind("filter", args, names, 2, 2, 2, p, err)) return false;
    return multi_make(in, &type_filter, p[0], &p[1], 1, out, err);
}

static bool filter_keeps(Interp *in, Value f, Value item, bool *keep, Err *err) {
    if (f.tag == VT_NONE) return value_truth(in, item, keep, err);
    Value verdict;
    if (!value_call_pos(in, f, &item, 1, &verdict, err)) return false;
    bool ok = value_truth(in, verdict, keep, err);
    value_release(verdict);
    return ok;
}

static bool filter_next(Interp *in, Value self, Value *out, Err *err) {
    MultiIter *m = (MultiIter *)self.o;
    for (;;) {
        Value item;
        bool keep = true;
        if (!interp_poll(in, err) || !value_next(in, tuple_items(m->its)[0], &item, err))
            return false;
        if (item.tag != VT_UNSET && !filter_keeps(in, m->f, item, &keep, err)) {
            value_release(item);
            return false;
        }
        if (keep) {
            *out = item;
            return true;
        }
        value_release(item);
    }
}

#define MULTI_ITER(label, text, make, step)                                                        \
    {                                                                                              \
        .name = label, .doc = text, .size = sizeof(MultiIter), .flags = TYPE_GC,                   \
        .destroy = multi_destroy, .traverse = multi_traverse, .create = make, .iter = iter_self,   \
        .next = step                                                                               \
    }

Type type_zip = MULTI_ITER("zip",
                           "zip(*iterables, strict=False)\n\nTuples of the first items, the second "
                           "items, ... until the shortest ends.",
                           zip_create, zip_next);
Type type_map = MULTI_ITER("map", "map(function, *iterables)\n\nfunction(item), one by one.",
                           map_create, map_next);
Type type_filter = MULTI_ITER("filter",
                              "filter(function, iterable, /)\n\nThe items for which function(item) "
                              "is true; None: those that are true.",
                              filter_create, filter_next);

/* ---- iter(f, sentinel) ---------------------------------------------------------------------- */

typedef struct CallIter {
    Obj head;
    Value f, sentinel;
} CallIter;

Value callable_iter_new(Value f, Value sentinel) {
    CallIter *it = obj_new(&type_callable_iter);
    it->f = value_retain(f);
    it->sentinel = value_retain(sentinel);
    return value_obj(it);
}

static void call_iter_destroy(Obj *self) {
    value_release(((CallIter *)self)->f);
    value_release(((CallIter *)self)->sentinel);
}

static void call_iter_traverse(Obj *self, GcVisit visit, void *ctx) {
    value_visit(((CallIter *)self)->f, visit, ctx);
    value_visit(((CallIter *)self)->sentinel, visit, ctx);
}

static bool call_iter_next(Interp *in, Value self, Value *out, Err *err) {
    CallIter *it = (CallIter *)self.o;
    Value v;
    bool last;
    *out = VALUE_UNSET;
    if (it->f.tag == VT_UNSET) return true;
    if (!value_call_pos(in, it->f, NULL, 0, &v, err)) return false;
    if (!value_equal(in, v, it->sentinel, &last, err)) {
        value_release(v);
        return false;
    }
    if (last) {
        value_release(v);
        value_set_take(&it->f, VALUE_UNSET);
        return true;
    }
    *out = v;
    return true;
}

Type type_callable_iter = {
    .name = "callable_iterator",
    .size = sizeof(CallIter),
    .flags = TYPE_GC,
    .destroy = call_iter_destroy,
    .traverse = call_iter_traverse,
    .iter = iter_self,
    .next = call_iter_next,
};
