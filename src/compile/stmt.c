/* Statements that do not branch, and the one switch over all of them. */
#include "config.h"

#include "compile/comp.h"
#include "value/obj.h"

/* ---- imports ------------------------------------------------------------------------------ */

static void import_modules(Comp *c, const Node *n) {
    unsigned strict = c->catches_import ? IMPORT_STRICT : 0;
    for (int i = 0; i < n->import.count; i++) {
        const Alias *a = &n->import.aliases[i];
        int mark = c->top, t = temp(c);
        size_t top = strcspn(a->name, ".");
        bool dotted = !a->asname && a->name[top];
        c->span = a->span;
        unsigned name = const_take(c, value_obj(str_intern(a->name, strlen(a->name))));
        emit_with(c, I_IMPORT, strict | (dotted ? IMPORT_TOP : 0), (unsigned)t, 0, 0, (int)name);
        store_name(c, a->asname ? a->asname : arena_strndup(c->arena, a->name, top), (unsigned)t);
        c->top = mark;
    }
}

static void import_names(Comp *c, const Node *n) {
    if (n->import.level > 0) {
        comp_error(c, n->span,
                   "relative imports are not part of the dialect: there are no packages "
                   "around this text");
        return;
    }
    unsigned strict = c->catches_import ? IMPORT_STRICT : 0;
    int module = temp(c);
    const char *dotted = n->import.module ? n->import.module : "";
    emit_with(c, I_IMPORT, strict, (unsigned)module, 0, 0,
              (int)const_take(c, value_obj(str_intern(dotted, strlen(dotted)))));
    for (int i = 0; i < n->import.count; i++) {
        const Alias *a = &n->import.aliases[i];
        int mark = c->top;
        c->span = a->span;
        if (strcmp(a->name, "*") == 0) {
            emit(c, I_IMPORTSTAR, 0, 0, (unsigned)module, 0);
            return;
        }
        int t = temp(c);
        emit_with(c, I_IMPORTFROM, strict, (unsigned)t, (unsigned)module, 0,
                  (int)const_take(c, value_obj(str_intern(a->name, strlen(a->name)))));
        store_name(c, a->asname ? a->asname : a->name, (unsigned)t);
        c->top = mark;
    }
    emit(c, I_CLEAR, 0, (unsigned)module, 0, 0);
}

/* ---- the rest ------------------------------------------------------------------------------- */

static void compile_assert(Comp *c, const Node *n) {
    JumpList fine = {0};
    cond_jump(c, n->bin.left, true, &fine);
    unsigned message = n->bin.right ? expr_rk(c, n->bin.right) : 0;
    c->span = n->span;
    emit(c, I_ASSERTFAIL, n->bin.right != NULL, message, 0, 0);
    patch_list(c, &fine);
}

static void compile_annotated(Comp *c, const Node *n) {
    const Node *t = n->assign.targets.items[0];
    if (n->assign.value) {
        int local = local_of(c, t);
        if (local >= 0)
            expr_to(c, n->assign.value, local);
        else
            assign_from(c, t, expr_rk(c, n->assign.value));
    }
    if (c->scope->kind != SCOPE_CLASS || t->kind != EX_NAME || !n->assign.annotation) return;
    Span s = n->assign.annotation->span;
    Value text = str_value(source_text(c->src) + s.start, s.end - s.start);
    unsigned name = const_name(c, t->name);
    emit(c, I_ANNOTATE, 0, 0, name, const_take(c, text));
}

/* What a traceback and the ledger show of a statement: a block's header, not its body. */
static Span stmt_span(const Node *n) {
    switch (n->kind) {
    case ST_IF:
    case ST_WHILE:
    case ST_FOR:
        return (Span){n->span.start, n->flow.test->span.end};
    case ST_WITH:
        return (Span){n->span.start, n->with.contexts[n->with.count - 1]->span.end};
    case ST_TRY:
        return (Span){n->span.start, n->span.start + 3};
    default:
        return n->span;
    }
}

void compile_stmt(Comp *c, const Node *n) {
    if (c->err->kind) return;
    int mark = c->top;
    mark_stmt(c, stmt_span(n));
    switch (n->kind) {
    case ST_EXPR:
        expr_rk(c, n->one);
        break;
    case ST_ASSIGN:
        compile_assign(c, n);
        break;
    case ST_AUG:
        compile_augmented(c, n);
        break;
    case ST_ANN:
        compile_annotated(c, n);
        break;
    case ST_DEL:
        compile_delete(c, n);
        break;
    case ST_BREAK:
    case ST_CONTINUE:
        compile_leave_loop(c, n);
        break;
    case ST_RETURN:
        compile_return(c, n);
        break;
    case ST_IF:
        compile_if(c, n);
        break;
    case ST_WHILE:
        compile_while(c, n);
        break;
    case ST_FOR:
        compile_for(c, n);
        break;
    case ST_TRY:
        compile_try(c, n);
        break;
    case ST_WITH:
        compile_with(c, n);
        break;
    case ST_RAISE:
        compile_raise(c, n);
        break;
    case ST_ASSERT:
        compile_assert(c, n);
        break;
    case ST_IMPORT:
        import_modules(c, n);
        break;
    case ST_FROM:
        import_names(c, n);
        break;
    case ST_DEF:
        compile_def(c, n);
        break;
    case ST_CLASS:
        compile_class(c, n);
        break;
    case ST_PASS:
    case ST_GLOBAL:
    case ST_NONLOCAL:
        break;
    default:
        BUG("not a statement: %d", (int)n->kind);
    }
    c->top = mark;
}

void compile_suite(Comp *c, const NodeList *body) {
    for (int i = 0; i < body->count; i++) compile_stmt(c, body->items[i]);
}
