/* torch.__version__: a str that compares as a version, with versions and with tuples of numbers. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tensorobj/types.h"
#include "value/strobj.h"

enum { PARTS = 8 };

/* "1.13.1rc2+cpu": the release's numbers, what stage it is at, and that stage's number. */
typedef struct Version {
    long part[PARTS];
    int stage; /* 0: the release itself, less: before it, more: after it */
    long number;
} Version;

/* After the digits of the release. */
static bool read_stage(const char *s, Version *v) {
    static const struct {
        const char *name;
        int stage;
    } stages[] = {{"dev", -4}, {"a", -3}, {"b", -2}, {"rc", -1}, {"post", 1}};
    while (*s == '.' || *s == '-' || *s == '_') s++;
    if (!*s || *s == '+') {
        v->stage = *s == '+';
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
        size_t n = strlen(stages[i].name);
        if (strncmp(s, stages[i].name, n) != 0) continue;
        v->stage = stages[i].stage;
        v->number = strtol(s + n, NULL, 10);
        return true;
    }
    return false;
}

static bool read_text(const char *s, Version *v) {
    if (*s == 'v') s++;
    for (int n = 0; isdigit((unsigned char)*s); n++) {
        char *end;
        long part = strtol(s, &end, 10);
        if (n < PARTS) v->part[n] = part;
        s = end;
        if (*s == '.' && isdigit((unsigned char)s[1]))
            s++;
        else
            return read_stage(s, v);
    }
    return false;
}

/* A str or a sequence of numbers; false for what is no version. */
static bool read_version(Value x, Version *v) {
    Value *items;
    int64_t n;
    *v = (Version){.stage = 0};
    if (value_is_str(x)) return read_text(str_of(x)->s, v);
    if (!seq_items(x, &items, &n)) return false;
    for (int64_t i = 0; i < n; i++) {
        if (items[i].tag != VT_INT) return false;
        if (i < PARTS) v->part[i] = (long)items[i].i;
    }
    return n > 0;
}

static int version_compare(const Version *a, const Version *b) {
    for (int i = 0; i < PARTS; i++)
        if (a->part[i] != b->part[i]) return a->part[i] < b->part[i] ? -1 : 1;
    if (a->stage != b->stage) return a->stage < b->stage ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* Versions where both are, else what str does. */
static bool version_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Version x, y;
    int order;
    if (op < OP_EQ || op > OP_GE || !read_version(a, &x) || !read_version(b, &y))
        return type_str.binary(in, op, a, b, out, err);
    order = version_compare(&x, &y);
    *out = value_bool(op == OP_EQ   ? order == 0
                      : op == OP_NE ? order != 0
                      : op == OP_LT ? order < 0
                      : op == OP_LE ? order <= 0
                      : op == OP_GT ? order > 0
                                    : order >= 0);
    return true;
}

Value torch_version_new(const char *text) {
    static Type type;
    Value v = str_value_cstr(text);
    if (!type.name) {
        type = type_str;
        type.head = (Obj){0};
        type.name = "TorchVersion";
        type.module = "torch.torch_version";
        type.base = &type_str;
        type.mro = NULL;
        type.nmro = 0;
        type.flags &= ~(unsigned)TYPE_READY;
        type.attrs = NULL;
        type.methods = NULL;
        type.binary = version_binary;
        type_ready(&type);
    }
    v.o->type = &type;
    return v;
}
