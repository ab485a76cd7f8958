/* Objects' memory: making, freeing, and the collector of cycles.
 *
 * Counting frees almost everything. What keeps itself alive by a cycle is found by trial
 * deletion: take away from every container's count the references that come from other
 * containers; what is left above zero is held from outside, and so is all it reaches. The
 * rest is garbage. The collector runs at the VM's polls, where every live object is counted
 * by whoever uses it. */
#include "config.h"

#include "value/gc.h"

#include "value/obj.h"

enum {
    OBJ_DEAD = 1u << 8, /* fields are released already */
    OBJ_LATE = 1u << 9, /* has a GcHead that is in no list yet */
};
enum { FREE_DEPTH = 60, GC_MIN = 20000 };

static GcHead all = {&all, &all, 0};
static size_t live, threshold = GC_MIN;
bool gc_wanted, gc_running;

static GcHead *head_of(Obj *o) {
    return (GcHead *)o - 1;
}
static Obj *obj_of(GcHead *h) {
    return (Obj *)(h + 1);
}

static Obj *begin(Obj *o, Type *type, uint32_t flags) {
    o->flags = flags;
    o->refs = 1;
    o->type = type;
    if (type->flags & TYPE_HEAP) type->head.refs++;
    return o;
}

void gc_track(Obj *o) {
    if (!(o->flags & OBJ_LATE)) return;
    GcHead *h = head_of(o);
    h->next = all.next;
    h->prev = &all;
    all.next->prev = h;
    all.next = h;
    if (++live > threshold) gc_wanted = true;
    o->flags ^= OBJ_LATE | OBJ_GC;
}

void *obj_new_late(Type *type) {
    return begin(obj_of(mem_zero(sizeof(GcHead) + type->size)), type, OBJ_LATE);
}

void *obj_new_var(Type *type, size_t bytes) {
    if (!type->traverse) return begin(mem_zero(bytes), type, 0);
    Obj *o = begin(obj_of(mem_zero(sizeof(GcHead) + bytes)), type, OBJ_LATE);
    gc_track(o);
    return o;
}

void *obj_new(Type *type) {
    return obj_new_var(type, type->size);
}

/* ---- freeing ------------------------------------------------------------------------------ */

/* Nested containers are freed by recursion only so far; the rest waits in a list. */
static VEC(Obj *) waiting;
static int freeing;

static void free_now(Obj *o) {
    Type *type = o->type;
    if (type->destroy && !(o->flags & OBJ_DEAD)) type->destroy(o);
    if (o->flags & OBJ_GC) {
        GcHead *h = head_of(o);
        h->prev->next = h->next;
        h->next->prev = h->prev;
        live--;
        mem_free(h);
    } else if (o->flags & OBJ_LATE) {
        mem_free(head_of(o));
    } else {
        mem_free(o);
    }
    if (type->flags & TYPE_HEAP) value_release(value_obj(type));
}

void obj_free(Obj *o) {
    if (freeing >= FREE_DEPTH) {
        vec_push(&waiting, o);
        return;
    }
    freeing++;
    free_now(o);
    if (freeing == 1) {
        while (waiting.count) free_now(waiting.items[--waiting.count]);
        vec_clear(&waiting);
    }
    freeing--;
}

/* ---- collecting ---------------------------------------------------------------------------- */

enum { REACHED = -1 };

static void each_child(Obj *o, GcVisit visit, void *ctx) {
    if (o->type->traverse) o->type->traverse(o, visit, ctx); /* its class may have been assigned */
    if (o->type->flags & TYPE_HEAP) visit((Obj *)o->type, ctx);
}

static void take_away(Obj *child, void *ctx) {
    UNUSED(ctx);
    if (child && (child->flags & OBJ_GC)) head_of(child)->refs--;
}

typedef VEC(Obj *) ObjList;

static void reach(Obj *child, void *ctx) {
    if (!child || !(child->flags & OBJ_GC) || head_of(child)->refs == REACHED) return;
    head_of(child)->refs = REACHED;
    vec_push((ObjList *)ctx, child);
}

static void find_garbage(ObjList *garbage) {
    ObjList todo = {0};
    for (GcHead *h = all.next; h != &all; h = h->next) h->refs = obj_of(h)->refs;
    for (GcHead *h = all.next; h != &all; h = h->next) each_child(obj_of(h), take_away, NULL);
    for (GcHead *h = all.next; h != &all; h = h->next)
        if (h->refs > 0) reach(obj_of(h), &todo);
    while (todo.count) each_child(todo.items[--todo.count], reach, &todo);
    for (GcHead *h = all.next; h != &all; h = h->next)
        if (h->refs != REACHED) vec_push(garbage, obj_of(h));
    vec_clear(&todo);
}

/* Classes go last: releasing an instance's fields asks its class how. */
static void clear_garbage(const ObjList *garbage, bool types) {
    for (size_t i = 0; i < garbage->count; i++) {
        Obj *o = garbage->items[i];
        if ((o->type->kind == KIND_TYPE) != types || (o->flags & OBJ_DEAD)) continue;
        if (o->type->destroy) o->type->destroy(o);
        o->flags |= OBJ_DEAD;
    }
}

void gc_collect(void) {
    ObjList garbage = {0};
    gc_wanted = false;
    gc_running = true;
    find_garbage(&garbage);
    for (size_t i = 0; i < garbage.count; i++) garbage.items[i]->refs++;
    clear_garbage(&garbage, false);
    clear_garbage(&garbage, true);
    for (size_t i = 0; i < garbage.count; i++) value_release(value_obj(garbage.items[i]));
    vec_clear(&garbage);
    gc_running = false;
    threshold = MAX((size_t)GC_MIN, live + live / 2);
}
