/* Values of the dialect.
 *
 * A Value is 16 bytes, passed by value: a tag and either an immediate (None,
 * bool, int, float, Ellipsis) or a counted Obj. Obj is the head of every heap
 * object; its Type says what it can do by slots, in the way of Python's
 * type slots. Containers are also linked for the cycle collector (gc.c).
 *
 * Ownership: arguments are borrowed, returned values are owned (+1).
 *
 *     Value v = value_int(3);
 *     Value s = str_value_cstr("abc");
 *     value_release(s);
 */
#ifndef QKV_VALUE_VALUE_H
#define QKV_VALUE_VALUE_H

#include "base/err.h"
#include "base/str.h"
#include "lang/ast.h" /* Op */

typedef struct Interp Interp;
typedef struct Type Type;
typedef struct Obj Obj;
typedef struct StrObj StrObj;

typedef enum ValueTag {
    VT_UNSET, /* no value: an unbound local, a missing argument; never seen by the user */
    VT_NONE,
    VT_BOOL,
    VT_INT,
    VT_FLOAT,
    VT_ELLIPSIS,
    VT_NOTIMPL, /* NotImplemented: a binary slot's "not me" */
    VT_OBJ
} ValueTag;

typedef struct Value {
    ValueTag tag;
    union {
        bool b;
        int64_t i;
        double f;
        Obj *o;
    };
} Value;

struct Obj {
    int refs;
    uint32_t flags; /* OBJ_* */
    Type *type;     /* counted for instances of dialect classes, static else */
};

enum {
    OBJ_GC = 1u << 0,   /* has a GcHead in front, is traversed */
    OBJ_DATA = 1u << 1, /* as a class attribute it comes before the instance's own: a property */
    /* a function: called through an instance it takes that first, and no bound method need be made
     */
    OBJ_METHOD = 1u << 2
};

/* Stands in front of every OBJ_GC object; gc.c alone reads it. */
typedef struct GcHead {
    struct GcHead *prev, *next;
    int64_t refs; /* during a collection: references from outside the traced set */
} GcHead;

#define VALUE_UNSET ((Value){.tag = VT_UNSET})
#define VALUE_NONE ((Value){.tag = VT_NONE})
#define VALUE_NOTIMPL ((Value){.tag = VT_NOTIMPL})
#define VALUE_ELLIPSIS ((Value){.tag = VT_ELLIPSIS})
static inline Value value_bool(bool b) {
    return (Value){.tag = VT_BOOL, .b = b};
}
static inline Value value_int(int64_t i) {
    return (Value){.tag = VT_INT, .i = i};
}
static inline Value value_float(double f) {
    return (Value){.tag = VT_FLOAT, .f = f};
}
/* Takes over the caller's reference. */
static inline Value value_obj(void *o) {
    return (Value){.tag = VT_OBJ, .o = (Obj *)o};
}

void obj_free(Obj *o);
static inline Value value_retain(Value v) {
    if (v.tag == VT_OBJ) v.o->refs++;
    return v;
}
static inline void value_release(Value v) {
    if (v.tag == VT_OBJ && --v.o->refs == 0) obj_free(v.o);
}
/* Reads a slot field by field: copied as 16 bytes at once, a value that was just written in
 * two parts waits until the store has left the store buffer. */
static inline Value value_at(const Value *slot) {
    return (Value){.tag = slot->tag, .i = slot->i};
}
/* Stores an owned value into *slot and releases the old one. */
static inline void value_set_take(Value *slot, Value v) {
    Value old = value_at(slot);
    slot->tag = v.tag;
    slot->i = v.i;
    value_release(old);
}
static inline bool value_is(Value v, const Type *t) {
    return v.tag == VT_OBJ && v.o->type == t;
}
/* The type of any value, immediates included; borrowed. */
Type *value_type(Value v);
/* The types of the immediates by tag, for value_type: builtin_types_install fills it in. */
extern Type *value_tag_types[VT_OBJ];
/* True for instances of subclasses too. */
bool value_isinstance(Value v, const Type *t);

/* Arguments of a call as they stand at the call site; all borrowed. */
typedef struct CallArgs {
    const Value *pos;
    int npos;
    StrObj *const *kwnames;
    const Value *kwvals;
    int nkw;
} CallArgs;

typedef void (*GcVisit)(Obj *child, void *ctx);
typedef struct Dict Dict; /* insertion-ordered hash table, dict.h */

/* How the instances of a type, and of what derives from it, are laid out: what C code may ask
 * without naming the type. A type written in C that derives from one of these says so too. */
typedef enum TypeKind {
    KIND_OTHER,
    KIND_STR,
    KIND_TUPLE,
    KIND_LIST,
    KIND_TYPE, /* types themselves */
    KIND_MODULE,
    KIND_SUPER,
    KIND_FUNCTION, /* of the dialect */
    KIND_NATIVE,   /* a function written in C */
    KIND_METHOD,   /* a function bound to its first argument */
    KIND_STUB      /* what an unknown module's name stands for: any use is the error */
} TypeKind;

/* Slots may be NULL: "not supported", and the generic message names the type.
 * A dialect class inherits its base's slots, overlaid by ones that call the
 * dunder methods it defines. */
struct Type {
    Obj head;
    const char *name;   /* "Tensor" */
    const char *module; /* "torch", or NULL for a builtin */
    Type *base;         /* the first base; NULL for object, and until type_ready for what derives
                         * from object alone */
    Type **mro;         /* self first, object last; made by type_ready */
    int nmro;
    Dict *attrs;                     /* methods and class attributes; NULL until first needed */
    const struct NativeRow *methods; /* C methods, ends with a NULL sig; copied into attrs lazily */
    const char *doc;
    size_t size; /* of the instance struct */
    size_t
        dict_offset; /* of the instance's `Dict *` of attributes (NULL until used); 0: has none */
    unsigned flags;  /* TYPE_* */
    TypeKind kind;

    void (*destroy)(Obj *self);                            /* release fields, not the memory */
    void (*traverse)(Obj *self, GcVisit visit, void *ctx); /* every counted child */

    /* make an instance: Type(...) */
    bool (*create)(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err);
    /* What super().__init__(...) runs when the next class is written in C; NULL: nothing.
     * A dialect subclass with an __init__ of its own is created with no arguments first. */
    bool (*init)(Interp *in, Value self, const CallArgs *args, Err *err);
    bool (*call)(Interp *in, Value self, const CallArgs *args, Value *out, Err *err);
    bool (*repr)(Interp *in, Value self, Str *out, Err *err);
    bool (*str)(Interp *in, Value self, Str *out, Err *err); /* NULL: repr */
    bool (*format)(Interp *in, Value self, const char *spec, size_t n, Str *out, Err *err);
    bool (*truth)(Interp *in, Value self, bool *out, Err *err);    /* NULL: len, else true */
    bool (*hash)(Interp *in, Value self, uint64_t *out, Err *err); /* NULL: unhashable */
    /* Arithmetic, bit operations and OP_EQ..OP_GE. Called first with self = left
     * operand, then with the right operand's slot; `a op b` is always in source
     * order. Sets *out = VALUE_NOTIMPL to decline. */
    bool (*binary)(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
    /* Beside the binary of classes whose operators are dunder methods, NULL else: binary for the
     * operand on one side, and whether t has a reflected method for op that `base` has not. */
    bool (*binary_side)(Interp *in, Op op, Value a, Value b, bool right, Value *out, Err *err);
    bool (*reflects)(Type *t, Type *base, Op op);
    /* a op= b; NULL or VALUE_NOTIMPL: falls back to binary. */
    bool (*inplace)(Interp *in, Op op, Value a, Value b, Value *out, Err *err);
    bool (*unary)(Interp *in, Op op, Value a, Value *out, Err *err);
    bool (*len)(Interp *in, Value self, int64_t *out, Err *err);
    bool (*contains)(Interp *in, Value self, Value item, bool *out, Err *err);
    bool (*getitem)(Interp *in, Value self, Value key, Value *out, Err *err);
    bool (*setitem)(Interp *in, Value self, Value key, Value v, Err *err);
    bool (*delitem)(Interp *in, Value self, Value key, Err *err);
    /* *out = VALUE_UNSET when there is no such attribute (no error): the generic
     * lookup in attrs and its message follow. */
    bool (*getattr)(Interp *in, Value self, StrObj *name, Value *out, Err *err);
    /* What reading attr, a class attribute that has this type, gives through self, an instance of
     * cls (None: through cls itself); NULL: attr as it is. */
    bool (*bind)(Interp *in, Value attr, Value self, Type *cls, Value *out, Err *err);
    /* What v.name = to (UNSET: del v.name) does where v's class has attr under that name; NULL, or
     * *done = false: the generic rule applies. */
    bool (*assign)(Interp *in, Value attr, Value v, StrObj *name, Value to, bool *done, Err *err);
    /* *done = false when the generic rule (instance dict) is to apply. v UNSET deletes. */
    bool (*setattr)(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err);
    void (*dir)(Interp *in, Value self, void (*offer)(void *ctx, const char *name), void *ctx);
    bool (*iter)(Interp *in, Value self, Value *out, Err *err);
    /* How a type without iter is iterated all the same: self[0], self[1], ... until IndexError. */
    bool (*iter_items)(Interp *in, Value self, Value *out, Err *err);
    /* *out = VALUE_UNSET at the end. */
    bool (*next)(Interp *in, Value self, Value *out, Err *err);
    /* isinstance and issubclass count it under this type too, though its instances are laid out
     * otherwise: numpy.float64 is a float. NULL for almost all. */
    Type *acts_as;
    /* isinstance asks it beside the bases: torch.FloatTensor has the tensors of one dtype. */
    bool (*has_instance)(const Type *self, Value v);
};

enum {
    TYPE_HEAP = 1u << 0,  /* made by a class statement: freed when unreferenced */
    TYPE_BASE = 1u << 1,  /* may be subclassed in the dialect */
    TYPE_READY = 1u << 2, /* mro and attrs are made (type_ready) */
    TYPE_GC = 1u << 3,    /* instances are OBJ_GC: set wherever traverse is */
    TYPE_LATE = 1u << 6,  /* texts may have attributes of it: see late.c */
    TYPE_SLOTS = 1u << 5, /* instances take only the attributes that __slots__ names */
    TYPE_NUMBER = 1u << 4 /* an instance stands for a number: see native_number_register */
};

static inline void value_visit(Value v, GcVisit visit, void *ctx) {
    if (v.tag == VT_OBJ) visit(v.o, ctx);
}
static inline TypeKind value_kind(Value v) {
    return v.tag == VT_OBJ ? v.o->type->kind : KIND_OTHER;
}
/* Of the kind, and not of a type that derives from one that is. */
static inline bool value_is_exactly(Value v, TypeKind kind) {
    const Type *t = v.tag == VT_OBJ ? v.o->type : NULL;
    return t && t->kind == kind && (!t->base || t->base->kind != kind);
}

#endif
