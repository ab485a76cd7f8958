/* Function definitions and class statements. */
#include "config.h"

#include "compile/comp.h"
#include "value/obj.h"

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

static void def_body(Comp *c, const Node *n) {
    func_head(c, n);
    compile_suite(c, &n->func.body);
}

void compile_def(Comp *c, const Node *n) {
    c->span = header_span(c, n);
    int first = eval_decorators(c, &n->func.decorators);
    int value = temp(c);
    expr_function(c, n, n->func.name, def_body, value);
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

static void class_body(Comp *c, const Node *n) {
    c->code->flags |= CODE_CLASS;
    if (n->klass.doc) c->code->doc = str_value_cstr(n->klass.doc);
    compile_suite(c, &n->klass.body);
    /* The CLASS instruction fills the cell that super() and __class__ read. */
    Symbol *cell = scope_symbol(c->scope, "__class__");
    if (cell && (cell->flags & SYM_CELL)) emit(c, I_RETURN, 0, (unsigned)cell->reg, 0, 0);
}

void compile_class(Comp *c, const Node *n) {
    c->span = header_span(c, n);
    int first = eval_decorators(c, &n->klass.decorators);
    int base = temp(c);
    for (int i = 0; i < n->klass.bases.count; i++) expr_temp(c, n->klass.bases.items[i]);
    int nkw = class_keywords(c, n);
    c->span = header_span(c, n);
    Code *body = compile_inner(c, n, n->klass.name, class_body);
    emit_with(c, I_FUNC, 0, (unsigned)base, 0, 0, code_child(c, body));
    emit(c, I_CLASS, 0, (unsigned)base, (unsigned)nkw, (unsigned)n->klass.bases.count);
    apply_decorators(c, &n->klass.decorators, first, base);
    store_name(c, n->klass.name, (unsigned)base);
}
