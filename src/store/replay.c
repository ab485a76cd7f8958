/* The log played again: cards from their reviews, and grades that the person overruled. */
#include "config.h"

#include "store/store_in.h"

typedef struct Replay {
    VEC(Review) reviews; /* their items are owned, nothing else is kept but what a card needs */
    const char *only;    /* an item, or NULL: all */
} Replay;

static bool keep_review(void *ctx, const Review *r) {
    Replay *p = ctx;
    if (p->only && strcmp(p->only, r->item) != 0) return true;
    Review kept = {.item = mem_strdup(r->item), .time = r->time, .day = r->day, .grade = r->grade};
    vec_push(&p->reviews, kept);
    return true;
}

bool store_replay(Store *st, const char *item, Err *err) {
    Replay p = {.only = item};
    bool ok = (item ? db_run(st->db, err, "DELETE FROM card WHERE item = ?", "s", item)
                    : db_run(st->db, err, "DELETE FROM card", "")) &&
              store_reviews(st, INT64_MIN, keep_review, &p, err);
    for (size_t i = 0; i < p.reviews.count; i++) {
        Review *r = &p.reviews.items[i];
        Card c;
        ok = ok && store_card(st, r->item, &c, err);
        if (ok) {
            c = card_answer(&c, r->grade, r->time, r->day);
            ok = store_card_put(st, r->item, &c, err);
        }
        mem_free((char *)(uintptr_t)r->item);
    }
    vec_clear(&p.reviews);
    return ok;
}

typedef struct Regrade {
    const char *id;
    Grade grade;
    Card *card;
} Regrade;

static bool take_item(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    str_add(ctx, db_text(row, 0));
    return true;
}

static bool write_grade(Store *st, void *ctx, Err *err) {
    const Regrade *g = ctx;
    Str item = STR_INIT;
    bool ok =
        db_query(st->db, err, take_item, &item, "SELECT item FROM review WHERE id = ?", "s", g->id);
    if (ok && !item.len) ok = err_set(err, ERR_KEY, "there is no review %s", g->id);
    ok = ok && db_run(st->db, err, "UPDATE review SET grade = ? WHERE id = ?", "is",
                      (int64_t)g->grade, g->id);
    ok = ok && store_replay(st, item.buf, err) && store_card(st, item.buf, g->card, err);
    str_clear(&item);
    return ok;
}

bool store_regrade(Store *st, const char *id, Grade grade, Card *card, Err *err) {
    Regrade g = {id, grade, card};
    return store_write(st, write_grade, &g, err);
}
