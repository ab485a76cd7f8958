/* See db.h. */
#include "config.h"

#include "store/db.h"

#include <sqlite3.h>
#include <stdarg.h>

#include "base/library.h"

/* How long another shell may hold the file before an answer fails. */
enum { BUSY_MS = 5000 };

struct Db {
    sqlite3 *handle;
    DbTrouble trouble;
};

struct DbRow {
    sqlite3_stmt *stmt;
};

/* ---- the library ----------------------------------------------------------------------- */

/* clang-format off */
#define FUNCTIONS(X)                                                                               \
    X(open_v2) X(close) X(busy_timeout) X(extended_result_codes) X(exec) X(prepare_v2) X(bind_text) \
    X(bind_int64) X(bind_double) X(step) X(finalize) X(column_int64) X(column_double)              \
    X(column_text) X(errmsg) X(extended_errcode) X(errstr) X(backup_init) X(backup_step)           \
    X(backup_finish)
/* clang-format on */

static struct {
    bool tried;
    void *lib;
    char why[200];
#define X(name) __typeof__(&sqlite3_##name) name;
    FUNCTIONS(X)
#undef X
} sql;

static bool open_library(Err *err) {
    if (!sql.tried) {
        sql.tried = true;
        sql.lib = library_open(SQLITE_SONAME, sql.why, sizeof sql.why);
#define X(name)                                                                                    \
    if (sql.lib && !library_find(sql.lib, &sql.name, "sqlite3_" #name)) {                          \
        snprintf(sql.why, sizeof sql.why, "%s has no sqlite3_%s", SQLITE_SONAME, #name);           \
        library_close(sql.lib);                                                                    \
        sql.lib = NULL;                                                                            \
    }
        FUNCTIONS(X)
#undef X
    }
    if (sql.lib) return true;
    err_set(err, ERR_IMPORT, "what was practised is kept by SQLite, which is not here: %s",
            sql.why);
    return err_hint(err, "install it (Debian: libsqlite3-0)");
}

/* ---- errors ----------------------------------------------------------------------------- */

static DbTrouble trouble_of(int code) {
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return DB_FINE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DB_DAMAGED;
    case SQLITE_READONLY:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return DB_UNWRITTEN;
    default:
        return DB_FINE;
    }
}

static bool failed(Db *db, Err *err) {
    db->trouble = trouble_of(sql.extended_errcode(db->handle));
    return err_set(err, ERR_OS, "the record of practice: %s", sql.errmsg(db->handle));
}

/* ---- opening ---------------------------------------------------------------------------- */

bool db_open(const char *path, Db **out, Err *err) {
    if (!open_library(err)) return false;
    Db *db = mem_zero(sizeof *db);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sql.open_v2(path, &db->handle, flags, NULL);
    if (code != SQLITE_OK) {
        err_set(err, ERR_OS, "%s: %s", path, sql.errstr(code));
        db_close(db);
        return false;
    }
    sql.extended_result_codes(db->handle, 1);
    sql.busy_timeout(db->handle, BUSY_MS);
    *out = db;
    return true;
}

void db_close(Db *db) {
    if (!db) return;
    sql.close(db->handle);
    mem_free(db);
}

DbTrouble db_trouble(const Db *db) {
    return db->trouble;
}

/* ---- statements ------------------------------------------------------------------------- */

static int bind(sqlite3_stmt *stmt, const char *types, va_list args) {
    int code = SQLITE_OK;
    for (int i = 1; *types && code == SQLITE_OK; i++, types++) switch (*types) {
        case 's':
            code = sql.bind_text(stmt, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
            break;
        case 'i':
            code = sql.bind_int64(stmt, i, va_arg(args, int64_t));
            break;
        case 'd':
            code = sql.bind_double(stmt, i, va_arg(args, double));
            break;
        default:
            BUG("no type '%c'", *types);
        }
    return code;
}

static bool run(Db *db, Err *err, DbEach each, void *ctx, const char *text, const char *types,
                va_list args) {
    DbRow row = {0};
    db->trouble = DB_FINE;
    if (sql.prepare_v2(db->handle, text, -1, &row.stmt, NULL) != SQLITE_OK) return failed(db, err);
    bool ok = true;
    int code = bind(row.stmt, types, args);
    while (ok && code == SQLITE_OK) {
        int step = sql.step(row.stmt);
        if (step != SQLITE_ROW) {
            code = step;
            break;
        }
        if (each) ok = each(ctx, &row, err);
    }
    if (ok && code != SQLITE_DONE) ok = failed(db, err);
    sql.finalize(row.stmt);
    return ok;
}

bool db_run(Db *db, Err *err, const char *text, const char *types, ...) {
    va_list args;
    va_start(args, types);
    bool ok = run(db, err, NULL, NULL, text, types, args);
    va_end(args);
    return ok;
}

bool db_query(Db *db, Err *err, DbEach each, void *ctx, const char *text, const char *types, ...) {
    va_list args;
    va_start(args, types);
    bool ok = run(db, err, each, ctx, text, types, args);
    va_end(args);
    return ok;
}

int64_t db_int(const DbRow *row, int column) {
    return sql.column_int64(row->stmt, column);
}

double db_real(const DbRow *row, int column) {
    return sql.column_double(row->stmt, column);
}

const char *db_text(const DbRow *row, int column) {
    return (const char *)sql.column_text(row->stmt, column);
}

bool db_script(Db *db, const char *text, Err *err) {
    db->trouble = DB_FINE;
    return sql.exec(db->handle, text, NULL, NULL, NULL) == SQLITE_OK || failed(db, err);
}

bool db_copy(Db *from, Db *to, Err *err) {
    sqlite3_backup *b = sql.backup_init(to->handle, "main", from->handle, "main");
    if (!b) return failed(to, err);
    sql.backup_step(b, -1);
    return sql.backup_finish(b) == SQLITE_OK || failed(to, err);
}
