/* The str type: construction, interning, operators, indexing, repr. Its methods are
 * in str_methods.c, formatting in format.c. */
#include "config.h"

#include "value/strobj.h"

#include <utf8proc.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "value/callargs.h"
#include "value/format.h"
#include "value/ops.h"
#include "value/iterators.h"
#include "value/number.h"
#include "value/seq.h"
#include "tensor/tensor.h"

/* ---- construction and interning ---------------------------------------------------- */

uint64_t str_hash_bytes(const char *s, size_t n) {
    uint64_t h = 0x243F6A8885A308D3u ^ n;
    for (; n >= 8; s += 8, n -= 8) {
        uint64_t w;
        memcpy(&w, s, 8);
        h = (h ^ w) * 0x9FB21C651E98DF25u;
        h ^= h >> 32;
    }
    uint64_t w = 0;
    memcpy(&w, s, n);
    h = (h ^ w) * 0x9FB21C651E98DF25u;
    h ^= h >> 29;
    return h ? h : 1;
}

StrObj *str_alloc(size_t n) {
    StrObj *s = obj_new_var(&type_str, sizeof *s + n + 1);
    s->hash = 0;
    s->len = n;
    s->count = -1;
    s->interned = false;
    s->s[n] = '\0';
    return s;
}

Value str_value(const char *bytes, size_t n) {
    if (n >= MEMORY_LARGE && UNLIKELY(!memory_fits(n))) {
        memory_refuse("a string", n);
        n = 0;
    }
    StrObj *s = str_alloc(n);
    if (n) memcpy(s->s, bytes, n);
    return value_obj(s);
}

Value str_value_cstr(const char *s) {
    return str_value(s, strlen(s));
}

/* A large text moves into its object within the builder's block: there is no room for two. */
static StrObj *str_from_block(Str *text) {
    size_t n = text->len;
    StrObj *s = mem_realloc(text->buf, sizeof *s + n + 1);
    memmove(s->s, s, n);
    *s = (StrObj){.head = {.refs = 1, .type = &type_str}, .len = n, .count = -1};
    s->s[n] = '\0';
    *text = STR_INIT;
    return s;
}

Value str_value_take(Str *s) {
    if (s->len >= MEMORY_LARGE) return value_obj(str_from_block(s));
    Value v = str_value(str_cstr(s), s->len);
    str_clear(s);
    return v;
}

bool str_eq_cstr(Value v, const char *s) {
    if (!value_is_str(v)) return false;
    size_t n = strlen(s);
    return str_of(v)->len == n && memcmp(str_of(v)->s, s, n) == 0;
}

/* Weak table of interned strings: linear probing; a dying string is taken out by
 * moving its cluster's later members up. */
static struct {
    StrObj **slots;
    size_t mask, count;
} interned;

static void intern_place(StrObj *s) {
    size_t i = str_hash(s) & interned.mask;
    while (interned.slots[i]) i = (i + 1) & interned.mask;
    interned.slots[i] = s;
}

static void intern_grow(void) {
    StrObj **old = interned.slots;
    size_t n = old ? interned.mask + 1 : 0, cap = n ? n * 2 : 1024;
    interned.slots = mem_zero(cap * sizeof *interned.slots);
    interned.mask = cap - 1;
    for (size_t i = 0; i < n; i++)
        if (old[i]) intern_place(old[i]);
    mem_free(old);
}

StrObj *str_intern(const char *bytes, size_t n) {
    if (interned.count * 2 >= interned.mask) intern_grow();
    uint64_t hash = str_hash_bytes(bytes, n);
    for (size_t i = hash & interned.mask; interned.slots[i]; i = (i + 1) & interned.mask) {
        StrObj *s = interned.slots[i];
        if (s->hash == hash && s->len == n && memcmp(s->s, bytes, n) == 0) {
            s->head.refs++;
            return s;
        }
    }
    StrObj *s = str_of(str_value(bytes, n));
    s->hash = hash;
    s->interned = true;
    intern_place(s);
    interned.count++;
    return s;
}

static void intern_remove(StrObj *s) {
    size_t i = s->hash & interned.mask;
    while (interned.slots[i] != s) i = (i + 1) & interned.mask;
    interned.slots[i] = NULL;
    interned.count--;
    for (i = (i + 1) & interned.mask; interned.slots[i]; i = (i + 1) & interned.mask) {
        StrObj *later = interned.slots[i];
        interned.slots[i] = NULL;
        intern_place(later);
    }
    if (interned.count == 0) {
        mem_free(interned.slots);
        interned.slots = NULL;
        interned.mask = 0;
    }
}

static void str_destroy(Obj *self) {
    if (((StrObj *)self)->interned) intern_remove((StrObj *)self);
}

/* ---- code points --------------------------------------------------------------------- */

int64_t str_count(StrObj *s) {
    if (s->count < 0) s->count = (int64_t)utf8_count(s->s, s->len);
    return s->count;
}

size_t str_offset(StrObj *s, int64_t index) {
    return str_is_ascii(s) ? (size_t)index : utf8_offset(s->s, s->len, (size_t)index);
}

int64_t str_index_at(StrObj *s, size_t offset) {
    return str_is_ascii(s) ? (int64_t)offset : (int64_t)utf8_count(s->s, offset);
}

Value str_slice_bytes(StrObj *s, size_t from, size_t to) {
    if (from == 0 && to == s->len && s->head.type == &type_str) return value_retain(value_obj(s));
    return str_value(s->s + from, to > from ? to - from : 0);
}

/* Python calls printable what is not a control, format, surrogate, unassigned or
 * separator character; the space itself is printable. */
bool str_printable(uint32_t c) {
    if (c < 0x7f) return c >= 0x20;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

static void add_escape(Str *out, uint32_t c) {
    str_printf(out, c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x", (unsigned)c);
}

static void repr_char(Str *out, uint32_t c, char quote, const char *bytes, int n) {
    if (c == (uint32_t)quote || c == '\\') {
        str_addc(out, '\\');
        str_addc(out, (char)c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
        str_add(out, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
    } else if (str_printable(c)) {
        str_addn(out, bytes, (size_t)n);
    } else {
        add_escape(out, c);
    }
}

void str_repr(Str *out, const char *s, size_t n) {
    char quote = memchr(s, '\'', n) && !memchr(s, '"', n) ? '"' : '\'';
    str_addc(out, quote);
    for (size_t i = 0; i < n;) {
        uint32_t c;
        int took = utf8_decode(s + i, n - i, &c);
        repr_char(out, c, quote, s + i, took);
        i += (size_t)took;
    }
    str_addc(out, quote);
}

void str_ascii(Str *out, const char *s, size_t n) {
    for (size_t i = 0; i < n;) {
        uint32_t c;
        i += (size_t)utf8_decode(s + i, n - i, &c);
        if (c < 0x80)
            str_addc(out, (char)c);
        else
            add_escape(out, c);
    }
}

/* ---- slots -------------------------------------------------------------------------------- */

static bool str_slot_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    str_repr(out, str_of(self)->s, str_of(self)->len);
    return true;
}

static bool str_slot_str(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    str_addn(out, str_of(self)->s, str_of(self)->len);
    return true;
}

static bool str_slot_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = str_hash(str_of(self));
    return true;
}

static bool str_slot_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = str_count(str_of(self));
    return true;
}

static bool str_concat(StrObj *a, StrObj *b, Value *out, Err *err) {
    if (!memory_admit(a->len + b->len, "a string", err)) return false;
    StrObj *s = str_alloc(a->len + b->len);
    memcpy(s->s, a->s, a->len);
    memcpy(s->s + a->len, b->s, b->len);
    if (a->count >= 0 && b->count >= 0) s->count = a->count + b->count;
    *out = value_obj(s);
    return true;
}

static bool str_repeat(StrObj *a, int64_t times, Value *out, Err *err) {
    size_t bytes;
    if (times < 0) times = 0;
    if (!size_mul(a->len, (size_t)times, &bytes))
        return err_set(err, ERR_MEMORY, "a string of %zu x %lld bytes does not fit in memory",
                       a->len, (long long)times);
    if (!memory_admit(bytes, "a string", err)) return false;
    StrObj *s = str_alloc(bytes);
    if (a->len == 1)
        memset(s->s, a->s[0], bytes);
    else
        for (size_t at = 0; at < bytes; at += a->len) memcpy(s->s + at, a->s, a->len);
    *out = value_obj(s);
    return true;
}

static int str_compare(const StrObj *a, const StrObj *b) {
    int order = memcmp(a->s, b->s, MIN(a->len, b->len)); /* UTF-8 sorts as its code points do */
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static bool str_mod(Interp *in, Value a, Value b, Value *out, Err *err) {
    Str text = STR_INIT;
    if (!format_percent(in, str_of(a), b, &text, err)) {
        str_clear(&text);
        return false;
    }
    *out = str_value_take(&text);
    return true;
}

static bool str_slot_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    bool sa = value_is_str(a), sb = value_is_str(b);
    *out = VALUE_NOTIMPL;
    if (op == OP_MOD && sa) return str_mod(in, a, b, out, err);
    if (op == OP_MUL) {
        int64_t times;
        bool other;
        if (!repeat_count(in, sa ? a : b, sa ? b : a, sa, &times, out, &other, err)) return false;
        return other || str_repeat(str_of(sa ? a : b), times, out, err);
    }
    if (op == OP_ADD && sa && !sb) return concat_other(in, a, b, out, err);
    if (!sa || !sb) return true;
    if (op == OP_ADD) return str_concat(str_of(a), str_of(b), out, err);
    switch (op) {
    case OP_EQ:
        *out = value_bool(str_same(str_of(a), str_of(b)));
        break;
    case OP_NE:
        *out = value_bool(!str_same(str_of(a), str_of(b)));
        break;
    case OP_LT:
        *out = value_bool(str_compare(str_of(a), str_of(b)) < 0);
        break;
    case OP_LE:
        *out = value_bool(str_compare(str_of(a), str_of(b)) <= 0);
        break;
    case OP_GT:
        *out = value_bool(str_compare(str_of(a), str_of(b)) > 0);
        break;
    case OP_GE:
        *out = value_bool(str_compare(str_of(a), str_of(b)) >= 0);
        break;
    default:
        break;
    }
    return true;
}

static bool str_slot_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    UNUSED(in);
    if (!value_is_str(item))
        return err_set(err, ERR_TYPE, "'in <string>' requires string as left operand, not %s",
                       value_type(item)->name);
    StrObj *s = str_of(self), *part = str_of(item);
    *out = part->len == 0 || memmem(s->s, s->len, part->s, part->len) != NULL;
    return true;
}

static Value str_take_slice(StrObj *s, int64_t start, int64_t step, int64_t count) {
    if (step == 1) return str_slice_bytes(s, str_offset(s, start), str_offset(s, start + count));
    Str text = STR_INIT;
    if (str_is_ascii(s)) {
        for (int64_t i = 0; i < count; i++) str_addc(&text, s->s[start + i * step]);
        return str_value_take(&text);
    }
    size_t *at = mem_alloc((size_t)(str_count(s) + 1) * sizeof *at);
    size_t n = 0;
    for (size_t i = 0; i < s->len; n++) {
        uint32_t c;
        at[n] = i;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
    }
    at[n] = s->len;
    for (int64_t i = 0; i < count; i++) {
        int64_t k = start + i * step;
        str_addn(&text, s->s + at[k], at[k + 1] - at[k]);
    }
    mem_free(at);
    return str_value_take(&text);
}

static bool str_slot_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    StrObj *s = str_of(self);
    if (value_is(key, &type_slice)) {
        int64_t start, step, count;
        if (!slice_resolve(in, key, str_count(s), &start, &step, &count, err)) return false;
        *out = str_take_slice(s, start, step, count);
        return true;
    }
    int64_t i, n = str_count(s);
    bool is_index;
    if (!index_try(in, key, &i, &is_index, err)) return false;
    if (!is_index)
        return err_set(err, ERR_TYPE, "string indices must be integers, not '%s'",
                       value_type(key)->name);
    if (i < 0) i += n;
    if (i < 0 || i >= n) return err_set(err, ERR_INDEX, "string index out of range");
    *out = str_slice_bytes(s, str_offset(s, i), str_offset(s, i + 1));
    return true;
}

static bool str_slot_format(Interp *in, Value self, const char *spec, size_t n, Str *out,
                            Err *err) {
    UNUSED(in);
    return format_str(str_of(self)->s, str_of(self)->len, spec, n, out, err);
}

/* str(object=''); decoding bytes is not in the dialect. */
static bool str_slot_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"object", "encoding", "errors"};
    Value slot[3];
    if (!callargs_bind("str", args, names, 3, 0, 0, slot, err)) return false;
    if (slot[1].tag != VT_UNSET || slot[2].tag != VT_UNSET)
        return err_set(err, ERR_TYPE, "decoding to str: need a bytes-like object, %s found",
                       slot[0].tag == VT_UNSET ? "nothing" : value_type(slot[0])->name);
    if (value_is(slot[0], &type_str)) {
        *out = value_retain(slot[0]);
        return true;
    }
    Str text = STR_INIT;
    bool ok = slot[0].tag == VT_UNSET || value_str(in, slot[0], &text, err);
    if (ok) *out = str_value_take(&text);
    str_clear(&text);
    return ok;
}

/* ---- iteration ------------------------------------------------------------------------------ */

typedef struct StrIter {
    Obj head;
    StrObj *s;
    size_t at;
} StrIter;

static bool str_slot_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    StrIter *it = obj_new(&type_str_iter);
    it->s = str_of(value_retain(self));
    *out = value_obj(it);
    return true;
}

static bool str_iter_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    StrIter *it = (StrIter *)self.o;
    if (it->at >= it->s->len) {
        *out = VALUE_UNSET;
        return true;
    }
    uint32_t c;
    int n = utf8_decode(it->s->s + it->at, it->s->len - it->at, &c);
    *out = str_value(it->s->s + it->at, (size_t)n);
    it->at += (size_t)n;
    return true;
}

static void str_iter_destroy(Obj *self) {
    value_release(value_obj(((StrIter *)self)->s));
}

Type type_str_iter = {
    .name = "str_ascii_iterator",
    .size = sizeof(StrIter),
    .destroy = str_iter_destroy,
    .iter = iter_self,
    .next = str_iter_next,
};

Type type_str = {
    .name = "str",
    .kind = KIND_STR,
    .doc = "str(object='') -> str\n\nText: immutable, indexed by code point.",
    .size = sizeof(StrObj),
    .destroy = str_destroy,
    .create = str_slot_create,
    .repr = str_slot_repr,
    .str = str_slot_str,
    .format = str_slot_format,
    .hash = str_slot_hash,
    .binary = str_slot_binary,
    .len = str_slot_len,
    .contains = str_slot_contains,
    .getitem = str_slot_getitem,
    .iter = str_slot_iter,
};
