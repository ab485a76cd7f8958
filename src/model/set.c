/* Tensors with names: the set that a reader of files fills. See tensors.h. */
#include "config.h"

#include "model/tensors.h"

void tensors_add_take(TensorSet *set, const char *name, size_t len, Tensor *t) {
    vec_push(set, (NamedTensor){mem_strndup(name, len), t});
}

void tensors_clear(TensorSet *set) {
    for (size_t i = 0; i < set->count; i++) {
        mem_free(set->items[i].name);
        tensor_release(set->items[i].t);
    }
    vec_clear(set);
}
