/* The record as JSON lines: out whole, in by merging. */
#include "config.h"

#include <jansson.h>
#include <limits.h>

#include "base/utf8.h"
#include "store/store_in.h"

/* ---- out -------------------------------------------------------------------------------- */

static bool add_line(void *ctx, const Review *r) {
    Str *out = ctx;
    json_t *o = json_pack("{s:s, s:s, s:I, s:i, s:i, s:s, s:s?, s:s?, s:f, s:i, s:s, s:I}", "id",
                          r->id, "item", r->item, "time", (json_int_t)r->time, "day", r->day,
                          "grade", (int)r->grade, "verdict", r->verdict, "answer", r->answer,
                          "diagnosis", r->diagnosis, "seconds", r->seconds, "hints", r->hints,
                          "session", r->session, "seed", (json_int_t)r->seed);
    char *line = o ? json_dumps(o, JSON_COMPACT) : NULL;
    if (line) str_printf(out, "%s\n", line);
    free(line);
    json_decref(o);
    return line != NULL;
}

bool store_export(Store *st, Str *out, Err *err) {
    return store_reviews(st, INT64_MIN, add_line, out, err);
}

/* ---- in --------------------------------------------------------------------------------- */

typedef struct Lines {
    VEC(json_t *) items; /* reviews, owned */
    int taken;
} Lines;

/* A line's review; its texts are the object's. NULL for what is not one. */
static const char *review_of(json_t *o, Review *r) {
    json_int_t time, day, grade, hints, seed = -1;
    const char *answer = NULL, *diagnosis = NULL;
    if (json_unpack(o, "{s:s, s:s, s:I, s:I, s:I, s:s, s?s, s?s, s:F, s:I, s:s, s?I}", "id", &r->id,
                    "item", &r->item, "time", &time, "day", &day, "grade", &grade, "verdict",
                    &r->verdict, "answer", &answer, "diagnosis", &diagnosis, "seconds", &r->seconds,
                    "hints", &hints, "session", &r->session, "seed", &seed) != 0)
        return "a review has id, item, time, day, grade, verdict, seconds, hints and session";
    if (strlen(r->id) != 32 || strspn(r->id, "0123456789abcdef") != 32)
        return "id must be 32 hex digits";
    if (grade < GRADE_AGAIN || grade > GRADE_EASY) return "grade must be 1 to 4";
    if (day < 0 || day > INT_MAX / 2 || hints < 0 || hints > INT_MAX)
        return "a number is out of range";
    if (!(r->seconds >= 0 && r->seconds < 1e9)) return "seconds must be 0 to 1e9";
    if (!strchr(r->item, '/')) return "item must be LESSON/SLUG";
    r->time = time;
    r->day = (int)day;
    r->grade = (Grade)grade;
    r->hints = (int)hints;
    r->seed = seed;
    r->answer = answer;
    r->diagnosis = diagnosis;
    return NULL;
}

/* A null is as good as nothing. */
static void drop_null(json_t *o, const char *key) {
    if (json_is_null(json_object_get(o, key))) json_object_del(o, key);
}

static bool read_lines(const char *text, size_t n, Lines *lines, Err *err) {
    int number = 0;
    for (const char *at = text, *end = text + n; at < end;) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        size_t len = nl ? (size_t)(nl - at) : (size_t)(end - at);
        json_error_t why;
        Review r;
        number++;
        if (len && strspn(at, " \t\r") < len) {
            json_t *o = json_loadb(at, len, 0, &why);
            if (!o) return err_set(err, ERR_VALUE, "line %d is not JSON: %s", number, why.text);
            vec_push(&lines->items, o);
            drop_null(o, "answer");
            drop_null(o, "diagnosis");
            const char *wrong = review_of(o, &r);
            if (wrong) return err_set(err, ERR_VALUE, "line %d: %s", number, wrong);
        }
        at += len + (nl != NULL);
    }
    return true;
}

static bool known(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    *(bool *)ctx = db_int(row, 0) != 0;
    return true;
}

static bool merge(Store *st, void *ctx, Err *err) {
    Lines *lines = ctx;
    lines->taken = 0;
    for (size_t i = 0; i < lines->items.count; i++) {
        Review r = {0};
        bool have = false;
        review_of(lines->items.items[i], &r);
        if (!db_query(st->db, err, known, &have, "SELECT count(*) FROM review WHERE id = ?", "s",
                      r.id))
            return false;
        if (have) continue;
        if (!store_review_put(st, &r, err)) return false;
        lines->taken++;
    }
    return !lines->taken || store_replay(st, NULL, err);
}

bool store_import(Store *st, const char *text, size_t n, int *taken, Err *err) {
    Lines lines = {0};
    *taken = 0;
    if (!utf8_valid(text, n)) return err_set(err, ERR_VALUE, "this is not a text in UTF-8");
    bool ok = read_lines(text, n, &lines, err) && store_write(st, merge, &lines, err);
    if (ok) *taken = lines.taken;
    for (size_t i = 0; i < lines.items.count; i++) json_decref(lines.items.items[i]);
    vec_clear(&lines.items);
    return ok;
}
