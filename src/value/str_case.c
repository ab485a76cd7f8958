/* Methods of str about letters: case and character classes. Case mapping is one code
 * point to one, save for the German sharp s. */
#include "config.h"

#include <utf8proc.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "value/str_methods.h"
#include "value/strobj.h"

static void add_cp(Str *out, uint32_t cp) {
    char text[4];
    str_addn(out, text, (size_t)utf8_encode(cp, text));
}

static uint32_t to_upper(uint32_t c) {
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

static uint32_t to_lower(uint32_t c) {
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static bool is_upper(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

static bool is_lower(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

static bool is_letter(uint32_t c) {
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

static bool is_cased(uint32_t c) {
    return is_upper(c) || is_lower(c) ||
           utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LT;
}

static bool is_decimal(uint32_t c) {
    UnicodeNumber n;
    return unicode_number(c, &n) && n.decimal;
}

/* Superscripts count as digits, fractions and such only as numeric. */
static bool is_digit(uint32_t c) {
    UnicodeNumber n;
    return unicode_number(c, &n) && n.digit;
}

static bool is_numeric(uint32_t c) {
    UnicodeNumber n;
    return unicode_number(c, &n);
}

bool cp_is_space(uint32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
    if (c == 0x85) return true;
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP;
}

/* ---- mapping -------------------------------------------------------------------------------- */

typedef enum CaseMap { MAP_UPPER, MAP_LOWER, MAP_FOLD, MAP_SWAP, MAP_TITLE, MAP_CAPITAL } CaseMap;

static uint32_t map_one(uint32_t c, CaseMap how, bool first, bool after_letter) {
    switch (how) {
    case MAP_UPPER:
        return to_upper(c);
    case MAP_LOWER:
    case MAP_FOLD:
        return to_lower(c);
    case MAP_SWAP:
        return is_upper(c) ? to_lower(c) : to_upper(c);
    case MAP_TITLE:
        return after_letter ? to_lower(c) : to_upper(c);
    case MAP_CAPITAL:
        return first ? to_upper(c) : to_lower(c);
    }
    return c;
}

static bool map_case(Value self, CaseMap how, Value *out) {
    StrObj *s = str_of(self);
    Str text = STR_INIT;
    bool after_letter = false;
    for (size_t i = 0; i < s->len && !INTERRUPTED();) {
        uint32_t c;
        size_t at = i;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
        uint32_t to = map_one(c, how, at == 0, after_letter);
        bool upper = how == MAP_UPPER || how == MAP_SWAP;
        if (c == 0xdf && (upper || how == MAP_FOLD))
            str_add(&text, upper ? "SS" : "ss");
        else
            add_cp(&text, to);
        after_letter = is_cased(c);
    }
    *out = str_value_take(&text);
    return true;
}

#define CASE_METHOD(name, how)                                                                     \
    bool name(Interp *in, Value *args, Value *out, Err *err) {                                     \
        UNUSED(in), UNUSED(err);                                                                   \
        return map_case(args[0], how, out);                                                        \
    }
CASE_METHOD(str_upper, MAP_UPPER)
CASE_METHOD(str_lower, MAP_LOWER)
CASE_METHOD(str_casefold, MAP_FOLD)
CASE_METHOD(str_swapcase, MAP_SWAP)
CASE_METHOD(str_title, MAP_TITLE)
CASE_METHOD(str_capitalize, MAP_CAPITAL)

/* ---- asking --------------------------------------------------------------------------------- */

static bool every(Value self, bool (*test)(uint32_t), bool of_empty, Value *out) {
    StrObj *s = str_of(self);
    bool yes = of_empty || s->len > 0;
    for (size_t i = 0; i < s->len && yes && !INTERRUPTED();) {
        uint32_t c;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
        yes = test(c);
    }
    *out = value_bool(yes);
    return true;
}

static bool is_alnum(uint32_t c) {
    return is_letter(c) || is_numeric(c);
}

static bool is_ascii(uint32_t c) {
    return c < 0x80;
}

#define CLASS_METHOD(name, test, of_empty)                                                         \
    bool name(Interp *in, Value *args, Value *out, Err *err) {                                     \
        UNUSED(in), UNUSED(err);                                                                   \
        return every(args[0], test, of_empty, out);                                                \
    }
CLASS_METHOD(str_isdigit, is_digit, false)
CLASS_METHOD(str_isdecimal, is_decimal, false)
CLASS_METHOD(str_isnumeric, is_numeric, false)
CLASS_METHOD(str_isalpha, is_letter, false)
CLASS_METHOD(str_isalnum, is_alnum, false)
CLASS_METHOD(str_isspace, cp_is_space, false)
CLASS_METHOD(str_isascii, is_ascii, true)
CLASS_METHOD(str_isprintable, str_printable, true)

/* At least one cased character and none of the other case. */
static bool one_case(Value self, bool (*wrong)(uint32_t), Value *out) {
    StrObj *s = str_of(self);
    bool any = false, ok = true;
    for (size_t i = 0; i < s->len && ok && !INTERRUPTED();) {
        uint32_t c;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
        any = any || is_cased(c);
        ok = !wrong(c);
    }
    *out = value_bool(any && ok);
    return true;
}

bool str_isupper(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    return one_case(args[0], is_lower, out);
}

bool str_islower(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    return one_case(args[0], is_upper, out);
}

bool str_istitle(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    StrObj *s = str_of(args[0]);
    bool any = false, ok = true, after = false;
    for (size_t i = 0; i < s->len && ok && !INTERRUPTED();) {
        uint32_t c;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
        if (is_upper(c)) ok = !after;
        if (is_lower(c)) ok = after;
        after = is_cased(c);
        any = any || after;
    }
    *out = value_bool(any && ok);
    return true;
}

bool str_isidentifier(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    StrObj *s = str_of(args[0]);
    bool ok = s->len > 0;
    for (size_t i = 0; i < s->len && ok && !INTERRUPTED();) {
        uint32_t c;
        bool first = i == 0;
        i += (size_t)utf8_decode(s->s + i, s->len - i, &c);
        ok = c == '_' || is_letter(c) || (!first && is_decimal(c));
    }
    *out = value_bool(ok);
    return true;
}
