/* See verdict.h. */
#include "config.h"

#include "shell/verdict.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "shell/asking.h"
#include "shell/report.h"

bool verdict_of(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    if (grade(a, answer, n, out, err)) return true;
    if (err->kind == ERR_INTERRUPT) return false;
    *out = (Verdict){.result = RESULT_WRONG, .fault = *err};
    *err = (Err){0};
    return true;
}

Grade verdict_grade(Result r) {
    static const Grade grades[] = {
        [RESULT_WRONG] = GRADE_AGAIN, [RESULT_PARTLY] = GRADE_HARD, [RESULT_RIGHT] = GRADE_GOOD};
    return grades[r];
}

static const struct {
    Style style;
    const char *text;
} said[] = {[RESULT_WRONG] = {STYLE_BAD, "not right"},
            [RESULT_PARTLY] = {STYLE_LABEL, "partly right"},
            [RESULT_RIGHT] = {STYLE_GOOD, "right"}};

void verdict_show(Session *s, Verdict *v) {
    out_view_take(s, view_text(said[v->result].style, said[v->result].text));
    if (v->shown.len) out_markdown(s, str_cstr(&v->shown));
    if (v->fault.kind != ERR_OK) {
        Str text = STR_INIT;
        report_text(s->in, &v->fault, &s->facts, &text);
        out_text(s, str_cstr(&text));
        str_clear(&text);
    }
    for (size_t i = 0; i < v->views.count; i++) out_view_take(s, view_retain(v->views.items[i]));
}

void recorded_show(Session *s, const Card *c, Grade g) {
    static const char *const names[] = {"again", "hard", "good", "easy"};
    Err err = {0};
    int days = c->due_day - c->last_day;
    Str when = STR_INIT;
    if (c->step < CARD_STEPS)
        str_printf(&when, "%lld min", (long long)(c->due_time - c->last_time) / 60);
    else
        str_printf(&when, "%d day%s", days, days == 1 ? "" : "s");
    out_print(s, "%s as %s; asked again in %s\n",
              store_kept(asking_store(s, &err)) ? "recorded" : "kept in memory", names[g - 1],
              str_cstr(&when));
    str_clear(&when);
}

/* ---- as an object ------------------------------------------------------------------------- */

static const TermFacts plain = {.columns = 80, .lines = 24, .utf8 = true};

static void draw(View *view, Str *out) {
    ViewStyle style = view_style(&plain);
    Canvas *c = view_draw(view, plain.columns, &style);
    canvas_emit(c, &plain, out);
    canvas_free(c);
    view_release(view);
}

static void verdict_text(Session *s, Verdict *v, Str *out) {
    draw(view_text(said[v->result].style, said[v->result].text), out);
    if (v->shown.len) draw(view_markdown(str_cstr(&v->shown)), out);
    if (v->fault.kind != ERR_OK) report_text(s->in, &v->fault, &plain, out);
    for (size_t i = 0; i < v->views.count; i++) draw(view_retain(v->views.items[i]), out);
}

/* Any bytes as a string; NULL as null. */
static json_t *text_of(const char *bytes) {
    if (!bytes) return json_null();
    Str clean = STR_INIT;
    utf8_clean(&clean, bytes, strlen(bytes));
    json_t *j = json_stringn(str_cstr(&clean), clean.len);
    str_clear(&clean);
    return j;
}

static json_t *points_of(const Verdict *v) {
    json_t *list = json_array();
    for (size_t i = 0; i < v->points.count; i++) {
        const PointSaid *p = &v->points.items[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o}", "id", p->point->id, "level",
                                              point_level_name(p->point->level), "met", p->met,
                                              "by", text_of(p->by)));
    }
    return list;
}

static json_t *traps_of(const Verdict *v) {
    json_t *list = json_array();
    for (size_t i = 0; i < v->traps.count; i++) {
        const PointSaid *p = &v->traps.items[i];
        if (p->met)
            json_array_append_new(list, json_pack("{s:s, s:o, s:o}", "id", p->point->id, "by",
                                                  text_of(p->by), "why", text_of(p->point->text)));
    }
    return list;
}

char *verdict_json(Session *s, const Asked *a, Verdict *v, bool recorded) {
    Str shown = STR_INIT;
    verdict_text(s, v, &shown);
    json_t *j = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "item", a->item->id, "kind",
                          item_kind_name(a->item->kind), "verdict", result_name(v->result),
                          "diagnosis", text_of(v->diagnosis), "points", points_of(v), "traps",
                          traps_of(v), "shown", text_of(str_cstr(&shown)));
    if (recorded) json_object_set_new(j, "recorded", json_true());
    char *dumped = json_dumps(j, JSON_COMPACT | JSON_PRESERVE_ORDER);
    char *line = mem_strdup(dumped);
    free(dumped);
    json_decref(j);
    str_clear(&shown);
    return line;
}
