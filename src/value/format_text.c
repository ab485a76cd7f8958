/* str.format and the % operator: texts with fields in them. */
#include "config.h"

#include "value/format.h"

#include <ctype.h>
#include <math.h>

#include "base/utf8.h"
#include "value/ops.h"
#include "value/number.h"
#include "value/strobj.h"

/* ---- str.format ----------------------------------------------------------------------------- */

typedef struct Fields {
    Interp *in;
    Value pos, kw;
    int64_t next; /* automatic numbering: the next argument; -1 once numbers were given */
    int depth;    /* of nested fields in specs */
    Err *err;
} Fields;

static bool expand(Fields *f, const char *s, size_t n, Str *out);

static bool all_digits(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isdigit((unsigned char)s[i])) return false;
    return n > 0 && n < 10;
}

static bool take_positional(Fields *f, int64_t i, Value *out) {
    if (f->pos.tag == VT_UNSET)
        return err_set(f->err, ERR_VALUE, "Format string contains positional fields");
    if (i >= tuple_count(f->pos))
        return err_set(f->err, ERR_INDEX,
                       "Replacement index %lld out of range for positional args tuple",
                       (long long)i);
    *out = value_retain(tuple_items(f->pos)[i]);
    return true;
}

/* The argument that a field's first name means: "", "0" or "name". */
static bool first_value(Fields *f, const char *s, size_t n, Value *out) {
    if (n == 0) {
        if (f->next < 0)
            return err_set(f->err, ERR_VALUE,
                           "cannot switch from manual field specification to "
                           "automatic field numbering");
        return take_positional(f, f->next++, out);
    }
    if (all_digits(s, n)) {
        if (f->next > 0)
            return err_set(f->err, ERR_VALUE,
                           "cannot switch from automatic field numbering to "
                           "manual field specification");
        f->next = -1;
        return take_positional(f, strtol(s, NULL, 10), out);
    }
    Value name = str_value(s, n);
    bool ok = f->kw.tag == VT_UNSET ? interp_raise_key(f->in, name, f->err)
                                    : value_getitem(f->in, f->kw, name, out, f->err);
    value_release(name);
    return ok;
}

/* ".attr" and "[index]" after the first name. */
static bool follow_path(Fields *f, const char *s, size_t n, Value *v) {
    for (size_t i = 0; i < n;) {
        bool index = s[i] == '[';
        size_t from = ++i;
        while (i < n && (index ? s[i] != ']' : s[i] != '.' && s[i] != '[')) i++;
        if (index && i == n) return err_set(f->err, ERR_VALUE, "expected '}' before end of string");
        if (i == from) return err_set(f->err, ERR_VALUE, "Empty attribute in format string");
        Value got, key = VALUE_UNSET;
        bool ok;
        if (index) {
            key = all_digits(s + from, i - from) ? value_int(strtol(s + from, NULL, 10))
                                                 : str_value(s + from, i - from);
            ok = value_getitem(f->in, *v, key, &got, f->err);
            i++;
        } else {
            StrObj *name = str_intern(s + from, i - from);
            key = value_obj(name);
            ok = machine_of(f->in)->calls->getattr(f->in, *v, name, &got, f->err);
        }
        value_release(key);
        if (!ok) return false;
        value_set_take(v, got);
        if (i < n && s[i] != '.' && s[i] != '[')
            return err_set(f->err, ERR_VALUE,
                           "Only '.' or '[' may follow ']' in format field specifier");
    }
    return true;
}

static bool convert(Fields *f, char how, Value *v) {
    Str text = STR_INIT;
    bool ok;
    if (how == 's')
        ok = value_str(f->in, *v, &text, f->err);
    else if (how == 'r' || how == 'a')
        ok = value_repr(f->in, *v, &text, f->err);
    else
        return err_set(f->err, ERR_VALUE, "Unknown conversion specifier %c", how);
    if (ok && how == 'a') {
        Str plain = STR_INIT;
        str_ascii(&plain, text.buf, text.len);
        str_clear(&text);
        text = plain;
    }
    if (ok) value_set_take(v, str_value_take(&text));
    str_clear(&text);
    return ok;
}

/* name [.attr | [index]]* [!conversion] [:spec], without the braces. */
static bool expand_field(Fields *f, const char *s, size_t n, Str *out) {
    size_t name = 0, path;
    bool bracket = false;
    while (name < n && (bracket || (s[name] != '!' && s[name] != ':'))) {
        if (s[name] == '[') bracket = true;
        if (s[name] == ']') bracket = false;
        name++;
    }
    for (path = 0; path < name && s[path] != '.' && s[path] != '[';) path++;
    char how = 0;
    size_t i = name;
    if (i < n && s[i] == '!') {
        if (i + 1 >= n) return err_set(f->err, ERR_VALUE, "unmatched '{' in format spec");
        how = s[i + 1];
        i += 2;
        if (i < n && s[i] != ':')
            return err_set(f->err, ERR_VALUE, "expected ':' after conversion specifier");
    }
    Value v;
    if (!first_value(f, s, path, &v)) return false;
    Str spec = STR_INIT;
    bool ok = follow_path(f, s + path, name - path, &v) && (!how || convert(f, how, &v));
    if (ok && i < n) {
        if (f->depth >= 2)
            ok = err_set(f->err, ERR_VALUE, "Max string recursion exceeded");
        else
            ok = expand(f, s + i + 1, n - i - 1, &spec);
    }
    if (ok) ok = value_format(f->in, v, str_cstr(&spec), spec.len, out, f->err);
    str_clear(&spec);
    value_release(v);
    return ok;
}

static bool expand(Fields *f, const char *s, size_t n, Str *out) {
    f->depth++;
    for (size_t i = 0; i < n; i++) {
        if (s[i] != '{' && s[i] != '}') {
            str_addc(out, s[i]);
            continue;
        }
        if (i + 1 < n && s[i + 1] == s[i]) {
            str_addc(out, s[i++]);
            continue;
        }
        if (s[i] == '}')
            return err_set(f->err, ERR_VALUE, "Single '}' encountered in format string");
        size_t from = ++i;
        int open = 1;
        for (; i < n; i++) {
            open += (s[i] == '{') - (s[i] == '}');
            if (open == 0) break;
        }
        if (from == n) return err_set(f->err, ERR_VALUE, "Single '{' encountered in format string");
        if (open) return err_set(f->err, ERR_VALUE, "expected '}' before end of string");
        if (!expand_field(f, s + from, i - from, out)) return false;
    }
    f->depth--;
    return true;
}

bool format_fields(Interp *in, StrObj *fmt, Value pos, Value kw, Str *out, Err *err) {
    Fields f = {in, pos, kw, 0, 0, err};
    return expand(&f, fmt->s, fmt->len, out);
}

/* ---- % -------------------------------------------------------------------------------------- */

typedef struct Percent {
    Interp *in;
    Value args; /* a tuple's items are used up one by one; anything else is one argument */
    int64_t next;
    bool mapped; /* %(name)s was seen */
    Err *err;
} Percent;

static bool percent_next(Percent *p, Value *out) {
    bool tuple = value_isinstance(p->args, &type_tuple);
    if (tuple ? p->next >= tuple_count(p->args) : p->next > 0)
        return err_set(p->err, ERR_TYPE, "not enough arguments for format string");
    *out = tuple ? tuple_items(p->args)[p->next] : p->args;
    p->next++;
    return true;
}

/* "%(name)": *v is owned. */
static bool percent_named(Percent *p, const char *s, size_t n, Value *v) {
    Type *t = value_type(p->args);
    if (!t->getitem || value_is(p->args, &type_tuple) || value_is_str(p->args))
        return err_set(p->err, ERR_TYPE, "format requires a mapping");
    p->mapped = true;
    Value key = str_value(s, n);
    bool ok = value_getitem(p->in, p->args, key, v, p->err);
    value_release(key);
    return ok;
}

static bool percent_star(Percent *p, int64_t *out) {
    Value v;
    if (!percent_next(p, &v)) return false;
    if (v.tag != VT_INT) return err_set(p->err, ERR_TYPE, "* wants int");
    *out = v.i;
    return true;
}

static bool percent_int(Percent *p, Value v, char code, int64_t *out) {
    bool decimal = code == 'd' || code == 'i' || code == 'u', is_index;
    if (decimal && v.tag == VT_FLOAT) return int_from_float(v.f, out, p->err);
    if (decimal && v.tag == VT_OBJ) {
        Value got;
        if (!value_call_found(p->in, v, "__int__", NULL, 0, &got, p->err)) return false;
        if (got.tag != VT_UNSET) {
            bool ok = value_to_int(p->in, got, out, p->err);
            value_release(got);
            return ok;
        }
    }
    if (!index_try(p->in, v, out, &is_index, p->err)) return false;
    if (is_index) return true;
    return err_set(p->err, ERR_TYPE, "%%%c format: %s is required, not %s", code,
                   decimal ? "a real number" : "an integer", value_type(v)->name);
}

static bool percent_number(Percent *p, Value v, FormatSpec *f, char code, Str *out) {
    char spec[96];
    /* The same engine as format(): the flags become a spec. %d with a precision pads digits. */
    const char *sign = f->sign == '+' ? "+" : f->sign == ' ' ? " " : "";
    int64_t width = f->align == '<' ? 0 : f->width;
    Str text = STR_INIT;
    bool ok;
    if (strchr("eEfFgG", code)) {
        double d;
        if (!value_to_float(p->in, v, &d, p->err)) return false;
        int n = snprintf(spec, sizeof spec, "%s%s%s%lld.%lld%c", sign, f->alternate ? "#" : "",
                         f->zero && f->align != '<' && isfinite(d) ? "0" : "", (long long)width,
                         (long long)(f->precision < 0 ? 6 : f->precision), code);
        ok = format_float(d, spec + 0, (size_t)n, &text, p->err);
    } else {
        int64_t i;
        if (!percent_int(p, v, code, &i)) return false;
        char base = code == 'i' || code == 'u' ? 'd' : code;
        if (f->precision > 0) {
            bool signed_text = i < 0 || *sign;
            int64_t digits = f->precision + signed_text + (f->alternate && base != 'd' ? 2 : 0);
            int n = snprintf(spec, sizeof spec, "%s%s0%lld%c", sign, f->alternate ? "#" : "",
                             (long long)digits, base);
            ok = format_int(i, spec, (size_t)n, &text, p->err);
        } else {
            int n = snprintf(spec, sizeof spec, "%s%s%s%lld%c", sign, f->alternate ? "#" : "",
                             f->zero && f->align != '<' ? "0" : "", (long long)width, base);
            ok = format_int(i, spec, (size_t)n, &text, p->err);
        }
    }
    int64_t pad = ok ? f->width - (int64_t)text.len : 0;
    if (ok && pad > 0) ok = format_admit(pad, p->err);
    if (ok) {
        if (pad > 0 && f->align != '<') str_fill(out, ' ', (size_t)pad);
        str_addn(out, str_cstr(&text), text.len);
        if (pad > 0 && f->align == '<') str_fill(out, ' ', (size_t)pad);
    }
    str_clear(&text);
    return ok;
}

static bool percent_text(Percent *p, Value v, FormatSpec *f, char code, Str *out) {
    Str text = STR_INIT;
    bool ok =
        code == 's' ? value_str(p->in, v, &text, p->err) : value_repr(p->in, v, &text, p->err);
    if (ok && code == 'a') {
        Str plain = STR_INIT;
        str_ascii(&plain, str_cstr(&text), text.len);
        str_clear(&text);
        text = plain;
    }
    if (ok) {
        char spec[64];
        int n =
            snprintf(spec, sizeof spec, "%c%lld", f->align == '<' ? '<' : '>', (long long)f->width);
        size_t len = text.len;
        if (f->precision >= 0) len = utf8_offset(str_cstr(&text), len, (size_t)f->precision);
        ok = format_str(str_cstr(&text), len, spec, (size_t)n, out, p->err);
    }
    str_clear(&text);
    return ok;
}

static bool percent_char(Percent *p, Value v, FormatSpec *f, Str *out) {
    char text[4];
    size_t len;
    const char *s = text;
    if (value_is_str(v) && str_count(str_of(v)) == 1) {
        s = str_of(v)->s;
        len = str_of(v)->len;
    } else if (v.tag == VT_INT) {
        if (v.i < 0 || v.i > 0x10ffff)
            return err_set(p->err, ERR_OVERFLOW, "%%c arg not in range(0x110000)");
        len = (size_t)utf8_encode((uint32_t)v.i, text);
    } else {
        return err_set(p->err, ERR_TYPE, "%%c requires int or char");
    }
    char spec[64];
    int n = snprintf(spec, sizeof spec, "%c%lld", f->align == '<' ? '<' : '>', (long long)f->width);
    return format_str(s, len, spec, (size_t)n, out, p->err);
}

static bool percent_size(Percent *p, const char *s, size_t n, size_t *i, int64_t *out) {
    if (*i < n && s[*i] == '*') {
        ++*i;
        return percent_star(p, out);
    }
    for (*out = 0; *i < n && isdigit((unsigned char)s[*i]); ++*i)
        if (__builtin_mul_overflow(*out, 10, out) || __builtin_add_overflow(*out, s[*i] - '0', out))
            return err_set(p->err, ERR_VALUE, "width too big");
    return true;
}

/* %[(name)][flags][width][.precision]code; *i stands behind the %. */
static bool percent_field(Percent *p, const char *s, size_t n, size_t *i, Str *out) {
    FormatSpec f = {.precision = -1};
    Value v = VALUE_UNSET, held = VALUE_UNSET;
    bool ok = true;
    if (*i < n && s[*i] == '(') {
        size_t from = ++*i;
        int open = 1;
        for (; *i < n; ++*i) {
            open += (s[*i] == '(') - (s[*i] == ')');
            if (open == 0) break;
        }
        if (*i == n) return err_set(p->err, ERR_VALUE, "incomplete format key");
        if (!percent_named(p, s + from, *i - from, &held)) return false;
        v = held;
        ++*i;
    }
    for (; *i < n && strchr("-+ #0", s[*i]); ++*i) {
        if (s[*i] == '-') f.align = '<';
        if (s[*i] == '0') f.zero = true;
        if (s[*i] == '#') f.alternate = true;
        if (s[*i] == '+' || (s[*i] == ' ' && f.sign != '+')) f.sign = s[*i];
    }
    ok = percent_size(p, s, n, i, &f.width);
    if (ok && f.width < 0) f.align = '<', f.width = f.width == INT64_MIN ? INT64_MAX : -f.width;
    if (ok && *i < n && s[*i] == '.') {
        ++*i;
        ok = percent_size(p, s, n, i, &f.precision);
        f.precision = MAX(f.precision, 0);
    }
    while (ok && *i < n && strchr("hlL", s[*i])) ++*i;
    if (ok && *i == n) ok = err_set(p->err, ERR_VALUE, "incomplete format");
    if (!ok) goto out;
    char code = s[*i];
    if (code == '%' && s[*i - 1] == '%') { /* nothing stands between the two */
        str_addc(out, '%');
        goto out;
    }
    if (v.tag == VT_UNSET) ok = percent_next(p, &v);
    if (!ok) goto out;
    if (!strchr("diuoxXeEfFgGcrsa", code)) {
        ok = err_set(p->err, ERR_VALUE, "unsupported format character '%c' (0x%x) at index %zu",
                     code, (unsigned char)code, utf8_count(s, *i));
        goto out;
    }
    if (strchr("rsa", code))
        ok = percent_text(p, v, &f, code, out);
    else if (code == 'c')
        ok = percent_char(p, v, &f, out);
    else
        ok = percent_number(p, v, &f, code, out);
out:
    value_release(held);
    return ok;
}

bool format_percent(Interp *in, StrObj *fmt, Value args, Str *out, Err *err) {
    Percent p = {in, args, 0, false, err};
    for (size_t i = 0; i < fmt->len; i++) {
        if (fmt->s[i] != '%') {
            str_addc(out, fmt->s[i]);
            continue;
        }
        i++;
        if (!percent_field(&p, fmt->s, fmt->len, &i, out)) return false;
    }
    bool tuple = value_isinstance(args, &type_tuple);
    bool mapping = !tuple && !value_is_str(args) && value_type(args)->getitem;
    if (p.mapped || (mapping && p.next == 0)) return true;
    if (tuple ? p.next < tuple_count(args) : p.next == 0)
        return err_set(err, ERR_TYPE, "not all arguments converted during string formatting");
    return true;
}
