/* x.grad_fn: a node of the graph as a value. */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "torch/autograd.h"
#include "value/obj.h"
#include "grad/tape.h"

/* An operation, or where the gradient of a leaf is summed up (AccumulateGrad). */
typedef struct NodeObj {
    Obj head;
    Node *node;   /* NULL: of a leaf */
    Tensor *leaf; /* NULL: of an operation */
} NodeObj;

static void node_destroy(Obj *self) {
    NodeObj *o = (NodeObj *)self;
    node_release(o->node);
    tensor_release(o->leaf);
}

static const char *node_label(const NodeObj *o) {
    return o->node ? node_name(o->node) : "AccumulateGrad";
}

static bool node_repr(Interp *in, Value self, Str *out, Err *err) {
    const NodeObj *o = (NodeObj *)self.o;
    Value ctx = o->node ? function_ctx(o->node) : VALUE_UNSET;
    if (ctx.tag != VT_UNSET) return value_repr(in, ctx, out, err);
    str_printf(out, "<%s object at 0x%012llx>", node_label(o),
               (unsigned long long)(uintptr_t)(o->node ? (void *)o->node : (void *)o->leaf));
    return true;
}

static Value node_value(Node *n, Tensor *leaf);

/* next_functions: (node, 0) for each input; variable: the tensor of an AccumulateGrad. */
static bool node_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    Node *n = ((NodeObj *)self.o)->node;
    Tensor *own = ((NodeObj *)self.o)->leaf;
    if (own && !strcmp(name->s, "variable")) *out = tensor_wrap_take(tensor_retain(own));
    if (!strcmp(name->s, "next_functions")) {
        int edges = n ? node_nedges(n) : 0;
        *out = tuple_new(edges);
        for (int i = 0; i < edges; i++) {
            Node *to;
            Tensor *leaf;
            Value pair = tuple_new(2);
            node_edge(n, i, &to, &leaf);
            tuple_items(pair)[0] = to || leaf ? node_value(to, leaf) : VALUE_NONE;
            tuple_items(pair)[1] = value_int(0);
            tuple_items(*out)[i] = pair;
        }
    }
    Value ctx = n ? function_ctx(n) : VALUE_UNSET;
    if (out->tag != VT_UNSET || ctx.tag == VT_UNSET || !strcmp(name->s, "name")) return true;
    return value_lookup(in, ctx, name->s, out, err);
}

static bool do_name(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    const NodeObj *o = (NodeObj *)args[0].o;
    *out = str_value_cstr(o->node ? node_name(o->node) : "torch::autograd::AccumulateGrad");
    return true;
}

static const NativeRow node_rows[] = {
    {"name(self) -> str", do_name, 0, "The name of the operation's backward.",
     ">>> torch.ones(2, requires_grad=True).exp().grad_fn.name()\n'ExpBackward0'"},
    {0},
};

static const Type node_template = {
    .name = "Node",
    .module = "builtins",
    .doc = "An operation that autograd recorded.",
    .size = sizeof(NodeObj),
    .methods = node_rows,
    .destroy = node_destroy,
    .repr = node_repr,
    .getattr = node_getattr,
};

/* The class of nodes of this name: type(x.grad_fn).__name__ is PyTorch's. Made once for each. */
static Type *node_type(const char *label) {
    static Type **types;
    static size_t count;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(types[i]->name, label)) return types[i];
    Type *made = mem_alloc(sizeof *made);
    *made = node_template;
    made->name = mem_strdup(label);
    types = mem_realloc(types, sizeof *types * (count + 1));
    return types[count++] = made;
}

static Value node_value(Node *n, Tensor *leaf) {
    NodeObj *o = obj_new(node_type(n ? node_name(n) : "AccumulateGrad"));
    o->node = n ? node_retain(n) : NULL;
    o->leaf = leaf && !n ? tensor_retain(leaf) : NULL;
    return value_obj(o);
}

static bool do_grad_fn(Interp *in, Value *args, Value *out, Err *err) {
    Node *n = grad_fn(((TensorObj *)args[0].o)->t);
    UNUSED(in), UNUSED(err);
    *out = n ? node_value(n, NULL) : VALUE_NONE;
    return true;
}

const NativeRow torch_node_rows[] = {
    {"grad_fn(self)", do_grad_fn, TORCH_METHOD | NATIVE_PROPERTY,
     "The recorded operation that made it; None for a leaf.",
     ">>> torch.ones(2).grad_fn is None\nTrue"},
    {0},
};
