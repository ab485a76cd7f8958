/* Slow paths of the dispatch loop; see vm_help.h. */
#include "config.h"

#include "eval/vm_help.h"

#include "value/dictobj.h"
#include "value/seq.h"
#include "value/set.h"
#include "value/strobj.h"
#include "tensor/tensor.h"

static bool unbound(const Frame *f, unsigned reg, Err *err) {
    return unbound_error(f->code->local_names[reg], false, err);
}

/* ---- operators ------------------------------------------------------------------------------ */

/* text += more where the register, and the variable that the result goes to at once, hold the only
 * references: grows it in place, so that building a text piece by piece is not quadratic. The
 * register is emptied into *out. */
static bool append_text(Frame *f, Ins i, Value more, Value *out, Err *err) {
    Value *reg = &f->regs[i.b];
    StrObj *s = str_of(*reg);
    size_t n = str_of(more)->len, total = s->len + n;
    if (!memory_admit(n, "a string", err)) return false;
    s = mem_realloc(s, sizeof *s + total + 1);
    memcpy(s->s + s->len, str_of(more)->s, n);
    s->s[total] = '\0';
    s->len = total;
    s->hash = 0;
    if (s->count >= 0) s->count += str_count(str_of(more));
    reg->tag = VT_UNSET;
    *out = value_obj(s);
    return true;
}

/* Where the next instruction stores the result, if that is a global's or a cell's place. */
static Value *stored_next(const Frame *f, Ins i) {
    const Ins *next = f->pc + 1;
    if (next->op == I_SETGLOBAL && next->b == i.a)
        return dict_slot_str(f->globals, str_of(f->code->consts.items[next[1].arg]),
                             &(uint32_t){0});
    if (next->op == I_SETCELL && next->b == i.a)
        return &(next->x ? f->fn->free[next->a] : (CellObj *)f->regs[next->a].o)->v;
    return NULL;
}

static bool can_append(const Frame *f, Ins i, const Value *b, const Value *c) {
    if (i.op != I_ADD || !i.x || i.a != i.b || !value_is(*b, &type_str) ||
        !value_is(*c, &type_str) || str_of(*b)->interned || b->o == c->o)
        return false;
    if (b->o->refs == 2) {
        Value *place = stored_next(f, i);
        if (place && value_identical(*place, *b)) value_set_take(place, VALUE_NONE);
    }
    return b->o->refs == 1;
}

bool vm_binary(Interp *in, Frame *f, Ins i, const Value *b, const Value *c, Value *out, Err *err) {
    if (b->tag == VT_UNSET) return unbound(f, i.b, err);
    if (c->tag == VT_UNSET) return unbound(f, i.c, err);
    if (can_append(f, i, b, c)) return append_text(f, i, *c, out, err);
    Op op = (Op)(i.op - I_ADD);
    return i.x ? value_inplace(in, op, *b, *c, out, err) : value_binary(in, op, *b, *c, out, err);
}

bool vm_compare(Interp *in, Frame *f, Ins i, const Value *b, const Value *c, bool *hit, Err *err) {
    if (b->tag == VT_UNSET) return unbound(f, i.b, err);
    if (c->tag == VT_UNSET) return unbound(f, i.c, err);
    Value v;
    if (!value_binary(in, (Op)(i.op - I_JEQ + OP_EQ), *b, *c, &v, err)) return false;
    bool ok = value_truth(in, v, hit, err);
    value_release(v);
    return ok;
}

/* ---- names ---------------------------------------------------------------------------------- */

bool vm_get_name(Interp *in, Frame *f, StrObj *name, Value *out, Err *err) {
    Value v = dict_get_str(f->names, name);
    if (v.tag == VT_UNSET) v = dict_get_str(f->globals, name);
    if (v.tag == VT_UNSET) v = dict_get_str(in->builtins, name);
    if (v.tag == VT_UNSET && !name_missing(in, f, name, &v, err)) return false;
    *out = value_retain(v);
    return true;
}

bool vm_del_name(Interp *in, Frame *f, Dict *from, StrObj *name, Err *err) {
    return dict_del_str(from, name) || name_error(in, f, name, err);
}

bool vm_cell_error(const Frame *f, bool is_free, unsigned index, Err *err) {
    return unbound_error(is_free ? f->code->free_names[index] : f->code->local_names[index],
                         is_free, err);
}

/* ---- displays ------------------------------------------------------------------------------- */

static void move_out(Value *to, Value *regs, int n) {
    for (int i = 0; i < n; i++) {
        to[i] = regs[i];
        regs[i].tag = VT_UNSET;
    }
}

Value vm_tuple(Value *regs, int n) {
    Value t = tuple_new(n);
    move_out(tuple_items(t), regs, n);
    return t;
}

Value vm_list(Value *regs, int n) {
    Value l = list_new();
    list_reserve(l, n);
    for (int i = 0; i < n; i++) list_push_take(l, regs[i]);
    for (int i = 0; i < n; i++) regs[i].tag = VT_UNSET;
    return l;
}

Value vm_slice(Value *regs) {
    Value v = slice_new(regs[0], regs[1], regs[2]);
    vm_drop(regs, 3);
    return v;
}

bool vm_set(Interp *in, Value *regs, int n, Value *out, Err *err) {
    Value s = set_new(&type_set);
    bool ok = true;
    for (int i = 0; i < n && ok; i++) ok = set_add(in, s, regs[i], err);
    vm_drop(regs, n);
    if (ok)
        *out = s;
    else
        value_release(s);
    return ok;
}

bool vm_dict(Interp *in, Value *regs, int n, Value *out, Err *err) {
    Value d = dict_value_new();
    bool ok = true;
    for (int i = 0; i < n && ok; i++)
        ok = dict_set(in, dict_of(d), regs[2 * i], regs[2 * i + 1], err);
    vm_drop(regs, 2 * n);
    if (ok)
        *out = d;
    else
        value_release(d);
    return ok;
}

/* Keywords of a call from **mapping: names only, each once. */
static bool merge_keywords(Interp *in, Dict *into, Value from, Err *err) {
    if (!value_isinstance(from, &type_dict))
        return err_set(err, ERR_TYPE, "argument after ** must be a mapping, not %s",
                       value_type(from)->name);
    Value k, v;
    for (size_t i = 0; dict_next(dict_of(from), &i, &k, &v);) {
        if (!value_is(k, &type_str)) return err_set(err, ERR_TYPE, "keywords must be strings");
        if (dict_get_str(into, str_of(k)).tag != VT_UNSET)
            return err_set(err, ERR_TYPE, "got multiple values for keyword argument '%s'",
                           str_of(k)->s);
        if (!dict_set(in, into, k, v, err)) return false;
    }
    return true;
}

bool vm_add_to(Interp *in, Frame *f, Ins i, const Value *b, const Value *c, Err *err) {
    Value to = f->regs[i.a];
    if (b->tag == VT_UNSET) return unbound(f, i.b, err);
    switch (i.op) {
    case I_SETADD:
        return set_add(in, to, *b, err);
    case I_SETUPDATE:
        return set_update(in, to, *b, err);
    case I_EXTEND:
        if (!value_type(*b)->iter && !value_type(*b)->iter_items)
            return err_set(err, ERR_TYPE, "Value after * must be an iterable, not %s",
                           value_type(*b)->name);
        return list_extend(in, to, *b, err);
    case I_MERGE:
        if (i.x) return merge_keywords(in, dict_of(to), *b, err);
        if (!value_isinstance(*b, &type_dict))
            return err_set(err, ERR_TYPE, "'%s' object is not a mapping", value_type(*b)->name);
        return dict_update(in, dict_of(to), *b, err);
    default:
        break;
    }
    if (c->tag == VT_UNSET) return unbound(f, i.c, err);
    if (i.x && dict_get_str(dict_of(to), str_of(*b)).tag != VT_UNSET)
        return err_set(err, ERR_TYPE, "got multiple values for keyword argument '%s'",
                       str_of(*b)->s);
    return dict_set(in, dict_of(to), *b, *c, err);
}

/* ---- unpacking ------------------------------------------------------------------------------ */

static bool wrong_count(int64_t wanted, int64_t got, bool more, Err *err) {
    if (more)
        return err_set(err, ERR_VALUE, "too many values to unpack (expected %ld)", (long)wanted);
    return err_set(err, ERR_VALUE, "not enough values to unpack (expected %ld, got %ld)",
                   (long)wanted, (long)got);
}

static bool unpack_iter(Interp *in, Value src, int n, Value *regs, Err *err) {
    Value it, v;
    if (!value_type(src)->iter && !value_type(src)->iter_items)
        return err_set(err, ERR_TYPE, "cannot unpack non-iterable %s object",
                       value_type(src)->name);
    if (!value_iter(in, src, &it, err)) return false;
    bool ok = true;
    for (int k = 0; ok && k <= n; k++) {
        ok = value_next(in, it, &v, err);
        if (!ok || (k == n && v.tag == VT_UNSET)) break;
        if (v.tag == VT_UNSET)
            ok = wrong_count(n, k, false, err);
        else if (k < n)
            value_set_take(&regs[k], v);
        else {
            value_release(v);
            ok = wrong_count(n, k, true, err);
        }
    }
    value_release(it);
    return ok;
}

bool vm_unpack(Interp *in, Frame *f, Ins i, const Value *src, Value *regs, Err *err) {
    if (src->tag == VT_UNSET) return unbound(f, i.b, err);
    Value *items;
    int64_t n;
    bool plain = value_is(*src, &type_tuple) || value_is(*src, &type_list);
    if (!plain || !seq_items(*src, &items, &n)) return unpack_iter(in, *src, i.c, regs, err);
    if (n != i.c) return wrong_count(i.c, n, n > i.c, err);
    for (int k = 0; k < i.c; k++) value_set_take(&regs[k], value_retain(items[k]));
    return true;
}

bool vm_unpack_star(Interp *in, Frame *f, Ins i, const Value *src, Value *regs, Err *err) {
    if (src->tag == VT_UNSET) return unbound(f, i.b, err);
    Value all;
    if (!seq_collect(in, *src, &all, err)) return false;
    int64_t n = list_count(all), before = i.c, after = i.x;
    bool ok = n >= before + after;
    if (ok) {
        const Value *items = list_items(all);
        for (int64_t k = 0; k < before; k++) value_set_take(&regs[k], value_retain(items[k]));
        value_set_take(&regs[before], list_from(items + before, n - before - after));
        for (int64_t k = 0; k < after; k++)
            value_set_take(&regs[before + 1 + k], value_retain(items[n - after + k]));
    } else {
        err_set(err, ERR_VALUE, "not enough values to unpack (expected at least %ld, got %ld)",
                (long)(before + after), (long)n);
    }
    value_release(all);
    return ok;
}

/* ---- text ----------------------------------------------------------------------------------- */

static Value int_text(int64_t i) {
    char room[24], *s = room + sizeof room;
    uint64_t n = i < 0 ? -(uint64_t)i : (uint64_t)i;
    do *--s = (char)('0' + n % 10);
    while (n /= 10);
    if (i < 0) *--s = '-';
    return str_value(s, (size_t)(room + sizeof room - s));
}

bool vm_format(Interp *in, Value v, char conv, Value spec, Value *out, Err *err) {
    if (!conv && spec.tag == VT_NONE && value_is(v, &type_str)) {
        *out = value_retain(v);
        return true;
    }
    if (!conv && spec.tag == VT_NONE && v.tag == VT_INT) {
        *out = int_text(v.i);
        return true;
    }
    Str text = STR_INIT, shown = STR_INIT;
    const char *s = spec.tag == VT_NONE ? "" : str_of(spec)->s;
    size_t n = spec.tag == VT_NONE ? 0 : str_of(spec)->len;
    bool ok = true;
    if (conv) {
        ok = conv == 's' ? value_str(in, v, &text, err) : value_repr(in, v, &text, err);
        if (ok && conv == 'a') {
            Str ascii = STR_INIT;
            str_ascii(&ascii, str_cstr(&text), text.len);
            str_clear(&text);
            text = ascii;
        }
        if (ok && n) {
            Value t = str_value(str_cstr(&text), text.len);
            ok = value_format(in, t, s, n, &shown, err);
            value_release(t);
            str_clear(&text);
            text = shown;
        }
    } else {
        ok = value_format(in, v, s, n, &text, err);
    }
    if (ok)
        *out = str_value_take(&text);
    else
        str_clear(&text);
    return ok;
}

bool vm_concat(Value *regs, int n, Value *out, Err *err) {
    size_t total = 0;
    for (int i = 0; i < n; i++) total += str_of(regs[i])->len;
    if (!memory_admit(total, "a text", err)) return false;
    StrObj *s = str_alloc(total);
    size_t at = 0;
    for (int i = 0; i < n; i++) {
        const StrObj *part = str_of(regs[i]);
        memcpy(s->s + at, part->s, part->len);
        at += part->len;
    }
    vm_drop(regs, n);
    *out = value_obj(s);
    return true;
}

/* ---- attributes ----------------------------------------------------------------------------- */

/* Class attributes that reading through an instance hands out as they are. */
static bool is_plain_value(Value attr) {
    if (attr.tag != VT_OBJ) return true;
    const Type *t = attr.o->type;
    return t == &type_str || t == &type_tuple || t == &type_list || t == &type_dict;
}

bool vm_attr_fast(Value v, StrObj *name, uint32_t *hint, Value *out) {
    if (v.tag != VT_OBJ) return false;
    Type *t = v.o->type;
    const Value *slot = NULL;
    if (t == &type_module) {
        slot = dict_slot_hint(((ModuleObj *)v.o)->dict, name, hint);
    } else {
        if (!(t->flags & TYPE_HEAP) || t->getattr || !t->dict_offset) return false;
        Dict *d = *(Dict **)((char *)v.o + t->dict_offset);
        Value attr = type_find(t, name);
        bool plain = is_plain_value(attr);
        if (!plain && attr.o->type != &type_function) return false;
        if (d) slot = dict_slot_hint(d, name, hint);
        if (!slot && plain && attr.tag != VT_UNSET) {
            *out = value_retain(attr);
            return true;
        }
    }
    if (!slot) return false;
    *out = value_retain(value_at(slot));
    return true;
}

bool vm_set_attr(Interp *in, Value v, StrObj *name, uint32_t *hint, Value to, Err *err) {
    Type *t = value_type(v);
    if ((t->flags & (TYPE_HEAP | TYPE_SLOTS)) == TYPE_HEAP && !t->setattr && t->dict_offset &&
        type_find(t, name).tag != VT_OBJ && name != in->name_class) {
        Dict *d = obj_dict(v.o, true);
        Value *slot = dict_slot_hint(d, name, hint);
        if (slot)
            value_set_take(slot, value_retain(to));
        else
            dict_set_str(d, name, to);
        return true;
    }
    return value_setattr(in, v, name, to, err);
}

/* ---- functions ------------------------------------------------------------------------------ */

Value vm_function(Frame *f, Code *code, Value *defaults, int n) {
    Value v = func_new(code, f->module);
    FuncObj *fn = (FuncObj *)v.o;
    int slots = n + code->nkwonly;
    fn->ndefaults = n;
    if (slots) {
        fn->defaults = mem_alloc((size_t)slots * sizeof *fn->defaults);
        move_out(fn->defaults, defaults, slots);
    }
    fn->nfree = code->nfree;
    if (code->nfree) fn->free = mem_alloc((size_t)code->nfree * sizeof *fn->free);
    for (int i = 0; i < code->nfree; i++) {
        FreeFrom from = code->free_from[i];
        fn->free[i] = from.from_free ? f->fn->free[from.index] : (CellObj *)f->regs[from.index].o;
        fn->free[i]->head.refs++;
    }
    return v;
}

void vm_annotate(Frame *f, Value name, Value text) {
    Value d = dict_get_cstr(f->names, "__annotations__");
    if (d.tag == VT_UNSET) {
        d = dict_value_new();
        dict_set_cstr(f->names, "__annotations__", d);
        value_release(d);
    }
    if (value_is(d, &type_dict)) dict_set_str(dict_of(d), str_of(name), text);
}

/* ---- assert, with --------------------------------------------------------------------------- */

bool vm_assert_fail(Interp *in, const Value *message, Err *err) {
    if (!message) return err_set(err, ERR_ASSERT, "%s", "");
    Value exc;
    Value type = type_value(&exc_types[ERR_ASSERT]);
    bool ok = value_call_pos(in, type, message, 1, &exc, err);
    value_release(type);
    if (ok) {
        interp_raise(in, exc, err);
        value_release(exc);
    }
    return false;
}

static bool no_manager(Value v, Err *err) {
    return err_set(err, ERR_TYPE, "'%s' object does not support the context manager protocol",
                   value_type(v)->name);
}

bool vm_enter(Interp *in, Value manager, Value *regs, Err *err) {
    Value leave, enter, got;
    if (!value_lookup(in, manager, "__exit__", &leave, err)) return false;
    if (leave.tag == VT_UNSET) return no_manager(manager, err);
    bool ok = value_lookup(in, manager, "__enter__", &enter, err);
    if (ok && enter.tag == VT_UNSET) ok = no_manager(manager, err);
    if (ok) {
        ok = value_call_pos(in, enter, NULL, 0, &got, err);
        value_release(enter);
    }
    if (!ok) {
        value_release(leave);
        return false;
    }
    value_set_take(&regs[0], leave);
    value_set_take(&regs[1], got);
    return true;
}

bool vm_leave(Interp *in, Value leave, const Value *exc, bool *swallow, Err *err) {
    Value pos[3] = {VALUE_NONE, VALUE_NONE, VALUE_NONE}, got;
    if (exc) {
        pos[0] = type_value(value_type(*exc));
        pos[1] = *exc;
    }
    bool ok = value_call_pos(in, leave, pos, 3, &got, err);
    if (exc) value_release(pos[0]);
    if (!ok) return false;
    if (swallow) ok = value_truth(in, got, swallow, err);
    value_release(got);
    return ok;
}

/* ---- errors
 * -------------------------------------------------------------------------------------------------
 */

void vm_add_frame(const Frame *f, Err *err) {
    err_frame(err, f->code->src, code_span(f->code, frame_pc(f)), f->code->name->s);
}

const CodeHandler *vm_find_handler(Interp *in, const Frame *f) {
    const Code *c = f->code;
    uint32_t pc = frame_pc(f);
    if (!in->fatal && !interp_time_over(in)) return code_handler(c, pc);
    for (size_t i = 0; i < c->handlers.count; i++) {
        const CodeHandler *h = &c->handlers.items[i];
        if (h->cleanup && pc >= h->start && pc < h->end) return h;
    }
    return NULL;
}
