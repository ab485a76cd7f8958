/* Calls from the dispatch loop: dialect functions get a frame in the same loop, whose
 * registers are, where nothing stands against it, the argument registers themselves. */
#include "config.h"

#include "value/seq.h"
#include "eval/vm_help.h"

enum { KEYWORDS_MAX = 200 };

/* A function whose parameters are exactly its positional arguments: binding is moving. */
static bool is_plain(const Code *c, int npos) {
    return npos == c->npos && (c->flags & CODE_PLAIN);
}

/* Takes over the reference to fn and the argument registers. */
static CallResult enter_plain(Interp *in, Frame *caller, FuncObj *fn, Value *args, int npos,
                              unsigned dst, Value made, Err *err) {
    Code *c = fn->code;
    bool in_place = !(caller->flags & FRAME_GEN) && args + c->nregs + 8 <= in->stack_end;
    Frame *f = frame_push(in, c, NULL, (ModuleObj *)fn->module.o, in_place ? args : NULL, err);
    if (UNLIKELY(!f)) {
        vm_drop(args, npos);
        value_release(value_obj(fn));
        value_release(made);
        return CALL_FAILED;
    }
    f->fn = fn;
    f->dst = (uint16_t)dst;
    f->made = made;
    if (made.tag != VT_UNSET) f->flags |= FRAME_INIT;
    if (in_place) {
        vm_drop(args + npos, c->nlocals - npos);
    } else {
        for (int i = 0; i < npos; i++) {
            f->regs[i] = args[i];
            args[i].tag = VT_UNSET;
        }
    }
    return CALL_ENTERED;
}

/* Binds with defaults, keywords and stars, then enters. func and args stay the caller's. */
static CallResult enter_bound(Interp *in, FuncObj *fn, const CallArgs *a, unsigned dst, Value *out,
                              Err *err) {
    Frame *f = frame_push(in, fn->code, fn, (ModuleObj *)fn->module.o, NULL, err);
    if (!f) return CALL_FAILED;
    f->dst = (uint16_t)dst;
    if (!func_bind(in, fn, a, f->regs, err)) {
        frame_pop(in);
        return CALL_FAILED;
    }
    if (!(fn->code->flags & CODE_GENERATOR)) return CALL_ENTERED;
    *out = generator_new(in, fn, f->regs);
    frame_pop(in);
    return CALL_DONE;
}

/* An instance of a dialect class with a plain __init__: made here, initialised by a frame. */
static FuncObj *plain_init(Interp *in, Type *cls, int npos) {
    if (!(cls->flags & TYPE_HEAP) || cls->create != type_object.create) return NULL;
    Value init = type_find(cls, in->name_init);
    if (!value_is(init, &type_function)) return NULL;
    if (!value_is(type_find(cls, in->name_new), &type_native)) return NULL;
    FuncObj *fn = (FuncObj *)init.o;
    return is_plain(fn->code, npos + 1) ? fn : NULL;
}

bool vm_init_result(Frame *f, Value *v, Err *err) {
    if (v->tag != VT_NONE) {
        err_set(err, ERR_TYPE, "__init__() should return None, not '%s'", value_type(*v)->name);
        value_release(*v);
        return false;
    }
    *v = f->made;
    f->made = VALUE_UNSET;
    return true;
}

/* What a call of v runs with v as the first argument: the __call__ of a dialect class, so that
 * modules within modules need no C stack. v itself otherwise. Borrowed. */
static Value call_target(Value v) {
    if (v.tag != VT_OBJ || !(v.o->type->flags & TYPE_HEAP)) return v;
    Value f = overlay_call_method(v.o->type);
    return value_is(f, &type_function) ? f : v;
}

CallResult vm_enter_dunder(Interp *in, Ins i, const Value *a, const Value *b, Err *err) {
    if (i.x || a->tag != VT_OBJ || b->tag == VT_UNSET) return CALL_DONE;
    Type *ta = a->o->type, *tb = value_type(*b);
    if (ta != tb && (tb->flags & TYPE_HEAP)) return CALL_DONE; /* a subclass goes first */
    Value func = overlay_operator(ta, (Op)(i.op - I_ADD));
    if (!value_is(func, &type_function)) return CALL_DONE;
    FuncObj *fn = (FuncObj *)func.o;
    if (!is_plain(fn->code, 2)) return CALL_DONE;
    Frame *f = frame_push(in, fn->code, fn, (ModuleObj *)fn->module.o, NULL, err);
    if (!f) return CALL_FAILED;
    f->dst = i.a;
    f->flags |= FRAME_BINARY;
    f->regs[0] = value_retain(*a);
    f->regs[1] = value_retain(*b);
    return CALL_ENTERED;
}

/* Everything that is no plain function: keywords, natives, classes, callables. The function
 * and argument registers are emptied by vm_call. */
static CallResult call_any(Interp *in, Frame *f, Value func, Value *args, int npos, int kwnames,
                           unsigned dst, Value *out, Err *err) {
    StrObj *names[KEYWORDS_MAX];
    CallArgs a = {.pos = args, .npos = npos};
    if (kwnames >= 0) {
        Value t = f->code->consts.items[kwnames];
        a.nkw = (int)tuple_count(t);
        for (int k = 0; k < a.nkw; k++) names[k] = str_of(tuple_items(t)[k]);
        a.kwnames = names;
        a.kwvals = args + npos;
    }
    if (value_is(func, &type_function))
        return enter_bound(in, (FuncObj *)func.o, &a, dst, out, err);
    return value_call(in, func, &a, out, err) ? CALL_DONE : CALL_FAILED;
}

CallResult vm_call(Interp *in, Frame *f, Value *func, Value *args, int npos, int kwnames,
                   unsigned dst, Value *out, Err *err) {
    Value fv = value_at(func);
    func->tag = VT_UNSET;
    if (LIKELY(kwnames < 0 && value_is(fv, &type_native))) {
        bool ok = native_call_pos(in, fv, args, npos, out, err);
        regs_drop(args, npos);
        value_release(fv);
        return ok ? CALL_DONE : CALL_FAILED;
    }
    bool unwrapped = value_is(fv, &type_method);
    if (UNLIKELY(unwrapped)) { /* its self goes before the arguments: that register is free */
        MethodObj *m = (MethodObj *)fv.o;
        Value inner = value_retain(m->func);
        *--args = value_retain(m->self);
        npos++;
        value_release(fv);
        fv = inner;
    }
    Value target = unwrapped ? fv : call_target(fv);
    if (UNLIKELY(target.o != fv.o)) {
        *--args = fv;
        npos++;
        fv = value_retain(target);
        unwrapped = true;
    }
    if (LIKELY(kwnames < 0 && value_is(fv, &type_function))) {
        FuncObj *fn = (FuncObj *)fv.o;
        if (LIKELY(is_plain(fn->code, npos)))
            return enter_plain(in, f, fn, args, npos, dst, VALUE_UNSET, err);
    } else if (kwnames < 0 && !unwrapped && value_is(fv, &type_type)) {
        FuncObj *fn = plain_init(in, (Type *)fv.o, npos);
        if (fn) {
            Value made = value_obj(obj_new((Type *)fv.o));
            value_release(fv);
            args[-1] = value_retain(made);
            fn->head.refs++;
            return enter_plain(in, f, fn, args - 1, npos + 1, dst, made, err);
        }
    }
    int all = npos;
    if (kwnames >= 0) all += (int)tuple_count(f->code->consts.items[kwnames]);
    CallResult r = call_any(in, f, fv, args, npos, kwnames, dst, out, err);
    vm_drop(args, all);
    value_release(fv);
    return r;
}

CallResult vm_call_spread(Interp *in, Value *regs, unsigned dst, Value *out, Err *err) {
    Dict *d = dict_of(regs[2]);
    int n = (int)dict_count(d), k = 0;
    StrObj **names = mem_alloc((size_t)MAX(n, 1) * sizeof *names);
    Value *vals = mem_alloc((size_t)MAX(n, 1) * sizeof *vals);
    Value key, v, func = call_target(regs[0]);
    if (func.o != regs[0].o) { /* the object itself is its __call__'s self */
        Value self = regs[0];
        list_splice(regs[1], 0, 0, &self, 1);
    }
    for (size_t i = 0; dict_next(d, &i, &key, &v); k++) {
        names[k] = str_of(key);
        vals[k] = v;
    }
    CallArgs a = {.pos = list_items(regs[1]),
                  .npos = (int)list_count(regs[1]),
                  .kwnames = names,
                  .kwvals = vals,
                  .nkw = n};
    CallResult r;
    if (value_is(func, &type_function))
        r = enter_bound(in, (FuncObj *)func.o, &a, dst, out, err);
    else
        r = value_call(in, func, &a, out, err) ? CALL_DONE : CALL_FAILED;
    mem_free(names);
    mem_free(vals);
    vm_drop(regs, 3);
    return r;
}
