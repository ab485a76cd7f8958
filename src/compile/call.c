/* Calls. */
#include "config.h"

#include "compile/comp.h"
#include "value/obj.h"

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
