/* Generators: a frame whose registers live in the object and outlast its runs. */
#include "config.h"

#include "value/iterators.h"
#include "eval/vm_help.h"

Value generator_new(Interp *in, FuncObj *fn, Value *regs) {
    int n = fn->code->nregs;
    GenObj *g = obj_new_var(&type_generator, sizeof *g + (size_t)n * sizeof(Value));
    g->in = in;
    g->fn = fn;
    fn->head.refs++;
    g->nregs = n;
    g->pc = fn->code->ins.items;
    g->result = VALUE_NONE;
    for (int i = 0; i < n; i++) {
        g->regs[i] = regs[i];
        regs[i].tag = VT_UNSET;
    }
    return value_obj(g);
}

static GenObj *gen_of(Frame *f) {
    return (GenObj *)((char *)f->regs - offsetof(GenObj, regs));
}

void generator_suspend(Frame *f, const Ins *resume, unsigned sent_to) {
    GenObj *g = gen_of(f);
    g->pc = resume;
    g->sent_to = (uint16_t)sent_to;
    g->state = GEN_SUSPENDED;
}

static void finish(GenObj *g) {
    g->state = GEN_DONE;
    vm_drop(g->regs, g->nregs);
}

/* Runs on from where it stands; an err that is set already is raised there. */
static bool resume(Interp *in, GenObj *g, Value *out, Err *err) {
    Err thrown = {0};
    bool throwing = err->kind != ERR_OK;
    if (throwing) err_move(&thrown, err);
    if (!interp_stack_ok(in, err)) goto fail;
    Frame *f = frame_push(in, g->fn->code, g->fn, (ModuleObj *)g->fn->module.o, g->regs, err);
    if (!f) goto fail;
    f->flags |= FRAME_ENTRY | FRAME_GEN;
    f->pc = throwing ? g->pc - 1 : g->pc;
    g->state = GEN_RUNNING;
    g->head.refs++; /* what it runs may drop the last reference to it */
    if (throwing) {
        err_move(err, &thrown);
        exc_chain(in, err);
    }
    Value v;
    VmResult r = in->run(in, &v, err);
    bool ok = r != VM_ERROR;
    if (!ok && err_is(in, err, ERR_STOPITER)) { /* it would end the loop around the generator */
        exc_raise_from(in, "generator raised StopIteration", err);
    }
    if (r == VM_YIELD) {
        *out = v;
    } else {
        finish(g);
        if (r == VM_RETURN) {
            value_set_take(&g->result, v);
            *out = VALUE_UNSET;
        }
    }
    value_release(value_obj(g));
    return ok;
fail:
    err_clear(&thrown);
    return false;
}

bool generator_send(Interp *in, GenObj *g, Value sent, Value *out, Err *err) {
    switch (g->state) {
    case GEN_RUNNING:
        return err_set(err, ERR_VALUE, "generator already executing");
    case GEN_DONE:
        value_set_take(&g->result, VALUE_NONE); /* it was told once */
        *out = VALUE_UNSET;
        return true;
    case GEN_NEW:
        if (sent.tag != VT_NONE)
            return err_set(err, ERR_TYPE, "can't send non-None value to a just-started generator");
        break;
    case GEN_SUSPENDED:
        value_set_take(&g->regs[g->sent_to], value_retain(sent));
        break;
    }
    return resume(in, g, out, err);
}

/* err is set: raise it inside. */
static bool generator_throw(Interp *in, GenObj *g, Value *out, Err *err) {
    if (g->state == GEN_RUNNING) {
        err_clear(err);
        return err_set(err, ERR_VALUE, "generator already executing");
    }
    if (g->state != GEN_SUSPENDED) {
        finish(g);
        return false;
    }
    return resume(in, g, out, err);
}

bool vm_delegate(Interp *in, Value iter, Value *sent, Value *out, Err *err) {
    bool ok;
    if (value_is(iter, &type_generator)) {
        GenObj *g = (GenObj *)iter.o;
        ok = generator_send(in, g, *sent, out, err);
        if (ok && out->tag == VT_UNSET) value_set_take(sent, value_retain(g->result));
    } else {
        ok = value_next(in, iter, out, err);
        if (ok && out->tag == VT_UNSET) value_set_take(sent, VALUE_NONE);
    }
    return ok;
}

/* ---- methods ---------------------------------------------------------------------------- */

bool interp_stop_iteration(Interp *in, Value it, Err *err) {
    GenObj *g = value_is(it, &type_generator) ? (GenObj *)it.o : NULL;
    if (!g || g->result.tag == VT_NONE) return err_set(err, ERR_STOPITER, "%s", "");
    Value exc, type = type_value(&exc_types[ERR_STOPITER]);
    if (value_call_pos(in, type, &g->result, 1, &exc, err)) {
        interp_raise(in, exc, err);
        value_release(exc);
    }
    value_release(type);
    return false;
}

static bool gen_next(Interp *in, Value self, Value *out, Err *err) {
    return generator_send(in, (GenObj *)self.o, VALUE_NONE, out, err);
}

static bool gen_method_next(Interp *in, Value *a, Value *out, Err *err) {
    if (!gen_next(in, a[0], out, err)) return false;
    return out->tag != VT_UNSET || interp_stop_iteration(in, a[0], err);
}

static bool gen_method_send(Interp *in, Value *a, Value *out, Err *err) {
    GenObj *g = (GenObj *)a[0].o;
    if (!generator_send(in, g, a[1], out, err)) return false;
    return out->tag != VT_UNSET || interp_stop_iteration(in, a[0], err);
}

static bool gen_method_throw(Interp *in, Value *a, Value *out, Err *err) {
    GenObj *g = (GenObj *)a[0].o;
    exc_raise(in, a[2].tag == VT_NONE ? a[1] : a[2], VALUE_UNSET, err);
    if (!generator_throw(in, g, out, err)) return false;
    return out->tag != VT_UNSET || interp_stop_iteration(in, a[0], err);
}

static bool generator_close(Interp *in, GenObj *g, Err *err) {
    Value v = VALUE_UNSET;
    if (g->state != GEN_SUSPENDED) {
        if (g->state == GEN_NEW) finish(g);
        return true;
    }
    err_set(err, ERR_GENEXIT, "%s", "");
    if (generator_throw(in, g, &v, err)) {
        bool yielded = v.tag != VT_UNSET;
        value_release(v);
        return !yielded || err_set(err, ERR_RUNTIME, "generator ignored GeneratorExit");
    }
    if (!err_is(in, err, ERR_GENEXIT) && !err_is(in, err, ERR_STOPITER)) return false;
    err_clear(err);
    return true;
}

static bool gen_method_close(Interp *in, Value *a, Value *out, Err *err) {
    *out = VALUE_NONE;
    return generator_close(in, (GenObj *)a[0].o, err);
}

static const NativeRow gen_methods[] = {
    {.sig = "__next__(self)", .fn = gen_method_next, .doc = "The next value, or StopIteration."},
    {.sig = "send(self, value, /)",
     .fn = gen_method_send,
     .doc = "Goes on with `value` as the result of the yield it stands at; the next value."},
    {.sig = "throw(self, type, value=None, traceback=None, /)",
     .fn = gen_method_throw,
     .doc = "Raises inside the generator, at the yield it stands at."},
    {.sig = "close(self)",
     .fn = gen_method_close,
     .doc = "Ends it: GeneratorExit is raised at the yield it stands at."},
    {0},
};

/* ---- the type -------------------------------------------------------------------------------- */

/* A generator that nobody will finish runs its finally clauses and with exits, as in Python;
 * errors in them have nobody to go to. Not when a cycle is collected: what they would touch
 * may be gone. */
static void close_unfinished(GenObj *g) {
    if (g->state != GEN_SUSPENDED || gc_running || !g->fn->code->handlers.count) return;
    Err err = {0};
    Value raised = g->in->raised;
    g->in->raised = VALUE_UNSET;
    g->head.refs = 2; /* alive while it runs, and not freed by its own frame */
    generator_close(g->in, g, &err);
    g->head.refs = 0;
    err_clear(&err);
    value_set_take(&g->in->raised, raised);
}

static void gen_destroy(Obj *o) {
    GenObj *g = (GenObj *)o;
    close_unfinished(g);
    vm_drop(g->regs, g->nregs);
    value_release(g->result);
    value_release(value_obj(g->fn));
}

static void gen_traverse(Obj *o, GcVisit visit, void *ctx) {
    GenObj *g = (GenObj *)o;
    for (int i = 0; i < g->nregs; i++)
        if (g->regs[i].tag == VT_OBJ) visit(g->regs[i].o, ctx);
    if (g->result.tag == VT_OBJ) visit(g->result.o, ctx);
    visit((Obj *)g->fn, ctx);
}

static bool gen_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    str_printf(out, "<generator object %s at 0x%012lx>", ((GenObj *)self.o)->fn->code->qualname->s,
               (unsigned long)(uintptr_t)self.o);
    return true;
}

Type type_generator = {
    .name = "generator",
    .size = sizeof(GenObj),
    .flags = TYPE_GC,
    .destroy = gen_destroy,
    .traverse = gen_traverse,
    .repr = gen_repr,
    .hash = obj_hash_identity,
    .iter = iter_self,
    .next = gen_next,
    .methods = gen_methods,
};
