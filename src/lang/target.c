/* What may stand on the left of an assignment, and what is said of anything else. */
#include "config.h"

#include "lang/parse.h"

static bool fail_target(Parser *p, const Node *n, TargetUse use) {
    static const char *const verbs[] = {
        [TARGET_ASSIGN] = "assigned to",          [TARGET_FOR] = "the variable of a for",
        [TARGET_WITH] = "what a with assigns to", [TARGET_DEL] = "deleted",
        [TARGET_AUG] = "changed in place",        [TARGET_ANN] = "annotated"};
    const char *hint = "a name, an attribute a.b or an index a[i] can";
    if (use == TARGET_ASSIGN && n->kind == EX_COMPARE)
        hint = "one = assigns, and == compares: is one of them the other?";
    else if (use == TARGET_ASSIGN && n->kind == EX_BINARY)
        hint = "to compare, write ==; the name that gets the value stands alone on the left";
    else if (use == TARGET_ASSIGN && n->kind == EX_CALL)
        hint = "to compare, write ==; to set an item, write x[i] = value";
    fail(p, n->span, hint, "%s cannot be %s", node_kind_text(n), verbs[use]);
    return false;
}

static bool check_target_list(Parser *p, const Node *n, TargetUse use) {
    int stars = 0;
    for (int i = 0; i < n->list.count; i++) {
        const Node *item = n->list.items[i];
        if (item->kind == EX_STARRED && use != TARGET_DEL) {
            if (++stars > 1) {
                fail(p, item->span, "only one part can take the rest",
                     "an assignment has two *names");
                return false;
            }
            item = item->one;
        }
        if (!check_target(p, item, use)) return false;
    }
    return true;
}

bool check_target(Parser *p, const Node *n, TargetUse use) {
    switch (n->kind) {
    case EX_NAME:
    case EX_ATTR:
    case EX_INDEX:
        return true;
    case EX_TUPLE:
    case EX_LIST:
        if (use != TARGET_AUG && use != TARGET_ANN) return check_target_list(p, n, use);
        return fail_target(p, n, use);
    case EX_STARRED:
        fail(p, n->span, "write it with a comma: *x, = values",
             "a single *name gets its values in a tuple or a list only");
        return false;
    default:
        return fail_target(p, n, use);
    }
}
