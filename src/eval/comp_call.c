/* Calls, function definitions and class statements. */
#include "config.h"

#include "eval/comp.h"
#include "eval/obj.h"

enum { ARGS_MAX = 200 };

static bool needs_spread(const Node *n) {
    if (n->call.args.count + n->call.nkws > ARGS_MAX) return true;
    for (int i = 0; i < n->call.args.count; i++)
        if (n->call.args.items[i]->kind == EX_STARRED) return true;
    for (int i = 0; i < n->call.nkws; i++)
        if (!n->call.kws[i].name) return true;
    return false;
}

static void mark_arguments(Comp *c, uint32_t pc, const Node *n, bool method) {
    Span spans[ARGS_MAX + 1];
    int count = 0;
    if (method) spans[count++] = n->call.func->attr.value->span;
    for (int i = 0; i < n->call.args.count; i++) spans[count++] = n->call.args.items[i]->span;
    if (count) mark_operands(c, pc, count, spans);
}

static int keyword_names(Comp *c, const Node *n) {
    if (n->call.nkws == 0) return -1;
    Value names = tuple_new(n->call.nkws);
    for (int i = 0; i < n->call.nkws; i++)
        tuple_items(names)[i] =
            value_obj(str_intern(n->call.kws[i].name, strlen(n->call.kws[i].name)));
    return (int)const_take(c, names);
}

static void check_duplicate_keywords(Comp *c, const Node *n) {
    for (int i = 0; i < n->call.nkws; i++)
        for (int j = 0; j < i; j++)
            if (n->call.kws[i].name && n->call.kws[j].name &&
                strcmp(n->call.kws[i].name, n->call.kws[j].name) == 0)
                comp_error(c, n->call.kws[i].span, "keyword argument repeated: %s",
                           n->call.kws[i].name);
}

/* f(*args, **kwargs): a list and a dict are gathered first. */
static void call_spread(Comp *c, const Node *n, int dst) {
    int base = temps(c, 3);
    expr_to(c, n->call.func, base);
    items_to_list(c, &n->call.args, base + 1);
    emit(c, I_DICT, 0, (unsigned)(base + 2), 0, 0);
    for (int i = 0; i < n->call.nkws; i++) {
        const Keyword *k = &n->call.kws[i];
        int mark = c->top;
        unsigned v = expr_rk(c, k->value);
        c->span = k->span;
        if (k->name)
            emit(c, I_MAPADD, 1, (unsigned)(base + 2), const_text(c, k->name, strlen(k->name)), v);
        else
            emit(c, I_MERGE, 1, (unsigned)(base + 2), v, 0);
        c->top = mark;
    }
    c->span = n->span;
    emit_with(c, I_CALLEX, 0, (unsigned)base, 0, (unsigned)dst, 0);
}

/* super() means super(__class__, first parameter). A comprehension has no parameter of the
 * method's: its own is an iterator there, which super refuses, as it refuses None here. */
static bool call_super(Comp *c, const Node *n, int dst) {
    if (n->call.func->kind != EX_NAME || strcmp(n->call.func->name, "super") != 0) return false;
    if (n->call.args.count || n->call.nkws) return false;
    const Scope *f = c->scope->frame;
    bool comp = c->scope->kind == SCOPE_COMP || (f->node && f->node->kind == EX_GENERATOR);
    if (f->kind != SCOPE_FUNC || (!comp && f->node->func.nparams == 0)) return false;
    Binding klass = scope_resolve(c->scope, "__class__");
    if (klass.kind != BIND_FREE) return false;
    const Param *self = comp ? NULL : &f->node->func.params[0];
    if (self && (!self->name || self->kind > PARAM_NORMAL)) return false;
    int base = temps(c, 3);
    load_name(c, "super", base);
    load_name(c, "__class__", base + 1);
    if (self)
        load_name(c, self->name, base + 2);
    else
        emit(c, I_MOVE, 0, (unsigned)(base + 2), rk_const(c, VALUE_NONE), 0);
    emit_with(c, I_CALL, 0, (unsigned)base, 2, (unsigned)dst, -1);
    return true;
}

void expr_call(Comp *c, const Node *n, int dst) {
    check_duplicate_keywords(c, n);
    if (call_super(c, n, dst)) return;
    if (needs_spread(n)) {
        call_spread(c, n, dst);
        return;
    }
    const Node *f = n->call.func;
    bool method = f->kind == EX_ATTR;
    int base = temps(c, method ? 2 : 1);
    if (method) {
        unsigned v = expr_rk(c, f->attr.value);
        c->span = f->span;
        uint32_t pc =
            emit_with(c, I_METHOD, 0, (unsigned)base, v, 0, (int)const_name(c, f->attr.name));
        mark_operands(c, pc, 1, &f->attr.value->span);
        c->top = base + 2;
    } else {
        expr_to(c, f, base);
    }
    for (int i = 0; i < n->call.args.count; i++) expr_temp(c, n->call.args.items[i]);
    for (int i = 0; i < n->call.nkws; i++) expr_temp(c, n->call.kws[i].value);
    c->span = n->span;
    uint32_t pc = emit_with(c, method ? I_CALLM : I_CALL, 0, (unsigned)base,
                            (unsigned)n->call.args.count, (unsigned)dst, keyword_names(c, n));
    mark_arguments(c, pc, n, method);
}

/* ---- functions ----------------------------------------------------------------------------------
 */

/* Positional defaults, then one slot per keyword-only parameter (UNSET: none). */
static int eval_defaults(Comp *c, const Node *n, int *first) {
    int count = 0;
    *first = c->top;
    for (int i = 0; i < n->func.nparams; i++) {
        const Param *p = &n->func.params[i];
        if (!p->name || p->kind > PARAM_NORMAL || !p->deflt) continue;
        expr_temp(c, p->deflt);
        count++;
    }
    for (int i = 0; i < n->func.nparams; i++) {
        const Param *p = &n->func.params[i];
        if (!p->name || p->kind != PARAM_KW_ONLY) continue;
        if (p->deflt)
            expr_temp(c, p->deflt);
        else
            emit(c, I_CLEAR, 0, (unsigned)temp(c), 0, 0);
    }
    return count;
}

static int add_child(Comp *c, Code *child) {
    vec_push(&c->code->children, child);
    return (int)c->code->children.count - 1;
}

void expr_function(Comp *c, const Node *n, int dst) {
    int first, mark = c->top;
    int count = eval_defaults(c, n, &first);
    Code *code = compile_function(c, n, n->func.name ? n->func.name : "<lambda>");
    emit_with(c, I_FUNC, 0, (unsigned)dst, (unsigned)first, (unsigned)count, add_child(c, code));
    c->top = mark;
}

static int eval_decorators(Comp *c, const NodeList *l) {
    int first = c->top;
    for (int i = 0; i < l->count; i++) { /* each leaves room for its one argument */
        expr_temp(c, l->items[i]);
        temp(c);
    }
    return first;
}

/* value goes through the decorators, the one written last first. */
static void apply_decorators(Comp *c, const NodeList *l, int first, int value) {
    for (int i = l->count - 1; i >= 0; i--) {
        c->span = l->items[i]->span;
        emit(c, I_MOVE, 0, (unsigned)(first + 2 * i + 1), (unsigned)value, 0);
        emit_with(c, I_CALL, 0, (unsigned)(first + 2 * i), 1, (unsigned)value, -1);
    }
}

/* The statement's header, for tracebacks: a def's span is its whole text. */
static Span header_span(Comp *c, const Node *n) {
    const char *text = source_text(c->src);
    uint32_t end = n->span.start;
    while (end < n->span.end && text[end] != '\n') end++;
    return (Span){n->span.start, end};
}

void compile_def(Comp *c, const Node *n) {
    c->span = header_span(c, n);
    int first = eval_decorators(c, &n->func.decorators);
    int value = temp(c);
    expr_function(c, n, value);
    apply_decorators(c, &n->func.decorators, first, value);
    store_name(c, n->func.name, (unsigned)value);
}

/* metaclass=ABCMeta or type says nothing that is not so anyway. */
static bool plain_metaclass(const Node *v) {
    const char *name = v->kind == EX_NAME ? v->name : v->kind == EX_ATTR ? v->attr.name : "";
    return strcmp(name, "ABCMeta") == 0 || strcmp(name, "type") == 0;
}

/* The keywords of a class statement, which __init_subclass__ gets: name and value by turns from
 * a register on; how many. */
static int class_keywords(Comp *c, const Node *n) {
    int count = 0;
    for (int i = 0; i < n->klass.nkws; i++) {
        const Keyword *k = &n->klass.kws[i];
        if (!k->name) {
            comp_error(c, k->span, "**keywords in a class statement are not part of the dialect");
        } else if (strcmp(k->name, "metaclass") != 0) {
            unsigned name = rk_const(c, value_obj(str_intern(k->name, strlen(k->name))));
            emit(c, I_MOVE, 0, (unsigned)temp(c), name, 0);
            expr_temp(c, k->value);
            count++;
        } else if (!plain_metaclass(k->value)) {
            comp_error(c, k->span,
                       "metaclasses are not part of the dialect; use a class decorator");
        }
    }
    return count;
}

void compile_class(Comp *c, const Node *n) {
    c->span = header_span(c, n);
    int first = eval_decorators(c, &n->klass.decorators);
    int base = temp(c);
    for (int i = 0; i < n->klass.bases.count; i++) expr_temp(c, n->klass.bases.items[i]);
    int nkw = class_keywords(c, n);
    c->span = header_span(c, n);
    Code *body = compile_function(c, n, n->klass.name);
    emit_with(c, I_FUNC, 0, (unsigned)base, 0, 0, add_child(c, body));
    emit(c, I_CLASS, 0, (unsigned)base, (unsigned)nkw, (unsigned)n->klass.bases.count);
    apply_decorators(c, &n->klass.decorators, first, base);
    store_name(c, n->klass.name, (unsigned)base);
}
