/* Emission: instructions, jumps and their targets, temporaries, constants. */
#include "config.h"

#include <stdarg.h>

#include "compile/comp.h"
#include "value/obj.h"

bool comp_error(Comp *c, Span span, const char *fmt, ...) {
    if (c->err->kind) return false;
    Str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    err_set(c->err, ERR_SYNTAX, "%s", str_cstr(&text));
    err_frame(c->err, c->src, span, "<module>");
    str_clear(&text);
    return false;
}

/* ---- words --------------------------------------------------------------------------- */

static uint32_t emit_word(Comp *c, Ins word) {
    vec_push(&c->code->ins, word);
    vec_push(&c->code->spans, c->span);
    return (uint32_t)c->code->ins.count - 1;
}

uint32_t here(Comp *c) {
    return (uint32_t)c->code->ins.count;
}

uint32_t emit(Comp *c, InsCode op, unsigned x, unsigned a, unsigned b, unsigned cc) {
    return emit_word(c, (Ins){.op = (uint8_t)op,
                              .x = (uint8_t)x,
                              .a = (uint16_t)a,
                              .b = (uint16_t)b,
                              .c = (uint16_t)cc});
}

uint32_t emit_with(Comp *c, InsCode op, unsigned x, unsigned a, unsigned b, unsigned cc, int arg) {
    uint32_t pc = emit(c, op, x, a, b, cc);
    emit_word(c, (Ins){.arg = arg, .hint = 0});
    return pc;
}

uint32_t emit_jump(Comp *c, InsCode op, unsigned a) {
    return emit_word(c, (Ins){.jop = (uint8_t)op, .ja = (uint16_t)a, .off = 0});
}

void emit_loop(Comp *c, uint32_t target) {
    patch_to(c, emit_jump(c, I_LOOP, 0), target);
}

void patch_to(Comp *c, uint32_t jump, uint32_t target) {
    Ins *i = &c->code->ins.items[jump];
    switch (i->op) {
    case I_JMP:
    case I_LOOP:
    case I_JT:
    case I_JF:
        i->off = (int32_t)target - (int32_t)jump - 1;
        break;
    default: /* the target stands in the second word */
        i[1].arg = (int32_t)target - (int32_t)jump - 2;
    }
}

void patch_here(Comp *c, uint32_t jump) {
    patch_to(c, jump, here(c));
}

void patch_list(Comp *c, JumpList *l) {
    for (size_t i = 0; i < l->count; i++) patch_here(c, l->items[i]);
    vec_clear(l);
}

void mark_stmt(Comp *c, Span span) {
    c->span = span;
    vec_push(&c->code->stmts, (StmtMark){here(c), span});
}

void mark_operands(Comp *c, uint32_t pc, int n, const Span *spans) {
    Code *k = c->code;
    vec_push(&k->operands, (OperandMark){pc, (uint32_t)k->operand_spans.count, (uint32_t)n});
    for (int i = 0; i < n; i++) vec_push(&k->operand_spans, spans[i]);
}

int temps(Comp *c, int n) {
    int first = c->top;
    c->top += n;
    if (c->top > REG_MAX) {
        comp_error(c, c->span, "this statement is too large to be run; split it");
        c->top = first = c->code->nlocals;
    }
    if (c->top > c->code->nregs) c->code->nregs = (uint16_t)c->top;
    return first;
}

int temp(Comp *c) {
    return temps(c, 1);
}

/* ---- constants ---------------------------------------------------------------------------- */

/* Equal constants of one type share a slot; 0.0 and -0.0, 1 and 1.0 and True stay apart.
 * Strings are interned, so that identity decides; tuples are never shared. */
static bool same_const(Value a, Value b) {
    return a.tag == b.tag &&
           (a.tag == VT_BOOL ? a.b == b.b : a.tag == VT_NONE || a.tag == VT_ELLIPSIS || a.i == b.i);
}

static size_t const_slot(const Comp *c, Value v) {
    uint64_t h = v.tag == VT_BOOL                           ? v.b
                 : v.tag == VT_NONE || v.tag == VT_ELLIPSIS ? 0
                                                            : (uint64_t)v.i;
    size_t i = ((h + v.tag) * 0x9e3779b97f4a7c15u >> 24) & c->const_index.mask;
    for (; c->const_index.slots[i] >= 0; i = (i + 1) & c->const_index.mask)
        if (same_const(c->code->consts.items[c->const_index.slots[i]], v)) break;
    return i;
}

static void const_grow(Comp *c) {
    size_t n = c->const_index.slots ? (c->const_index.mask + 1) * 2 : 32;
    c->const_index.slots = arena_alloc(c->arena, n * sizeof *c->const_index.slots);
    c->const_index.mask = n - 1;
    memset(c->const_index.slots, 0xff, n * sizeof *c->const_index.slots);
    for (size_t i = 0; i < c->code->consts.count; i++)
        c->const_index.slots[const_slot(c, c->code->consts.items[i])] = (int32_t)i;
}

unsigned const_take(Comp *c, Value v) {
    if (!c->const_index.slots || (c->code->consts.count + 1) * 2 > c->const_index.mask)
        const_grow(c);
    size_t slot = const_slot(c, v);
    if (c->const_index.slots[slot] >= 0) {
        value_release(v);
    } else {
        c->const_index.slots[slot] = (int32_t)c->code->consts.count;
        vec_push(&c->code->consts, v);
    }
    return (unsigned)c->const_index.slots[slot];
}

unsigned rk_const(Comp *c, Value v) {
    unsigned k = const_take(c, v);
    if (k < REG_MAX) return k | RK_CONST;
    int t = temp(c);
    emit_with(c, I_LOADK, 0, (unsigned)t, 0, 0, (int)k);
    return (unsigned)t;
}

unsigned const_name(Comp *c, const char *name) {
    char room[128];
    name = scope_mangle(c->scope, name, room);
    return const_take(c, value_obj(str_intern(name, strlen(name))));
}

unsigned const_text(Comp *c, const char *s, size_t n) {
    return rk_const(c, value_obj(str_intern(s, n)));
}
