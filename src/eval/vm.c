/* The dispatch loop. Fast paths stand here; everything that takes more than a few lines is
 * in vm_help.c. Read code.h first: what the instructions mean and who owns temporaries. */
#include "config.h"

#include "value/arith.h"
#include "eval/dispatch.h"
#include "eval/vm_help.h"

#pragma GCC diagnostic ignored "-Wpedantic" /* computed goto: a third faster than a switch */

/* clang-format off */
VmResult vm_run(Interp *in, Value *out, Err *err) {
    static const void *const labels[] = {
#define X(name) &&L_##name,
        INSTRUCTIONS(X)
#undef X
    };
    Frame *f;
    Value *R;
    const Value *K;
    unsigned nlocals;
    const Ins *pc;
    Ins i;
    Value v;
    Value *args; /* of a call */
    int npos;
    LOAD_FRAME();
    if (UNLIKELY(err->kind)) goto error; /* something is thrown into a generator */
    NEXT();

    /* ---- moves and names ---------------------------------------------------------------- */
L_MOVE: {
    Value w = value_at(RK(i.b));
    if (UNLIKELY(w.tag == VT_UNSET)) goto unbound_b;
    if (IS_TEMP(i.b) && !i.x) R[i.b].tag = VT_UNSET;
    else value_retain(w);
    SET(i.a, w);
    NEXT();
}
L_LOADK:
    SET(i.a, value_retain(K[pc->arg]));
    pc++;
    NEXT();
L_CLEAR:
    SET(i.a, VALUE_UNSET);
    NEXT();
L_DELLOCAL:
    NEED(a);
    SET(i.a, VALUE_UNSET);
    NEXT();
L_GETGLOBAL: {
    const StrObj *name = str_of(K[pc->arg]);
    Value *slot = dict_slot_hint(f->globals, name, (uint32_t *)&pc->hint);
    Value w = slot ? value_at(slot) : dict_get_str(in->builtins, name);
    if (UNLIKELY(w.tag == VT_UNSET)) {
        Value at_hand;
        TRY(name_missing(in, f, name, &at_hand, err));
        w = at_hand;
    }
    SET(i.a, value_retain(w));
    pc++;
    NEXT();
}
L_SETGLOBAL: {
    const Value *b = RK(i.b);
    NEED(b);
    StrObj *name = str_of(K[pc->arg]);
    Value *slot = dict_slot_hint(f->globals, name, (uint32_t *)&pc->hint);
    if (slot) value_set_take(slot, value_retain(value_at(b)));
    else dict_set_str(f->globals, name, *b);
    DROP(i.b);
    pc++;
    NEXT();
}
L_DELGLOBAL:
    TRY(vm_del_name(in, f, f->globals, str_of(K[pc->arg]), err));
    pc++;
    NEXT();
L_GETNAME:
    TRY(vm_get_name(in, f, str_of(K[pc->arg]), &v, err));
    SET(i.a, v);
    pc++;
    NEXT();
L_SETNAME:
    NEED(b);
    dict_set_str(f->names, str_of(K[pc->arg]), *RK(i.b));
    DROP(i.b);
    pc++;
    NEXT();
L_DELNAME:
    TRY(vm_del_name(in, f, f->names, str_of(K[pc->arg]), err));
    pc++;
    NEXT();
L_NEWCELL:
    SET(i.a, cell_new(R[i.a]));
    NEXT();
L_GETCELL: {
    CellObj *c = i.x ? f->fn->free[i.b] : (CellObj *)R[i.b].o;
    if (UNLIKELY(c->v.tag == VT_UNSET)) TRY(vm_cell_error(f, i.x, i.b, err));
    SET(i.a, value_retain(value_at(&c->v)));
    NEXT();
}
L_SETCELL: {
    const Value *b = RK(i.b);
    NEED(b);
    CellObj *c = i.x ? f->fn->free[i.a] : (CellObj *)R[i.a].o;
    value_set_take(&c->v, value_retain(value_at(b)));
    DROP(i.b);
    NEXT();
}
L_DELCELL: {
    CellObj *c = i.x ? f->fn->free[i.a] : (CellObj *)R[i.a].o;
    if (c->v.tag == VT_UNSET) TRY(vm_cell_error(f, i.x, i.a, err));
    value_set_take(&c->v, VALUE_UNSET);
    NEXT();
}

    /* ---- arithmetic ------------------------------------------------------------------------ */
L_ADD: ARITH(__builtin_add_overflow, +);
L_SUB: ARITH(__builtin_sub_overflow, -);
L_MUL: ARITH(__builtin_mul_overflow, *);
L_EQ: COMPARE(==);
L_NE: COMPARE(!=);
L_LT: COMPARE(<);
L_LE: COMPARE(<=);
L_GT: COMPARE(>);
L_GE: COMPARE(>=);
L_DIV: L_FLOORDIV: L_MOD: L_POW: L_AND: L_OR: L_XOR: L_LSHIFT: L_RSHIFT:
arith:
    if (LIKELY(arith_binary((Op)(i.op - I_ADD), *RK(i.b), *RK(i.c), &v))) {
        SET(i.a, v);
        NEXT();
    }
L_MATMUL: L_IN: L_NOT_IN:
    SAVE();
    switch (vm_enter_dunder(in, i, RK(i.b), RK(i.c), err)) {
    case CALL_FAILED: goto error;
    case CALL_ENTERED: LOAD_FRAME(); NEXT();
    case CALL_DONE: break;
    }
    TRY(vm_binary(in, f, i, RK(i.b), RK(i.c), &v, err));
    DROP(i.b);
    DROP(i.c);
    SET(i.a, v);
    NEXT();
L_IS: L_IS_NOT:
    NEED(b); NEED(c);
    v = value_bool(value_identical(*RK(i.b), *RK(i.c)) == (i.op == I_IS));
    DROP(i.b);
    DROP(i.c);
    SET(i.a, v);
    NEXT();
L_NOT: {
    const Value *b = RK(i.b);
    if (LIKELY(b->tag == VT_BOOL)) {
        SET(i.a, value_bool(!b->b));
        NEXT();
    }
}
L_NEG: L_POS: L_INVERT:
    NEED(b);
    TRY(value_unary(in, (Op)(i.op - I_ADD), *RK(i.b), &v, err));
    DROP(i.b);
    SET(i.a, v);
    NEXT();

    /* ---- jumps ---------------------------------------------------------------------------------- */
L_JEQ: COMPARE_JUMP(==);
L_JNE: COMPARE_JUMP(!=);
L_JLT: COMPARE_JUMP(<);
L_JLE: COMPARE_JUMP(<=);
L_JGT: COMPARE_JUMP(>);
L_JGE: COMPARE_JUMP(>=);
compare_jump: {
    bool hit;
    TRY(vm_compare(in, f, i, RK(i.b), RK(i.c), &hit, err));
    DROP(i.b);
    DROP(i.c);
    pc += 1 + (hit == i.x ? pc->arg : 0);
    NEXT();
}
L_JIS: {
    NEED(b); NEED(c);
    bool hit = value_identical(*RK(i.b), *RK(i.c));
    DROP(i.b);
    DROP(i.c);
    pc += 1 + (hit == i.x ? pc->arg : 0);
    NEXT();
}
L_JMP:
    pc += i.off;
    NEXT();
L_LOOP:
    POLL();
    f->loops++;
    pc += i.off;
    NEXT();
L_JT: L_JF: {
    const Value *a = RK(i.ja);
    bool truth;
    if (a->tag == VT_BOOL) {
        truth = a->b;
    } else {
        if (UNLIKELY(a->tag == VT_UNSET)) {
            i.b = i.ja;
            goto unbound_b;
        }
        TRY(value_truth(in, *a, &truth, err));
        if (!i.jx) DROP(i.ja);
    }
    if (truth == (i.op == I_JT)) pc += i.off;
    NEXT();
}

    /* ---- iteration ---------------------------------------------------------------------------------- */
L_ITER: {
    const Value *b = RK(i.b);
    NEED(b);
    if (value_is(*b, &type_range)) {
        const RangeObj *r = (const RangeObj *)b->o;
        int64_t start = r->start, count = r->count, step = r->step;
        DROP(i.b);
        SET(i.a, value_int(start));
        SET(i.a + 1, value_int(count));
        SET(i.a + 2, value_int(step));
        NEXT();
    }
    if (value_is(*b, &type_list) || value_is(*b, &type_tuple)) {
        SET(i.a, value_retain(*b));
        SET(i.a + 1, value_int(0));
    } else {
        TRY(value_iter(in, *b, &v, err));
        SET(i.a, v);
        SET(i.a + 1, VALUE_UNSET);
    }
    DROP(i.b);
    NEXT();
}
L_FORITER: {
    Value *s = &R[i.b], w;
    if (s[0].tag == VT_INT) { /* a range: next, how many are left, step */
        if (s[1].i-- <= 0) goto iter_end;
        w = value_at(&s[0]);
        s[0].i = (int64_t)((uint64_t)s[0].i + (uint64_t)s[2].i);
    } else if (s[1].tag == VT_INT) { /* a list or tuple, and an index */
        int64_t at = s[1].i++;
        bool list = s[0].o->type == &type_list;
        if (at >= (list ? list_count(s[0]) : tuple_count(s[0]))) goto iter_end;
        w = value_retain(value_at(&(list ? list_items(s[0]) : tuple_items(s[0]))[at]));
    } else {
        TRY(value_next(in, s[0], &v, err));
        if (v.tag == VT_UNSET) goto iter_end;
        w = value_at(&v);
    }
    SET(i.a, w);
    pc++;
    NEXT();
iter_end:
    SET(i.b, VALUE_UNSET);
    pc += 1 + pc->arg;
    NEXT();
}
L_GETITER:
    NEED(b);
    TRY(value_iter(in, *RK(i.b), &v, err));
    DROP(i.b);
    SET(i.a, v);
    NEXT();

    /* ---- containers ------------------------------------------------------------------------------------- */
L_TUPLE:
    SET(i.a, vm_tuple(&R[i.b], i.c));
    NEXT();
L_LIST:
    SET(i.a, vm_list(&R[i.b], i.c));
    NEXT();
L_SET:
    TRY(vm_set(in, &R[i.b], i.c, &v, err));
    SET(i.a, v);
    NEXT();
L_DICT:
    TRY(vm_dict(in, &R[i.b], i.c, &v, err));
    SET(i.a, v);
    NEXT();
L_APPEND: {
    Value w = value_at(RK(i.b));
    if (UNLIKELY(w.tag == VT_UNSET)) goto unbound_b;
    if (IS_TEMP(i.b)) R[i.b].tag = VT_UNSET;
    else value_retain(w);
    list_push_take(R[i.a], w);
    NEXT();
}
L_SETADD: L_MAPADD: L_EXTEND: L_SETUPDATE: L_MERGE:
    TRY(vm_add_to(in, f, i, RK(i.b), RK(i.c), err));
    DROP(i.b);
    if (i.op == I_MAPADD) DROP(i.c);
    NEXT();
L_LISTTUPLE:
    SET(i.a, tuple_of(list_count(R[i.a]), list_items(R[i.a])));
    NEXT();
L_SLICE:
    SET(i.a, vm_slice(&R[i.b]));
    NEXT();
L_UNPACK:
    TRY(vm_unpack(in, f, i, RK(i.b), &R[i.a], err));
    DROP(i.b);
    NEXT();
L_UNPACKEX:
    TRY(vm_unpack_star(in, f, i, RK(i.b), &R[i.a], err));
    DROP(i.b);
    NEXT();
L_FORMAT:
    NEED(b);
    TRY(vm_format(in, *RK(i.b), i.x, *RK(i.c), &v, err));
    DROP(i.b);
    DROP(i.c);
    SET(i.a, v);
    NEXT();
L_CONCAT:
    TRY(vm_concat(&R[i.b], i.c, &v, err));
    SET(i.a, v);
    NEXT();

    /* ---- attributes and items ------------------------------------------------------------------------------ */
L_GETATTR: {
    const Value *b = RK(i.b);
    if (UNLIKELY(!vm_attr_fast(value_at(b), str_of(K[pc->arg]), (uint32_t *)&pc->hint, &v))) {
        NEED(b);
        TRY(value_getattr(in, *b, str_of(K[pc->arg]), &v, err));
    }
    DROP(i.b);
    SET(i.a, v);
    pc++;
    NEXT();
}
L_SETATTR: {
    const Value *a = RK(i.a), *b = RK(i.b);
    NEED(b);
    NEED(a);
    TRY(vm_set_attr(in, *a, str_of(K[pc->arg]), (uint32_t *)&pc->hint, *b, err));
    DROP(i.b);
    DROP(i.a);
    pc++;
    NEXT();
}
L_DELATTR:
    NEED(a);
    TRY(value_setattr(in, *RK(i.a), str_of(K[pc->arg]), VALUE_UNSET, err));
    DROP(i.a);
    pc++;
    NEXT();
L_METHOD: {
    Value self = value_at(RK(i.b));
    if (UNLIKELY(self.tag == VT_UNSET)) goto unbound_b;
    Value w = attr_method(self, str_of(K[pc->arg]));
    if (LIKELY(w.tag != VT_UNSET)) {
        value_retain(w);
        if (IS_TEMP(i.b)) R[i.b].tag = VT_UNSET;
        else value_retain(self);
        SET(i.a, w);
        SET(i.a + 1, self);
    } else {
        if (!vm_attr_fast(self, str_of(K[pc->arg]), (uint32_t *)&pc->hint, &v))
            TRY(value_getattr(in, self, str_of(K[pc->arg]), &v, err));
        DROP(i.b);
        SET(i.a, v);
        SET(i.a + 1, VALUE_UNSET);
    }
    pc++;
    NEXT();
}
L_GETINDEX: {
    const Value *b = RK(i.b), *c = RK(i.c);
    if (LIKELY(b->tag == VT_OBJ && c->tag == VT_INT)) {
        Value *items = NULL;
        int64_t n = 0, at = c->i;
        if (b->o->type == &type_list) items = list_items(*b), n = list_count(*b);
        else if (b->o->type == &type_tuple) items = tuple_items(*b), n = tuple_count(*b);
        if (at < 0) at += n;
        if (LIKELY(items && (uint64_t)at < (uint64_t)n)) {
            Value w = value_retain(value_at(&items[at]));
            DROP(i.b);
            SET(i.a, w);
            NEXT();
        }
    }
    NEED(b); NEED(c);
    TRY(value_getitem(in, *b, *c, &v, err));
    DROP(i.b);
    DROP(i.c);
    SET(i.a, v);
    NEXT();
}
L_SETINDEX: {
    const Value *a = RK(i.a), *b = RK(i.b), *c = RK(i.c);
    NEED(a); NEED(b); NEED(c);
    if (value_is(*a, &type_list) && b->tag == VT_INT &&
        (uint64_t)b->i < (uint64_t)list_count(*a))
        value_set_take(&list_items(*a)[b->i], value_retain(value_at(c)));
    else TRY(value_setitem(in, *a, *b, *c, err));
    DROP(i.a);
    DROP(i.b);
    DROP(i.c);
    NEXT();
}
L_DELINDEX:
    NEED(a); NEED(b);
    TRY(value_delitem(in, *RK(i.a), *RK(i.b), err));
    DROP(i.a);
    DROP(i.b);
    NEXT();

    /* ---- calls ------------------------------------------------------------------------------------------------ */
L_CALLM: {
    bool self = R[i.a + 1].tag != VT_UNSET;
    args = &R[i.a + 2 - self];
    npos = i.b + self;
    goto call;
}
L_CALL:
    args = &R[i.a + 1];
    npos = i.b;
call:
    POLL();
    SAVE();
    if (LIKELY(pc->arg < 0 && value_is(R[i.a], &type_function))) {
        Frame *g = enter_in_place(in, f, &R[i.a], args, npos, i.c);
        if (LIKELY(g != NULL)) {
            ENTER_FRAME(g);
            NEXT();
        }
    }
    switch (vm_call(in, f, &R[i.a], args, npos, pc->arg, i.c, &v, err)) {
    case CALL_FAILED: goto error;
    case CALL_ENTERED: LOAD_FRAME(); NEXT();
    case CALL_DONE: break;
    }
called:
    SET(i.c, v);
    pc++;
    NEXT();
L_CALLEX:
    POLL();
    SAVE();
    switch (vm_call_spread(in, &R[i.a], i.c, &v, err)) {
    case CALL_FAILED: goto error;
    case CALL_ENTERED: LOAD_FRAME(); NEXT();
    case CALL_DONE: goto called;
    }
L_RETURN: {
    Value w;
    if (i.a & RK_CONST) {
        w = value_retain(K[i.a & ~RK_CONST]);
    } else {
        w = value_at(&R[i.a]);
        if (UNLIKELY(w.tag == VT_UNSET)) goto unbound_a;
        R[i.a].tag = VT_UNSET;
    }
    unsigned flags = f->flags, dst = f->dst;
    if (UNLIKELY(flags)) {
        v = w;
        SAVE();
        if ((flags & FRAME_INIT) && !vm_init_result(f, &v, err)) goto error;
        frame_pop(in);
        if (flags & FRAME_ENTRY) {
            *out = v;
            return VM_RETURN;
        }
        if (flags & FRAME_BINARY) goto binary_done;
        w = value_at(&v);
    } else {
        regs_drop(R, f->code->nregs);
        in->depth--;
        value_release(value_obj(f->fn));
    }
    LOAD_FRAME();
    pc += 2; /* past the call and its second word */
    SET(dst, w);
    NEXT();
}
binary_done: /* v is what the left operand's dunder gave */
    LOAD_FRAME();
    i = *pc++;
    if (UNLIKELY(v.tag == VT_NOTIMPL))
        TRY(value_binary_declined(in, (Op)(i.op - I_ADD), *RK(i.b), *RK(i.c), &v, err));
    DROP(i.b);
    DROP(i.c);
    SET(i.a, v);
    NEXT();
L_FUNC:
    SET(i.a, vm_function(f, f->code->children.items[pc->arg], &R[i.b], i.c));
    pc++;
    NEXT();
L_CLASS:
    TRY(class_new(in, R[i.a], &R[i.a + 1], i.c, i.b, &v, err));
    vm_drop(&R[i.a], i.c + 2 * i.b + 1);
    SET(i.a, v);
    NEXT();
L_ANNOTATE:
    vm_annotate(f, K[i.b], K[i.c]);
    NEXT();

    /* ---- errors --------------------------------------------------------------------------------------------------- */
L_RAISE:
    SAVE();
    if (i.x == 0) {
        v = exc_handled(in);
        if (v.tag == VT_UNSET) err_set(err, ERR_RUNTIME, "No active exception to reraise");
        if (v.tag != VT_UNSET) exc_throw(in, v, err);
        goto error;
    }
    NEED(a);
    if (UNLIKELY(i.x == 2 && RK(i.b)->tag == VT_UNSET)) goto unbound_b;
    exc_raise(in, *RK(i.a), i.x == 2 ? *RK(i.b) : VALUE_UNSET, err);
    goto error;
L_RERAISE:
    SAVE();
    v = R[i.a];
    R[i.a].tag = VT_UNSET;
    exc_throw(in, v, err);
    value_release(v);
    goto unwind;
L_MATCH: {
    bool hit;
    NEED(c);
    TRY(exc_match(in, R[i.b], *RK(i.c), &hit, err));
    DROP(i.c);
    SET(i.a, value_bool(hit));
    NEXT();
}
L_CATCHALL:
    SET(i.a, value_bool(!value_is(R[i.b], &exc_types[ERR_INTERRUPT])));
    NEXT();
L_ASSERTFAIL:
    SAVE();
    if (i.x && UNLIKELY(RK(i.a)->tag == VT_UNSET)) goto unbound_a;
    vm_assert_fail(in, i.x ? RK(i.a) : NULL, err);
    goto error;
L_ENTER:
    NEED(b);
    TRY(vm_enter(in, *RK(i.b), &R[i.a], err));
    DROP(i.b);
    NEXT();
L_LEAVE:
    TRY(vm_leave(in, R[i.a], NULL, NULL, err));
    goto L_CLEAR;
L_LEAVEEXC: {
    bool swallow;
    TRY(vm_leave(in, R[i.a], &R[i.b], &swallow, err));
    SET(i.a, VALUE_UNSET);
    SET(i.c, value_bool(swallow && !in->fatal));
    NEXT();
}

    /* ---- generators ---------------------------------------------------------------------------------------------- */
L_YIELD: {
    const Value *b = RK(i.b);
    NEED(b);
    *out = value_retain(*b);
    DROP(i.b);
    generator_suspend(f, pc, i.a);
    frame_pop(in);
    return VM_YIELD;
}
L_YIELDFROM:
    TRY(vm_delegate(in, R[i.b], &R[i.a], &v, err));
    if (v.tag == VT_UNSET) {
        SET(i.b, VALUE_UNSET);
        NEXT();
    }
    *out = v;
    generator_suspend(f, pc - 1, i.a);
    frame_pop(in);
    return VM_YIELD;

    /* ---- imports ---------------------------------------------------------------------------------------------------- */
L_IMPORT:
    TRY(import_dotted(in, str_of(K[pc->arg]), i.x, &v, err));
    SET(i.a, v);
    pc++;
    NEXT();
L_IMPORTFROM:
    TRY(import_from(in, R[i.b], str_of(K[pc->arg]), i.x, &v, err));
    SET(i.a, v);
    pc++;
    NEXT();
L_IMPORTSTAR:
    TRY(import_star(in, R[i.b], f->globals, err));
    NEXT();

    /* ---- when something fails -------------------------------------------------------------------------------------------- */
unbound_a:
    i.b = i.a;
    goto unbound_b;
unbound_c:
    i.b = i.c;
unbound_b:
    SAVE();
    unbound_error(f->code->local_names[i.b], false, err);
error:
    if (err->kind != ERR_RAISED && !err->frames.count) exc_chain(in, err);
    vm_add_frame(f, err);
unwind: {
    const CodeHandler *h = vm_find_handler(in, f);
    if (h) {
        vm_drop(&R[h->base], f->code->nregs - h->base);
        v = exc_take(in, err);
        SET(h->reg, v);
        pc = f->code->ins.items + h->target;
        NEXT();
    }
    bool entry = f->flags & FRAME_ENTRY;
    frame_pop(in);
    if (entry) return VM_ERROR;
    LOAD_FRAME();
    goto error;
}
}
