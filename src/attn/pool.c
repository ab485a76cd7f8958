#include "config.h"

#include "attn/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/base.h"

typedef struct Pool {
    pthread_mutex_t lock;
    pthread_cond_t work, idle;
    pthread_t thread[POOL_MAX];
    int wanted, running; /* threads besides the caller: of the setting, alive */
    int busy;
    uint64_t round; /* raised for each piece of work; a thread waits for it to move */
    bool stop;
    /* the work of this round */
    void (*body)(void *context, int64_t item, int worker);
    void *context;
    int64_t items;
    atomic_llong next;
} Pool;

static Pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER,
                    .work = PTHREAD_COND_INITIALIZER,
                    .idle = PTHREAD_COND_INITIALIZER};

static void take_items(int worker) {
    for (;;) {
        int64_t item = atomic_fetch_add_explicit(&pool.next, 1, memory_order_relaxed);
        if (item >= pool.items || INTERRUPTED()) return;
        pool.body(pool.context, item, worker);
    }
}

static void *thread_main(void *arg) {
    int worker = (int)(intptr_t)arg;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool.lock);
    for (;;) {
        while (!pool.stop && pool.round == seen) pthread_cond_wait(&pool.work, &pool.lock);
        if (pool.stop) break;
        seen = pool.round;
        pthread_mutex_unlock(&pool.lock);
        take_items(worker);
        pthread_mutex_lock(&pool.lock);
        if (--pool.busy == 0) pthread_cond_signal(&pool.idle);
    }
    pthread_mutex_unlock(&pool.lock);
    return NULL;
}

/* Signals stay with the caller's thread: readline and Ctrl-C live there. */
static void start_threads(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pool.stop = false;
    pool.round = 0;
    while (pool.running < pool.wanted) {
        void *worker = (void *)(intptr_t)(pool.running + 1);
        if (pthread_create(&pool.thread[pool.running], NULL, thread_main, worker) != 0) break;
        pool.running++;
    }
    pool.wanted = pool.running; /* as many as the system gave */
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void pool_stop(void) {
    pthread_mutex_lock(&pool.lock);
    pool.stop = true;
    pthread_cond_broadcast(&pool.work);
    pthread_mutex_unlock(&pool.lock);
    for (int i = 0; i < pool.running; i++) pthread_join(pool.thread[i], NULL);
    pool.running = 0;
}

void attn_threads_set(int n) {
    int wanted = MIN(MAX(n, 1), POOL_MAX) - 1;
    if (wanted != pool.wanted && pool.running) pool_stop();
    pool.wanted = wanted;
}

int attn_threads(void) {
    return pool.wanted + 1;
}

bool pool_run(int64_t items, void (*body)(void *context, int64_t item, int worker), void *context) {
    if (pool.wanted > pool.running && items > 1) start_threads();
    bool share = pool.running > 0 && items > 1;
    pool.body = body;
    pool.context = context;
    pool.items = items;
    atomic_store(&pool.next, 0);
    if (share) {
        pthread_mutex_lock(&pool.lock);
        pool.busy = pool.running;
        pool.round++;
        pthread_cond_broadcast(&pool.work);
        pthread_mutex_unlock(&pool.lock);
    }
    take_items(0);
    if (share) {
        pthread_mutex_lock(&pool.lock);
        while (pool.busy) pthread_cond_wait(&pool.idle, &pool.lock);
        pthread_mutex_unlock(&pool.lock);
    }
    return !INTERRUPTED();
}
