/* Program number n: a call with arguments from the pools, an example with some of its arguments
 * replaced, or an operator; then something is done with what came out. */
#include "config.h"

#include <ctype.h>

#include "calls.h"

uint64_t call_random(CallRng *r, uint64_t below) { /* splitmix64 */
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % below;
}

static bool chance(CallRng *r, int percent) {
    return (int)call_random(r, 100) < percent;
}

uint64_t call_line_count(const char *lines) {
    uint64_t n = 0;
    for (; *lines; lines++) n += *lines == '\n';
    return n;
}

char *call_line(const char *lines, uint64_t n) {
    while (n--) lines = strchr(lines, '\n') + 1;
    return mem_strndup(lines, strcspn(lines, "\n"));
}

/* ---- arguments ----------------------------------------------------------------------------- */

static void add_line(CallRng *r, const char *lines, Str *out) {
    char *line = call_line(lines, call_random(r, call_line_count(lines)));
    str_add(out, line);
    mem_free(line);
}

/* Of a kind, most of the time; 0: of any kind. */
static void add_argument(CallRng *r, const CallList *list, char kind, Str *out) {
    if (chance(r, 4)) {
        add_line(r, str_cstr(&list->pool), out);
        return;
    }
    if (!kind || chance(r, 15)) kind = call_pools[call_random(r, (uint64_t)call_pool_count)].kind;
    for (int i = 0; i < call_pool_count; i++)
        if (call_pools[i].kind == kind) add_line(r, call_pools[i].lines, out);
}

static void separate(Str *out) {
    if (out->len && out->buf[out->len - 1] != '(') str_add(out, ", ");
}

/* Without a signature: any few. */
static void add_any(CallRng *r, const CallList *list, Str *out) {
    for (uint64_t k = call_random(r, 4); k-- > 0;) {
        separate(out);
        add_argument(r, list, 0, out);
    }
}

static void add_arguments(CallRng *r, const CallList *list, const Callable *c, Str *out) {
    int optional = chance(r, 50) ? 0 : chance(r, 50) ? 25 : 70;
    bool by_name = false;
    for (size_t i = 0; i < c->params.count; i++) {
        const CallParam *p = &c->params.items[i];
        if (!chance(r, p->required ? 97 : optional)) {
            by_name = true;
            continue;
        }
        separate(out);
        if (p->keyword_only || ((by_name || chance(r, 15)) && !p->starred)) {
            by_name = true;
            str_printf(out, "%s=", p->name);
        }
        add_argument(r, list, p->kind, out);
        if (p->starred && chance(r, 50)) {
            str_add(out, ", ");
            add_argument(r, list, p->kind, out);
        }
    }
    if (chance(r, 3)) add_any(r, list, out);
}

/* ---- what is done with the result ----------------------------------------------------------- */

static const char uses[] =
    "r\nr\nr\nr.sum().backward()\nr.sum().backward()\nr[0].sum().backward()\n"
    "copy.deepcopy(r)\nlist(itertools.islice(r, 50))\nr(x)\nr == r\n"
    "str(r), f'{r}'\nhash(r)\nlen(r)\nr[0], r[-1]\nr + x\nx * r\nr.tolist()\n"
    "next(r)\nr.storage()\nsorted(r)\nr[::2]\nr.backward()\nr.flatten()\n"
    "dir(r)\nbool(r)\nlist(map(str, itertools.islice(r, 9)))\nr(x, x)\n"
    "r(x).sum().backward()\nr.add_(1)\nr.grad_fn\ntype(r)\n";

static void finish(CallRng *r, Str *out) {
    str_add(out, chance(r, 20) ? "x.sum()\n" : "");
    add_line(r, uses, out);
    str_addc(out, '\n');
}

static void begin(CallRng *r, const char *module, Str *out) {
    static const char firsts[] =
        "torch.randn(2, 3)\ntorch.randn(3, 3, requires_grad=True)\ntorch.randn(2, 3, 4)\n"
        "torch.ones(1).expand(4, 4)\ntorch.arange(12.).reshape(3, 4).t()\ntorch.empty(0, 3)\n"
        "torch.tensor(2.5)\ntorch.arange(6)\ntorch.randn(4, 4, dtype=torch.float64)\n"
        "torch.tensor([[1, 2], [250, 3]], dtype=torch.uint8)\ntorch.randn(2, 3) > 0\n"
        "torch.randn(2, 3, 4, 4, requires_grad=True)\ntorch.randn(2, 2, dtype=torch.complex64)\n"
        "torch.arange(4).to(torch.int8)\ntorch.randn(2, 4).half()\n";
    str_add(out, call_preamble);
    if (module) str_printf(out, "import %s\n", module);
    str_add(out, "x = ");
    add_line(r, firsts, out);
    str_addc(out, '\n');
}

/* ---- the kinds of programs ------------------------------------------------------------------ */

static const char *call_of(CallRng *r, const CallList *list, uint64_t n, Str *out) {
    const Callable *c = &list->calls.items[n % list->calls.count];
    begin(r, c->module, out);
    str_printf(out, "r = %s", c->text);
    if (!c->property) {
        Str arguments = STR_INIT;
        if (c->known && !chance(r, 3))
            add_arguments(r, list, c, &arguments);
        else
            add_any(r, list, &arguments);
        str_printf(out, "(%s)", str_cstr(&arguments));
        str_clear(&arguments);
    } else if (chance(r, 20)) {
        str_printf(out, "\n%s = ", c->text);
        add_argument(r, list, 0, out);
    }
    str_addc(out, '\n');
    finish(r, out);
    return c->text;
}

/* Arguments, items and indexes of a text: what stands between brackets and commas. */
typedef struct Piece {
    size_t start, end;
} Piece;
typedef VEC(Piece) Pieces;

static size_t piece_end(const char *s, size_t at) {
    int depth = 0;
    for (char quote = 0; s[at]; at++) {
        if (quote) {
            if (s[at] == quote) quote = 0;
        } else if (s[at] == '\'' || s[at] == '"') {
            quote = s[at];
        } else if (strchr("([{", s[at])) {
            depth++;
        } else if (strchr(")]}", s[at])) {
            if (depth-- == 0) break;
        } else if ((s[at] == ',' || s[at] == '\n') && depth == 0) {
            break;
        }
    }
    return at;
}

static void find_pieces(const char *s, Pieces *pieces) {
    char quote = 0;
    for (size_t i = 0; s[i]; i++) {
        if (quote || s[i] == '\'' || s[i] == '"') {
            quote = quote == s[i] ? 0 : quote ? quote : s[i];
            continue;
        }
        if (!strchr("([{,", s[i])) continue;
        size_t at = i + 1 + strspn(s + i + 1, " ");
        size_t word = at;
        while (isalnum((unsigned char)s[word]) || s[word] == '_') word++;
        if (s[word] == '=' && s[word + 1] != '=') at = word + 1;
        size_t end = piece_end(s, at);
        if (end > at) vec_push(pieces, (Piece){at, end});
    }
}

static char kind_like(const char *text) {
    if (*text == '\'' || *text == '"') return 's';
    if (*text == '[' || *text == '(') return 'q';
    if (str_starts(text, "torch.") || str_starts(text, "x")) return 'T';
    if (str_starts(text, "np.")) return 'A';
    if (*text == '-' || isdigit((unsigned char)*text)) return strchr(text, '.') ? 'f' : 'i';
    return str_starts(text, "True") || str_starts(text, "False") ? 'b' : 0;
}

/* text with one piece replaced, left out, doubled or put in another's place. */
static void mutate(CallRng *r, const CallList *list, char **text) {
    Pieces pieces = {0};
    Str out = STR_INIT;
    find_pieces(*text, &pieces);
    if (pieces.count) {
        Piece p = pieces.items[call_random(r, pieces.count)];
        Piece q = pieces.items[call_random(r, pieces.count)];
        char *old = mem_strndup(*text + p.start, p.end - p.start);
        str_addn(&out, *text, p.start);
        switch (call_random(r, 10)) {
        case 0:
            p.end += str_starts(*text + p.end, ", ") ? 2 : 0;
            break;
        case 1:
            str_printf(&out, "%s, %s", old, old);
            break;
        case 2:
            str_addn(&out, *text + q.start, q.end - q.start);
            break;
        default:
            add_argument(r, list, kind_like(old), &out);
            break;
        }
        str_add(&out, *text + p.end);
        mem_free(old);
        mem_free(*text);
        *text = str_detach(&out);
    }
    vec_clear(&pieces);
}

static const char *seed_of(CallRng *r, const CallList *list, uint64_t n, Str *out) {
    const char *seed = list->seeds.items[n % list->seeds.count];
    char *text = mem_strdup(seed);
    for (uint64_t k = 1 + call_random(r, 3); k-- > 0;) mutate(r, list, &text);
    begin(r, NULL, out);
    str_add(out, text);
    if (chance(r, 30)) { /* the last statement's value as r */
        size_t at = strlen(text);
        while (at && text[at - 1] == '\n') at--;
        while (at && text[at - 1] != '\n') at--;
        const char *last = text + at;
        out->len -= strlen(last);
        str_printf(out, "%s%s", *last == ' ' || strchr("@#", *last) ? "" : "r = ", last);
        finish(r, out);
    }
    mem_free(text);
    return seed;
}

static const char *operator_of(CallRng *r, const CallList *list, Str *out) {
    /* clang-format off */ /* one after the other */
    static const char forms[] =
        "a + b\na - b\na * b\na / b\na // b\na % b\na ** b\na @ b\na & b\na | b\na ^ b\na << b\n"
        "a >> b\na == b\na < b\na >= b\na in b\n-a, +a\n~a\na[b]\na[b, :]\na[..., b]\na[b:]\n"
        "a[:b]\na[::b]\na[b] = c\na[b, ...] = c\na[b:] = c\na[::b] = c\ndel a[b]\na += b\n"
        "a -= b\na *= b\na /= b\na //= b\na %= b\na **= b\na @= b\na &= b\na <<= b\na >>= b\n"
        "a[b] += c\nfor i, y in zip(a, range(99)): y\nf'{a:{b}}'\na, *b = c\ndivmod(a, b)\n"
        "a if b else c\nwith a as b: c\nprint(a, b, sep=c)\nisinstance(a, b)\na.data = b\n"
        "a.grad = b\na.x = 1\nmin(a, b), max(b, a)\nround(a, b)\npow(a, b, c)\n"
        "sorted([a, b, c])\n[*a, *b]\n{**a, **b}\na(*b)\na(**b)\na(b, c)\n'%s %r' % (a, b)\n"
        "a % b\nsum([a, b], c)\nany(a), all(b)\nset([a, b])\n{a: b}[c]\nraise a from b\n"
        "assert a, b\na.register_hook(b)\nlambda: a\ngetattr(a, b)\nsetattr(a, 'x', 1)\n"
        "abs(a), bool(a), int(a), float(a)\nlist(itertools.islice(a, 99))\nnp.array([a, b])\n"
        "torch.tensor([a, b])\ntorch.tensor(a)\nnp.asarray(a)\nclass C(a): pass\n"
        "class C(nn.Module):\ntorch.as_tensor(a)\ncopy.copy(a), copy.deepcopy(b)\n"
        "qkv.show(a, b)\nprint(a)\n";
    /* clang-format on */
    static const char kinds[] = "TTTTAAiqqodf\0";
    begin(r, NULL, out);
    char same = chance(r, 50) ? 'T' : 0;
    for (const char *name = "a\0b\0c\0"; *name; name += 2) {
        char kind = same && *name == 'a' ? same : kinds[call_random(r, sizeof kinds - 1)];
        str_printf(out, "%s = ", name);
        add_argument(r, list, kind, out);
        str_addc(out, '\n');
    }
    add_line(r, forms, out);
    if (out->buf[out->len - 1] == ':') str_add(out, "\n    x = a\n    y = b");
    str_addc(out, '\n');
    return "operators";
}

const char *call_program(const CallList *list, uint64_t seed, int64_t n, Str *out) {
    CallRng r = {seed * 0xd1342543de82ef95u + (uint64_t)n};
    uint64_t round = (uint64_t)n / 8, part = (uint64_t)n % 8;
    call_random(&r, 2);
    str_reset(out);
    if (part < 5) return call_of(&r, list, round * 5 + part, out);
    if (part < 7) return seed_of(&r, list, round * 2 + part - 5, out);
    return operator_of(&r, list, out);
}
