/* An Interp's life, and what values see of it. */
#include "config.h"

#include "value/builtin_types.h"
#include "eval/class.h"

enum {
    STACK_VALUES = 1 << 18, /* registers of all frames together; touched as used */
    DEFAULT_FRAMES = 1000,
};

static const MachineCalls machine_calls = {
    .poll = limits_poll,
    .poll_full = vm_poll,
    .getattr = value_getattr,
    .lookup = value_lookup,
    .raise_key = exc_raise_key,
};

Interp *interp_new(const InterpConfig *cfg) {
    Interp *in = mem_zero(sizeof *in);
    in->sink = cfg->sink;
    in->recursion_limit = cfg->recursion_limit ? cfg->recursion_limit : DEFAULT_FRAMES;
    in->time_limit_ns = cfg->time_limit_ns;
    in->output_limit = cfg->output_limit ? cfg->output_limit : (size_t)64 << 20;
    in->frames = mem_alloc((size_t)in->recursion_limit * sizeof *in->frames);
    in->stack = mem_zero(STACK_VALUES * sizeof *in->stack);
    in->stack_end = in->stack + STACK_VALUES;
    in->machine.calls = &machine_calls;
    in->run = vm_run;
    in->import = interp_import;
    in->raised = VALUE_UNSET;
    in->builtins = dict_new();
    in->at_hand = dict_new();
    in->modules = dict_new();
    in->name_init = str_intern("__init__", 8);
    in->name_class = str_intern("__class__", 9);
    in->name_new = str_intern("__new__", 7);
    limits_start(in);
    builtin_types_install();
    typedict_install(&type_type);
    object_install();
    builtins_install(in);
    return in;
}

void interp_free(Interp *in) {
    if (!in) return;
    value_release(in->raised);
    modules_free(in);
    dict_free(in->at_hand);
    dict_free(in->builtins);
    value_release(value_obj(in->name_init));
    value_release(value_obj(in->name_class));
    value_release(value_obj(in->name_new));
    type_cache_clear();
    gc_collect();
    mem_free(in->stack);
    mem_free(in->frames);
    mem_free(in);
}

Sink *interp_sink(Interp *in) {
    return in->sink;
}
void interp_sink_set(Interp *in, Sink *sink) {
    in->sink = sink;
}

bool interp_files(const Interp *in) {
    return in->files;
}

void interp_files_set(Interp *in, bool on) {
    in->files = on;
}

int64_t interp_time_limit(const Interp *in) {
    return in->time_limit_ns;
}
void interp_time_limit_set(Interp *in, int64_t ns) {
    in->time_limit_ns = ns;
}
