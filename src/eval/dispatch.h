/* The macros of the dispatch loop: operands, registers, and the fast paths that several
 * instructions share. They use vm_run's locals: in, f, R, K, nlocals, pc, i, v, err. */
#ifndef QKV_EVAL_DISPATCH_H
#define QKV_EVAL_DISPATCH_H

/* clang-format off */
#define RK(x) ((x) & RK_CONST ? &K[(x) & ~RK_CONST] : &R[x])
#define IS_TEMP(x) ((unsigned)(x) - nlocals < RK_CONST - nlocals)
/* An empty operand is a local that nothing was assigned to. */
#define NEED(x)                                                                                    \
    if (UNLIKELY(RK(i.x)->tag == VT_UNSET)) goto unbound_##x
/* A consumed temporary lets go of its object. */
#define DROP(x)                                                                                    \
    do {                                                                                           \
        if (IS_TEMP(x) && R[x].tag == VT_OBJ) value_set_take(&R[x], VALUE_UNSET);                  \
    } while (0)
#define SET(reg, value) value_set_take(&R[reg], (value))
#define SAVE() (f->pc = pc - 1)
#define NEXT()                                                                                     \
    do {                                                                                           \
        i = *pc++;                                                                                 \
        goto *labels[i.op];                                                                        \
    } while (0)
#define TRY(call)                                                                                  \
    do {                                                                                           \
        SAVE();                                                                                    \
        if (UNLIKELY(!(call))) goto error;                                                         \
    } while (0)
#define POLL()                                                                                     \
    do {                                                                                           \
        if (UNLIKELY(--in->machine.budget < 0 || interrupt_pending)) TRY(vm_poll(in, err));                \
    } while (0)
#define ENTER_FRAME(frame)                                                                         \
    do {                                                                                           \
        f = (frame);                                                                               \
        R = f->regs;                                                                               \
        K = f->code->consts.items;                                                                 \
        nlocals = f->code->nlocals;                                                                \
        pc = f->pc;                                                                                \
    } while (0)
/* The caller's view of the innermost frame. */
#define LOAD_FRAME() ENTER_FRAME(&in->frames[in->depth - 1])
#define ARITH(checked_op, float_op)                                                                \
    do {                                                                                           \
        const Value *b = RK(i.b), *c = RK(i.c);                                                    \
        if (b->tag == VT_INT && c->tag == VT_INT) {                                                \
            int64_t r;                                                                             \
            if (LIKELY(!checked_op(b->i, c->i, &r))) {                                             \
                SET(i.a, value_int(r));                                                            \
                NEXT();                                                                            \
            }                                                                                      \
        } else if (b->tag == VT_FLOAT && c->tag == VT_FLOAT) {                                     \
            SET(i.a, value_float(b->f float_op c->f));                                             \
            NEXT();                                                                                \
        }                                                                                          \
    } while (0);                                                                                   \
    goto arith
#define COMPARE(op)                                                                                \
    do {                                                                                           \
        const Value *b = RK(i.b), *c = RK(i.c);                                                    \
        if (b->tag == VT_INT && c->tag == VT_INT) {                                                \
            SET(i.a, value_bool(b->i op c->i));                                                    \
            NEXT();                                                                                \
        }                                                                                          \
    } while (0);                                                                                   \
    goto arith
#define COMPARE_JUMP(op)                                                                           \
    do {                                                                                           \
        const Value *b = RK(i.b), *c = RK(i.c);                                                    \
        bool hit;                                                                                  \
        if (b->tag == VT_INT && c->tag == VT_INT) hit = b->i op c->i;                              \
        else if (b->tag == VT_FLOAT && c->tag == VT_FLOAT) hit = b->f op c->f;                     \
        else break;                                                                                \
        pc += 1 + (hit == i.x ? pc->arg : 0);                                                      \
        NEXT();                                                                                    \
    } while (0);                                                                                   \
    goto compare_jump

#endif
