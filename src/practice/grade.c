/* See grade.h. A kind's grader is a row. */
#include "config.h"

#include "practice/grade.h"

#include "practice/graders.h"

static const Grader graders[ITEM_KIND_COUNT] = {
    [ITEM_NUMBER] = grade_value,  [ITEM_SHAPE] = grade_value, [ITEM_MASK] = grade_value,
    [ITEM_PREDICT] = grade_value, [ITEM_FILL] = grade_value,  [ITEM_CHOICE] = grade_options,
    [ITEM_ORDER] = grade_options, [ITEM_CODE] = grade_code,   [ITEM_BUG] = grade_bug,
    [ITEM_FREE] = grade_prose,
};

static bool is_blank(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n", s[i])) return false;
    return true;
}

bool grade(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    *out = (Verdict){.result = RESULT_WRONG};
    if (is_blank(answer, n)) {
        err_set(err, ERR_VALUE, "the answer is empty");
        return err_hint(err, "`skip` leaves the question out, `solution` shows the answer");
    }
    Grader grader = graders[a->item->kind];
    if (!grader)
        return err_set(err, ERR_NOTIMPL, "answers of kind %s are not graded here",
                       item_kind_name(a->item->kind));
    bool ok = grader(a, answer, n, out, err);
    if (!ok) verdict_clear(out);
    return ok;
}

void verdict_clear(Verdict *v) {
    mem_free(v->diagnosis);
    err_clear(&v->fault);
    str_clear(&v->shown);
    for (size_t i = 0; i < v->views.count; i++) view_release(v->views.items[i]);
    vec_clear(&v->views);
    for (size_t i = 0; i < v->points.count; i++) mem_free(v->points.items[i].by);
    for (size_t i = 0; i < v->traps.count; i++) mem_free(v->traps.items[i].by);
    vec_clear(&v->points);
    vec_clear(&v->traps);
    *v = (Verdict){.result = RESULT_WRONG};
}

Result points_result(const Verdict *v) {
    int musts = 0, met = 0, traps = 0;
    for (size_t i = 0; i < v->points.count; i++) {
        bool must = v->points.items[i].point->level == POINT_MUST;
        musts += must;
        met += must && v->points.items[i].met;
    }
    for (size_t i = 0; i < v->traps.count; i++) traps += v->traps.items[i].met;
    if (met == musts && !traps) return RESULT_RIGHT;
    return met == musts || (!traps && 2 * met >= musts) ? RESULT_PARTLY : RESULT_WRONG;
}

const char *result_name(Result r) {
    static const char *const names[] = {"wrong", "partly", "right"};
    return names[r];
}
