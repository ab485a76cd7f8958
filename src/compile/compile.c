/* The compiler's entry: the Code of a module. */
#include "config.h"

#include "compile/compile.h"

#include "compile/comp.h"

static void module_body(Comp *c, const Ast *ast, unsigned flags) {
    int n = ast->body.count;
    bool echo = (flags & COMPILE_ECHO) && n && ast->body.items[n - 1]->kind == ST_EXPR;
    for (int i = 0; i < n - echo; i++) compile_stmt(c, ast->body.items[i]);
    if (!echo) return;
    const Node *last = ast->body.items[n - 1];
    mark_stmt(c, last->span);
    emit(c, I_RETURN, 1, expr_rk(c, last->one), 0, 0);
}

Code *compile_module(const Ast *ast, Source *src, Arena *arena, unsigned flags, Err *err) {
    ScopeMap map;
    Scope *top;
    if (!scope_analyse(ast, src, arena, &map, &top, err)) return NULL;
    Comp root = {.arena = arena, .src = src, .map = &map, .flags = flags, .err = err}, c;
    code_begin(&c, &root, top, "<module>");
    c.code->flags |= CODE_MODULE;
    module_body(&c, ast, flags);
    code_end(&c);
    if (!err->kind) return c.code;
    code_release(c.code);
    return NULL;
}
