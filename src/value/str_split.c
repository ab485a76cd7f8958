/* Methods of str that take text apart or put it together. */
#include "config.h"

#include "base/utf8.h"
#include "value/ops.h"
#include "value/str_methods.h"
#include "value/strobj.h"
#include "tensor/tensor.h"

static void push(Value list, StrObj *s, size_t from, size_t to) {
    list_push_take(list, str_slice_bytes(s, from, to));
}

static void reverse(Value list) {
    Value *items = list_items(list);
    for (int64_t i = 0, j = list_count(list) - 1; i < j; i++, j--) {
        Value held = items[i];
        items[i] = items[j];
        items[j] = held;
    }
}

/* ---- whitespace ----------------------------------------------------------------------------- */

static size_t skip_space(StrObj *s, size_t i, bool space) {
    while (i < s->len) {
        uint32_t c;
        int n = utf8_decode(s->s + i, s->len - i, &c);
        if (cp_is_space(c) != space) break;
        i += (size_t)n;
    }
    return i;
}

/* The code point that ends at byte i > 0. */
static size_t before(StrObj *s, size_t i, uint32_t *c) {
    do i--;
    while (i > 0 && ((unsigned char)s->s[i] & 0xc0) == 0x80);
    utf8_decode(s->s + i, s->len - i, c);
    return i;
}

static size_t skip_space_back(StrObj *s, size_t i, bool space) {
    while (i > 0) {
        uint32_t c;
        size_t at = before(s, i, &c);
        if (cp_is_space(c) != space) break;
        i = at;
    }
    return i;
}

static void split_space(Value list, StrObj *s, int64_t max) {
    size_t i = skip_space(s, 0, true);
    while (i < s->len && !INTERRUPTED()) {
        if (max-- == 0) {
            push(list, s, i, s->len);
            return;
        }
        size_t end = skip_space(s, i, false);
        push(list, s, i, end);
        i = skip_space(s, end, true);
    }
}

static void rsplit_space(Value list, StrObj *s, int64_t max) {
    size_t i = skip_space_back(s, s->len, true);
    while (i > 0 && !INTERRUPTED()) {
        if (max-- == 0) {
            push(list, s, 0, i);
            break;
        }
        size_t start = skip_space_back(s, i, false);
        push(list, s, start, i);
        i = skip_space_back(s, start, true);
    }
    reverse(list);
}

/* ---- separators ----------------------------------------------------------------------------- */

/* Start of the last occurrence of part in s[0..end), or -1. */
static int64_t find_last(StrObj *s, size_t end, StrObj *part) {
    if (part->len > end) return -1;
    for (size_t i = end - part->len + 1; i-- > 0 && !INTERRUPTED();)
        if (memcmp(s->s + i, part->s, part->len) == 0) return (int64_t)i;
    return -1;
}

Value str_split(StrObj *s, StrObj *sep, int64_t max) {
    Value list = list_new();
    if (!sep) {
        split_space(list, s, max);
        return list;
    }
    size_t from = 0;
    const char *hit;
    while (max-- != 0 && !INTERRUPTED() &&
           (hit = memmem(s->s + from, s->len - from, sep->s, sep->len))) {
        size_t at = (size_t)(hit - s->s);
        push(list, s, from, at);
        from = at + sep->len;
    }
    push(list, s, from, s->len);
    return list;
}

static Value rsplit(StrObj *s, StrObj *sep, int64_t max) {
    Value list = list_new();
    if (!sep) {
        rsplit_space(list, s, max);
        return list;
    }
    size_t end = s->len;
    int64_t at;
    while (max-- != 0 && !INTERRUPTED() && (at = find_last(s, end, sep)) >= 0) {
        push(list, s, (size_t)at + sep->len, end);
        end = (size_t)at;
    }
    push(list, s, 0, end);
    reverse(list);
    return list;
}

/* sep and maxsplit of split and rsplit: *sep NULL for None. */
static bool split_args(Interp *in, Value *args, StrObj **sep, int64_t *max, Err *err) {
    *sep = NULL;
    if (args[1].tag != VT_NONE) {
        if (!value_is_str(args[1]))
            return err_set(err, ERR_TYPE, "must be str or None, not %s", value_type(args[1])->name);
        *sep = str_of(args[1]);
        if ((*sep)->len == 0) return err_set(err, ERR_VALUE, "empty separator");
    }
    if (!value_to_int(in, args[2], max, err)) return false;
    if (*max < 0) *max = -1;
    return true;
}

bool str_split_method(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *sep;
    int64_t max;
    if (!split_args(in, args, &sep, &max, err)) return false;
    *out = str_split(str_of(args[0]), sep, max);
    return true;
}

bool str_rsplit(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *sep;
    int64_t max;
    if (!split_args(in, args, &sep, &max, err)) return false;
    *out = rsplit(str_of(args[0]), sep, max);
    return true;
}

static bool line_break(uint32_t c) {
    return (c >= 10 && c <= 13) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

bool str_splitlines(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *s = str_of(args[0]);
    bool keep;
    if (!value_truth(in, args[1], &keep, err)) return false;
    Value list = list_new();
    for (size_t i = 0; i < s->len && !INTERRUPTED();) {
        size_t from = i, end = i, next;
        uint32_t c = 0;
        for (next = i; next < s->len && !line_break(c);) {
            end = next;
            next += (size_t)utf8_decode(s->s + next, s->len - next, &c);
        }
        if (!line_break(c)) end = next;
        if (c == '\r' && next < s->len && s->s[next] == '\n') next++;
        push(list, s, from, keep ? next : end);
        i = next;
    }
    *out = list;
    return true;
}

static bool partition(Value *args, bool last, Value *out, Err *err) {
    if (!value_is_str(args[1]))
        return err_set(err, ERR_TYPE, "must be str, not %s", value_type(args[1])->name);
    StrObj *s = str_of(args[0]), *sep = str_of(args[1]);
    if (sep->len == 0) return err_set(err, ERR_VALUE, "empty separator");
    const char *hit = memmem(s->s, s->len, sep->s, sep->len);
    int64_t at = last ? find_last(s, s->len, sep) : hit ? hit - s->s : -1;
    *out = tuple_new(3);
    Value *part = tuple_items(*out);
    if (at >= 0) {
        part[0] = str_slice_bytes(s, 0, (size_t)at);
        part[1] = value_retain(args[1]);
        part[2] = str_slice_bytes(s, (size_t)at + sep->len, s->len);
    } else {
        for (int i = 0; i < 3; i++)
            part[i] = i == (last ? 2 : 0) ? value_retain(args[0]) : str_value("", 0);
    }
    return true;
}

bool str_partition(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return partition(args, false, out, err);
}

bool str_rpartition(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return partition(args, true, out, err);
}

bool str_join(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *sep = str_of(args[0]);
    Value parts;
    if (!value_type(args[1])->iter && !value_type(args[1])->getitem)
        return err_set(err, ERR_TYPE, "can only join an iterable");
    if (!seq_collect(in, args[1], &parts, err)) return false;
    Str text = STR_INIT;
    size_t bytes = 0;
    bool ok = true;
    for (int64_t i = 0; i < list_count(parts) && ok; i++) {
        Value v = list_items(parts)[i];
        if (!value_is_str(v))
            ok = err_set(err, ERR_TYPE, "sequence item %lld: expected str instance, %s found",
                         (long long)i, value_type(v)->name);
        else
            bytes += str_of(v)->len + sep->len;
    }
    if (ok && bytes > 1 << 20) ok = memory_admit(bytes, "a string", err);
    if (ok) str_reserve(&text, bytes);
    for (int64_t i = 0; i < list_count(parts) && ok; i++) {
        StrObj *s = str_of(list_items(parts)[i]);
        if (i) str_addn(&text, sep->s, sep->len);
        str_addn(&text, s->s, s->len);
    }
    value_release(parts);
    if (ok) *out = str_value_take(&text);
    str_clear(&text);
    return ok;
}

/* ---- stripping ------------------------------------------------------------------------------ */

static bool in_set(StrObj *set, uint32_t c) {
    if (!set) return cp_is_space(c);
    for (size_t i = 0; i < set->len;) {
        uint32_t d;
        i += (size_t)utf8_decode(set->s + i, set->len - i, &d);
        if (c == d) return true;
    }
    return false;
}

static bool strip(Value *args, const char *name, bool left, bool right, Value *out, Err *err) {
    StrObj *s = str_of(args[0]), *set = NULL;
    if (args[1].tag != VT_NONE) {
        if (!value_is_str(args[1]))
            return err_set(err, ERR_TYPE, "%s arg must be None or str", name);
        set = str_of(args[1]);
    }
    size_t from = 0, to = s->len;
    while (left && from < to) {
        uint32_t c;
        int n = utf8_decode(s->s + from, to - from, &c);
        if (!in_set(set, c)) break;
        from += (size_t)n;
    }
    while (right && to > from) {
        uint32_t c;
        size_t at = before(s, to, &c);
        if (!in_set(set, c)) break;
        to = at;
    }
    *out = str_slice_bytes(s, from, to);
    return true;
}

bool str_strip(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return strip(args, "strip", true, true, out, err);
}

bool str_lstrip(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return strip(args, "lstrip", true, false, out, err);
}

bool str_rstrip(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    return strip(args, "rstrip", false, true, out, err);
}
