/* See scorecard.h. */
#include "config.h"

#include "shell/scorecard.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "export/csv.h"
#include "shell/days.h"
#include "shell/file.h"
#include "shell/transcript.h"

/* ---- numbers ------------------------------------------------------------------------------ */

static const char *verdict_of(const Put *p) {
    if (!p->reached) return "not reached";
    if (!p->answer) return "not answered";
    return p->judged ? result_name(p->result) : "not judged";
}

static double points_of(const Put *p) {
    if (!p->answer || !p->judged) return 0;
    return p->result == RESULT_RIGHT ? 1 : p->result == RESULT_PARTLY ? 0.5 : 0;
}

/* Follow-ups have no level: they are a row of their own, LEVEL_COUNT. */
static int level_of(const Put *p) {
    return p->item ? (int)p->item->level : LEVEL_COUNT;
}

typedef struct Tally {
    int asked, right, partly, not_right;
    double points;
} Tally;

/* level < 0: all questions, without the follow-ups. */
static Tally tally(const Sitting *t, int level) {
    Tally y = {0};
    for (size_t i = 0; i < t->puts.count; i++) {
        const Put *p = &t->puts.items[i];
        if (level < 0 ? !p->item : level_of(p) != level) continue;
        double points = points_of(p);
        y.asked++;
        y.right += points == 1;
        y.partly += points == 0.5;
        y.not_right += points == 0;
        y.points += points;
    }
    return y;
}

/* ---- tables ------------------------------------------------------------------------------- */

static void add_clock(double seconds, Str *out) {
    int whole = (int)(seconds + 0.5);
    str_printf(out, "%d:%02d", whole / 60, whole % 60);
}

/* A follow-up has no number of its own. */
static void number_cell(ViewTable *v, const Sitting *t, size_t i) {
    if (t->puts.items[i].item)
        view_cell(v, "%d", sitting_number(t, i));
    else
        view_cell(v, "%s", "");
}

static ViewTable question_table(const Sitting *t) {
    static const char *const head[] = {"", "question", "kind", "level", "verdict", "time"};
    ViewTable v = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < t->puts.count; i++) {
        const Put *p = &t->puts.items[i];
        Str time = STR_INIT;
        if (p->answer) add_clock(p->seconds, &time);
        number_cell(&v, t, i);
        if (p->item)
            view_cell(&v, "%s", p->item->id);
        else
            view_cell(&v, "%d, a follow-up", p->lesson->number);
        view_cell(&v, "%s", p->item ? item_kind_name(p->item->kind) : "");
        view_cell(&v, "%s", p->item ? level_name(p->item->level) : "");
        view_cell(&v, "%s", verdict_of(p));
        view_cell(&v, "%s", str_cstr(&time));
        str_clear(&time);
    }
    return v;
}

static void level_row(ViewTable *v, const char *name, const Tally *y) {
    view_cell(v, "%s", name);
    view_cell(v, "%d", y->asked);
    view_cell(v, "%d", y->right);
    view_cell(v, "%d", y->partly);
    view_cell(v, "%d", y->not_right);
    view_cell(v, "%g", y->points);
}

static ViewTable level_table(const Sitting *t) {
    static const char *const head[] = {"level", "asked", "right", "partly", "not", "points"};
    ViewTable v = view_table_begin(head, ARRAY_LEN(head));
    for (int k = 0; k <= LEVEL_COUNT; k++) {
        Tally y = tally(t, k);
        if (y.asked) level_row(&v, k < LEVEL_COUNT ? level_name((Level)k) : "follow-ups", &y);
    }
    return v;
}

static void sum_line(const Sitting *t, double used, Str *out) {
    Tally all = tally(t, -1);
    str_printf(out, "%g of %d points in ", all.points, all.asked);
    add_clock(used, out);
    str_printf(out, " of %d minutes; level %s, seed %u", t->what.minutes, level_name(t->what.level),
               t->what.seed);
}

/* ---- the screen --------------------------------------------------------------------------- */

void scorecard_show(Session *s, const Sitting *t, double used) {
    ViewTable questions = question_table(t), levels = level_table(t);
    Tally all = tally(t, -1);
    Str line = STR_INIT;
    sum_line(t, used, &line);
    out_step_begin(s, "interview", "score card");
    out_step_number(s, "asked", all.asked);
    out_step_number(s, "right", all.right);
    out_step_number(s, "partly", all.partly);
    out_step_number(s, "seed", t->what.seed);
    out_gap(s);
    out_view_take(s, view_table_end(&questions, NULL));
    out_gap(s);
    out_view_take(s, view_table_end(&levels, NULL));
    out_view_take(s, view_text(STYLE_LABEL, str_cstr(&line)));
    out_step_end(s, NULL);
    str_clear(&line);
}

/* ---- Markdown ------------------------------------------------------------------------------ */

static void table_markdown(ViewTable *v, Str *out) {
    for (size_t c = 0; c < v->columns; c++) str_printf(out, "| %s ", v->head[c]);
    str_add(out, "|\n");
    for (size_t c = 0; c < v->columns; c++) str_add(out, "|---");
    str_add(out, "|\n");
    for (size_t i = 0; i < v->cells.count; i++)
        str_printf(out, "| %s %s", v->cells.items[i], (i + 1) % v->columns ? "" : "|\n");
    str_add(out, "\n");
    view_table_drop(v);
}

static bool put_markdown(Session *s, const Put *p, Str *out, Err *err) {
    Asked a = {.scope = VALUE_UNSET};
    if (p->item && !ask(s->in, p->item, p->seed, &a, err)) return false;
    str_printf(out, "%s\n\n", p->item ? str_cstr(&a.text) : p->question);
    if (p->answer) {
        str_add(out, "What was said:\n\n");
        transcript_said(p->item, p->answer, out);
    }
    bool ok = true;
    if (!p->answer || !p->judged || p->result != RESULT_RIGHT) {
        str_add(out, "The answer:\n\n");
        if (p->item)
            ok = transcript_answer(&a, out, err);
        else
            str_printf(out, "%s\n\n", p->model);
    }
    if (p->item) asked_clear(&a);
    return ok;
}

static void put_head(const Sitting *t, size_t i, Str *out) {
    const Put *p = &t->puts.items[i];
    if (p->item)
        str_printf(out, "## %d. %s, %s: %s\n\n", sitting_number(t, i), p->item->id,
                   level_name(p->item->level), verdict_of(p));
    else
        str_printf(out, "## Follow-up: %s\n\n", verdict_of(p));
}

bool scorecard_show_missed(Session *s, const Sitting *t, Err *err) {
    Str text = STR_INIT;
    bool ok = true;
    for (size_t i = 0; ok && i < t->puts.count; i++) {
        const Put *p = &t->puts.items[i];
        if (!p->item || !p->reached || points_of(p) == 1) continue;
        put_head(t, i, &text);
        ok = put_markdown(s, p, &text, err);
    }
    if (ok && text.len) {
        out_step_begin(s, "answers", "what was not right");
        out_markdown(s, str_cstr(&text));
        out_step_end(s, NULL);
    }
    str_clear(&text);
    return ok;
}

static bool markdown_card(Session *s, const Sitting *t, double used, Str *out, Err *err) {
    ViewTable questions = question_table(t), levels = level_table(t);
    str_add(out, "# Interview of ");
    day_text((int)t->day, out);
    str_add(out, "\n\n");
    sum_line(t, used, out);
    str_add(out, ".\n\n");
    table_markdown(&questions, out);
    table_markdown(&levels, out);
    for (size_t i = 0; i < t->puts.count; i++) {
        if (!t->puts.items[i].reached) continue;
        put_head(t, i, out);
        if (!put_markdown(s, &t->puts.items[i], out, err)) return false;
    }
    return true;
}

/* ---- other forms ---------------------------------------------------------------------------- */

static bool html_card(Session *s, const Sitting *t, double used, Str *out, Err *err) {
    Str text = STR_INIT;
    bool ok = markdown_card(s, t, used, &text, err);
    str_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width\">\n"
                 "<title>Interview</title>\n<style>\n"
                 "body { max-width: 48em; margin: 2em auto; padding: 0 1em; "
                 "font-family: sans-serif; line-height: 1.5 }\n"
                 "table { border-collapse: collapse; margin: 1em 0 }\n"
                 "th, td { border: 1px solid #aaa; padding: 0.2em 0.6em; text-align: left }\n"
                 "pre { background: #f4f4f4; color: #111; padding: 0.6em; overflow-x: auto }\n"
                 "</style>\n</head>\n<body>\n");
    view_markdown_html(str_cstr(&text), out);
    str_add(out, "</body>\n</html>\n");
    str_clear(&text);
    return ok;
}

/* A row of facts: the same whatever the clock says. */
static ViewTable fact_table(const Sitting *t) {
    static const char *const head[] = {"question", "item",   "kind",      "level",
                                       "verdict",  "points", "diagnosis", "answer"};
    ViewTable v = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < t->puts.count; i++) {
        const Put *p = &t->puts.items[i];
        number_cell(&v, t, i);
        view_cell(&v, "%s", p->item ? p->item->id : p->question);
        view_cell(&v, "%s", p->item ? item_kind_name(p->item->kind) : "follow-up");
        view_cell(&v, "%s", p->item ? level_name(p->item->level) : "");
        view_cell(&v, "%s", verdict_of(p));
        view_cell(&v, "%g", points_of(p));
        view_cell(&v, "%s", p->diagnosis ? p->diagnosis : "");
        view_cell(&v, "%s", p->answer ? p->answer : "");
    }
    return v;
}

/* "0", "0.5", "-1": as against an answer that begins so. */
static bool is_number(const char *text) {
    char *end;
    strtod(text, &end);
    return end != text && !*end;
}

static bool csv_card(Session *s, const Sitting *t, double used, Str *out, Err *err) {
    UNUSED(s), UNUSED(used), UNUSED(err);
    ViewTable v = fact_table(t);
    for (size_t c = 0; c < v.columns; c++) str_printf(out, "%s%s", c ? "," : "", v.head[c]);
    for (size_t i = 0; i < v.cells.count; i++) {
        str_add(out, i % v.columns ? "," : "\n");
        csv_put(v.cells.items[i], is_number(v.cells.items[i]), ',', out);
    }
    str_add(out, "\n");
    view_table_drop(&v);
    return true;
}

static json_t *fact_json(const char *head, const char *text) {
    if (!*text) return json_null();
    if (strcmp(head, "question") == 0) return json_integer(strtol(text, NULL, 10));
    if (strcmp(head, "points") == 0) return json_real(strtod(text, NULL));
    return json_string(text);
}

static bool json_card(Session *s, const Sitting *t, double used, Str *out, Err *err) {
    UNUSED(s), UNUSED(used), UNUSED(err);
    ViewTable v = fact_table(t);
    json_t *rows = json_array();
    for (size_t i = 0; i < v.cells.count; i += v.columns) {
        json_t *row = json_object();
        for (size_t c = 0; c < v.columns; c++) {
            const char *text = v.cells.items[i + c];
            json_object_set_new(row, v.head[c], fact_json(v.head[c], text));
        }
        json_array_append_new(rows, row);
    }
    json_t *o = json_pack("{s:I, s:s, s:f, s:i, s:o}", "seed", (json_int_t)t->what.seed, "level",
                          level_name(t->what.level), "points", tally(t, -1).points, "of",
                          tally(t, -1).asked, "questions", rows);
    char *text = o ? json_dumps(o, JSON_INDENT(1) | JSON_REAL_PRECISION(4)) : NULL;
    str_printf(out, "%s\n", text ? text : "null");
    free(text);
    json_decref(o);
    view_table_drop(&v);
    return true;
}

static const struct CardForm {
    const char *ending;
    bool (*make)(Session *s, const Sitting *t, double used, Str *out, Err *err);
} forms[] = {
    {".md", markdown_card}, {".html", html_card}, {".csv", csv_card}, {".json", json_card}};

static const struct CardForm *form_of(const char *path) {
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (file_has_ending(path, forms[i].ending)) return &forms[i];
    return NULL;
}

bool scorecard_can_write(const char *path, Err *err) {
    if (!form_of(path)) {
        err_set(err, ERR_VALUE, "%s is no kind of file that a score card can be", path);
        return err_hint(err, "it may end in .md, .html, .csv or .json");
    }
    if (access(path, F_OK) != 0) return true;
    err_set(err, ERR_VALUE, "%s exists already", path);
    return err_hint(err, "name another file, or move it away");
}

bool scorecard_write(Session *s, const Sitting *t, double used, Err *err) {
    Str text = STR_INIT;
    bool ok = form_of(t->what.out)->make(s, t, used, &text, err) &&
              file_write_whole(t->what.out, text.buf, text.len, false, err);
    if (ok) out_print(s, "written to %s\n", t->what.out);
    str_clear(&text);
    return ok;
}
