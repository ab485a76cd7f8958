/* See tokens.h. The text is levelled code point by code point (Level), then cut. */
#include "config.h"

#include "practice/tokens.h"

#include <ctype.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* ---- levelling ---------------------------------------------------------------------------- */

/* The levelled text, and for each byte of it the byte of the original that it came from. */
typedef struct Level {
    Str text;
    VEC(size_t) origin;
} Level;

/* clang-format off */
static const struct { uint32_t cp; const char *as; } signs[] = {
    {0x00b2, "^2"}, {0x00b3, "^3"}, {0x00b9, "^1"}, {0x2070, "^0"}, {0x2074, "^4"},
    {0x207b, "^-"}, {0x1d40, "^t"}, {0x22a4, "^t"}, {0x1d4f, "^k"}, {0x207f, "^n"}, {0x00bd, " 0.5 "},
    {0x2080, "_0"}, {0x2081, "_1"}, {0x2082, "_2"}, {0x2083, "_3"}, {0x2096, "_k"}, {0x2099, "_n"},
    {0x1d62, "_i"}, {0x2c7c, "_j"}, {0x209c, "_t"}, {0x2095, "_h"}, {0x2098, "_m"}, {0x2090, "_a"},
    {0x00b7, "*"}, {0x00d7, "*"}, {0x2219, "*"}, {0x22c5, "*"}, {0x2217, "*"}, {0x2062, "*"},
    {0x2212, "-"}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"}, {0x2013, " - "}, {0x2014, " ; "},
    {0x00f7, "/"}, {0x2215, "/"}, {0x2044, "/"}, {0x221a, " √"}, {0x221e, "infinity "},
    {0x2192, " > "}, {0x21d2, " > "}, {0x27f9, " > "}, {0x2248, "="}, {0x2260, " not = "},
    {0x2264, "<"}, {0x2265, ">"}, {0x2018, "'"}, {0x2019, "'"}, {0x02bc, "'"}, {0x201c, "\""},
    {0x201d, "\""}, {0x2022, "\n- "}, {0x2026, ". "}, {0x00a0, " "}, {0x2208, " in "},
    {0x2211, " sum "}, {0x03a3, " sum "}, {0x22a5, " bottom "}, {0x2297, "*"}, {0x2299, "*"},
    {0x03b1, " alpha "}, {0x03b2, " beta "}, {0x03b3, " gamma "}, {0x03b4, " delta "},
    {0x03b5, " epsilon "}, {0x03b8, " theta "}, {0x03bb, " lambda "}, {0x03bc, " mu "},
    {0x03c0, " pi "}, {0x03c3, " sigma "}, {0x03c4, " tau "}, {0x03c6, " phi "}, {0x03c9, " omega "},
    {0x03d5, " phi "}, {0x0394, " delta "}, {0x03a6, " phi "},
};

static const struct { const char *name, *as; } latex[] = {
    {"sqrt", " √"}, {"frac", " frac"}, {"dfrac", " frac"}, {"tfrac", " frac"}, {"cdot", "*"},
    {"times", "*"}, {"infty", "infinity "}, {"top", "t"}, {"intercal", "t"}, {"left", ""},
    {"right", ""}, {"mathrm", ""}, {"text", ""}, {"mathbf", ""}, {"operatorname", ""}, {"to", " > "},
    {"mathit", ""}, {"mathcal", ""}, {"textbf", ""}, {"emph", ""}, {"big", ""}, {"quad", " "},
    {"neq", " not = "}, {"approx", "="}, {"leq", "<"}, {"le", "<"}, {"geq", ">"}, {"ge", ">"},
    {"rightarrow", " > "}, {"odot", "*"}, {"otimes", "*"}, {"ldots", " "}, {"dots", " "},
};
/* clang-format on */

static void put(Level *l, const char *text, size_t n, size_t origin) {
    str_addn(&l->text, text, n);
    for (size_t i = 0; i < n; i++) vec_push(&l->origin, origin);
}

/* "\sqrt" at s[i], i the backslash; returns the bytes taken. */
static size_t put_latex(Level *l, const char *s, size_t n, size_t i) {
    size_t end = i + 1;
    while (end < n && isalpha((unsigned char)s[end])) end++;
    size_t len = end - i - 1;
    for (size_t k = 0; k < ARRAY_LEN(latex); k++)
        if (strlen(latex[k].name) == len && memcmp(latex[k].name, s + i + 1, len) == 0) {
            put(l, latex[k].as, strlen(latex[k].as), i);
            return end - i;
        }
    put(l, " ", 1, i);
    return 1; /* \alpha is the word alpha, \, and \( are blanks and what follows */
}

static void put_other(Level *l, uint32_t cp, size_t origin) {
    utf8proc_int32_t parts[32];
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)cp);
    if (kind > UTF8PROC_CATEGORY_NO || cp == 0xfffd) { /* neither letter, mark nor number */
        put(l, " ", 1, origin);
        return;
    }
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, parts, (utf8proc_ssize_t)ARRAY_LEN(parts),
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    for (utf8proc_ssize_t k = 0; k < MIN(n, (utf8proc_ssize_t)ARRAY_LEN(parts)); k++) {
        char bytes[4];
        size_t len = (size_t)utf8_encode((uint32_t)parts[k], bytes);
        put(l, bytes, len, origin);
    }
}

static void level(const char *s, size_t n, Level *l) {
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t took = (size_t)utf8_decode(s + i, n - i, &cp), k = 0;
        if (cp == '\\' && i + 1 < n) {
            i += put_latex(l, s, n, i);
            continue;
        }
        while (k < ARRAY_LEN(signs) && signs[k].cp != cp) k++;
        char c = (char)tolower((unsigned char)s[i]);
        if (cp < 0x80)
            put(l, (cp < ' ' && cp != '\n') || cp == 0x7f ? " " : &c, 1, i);
        else if (k < ARRAY_LEN(signs))
            put(l, signs[k].as, strlen(signs[k].as), i);
        else
            put_other(l, cp, i);
        i += took;
    }
}

/* ---- cutting ------------------------------------------------------------------------------ */

typedef struct Cut {
    Concepts *c;
    const char *s, *text; /* levelled; as it was written */
    const size_t *origin;
    size_t n, i, size;     /* size: bytes of `text` */
    bool add, glued, ends; /* ends: the next token begins a sentence */
    Tokens *out;
} Cut;

static bool is_letter(unsigned char c) {
    return isalpha(c) || c >= 0x80;
}

static bool at(const Cut *k, size_t i, const char *text) {
    size_t w = strlen(text);
    return i + w <= k->n && memcmp(k->s + i, text, w) == 0;
}

static size_t origin_end(const Cut *k, size_t end) {
    if (end >= k->n) return k->size;
    uint32_t cp;
    size_t last = k->origin[end - 1];
    size_t after = last + (size_t)utf8_decode(k->text + last, k->size - last, &cp);
    return MAX(after, MIN(k->origin[end], after));
}

static Token *push(Cut *k, TokenKind kind, size_t end) {
    if (k->ends && k->out->list.count) k->out->sentences++;
    k->ends = false;
    vec_push(&k->out->list, (Token){.kind = kind,
                                    .id = -1,
                                    .glued = k->glued && k->out->list.count,
                                    .from = k->origin[k->i],
                                    .to = origin_end(k, end),
                                    .sentence = k->out->sentences});
    k->glued = true;
    return &k->out->list.items[k->out->list.count - 1];
}

static uint32_t hash_of(const char *s, size_t n) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

static void name_token(Cut *k, Token *t, const char *name, size_t n) {
    t->id = concepts_id(k->c, name, n, k->add);
    t->hash = hash_of(name, n);
    t->flags = concepts_flags(k->c, t->id);
    t->verb = t->flags & WORD_VERB;
}

static void put_number(Cut *k, size_t end, double number) {
    char name[40];
    Token *t = push(k, TOKEN_NUMBER, end);
    t->number = number;
    snprintf(name, sizeof name, "#%.10g", number);
    name_token(k, t, name, strlen(name));
}

static void put_sign(Cut *k, size_t end, char sign) {
    Token *t = push(k, TOKEN_SIGN, end);
    t->sign = sign;
    name_token(k, t, &sign, 1);
    t->verb = sign == '=' || sign == '>';
    if (strchr(",;:()", sign)) t->flags |= WORD_BREAK;
}

static void put_word(Cut *k, size_t end, const char *w, size_t n) {
    double number = 0;
    if (concepts_number(k->c, w, n, &number)) {
        put_number(k, end, number);
        return;
    }
    Token *t = push(k, TOKEN_WORD, end);
    t->word = k->out->words.len;
    t->length = n;
    str_addn(&k->out->words, w, n);
    Str stem = STR_INIT;
    concepts_stem(k->c, w, n, &stem);
    name_token(k, t, str_cstr(&stem), stem.len);
    if (t->id < 0) {
        t->id = concepts_typo(k->c, str_cstr(&stem), stem.len);
        t->flags = concepts_flags(k->c, t->id);
        t->verb = t->flags & WORD_VERB;
    }
    if (n > 4 && memcmp(w + n - 2, "ed", 2) == 0) t->verb = true;
    str_clear(&stem);
}

/* 12, 1,000, 0.5, 1e-9; a point or comma that no digit follows is a sign of its own. */
static void cut_number(Cut *k) {
    char digits[64];
    size_t n = 0, i = k->i;
    for (; i < k->n && n < sizeof digits - 8; i++) {
        bool next = i + 1 < k->n && isdigit((unsigned char)k->s[i + 1]);
        if (isdigit((unsigned char)k->s[i]) || (k->s[i] == '.' && next))
            digits[n++] = k->s[i];
        else if (!(k->s[i] == ',' && i + 3 < k->n && next && isdigit((unsigned char)k->s[i + 2]) &&
                   isdigit((unsigned char)k->s[i + 3]) &&
                   !(i + 4 < k->n && isdigit((unsigned char)k->s[i + 4]))))
            break;
    }
    if (i + 1 < k->n && k->s[i] == 'e') {
        size_t e = i + 1 + (k->s[i + 1] == '-' || k->s[i + 1] == '+');
        if (e < k->n && isdigit((unsigned char)k->s[e])) {
            while (i < e) digits[n++] = k->s[i++];
            for (; i < k->n && isdigit((unsigned char)k->s[i]); i++)
                if (n < sizeof digits - 1) digits[n++] = k->s[i];
        }
    }
    digits[n] = '\0';
    put_number(k, i, strtod(digits, NULL));
    k->i = i;
}

/* The end of a word at i; with subscripts (d_k, d_{model}), whose braces `w` leaves out. */
static size_t word_end(const Cut *k, size_t i, Str *w) {
    while (i < k->n) {
        unsigned char c = (unsigned char)k->s[i];
        size_t open = i + 1 < k->n && k->s[i + 1] == '{';
        if (is_letter(c) || isdigit(c)) {
            str_addc(w, (char)c);
            i++;
        } else if (c == '_' && i + 1 + open < k->n && isalnum((unsigned char)k->s[i + 1 + open])) {
            str_addc(w, '_');
            i += 1 + open;
            if (!open) continue;
            while (i < k->n && isalnum((unsigned char)k->s[i])) str_addc(w, k->s[i++]);
            i += i < k->n && k->s[i] == '}';
        } else {
            break;
        }
    }
    return i;
}

/* A name of a variable: d_k, W_q, n_heads; of others the _ parts words. */
static bool subscripted(const Cut *k, const char *w, size_t n) {
    const char *line = memchr(w, '_', n);
    size_t head = line ? (size_t)(line - w) : n, tail = line ? n - head - 1 : 0;
    if (!line || memchr(line + 1, '_', tail)) return false;
    return (head == 1 && tail <= 2) || concepts_id(k->c, w, n, false) >= 0;
}

static void cut_parts(Cut *k, size_t end, const Str *w) {
    if (!memchr(w->buf, '_', w->len) || subscripted(k, w->buf, w->len)) {
        put_word(k, end, w->buf, w->len);
        k->i = end;
        return;
    }
    for (size_t i = 0; i < w->len;) {
        size_t n = strcspn(w->buf + i, "_");
        size_t to = MIN(k->i + n, end);
        if (n) put_word(k, to, w->buf + i, n);
        i += n + 1;
        k->i = MIN(to + 1, end);
        k->glued = false;
    }
    k->i = end;
}

/* What follows an apostrophe: don't = do not, can't = can not, it's = it. */
static bool cut_apostrophe(Cut *k, const Str *w, size_t end) {
    if (end >= k->n || k->s[end] != '\'') return false;
    bool not = at(k, end, "'t") && w->len > 1 && w->buf[w->len - 1] == 'n' &&
               !(end + 2 < k->n && is_letter((unsigned char)k->s[end + 2]));
    size_t tail = end + 1;
    while (tail < k->n && is_letter((unsigned char)k->s[tail])) tail++;
    if (!not &&(tail == end + 1 || tail - end > 3)) return false;
    size_t keep = w->len - (not &&strcmp(w->buf, "can") != 0);
    put_word(k, end, w->buf, keep);
    k->i = end - (not ? 1 : 0);
    if (not ) put_word(k, end + 2, "not", 3);
    if (at(k, end, "'d")) put_word(k, tail, "would", 5);
    k->i = tail;
    return true;
}

/* 2nd, 3rd, 4th */
static bool ordinal(const Cut *k, size_t *end) {
    size_t i = k->i;
    while (i < k->n && isdigit((unsigned char)k->s[i])) i++;
    if (!at(k, i, "st") && !at(k, i, "nd") && !at(k, i, "rd") && !at(k, i, "th")) return false;
    *end = i + 2;
    return *end >= k->n || !(is_letter((unsigned char)k->s[*end]) || k->s[*end] == '^');
}

static void cut_word(Cut *k) {
    Str w = STR_INIT;
    size_t end = word_end(k, k->i, &w);
    if (w.len > 60) str_reset(&w), str_addc(&w, 'x'); /* no word of a language */
    if (!cut_apostrophe(k, &w, end)) cut_parts(k, end, &w);
    str_clear(&w);
}

/* ---- sentences ---------------------------------------------------------------------------- */

/* "e.g." ends no sentence. */
static bool abbreviated(const Cut *k, size_t dot) {
    static const char *const known[] = {"e.g",    "i.e",  "vs",    "cf",  "etc",
                                        "approx", "resp", "eq",    "fig", "sec",
                                        "dim",    "dims", "w.r.t", "al",  "a.k.a"};
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        size_t w = strlen(known[i]);
        if (dot >= w && memcmp(k->s + dot - w, known[i], w) == 0 &&
            (dot == w || !is_letter((unsigned char)k->s[dot - w - 1])))
            return true;
    }
    return false;
}

static bool ends_sentence(const Cut *k, size_t i) {
    char c = k->s[i];
    if (c != '.' && c != '!' && c != '?') return false;
    size_t next = i + 1;
    while (next < k->n && strchr(".!?)\"'`*", k->s[next])) next++;
    return (next >= k->n || strchr(" \n", k->s[next])) && !(c == '.' && abbreviated(k, i));
}

/* A blank line, or a line that begins with a bullet or a number. */
static bool line_ends_sentence(const Cut *k, size_t i) {
    i++;
    while (i < k->n && k->s[i] == ' ') i++;
    if (i >= k->n || k->s[i] == '\n') return true;
    if (strchr("-*#", k->s[i])) return i + 1 < k->n && k->s[i + 1] == ' ';
    size_t digits = i;
    while (digits < k->n && isdigit((unsigned char)k->s[digits])) digits++;
    return digits > i && digits < k->n && strchr(".)", k->s[digits]);
}

static size_t letters_before(const Cut *k) {
    size_t i = k->i;
    while (i > 0 && is_letter((unsigned char)k->s[i - 1])) i--;
    return k->i - i;
}

static size_t letters_behind(const Cut *k) {
    size_t i = k->i + 1;
    while (i < k->n && is_letter((unsigned char)k->s[i])) i++;
    return i - k->i - 1;
}

/* self-attention, key/value: what joins two words is none; of what is computed it is. */
static bool joins(const Cut *k) {
    size_t before = letters_before(k), behind = letters_behind(k);
    if (k->s[k->i] == '-') return before > 1 && behind > 1;
    return k->s[k->i] == '/' && before > 2 && behind > 2 && !at(k, k->i + 1, "sqrt") &&
           !at(k, k->i + 1, "root");
}

static bool line_begins(const Cut *k) {
    size_t i = k->i;
    while (i > 0 && k->s[i - 1] == ' ') i--;
    return i == 0 || k->s[i - 1] == '\n';
}

/* A bullet, "2." or "2)" before a line: its end, or 0. */
static size_t bullet_end(const Cut *k) {
    size_t i = k->i;
    if (!line_begins(k)) return 0;
    if (k->s[i] == '-' || k->s[i] == '*' || k->s[i] == '#')
        i++;
    else {
        while (i < k->n && isdigit((unsigned char)k->s[i])) i++;
        if (i == k->i || i >= k->n || !strchr(".)", k->s[i])) return 0;
        i++;
    }
    return i < k->n && k->s[i] == ' ' ? i : 0;
}

static void cut_sign(Cut *k) {
    char c = k->s[k->i];
    size_t behind = k->i + 2 + strspn(k->s + MIN(k->i + 2, k->n), " ");
    bool power = at(k, k->i, "**") && behind < k->n && strchr("-0123456789({n", k->s[behind]);
    if (c == ' ' || c == '\n') {
        k->glued = false;
        k->ends = k->ends || (c == '\n' && line_ends_sentence(k, k->i));
        k->i++;
    } else if (power) {
        put_sign(k, k->i + 2, '^');
        k->i += 2;
    } else if (ends_sentence(k, k->i)) {
        k->ends = true;
        k->i++;
    } else if (c == '.' && at(k, k->i, ".t") &&
               !(k->i + 2 < k->n && isalnum((unsigned char)k->s[k->i + 2]))) {
        put_sign(k, k->i + 1, '^'); /* K.T */
        k->i++;
    } else {
        bool sign = strchr("+-*/^=<>(){},;:%|~", c) != NULL && !joins(k);
        if (sign) put_sign(k, k->i + 1, c);
        k->i++;
    }
}

void tokens_read(Concepts *c, const char *text, size_t n, bool add, Tokens *out) {
    Level l = {0};
    level(text, n, &l);
    Cut k = {.c = c,
             .s = str_cstr(&l.text),
             .text = text,
             .origin = l.origin.items,
             .n = l.text.len,
             .size = n,
             .add = add,
             .out = out};
    while (k.i < k.n) {
        unsigned char ch = (unsigned char)k.s[k.i];
        size_t end = bullet_end(&k);
        if (end) {
            k.i = end;
        } else if (at(&k, k.i, "√")) {
            put_sign(&k, k.i + strlen("√"), 'r');
            k.i += strlen("√");
        } else if (isdigit(ch) && ordinal(&k, &end)) {
            put_word(&k, end, k.s + k.i, end - k.i);
            k.i = end;
        } else if (isdigit(ch)) {
            cut_number(&k);
        } else if (is_letter(ch)) {
            cut_word(&k);
        } else {
            cut_sign(&k);
        }
    }
    out->sentences += out->list.count > 0;
    str_clear(&l.text);
    vec_clear(&l.origin);
}

void tokens_clear(Tokens *t) {
    vec_clear(&t->list);
    str_clear(&t->words);
    t->sentences = 0;
}
