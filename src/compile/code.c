/* Life of code objects and the way back from an instruction to the source. */
#include "config.h"

#include "compile/code.h"

#include "value/dict.h"
#include "value/obj.h"

Code *code_new(Source *src) {
    Code *c = mem_zero(sizeof *c);
    c->refs = 1;
    c->src = source_retain(src);
    c->doc = VALUE_NONE;
    return c;
}

static void name_release(StrObj *name) {
    if (name) value_release(value_obj(name));
}

void code_release(Code *c) {
    if (!c || --c->refs > 0) return;
    for (size_t i = 0; i < c->consts.count; i++) value_release(c->consts.items[i]);
    for (size_t i = 0; i < c->children.count; i++) code_release(c->children.items[i]);
    for (int i = 0; i < c->nlocals; i++)
        if (c->local_names) name_release(c->local_names[i]);
    for (int i = 0; i < c->nfree; i++) name_release(c->free_names[i]);
    name_release(c->name);
    name_release(c->qualname);
    value_release(c->doc);
    if (c->annotations) dict_free(c->annotations);
    mem_free(c->local_names);
    mem_free(c->free_names);
    mem_free(c->free_from);
    vec_clear(&c->ins);
    vec_clear(&c->spans);
    vec_clear(&c->consts);
    vec_clear(&c->children);
    vec_clear(&c->handlers);
    vec_clear(&c->handling);
    vec_clear(&c->stmts);
    vec_clear(&c->operands);
    vec_clear(&c->operand_spans);
    source_release(c->src);
    mem_free(c);
}

Span code_span(const Code *c, uint32_t pc) {
    return pc < c->spans.count ? c->spans.items[pc] : (Span){0, 0};
}

Span code_stmt(const Code *c, uint32_t pc) {
    Span found = {0, 0};
    for (size_t lo = 0, hi = c->stmts.count; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        if (c->stmts.items[mid].pc <= pc) {
            found = c->stmts.items[mid].span;
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return found;
}

const Span *code_operands(const Code *c, uint32_t pc, int *count) {
    for (size_t lo = 0, hi = c->operands.count; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        const OperandMark *m = &c->operands.items[mid];
        if (m->pc == pc) {
            *count = (int)m->count;
            return c->operand_spans.items + m->first;
        }
        if (m->pc < pc)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

const CodeHandler *code_handler(const Code *c, uint32_t pc) {
    for (size_t i = 0; i < c->handlers.count; i++) {
        const CodeHandler *h = &c->handlers.items[i];
        if (pc >= h->start && pc < h->end) return h;
    }
    return NULL;
}
