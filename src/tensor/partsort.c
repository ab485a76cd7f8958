#include "config.h"

#include "tensor/partsort.h"

/* ---- heaps (largest key on top) ---------------------------------------------------- */

/* Lets v rise from the hole, not above `top`. */
static void rise(Keyed *a, int64_t hole, int64_t top, Keyed v) {
    for (int64_t parent = (hole - 1) / 2; hole > top && a[parent].key < v.key;
         parent = (hole - 1) / 2) {
        a[hole] = a[parent];
        hole = parent;
    }
    a[hole] = v;
}

/* Fills the hole from below by the larger child down to a leaf (the right one of equals), then v
 * rises from there. */
static void sift(Keyed *a, int64_t hole, int64_t n, Keyed v) {
    int64_t top = hole, child = hole;
    while (child < (n - 1) / 2) {
        child = 2 * (child + 1);
        if (a[child].key < a[child - 1].key) child--;
        a[hole] = a[child];
        hole = child;
    }
    if (n % 2 == 0 && child == (n - 2) / 2) {
        child = 2 * child + 1;
        a[hole] = a[child];
        hole = child;
    }
    rise(a, hole, top, v);
}

/* a[0, k) = a heap of the k smallest of a[0, n). */
static void heap_select(Keyed *a, int64_t k, int64_t n) {
    for (int64_t parent = (k - 2) / 2; k >= 2 && parent >= 0; parent--)
        sift(a, parent, k, a[parent]);
    for (int64_t i = k; i < n; i++) {
        if (a[i].key >= a[0].key) continue;
        Keyed v = a[i];
        a[i] = a[0];
        sift(a, 0, k, v);
    }
}

static void heap_sort(Keyed *a, int64_t n) {
    while (n > 1) {
        Keyed v = a[--n];
        a[n] = a[0];
        sift(a, 0, n, v);
    }
}

/* ---- partition ------------------------------------------------------------------------ */

static void swap(Keyed *a, Keyed *b) {
    Keyed held = *a;
    *a = *b;
    *b = held;
}

/* Swaps the median of b, c, d into *a. */
static void median_to(Keyed *a, Keyed *b, Keyed *c, Keyed *d) {
    Keyed *median;
    if (b->key < c->key)
        median = c->key < d->key ? c : b->key < d->key ? d : b;
    else
        median = b->key < d->key ? b : c->key < d->key ? d : c;
    swap(a, median);
}

/* Hoare's, around the median of the second, the middle and the last element, which then stands
 * first. Returns where the upper part begins. n > 3. */
static int64_t partition(Keyed *a, int64_t n) {
    median_to(a, a + 1, a + n / 2, a + n - 1);
    uint64_t pivot = a[0].key;
    for (int64_t i = 1, j = n;;) {
        while (a[i].key < pivot) i++;
        j--;
        while (pivot < a[j].key) j--;
        if (i >= j) return i;
        swap(a + i, a + j);
        i++;
    }
}

/* An element below all before it goes straight to the front. */
static void insertion_sort(Keyed *a, int64_t n) {
    for (int64_t i = 1; i < n; i++) {
        Keyed v = a[i];
        int64_t j = i;
        for (; j > 0 && v.key < a[j - 1].key; j--) a[j] = a[j - 1];
        a[j] = v;
    }
}

/* Partitions until 16 are left or the depth is used up; small runs stay unsorted. */
static void intro_loop(Keyed *a, int64_t n, int depth) {
    while (n > 16) {
        if (depth-- == 0) {
            heap_select(a, n, n);
            heap_sort(a, n);
            return;
        }
        int64_t cut = partition(a, n);
        intro_loop(a + cut, n - cut, depth);
        n = cut;
    }
}

static int log2_floor(int64_t n) {
    return 63 - __builtin_clzll((unsigned long long)n);
}

static void intro_sort(Keyed *a, int64_t n) {
    if (n < 2) return;
    intro_loop(a, n, 2 * log2_floor(n));
    insertion_sort(a, n);
}

/* a[nth] = what stands there when sorted, smaller ones before it. */
static void intro_select(Keyed *a, int64_t nth, int64_t n) {
    for (int depth = 2 * log2_floor(n); n > 3; depth--) {
        if (depth == 0) {
            heap_select(a, nth + 1, n);
            swap(a, a + nth);
            return;
        }
        int64_t cut = partition(a, n);
        if (cut <= nth) {
            a += cut;
            n -= cut;
            nth -= cut;
        } else {
            n = cut;
        }
    }
    insertion_sort(a, n);
}

void select_first(Keyed *a, int64_t n, int64_t k) {
    if (k <= n / 64) {
        heap_select(a, k, n);
        heap_sort(a, k);
        return;
    }
    if (n > 1) intro_select(a, k - 1, n);
    intro_sort(a, k - 1);
}
