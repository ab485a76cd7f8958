/* Classes of the dialect, for the evaluator's own files. */
#ifndef QKV_CLASS_H
#define QKV_CLASS_H

#include "eval/vm.h"

typedef struct HeapType {
    Type type;
    StrObj *name;
    Value qualname, module;
    Value bases; /* tuple; keeps every class of the mro alive */
    Code *code;  /* the class statement; NULL when made by type(...) */
} HeapType;

/* Is the attribute one that __slots__ of a class of the mro names? */
bool class_slot_named(Type *t, StrObj *name);

/* ---- object.c: what object gives to every class, and the C slots under their dunder names -- */
/* Gives object its methods. */
void object_install(void);
/* Puts a native for each slot that t has of its own into t->attrs. */
void object_dunders(Type *t);

#endif
