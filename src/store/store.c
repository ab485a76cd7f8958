/* See store.h: opening, answers and what is read back. */
#include "config.h"

#include "store/store.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "store/store_in.h"

/* ---- the schema ------------------------------------------------------------------------- */

/* What brings a file from version i to i + 1; never changed once released, only added to. */
static const char *const migrations[] = {
    "CREATE TABLE review (id TEXT PRIMARY KEY NOT NULL, item TEXT NOT NULL, time INTEGER NOT NULL,"
    " day INTEGER NOT NULL, grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),"
    " verdict TEXT NOT NULL, answer TEXT, diagnosis TEXT, seconds REAL NOT NULL,"
    " hints INTEGER NOT NULL, session TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX review_time ON review (time);"
    "CREATE INDEX review_item ON review (item, time);"
    "CREATE TABLE card (item TEXT PRIMARY KEY NOT NULL, stability REAL NOT NULL,"
    " difficulty REAL NOT NULL, answers INTEGER NOT NULL, lapses INTEGER NOT NULL,"
    " step INTEGER NOT NULL, last_time INTEGER NOT NULL, due_time INTEGER NOT NULL,"
    " last_day INTEGER NOT NULL, due_day INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE fact (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;",
    "ALTER TABLE review ADD COLUMN seed INTEGER NOT NULL DEFAULT -1;",
};

static bool take_int(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    *(int64_t *)ctx = db_int(row, 0);
    return true;
}

static bool take_text(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    const char *text = db_text(row, 0);
    str_add(ctx, text ? text : "");
    return true;
}

static bool version_of(Db *db, int64_t *version, Err *err) {
    return db_query(db, err, take_int, version, "PRAGMA user_version", "");
}

static bool migrate(Db *db, Err *err) {
    int64_t version = 0;
    if (!db_script(db, "BEGIN IMMEDIATE", err)) return false;
    bool ok = version_of(db, &version, err);
    for (size_t i = (size_t)version; ok && i < ARRAY_LEN(migrations); i++) {
        char set[64];
        snprintf(set, sizeof set, "PRAGMA user_version = %zu", i + 1);
        ok = db_script(db, migrations[i], err) && db_script(db, set, err);
    }
    Err ignored = {0};
    if (ok) ok = db_script(db, "COMMIT", err);
    if (!ok) db_script(db, "ROLLBACK", &ignored);
    err_clear(&ignored);
    return ok;
}

/* ---- opening ---------------------------------------------------------------------------- */

static bool damaged(const char *path, const char *why, Err *err) {
    err_clear(err);
    err_set(err, ERR_OS, "%s is damaged (%s); it was left as it is", path, why);
    return err_hint(err,
                    "move it away to begin anew: mv %s %s.damaged; `progress import FILE` brings "
                    "an export back",
                    path, path);
}

static bool newer(const char *path, int64_t version, Err *err) {
    err_set(err, ERR_OS,
            "%s was written by a newer qkv (version %lld of the file, this one knows %zu)", path,
            (long long)version, ARRAY_LEN(migrations));
    return err_hint(err, "update qkv, or use another folder: --state-dir DIR");
}

/* Is it a whole database that this qkv knows? */
static bool sound(Db *db, const char *path, Err *err) {
    int64_t version = 0;
    Str said = STR_INIT;
    bool ok = version_of(db, &version, err) &&
              db_query(db, err, take_text, &said, "PRAGMA quick_check(1)", "");
    if (!ok && db_trouble(db) == DB_DAMAGED)
        damaged(path, "it is not a database", err);
    else if (ok && strcmp(str_cstr(&said), "ok") != 0)
        ok = damaged(path, str_cstr(&said), err);
    else if (ok && version > (int64_t)ARRAY_LEN(migrations))
        ok = newer(path, version, err);
    str_clear(&said);
    return ok;
}

static bool prepared(Db *db, Err *err) {
    return db_script(db,
                     "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = FULL",
                     err) &&
           migrate(db, err);
}

/* SQLite does not wait for another process while the journal's mode changes; so this does. */
static bool ready(Db *db, Err *err) {
    for (int i = 0; i < 200; i++) {
        if (prepared(db, err)) return true;
        if (db_trouble(db) != DB_BUSY) return false;
        err_clear(err);
        usleep(25000);
    }
    return prepared(db, err);
}

static bool open_memory(Store *st, Err *err) {
    if (!db_open(":memory:", &st->db, err)) return false;
    return migrate(st->db, err);
}

/* From now on in memory, with what was there before. Takes err as the reason. */
static bool go_on_in_memory(Store *st, Err *err) {
    Db *disk = st->db;
    Err ignored = {0};
    mem_free(st->warning);
    Str why = STR_INIT;
    str_printf(&why, "what you answer is not kept: %s", err->msg);
    st->warning = str_detach(&why);
    st->warned = false;
    st->kept = false;
    st->db = NULL;
    err_clear(err);
    bool ok = db_open(":memory:", &st->db, err);
    if (ok && disk) db_copy(disk, st->db, &ignored);
    ok = ok && migrate(st->db, err);
    err_clear(&ignored);
    db_close(disk);
    return ok;
}

static bool make_dir(const char *dir, Err *err) {
    for (const char *p = strchr(dir + 1, '/');; p = strchr(p + 1, '/')) {
        char *part = p ? mem_strndup(dir, (size_t)(p - dir)) : mem_strdup(dir);
        int failed = mkdir(part, 0700) != 0 ? errno : 0;
        mem_free(part);
        if (!p) {
            if (!failed || failed == EEXIST) return true;
            return err_set(err, ERR_OS, "%s: %s", dir, strerror(failed));
        }
    }
}

/* 1: opened; 0: cannot be written, err says why; -1: refused. */
static int open_disk(Store *st, const char *dir, Err *err) {
    Str path = STR_INIT;
    str_printf(&path, "%s/" STORE_FILE, dir);
    mode_t mask = umask(0077);
    int got = 0;
    if (make_dir(dir, err) && db_open(str_cstr(&path), &st->db, err)) {
        bool whole = sound(st->db, str_cstr(&path), err);
        if (whole && ready(st->db, err))
            got = 1;
        else if (db_trouble(st->db) != DB_UNWRITTEN)
            got = -1;
    }
    umask(mask);
    str_clear(&path);
    return got;
}

bool store_open(const char *dir, Store **out, Err *err) {
    Store *st = mem_zero(sizeof *st);
    bool ok;
    if (!dir)
        ok = open_memory(st, err);
    else {
        int got = open_disk(st, dir, err);
        st->kept = got > 0;
        ok = got > 0 || (got == 0 && err->kind != ERR_IMPORT && go_on_in_memory(st, err));
    }
    if (!ok) {
        store_close(st);
        return false;
    }
    *out = st;
    return true;
}

void store_close(Store *st) {
    if (!st) return;
    db_close(st->db);
    mem_free(st->warning);
    mem_free(st);
}

bool store_kept(const Store *st) {
    return st->kept;
}

const char *store_warning(Store *st) {
    if (st->warned) return NULL;
    st->warned = true;
    return st->warning;
}

/* ---- transactions ----------------------------------------------------------------------- */

bool store_write(Store *st, StoreWork work, void *ctx, Err *err) {
    for (;;) {
        bool ok = db_script(st->db, "BEGIN IMMEDIATE", err) && work(st, ctx, err) &&
                  db_script(st->db, "COMMIT", err);
        if (ok) return true;
        DbTrouble trouble = db_trouble(st->db);
        Err ignored = {0};
        db_script(st->db, "ROLLBACK", &ignored);
        err_clear(&ignored);
        if (!st->kept || trouble != DB_UNWRITTEN || !go_on_in_memory(st, err)) return false;
    }
}

/* ---- cards ------------------------------------------------------------------------------ */

#define CARD_COLUMNS                                                                               \
    "stability, difficulty, answers, lapses, step, last_time, due_time, last_day, due_day"

static Card card_of_row(const DbRow *row, int from) {
    return (Card){.memory = {db_real(row, from), db_real(row, from + 1)},
                  .answers = (int)db_int(row, from + 2),
                  .lapses = (int)db_int(row, from + 3),
                  .step = (int)db_int(row, from + 4),
                  .last_time = db_int(row, from + 5),
                  .due_time = db_int(row, from + 6),
                  .last_day = (int)db_int(row, from + 7),
                  .due_day = (int)db_int(row, from + 8)};
}

static bool take_card(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    *(Card *)ctx = card_of_row(row, 0);
    return true;
}

bool store_card(Store *st, const char *item, Card *card, Err *err) {
    *card = (Card){0};
    return db_query(st->db, err, take_card, card,
                    "SELECT " CARD_COLUMNS " FROM card WHERE item = ?", "s", item);
}

bool store_card_put(Store *st, const char *item, const Card *c, Err *err) {
    return db_run(st->db, err,
                  "INSERT OR REPLACE INTO card (item, " CARD_COLUMNS ")"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "sddiiiiiii", item, c->memory.stability, c->memory.difficulty,
                  (int64_t)c->answers, (int64_t)c->lapses, (int64_t)c->step, c->last_time,
                  c->due_time, (int64_t)c->last_day, (int64_t)c->due_day);
}

typedef struct Cards {
    EachCard each;
    void *ctx;
} Cards;

static bool give_card(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    const Cards *c = ctx;
    Card card = card_of_row(row, 1);
    return c->each(c->ctx, db_text(row, 0), &card);
}

bool store_cards(Store *st, EachCard each, void *ctx, Err *err) {
    Cards c = {each, ctx};
    return db_query(st->db, err, give_card, &c,
                    "SELECT item, " CARD_COLUMNS " FROM card ORDER BY item", "");
}

/* ---- reviews ---------------------------------------------------------------------------- */

/* 32 hex digits that nobody else draws. */
static void draw_id(char id[STORE_ID]) {
    unsigned char bytes[16];
    if (getentropy(bytes, sizeof bytes) != 0) BUG("no random bytes");
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(id + 2 * i, 3, "%02x", bytes[i]);
}

bool store_review_put(Store *st, const Review *r, Err *err) {
    return db_run(st->db, err, "INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "ssiiisssdisi", r->id, r->item, r->time, (int64_t)r->day, (int64_t)r->grade,
                  r->verdict, r->answer, r->diagnosis, r->seconds, (int64_t)r->hints, r->session,
                  r->seed);
}

typedef struct Answering {
    Review review;
    Card *card;
} Answering;

/* Answers of one second stand in the order in which they came, also when they are played again. */
static int64_t time_behind(const Card *last, int64_t time) {
    enum { MOMENT = 60 };
    bool same = last->answers && last->last_time >= time && last->last_time - time < MOMENT;
    return same ? last->last_time + 1 : time;
}

static bool write_answer(Store *st, void *ctx, Err *err) {
    Answering *a = ctx;
    Review *r = &a->review;
    if (!store_card(st, r->item, a->card, err)) return false;
    r->time = time_behind(a->card, r->time);
    *a->card = card_answer(a->card, r->grade, r->time, r->day);
    return store_review_put(st, r, err) && store_card_put(st, r->item, a->card, err);
}

bool store_answer(Store *st, const Review *r, char id[STORE_ID], Card *card, Err *err) {
    Answering a = {*r, card};
    if (r->id)
        snprintf(id, STORE_ID, "%s", r->id);
    else
        draw_id(id);
    a.review.id = id;
    return store_write(st, write_answer, &a, err);
}

typedef struct Reviews {
    EachReview each;
    void *ctx;
} Reviews;

static bool give_review(void *ctx, const DbRow *row, Err *err) {
    UNUSED(err);
    const Reviews *r = ctx;
    Review v = {.id = db_text(row, 0),
                .item = db_text(row, 1),
                .time = db_int(row, 2),
                .day = (int)db_int(row, 3),
                .grade = (Grade)db_int(row, 4),
                .verdict = db_text(row, 5),
                .answer = db_text(row, 6),
                .diagnosis = db_text(row, 7),
                .seconds = db_real(row, 8),
                .hints = (int)db_int(row, 9),
                .session = db_text(row, 10),
                .seed = db_int(row, 11)};
    return r->each(r->ctx, &v);
}

bool store_reviews(Store *st, int64_t since, EachReview each, void *ctx, Err *err) {
    Reviews r = {each, ctx};
    return db_query(st->db, err, give_review, &r,
                    "SELECT id, item, time, day, grade, verdict, answer, diagnosis, seconds, hints,"
                    " session, seed FROM review WHERE time >= ? ORDER BY time, id",
                    "i", since);
}

/* ---- facts ------------------------------------------------------------------------------ */

bool store_fact(Store *st, const char *name, Str *value, Err *err) {
    str_reset(value);
    return db_query(st->db, err, take_text, value, "SELECT value FROM fact WHERE name = ?", "s",
                    name);
}

typedef struct Fact {
    const char *name, *value;
} Fact;

static bool write_fact(Store *st, void *ctx, Err *err) {
    const Fact *f = ctx;
    return db_run(st->db, err, "INSERT OR REPLACE INTO fact VALUES (?, ?)", "ss", f->name,
                  f->value);
}

bool store_fact_set(Store *st, const char *name, const char *value, Err *err) {
    Fact f = {name, value};
    return store_write(st, write_fact, &f, err);
}

static bool write_nothing(Store *st, void *ctx, Err *err) {
    UNUSED(ctx);
    return db_script(st->db, "DELETE FROM review; DELETE FROM card; DELETE FROM fact", err);
}

bool store_forget(Store *st, Err *err) {
    return store_write(st, write_nothing, NULL, err);
}
