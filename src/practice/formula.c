/* See formula.h. By recursive descent; each function says its part of the grammar. */
#include "config.h"

#include "practice/formula.h"

#include <math.h>
#include <stdlib.h>

/* A product: number * variables to powers, in quarters. */
enum { FACTORS = 6, PRODUCTS = 6, DEEP = 12, QUARTERS = 4 };

typedef struct Product {
    double number;
    int count;
    struct {
        int var; /* a name */
        int power;
    } factors[FACTORS];
} Product;

typedef struct Sum {
    int count;
    Product products[PRODUCTS];
} Sum;

typedef struct Reader {
    Concepts *c;
    const Tokens *t;
    const AtomList *variables;
    const int *starts; /* starts[i]: the longest variable that begins with token i, or -1 */
    AtomList *out;
    int i, depth;
    bool add;
} Reader;

/* ---- arithmetic --------------------------------------------------------------------------- */

static bool multiply_into(Product *p, int var, int power) {
    int i = 0;
    while (i < p->count && p->factors[i].var < var) i++;
    if (i < p->count && p->factors[i].var == var) {
        p->factors[i].power += power;
        return abs(p->factors[i].power) < 100;
    }
    if (p->count == FACTORS) return false;
    for (int k = p->count; k > i; k--) p->factors[k] = p->factors[k - 1];
    p->factors[i].var = var;
    p->factors[i].power = power;
    p->count++;
    return true;
}

static bool same_factors(const Product *a, const Product *b) {
    if (a->count != b->count) return false;
    for (int i = 0; i < a->count; i++)
        if (a->factors[i].var != b->factors[i].var || a->factors[i].power != b->factors[i].power)
            return false;
    return true;
}

static bool add_product(Sum *s, Product p) {
    int kept = 0;
    for (int i = 0; i < p.count; i++)
        if (p.factors[i].power) p.factors[kept++] = p.factors[i];
    p.count = kept;
    for (int i = 0; i < s->count; i++)
        if (same_factors(&s->products[i], &p)) {
            s->products[i].number += p.number;
            return true;
        }
    if (s->count == PRODUCTS) return false;
    s->products[s->count++] = p;
    return true;
}

static bool multiply(const Sum *a, const Sum *b, Sum *out) {
    Sum r = {0};
    for (int i = 0; i < a->count; i++)
        for (int j = 0; j < b->count; j++) {
            Product p = a->products[i];
            p.number *= b->products[j].number;
            for (int k = 0; k < b->products[j].count; k++)
                if (!multiply_into(&p, b->products[j].factors[k].var,
                                   b->products[j].factors[k].power))
                    return false;
            if (!add_product(&r, p)) return false;
        }
    *out = r;
    return true;
}

/* A sum to a power: any of a single product, a small whole one of others. */
static bool raise(const Sum *a, double power, Sum *out) {
    double quarters = power * QUARTERS;
    if (fabs(power) > 8 || quarters != floor(quarters)) return false;
    if (a->count == 1) {
        Sum r = *a;
        r.products[0].number = pow(a->products[0].number, power);
        for (int k = 0; k < r.products[0].count; k++) {
            double p = r.products[0].factors[k].power * power;
            if (p != floor(p)) return false;
            r.products[0].factors[k].power = (int)p;
        }
        *out = r;
        return isfinite(r.products[0].number);
    }
    if (power != 2 || a->count == 0) return false;
    return multiply(a, a, out);
}

static Sum sum_of(double number, int var) {
    Sum s = {.count = 1, .products = {{.number = number}}};
    if (var >= 0) multiply_into(&s.products[0], var, QUARTERS);
    return s;
}

/* ---- names -------------------------------------------------------------------------------- */

typedef struct Text {
    char text[160];
} Text;

static int by_text(const void *a, const void *b) {
    return strcmp(((const Text *)a)->text, ((const Text *)b)->text);
}

/* "4*d^2", without its number "d^2": variables by their spelling */
static Text product_text(const Reader *r, const Product *p, bool numbered) {
    Text parts[FACTORS], all = {""};
    for (int i = 0; i < p->count; i++) {
        const char *name = concepts_name(r->c, p->factors[i].var);
        int power = p->factors[i].power;
        if (power == QUARTERS)
            snprintf(parts[i].text, sizeof parts[i].text, "%.40s", name);
        else
            snprintf(parts[i].text, sizeof parts[i].text, "%.40s^%g", name,
                     (double)power / QUARTERS);
    }
    qsort(parts, (size_t)p->count, sizeof parts[0], by_text);
    size_t n = 0;
    if (numbered || !p->count) n = (size_t)snprintf(all.text, sizeof all.text, "%.10g", p->number);
    for (int i = 0; i < p->count && n < sizeof all.text; i++)
        n += (size_t)snprintf(all.text + n, sizeof all.text - n, "%s%.50s", n ? "*" : "",
                              parts[i].text);
    return all;
}

static void emit_name(Reader *r, const Str *name, int from) {
    int id = concepts_id(r->c, str_cstr(name), name->len, r->add);
    if (id >= 0) vec_push(r->out, (Atom){.id = id, .from = from, .to = r->i});
}

/* What was read from token `from` up to here. */
static void emit(Reader *r, const Sum *s, int from) {
    Text parts[PRODUCTS];
    for (int bare = 0; bare < 2 - r->add; bare++) { /* who asks for 4 d² means that */
        Str name = STR_INIT;
        bool differs = bare == 0;
        for (int i = 0; i < s->count; i++) {
            bool numbered = !bare && s->products[i].number != 1;
            differs = differs || s->products[i].number != 1;
            parts[i] = product_text(r, &s->products[i], numbered);
        }
        qsort(parts, (size_t)s->count, sizeof parts[0], by_text);
        str_addc(&name, '=');
        for (int i = 0; i < s->count; i++) str_printf(&name, "%s%s", i ? "+" : "", parts[i].text);
        if (differs) emit_name(r, &name, from);
        str_clear(&name);
    }
}

/* ---- tokens ------------------------------------------------------------------------------- */

static const Token *token(const Reader *r, int ahead) {
    int i = r->i + ahead;
    return i >= 0 && (size_t)i < r->t->list.count ? &r->t->list.items[i] : NULL;
}

static bool sign(const Reader *r, int ahead, char sign) {
    const Token *t = token(r, ahead);
    return t && t->kind == TOKEN_SIGN && t->sign == sign;
}

static bool word(const Reader *r, int ahead, const char *text) {
    const Token *t = token(r, ahead);
    return t && t->kind == TOKEN_WORD && t->length == strlen(text) &&
           memcmp(r->t->words.buf + t->word, text, t->length) == 0;
}

static bool take_word(Reader *r, const char *text) {
    if (!word(r, 0, text)) return false;
    r->i++;
    return true;
}

static bool take_sign(Reader *r, char c) {
    if (!sign(r, 0, c)) return false;
    r->i++;
    return true;
}

static void skip_articles(Reader *r) {
    while (take_word(r, "the") || take_word(r, "of") || take_word(r, "a") || take_word(r, "its") ||
           take_word(r, "that") || take_word(r, "each"))
        continue;
}

/* ---- the grammar -------------------------------------------------------------------------- */

static bool read_sum(Reader *r, Sum *out);
static bool read_power(Reader *r, Sum *out);

/* The variable that a letter, or a name with a subscript, stands for. */
static int variable_named(Reader *r, const char *w, size_t n) {
    size_t count = 0;
    const Phrase *p =
        concepts_phrases(r->c, PHRASE_VARIABLE, concepts_id(r->c, w, n, false), &count);
    for (size_t k = 0; k < count; k++)
        if (p[k].n == 1) return p[k].means;
    char name[48];
    snprintf(name, sizeof name, "$%.*s", (int)MIN(n, 40), w);
    return concepts_id(r->c, name, strlen(name), true);
}

static bool has_subscript(const Reader *r, const Token *t) {
    return t->length > 2 && r->t->words.buf[t->word + 1] == '_';
}

/* "qk", "nnd": letters that no word is made of */
static bool letters_alone(const Reader *r, const Token *t) {
    const char *w = r->t->words.buf + t->word;
    if (t->length < 2 || t->length > 4) return false;
    for (size_t k = 0; k < t->length; k++)
        if (w[k] < 'b' || w[k] > 'z' || strchr("aeiouy", w[k])) return false;
    return true;
}

/* variable: a name of the table, or a letter alone; "qk" is q times k */
static bool read_variable(Reader *r, Sum *out) {
    const Token *t = token(r, 0);
    int known = t ? r->starts[r->i] : -1;
    if (known >= 0) {
        *out = sum_of(1, r->variables->items[known].id);
        r->i = r->variables->items[known].to;
        return true;
    }
    if (!t || t->kind != TOKEN_WORD) return false;
    const char *w = r->t->words.buf + t->word;
    bool whole = has_subscript(r, t) || (t->length == 1 && *w > 'a' && *w <= 'z' && *w != 'i');
    if (!whole && !letters_alone(r, t)) return false;
    Sum all = sum_of(1, -1);
    for (size_t k = 0; k < t->length; k += whole ? t->length : 1) {
        int id = variable_named(r, w + k, whole ? t->length : 1);
        if (!multiply_into(&all.products[0], id, QUARTERS)) return false;
    }
    r->i++;
    *out = all;
    return true;
}

/* '(' sum ')' | '{' sum '}' */
static bool read_group(Reader *r, Sum *out) {
    char close = sign(r, 0, '(') ? ')' : sign(r, 0, '{') ? '}' : 0;
    if (!close) return false;
    int from = r->i++;
    if (!read_sum(r, out) || !take_sign(r, close)) {
        r->i = from;
        return false;
    }
    return true;
}

/* root: ['the'] ['square'] 'root' ['of'] power | sqrt power | '√' power */
static bool read_root(Reader *r, Sum *out) {
    int from = r->i;
    bool rsqrt = take_word(r, "rsqrt"), found = rsqrt || take_sign(r, 'r') || take_word(r, "sqrt");
    if (!found) {
        take_word(r, "square");
        found = take_word(r, "root") || take_word(r, "roots");
    }
    if (!found) {
        r->i = from;
        return false;
    }
    skip_articles(r);
    Sum s;
    bool ok = read_group(r, &s) || (r->depth < DEEP && read_variable(r, &s));
    if (!ok && token(r, 0) && token(r, 0)->kind == TOKEN_NUMBER) {
        s = sum_of(token(r, 0)->number, -1);
        r->i++;
        ok = true;
    }
    if (!ok || !raise(&s, rsqrt ? -0.5 : 0.5, out)) {
        r->i = from;
        return false;
    }
    emit(r, out, from);
    return true;
}

/* square: 'square' 'of' power | 'quadratic' 'in' power | 'quadratically' 'with' power */
static bool read_square(Reader *r, Sum *out) {
    int from = r->i;
    bool of = (take_word(r, "square") || take_word(r, "squares")) && take_word(r, "of");
    if (!of) {
        r->i = from;
        of = (take_word(r, "quadratic") || take_word(r, "quadratically")) &&
             (take_word(r, "in") || take_word(r, "with"));
    }
    Sum s;
    if (of) skip_articles(r);
    if (!of || !(read_group(r, &s) || read_variable(r, &s)) || !raise(&s, 2, out)) {
        r->i = from;
        return false;
    }
    emit(r, out, from);
    return true;
}

/* \frac{a}{b} */
static bool read_fraction(Reader *r, Sum *out) {
    int from = r->i;
    Sum a, b;
    if (take_word(r, "frac") && read_group(r, &a) && read_group(r, &b) && raise(&b, -1, &b) &&
        multiply(&a, &b, out)) {
        emit(r, out, from);
        return true;
    }
    r->i = from;
    return false;
}

/* factor: number | root | square | fraction | group | 'o' group | variable */
static bool read_factor(Reader *r, Sum *out) {
    const Token *t = token(r, 0);
    if (!t) return false;
    if (t->kind == TOKEN_NUMBER && r->starts[r->i] < 0) {
        *out = sum_of(t->number, -1);
        r->i++;
        return true;
    }
    if (read_root(r, out) || read_square(r, out) || read_fraction(r, out) || read_group(r, out))
        return true;
    if (word(r, 0, "o") && sign(r, 1, '(')) {
        r->i++;
        if (read_group(r, out)) return true;
        r->i--;
        return false;
    }
    return read_variable(r, out);
}

/* exponent: ['-'] number ['/' number] | group of it; 1/2 only where it is a root */
static bool read_exponent(Reader *r, double *out) {
    bool group = sign(r, 0, '(') || sign(r, 0, '{');
    bool brace = sign(r, 0, '{');
    r->i += group;
    double s = take_sign(r, '-') || take_word(r, "minus") ? -1 : 1;
    const Token *t = token(r, 0);
    if (!t || t->kind != TOKEN_NUMBER) return false;
    *out = s * t->number;
    r->i++;
    const Token *under = token(r, 1);
    if (sign(r, 0, '/') && under && under->kind == TOKEN_NUMBER && under->number != 0 &&
        (group || t->number == 1)) {
        *out /= under->number;
        r->i += 2;
    } else if (t->number == 1 && token(r, 0) && token(r, 0)->kind == TOKEN_NUMBER &&
               token(r, 0)->number == 0.5) { /* "one half" */
        *out = s * 0.5;
        r->i++;
    }
    return !group || take_sign(r, brace ? '}' : ')');
}

/* power: factor { '^' exponent | '^' 't' | 'transpose' | 'squared' | 'cubed' |
 *                 'to' 'the' ['power' 'of'] exponent }; of "nd²" only d is squared */
static bool read_powers(Reader *r, int from, Sum *out) {
    for (;;) {
        int before = r->i;
        double power = 0;
        if ((sign(r, 0, '^') && (word(r, 1, "t") || word(r, 1, "top"))) ||
            word(r, 0, "transpose") || word(r, 0, "transposed")) {
            r->i += sign(r, 0, '^') ? 2 : 1;
            int id = concepts_id(r->c, "$transpose", strlen("$transpose"), true);
            Sum t = sum_of(1, id);
            if (!multiply(out, &t, out)) return false;
            emit(r, out, from);
            continue;
        }
        if (take_word(r, "squared"))
            power = 2;
        else if (take_word(r, "cubed"))
            power = 3;
        else if (take_sign(r, '^')) {
            if (!read_exponent(r, &power)) power = 0;
        } else if (word(r, 0, "to") && word(r, 1, "the")) {
            r->i += 2;
            if (take_word(r, "power")) take_word(r, "of");
            if (!read_exponent(r, &power)) power = 0;
        }
        Sum s;
        if (power == 0 || !raise(out, power, &s)) {
            r->i = before;
            return true;
        }
        *out = s;
        emit(r, out, from);
        if (power < 0 && raise(out, -1, &s)) emit(r, &s, from);
    }
}

static bool read_power(Reader *r, Sum *out) {
    int from = r->i;
    if (!read_factor(r, out)) return false;
    const Token *t = token(r, -1);
    bool several =
        r->i == from + 1 && t->kind == TOKEN_WORD && out->count == 1 && letters_alone(r, t);
    if (!several) return read_powers(r, from, out);
    Sum last = sum_of(1, variable_named(r, r->t->words.buf + t->word + t->length - 1, 1));
    Sum rest = last;
    if (!raise(&last, -1, &rest) || !multiply(out, &rest, &rest) || !read_powers(r, from, &last) ||
        !multiply(&rest, &last, out))
        return false;
    emit(r, out, from);
    return true;
}

/* Does a factor follow without a sign? "n^2 d", "4 d", "(n + 1) d" */
static bool side_by_side(const Reader *r) {
    const Token *t = token(r, 0), *last = token(r, -1);
    if (!t || !last || t->sentence != last->sentence) return false;
    if (t->kind == TOKEN_SIGN) return t->sign == 'r' || (t->sign == '(' && t->glued);
    if (t->kind == TOKEN_NUMBER) return false;
    if (r->starts[r->i] >= 0) return r->variables->items[r->starts[r->i]].to == r->i + 1;
    return t->length == 1 || letters_alone(r, t) || word(r, 0, "sqrt") || has_subscript(r, t);
}

enum { NOTHING, TIMES, DIVIDED };

/* '*' | 'times' | 'x' | 'by' between letters | 'dot'; '/' | 'over' | 'divided by' */
static int read_operator(Reader *r) {
    const Token *last = token(r, -1);
    if (take_sign(r, '*') || take_word(r, "times") || take_word(r, "dot") || take_word(r, "x") ||
        (take_word(r, "multiplied") && (take_word(r, "by") || take_word(r, "with"))))
        return TIMES;
    if (word(r, 0, "by") && last && last->kind == TOKEN_WORD && last->length <= 2) {
        r->i++;
        return TIMES;
    }
    if (take_sign(r, '/') || take_word(r, "over") ||
        (take_word(r, "divided") && take_word(r, "by")))
        return DIVIDED;
    return NOTHING;
}

/* product: power { operator power | power } */
static bool read_product(Reader *r, Sum *out) {
    int from = r->i;
    if (!read_power(r, out)) return false;
    for (;;) {
        int before = r->i;
        Sum b;
        int op = read_operator(r);
        if (op != NOTHING) {
            skip_articles(r);
        } else {
            r->i = before;
            if (!side_by_side(r)) return true;
            op = TIMES;
        }
        if (!read_power(r, &b) || (op == DIVIDED && !raise(&b, -1, &b)) ||
            !multiply(out, &b, out)) {
            r->i = before;
            return true;
        }
        emit(r, out, from);
    }
}

/* sum: ['-'] product { ('+' | 'plus' | '-' | 'minus') product } */
static bool read_sum(Reader *r, Sum *out) {
    int from = r->i;
    if (++r->depth > DEEP) {
        r->depth--;
        return false;
    }
    bool negative = take_sign(r, '-');
    bool ok = read_product(r, out);
    if (ok && negative)
        for (int i = 0; i < out->count; i++) out->products[i].number *= -1;
    while (ok) {
        int before = r->i;
        Sum b, all = *out;
        bool plus = take_sign(r, '+') || take_word(r, "plus");
        bool minus = !plus && (take_sign(r, '-') || take_word(r, "minus"));
        if (!plus && !minus) break;
        skip_articles(r);
        if (!read_product(r, &b)) {
            r->i = before;
            break;
        }
        for (int i = 0; i < b.count && ok; i++) {
            b.products[i].number *= minus ? -1 : 1;
            ok = add_product(&all, b.products[i]);
        }
        if (!ok) {
            r->i = before;
            ok = true;
            break;
        }
        *out = all;
        emit(r, out, from);
    }
    r->depth--;
    return ok;
}

void formulas_read(Concepts *c, const Tokens *t, const AtomList *variables, bool add,
                   AtomList *out) {
    VEC(int) starts = {0};
    for (size_t i = 0; i < t->list.count; i++) vec_push(&starts, -1);
    for (size_t k = 0; k < variables->count; k++) {
        int *at = &starts.items[variables->items[k].from];
        if (*at < 0 || variables->items[*at].to < variables->items[k].to) *at = (int)k;
    }
    Reader r = {
        .c = c, .t = t, .variables = variables, .starts = starts.items, .out = out, .add = add};
    while ((size_t)r.i < t->list.count) {
        int from = r.i;
        Sum s;
        r.depth = 0;
        if (!read_sum(&r, &s) || r.i == from) r.i = from + 1;
    }
    vec_clear(&starts);
}
