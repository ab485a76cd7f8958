/* Running a text: parsed, compiled, run. */
#include "config.h"

#include "compile/compile.h"
#include "eval/vm.h"
#include "lang/ast.h"

static bool run_code(Interp *in, Code *code, Value module, Value *out, Err *err) {
    Value v = VALUE_UNSET;
    bool ok = code_run(in, code, NULL, (ModuleObj *)module.o, NULL, &v, err);
    if (ok && out)
        *out = v;
    else
        value_release(v);
    return ok;
}

bool run_source(Interp *in, Source *src, Value module, unsigned compile_flags, Err *err) {
    Arena *arena = arena_new();
    Ast ast;
    Code *code = NULL;
    if (parse(src, PARSE_FILE, arena, &ast, err) == PARSE_OK)
        code = compile_module(&ast, src, arena, compile_flags, err);
    arena_free(arena);
    bool ok = code && run_code(in, code, module, NULL, err);
    code_release(code);
    return ok;
}

bool eval_text(Interp *in, const StrObj *text, Value module, Value *out, Err *err) {
    Source *src = source_new("annotation", text->s, text->len, 1);
    Arena *arena = arena_new();
    Ast ast;
    Code *code = NULL;
    if (parse(src, PARSE_FILE, arena, &ast, err) == PARSE_OK && ast.body.count == 1 &&
        ast.body.items[0]->kind == ST_EXPR)
        code = compile_module(&ast, src, arena, COMPILE_ECHO, err);
    arena_free(arena);
    source_release(src);
    bool ok = code && run_code(in, code, module, out, err);
    code_release(code);
    return ok;
}

bool interp_run(Interp *in, Source *src, Value module, unsigned flags, Value *out, bool *incomplete,
                Err *err) {
    Arena *arena = arena_new();
    Ast ast;
    Code *code = NULL;
    bool echo = false, ok = false;
    if (out) *out = VALUE_UNSET;
    if (incomplete) *incomplete = false;
    limits_begin(in);
    switch (
        parse(src, flags & RUN_INTERACTIVE ? PARSE_INTERACTIVE : PARSE_FILE, arena, &ast, err)) {
    case PARSE_INCOMPLETE:
        ok = true;
        if (incomplete) *incomplete = true;
        break;
    case PARSE_OK:
        echo = (flags & RUN_ECHO) && ast.body.count &&
               ast.body.items[ast.body.count - 1]->kind == ST_EXPR;
        code = compile_module(&ast, src, arena, echo ? COMPILE_ECHO : 0, err);
        break;
    case PARSE_ERROR:
        break;
    }
    arena_free(arena);
    if (code) {
        value_retain(module);
        ok = run_code(in, code, module, echo ? out : NULL, err);
        value_release(module);
        code_release(code);
    }
    if (!ok) exc_finish(in, err);
    limits_end(in);
    return ok;
}
