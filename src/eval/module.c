/* Modules: what is registered, importing, and stubs for modules that the dialect does not
 * have, whose first use is the error. */
#include "config.h"

#include "base/suggest.h"
#include "eval/class.h"
#include "compile/compile.h"

/* ---- module objects --------------------------------------------------------------------- */

static ModuleObj *module_of(Value v) {
    return (ModuleObj *)v.o;
}

static void module_destroy(Obj *o) {
    ModuleObj *m = (ModuleObj *)o;
    dict_free(m->dict);
    value_release(value_obj(m->name));
}

static void module_traverse(Obj *o, GcVisit visit, void *ctx) {
    dict_traverse(((ModuleObj *)o)->dict, visit, ctx);
}

static bool module_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    str_printf(out, "<module '%s'%s>", module_of(self)->name->s,
               module_of(self)->def ? " (built-in)" : "");
    return true;
}

static const ModuleDef *find_def(const Interp *in, const char *name) {
    for (size_t i = 0; i < in->defs.count; i++)
        if (strcmp(in->defs.items[i]->name, name) == 0) return in->defs.items[i];
    return NULL;
}

/* PEP 562: a module's own __getattr__(name) makes what is missing; it is kept from then on. An
 * AttributeError of it leaves *out UNSET, so that the usual message with the nearest name follows.
 */
static bool module_make(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    Value make = dict_get_cstr(module_of(self)->dict, "__getattr__"), pos = value_obj(name);
    if (make.tag == VT_UNSET || (name->s[0] == '_' && name->s[1] == '_')) return true;
    value_retain(make);
    bool ok = value_call_pos(in, make, &pos, 1, out, err);
    value_release(make);
    if (ok) dict_set_str(module_of(self)->dict, name, *out);
    if (ok || !err_is(in, err, ERR_ATTRIBUTE)) return ok;
    err_clear(err);
    *out = VALUE_UNSET;
    return true;
}

static bool module_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    ModuleObj *m = module_of(self);
    *out = value_retain(dict_get_str(m->dict, name));
    if (out->tag != VT_UNSET) return true;
    if (strcmp(name->s, "__dict__") == 0) {
        *out = dict_value_wrap(m->dict, self);
        return true;
    }
    if (strcmp(name->s, "__doc__") == 0) {
        *out = m->def && m->def->doc ? str_value_cstr(m->def->doc) : VALUE_NONE;
        return true;
    }
    Str dotted = STR_INIT; /* a submodule that nobody imported by name yet */
    str_printf(&dotted, "%s.%s", m->name->s, name->s);
    bool ok = !m->def || !find_def(in, str_cstr(&dotted)) ||
              interp_import(in, str_cstr(&dotted), out, err);
    str_clear(&dotted);
    if (!ok || out->tag != VT_UNSET) return ok;
    if (!late_in_module(in, m->name->s, name, out, err)) return false;
    if (out->tag == VT_UNSET) return module_make(in, self, name, out, err);
    dict_set_str(m->dict, name, *out);
    return true;
}

/* Names that __getattr__ would make: the module's own __dir__() tells them. */
static void offer_made(Interp *in, const ModuleObj *m, void (*offer)(void *, const char *),
                       void *ctx) {
    Value tell = dict_get_cstr(m->dict, "__dir__"), names, *items;
    int64_t n;
    Err err = {0};
    if (tell.tag == VT_UNSET) return;
    value_retain(tell);
    if (value_call_pos(in, tell, NULL, 0, &names, &err)) {
        if (seq_items(names, &items, &n))
            for (int64_t i = 0; i < n; i++)
                if (value_is(items[i], &type_str)) offer(ctx, str_of(items[i])->s);
        value_release(names);
    }
    value_release(tell);
    err_clear(&err);
}

static bool module_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    *done = true;
    if (v.tag != VT_UNSET)
        dict_set_str(module_of(self)->dict, name, v);
    else if (!dict_del_str(module_of(self)->dict, name))
        return attr_error(in, self, name, err);
    return true;
}

static void module_dir(Interp *in, Value self, void (*offer)(void *, const char *), void *ctx) {
    ModuleObj *m = module_of(self);
    Value k, v;
    for (size_t i = 0; dict_next(m->dict, &i, &k, &v);) offer(ctx, str_of(k)->s);
    late_list_module(in, m->name->s, offer, ctx);
    offer_made(in, m, offer, ctx);
    size_t n = strlen(m->name->s);
    for (size_t i = 0; m->def && i < in->defs.count; i++) {
        const char *name = in->defs.items[i]->name;
        if (strncmp(name, m->name->s, n) == 0 && name[n] == '.' && !strchr(name + n + 1, '.') &&
            dict_get_cstr(m->dict, name + n + 1).tag == VT_UNSET)
            offer(ctx, name + n + 1);
    }
}

Type type_module = {
    .name = "module",
    .kind = KIND_MODULE,
    .size = sizeof(ModuleObj),
    .flags = TYPE_GC,
    .destroy = module_destroy,
    .traverse = module_traverse,
    .repr = module_repr,
    .hash = obj_hash_identity,
    .getattr = module_getattr,
    .setattr = module_setattr,
    .dir = module_dir,
};

Value interp_module_new(Interp *in, const char *name) {
    UNUSED(in);
    ModuleObj *m = obj_new(&type_module);
    m->name = str_intern(name, strlen(name));
    m->dict = dict_new();
    dict_set_cstr(m->dict, "__name__", value_obj(m->name));
    return value_obj(m);
}

bool module_get(Value module, const char *name, Value *out) {
    Value v = dict_get_cstr(module_of(module)->dict, name);
    if (v.tag == VT_UNSET) return false;
    *out = value_retain(v);
    return true;
}

void module_set(Interp *in, Value module, const char *name, Value v) {
    UNUSED(in);
    StrObj *key = str_intern(name, strlen(name));
    dict_set_str(module_of(module)->dict, key, v);
    value_release(value_obj(key));
}

void module_set_take(Interp *in, Value module, const char *name, Value v) {
    module_set(in, module, name, v);
    value_release(v);
}

bool module_del(Value module, const char *name) {
    return dict_del_cstr(module_of(module)->dict, name);
}

int module_count(Value module) {
    return (int)dict_count(module_of(module)->dict);
}

const char *module_name_at(Value module, int i, Value *borrowed) {
    Value k, v;
    for (size_t pos = 0; dict_next(module_of(module)->dict, &pos, &k, &v);)
        if (i-- == 0) {
            if (borrowed) *borrowed = v;
            return str_of(k)->s;
        }
    return NULL;
}

/* ---- the registry --------------------------------------------------------------------------- */

void interp_modules_define(Interp *in, const ModuleText *texts, const ModuleDef *defs) {
    size_t n = 0;
    while (texts[n].name) n++;
    ModuleDef *made = mem_zero(sizeof *made * (n + 1));
    vec_push(&in->text_defs, made);
    for (size_t i = 0; i < n; i++) {
        const ModuleText *t = &texts[i];
        made[i] = (ModuleDef){.name = t->name, .doc = t->doc, .late = t->late, .prelude = t->text};
        vec_push(&in->defs, &made[i]);
    }
    for (; defs->name; defs++) {
        size_t i = 0;
        while (i < n && strcmp(made[i].name, defs->name) != 0) i++;
        if (i == n) {
            vec_push(&in->defs, defs);
            continue;
        }
        made[i].rows = defs->rows;
        made[i].init = defs->init;
    }
}

int interp_module_defs(Interp *in, const ModuleDef *const **out) {
    *out = in->defs.items;
    return (int)in->defs.count;
}

static bool run_prelude(Interp *in, const ModuleDef *def, Value module, Err *err) {
    Source *src = source_new(def->name, def->prelude, strlen(def->prelude), 1);
    bool ok = run_source(in, src, module, COMPILE_PRELUDE, err);
    source_release(src);
    return ok;
}

static bool load(Interp *in, const ModuleDef *def, Value *out, Err *err) {
    Value m = interp_module_new(in, def->name);
    module_of(m)->def = def;
    dict_set_cstr(in->modules, def->name, m); /* before it runs: modules import each other */
    for (const NativeRow *r = def->rows; r && r->sig; r++) {
        StrObj *name = str_intern(r->sig, native_name_len(r));
        Value f = native_new(in, r, def->name);
        dict_set_str(module_of(m)->dict, name, f);
        value_release(f);
        value_release(value_obj(name));
    }
    bool ok =
        (!def->init || def->init(in, m, err)) && (!def->prelude || run_prelude(in, def, m, err));
    if (ok) {
        *out = m;
        return true;
    }
    dict_del_cstr(in->modules, def->name);
    value_release(m);
    return false;
}

static bool no_module(Interp *in, const char *name, Err *err) {
    Suggest near = suggest_for(name);
    for (size_t i = 0; i < in->defs.count; i++) suggest_offer(&near, in->defs.items[i]->name);
    err_set(err, ERR_MODULE, "No module named '%s'", name);
    if (near.best) err_hint(err, "did you mean %s?", near.best);
    return false;
}

static void forget_found(Interp *in) {
    for (size_t i = 0; i < in->found.count; i++) {
        dict_del_cstr(in->modules, in->found.items[i]);
        mem_free(in->found.items[i]);
    }
    vec_clear(&in->found);
}

void interp_finder_set(Interp *in, ModuleFinder find, void *ctx) {
    forget_found(in);
    in->finder = find;
    in->finder_ctx = ctx;
}

void interp_finder_home_set(Interp *in, ModuleFinder find, void *ctx) {
    in->home_finder = find;
    in->home_ctx = ctx;
}

void interp_finder_drop(Interp *in, void *ctx) {
    if (in->finder_ctx == ctx) interp_finder_set(in, NULL, NULL);
}

/* Loads what the finder has under a name into in->modules; nothing when it has none. */
static bool load_found(Interp *in, const char *name, Err *err) {
    Source *src = NULL;
    if (in->finder && !in->finder(in->finder_ctx, name, &src, err)) return false;
    if (!src && in->home_finder && !in->home_finder(in->home_ctx, name, &src, err)) return false;
    if (!src) return true;
    Value m = interp_module_new(in, name);
    dict_set_cstr(in->modules, name, m); /* before it runs, as load does */
    vec_push(&in->found, mem_strdup(name));
    bool ok = run_source(in, src, m, 0, err);
    if (!ok) dict_del_cstr(in->modules, name);
    value_release(m);
    source_release(src);
    return ok;
}

/* The parent of a dotted name gets the module as an attribute. */
static bool attach(Interp *in, const char *name, Value m, Err *err) {
    const char *dot = strrchr(name, '.');
    if (!dot) return true;
    char *parent = mem_strndup(name, (size_t)(dot - name));
    Value p = VALUE_UNSET;
    bool ok = !find_def(in, parent) || interp_import(in, parent, &p, err);
    if (ok && p.tag != VT_UNSET) module_set(in, p, dot + 1, m);
    value_release(p);
    mem_free(parent);
    return ok;
}

bool interp_import(Interp *in, const char *name, Value *out, Err *err) {
    Value m = value_retain(dict_get_cstr(in->modules, name));
    if (m.tag != VT_UNSET) {
        *out = m;
        return true;
    }
    const ModuleDef *def = find_def(in, name);
    if (!def) return no_module(in, name, err);
    const char *dot = strrchr(name, '.');
    if (dot) { /* the package first: it may be what makes this module */
        char *parent = mem_strndup(name, (size_t)(dot - name));
        Value p = VALUE_UNSET;
        bool ok = !find_def(in, parent) || interp_import(in, parent, &p, err);
        value_release(p);
        mem_free(parent);
        if (!ok) return false;
        m = value_retain(dict_get_cstr(in->modules, name));
    }
    if (m.tag == VT_UNSET && !load(in, def, &m, err)) return false;
    if (!attach(in, name, m, err)) {
        value_release(m);
        return false;
    }
    *out = m;
    return true;
}

bool import_call(Interp *in, const char *module, const char *name, const Value *pos, int n,
                 Value *out, Err *err) {
    Value m;
    if (!interp_import(in, module, &m, err)) return false;
    bool ok = value_call_method(in, m, name, pos, n, out, err);
    value_release(m);
    return ok;
}

void modules_free(Interp *in) {
    Value k, m;
    for (size_t i = 0; dict_next(in->modules, &i, &k, &m);) dict_clear(module_of(m)->dict);
    forget_found(in);
    dict_free(in->modules);
    vec_clear(&in->defs);
    for (size_t i = 0; i < in->text_defs.count; i++) mem_free(in->text_defs.items[i]);
    vec_clear(&in->text_defs);
}

/* ---- the import statements ------------------------------------------------------------------ */

static bool import_known(Interp *in, const char *name, Value *out, Err *err) {
    return interp_import(in, name, out, err);
}

bool import_dotted(Interp *in, StrObj *name, unsigned flags, Value *out, Err *err) {
    size_t top = strcspn(name->s, ".");
    if (!find_def(in, name->s) && dict_get_str(in->modules, name).tag == VT_UNSET &&
        !load_found(in, name->s, err))
        return false;
    char *first = mem_strndup(name->s, top);
    bool ok;
    if (find_def(in, name->s) || dict_get_str(in->modules, name).tag != VT_UNSET) {
        ok = import_known(in, name->s, out, err);
        if (ok && (flags & IMPORT_TOP) && name->s[top]) {
            value_release(*out);
            ok = !find_def(in, first) ? (*out = stub_new(first), true)
                                      : import_known(in, first, out, err);
        }
    } else if (flags & IMPORT_STRICT) {
        ok = no_module(in, name->s, err);
    } else if ((flags & IMPORT_TOP) && find_def(in, first)) {
        ok = import_known(in, first, out, err);
    } else {
        *out = stub_new(flags & IMPORT_TOP ? first : name->s);
        ok = true;
    }
    mem_free(first);
    return ok;
}

bool import_from(Interp *in, Value module, StrObj *name, unsigned flags, Value *out, Err *err) {
    if (value_is(module, &type_stub)) {
        Str dotted = STR_INIT;
        str_printf(&dotted, "%s.%s", ((StubObj *)module.o)->name->s, name->s);
        *out = stub_new(str_cstr(&dotted));
        str_clear(&dotted);
        return true;
    }
    if (!module_getattr(in, module, name, out, err)) return false;
    if (out->tag != VT_UNSET) return true;
    Err inner = {0}, why = {0};
    attr_error(in, module, name, &inner);
    err_set(&why, ERR_IMPORT, "cannot import name '%s' from '%s'", name->s,
            module_of(module)->name->s);
    if (inner.hint) err_hint(&why, "%s", inner.hint);
    err_clear(&inner);
    /* Pasted code imports more than it uses: what a module of qkv's lacks waits for first use. */
    if (module_of(module)->def && !(flags & IMPORT_STRICT)) {
        *out = stub_new(name->s);
        err_move(&((StubObj *)out->o)->why, &why);
        return true;
    }
    err_move(err, &why);
    return false;
}

/* Public names, or what __all__ lists. */
bool import_star(Interp *in, Value module, Dict *into, Err *err) {
    if (value_is(module, &type_stub)) return stub_error(module, err);
    Dict *from = module_of(module)->dict;
    Value all = dict_get_cstr(from, "__all__"), k, v, *items;
    int64_t n;
    if (all.tag != VT_UNSET && seq_items(all, &items, &n)) {
        for (int64_t i = 0; i < n; i++) {
            if (!value_is(items[i], &type_str)) continue;
            if (!module_getattr(in, module, str_of(items[i]), &v, err)) return false;
            if (v.tag == VT_UNSET) return attr_error(in, module, str_of(items[i]), err);
            dict_set_str(into, str_of(items[i]), v);
            value_release(v);
        }
        return true;
    }
    for (size_t i = 0; dict_next(from, &i, &k, &v);)
        if (value_is(k, &type_str) && str_of(k)->s[0] != '_') dict_set_str(into, str_of(k), v);
    return true;
}
