/* The collector of cycles, and objects that it sees late.
 *
 *     if (gc_wanted) gc_collect();     (where every live object is counted by whoever uses it)
 */
#ifndef QKV_VALUE_GC_H
#define QKV_VALUE_GC_H

#include "value/value.h"

extern bool gc_wanted, gc_running;
void gc_collect(void);
/* An object of a type that traverses, which the collector sees from gc_track on: for what is made
 * often and seldom refers to anything. obj_dict tracks what gets attributes. */
void *obj_new_late(Type *type);
void gc_track(Obj *o); /* nothing when it is seen already */

#endif
