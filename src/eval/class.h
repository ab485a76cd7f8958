/* Classes of the dialect, for the evaluator's own files. */
#ifndef QKV_EVAL_CLASS_H
#define QKV_EVAL_CLASS_H

#include "eval/vm.h"

typedef struct HeapType {
    Type type;
    StrObj *name;
    Value qualname, module;
    Value bases; /* tuple; keeps every class of the mro alive */
    Code *code;  /* the class statement; NULL when made by type(...) */
} HeapType;

/* ---- object_methods.c, slots.c: what object gives to every class, and C slots under their dunder
 * names -- */
static inline Type *c_type(Value v) {
    return type_c_base(value_type(v));
}
/* Gives object its methods. */
void object_install(void);
/* The method of each slot that a type written in C may have, ends with a NULL sig. */
typedef struct SlotRow {
    size_t slot; /* offset in Type of a function pointer */
    NativeRow row;
} SlotRow;
extern const SlotRow slot_rows[];
bool object_init(Interp *in, Value *a, Value *out,
                 Err *err); /* __init__ of such types, a row's body */

#endif
