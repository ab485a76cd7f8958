/* AST to register code.
 *
 *     Code *code = compile_module(&ast, src, arena, COMPILE_ECHO, err);
 *     if (!code) return false;
 *     code_release(code);
 */
#ifndef QKV_COMPILE_COMPILE_H
#define QKV_COMPILE_COMPILE_H

#include "compile/code.h"
#include "lang/ast.h"

enum {
    COMPILE_ECHO = 1u << 0,   /* the value of a final expression statement is the result */
    COMPILE_PRELUDE = 1u << 1 /* qkv's own source: marks its code CODE_PRELUDE */
};

/* Owned by the caller; NULL with ERR_SYNTAX and one frame that has the span. The code keeps
 * src alive and nothing of the arena. */
Code *compile_module(const Ast *ast, Source *src, Arena *arena, unsigned flags, Err *err);

#endif
