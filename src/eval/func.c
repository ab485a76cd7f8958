/* Functions of the dialect, and cells. */
#include "config.h"

#include "eval/vm.h"

/* ---- cells ------------------------------------------------------------------------------- */

static void cell_destroy(Obj *o) {
    value_release(((CellObj *)o)->v);
}
static void cell_traverse(Obj *o, GcVisit visit, void *ctx) {
    value_visit(((CellObj *)o)->v, visit, ctx);
}

Value cell_new(Value v) {
    CellObj *c = obj_new(&type_cell);
    c->v = value_retain(v);
    return value_obj(c);
}

Type type_cell = {.name = "cell",
                  .size = sizeof(CellObj),
                  .destroy = cell_destroy,
                  .traverse = cell_traverse,
                  .flags = TYPE_GC,
                  .hash = obj_hash_identity};

/* ---- functions ---------------------------------------------------------------------------- */

Value func_new(Code *code, ModuleObj *module) {
    FuncObj *f = obj_new(&type_function);
    f->head.flags |= OBJ_METHOD;
    f->code = code_retain(code);
    f->module = value_retain(value_obj(module));
    f->name = value_retain(value_obj(code->name));
    f->qualname = value_retain(value_obj(code->qualname));
    f->doc = value_retain(code->doc);
    return value_obj(f);
}

static int default_slots(const FuncObj *f) {
    return f->defaults ? f->ndefaults + f->code->nkwonly : 0;
}

static void func_destroy(Obj *o) {
    FuncObj *f = (FuncObj *)o;
    for (int i = 0; i < default_slots(f); i++) value_release(f->defaults[i]);
    for (int i = 0; i < f->nfree; i++) value_release(value_obj(f->free[i]));
    mem_free(f->defaults);
    mem_free(f->free);
    value_release(f->module);
    value_release(f->name);
    value_release(f->qualname);
    value_release(f->doc);
    if (f->dict) dict_free(f->dict);
    code_release(f->code);
}

static void func_traverse(Obj *o, GcVisit visit, void *ctx) {
    FuncObj *f = (FuncObj *)o;
    for (int i = 0; i < default_slots(f); i++) value_visit(f->defaults[i], visit, ctx);
    for (int i = 0; i < f->nfree; i++) visit((Obj *)f->free[i], ctx);
    value_visit(f->module, visit, ctx);
    if (f->dict) dict_traverse(f->dict, visit, ctx);
}

static bool func_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    Value q = ((FuncObj *)self.o)->qualname;
    str_printf(out, "<function %s at 0x%012lx>", value_is(q, &type_str) ? str_of(q)->s : "?",
               (unsigned long)(uintptr_t)self.o);
    return true;
}

/* Annotations are kept as text and run when somebody asks, in the module's scope: what cannot
 * be run there stays text. */
static Value annotations(Interp *in, const FuncObj *f) {
    Value d = dict_value_new(), k, text, v;
    for (size_t i = 0; f->code->annotations && dict_next(f->code->annotations, &i, &k, &text);) {
        Err ignored = {0};
        bool ok = eval_text(in, str_of(text), f->module, &v, &ignored);
        dict_set_str(dict_of(d), str_of(k), ok ? v : text);
        if (ok) value_release(v);
        err_clear(&ignored);
    }
    return d;
}

/* A dict of the keyword-only parameters that have a default; None without any. */
static Value keyword_defaults(const FuncObj *f) {
    Value d = VALUE_NONE;
    for (int i = 0; i < f->code->nkwonly; i++) {
        Value v = f->defaults[f->ndefaults + i];
        if (v.tag == VT_UNSET) continue;
        if (d.tag == VT_NONE) d = dict_value_new();
        dict_set_str(dict_of(d), f->code->local_names[f->code->npos + i], v);
    }
    return d;
}

static Value *func_field(FuncObj *f, const char *name) {
    if (strcmp(name, "__name__") == 0) return &f->name;
    if (strcmp(name, "__qualname__") == 0) return &f->qualname;
    if (strcmp(name, "__doc__") == 0) return &f->doc;
    return NULL;
}

static bool func_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(err);
    FuncObj *f = (FuncObj *)self.o;
    *out = VALUE_UNSET;
    if (name->s[0] != '_' || name->s[1] != '_') return true;
    Value *field = func_field(f, name->s);
    if (field)
        *out = value_retain(*field);
    else if (strcmp(name->s, "__module__") == 0)
        *out = value_retain(value_obj(((ModuleObj *)f->module.o)->name));
    else if (strcmp(name->s, "__annotations__") == 0)
        *out = annotations(in, f);
    else if (strcmp(name->s, "__defaults__") == 0)
        *out = f->ndefaults ? tuple_of(f->ndefaults, f->defaults) : VALUE_NONE;
    else if (strcmp(name->s, "__kwdefaults__") == 0)
        *out = keyword_defaults(f);
    return true;
}

static bool func_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    UNUSED(in), UNUSED(err);
    Value *field = func_field((FuncObj *)self.o, name->s);
    *done = field != NULL || strcmp(name->s, "__module__") == 0;
    if (field) value_set_take(field, value_retain(v));
    return true;
}

static bool function_bind(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls), UNUSED(err);
    *out = method_new(attr, self);
    return true;
}

Type type_function = {
    .name = "function",
    .kind = KIND_FUNCTION,
    .size = sizeof(FuncObj),
    .dict_offset = offsetof(FuncObj, dict),
    .flags = TYPE_GC,
    .destroy = func_destroy,
    .traverse = func_traverse,
    .call = func_call,
    .bind = function_bind,
    .repr = func_repr,
    .hash = obj_hash_identity,
    .getattr = func_getattr,
    .setattr = func_setattr,
};
