/* SQLite as the store wants it: opened when first used, statements that are prepared, bound, run
 * and finalised in one call, its words as errors.
 *
 *     Db *db = NULL;
 *     if (!db_open("/home/a/.local/state/qkv/practice.db", &db, &err)) ...
 *     db_run(db, &err, "INSERT INTO review VALUES (?, ?)", "si", id, (int64_t)time);
 *     db_query(db, &err, each_row, ctx, "SELECT item FROM card WHERE due <= ?", "i", (int64_t)day);
 *     db_close(db);
 */
#ifndef QKV_STORE_DB_H
#define QKV_STORE_DB_H

#include "base/err.h"

typedef struct Db Db;

/* What went wrong, for those who choose by it. */
typedef enum DbTrouble {
    DB_FINE,
    DB_BUSY,     /* another process holds it */
    DB_DAMAGED,  /* not a database, or a broken one */
    DB_UNWRITTEN /* read-only, full, no permission, an I/O error */
} DbTrouble;

/* ":memory:" is one that is kept nowhere. ERR_OS; ERR_IMPORT when the library is not there. */
bool db_open(const char *path, Db **out, Err *err);
void db_close(Db *db);
DbTrouble db_trouble(const Db *db); /* of the last call */

/* types: a letter for each `?`: 's' const char * (NULL: null), 'i' int64_t, 'd' double. */
bool db_run(Db *db, Err *err, const char *sql, const char *types, ...);

/* A row of a result, while its callback runs. */
typedef struct DbRow DbRow;
int64_t db_int(const DbRow *row, int column);
double db_real(const DbRow *row, int column);
const char *db_text(const DbRow *row, int column); /* borrowed; NULL: null */
/* false with err set ends the query. */
typedef bool (*DbEach)(void *ctx, const DbRow *row, Err *err);
bool db_query(Db *db, Err *err, DbEach each, void *ctx, const char *sql, const char *types, ...);

/* Every statement of a text, one after the other. */
bool db_script(Db *db, const char *sql, Err *err);
/* Copies everything that `from` holds over `to`. */
bool db_copy(Db *from, Db *to, Err *err);

#endif
