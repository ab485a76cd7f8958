/* Finds everything that can be called, with the names of its parameters: from the rows of C
 * functions and from the source text of the dialect's own. */
#include "config.h"

#include <ctype.h>

#include "value/obj.h"

#include "calls.h"

typedef struct Names {
    VEC(char *) items;
} Names;

static void take_name(void *ctx, const char *name) {
    Names *names = ctx;
    for (size_t i = 0; i < names->items.count; i++)
        if (strcmp(names->items.items[i], name) == 0) return;
    vec_push(&names->items, mem_strdup(name));
}

static void names_clear(Names *names) {
    for (size_t i = 0; i < names->items.count; i++) mem_free(names->items.items[i]);
    vec_clear(&names->items);
}

/* ---- parameters -------------------------------------------------------------------------- */

/* A plausible kind by the annotation, or by the usual meaning of a name. */
static char kind_of(const char *name, const char *annotation) {
    static const struct {
        const char *begins;
        char kind;
    } annotations[] = {{"Tensor", 'T'}, {"int", 'i'},   {"float", 'f'},   {"bool", 'b'},
                       {"str", 's'},    {"dtype", 'd'}, {"ndarray", 'A'}, {"number", 'f'}},
      names[] = {{"dim", 'i'},      {"axis", 'i'},      {"axes", 'q'},    {"n", 'i'},
                 {"num_", 'i'},     {"size", 'q'},      {"shape", 'q'},   {"k", 'i'},
                 {"eps", 'f'},      {"p", 'f'},         {"lr", 'f'},      {"alpha", 'f'},
                 {"momentum", 'f'}, {"std", 'f'},       {"d_model", 'i'}, {"in_", 'i'},
                 {"out_", 'i'},     {"hidden_", 'i'},   {"kernel_", 'i'}, {"stride", 'i'},
                 {"padding", 'i'},  {"reduction", 's'}, {"mode", 's'},    {"dtype", 'd'},
                 {"pattern", 's'},  {"equation", 's'},  {"keepdim", 'b'}, {"bias", 'b'},
                 {"is_", 'b'},      {"input", 'T'},     {"x", 'T'},       {"target", 'T'},
                 {"weight", 'T'},   {"running_", 'T'},  {"other", 'T'},   {"tensor", 'T'},
                 {"query", 'T'},    {"key", 'T'},       {"value", 'T'},   {"q", 'T'},
                 {"v", 'T'},        {"src", 'T'},       {"tgt", 'T'},     {"memory", 'T'},
                 {"mask", 'T'},     {"attn_mask", 'T'}, {"index", 'T'},   {"a", 'A'},
                 {"s", 's'},        {"text", 's'},      {"name", 's'},    {"params", 'q'}};
    for (size_t i = 0; annotation && i < ARRAY_LEN(annotations); i++)
        if (str_starts(annotation, annotations[i].begins)) return annotations[i].kind;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        size_t n = strlen(names[i].begins);
        if (str_starts(name, names[i].begins) && (n > 2 || !name[n])) return names[i].kind;
    }
    return 0;
}

static const char *skip_space(const char *s, const char *end) {
    while (s < end && isspace((unsigned char)*s)) s++;
    return s;
}

/* The end of one parameter: a comma or a closing bracket that is not inside of others. */
static const char *param_end(const char *s, const char *end) {
    int depth = 0;
    for (char quote = 0; s < end; s++) {
        if (quote) {
            if (*s == quote) quote = 0;
        } else if (*s == '\'' || *s == '"') {
            quote = *s;
        } else if (strchr("([{", *s)) {
            depth++;
        } else if (strchr(")]}", *s)) {
            if (depth-- == 0) return s;
        } else if (*s == ',' && depth == 0) {
            return s;
        }
    }
    return end;
}

/* Adds the parameters of "(a: int, *, b=1)"; the text is a row's signature or a def's. */
static void read_params(Callable *c, const char *s, const char *end, bool method) {
    bool keyword_only = false;
    s = memchr(s, '(', (size_t)(end - s));
    if (!s) return;
    c->known = true;
    for (s++; s < end && *s != ')'; s++) {
        s = skip_space(s, end);
        const char *stop = param_end(s, end);
        int stars = 0;
        while (s < stop && *s == '*') stars++, s++;
        const char *word = s;
        while (s < stop && (isalnum((unsigned char)*s) || *s == '_')) s++;
        char *name = mem_strndup(word, (size_t)(s - word));
        const char *colon = skip_space(s, end);
        const char *annotation = *colon == ':' ? skip_space(colon + 1, end) : NULL;
        bool skip = !*name || stars == 2 || (method && c->params.count == 0 && !keyword_only);
        if (stars == 1) keyword_only = true;
        if (method && *name) method = false;
        if (skip)
            mem_free(name);
        else
            vec_push(&c->params, (CallParam){name, kind_of(name, annotation),
                                             !memchr(s, '=', (size_t)(stop - s)) && !stars,
                                             keyword_only && !stars, stars == 1});
        s = stop;
        if (s >= end || *s == ')') break;
    }
}

/* The parameters of a function; of a class those of its __init__, of an object those of forward
 * or __call__. */
static void find_params(Interp *in, Callable *c, Value v, bool method, int depth) {
    static const char *const ways[] = {"__init__", "forward", "__call__"};
    const NativeRow *row = native_row(v);
    Source *src;
    Span span;
    if (row) {
        bool self = method && !(row->flags & NATIVE_STATIC);
        read_params(c, row->sig, row->sig + strlen(row->sig), self);
        return;
    }
    bool class = value_is(v, &type_type);
    if (!class && value_source(v, &src, &span)) {
        const char *text = source_text(src) + span.start;
        if (str_starts(text, "def ")) read_params(c, text, source_text(src) + span.end, method);
        return;
    }
    for (size_t i = class ? 0 : 1; i < (class ? 1 : ARRAY_LEN(ways)) && depth < 3; i++) {
        Value f;
        Err ignored = {0};
        if (value_lookup(in, v, ways[i], &f, &ignored) && f.tag == VT_OBJ &&
            (value_source(f, &src, &span) || native_row(f))) {
            find_params(in, c, f, true, depth + 1);
            value_release(f);
            return;
        }
        err_clear(&ignored);
    }
}

/* ---- examples ------------------------------------------------------------------------------ */

/* The ">>> " and "... " lines of a text as one program. */
static void add_seed(CallList *list, const char *text) {
    Str code = STR_INIT;
    for (const char *p = text; p && *p;) {
        const char *line = p + strspn(p, " ");
        size_t n = strcspn(line, "\n");
        if (str_starts(line, ">>> ") || str_starts(line, "... ")) {
            str_addn(&code, line + 4, n - 4);
            str_addc(&code, '\n');
        }
        p = line + n + (line[n] == '\n');
    }
    if (code.len)
        vec_push(&list->seeds, str_detach(&code));
    else
        str_clear(&code);
}

static void add_doc(Interp *in, CallList *list, Value v) {
    const NativeRow *row = native_row(v);
    Value doc;
    Err ignored = {0};
    if (row) {
        add_seed(list, row->example);
    } else if (value_lookup(in, v, "__doc__", &doc, &ignored)) {
        if (value_is(doc, &type_str)) add_seed(list, str_of(doc)->s);
        value_release(doc);
    }
    err_clear(&ignored);
}

/* ---- values and their methods --------------------------------------------------------------- */

static bool eval_text(Interp *in, const char *module, const char *text, Value *out) {
    Str code = STR_INIT;
    Err err = {0};
    str_printf(&code, "%simport %s\nx = torch.ones(2, 3)\n%s\n", call_preamble, module, text);
    Source *src = source_new("fuzz", str_cstr(&code), code.len, 1);
    Value scope = interp_module_new(in, "__main__");
    *out = VALUE_UNSET;
    bool ok = interp_run(in, src, scope, RUN_ECHO, out, NULL, &err);
    value_release(scope);
    source_release(src);
    str_clear(&code);
    err_clear(&err);
    return ok && out->tag != VT_UNSET;
}

static bool can_call(Value v) {
    return v.tag == VT_OBJ && (value_is(v, &type_type) || value_type(v)->call);
}

typedef VEC(const void *) Seen;
/* What the list has already. */
typedef struct Found {
    Seen values, types, methods;
} Found;

static bool seen_before(Seen *seen, const void *what) {
    for (size_t i = 0; i < seen->count; i++)
        if (seen->items[i] == what) return true;
    vec_push(seen, what);
    return false;
}

/* attr: the method, or UNSET for what is only read. */
static void add_attribute(Interp *in, CallList *list, const char *module, const char *text,
                          const char *name, Value attr) {
    Callable c = {.module = mem_strdup(module), .property = attr.tag == VT_UNSET};
    Str call = STR_INIT;
    str_printf(&call, "%s.%s", text, name);
    c.text = str_detach(&call);
    if (!c.property) {
        find_params(in, &c, attr, true, 0);
        add_doc(in, list, attr);
    }
    vec_push(&list->calls, c);
}

/* What a function was written as: the row, or the place in the source. */
static const void *origin(Value f) {
    Source *src;
    Span span;
    const NativeRow *row = native_row(f);
    if (row) return row;
    return value_source(f, &src, &span) ? source_text(src) + span.start : NULL;
}

/* A receiver, with each of its attributes as a callable or as a property. Methods that another
 * class has from the same place are left out, unless `all`. */
static void add_receiver(Interp *in, CallList *list, const char *module, const char *text, bool all,
                         Found *found) {
    Value v;
    Names names = {0};
    if (!eval_text(in, module, text, &v)) return;
    if (!seen_before(&found->types, value_type(v))) {
        vec_push(&list->receivers, mem_strdup(text));
        value_dir(in, v, take_name, &names);
    }
    for (size_t i = 0; i < names.items.count; i++) {
        Value attr = VALUE_UNSET;
        Err ignored = {0};
        const char *name = names.items.items[i];
        bool ok = value_lookup(in, v, name, &attr, &ignored), method = ok && can_call(attr);
        const void *from = method ? origin(attr) : NULL;
        bool again = from && seen_before(&found->methods, from);
        if (all || !again) add_attribute(in, list, module, text, name, method ? attr : VALUE_UNSET);
        if (ok) value_release(attr);
        err_clear(&ignored);
    }
    if (names.items.count && can_call(v)) {
        Callable c = {.module = mem_strdup(module), .text = mem_strdup(text)};
        find_params(in, &c, v, true, 0);
        vec_push(&list->calls, c);
    }
    names_clear(&names);
    value_release(v);
}

/* An instance of a class: the first of these arguments that it takes. */
static void add_instance(Interp *in, CallList *list, const char *module, const char *name,
                         Found *found) {
    static const char *const tries[] = {"",
                                        "2",
                                        "4, 2",
                                        "3, 3",
                                        "2, 2, 1",
                                        "[2]",
                                        "'ab'",
                                        "x",
                                        "4, 4, 2, 8",
                                        "[torch.nn.Parameter(x)]",
                                        "[torch.nn.Parameter(x)], 0.1",
                                        "torch.nn.Linear(3, 3)",
                                        "torch.nn.TransformerEncoderLayer(4, 2), 2",
                                        "torch.nn.TransformerDecoderLayer(4, 2), 2",
                                        "torch.optim.SGD([torch.nn.Parameter(x)], .1)",
                                        "torch.optim.SGD([torch.nn.Parameter(x)], .1), 2",
                                        "[1, 2], [3, 4]",
                                        "torch.optim.SGD([torch.nn.Parameter(x)], .1), [2]",
                                        "torch.optim.SGD([torch.nn.Parameter(x)], .1), lambda e: 1",
                                        "lambda *a: 0",
                                        "print, 1",
                                        "x, x",
                                        "torch.utils.data.TensorDataset(x)",
                                        "'b (h d) -> b h d', h=2"};
    for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
        Str text = STR_INIT;
        Value v;
        str_printf(&text, "%s(%s)", name, tries[i]);
        bool ok = eval_text(in, module, str_cstr(&text), &v);
        if (ok) {
            value_release(v);
            add_receiver(in, list, module, str_cstr(&text), false, found);
        }
        str_clear(&text);
        if (ok) return;
    }
}

/* ---- modules --------------------------------------------------------------------------------- */

static void add_member(Interp *in, CallList *list, const char *module, const char *text, Value v,
                       Found *found) {
    Callable c = {.module = mem_strdup(module), .text = mem_strdup(text)};
    find_params(in, &c, v, false, 0);
    vec_push(&list->calls, c);
    add_doc(in, list, v);
    if (value_is(v, &type_type)) add_instance(in, list, module, text, found);
}

static void add_module(Interp *in, CallList *list, const char *module, Found *found) {
    Value m;
    Err ignored = {0};
    Names names = {0};
    if (interp_import(in, module, &m, &ignored)) {
        value_dir(in, m, take_name, &names);
        for (size_t i = 0; i < names.items.count; i++) {
            Value v;
            const char *name = names.items.items[i];
            if (name[0] == '_' || !value_lookup(in, m, name, &v, &ignored)) continue;
            Str text = STR_INIT;
            str_printf(&text, "%s.%s", module, name);
            if (can_call(v) && !seen_before(&found->values, v.o))
                add_member(in, list, module, str_cstr(&text), v, found);
            else if (v.tag == VT_OBJ && !can_call(v) && !value_is(v, &type_module))
                add_receiver(in, list, module, str_cstr(&text), false, found);
            str_clear(&text);
            value_release(v);
        }
        value_release(m);
    }
    names_clear(&names);
    err_clear(&ignored);
}

static void add_builtins(Interp *in, CallList *list, Found *found) {
    Names names = {0};
    interp_builtin_names(in, take_name, &names);
    for (size_t i = 0; i < names.items.count; i++) {
        Value v;
        if (!interp_builtin_get(in, names.items.items[i], &v)) continue;
        if (can_call(v) && !seen_before(&found->values, v.o))
            add_member(in, list, "math", names.items.items[i], v, found);
        value_release(v);
    }
    names_clear(&names);
}

/* Values whose types have no name to make them by. */
static const char *const more[] = {"torch.randn(2, 3)",
                                   "np.arange(6.).reshape(2, 3)",
                                   "'abc'",
                                   "[1, 2, 3]",
                                   "(1, 2)",
                                   "{1: 2}",
                                   "{1, 2}",
                                   "frozenset({1})",
                                   "(1)",
                                   "(1.5)",
                                   "True",
                                   "(1j)",
                                   "None",
                                   "range(3)",
                                   "slice(1)",
                                   "torch.float32",
                                   "torch.device('cpu')",
                                   "torch.Generator()",
                                   "torch.Size([2, 3])",
                                   "torch.ones(3).max(0)",
                                   "(i for i in range(3))",
                                   "iter([1])",
                                   "{1: 2}.keys()",
                                   "{1: 2}.values()",
                                   "{1: 2}.items()",
                                   "print",
                                   "lambda x: x",
                                   "[].append",
                                   "torch.randn(2, 3).storage()",
                                   "np.float32(1.5)",
                                   "np.int64(7)",
                                   "np.random.default_rng(0)",
                                   "np.random.RandomState(0)",
                                   "ValueError('x')",
                                   "torch.finfo(torch.float32)",
                                   "torch.iinfo(torch.int8)",
                                   "np.dtype('f8')",
                                   "qkv.trace()",
                                   "torch.no_grad()",
                                   "object()",
                                   "type",
                                   "np.add",
                                   "(torch.randn(2, requires_grad=True) * 2).grad_fn",
                                   "torch.randn(2).__torch_function__",
                                   "np.bool_(True)",
                                   "np.ones(3).flat",
                                   "zip([1], [2])",
                                   "map(str, [1])",
                                   "reversed([1])",
                                   "enumerate([1])",
                                   "iter({1})",
                                   "iter('a')",
                                   "iter(range(3))",
                                   "functools.partial(print, 1)",
                                   "collections.deque([1])",
                                   "collections.Counter('ab')",
                                   "collections.defaultdict(int)",
                                   "collections.OrderedDict(a=1)",
                                   "itertools.count()",
                                   "qkv.kernels()",
                                   "qkv.mask('causal', 4)"};

CallList call_list_make(Interp *in) {
    CallList list = {0};
    Found found = {0};
    const ModuleDef *const *defs;
    for (size_t i = 0; i < ARRAY_LEN(more); i++)
        add_receiver(in, &list, "torch", more[i], true, &found);
    add_builtins(in, &list, &found);
    int n = interp_module_defs(in, &defs);
    for (int i = 0; i < n; i++) {
        interp_module_defs(in, &defs);
        if (defs[i]->name[0] != '_') add_module(in, &list, defs[i]->name, &found);
    }
    for (size_t i = 0; i < list.receivers.count; i++)
        str_printf(&list.pool, "%s\n", list.receivers.items[i]);
    vec_clear(&found.values);
    vec_clear(&found.types);
    vec_clear(&found.methods);
    return list;
}

void call_list_clear(CallList *list) {
    for (size_t i = 0; i < list->calls.count; i++) {
        Callable *c = &list->calls.items[i];
        for (size_t k = 0; k < c->params.count; k++) mem_free(c->params.items[k].name);
        vec_clear(&c->params);
        mem_free(c->module);
        mem_free(c->text);
    }
    for (size_t i = 0; i < list->seeds.count; i++) mem_free(list->seeds.items[i]);
    for (size_t i = 0; i < list->receivers.count; i++) mem_free(list->receivers.items[i]);
    vec_clear(&list->calls);
    vec_clear(&list->seeds);
    vec_clear(&list->receivers);
    str_clear(&list->pool);
}
