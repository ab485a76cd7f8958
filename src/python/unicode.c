/* The module unicodedata, on utf8proc and base/unicode. Names of characters are not here: the
 * table of them would be a third of the program. */
#include "config.h"

#include <utf8proc.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "python/python.h"
#include "eval/interp.h"
#include "value/strobj.h"

/* The one character of v. `what` is how CPython calls the argument. */
static bool one_char(Value v, const char *what, uint32_t *c, Err *err) {
    if (value_is(v, &type_str)) {
        const StrObj *s = str_of(v);
        if (s->len && (size_t)utf8_decode(s->s, s->len, c) == s->len) return true;
    }
    return err_set(err, ERR_TYPE, "%s must be a unicode character, not %s", what,
                   value_type(v)->name);
}

static bool u_category(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    if (!one_char(a[0], "category() argument", &c, err)) return false;
    *out = str_value_cstr(utf8proc_category_string((utf8proc_int32_t)c));
    return true;
}

static bool u_combining(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    if (!one_char(a[0], "combining() argument", &c, err)) return false;
    *out = value_int(utf8proc_get_property((utf8proc_int32_t)c)->combining_class);
    return true;
}

static bool u_mirrored(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    if (!one_char(a[0], "mirrored() argument", &c, err)) return false;
    *out = value_int(utf8proc_get_property((utf8proc_int32_t)c)->bidi_mirrored);
    return true;
}

static bool u_bidirectional(Interp *in, Value *a, Value *out, Err *err) {
    static const char *const names[] = {[0] = "",
                                        [UTF8PROC_BIDI_CLASS_L] = "L",
                                        [UTF8PROC_BIDI_CLASS_LRE] = "LRE",
                                        [UTF8PROC_BIDI_CLASS_LRO] = "LRO",
                                        [UTF8PROC_BIDI_CLASS_R] = "R",
                                        [UTF8PROC_BIDI_CLASS_AL] = "AL",
                                        [UTF8PROC_BIDI_CLASS_RLE] = "RLE",
                                        [UTF8PROC_BIDI_CLASS_RLO] = "RLO",
                                        [UTF8PROC_BIDI_CLASS_PDF] = "PDF",
                                        [UTF8PROC_BIDI_CLASS_EN] = "EN",
                                        [UTF8PROC_BIDI_CLASS_ES] = "ES",
                                        [UTF8PROC_BIDI_CLASS_ET] = "ET",
                                        [UTF8PROC_BIDI_CLASS_AN] = "AN",
                                        [UTF8PROC_BIDI_CLASS_CS] = "CS",
                                        [UTF8PROC_BIDI_CLASS_NSM] = "NSM",
                                        [UTF8PROC_BIDI_CLASS_BN] = "BN",
                                        [UTF8PROC_BIDI_CLASS_B] = "B",
                                        [UTF8PROC_BIDI_CLASS_S] = "S",
                                        [UTF8PROC_BIDI_CLASS_WS] = "WS",
                                        [UTF8PROC_BIDI_CLASS_ON] = "ON",
                                        [UTF8PROC_BIDI_CLASS_LRI] = "LRI",
                                        [UTF8PROC_BIDI_CLASS_RLI] = "RLI",
                                        [UTF8PROC_BIDI_CLASS_FSI] = "FSI",
                                        [UTF8PROC_BIDI_CLASS_PDI] = "PDI"};
    UNUSED(in);
    uint32_t c;
    if (!one_char(a[0], "bidirectional() argument", &c, err)) return false;
    size_t kind = utf8proc_get_property((utf8proc_int32_t)c)->bidi_class;
    *out = str_value_cstr(kind < ARRAY_LEN(names) ? names[kind] : "");
    return true;
}

static bool u_width(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    if (!one_char(a[0], "east_asian_width() argument", &c, err)) return false;
    *out = str_value_cstr(unicode_width_name(c));
    return true;
}

/* ---- numbers ------------------------------------------------------------------------------- */

/* What is no such number gives the default, or else ValueError. */
static bool no_number(Value other, const char *message, Value *out, Err *err) {
    if (other.tag == VT_UNSET) return err_set(err, ERR_VALUE, "%s", message);
    *out = value_retain(other);
    return true;
}

static bool u_decimal(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    UnicodeNumber n;
    if (!one_char(a[0], "decimal() argument 1", &c, err)) return false;
    if (!unicode_number(c, &n) || !n.decimal) return no_number(a[1], "not a decimal", out, err);
    *out = value_int(n.num);
    return true;
}

static bool u_digit(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    UnicodeNumber n;
    if (!one_char(a[0], "digit() argument 1", &c, err)) return false;
    if (!unicode_number(c, &n) || !n.digit) return no_number(a[1], "not a digit", out, err);
    *out = value_int(n.num);
    return true;
}

static bool u_numeric(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    uint32_t c;
    UnicodeNumber n;
    if (!one_char(a[0], "numeric() argument 1", &c, err)) return false;
    if (!unicode_number(c, &n)) return no_number(a[1], "not a numeric character", out, err);
    *out = value_float((double)n.num / n.den);
    return true;
}

/* ---- forms --------------------------------------------------------------------------------- */

static bool normal_form(Value form, Value text, Value *out, Err *err) {
    static const struct {
        const char *name;
        utf8proc_option_t options;
    } forms[] = {{"NFC", UTF8PROC_COMPOSE},
                 {"NFD", UTF8PROC_DECOMPOSE},
                 {"NFKC", UTF8PROC_COMPOSE | UTF8PROC_COMPAT},
                 {"NFKD", UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT}};
    const StrObj *s = str_of(text);
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        if (strcmp(str_of(form)->s, forms[i].name) != 0) continue;
        utf8proc_uint8_t *made = NULL;
        utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s->s, (utf8proc_ssize_t)s->len,
                                          &made, forms[i].options | UTF8PROC_STABLE);
        if (n < 0) return err_set(err, ERR_VALUE, "%s", utf8proc_errmsg(n));
        *out = str_value((const char *)made, (size_t)n);
        free(made);
        return true;
    }
    return err_set(err, ERR_VALUE, "invalid normalization form");
}

static bool u_normalize(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in);
    return normal_form(a[0], a[1], out, err);
}

static bool u_is_normalized(Interp *in, Value *a, Value *out, Err *err) {
    Value made;
    UNUSED(in);
    if (!normal_form(a[0], a[1], &made, err)) return false;
    const StrObj *s = str_of(a[1]), *t = str_of(made);
    *out = value_bool(s->len == t->len && memcmp(s->s, t->s, s->len) == 0);
    value_release(made);
    return true;
}

static bool no_names(Err *err) {
    err_set(err, ERR_NOTIMPL, "the names of characters are not in qkv");
    return err_hint(err, "write '\\u00e9' or chr(0xe9); unicodedata.category(c) says what c is");
}

static bool u_name(Interp *in, Value *a, Value *out, Err *err) {
    UNUSED(in), UNUSED(a), UNUSED(out);
    return no_names(err);
}

#define EXAMPLE(call, result) ">>> import unicodedata; unicodedata." call "\n" result
#define NO_NAMES(call)                                                                             \
    ">>> import unicodedata\n>>> try: unicodedata." call                                           \
    "\n... except NotImplementedError: print('no names')\nno names"

const NativeRow unicode_rows[] = {
    {"category(chr, /) -> str", u_category, 0, "The general category, two letters.",
     EXAMPLE("category('A'), unicodedata.category(' ')", "('Lu', 'Zs')")},
    {"combining(chr, /) -> int", u_combining, 0, "The combining class; 0 for what stands alone.",
     EXAMPLE("combining('\\u0301')", "230")},
    {"bidirectional(chr, /) -> str", u_bidirectional, 0, "The direction class.",
     EXAMPLE("bidirectional('1')", "'EN'")},
    {"mirrored(chr, /) -> int", u_mirrored, 0, "1 for what is mirrored in right-to-left text.",
     EXAMPLE("mirrored('(')", "1")},
    {"east_asian_width(chr, /) -> str", u_width, 0, "N, A, F, H, Na or W.",
     EXAMPLE("east_asian_width('\\u4e00')", "'W'")},
    {"decimal(chr, default=..., /)", u_decimal, 0, "The value of a decimal digit of any script.",
     EXAMPLE("decimal('\\u0663')", "3")},
    {"digit(chr, default=..., /)", u_digit, 0, "The same, of superscripts and circled digits too.",
     EXAMPLE("digit('\\u00b2')", "2")},
    {"numeric(chr, default=..., /)", u_numeric, 0, "The value as a float, of fractions too.",
     EXAMPLE("numeric('\\u00bd')", "0.5")},
    {"normalize(form: str, unistr: str, /) -> str", u_normalize, 0,
     "Composed (NFC, NFKC) or taken apart (NFD, NFKD); with K, compatible characters as one.",
     EXAMPLE("normalize('NFKC', '\\ufb01\\u00b2')", "'fi2'")},
    {"is_normalized(form: str, unistr: str, /) -> bool", u_is_normalized, 0,
     "Would normalize change nothing?", EXAMPLE("is_normalized('NFD', '\\u00e9')", "False")},
    {"name(chr, default=..., /)", u_name, 0, "Not here.", NO_NAMES("name('a')")},
    {"lookup(name, /)", u_name, 0, "Not here.", NO_NAMES("lookup('DIGIT ONE')")},
    {0}};

bool unicode_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    Value version = str_value_cstr(utf8proc_unicode_version());
    module_set(in, module, "unidata_version", version);
    value_release(version);
    return true;
}
