/* What values ask of the machine that runs them. They know no frame and no code: struct Interp
 * begins with a Machine, whose table of calls the evaluator fills in once.
 *
 *     if (!interp_stack_ok(in, err)) return false;     (C code that recurses through nested values)
 *     if (!interp_poll(in, err)) return false;         (between pieces of a long loop)
 */
#ifndef QKV_VALUE_MACHINE_H
#define QKV_VALUE_MACHINE_H

#include "base/stop.h"
#include "value/value.h"

/* All return false with err set where they fail, and leave *out alone then. */
typedef struct MachineCalls {
    /* Ctrl-C, full memory, time limit: true when there is none of them. */
    bool (*poll)(Interp *in, Err *err);
    /* The same after a collection of cycles, where one is due: whoever holds a value counts it.
     * Sets the budget anew. */
    bool (*poll_full)(Interp *in, Err *err);
    /* v.name as code would read it (descriptors, __getattr__), owned; AttributeError. */
    bool (*getattr)(Interp *in, Value v, StrObj *name, Value *out, Err *err);
    /* The same; *out UNSET where v has no such attribute. */
    bool (*lookup)(Interp *in, Value v, const char *name, Value *out, Err *err);
    /* KeyError with `key` in its args; its message is the key's repr. Always false. */
    bool (*raise_key)(Interp *in, Value key, Err *err);
} MachineCalls;

typedef struct Machine {
    const MachineCalls *calls;
    char *stack_low; /* the C stack may not grow below */
    int budget;      /* backward jumps, calls and steps of iterators until the next full poll */
} Machine;

static inline Machine *machine_of(Interp *in) {
    return (Machine *)in; /* its first member */
}

static inline bool machine_lookup(Interp *in, Value v, const char *name, Value *out, Err *err) {
    return machine_of(in)->calls->lookup(in, v, name, out, err);
}

/* Ctrl-C, full memory, time limit; cheap. Long native loops call it between pieces of work. */
bool interp_poll(Interp *in, Err *err);
/* False with RecursionError when the C stack runs out: for C code that recurses through
 * nested values (repr, equality, hashing). Cheap. */
bool interp_stack_ok(Interp *in, Err *err);
/* KeyError with `key` in its args; the message is the key's repr. Always false. */
bool interp_raise_key(Interp *in, Value key, Err *err);
/* What C code built is whole: call it where a native's or a slot's result goes to the evaluator.
 * Else (base/memory.h) the result is dropped and err set. */
bool interp_built_late(Interp *in, Value *out, Err *err) COLD;
static inline bool interp_built(Interp *in, bool ok, Value *out, Err *err) {
    return INTERRUPTED() && ok ? interp_built_late(in, out, err) : ok;
}

#endif
