/* Choices and orders: the answer is numbers of the options as they stood on the screen. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>

#include "practice/graders.h"

typedef VEC(int) Chosen;

/* "2", "1,3", "2 3 1", "b", "1 and 3": indices of the options. */
static bool read_chosen(const Asked *a, const char *s, size_t n, Chosen *out, Err *err) {
    int count = (int)a->order.count;
    for (size_t i = 0; i < n;) {
        bool word = isalnum((unsigned char)s[i]);
        size_t end = i;
        while (end < n && isalnum((unsigned char)s[end])) end++;
        if (!word) {
            i++;
            continue;
        }
        long k = isdigit((unsigned char)s[i]) ? strtol(s + i, NULL, 10) - 1
                 : end == i + 1               ? tolower((unsigned char)s[i]) - 'a'
                                              : -1;
        bool and = end - i == 3 && strncmp(s + i, "and", 3) == 0;
        if (!and&&(k < 0 || k >= count)) {
            err_set(err, ERR_VALUE, "'%.*s' is none of the %d options", (int)MIN(end - i, 40),
                    s + i, count);
            return err_hint(err, a->item->kind == ITEM_ORDER
                                     ? "type the numbers in their right order: 2 1 3"
                                     : "type the number of an option, or of several: 1 3");
        }
        if (!and) vec_push(out, a->order.items[k]);
        i = end;
    }
    if (out->count) return true;
    return err_set(err, ERR_VALUE, "type the number of an option, 1 to %d", count);
}

static bool holds(const Chosen *c, int option) {
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i] == option) return true;
    return false;
}

/* What was chosen and is wrong, or right and was not: each with its reason. */
static bool judge_choice(const Asked *a, const Chosen *c, Verdict *out, Err *err) {
    const Item *it = a->item;
    Fill f = {a->in, it->lesson, a->scope};
    size_t hits = 0, misses = 0, wrong = 0;
    for (size_t k = 0; k < a->order.count; k++) {
        const ItemOption *o = &it->options.items[a->order.items[k]];
        bool chosen = holds(c, a->order.items[k]);
        hits += chosen && o->right;
        wrong += chosen && !o->right;
        misses += !chosen && o->right;
        if (chosen == o->right || !o->why) continue;
        str_printf(&out->shown, "- %zu: ", k + 1);
        if (!fill_text(&f, o->why, strlen(o->why), it->line, &out->shown, err)) return false;
        str_addc(&out->shown, '\n');
    }
    out->result = !wrong && !misses ? RESULT_RIGHT : hits > wrong ? RESULT_PARTLY : RESULT_WRONG;
    return true;
}

static bool judge_order(const Asked *a, const Chosen *c, Verdict *out, Err *err) {
    size_t n = a->order.count, right = 0;
    bool seen = true;
    for (size_t i = 0; i < n; i++) seen = seen && holds(c, (int)i);
    if (c->count != n || !seen) {
        err_set(err, ERR_VALUE, "an order names each of the %zu steps once", n);
        return err_hint(err, "type the numbers in their right order: 2 1 3");
    }
    for (size_t i = 0; i < n; i++) right += c->items[i] == (int)i;
    out->result = right == n ? RESULT_RIGHT : RESULT_WRONG;
    if (right < n) str_printf(&out->shown, "%zu of %zu steps are where they belong.\n", right, n);
    return true;
}

bool grade_options(const Asked *a, const char *answer, size_t n, Verdict *out, Err *err) {
    Chosen chosen = {0};
    bool ok = read_chosen(a, answer, n, &chosen, err) &&
              (a->item->kind == ITEM_ORDER ? judge_order : judge_choice)(a, &chosen, out, err);
    vec_clear(&chosen);
    return ok;
}
