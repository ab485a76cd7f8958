/* The C half of torch.nn.Module: where parameters, buffers and child modules are
 * kept, how an attribute finds them, and what calling a module does.
 *
 * `self.proj = nn.Linear(...)` goes into the table of modules, `self.w =
 * nn.Parameter(...)` into that of parameters; everything else is an ordinary
 * attribute. Reading looks in the ordinary attributes last, because methods of the
 * class are found by the VM without asking here.
 */
#include "config.h"

#include <string.h>

#include "nn/nn.h"
#include "tensorobj/tensorobj.h"
#include "value/dict.h"
#include "value/obj.h"

typedef enum Table {
    PARAMETERS,
    BUFFERS,
    MODULES,
    HOOKS,
    PRE_HOOKS,
    BACKWARD_HOOKS,
    BACKWARD_PRE_HOOKS,
    TABLE_COUNT
} Table;

typedef struct ModuleObj {
    Obj head;
    Dict *dict;
    Value table[TABLE_COUNT]; /* dicts; UNSET until __init__ */
    Value not_persistent;     /* a set of buffer names */
} ModuleObj;

static const char *const table_names[TABLE_COUNT] = {
    "_parameters",        "_buffers",        "_modules",           "_forward_hooks",
    "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks"};

static ModuleObj *module_of(Value v) {
    return (ModuleObj *)v.o;
}

static Dict *table_of(const ModuleObj *m, Table t) {
    return m->table[t].tag == VT_OBJ ? dict_of(m->table[t]) : NULL;
}

/* ---- life ---------------------------------------------------------------------- */

static void module_destroy(Obj *self) {
    ModuleObj *m = (ModuleObj *)self;
    for (int t = 0; t < TABLE_COUNT; t++) value_set_take(&m->table[t], VALUE_UNSET);
    value_set_take(&m->not_persistent, VALUE_UNSET);
    dict_free(m->dict);
    m->dict = NULL;
}

static void module_traverse(Obj *self, GcVisit visit, void *ctx) {
    ModuleObj *m = (ModuleObj *)self;
    for (int t = 0; t < TABLE_COUNT; t++) {
        if (m->table[t].tag == VT_OBJ) visit(m->table[t].o, ctx);
    }
    if (m->not_persistent.tag == VT_OBJ) visit(m->not_persistent.o, ctx);
    if (m->dict) dict_traverse(m->dict, visit, ctx);
}

static bool empty_set(Interp *in, Value *out, Err *err) {
    Value type = type_value(&type_set);
    bool ok = value_call_pos(in, type, NULL, 0, out, err);
    value_release(type);
    return ok;
}

static bool module_init(Interp *in, Value self, const CallArgs *args, Err *err) {
    ModuleObj *m = module_of(self);
    Value set;
    UNUSED(args);
    if (!empty_set(in, &set, err)) return false;
    value_set_take(&m->not_persistent, set);
    for (int t = 0; t < TABLE_COUNT; t++) value_set_take(&m->table[t], dict_value_new());
    dict_set_cstr(obj_dict(self.o, true), "training", value_bool(true));
    return true;
}

static bool blank(Interp *in, Type *cls, Value *out, Err *err) {
    *out = value_obj(obj_new(cls));
    if (module_init(in, *out, &(CallArgs){0}, err)) return true;
    value_release(*out);
    return false;
}

/* A class with an __init__ of its own gets its tables when that calls super().__init__(). */
static bool module_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static StrObj *init;
    UNUSED(args);
    if (!init) init = str_intern("__init__", 8);
    if (!value_is(type_find(cls, init), &type_function)) return blank(in, cls, out, err);
    *out = value_obj(obj_new(cls));
    return true;
}

/* ---- attributes ---------------------------------------------------------------------- */

static bool module_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    ModuleObj *m = module_of(self);
    UNUSED(in), UNUSED(err);
    for (int t = MODULES; t >= 0; t--) {
        Dict *d = table_of(m, (Table)t);
        Value v = d && dict_count(d) ? dict_get_str(d, name) : VALUE_UNSET;
        if (v.tag == VT_UNSET) continue;
        *out = value_retain(v);
        return true;
    }
    if (name->s[0] != '_') return true;
    for (int t = 0; t < TABLE_COUNT; t++) {
        if (!strcmp(name->s, table_names[t])) *out = value_retain(m->table[t]);
    }
    if (!strcmp(name->s, "_non_persistent_buffers_set")) *out = value_retain(m->not_persistent);
    return true;
}

static bool has_name(const ModuleObj *m, Table t, const StrObj *name) {
    Dict *d = table_of(m, t);
    return d && dict_get_str(d, name).tag != VT_UNSET;
}

/* Takes the name out of every place but one (TABLE_COUNT: out of the tables). */
static void forget(ModuleObj *m, StrObj *name, Table keep) {
    for (int t = 0; t <= MODULES; t++) {
        Dict *d = table_of(m, (Table)t);
        if (t != (int)keep && d) dict_del_str(d, name);
    }
    if (keep != TABLE_COUNT && m->dict) dict_del_str(m->dict, name);
}

static bool not_ready(const char *what, Err *err) {
    err_set(err, ERR_ATTRIBUTE, "cannot assign %s before Module.__init__() call", what);
    return err_hint(err, "begin __init__ with super().__init__()");
}

/* Where an assigned value belongs; TABLE_COUNT: an ordinary attribute. */
static bool place(const ModuleObj *m, const StrObj *name, Value v, Table *out, Err *err) {
    *out = TABLE_COUNT;
    if (v.tag == VT_OBJ && value_isinstance(v, &type_parameter))
        *out = PARAMETERS;
    else if (v.tag == VT_OBJ && value_isinstance(v, &type_module_base))
        *out = MODULES;
    if (*out != TABLE_COUNT) {
        if (m->table[*out].tag == VT_OBJ) return true;
        return not_ready(*out == MODULES ? "module" : "parameters", err);
    }
    for (int t = 0; t <= MODULES; t++) {
        if (!has_name(m, (Table)t, name)) continue;
        *out = (Table)t;
        if (v.tag == VT_NONE || (t == BUFFERS && value_tensor(v))) return true;
        err_set(err, ERR_TYPE, "cannot assign '%s' as %s '%s' (torch.%s or None expected)",
                value_tensor(v) ? "torch.FloatTensor" : value_type(v)->name,
                t == PARAMETERS ? "parameter"
                : t == BUFFERS  ? "buffer"
                                : "child module",
                name->s,
                t == PARAMETERS ? "nn.Parameter"
                : t == BUFFERS  ? "Tensor"
                                : "nn.Module");
        return false;
    }
    return true;
}

static bool module_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    ModuleObj *m = module_of(self);
    Table t;
    UNUSED(in);
    *done = true;
    if (v.tag == VT_UNSET) { /* del */
        for (int i = 0; i <= MODULES; i++) {
            if (has_name(m, (Table)i, name)) {
                dict_del_str(table_of(m, (Table)i), name);
                return true;
            }
        }
        *done = false;
        return true;
    }
    if (!place(m, name, v, &t, err)) return false;
    if (t == TABLE_COUNT) {
        *done = false;
        return true;
    }
    forget(m, name, t);
    dict_set_str(table_of(m, t), name, v);
    return true;
}

static void module_dir(Interp *in, Value self, void (*offer)(void *ctx, const char *name),
                       void *ctx) {
    UNUSED(in);
    for (int t = 0; t <= MODULES; t++) {
        Dict *d = table_of(module_of(self), (Table)t);
        Value k, v;
        for (size_t i = 0; d && dict_next(d, &i, &k, &v);) {
            if (value_is(k, &type_str)) offer(ctx, str_of(k)->s);
        }
    }
}

/* ---- calling ------------------------------------------------------------------------------- */

/* hook(module, args) before forward: a tuple replaces the arguments, another value the one. */
static bool run_pre_hooks(Interp *in, Value self, Value *pos, Err *err) {
    Value k, hook;
    Value list = dict_value_new(); /* a copy: hooks may remove themselves */
    bool ok = true;
    Dict *d = table_of(module_of(self), PRE_HOOKS);
    for (size_t i = 0; dict_next(d, &i, &k, &hook);)
        ok = ok && dict_set(in, dict_of(list), k, hook, err);
    for (size_t i = 0; ok && dict_next(dict_of(list), &i, &k, &hook);) {
        Value result;
        ok = value_call_pos(in, hook, (Value[]){self, *pos}, 2, &result, err);
        if (!ok) break;
        if (result.tag == VT_NONE) continue;
        if (!value_isinstance(result, &type_tuple)) {
            Value one = tuple_of(1, &result);
            value_release(result);
            result = one;
        }
        value_set_take(pos, result);
    }
    value_release(list);
    return ok;
}

static bool run_hooks(Interp *in, Value self, Value pos, Value *out, Err *err) {
    Value k, hook;
    Dict *d = table_of(module_of(self), HOOKS);
    bool ok = true;
    Value list = list_new();
    for (size_t i = 0; dict_next(d, &i, &k, &hook);) list_push_take(list, value_retain(hook));
    for (int64_t i = 0; ok && i < list_count(list); i++) {
        Value result;
        ok = value_call_pos(in, list_items(list)[i], (Value[]){self, pos, *out}, 3, &result, err);
        if (ok && result.tag != VT_NONE) value_set_take(out, result);
    }
    value_release(list);
    return ok;
}

static bool call_forward(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    static StrObj *forward;
    Value method;
    bool ok;
    if (!forward) forward = str_intern("forward", 7);
    if (!value_getattr(in, self, forward, &method, err)) {
        if (err->kind == ERR_ATTRIBUTE) {
            err_clear(err);
            err_set(err, ERR_NOTIMPL, "Module [%s] is missing the required \"forward\" function",
                    value_type(self)->name);
        }
        return false;
    }
    ok = value_call(in, method, args, out, err);
    value_release(method);
    return ok;
}

/* self._enter_backward(args) is (the arguments to go on with, what is called with the output). */
static bool enter_backward(Interp *in, Value self, Value *pos, Value *leave, Err *err) {
    static StrObj *name;
    Value method, pair;
    if (!name) name = str_intern("_enter_backward", 15);
    if (!value_getattr(in, self, name, &method, err)) return false;
    bool ok = value_call_pos(in, method, pos, 1, &pair, err);
    value_release(method);
    if (!ok) return false;
    value_set_take(pos, value_retain(tuple_items(pair)[0]));
    *leave = value_retain(tuple_items(pair)[1]);
    value_release(pair);
    return true;
}

static bool leave_backward(Interp *in, Value leave, Value *out, Err *err) {
    Value result;
    if (leave.tag == VT_UNSET) return true;
    if (!value_call_pos(in, leave, out, 1, &result, err)) return false;
    value_set_take(out, result);
    return true;
}

static bool has_hooks(const ModuleObj *m) {
    for (int t = HOOKS; t < TABLE_COUNT; t++) {
        Dict *d = table_of(m, (Table)t);
        if (d && dict_count(d)) return true;
    }
    return false;
}

static bool has_backward_hooks(const ModuleObj *m) {
    return dict_count(table_of(m, BACKWARD_HOOKS)) || dict_count(table_of(m, BACKWARD_PRE_HOOKS));
}

static bool module_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    ModuleObj *m = module_of(self);
    Value pos, leave = VALUE_UNSET;
    CallArgs call = *args;
    bool ok;
    if (!has_hooks(m)) return call_forward(in, self, args, out, err);
    pos = tuple_of(args->npos, args->pos);
    ok = run_pre_hooks(in, self, &pos, err);
    if (ok && has_backward_hooks(m)) ok = enter_backward(in, self, &pos, &leave, err);
    if (ok) {
        call.pos = tuple_items(pos);
        call.npos = (int)tuple_count(pos);
        ok = call_forward(in, self, &call, out, err);
        if (ok && !(run_hooks(in, self, pos, out, err) && leave_backward(in, leave, out, err))) {
            value_release(*out);
            ok = false;
        }
    }
    value_release(leave);
    value_release(pos);
    return ok;
}

/* copy.deepcopy begins here: an instance of the same class whose __init__ has not run. */
static bool do_blank(Interp *in, Value *args, Value *out, Err *err) {
    return blank(in, args[0].o->type, out, err);
}

static const NativeRow module_rows[] = {
    {"_blank(self)", do_blank, 0, "An empty module of the same class.", NULL},
    {0},
};

Type type_module_base = {
    .name = "ModuleBase",
    .module = "torch.nn",
    .doc = "The C half of torch.nn.Module.",
    .methods = module_rows,
    .size = sizeof(ModuleObj),
    .dict_offset = offsetof(ModuleObj, dict),
    .flags = TYPE_BASE | TYPE_GC,
    .destroy = module_destroy,
    .traverse = module_traverse,
    .create = module_create,
    .init = module_init,
    .call = module_call,
    .getattr = module_getattr,
    .setattr = module_setattr,
    .dir = module_dir,
};
