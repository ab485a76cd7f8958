/* Branches, loops, and everything that can be left by break, return or an error.
 *
 * try and with guard regions of instructions. Where control leaves such a construct by
 * break, continue or return, its cleanup is compiled again in place; those instructions
 * belong to no region of the construct, so a region is a list of segments. */
#include "config.h"

#include "compile/comp.h"
#include "value/obj.h"

/* ---- guarded regions ------------------------------------------------------------------------ */

static bool is_guard(const Block *b) {
    return b->kind <= BLOCK_WITH && b->kind != BLOCK_LOOP;
}

static void close_segment(Comp *c, Block *b) {
    if (is_guard(b) && b->open < here(c)) vec_push(&b->segments, (Segment){b->open, here(c)});
}

static void block_push(Comp *c, Block *b) {
    b->outer = c->blocks;
    b->open = here(c);
    c->blocks = b;
}

static void block_pop(Comp *c, Block *b) {
    close_segment(c, b);
    c->blocks = b->outer;
}

/* Here is where errors of b's region arrive, in register reg (also the first cleared one). */
static void block_handler(Comp *c, Block *b, int reg, bool cleanup) {
    for (size_t i = 0; i < b->segments.count; i++)
        vec_push(&c->code->handlers,
                 (CodeHandler){b->segments.items[i].start, b->segments.items[i].end, here(c),
                               (uint16_t)reg, (uint16_t)reg, cleanup});
    vec_clear(&b->segments);
}

/* ---- leaving -------------------------------------------------------------------------------- */

static void forget_name(Comp *c, const char *name) {
    store_name(c, name, rk_const(c, VALUE_NONE));
    delete_name(c, name);
}

static void cleanup_block(Comp *c, Block *b) {
    switch (b->kind) {
    case BLOCK_FINALLY:
        compile_suite(c, b->final);
        break;
    case BLOCK_WITH:
        emit(c, I_LEAVE, 0, (unsigned)b->reg, 0, 0);
        break;
    case BLOCK_HANDLER:
        if (b->name) forget_name(c, b->name);
        emit(c, I_CLEAR, 0, (unsigned)b->reg, 0, 0);
        break;
    case BLOCK_LOOP:
        if (b->reg >= 0) emit(c, I_CLEAR, 0, (unsigned)b->reg, 0, 0);
        break;
    case BLOCK_EXCEPT:
        break;
    }
}

/* Compiles the cleanup of every block inside `until`, innermost first, each outside its own
 * region and with only the blocks around it in force. The block chain is as before after it. */
static void leave_until(Comp *c, Block *until) {
    Block *innermost = c->blocks;
    for (Block *b = innermost; b != until; b = b->outer) {
        close_segment(c, b);
        c->blocks = b->outer;
        cleanup_block(c, b);
    }
    c->blocks = innermost;
}

/* After the jump that follows leave_until: the regions go on from here. */
static void reenter(Comp *c, Block *until) {
    for (Block *b = c->blocks; b != until; b = b->outer) b->open = here(c);
}

void compile_return(Comp *c, const Node *n) {
    if (c->scope->frame->kind != SCOPE_FUNC) {
        comp_error(c, n->span, "'return' outside function");
        return;
    }
    if (n->one && n->one->kind == EX_IFEXP && !c->blocks) { /* return a if c else b: two returns */
        const Node *e = n->one;
        JumpList otherwise = {0};
        cond_jump(c, e->cond.test, false, &otherwise);
        emit(c, I_RETURN, 0, expr_rk(c, e->cond.then), 0, 0);
        patch_list(c, &otherwise);
        emit(c, I_RETURN, 0, expr_rk(c, e->cond.other), 0, 0);
        return;
    }
    unsigned value = n->one ? expr_rk(c, n->one) : rk_const(c, VALUE_NONE);
    if (c->blocks && !(value & RK_CONST) && value < c->code->nlocals) {
        int copy = temp(c); /* a finally clause may change the local */
        emit(c, I_MOVE, 0, (unsigned)copy, value, 0);
        value = (unsigned)copy;
    }
    leave_until(c, NULL);
    c->span = n->span;
    emit(c, I_RETURN, 0, value, 0, 0);
    reenter(c, NULL);
}

void compile_leave_loop(Comp *c, const Node *n) {
    bool is_break = n->kind == ST_BREAK;
    Block *loop = c->blocks;
    while (loop && loop->kind != BLOCK_LOOP) loop = loop->outer;
    if (!loop) {
        comp_error(c, n->span,
                   is_break ? "'break' outside loop" : "'continue' not properly in loop");
        return;
    }
    leave_until(c, loop);
    if (is_break) {
        cleanup_block(c, loop);
        vec_push(loop->breaks, emit_jump(c, I_JMP, 0));
    } else {
        emit_loop(c, loop->again);
    }
    reenter(c, loop);
}

/* ---- branches and loops --------------------------------------------------------------------- */

void compile_if(Comp *c, const Node *n) {
    JumpList otherwise = {0};
    cond_jump(c, n->flow.test, false, &otherwise);
    compile_suite(c, &n->flow.body);
    if (n->flow.orelse.count) {
        uint32_t end = emit_jump(c, I_JMP, 0);
        patch_list(c, &otherwise);
        compile_suite(c, &n->flow.orelse);
        patch_here(c, end);
    } else {
        patch_list(c, &otherwise);
    }
}

static bool is_true_constant(const Node *n) {
    return n->kind == EX_TRUE || (n->kind == EX_INT && n->i != 0);
}

void compile_while(Comp *c, const Node *n) {
    JumpList ends = {0}, breaks = {0};
    uint32_t top = here(c);
    if (!is_true_constant(n->flow.test)) cond_jump(c, n->flow.test, false, &ends);
    Block loop = {.kind = BLOCK_LOOP, .breaks = &breaks, .again = top, .reg = -1};
    block_push(c, &loop);
    compile_suite(c, &n->flow.body);
    block_pop(c, &loop);
    emit_loop(c, top);
    patch_list(c, &ends);
    compile_suite(c, &n->flow.orelse);
    patch_list(c, &breaks);
}

void compile_for(Comp *c, const Node *n) {
    JumpList breaks = {0};
    int state = temps(c, 3);
    unsigned iterable = expr_rk(c, n->flow.test);
    c->span = n->flow.test->span;
    emit(c, I_ITER, 0, (unsigned)state, iterable, 0);
    int local = local_of(c, n->flow.target);
    int item = local >= 0 ? local : temp(c);
    uint32_t top = here(c);
    uint32_t next = emit_with(c, I_FORITER, 0, (unsigned)item, (unsigned)state, 0, 0);
    if (local < 0) assign_from(c, n->flow.target, (unsigned)item);
    Block loop = {.kind = BLOCK_LOOP, .breaks = &breaks, .again = top, .reg = state};
    block_push(c, &loop);
    compile_suite(c, &n->flow.body);
    block_pop(c, &loop);
    emit_loop(c, top);
    patch_here(c, next);
    compile_suite(c, &n->flow.orelse);
    patch_list(c, &breaks);
}

/* ---- try
 * ------------------------------------------------------------------------------------------------
 */

static bool names_import_error(const Node *type) {
    static const char *const names[] = {"ImportError", "ModuleNotFoundError", "Exception",
                                        "BaseException"};
    if (!type) return true;
    if (type->kind == EX_TUPLE) {
        for (int i = 0; i < type->list.count; i++)
            if (names_import_error(type->list.items[i])) return true;
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (type->kind == EX_NAME && strcmp(type->name, names[i]) == 0) return true;
    return false;
}

static bool catches_import(const Node *n) {
    for (int i = 0; i < n->tryst.nhandlers; i++)
        if (names_import_error(n->tryst.handlers[i].type)) return true;
    return false;
}

/* From start on the exception in exc is being handled. */
static void mark_handling(Comp *c, uint32_t start, int exc) {
    vec_push(&c->code->handling, (HandlingMark){start, here(c), (uint16_t)exc});
}

static void compile_handler(Comp *c, const Handler *h, int exc, JumpList *ends) {
    int mark = c->top, hit = temp(c);
    JumpList miss = {0};
    c->span = h->span;
    if (h->type) {
        unsigned type = expr_rk(c, h->type);
        c->span = h->type->span;
        emit(c, I_MATCH, 0, (unsigned)hit, (unsigned)exc, type);
    } else {
        emit(c, I_CATCHALL, 0, (unsigned)hit, (unsigned)exc, 0);
    }
    vec_push(&miss, emit_jump(c, I_JF, (unsigned)hit));
    if (h->name) {
        emit(c, I_MOVE, 1, (unsigned)hit, (unsigned)exc, 0);
        store_name(c, h->name, (unsigned)hit);
    }
    Block b = {.kind = BLOCK_HANDLER, .reg = exc, .name = h->name};
    block_push(c, &b);
    compile_suite(c, &h->body);
    block_pop(c, &b);
    cleanup_block(c, &b);
    vec_push(ends, emit_jump(c, I_JMP, 0));
    patch_list(c, &miss);
    c->top = mark;
}

static void try_except(Comp *c, const Node *n) {
    bool outer_catches = c->catches_import;
    c->catches_import = outer_catches || catches_import(n);
    Block b = {.kind = BLOCK_EXCEPT};
    block_push(c, &b);
    compile_suite(c, &n->tryst.body);
    block_pop(c, &b);
    c->catches_import = outer_catches;
    compile_suite(c, &n->tryst.orelse);
    JumpList ends = {0};
    vec_push(&ends, emit_jump(c, I_JMP, 0));
    int exc = temp(c);
    block_handler(c, &b, exc, false);
    uint32_t start = here(c);
    for (int i = 0; i < n->tryst.nhandlers; i++)
        compile_handler(c, &n->tryst.handlers[i], exc, &ends);
    mark_handling(c, start, exc);
    emit(c, I_RERAISE, 0, (unsigned)exc, 0, 0);
    patch_list(c, &ends);
}

void compile_try(Comp *c, const Node *n) {
    if (!n->tryst.final.count) {
        try_except(c, n);
        return;
    }
    Block b = {.kind = BLOCK_FINALLY, .final = &n->tryst.final};
    block_push(c, &b);
    if (n->tryst.nhandlers) {
        try_except(c, n);
    } else {
        compile_suite(c, &n->tryst.body);
        compile_suite(c, &n->tryst.orelse);
    }
    block_pop(c, &b);
    compile_suite(c, &n->tryst.final);
    uint32_t end = emit_jump(c, I_JMP, 0);
    int exc = temp(c);
    block_handler(c, &b, exc, true);
    Block h = {.kind = BLOCK_HANDLER, .reg = exc};
    uint32_t start = here(c);
    block_push(c, &h);
    compile_suite(c, &n->tryst.final);
    block_pop(c, &h);
    mark_handling(c, start, exc);
    emit(c, I_RERAISE, 0, (unsigned)exc, 0, 0);
    patch_here(c, end);
}

/* ---- with
 * ---------------------------------------------------------------------------------------------------
 */

static void compile_with_item(Comp *c, const Node *n, int i) {
    if (i == n->with.count) {
        compile_suite(c, &n->with.body);
        return;
    }
    int mark = c->top, base = temps(c, 2);
    unsigned manager = expr_rk(c, n->with.contexts[i]);
    c->span = n->with.contexts[i]->span;
    emit(c, I_ENTER, 0, (unsigned)base, manager, 0);
    Block b = {.kind = BLOCK_WITH, .reg = base};
    block_push(c, &b);
    if (n->with.targets[i])
        assign_from(c, n->with.targets[i], (unsigned)(base + 1));
    else
        emit(c, I_CLEAR, 0, (unsigned)(base + 1), 0, 0);
    compile_with_item(c, n, i + 1);
    block_pop(c, &b);
    c->span = n->with.contexts[i]->span;
    emit(c, I_LEAVE, 0, (unsigned)base, 0, 0);
    uint32_t end = emit_jump(c, I_JMP, 0);
    int hit = temp(c);
    block_handler(c, &b, base + 1, true);
    uint32_t start = here(c);
    emit(c, I_LEAVEEXC, 0, (unsigned)base, (unsigned)(base + 1), (unsigned)hit);
    mark_handling(c, start, base + 1);
    uint32_t handled = emit_jump(c, I_JT, (unsigned)hit);
    emit(c, I_RERAISE, 0, (unsigned)(base + 1), 0, 0);
    patch_here(c, handled);
    emit(c, I_CLEAR, 0, (unsigned)(base + 1), 0, 0);
    patch_here(c, end);
    c->top = mark;
}

void compile_with(Comp *c, const Node *n) {
    compile_with_item(c, n, 0);
}

/* ---- raise
 * ----------------------------------------------------------------------------------------------------
 */

void compile_raise(Comp *c, const Node *n) {
    if (n->bin.left) {
        unsigned exc = expr_rk(c, n->bin.left);
        unsigned cause = n->bin.right ? expr_rk(c, n->bin.right) : 0;
        c->span = n->span;
        emit(c, I_RAISE, n->bin.right ? 2 : 1, exc, cause, 0);
        return;
    }
    for (Block *b = c->blocks; b; b = b->outer)
        if (b->kind == BLOCK_HANDLER) {
            emit(c, I_RERAISE, 0, (unsigned)b->reg, 0, 0);
            return;
        }
    emit(c, I_RAISE, 0, 0, 0, 0);
}
