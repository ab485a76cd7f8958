/* Answers that are values: an expression is run, its value compared (_practice.py). */
#include "config.h"

#include <ctype.h>
#include <strings.h>

#include "practice/graders.h"
#include "value/obj.h"

/* ---- what was typed ---------------------------------------------------------------------- */

static const struct Unit {
    const char *name;
    double times;
} units[] = {
    {"KiB", 1024.0},
    {"MiB", 1048576.0},
    {"GiB", 1073741824.0},
    {"TiB", 1099511627776.0},
    {"KB", 1e3},
    {"kB", 1e3},
    {"MB", 1e6},
    {"GB", 1e9},
    {"TB", 1e12},
    {"bytes", 1},
    {"byte", 1},
    {"parameters", 1},
    {"params", 1},
    {"FLOPs", 1},
    {"GFLOPs", 1e9},
    {"MFLOPs", 1e6},
    {"thousand", 1e3},
    {"million", 1e6},
    {"billion", 1e9},
    {"trillion", 1e12},
    {"K", 1e3},
    {"k", 1e3},
    {"M", 1e6},
    {"G", 1e9},
    {"B", 1e9},
    {"T", 1e12},
    {"%", 0.01},
    {"ms", 1e-3},
    {"µs", 1e-6},
    {"us", 1e-6},
    {"ns", 1e-9},
    {"s", 1},
};

/* Takes "MiB" off the end of "2.5 MiB": the length that is left. A unit stands behind a digit or a
 * closing bracket; `rounded` when it scales, so that what was typed is a rounded number. */
static size_t take_unit(const char *s, size_t n, double *times, bool *rounded) {
    *times = 1;
    *rounded = false;
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        size_t w = strlen(units[i].name);
        if (n <= w || memcmp(s + n - w, units[i].name, w) != 0) continue;
        size_t left = n - w;
        while (left && s[left - 1] == ' ') left--;
        if (!left || !(isdigit((unsigned char)s[left - 1]) || strchr(".)", s[left - 1]))) continue;
        *times = units[i].times;
        *rounded = units[i].times != 1;
        return left;
    }
    return n;
}

static bool in_question(const Asked *a, const char *word, size_t n) {
    for (const char *p = str_cstr(&a->text); *p; p++)
        if (strncasecmp(p, word, n) == 0 && !isalpha((unsigned char)p[n]) &&
            (p == a->text.buf || !isalpha((unsigned char)p[-1])))
            return true;
    return false;
}

/* "210 pairs" -> 210, "≈ 2.1" -> 2.1: words that the question has itself say nothing, nor does a
 * sign in front. */
static size_t bare_number(const Asked *a, const char **answer, size_t n) {
    static const char *const signs[] = {"≈", "~", "=", "about ", "approximately "};
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        size_t len = strlen(signs[i]);
        if (n <= len || strncmp(*answer, signs[i], len) != 0) continue;
        *answer += len, n -= len;
        while (n && isspace((unsigned char)**answer)) ++*answer, n--;
    }
    while (n) {
        size_t from = n;
        while (from && isalpha((unsigned char)(*answer)[from - 1])) from--;
        bool word = n - from > 2 && from && (*answer)[from - 1] == ' ';
        if (!word || !in_question(a, *answer + from, n - from)) break;
        for (n = from; n && (*answer)[n - 1] == ' ';) n--;
    }
    return n;
}

/* "2,359,296" -> "2359296": commas that group digits by three, in a number and nothing else. */
static void without_groups(const char *s, size_t n, Str *out) {
    for (size_t i = 0; i < n; i++) {
        bool number = true, grouped = false;
        size_t end = i;
        while (end < n && (isdigit((unsigned char)s[end]) || s[end] == ',' || s[end] == '_')) end++;
        for (size_t k = i; k < end; k++)
            if (s[k] == ',') {
                grouped = true;
                size_t digits = 0;
                while (k + 1 + digits < n && isdigit((unsigned char)s[k + 1 + digits])) digits++;
                number = number && digits == 3 && k > i;
            }
        if (grouped && number && i == 0 && end == n) {
            for (; i < end; i++)
                if (s[i] != ',') str_addc(out, s[i]);
            return;
        }
        str_addc(out, s[i]);
    }
}

/* "2x3x4" and "2 × 3 × 4" -> "2,3,4"; "1000/1100" stays, as a text. */
static void as_shape(const char *s, size_t n, Str *out) {
    for (size_t i = 0; i < n; i++) {
        if (n - i >= 2 && memcmp(s + i, "×", 2) == 0) {
            str_addc(out, ',');
            i++;
        } else if (s[i] == 'x' && i && i + 1 < n && strchr(" 0123456789", s[i - 1]) &&
                   strchr(" 0123456789", s[i + 1]))
            str_addc(out, ',');
        else
            str_addc(out, s[i]);
    }
    bool bare = out->len && !memchr(out->buf, '(', out->len) && !memchr(out->buf, '[', out->len);
    if (bare && !memchr(out->buf, ',', out->len)) str_addc(out, ',');
}

/* Rows of 0 and 1, with / or blanks or new lines between. */
static bool is_rows(const char *s, size_t n) {
    size_t ones = 0;
    for (size_t i = 0; i < n; i++) {
        if (!strchr("01/ \n\r\t|,;", s[i])) return false;
        ones += s[i] == '0' || s[i] == '1';
    }
    return ones > 0;
}

/* What an answer may take of the processor's time. */
#define ANSWER_NS ((int64_t)5 * 1000000000)

static bool take_typed(Interp *in, Value v, void *ctx, Err *err) {
    UNUSED(in);
    if (v.tag == VT_UNSET) {
        err_set(err, ERR_SYNTAX, "an answer here is an expression, as 4*768**2 or (2, 8, 6, 6)");
        return false;
    }
    *(Value *)ctx = value_retain(v);
    return true;
}

/* ---- comparing ---------------------------------------------------------------------------- */

/* (result, diagnosis or None, text) of _practice.py into the verdict. */
static void take_verdict(Value got, Verdict *out) {
    const Value *v = tuple_items(got);
    out->result = (Result)v[0].i;
    if (v[1].tag != VT_NONE) out->diagnosis = mem_strdup(str_of(v[1])->s);
    str_add(&out->shown, str_of(v[2])->s);
}

static bool compare(const Asked *a, Value got, double times, bool rounded, const char *typed,
                    Verdict *out, Err *err) {
    const Item *it = a->item;
    Value want = VALUE_UNSET, verdict = VALUE_UNSET;
    if (!asked_value(a, "the answer of an item", it->answer, strlen(it->answer), &want, err))
        return false;
    Value args[] = {str_value_cstr(item_kind_name(it->kind)),
                    got,
                    want,
                    value_float(it->tolerance),
                    value_float(times),
                    value_bool(rounded),
                    str_value_cstr(typed)};
    bool ok = import_call(a->in, "_practice", "compare", args, ARRAY_LEN(args), &verdict, err);
    if (ok) take_verdict(verdict, out);
    value_release(verdict);
    value_release(want);
    value_release(args[0]);
    value_release(args[6]);
    return ok;
}

static void hint_letters(const Item *it, Err *err) {
    Str all = STR_INIT;
    for (size_t i = 0; i < it->letters.count; i++)
        str_printf(&all, "%s%s", i ? ", " : "", it->letters.items[i]);
    err_hint(err, "the letters of this question are %s", str_cstr(&all));
    str_clear(&all);
}

/* The value of what was typed, in the scope of the question. */
static bool typed_value(const Asked *a, const Str *text, Value *out, Err *err) {
    Value none = VALUE_UNSET;
    bool numpy = strstr(str_cstr(text), "np.") != NULL;
    if (numpy && !import_call(a->in, "_practice", "with_numpy", &a->scope, 1, &none, err))
        return false;
    value_release(none);
    Source *src = source_new("answer", str_cstr(text), text->len, 1);
    bool ok = cell_within(a->in, ANSWER_NS, src, a->scope, take_typed, out, err);
    source_release(src);
    if (!ok && err->kind == ERR_NAME && a->item->letters.count && !err->hint)
        hint_letters(a->item, err);
    return ok;
}

bool grade_value(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    const Item *it = a->item;
    Str text = STR_INIT;
    double times = 1;
    bool rounded = false;
    while (n && isspace((unsigned char)answer[n - 1])) n--;
    while (n && isspace((unsigned char)*answer)) answer++, n--;
    if (it->kind == ITEM_NUMBER) {
        n = bare_number(a, &answer, n);
        n = take_unit(answer, n, &times, &rounded);
        without_groups(answer, n, &text);
    } else if (it->kind == ITEM_SHAPE)
        as_shape(answer, n, &text);
    else
        str_addn(&text, answer, n);
    Value got = VALUE_UNSET;
    bool rows = it->kind == ITEM_MASK && is_rows(answer, n);
    bool ok = true;
    if (rows)
        got = str_value(answer, n);
    else
        ok = typed_value(a, &text, &got, err);
    ok = ok && compare(a, got, times, rounded, str_cstr(&text), out, err);
    value_release(got);
    str_clear(&text);
    return ok;
}
