/* Symbol analysis: one walk collects what each scope binds and uses, a second pass
 * ties uses to the scope that binds them and hands out registers. */
#include "config.h"

#include "compile/scope.h"

enum { DEPTH_MAX = 2500 };

typedef struct Walk {
    Arena *arena;
    Source *src;
    ScopeMap *map;
    Scope *scope;
    Scope *first, *last;
    int depth;
    int iterables; /* of comprehensions, around what is walked */
    Err *err;
} Walk;

/* ---- tables ------------------------------------------------------------------------ */

static size_t name_hash(const char *s) {
    size_t h = 5381;
    for (; *s; s++) h = h * 33 + (unsigned char)*s;
    return h;
}

Symbol *scope_symbol(const Scope *s, const char *name) {
    for (Symbol *y = s->buckets[name_hash(name) % SCOPE_BUCKETS]; y; y = y->chain)
        if (strcmp(y->name, name) == 0) return y;
    return NULL;
}

const char *scope_mangle(const Scope *s, const char *name, char room[128]) {
    size_t n = strlen(name);
    if (!s->class_name || name[0] != '_' || name[1] != '_' || n < 3) return name;
    if (name[n - 1] == '_' && name[n - 2] == '_') return name;
    const char *klass = s->class_name;
    while (*klass == '_') klass++;
    size_t k = strlen(klass);
    if (k == 0 || k + n + 2 > 128) return name;
    room[0] = '_';
    memcpy(room + 1, klass, k);
    memcpy(room + 1 + k, name, n + 1);
    return room;
}

static Symbol *symbol_add(Walk *w, Scope *s, const char *name, unsigned flags, Span span) {
    Symbol *y = scope_symbol(s, name);
    if (!y) {
        y = arena_zero(w->arena, sizeof *y);
        y->name = arena_strndup(w->arena, name, strlen(name));
        y->reg = y->free = -1;
        y->span = span;
        Symbol **bucket = &s->buckets[name_hash(name) % SCOPE_BUCKETS];
        y->chain = *bucket;
        *bucket = y;
        if (s->last)
            s->last->next = y;
        else
            s->first = y;
        s->last = y;
    }
    y->flags |= flags;
    return y;
}

static size_t map_slot(const ScopeMap *map, const Node *node) {
    size_t i = ((uintptr_t)node >> 4) * 0x9e3779b97f4a7c15u >> 20 & map->mask;
    while (map->slots[i].node && map->slots[i].node != node) i = (i + 1) & map->mask;
    return i;
}

static void map_put(Walk *w, const Node *node, Scope *scope) {
    ScopeMap *m = w->map;
    if ((m->count + 1) * 2 > m->mask + (m->slots != NULL)) {
        ScopeMap old = *m;
        size_t n = old.slots ? (old.mask + 1) * 2 : 32;
        m->slots = arena_zero(w->arena, n * sizeof *m->slots);
        m->mask = n - 1;
        for (size_t i = 0; old.slots && i <= old.mask; i++)
            if (old.slots[i].node) m->slots[map_slot(m, old.slots[i].node)] = old.slots[i];
    }
    size_t i = map_slot(m, node);
    m->slots[i].node = node;
    m->slots[i].scope = scope;
    m->count++;
}

Scope *scope_of(const ScopeMap *map, const Node *node) {
    return map->slots ? map->slots[map_slot(map, node)].scope : NULL;
}

static Scope *scope_push(Walk *w, ScopeKind kind, const Node *node) {
    Scope *s = arena_zero(w->arena, sizeof *s);
    s->kind = kind;
    s->node = node;
    s->parent = w->scope;
    s->frame = kind == SCOPE_COMP ? w->scope->frame : s;
    s->class_name = kind == SCOPE_CLASS ? node->klass.name : w->scope ? w->scope->class_name : NULL;
    if (w->last)
        w->last->next = s;
    else
        w->first = s;
    w->last = s;
    if (node) map_put(w, node, s);
    w->scope = s;
    return s;
}

static void scope_pop(Walk *w) {
    w->scope = w->scope->parent;
}

static bool complain(Walk *w, Span span, const char *fmt, const char *name) {
    if (w->err->kind) return false;
    char text[256];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, fmt, name);
#pragma GCC diagnostic pop
    err_set(w->err, ERR_SYNTAX, "%s", text);
    err_frame(w->err, w->src, span, "<module>");
    return false;
}

/* ---- the walk: bindings and uses ----------------------------------------------------- */

static void walk(Walk *w, const Node *n);

static void walk_list(Walk *w, const NodeList *l) {
    for (int i = 0; i < l->count; i++) walk(w, l->items[i]);
}

static void bind(Walk *w, const char *name, Span span) {
    char room[128];
    symbol_add(w, w->scope, scope_mangle(w->scope, name, room), SYM_BOUND, span);
}

static void use(Walk *w, const char *name, Span span) {
    char room[128];
    symbol_add(w, w->scope, scope_mangle(w->scope, name, room), SYM_USED, span);
    if (strcmp(name, "super") == 0 && w->scope->class_name)
        symbol_add(w, w->scope, "__class__", SYM_USED, span);
}

/* A name that an assignment, for, with, import or walrus stores to. */
static void bind_target(Walk *w, const Node *t) {
    if (!t) return;
    switch (t->kind) {
    case EX_NAME:
        bind(w, t->name, t->span);
        break;
    case EX_TUPLE:
    case EX_LIST:
        for (int i = 0; i < t->list.count; i++) bind_target(w, t->list.items[i]);
        break;
    case EX_STARRED:
        bind_target(w, t->one);
        break;
    default:
        walk(w, t);
    }
}

static bool is_comprehension(const Scope *s) {
    return s->kind == SCOPE_COMP || (s->kind == SCOPE_FUNC && s->node->kind == EX_GENERATOR);
}

/* Names a walrus binds inside comprehensions belong to the function around them. */
static void bind_walrus(Walk *w, const Node *t) {
    Scope *inner = w->scope, *s = inner;
    char room[128];
    for (; is_comprehension(s); s = s->parent) {
        const Symbol *y =
            t->kind == EX_NAME ? scope_symbol(s, scope_mangle(s, t->name, room)) : NULL;
        if (y && (y->flags & SYM_ITERATED))
            complain(w, t->span,
                     "assignment expression cannot rebind comprehension iteration variable '%s'",
                     t->name);
        s->frame->walrus = true;
        if (t->kind == EX_NAME) symbol_add(w, s, scope_mangle(s, t->name, room), SYM_USED, t->span);
    }
    if (s != inner && s->kind == SCOPE_CLASS)
        complain(w, t->span,
                 "assignment expression within a comprehension cannot be used in a class body%s",
                 "");
    s->walrus = true;
    w->scope = s;
    bind_target(w, t);
    w->scope = inner;
}

static void walk_params(Walk *w, const Node *n) {
    for (int i = 0; i < n->func.nparams; i++) {
        const Param *p = &n->func.params[i];
        if (!p->name) continue;
        char room[128];
        const char *name = scope_mangle(w->scope, p->name, room);
        if (scope_symbol(w->scope, name))
            complain(w, p->span, "duplicate argument '%s' in function definition", p->name);
        symbol_add(w, w->scope, name, SYM_BOUND | SYM_PARAM, p->span);
    }
}

static void walk_function(Walk *w, const Node *n) {
    walk_list(w, &n->func.decorators);
    for (int i = 0; i < n->func.nparams; i++) walk(w, n->func.params[i].deflt);
    if (n->func.name) bind(w, n->func.name, n->span);
    scope_push(w, SCOPE_FUNC, n);
    walk_params(w, n);
    walk_list(w, &n->func.body);
    scope_pop(w);
}

static void walk_class(Walk *w, const Node *n) {
    walk_list(w, &n->klass.decorators);
    walk_list(w, &n->klass.bases);
    for (int i = 0; i < n->klass.nkws; i++) walk(w, n->klass.kws[i].value);
    bind(w, n->klass.name, n->span);
    scope_push(w, SCOPE_CLASS, n);
    walk_list(w, &n->klass.body);
    scope_pop(w);
}

static void walk_iterable(Walk *w, const Node *n) {
    w->iterables++;
    walk(w, n);
    w->iterables--;
}

/* The first iterable belongs to the scope around; the rest to the comprehension. */
static void walk_comp(Walk *w, const Node *n) {
    walk_iterable(w, n->comp.fors[0].iter);
    scope_push(w, n->kind == EX_GENERATOR ? SCOPE_FUNC : SCOPE_COMP, n);
    w->scope->generator = n->kind == EX_GENERATOR;
    if (w->scope->generator) symbol_add(w, w->scope, ".0", SYM_BOUND | SYM_PARAM, n->span);
    for (int i = 0; i < n->comp.nfors; i++) bind_target(w, n->comp.fors[i].target);
    for (Symbol *y = w->scope->first; y; y = y->next) y->flags |= SYM_ITERATED;
    for (int i = 0; i < n->comp.nfors; i++) {
        if (i) walk_iterable(w, n->comp.fors[i].iter);
        walk_list(w, &n->comp.fors[i].conds);
    }
    walk(w, n->comp.elt);
    walk(w, n->comp.value);
    scope_pop(w);
}

static void walk_yield(Walk *w, const Node *n) {
    Scope *f = w->scope->frame;
    if (f->kind != SCOPE_FUNC) complain(w, n->span, "'%s' outside function", "yield");
    f->generator = true;
    walk(w, n->one);
}

static void walk_declaration(Walk *w, const Node *n, unsigned flag) {
    const char *what = flag == SYM_GLOBAL ? "global" : "nonlocal";
    if (flag == SYM_NONLOCAL && w->scope->kind == SCOPE_MODULE)
        complain(w, n->span, "%s declaration not allowed at module level", what);
    for (int i = 0; i < n->names.count; i++) {
        char room[128];
        const char *name = scope_mangle(w->scope, n->names.items[i], room);
        Symbol *y = scope_symbol(w->scope, name);
        if (y && (y->flags & SYM_PARAM))
            complain(w, n->names.spans[i], "name '%s' is parameter and global", name);
        else if (y && (y->flags & (SYM_BOUND | SYM_USED)) && w->scope->kind != SCOPE_MODULE)
            complain(w, n->names.spans[i],
                     flag == SYM_GLOBAL ? "name '%s' is used before its global declaration"
                                        : "name '%s' is used before its nonlocal declaration",
                     name);
        symbol_add(w, w->scope, name, flag, n->names.spans[i]);
    }
}

static void walk_import(Walk *w, const Node *n) {
    for (int i = 0; i < n->import.count; i++) {
        const Alias *a = &n->import.aliases[i];
        if (strcmp(a->name, "*") == 0) {
            if (w->scope->kind != SCOPE_MODULE)
                complain(w, a->span, "%s only allowed at module level", "import *");
        } else if (a->asname) {
            bind(w, a->asname, a->span);
        } else {
            size_t len = n->kind == ST_FROM ? strlen(a->name) : strcspn(a->name, ".");
            bind(w, arena_strndup(w->arena, a->name, len), a->span);
        }
    }
}

static void walk_try(Walk *w, const Node *n) {
    walk_list(w, &n->tryst.body);
    for (int i = 0; i < n->tryst.nhandlers; i++) {
        const Handler *h = &n->tryst.handlers[i];
        walk(w, h->type);
        if (h->name) bind(w, h->name, h->span);
        walk_list(w, &h->body);
    }
    walk_list(w, &n->tryst.orelse);
    walk_list(w, &n->tryst.final);
}

static void walk_statement(Walk *w, const Node *n) {
    switch (n->kind) {
    case ST_ASSIGN:
        walk(w, n->assign.value);
        for (int i = 0; i < n->assign.targets.count; i++)
            bind_target(w, n->assign.targets.items[i]);
        break;
    case ST_AUG:
        walk(w, n->bin.left);
        bind_target(w, n->bin.left);
        walk(w, n->bin.right);
        break;
    case ST_ANN:
        walk(w, n->assign.value);
        bind_target(w, n->assign.targets.items[0]);
        break;
    case ST_DEL:
        for (int i = 0; i < n->list.count; i++) {
            walk(w, n->list.items[i]);
            bind_target(w, n->list.items[i]);
        }
        break;
    case ST_IF:
    case ST_WHILE:
    case ST_FOR:
        walk(w, n->flow.test);
        bind_target(w, n->flow.target);
        walk_list(w, &n->flow.body);
        walk_list(w, &n->flow.orelse);
        break;
    case ST_TRY:
        walk_try(w, n);
        break;
    case ST_WITH:
        for (int i = 0; i < n->with.count; i++) {
            walk(w, n->with.contexts[i]);
            bind_target(w, n->with.targets[i]);
        }
        walk_list(w, &n->with.body);
        break;
    case ST_RAISE:
    case ST_ASSERT:
        walk(w, n->bin.left);
        walk(w, n->bin.right);
        break;
    case ST_GLOBAL:
        walk_declaration(w, n, SYM_GLOBAL);
        break;
    case ST_NONLOCAL:
        walk_declaration(w, n, SYM_NONLOCAL);
        break;
    case ST_IMPORT:
    case ST_FROM:
        walk_import(w, n);
        break;
    case ST_DEF:
        walk_function(w, n);
        break;
    case ST_CLASS:
        walk_class(w, n);
        break;
    case ST_EXPR:
    case ST_RETURN:
        walk(w, n->one);
        break;
    default:
        break;
    }
}

static void walk_expression(Walk *w, const Node *n) {
    switch (n->kind) {
    case EX_NAME:
        use(w, n->name, n->span);
        break;
    case EX_TUPLE:
    case EX_LIST:
    case EX_SET:
    case EX_FSTRING:
        walk_list(w, &n->list);
        break;
    case EX_FIELD:
        walk(w, n->field.value);
        walk(w, n->field.spec);
        break;
    case EX_DICT:
        for (int i = 0; i < n->dict.count; i++) {
            walk(w, n->dict.keys[i]);
            walk(w, n->dict.values[i]);
        }
        break;
    case EX_STARRED:
        walk(w, n->one);
        break;
    case EX_BINARY:
    case EX_INDEX:
    case EX_UNARY:
        walk(w, n->bin.left);
        walk(w, n->bin.right);
        break;
    case EX_COMPARE:
        walk(w, n->cmp.first);
        for (int i = 0; i < n->cmp.count; i++) walk(w, n->cmp.rights[i]);
        break;
    case EX_BOOLOP:
        walk_list(w, &n->boolop.list);
        break;
    case EX_IFEXP:
        walk(w, n->cond.test);
        walk(w, n->cond.then);
        walk(w, n->cond.other);
        break;
    case EX_NAMED:
        if (w->iterables)
            complain(
                w, n->span,
                "assignment expression cannot be used in a comprehension iterable expression%s",
                "");
        walk(w, n->assign.value);
        bind_walrus(w, n->assign.targets.items[0]);
        break;
    case EX_LAMBDA:
        walk_function(w, n);
        break;
    case EX_CALL:
        walk(w, n->call.func);
        walk_list(w, &n->call.args);
        for (int i = 0; i < n->call.nkws; i++) walk(w, n->call.kws[i].value);
        break;
    case EX_ATTR:
        walk(w, n->attr.value);
        break;
    case EX_SLICE:
        walk(w, n->slice.lower);
        walk(w, n->slice.upper);
        walk(w, n->slice.step);
        break;
    case EX_LISTCOMP:
    case EX_SETCOMP:
    case EX_DICTCOMP:
    case EX_GENERATOR:
        walk_comp(w, n);
        break;
    case EX_YIELD:
    case EX_YIELD_FROM:
        walk_yield(w, n);
        break;
    default:
        break;
    }
}

static void walk(Walk *w, const Node *n) {
    if (!n || w->err->kind) return;
    if (++w->depth > DEPTH_MAX) {
        complain(w, n->span, "this nests too deeply to be run%s; name its parts", "");
    } else if (n->kind >= ST_EXPR) {
        walk_statement(w, n);
    } else {
        walk_expression(w, n);
    }
    w->depth--;
}

/* ---- resolution ------------------------------------------------------------------------- */

static bool is_local(const Symbol *y) {
    return (y->flags & SYM_BOUND) && !(y->flags & (SYM_GLOBAL | SYM_NONLOCAL));
}

/* The scope outside s whose variable `name` is; NULL: a global. */
static Scope *find_owner(Walk *w, Scope *s, const char *name) {
    for (Scope *p = s->parent; p; p = p->parent) {
        if (p->kind == SCOPE_MODULE) return NULL;
        if (p->kind == SCOPE_CLASS) {
            if (strcmp(name, "__class__") == 0) {
                symbol_add(w, p, name, SYM_CELL, p->node->span);
                return p;
            }
            continue; /* what stands in a class body sees its names, what is inside does not */
        }
        Symbol *y = scope_symbol(p, name);
        if (!y) continue;
        if (y->flags & SYM_GLOBAL) return NULL;
        if (is_local(y)) return p;
    }
    return NULL;
}

/* Makes `name` of `owner` reachable from s: a cell there, a free variable in every frame
 * from s's up to (not including) the owner's. */
static void capture(Walk *w, Scope *s, Scope *owner, const char *name, Span span) {
    if (s->frame == owner->frame) return;
    scope_symbol(owner, name)->flags |= SYM_CELL;
    for (Scope *f = s->frame; f != owner->frame; f = f->parent->frame) {
        Symbol *y = symbol_add(w, f, name, 0, span);
        if (y->free < 0) y->free = f->nfree++;
        y->flags |= SYM_FREE;
    }
}

static void resolve_scope(Walk *w, Scope *s) {
    for (Symbol *y = s->first; y && !w->err->kind; y = y->next) {
        if ((y->flags & (SYM_GLOBAL | SYM_FREE)) || is_local(y)) continue;
        if (s->kind == SCOPE_MODULE || !(y->flags & (SYM_USED | SYM_NONLOCAL))) continue;
        Scope *owner = find_owner(w, s, y->name);
        if (owner)
            capture(w, s, owner, y->name, y->span);
        else if (y->flags & SYM_NONLOCAL)
            complain(w, y->span, "no binding for nonlocal '%s' found", y->name);
    }
}

/* Parameters in the order that code.h fixes, then the rest, then what comprehensions bind. */
static void assign_registers(Scope *s) {
    Scope *f = s->frame;
    if (s->kind == SCOPE_FUNC && s->node->kind != EX_GENERATOR) {
        static const ParamKind order[] = {PARAM_POS_ONLY, PARAM_NORMAL, PARAM_KW_ONLY,
                                          PARAM_VARARGS, PARAM_KWARGS};
        for (size_t k = 0; k < ARRAY_LEN(order); k++)
            for (int i = 0; i < s->node->func.nparams; i++) {
                const Param *p = &s->node->func.params[i];
                char room[128];
                if (p->name && p->kind == order[k])
                    scope_symbol(s, scope_mangle(s, p->name, room))->reg = f->nlocals++;
            }
    }
    bool named = s->kind == SCOPE_MODULE || s->kind == SCOPE_CLASS;
    for (Symbol *y = s->first; y; y = y->next) {
        bool wanted = named ? (y->flags & SYM_CELL) != 0 : is_local(y);
        if (wanted && y->reg < 0) y->reg = f->nlocals++;
    }
}

bool scope_analyse(const Ast *ast, Source *src, Arena *arena, ScopeMap *map, Scope **top,
                   Err *err) {
    Walk w = {.arena = arena, .src = src, .map = map, .err = err};
    *map = (ScopeMap){0};
    Scope *module = scope_push(&w, SCOPE_MODULE, NULL);
    walk_list(&w, &ast->body);
    for (Scope *s = w.first; s && !err->kind; s = s->next) resolve_scope(&w, s);
    if (err->kind) return false;
    for (Scope *s = w.first; s; s = s->next) {
        assign_registers(s);
        if (s->frame->nlocals > 20000)
            return complain(&w, s->node ? s->node->span : (Span){0, 0},
                            "too many local variables%s", "");
    }
    *top = module;
    return true;
}

Binding scope_resolve(const Scope *s, const char *name) {
    char room[128];
    bool inside = s->kind == SCOPE_COMP;
    name = scope_mangle(s, name, room);
    for (;; s = s->parent) {
        Symbol *y = scope_symbol(s, name);
        bool of_class = s->kind == SCOPE_CLASS && !inside;
        if (y && (y->flags & SYM_GLOBAL) && !(inside && s->kind == SCOPE_CLASS))
            return (Binding){BIND_GLOBAL, 0};
        if (y && of_class && is_local(y)) return (Binding){BIND_NAME, 0};
        if (y && (y->flags & SYM_FREE)) return (Binding){BIND_FREE, y->free};
        if (y && y->reg >= 0)
            return (Binding){y->flags & SYM_CELL ? BIND_CELL : BIND_LOCAL, y->reg};
        if (of_class) return (Binding){BIND_NAME, 0};
        if (s->kind != SCOPE_COMP) return (Binding){BIND_GLOBAL, 0};
    }
}

Binding scope_captured(const Scope *s, const char *name) {
    for (; s; s = s->parent) {
        Symbol *y = scope_symbol(s, name);
        if (y && (y->flags & SYM_FREE)) return (Binding){BIND_FREE, y->free};
        if (y && (y->flags & SYM_CELL)) return (Binding){BIND_CELL, y->reg};
    }
    BUG("free variable %s is nowhere", name);
}
