/* Functions: parameters with their annotations, default values, lambda. */
#include "config.h"

#include "compile/comp.h"
#include "value/dict.h"
#include "value/obj.h"

static void count_params(Comp *c, const Node *n) {
    Code *k = c->code;
    for (int i = 0; i < n->func.nparams; i++) {
        const Param *p = &n->func.params[i];
        if (!p->name) continue;
        switch (p->kind) {
        case PARAM_POS_ONLY:
            k->npos_only++;
            k->npos++;
            break;
        case PARAM_NORMAL:
            k->npos++;
            break;
        case PARAM_KW_ONLY:
            k->nkwonly++;
            break;
        case PARAM_VARARGS:
            k->flags |= CODE_VARARGS;
            break;
        case PARAM_KWARGS:
            k->flags |= CODE_KWARGS;
            break;
        }
    }
}

/* Annotations are kept as text: they are not run. */
static void keep_annotation(Comp *c, const char *name, const Node *annotation) {
    if (!annotation) return;
    Span s = annotation->span;
    if (!c->code->annotations) c->code->annotations = dict_new();
    Value text = str_value(source_text(c->src) + s.start, s.end - s.start);
    dict_set_cstr(c->code->annotations, name, text);
    value_release(text);
}

void func_head(Comp *c, const Node *n) {
    count_params(c, n);
    for (int i = 0; i < n->func.nparams; i++)
        if (n->func.params[i].name)
            keep_annotation(c, n->func.params[i].name, n->func.params[i].annotation);
    keep_annotation(c, "return", n->func.returns);
    if (n->func.doc) c->code->doc = str_value_cstr(n->func.doc);
}

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

void expr_function(Comp *c, const Node *n, const char *name, CompBody body, int dst) {
    int first, mark = c->top;
    int count = eval_defaults(c, n, &first);
    Code *code = compile_inner(c, n, name, body);
    emit_with(c, I_FUNC, 0, (unsigned)dst, (unsigned)first, (unsigned)count, code_child(c, code));
    c->top = mark;
}

static void lambda_body(Comp *c, const Node *n) {
    func_head(c, n);
    mark_stmt(c, n->func.body.items[0]->span);
    emit(c, I_RETURN, 0, expr_rk(c, n->func.body.items[0]), 0, 0);
}

void expr_lambda(Comp *c, const Node *n, int dst) {
    expr_function(c, n, "<lambda>", lambda_body, dst);
}
