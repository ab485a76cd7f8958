/* What the files of the store share; see store.h. */
#ifndef QKV_STORE_STORE_IN_H
#define QKV_STORE_STORE_IN_H

#include "store/db.h"
#include "store/store.h"

struct Store {
    Db *db;
    bool kept;     /* the file is written; else everything is in memory */
    char *warning; /* owned; why it is not */
    bool warned;
};

/* Runs `work` as one transaction: all of it or nothing. Where the disk takes no more it is run
 * again in memory, so it must begin anew each time. */
typedef bool (*StoreWork)(Store *st, void *ctx, Err *err);
bool store_write(Store *st, StoreWork work, void *ctx, Err *err);

/* Within a transaction. */
bool store_card_put(Store *st, const char *item, const Card *c, Err *err);
/* Cards anew from the reviews in their order; of one item, or (NULL) of all. */
bool store_replay(Store *st, const char *item, Err *err);
bool store_review_put(Store *st, const Review *r, Err *err);

#endif
