/* What stands for a module, or a name of one, that the dialect does not have: pasted code imports
 * what it never uses, so the first use is the error. */
#include "config.h"

#include "eval/vm.h"

/* Modules that reach outside: what they would do is not in the dialect at all. */
static const char *const outside[] = {
    "os",       "sys",        "subprocess", "io",     "socket",          "shutil",
    "pathlib",  "tempfile",   "glob",       "signal", "threading",       "multiprocessing",
    "asyncio",  "concurrent", "ctypes",     "pickle", "urllib",          "http",
    "requests", "sqlite3",    "importlib",  "wandb",  "huggingface_hub",
};

static bool reaches_outside(const char *name) {
    size_t n = strcspn(name, ".");
    for (size_t i = 0; i < ARRAY_LEN(outside); i++)
        if (strlen(outside[i]) == n && memcmp(outside[i], name, n) == 0) return true;
    return false;
}

bool stub_error(Value stub, Err *err) {
    const char *name = ((StubObj *)stub.o)->name->s;
    const Err *why = &((StubObj *)stub.o)->why;
    if (why->kind) {
        err_set(err, why->kind, "%s", why->msg);
        if (why->hint) err_hint(err, "%s", why->hint);
        return false;
    }
    if (reaches_outside(name)) {
        err_set(err, ERR_MODULE,
                "'%s' is not part of the dialect: it has no files, network, processes, "
                "threads or environment",
                name);
        err_hint(err,
                 "leave the lines that use it out, or put the values they would give in by hand");
        return false;
    }
    err_set(err, ERR_MODULE, "'%s' was imported, but there is no such module here", name);
    err_hint(err, "%s",
             strncmp(name, "torch", 5) == 0
                 ? "this part of torch is not built in; `help torch` lists what is"
                 : "torch, numpy, einops, math and a few more are built in; write what you "
                   "need of it out in the cell");
    return false;
}

Value stub_new(const char *name) {
    StubObj *s = obj_new(&type_stub);
    s->name = str_intern(name, strlen(name));
    return value_obj(s);
}

static void stub_destroy(Obj *o) {
    value_release(value_obj(((StubObj *)o)->name));
    err_clear(&((StubObj *)o)->why);
}

static bool stub_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    str_printf(out, "<'%s', which is not available>", ((StubObj *)self.o)->name->s);
    return true;
}

static bool stub_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(name), UNUSED(out);
    return stub_error(self, err);
}
static bool stub_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    UNUSED(in), UNUSED(name), UNUSED(v), UNUSED(done);
    return stub_error(self, err);
}
static bool stub_call(Interp *in, Value self, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(out);
    return stub_error(self, err);
}
static bool stub_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    UNUSED(in), UNUSED(key), UNUSED(out);
    return stub_error(self, err);
}
static bool stub_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(out);
    return stub_error(self, err);
}
static bool stub_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    UNUSED(in);
    if (op == OP_EQ || op == OP_NE) {
        *out = VALUE_NOTIMPL;
        return true;
    }
    return stub_error(value_is(a, &type_stub) ? a : b, err);
}

Type type_stub = {
    .name = "unavailable",
    .kind = KIND_STUB,
    .size = sizeof(StubObj),
    .destroy = stub_destroy,
    .repr = stub_repr,
    .getattr = stub_getattr,
    .setattr = stub_setattr,
    .call = stub_call,
    .getitem = stub_getitem,
    .iter = stub_iter,
    .binary = stub_binary,
    .hash = obj_hash_identity,
};
