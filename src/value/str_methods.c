/* Methods of str: searching, replacing, padding, formatting; and the table of all. */
#include "config.h"

#include "value/str_methods.h"

#include "base/utf8.h"
#include "value/format.h"
#include "value/ops.h"
#include "value/strobj.h"
#include "tensor/tensor.h"

static bool want_str(Value v, Err *err) {
    return value_is_str(v) || err_set(err, ERR_TYPE, "must be str, not %s", value_type(v)->name);
}

/* ---- searching ------------------------------------------------------------------------------ */

/* start and end arguments (None or index-like, in code points) as a byte range. An empty
 * range past the end, as 'abc'.find('', 4), is told by *from > len. */
static bool byte_range(Interp *in, StrObj *s, Value start, Value end, size_t *from, size_t *to,
                       Err *err) {
    int64_t n = str_count(s), i = 0, j = n;
    if (start.tag != VT_NONE && !value_to_int(in, start, &i, err)) return false;
    if (end.tag != VT_NONE && !value_to_int(in, end, &j, err)) return false;
    if (i < 0) i = MAX(i + n, 0);
    if (j < 0) j = MAX(j + n, 0);
    j = MIN(j, n);
    *from = i > n ? s->len + 1 : str_offset(s, i);
    *to = str_offset(s, j);
    return true;
}

/* args: self, sub, start, end. *at = byte offset or -1. */
static bool search(Interp *in, Value *args, bool last, int64_t *at, Err *err) {
    StrObj *s = str_of(args[0]), *sub;
    size_t from, to;
    *at = -1;
    if (!want_str(args[1], err)) return false;
    if (!byte_range(in, s, args[2], args[3], &from, &to, err)) return false;
    sub = str_of(args[1]);
    if (from > to || to - from < sub->len) return true;
    if (!last) {
        const char *hit = memmem(s->s + from, to - from, sub->s, sub->len);
        if (hit) *at = hit - s->s;
        return true;
    }
    for (size_t i = to - sub->len + 1; i-- > from && !INTERRUPTED();)
        if (memcmp(s->s + i, sub->s, sub->len) == 0) {
            *at = (int64_t)i;
            break;
        }
    return true;
}

static bool find(Interp *in, Value *args, bool last, bool must, Value *out, Err *err) {
    int64_t at;
    if (!search(in, args, last, &at, err)) return false;
    if (at < 0 && must) return err_set(err, ERR_VALUE, "substring not found");
    *out = value_int(at < 0 ? -1 : str_index_at(str_of(args[0]), (size_t)at));
    return true;
}

static bool str_find(Interp *in, Value *args, Value *out, Err *err) {
    return find(in, args, false, false, out, err);
}

static bool str_rfind(Interp *in, Value *args, Value *out, Err *err) {
    return find(in, args, true, false, out, err);
}

static bool str_index(Interp *in, Value *args, Value *out, Err *err) {
    return find(in, args, false, true, out, err);
}

static bool str_rindex(Interp *in, Value *args, Value *out, Err *err) {
    return find(in, args, true, true, out, err);
}

static bool str_count_method(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *s = str_of(args[0]), *sub;
    size_t from, to;
    int64_t n = 0;
    if (!want_str(args[1], err)) return false;
    if (!byte_range(in, s, args[2], args[3], &from, &to, err)) return false;
    sub = str_of(args[1]);
    if (from > to) {
        *out = value_int(0);
        return true;
    }
    if (sub->len == 0) {
        *out = value_int((int64_t)utf8_count(s->s + from, to - from) + 1);
        return true;
    }
    for (const char *hit; (hit = memmem(s->s + from, to - from, sub->s, sub->len)); n++)
        from = (size_t)(hit - s->s) + sub->len;
    *out = value_int(n);
    return true;
}

static bool affix_at(StrObj *s, size_t from, size_t to, StrObj *affix, bool end) {
    if (from > to || to - from < affix->len) return false;
    return memcmp(end ? s->s + to - affix->len : s->s + from, affix->s, affix->len) == 0;
}

static bool has_affix(Interp *in, Value *args, const char *name, bool end, Value *out, Err *err) {
    StrObj *s = str_of(args[0]);
    size_t from, to;
    Value *items = &args[1];
    int64_t n = 1;
    if (!byte_range(in, s, args[2], args[3], &from, &to, err)) return false;
    if (value_isinstance(args[1], &type_tuple))
        seq_items(args[1], &items, &n);
    else if (!value_is_str(args[1]))
        return err_set(err, ERR_TYPE, "%s first arg must be str or a tuple of str, not %s", name,
                       value_type(args[1])->name);
    bool yes = false;
    for (int64_t i = 0; i < n && !yes; i++) {
        if (!value_is_str(items[i]))
            return err_set(err, ERR_TYPE, "tuple for %s must only contain str, not %s", name,
                           value_type(items[i])->name);
        yes = affix_at(s, from, to, str_of(items[i]), end);
    }
    *out = value_bool(yes);
    return true;
}

static bool str_startswith(Interp *in, Value *args, Value *out, Err *err) {
    return has_affix(in, args, "startswith", false, out, err);
}

static bool str_endswith(Interp *in, Value *args, Value *out, Err *err) {
    return has_affix(in, args, "endswith", true, out, err);
}

static bool str_removeprefix(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (!want_str(args[1], err)) return false;
    StrObj *s = str_of(args[0]), *p = str_of(args[1]);
    *out = str_slice_bytes(s, affix_at(s, 0, s->len, p, false) ? p->len : 0, s->len);
    return true;
}

static bool str_removesuffix(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (!want_str(args[1], err)) return false;
    StrObj *s = str_of(args[0]), *p = str_of(args[1]);
    *out = str_slice_bytes(s, 0, affix_at(s, 0, s->len, p, true) ? s->len - p->len : s->len);
    return true;
}

/* ---- replacing ------------------------------------------------------------------------------ */

/* s with `to` in front of every code point and at the end, `max` times at most. */
static void interleave(StrObj *s, StrObj *to, int64_t max, Str *text) {
    size_t i = 0;
    for (; max != 0 && i < s->len && !INTERRUPTED(); max--) {
        uint32_t c;
        int n = utf8_decode(s->s + i, s->len - i, &c);
        str_addn(text, to->s, to->len);
        str_addn(text, s->s + i, (size_t)n);
        i += (size_t)n;
    }
    if (max != 0) str_addn(text, to->s, to->len);
    str_addn(text, s->s + i, s->len - i);
}

/* Bytes of the result where it is longer than s; s->len otherwise. */
static size_t replaced_size(StrObj *s, const StrObj *old, const StrObj *to, int64_t max) {
    size_t from = 0, bytes;
    int64_t hits = 0;
    const char *hit;
    if (to->len <= old->len) return s->len;
    if (old->len == 0) hits = max < 0 ? str_count(s) + 1 : MIN(max, str_count(s) + 1);
    while (old->len && hits != max && !INTERRUPTED() &&
           (hit = memmem(s->s + from, s->len - from, old->s, old->len))) {
        from = (size_t)(hit - s->s) + old->len;
        hits++;
    }
    if (!size_mul((size_t)hits, to->len - old->len, &bytes)) return SIZE_MAX;
    return size_add(bytes, s->len, &bytes) ? bytes : SIZE_MAX;
}

static bool str_replace(Interp *in, Value *args, Value *out, Err *err) {
    int64_t max;
    for (int i = 1; i <= 2; i++)
        if (!value_is_str(args[i]))
            return err_set(err, ERR_TYPE, "replace() argument %d must be str, not %s", i,
                           value_type(args[i])->name);
    if (!value_to_int(in, args[3], &max, err)) return false;
    if (max < 0) max = -1; /* all; counted down it never comes to 0 */
    StrObj *s = str_of(args[0]), *old = str_of(args[1]), *to = str_of(args[2]);
    Str text = STR_INIT;
    size_t bytes = replaced_size(s, old, to, max);
    if (!memory_admit(bytes, "a string", err)) return false;
    if (bytes >= MEMORY_LARGE) str_reserve(&text, bytes);
    if (old->len == 0) {
        interleave(s, to, max, &text);
    } else {
        size_t from = 0;
        const char *hit;
        while (max-- != 0 && !INTERRUPTED() &&
               (hit = memmem(s->s + from, s->len - from, old->s, old->len))) {
            size_t at = (size_t)(hit - s->s);
            str_addn(&text, s->s + from, at - from);
            str_addn(&text, to->s, to->len);
            from = at + old->len;
        }
        str_addn(&text, s->s + from, s->len - from);
    }
    *out = str_value_take(&text);
    return true;
}

static bool str_expandtabs(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *s = str_of(args[0]);
    int64_t size, column = 0;
    if (!value_to_int(in, args[1], &size, err)) return false;
    if (size > 1 << 16) return err_set(err, ERR_OVERFLOW, "new string is too long");
    Str text = STR_INIT;
    for (size_t i = 0; i < s->len && !INTERRUPTED();) {
        uint32_t c;
        int n = utf8_decode(s->s + i, s->len - i, &c);
        if (c == '\t') {
            int64_t pad = size > 0 ? size - column % size : 0;
            str_fill(&text, ' ', (size_t)pad);
            column += pad;
        } else {
            str_addn(&text, s->s + i, (size_t)n);
            column = c == '\n' || c == '\r' ? 0 : column + 1;
        }
        i += (size_t)n;
    }
    *out = str_value_take(&text);
    return true;
}

/* ---- padding -------------------------------------------------------------------------------- */

static void add_times(Str *text, const char *s, size_t n, int64_t times) {
    for (; times > 0 && !text->lost; times--) str_addn(text, s, n);
}

static bool pad(Interp *in, Value *args, char align, Value *out, Err *err) {
    StrObj *s = str_of(args[0]);
    int64_t width, n = str_count(s);
    if (!value_to_int(in, args[1], &width, err)) return false;
    if (!value_is_str(args[2]))
        return err_set(err, ERR_TYPE, "The fill character must be a unicode character, not %s",
                       value_type(args[2])->name);
    StrObj *fill = str_of(args[2]);
    if (str_count(fill) != 1)
        return err_set(err, ERR_TYPE, "The fill character must be exactly one character long");
    if (width <= n) {
        *out = value_retain(args[0]);
        return true;
    }
    int64_t room = width - n;
    if (room > 1 << 20 && !memory_admit((size_t)room, "a string", err)) return false;
    /* CPython's centre leans left, except where room and width are both odd. */
    int64_t left = align == '<' ? 0 : align == '>' ? room : room / 2 + (room & width & 1);
    Str text = STR_INIT;
    add_times(&text, fill->s, fill->len, left);
    str_addn(&text, s->s, s->len);
    add_times(&text, fill->s, fill->len, room - left);
    *out = str_value_take(&text);
    return true;
}

static bool str_ljust(Interp *in, Value *args, Value *out, Err *err) {
    return pad(in, args, '<', out, err);
}

static bool str_rjust(Interp *in, Value *args, Value *out, Err *err) {
    return pad(in, args, '>', out, err);
}

static bool str_center(Interp *in, Value *args, Value *out, Err *err) {
    return pad(in, args, '^', out, err);
}

static bool str_zfill(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *s = str_of(args[0]);
    int64_t width, n = str_count(s);
    if (!value_to_int(in, args[1], &width, err)) return false;
    int64_t room = MAX(width, n) - n;
    if (room > 1 << 20 && !memory_admit((size_t)room, "a string", err)) return false;
    size_t sign = s->len && (s->s[0] == '+' || s->s[0] == '-');
    Str text = STR_INIT;
    str_addn(&text, s->s, sign);
    str_fill(&text, '0', (size_t)room);
    str_addn(&text, s->s + sign, s->len - sign);
    *out = str_value_take(&text);
    return true;
}

/* ---- formatting and tables ------------------------------------------------------------------ */

static bool format_with(Interp *in, Value self, Value pos, Value kw, Value *out, Err *err) {
    Str text = STR_INIT;
    bool ok = format_fields(in, str_of(self), pos, kw, &text, err);
    if (ok) *out = str_value_take(&text);
    str_clear(&text);
    return ok;
}

static bool str_format(Interp *in, Value *args, Value *out, Err *err) {
    return format_with(in, args[0], args[1], args[2], out, err);
}

static bool str_format_map(Interp *in, Value *args, Value *out, Err *err) {
    return format_with(in, args[0], VALUE_UNSET, args[1], out, err);
}

static bool str_encode(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    err_set(err, ERR_NOTIMPL, "bytes are not in this dialect: str.encode is left out");
    return err_hint(err, "ord(c) for c in text gives the code points");
}

static bool table_put(Interp *in, Value table, Value key, Value to, Err *err) {
    if (!value_is_str(key)) return dict_set(in, dict_of(table), key, to, err);
    StrObj *s = str_of(key);
    uint32_t c;
    if (str_count(s) != 1)
        return err_set(err, ERR_VALUE, "string keys in translate table must be of length 1");
    utf8_decode(s->s, s->len, &c);
    return dict_set(in, dict_of(table), value_int(c), to, err);
}

static bool table_from_texts(Interp *in, Value table, Value *args, Err *err) {
    StrObj *x = str_of(args[0]), *y = str_of(args[1]);
    if (str_count(x) != str_count(y))
        return err_set(err, ERR_VALUE, "the first two maketrans arguments must have equal length");
    for (size_t i = 0, j = 0; i < x->len;) {
        uint32_t from, to;
        i += (size_t)utf8_decode(x->s + i, x->len - i, &from);
        j += (size_t)utf8_decode(y->s + j, y->len - j, &to);
        if (!dict_set(in, dict_of(table), value_int(from), value_int(to), err)) return false;
    }
    StrObj *z = args[2].tag == VT_UNSET ? NULL : str_of(args[2]);
    for (size_t i = 0; z && i < z->len;) {
        uint32_t c;
        i += (size_t)utf8_decode(z->s + i, z->len - i, &c);
        if (!dict_set(in, dict_of(table), value_int(c), VALUE_NONE, err)) return false;
    }
    return true;
}

static bool str_maketrans(Interp *in, Value *args, Value *out, Err *err) {
    Value table = dict_value_new(), k, v;
    bool ok = true;
    if (args[1].tag == VT_UNSET) {
        ok = value_isinstance(args[0], &type_dict) ||
             err_set(err, ERR_TYPE, "if you give only one argument to maketrans it must be a dict");
        for (size_t i = 0; ok && dict_next(dict_of(args[0]), &i, &k, &v);)
            ok = table_put(in, table, k, v, err);
    } else {
        for (int i = 0; i < 3 && ok; i++)
            if (args[i].tag != VT_UNSET) ok = want_str(args[i], err);
        ok = ok && table_from_texts(in, table, args, err);
    }
    if (ok)
        *out = table;
    else
        value_release(table);
    return ok;
}

/* What the table maps c to, added to text; a missing key (LookupError) leaves c. */
static bool translate_one(Interp *in, Value table, uint32_t c, Str *text, Err *err) {
    Value to = VALUE_UNSET;
    char bytes[4];
    if (value_isinstance(table, &type_dict)) {
        if (!dict_get(in, dict_of(table), value_int(c), &to, err)) return false;
        value_retain(to);
    } else if (!value_getitem(in, table, value_int(c), &to, err)) {
        if (err->kind != ERR_KEY && err->kind != ERR_INDEX && err->kind != ERR_LOOKUP) return false;
        err_clear(err);
        to = VALUE_UNSET;
    }
    bool ok = true;
    if (to.tag == VT_UNSET)
        str_addn(text, bytes, (size_t)utf8_encode(c, bytes));
    else if (to.tag == VT_INT && to.i >= 0 && to.i <= 0x10ffff)
        str_addn(text, bytes, (size_t)utf8_encode((uint32_t)to.i, bytes));
    else if (value_is_str(to))
        str_addn(text, str_of(to)->s, str_of(to)->len);
    else if (to.tag != VT_NONE)
        ok = err_set(err, ERR_TYPE, "character mapping must return integer, None or str");
    value_release(to);
    return ok;
}

static bool str_translate(Interp *in, Value *args, Value *out, Err *err) {
    StrObj *s = str_of(args[0]);
    Str text = STR_INIT;
    for (size_t i = 0; i < s->len && !INTERRUPTED();) {
        uint32_t c;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
        if (!translate_one(in, args[1], c, &text, err)) {
            str_clear(&text);
            return false;
        }
    }
    *out = str_value_take(&text);
    return true;
}

/* ---- the table
 * ------------------------------------------------------------------------------------------------
 */

const NativeRow str_methods[] = {
    {"capitalize(self, /) -> str", str_capitalize, 0,
     "First character upper case, the rest lower case.",
     ">>> 'hello World'.capitalize()\n'Hello world'"},
    {"casefold(self, /) -> str", str_casefold, 0, "Lower case for comparing without case.",
     ">>> 'Straße'.casefold()\n'strasse'"},
    {"center(self, width, fillchar=' ', /) -> str", str_center, 0, "Padded on both sides to width.",
     ">>> 'qk'.center(6, '*')\n'**qk**'"},
    {"count(self, sub, start=None, end=None, /) -> int", str_count_method, 0,
     "Occurrences of sub that do not overlap.", ">>> 'banana'.count('an')\n2"},
    {"encode(self, encoding='utf-8', errors='strict')", str_encode, 0,
     "Not in the dialect, which has no bytes.",
     ">>> try: 'a'.encode()\n... except NotImplementedError as e: print(e)\n"
     "bytes are not in this dialect: str.encode is left out"},
    {"endswith(self, suffix, start=None, end=None, /) -> bool", str_endswith, 0,
     "True when the text ends with suffix, or with one of a tuple of them.",
     ">>> 'wq.weight'.endswith(('.bias', '.weight'))\nTrue"},
    {"expandtabs(self, tabsize=8) -> str", str_expandtabs, 0, "Tabs become spaces.",
     ">>> 'a\\tb'.expandtabs(4)\n'a   b'"},
    {"find(self, sub, start=None, end=None, /) -> int", str_find, 0,
     "Position of the first occurrence, or -1.", ">>> 'banana'.find('an', 2)\n3"},
    {"format(self, /, *args, **kwargs) -> str", str_format, 0,
     "Fills the {} fields: by position, by name, with attributes, indexes and format specs.",
     ">>> '{0} x {n:>4}'.format(2, n=3)\n'2 x    3'"},
    {"format_map(self, mapping, /) -> str", str_format_map, 0, "Fills the {name} fields.",
     ">>> '{q}'.format_map({'q': 1})\n'1'"},
    {"index(self, sub, start=None, end=None, /) -> int", str_index, 0,
     "As find, with a ValueError instead of -1.", ">>> 'banana'.index('n')\n2"},
    {"isalnum(self, /) -> bool", str_isalnum, 0, "All letters or digits, and not empty.",
     ">>> 'q2'.isalnum()\nTrue"},
    {"isalpha(self, /) -> bool", str_isalpha, 0, "All letters, and not empty.",
     ">>> 'qk'.isalpha(), 'q2'.isalpha()\n(True, False)"},
    {"isascii(self, /) -> bool", str_isascii, 0, "No character past U+007F.",
     ">>> 'é'.isascii()\nFalse"},
    {"isdecimal(self, /) -> bool", str_isdecimal, 0, "All decimal digits, and not empty.",
     ">>> '42'.isdecimal()\nTrue"},
    {"isdigit(self, /) -> bool", str_isdigit, 0, "All digits, and not empty.",
     ">>> '42'.isdigit(), '4.2'.isdigit()\n(True, False)"},
    {"isidentifier(self, /) -> bool", str_isidentifier, 0, "Could be a name.",
     ">>> 'w_q'.isidentifier(), '2q'.isidentifier()\n(True, False)"},
    {"islower(self, /) -> bool", str_islower, 0, "Has letters with case, none of them upper.",
     ">>> 'q2'.islower()\nTrue"},
    {"isnumeric(self, /) -> bool", str_isnumeric, 0, "All numeric characters, and not empty.",
     ">>> '½'.isnumeric()\nTrue"},
    {"isprintable(self, /) -> bool", str_isprintable, 0, "repr() would escape nothing in it.",
     ">>> 'a\\n'.isprintable()\nFalse"},
    {"isspace(self, /) -> bool", str_isspace, 0, "All whitespace, and not empty.",
     ">>> ' \\t'.isspace()\nTrue"},
    {"istitle(self, /) -> bool", str_istitle, 0, "Every word has an upper case first letter only.",
     ">>> 'Self Attention'.istitle()\nTrue"},
    {"isupper(self, /) -> bool", str_isupper, 0, "Has letters with case, none of them lower.",
     ">>> 'QKV'.isupper()\nTrue"},
    {"join(self, iterable, /) -> str", str_join, 0, "The texts of iterable with self between them.",
     ">>> ', '.join(['q', 'k', 'v'])\n'q, k, v'"},
    {"ljust(self, width, fillchar=' ', /) -> str", str_ljust, 0, "Padded on the right to width.",
     ">>> 'qk'.ljust(4, '.')\n'qk..'"},
    {"lower(self, /) -> str", str_lower, 0, "In lower case.", ">>> 'QKV'.lower()\n'qkv'"},
    {"lstrip(self, chars=None, /) -> str", str_lstrip, 0,
     "Without leading whitespace, or without leading characters of chars.",
     ">>> '  q '.lstrip()\n'q '"},
    {"maketrans(x, y=..., z=..., /)", str_maketrans, NATIVE_STATIC,
     "A table for translate: from a dict, or x to y character by character, z deleted.",
     ">>> str.maketrans('ab', 'xy')\n{97: 120, 98: 121}"},
    {"partition(self, sep, /)", str_partition, 0,
     "The text before the first sep, sep, and the text after it.",
     ">>> 'h=4'.partition('=')\n('h', '=', '4')"},
    {"removeprefix(self, prefix, /) -> str", str_removeprefix, 0, "Without prefix, if it is there.",
     ">>> 'module.w'.removeprefix('module.')\n'w'"},
    {"removesuffix(self, suffix, /) -> str", str_removesuffix, 0, "Without suffix, if it is there.",
     ">>> 'w.bias'.removesuffix('.bias')\n'w'"},
    {"replace(self, old, new, count=-1, /) -> str", str_replace, 0,
     "Every old becomes new, or the first count of them.",
     ">>> 'a-b-c'.replace('-', '+', 1)\n'a+b-c'"},
    {"rfind(self, sub, start=None, end=None, /) -> int", str_rfind, 0,
     "Position of the last occurrence, or -1.", ">>> 'banana'.rfind('an')\n3"},
    {"rindex(self, sub, start=None, end=None, /) -> int", str_rindex, 0,
     "As rfind, with a ValueError instead of -1.", ">>> 'banana'.rindex('n')\n4"},
    {"rjust(self, width, fillchar=' ', /) -> str", str_rjust, 0, "Padded on the left to width.",
     ">>> 'qk'.rjust(4)\n'  qk'"},
    {"rpartition(self, sep, /)", str_rpartition, 0,
     "The text before the last sep, sep, and the text after it.",
     ">>> 'a.b.c'.rpartition('.')\n('a.b', '.', 'c')"},
    {"rsplit(self, sep=None, maxsplit=-1)", str_rsplit, 0,
     "As split, counting maxsplit from the right.", ">>> 'a b c'.rsplit(None, 1)\n['a b', 'c']"},
    {"rstrip(self, chars=None, /) -> str", str_rstrip, 0,
     "Without trailing whitespace, or without trailing characters of chars.",
     ">>> '1.500'.rstrip('0')\n'1.5'"},
    {"split(self, sep=None, maxsplit=-1)", str_split_method, 0,
     "The parts between occurrences of sep; without sep, the words.",
     ">>> 'the cat  sat'.split(), 'a,b,,c'.split(',', 2)\n"
     "(['the', 'cat', 'sat'], ['a', 'b', ',c'])"},
    {"splitlines(self, keepends=False)", str_splitlines, 0, "The lines.",
     ">>> 'a\\nb\\n'.splitlines()\n['a', 'b']"},
    {"startswith(self, prefix, start=None, end=None, /) -> bool", str_startswith, 0,
     "True when the text starts with prefix, or with one of a tuple of them.",
     ">>> 'attention'.startswith('att')\nTrue"},
    {"strip(self, chars=None, /) -> str", str_strip, 0,
     "Without whitespace at the ends, or without characters of chars there.",
     ">>> '  q k '.strip()\n'q k'"},
    {"swapcase(self, /) -> str", str_swapcase, 0, "Upper case becomes lower and the reverse.",
     ">>> 'Qk'.swapcase()\n'qK'"},
    {"title(self, /) -> str", str_title, 0, "Every word with an upper case first letter.",
     ">>> 'self attention'.title()\n'Self Attention'"},
    {"translate(self, table, /) -> str", str_translate, 0,
     "Every character as the table (of code points) maps it.",
     ">>> 'abc'.translate({97: 'x', 98: None})\n'xc'"},
    {"upper(self, /) -> str", str_upper, 0, "In upper case.", ">>> 'qkv'.upper()\n'QKV'"},
    {"zfill(self, width, /) -> str", str_zfill, 0, "Zeros on the left, after the sign.",
     ">>> '-7'.zfill(4)\n'-007'"},
    {0}};
