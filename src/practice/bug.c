/* bug: a line is named, or the code is mended and run; _bug.py reads which. */
#include "config.h"

#include "base/utf8.h"
#include "eval/interp.h"
#include "practice/graders.h"
#include "value/obj.h"
#include "value/strobj.h"

#define MODULE "_bug"

/* Calls one of _bug.py's functions with the answer, the code and the code mended. */
static bool ask_module(const Asked *a, const char *name, const char *answer, size_t n, Value *out,
                       Err *err) {
    const Item *it = a->item;
    Str text = STR_INIT;
    utf8_clean(&text, answer, n);
    Value args[] = {str_value(str_cstr(&text), text.len), str_value_cstr(it->code),
                    str_value_cstr(it->solution ? it->solution : it->reference)};
    bool ok = import_call(a->in, MODULE, name, args, ARRAY_LEN(args), out, err);
    for (size_t i = 0; i < ARRAY_LEN(args); i++) value_release(args[i]);
    str_clear(&text);
    return ok;
}

/* What a line stands for is not said: the first program that is right will do, else the first. */
static bool grade_programs(const Asked *a, const Value *programs, Verdict *out, Err *err) {
    for (int64_t i = 0; i < list_count(*programs); i++) {
        const StrObj *text = str_of(list_items(*programs)[i]);
        Verdict v = {.result = RESULT_WRONG};
        Err why = {0};
        bool ok = grade_code(a, text->s, strlen(text->s), &v, &why);
        bool best = i == 0 || (ok && v.result == RESULT_RIGHT);
        if (best) {
            verdict_clear(out);
            err_clear(err);
            *out = v, *err = why;
        } else {
            verdict_clear(&v);
            err_clear(&why);
        }
        if (ok && v.result == RESULT_RIGHT) return true;
        if (why.kind == ERR_INTERRUPT) return false;
    }
    return err->kind == ERR_OK;
}

bool grade_bug(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    Value said = VALUE_UNSET, programs = VALUE_UNSET;
    if (!ask_module(a, "verdict_of_lines", answer, n, &said, err)) return false;
    bool ok = true;
    if (value_is_str(said)) {
        out->result = *str_of(said)->s ? RESULT_WRONG : RESULT_RIGHT;
        str_add(&out->shown, str_of(said)->s);
    } else
        ok = ask_module(a, "programs", answer, n, &programs, err) &&
             grade_programs(a, &programs, out, err);
    value_release(said);
    value_release(programs);
    return ok;
}
