/* See item.h. One table says which keys there are and which kinds have or want them. */
#include "config.h"

#include "practice/item.h"

#include <ctype.h>
#include <stddef.h>

/* ---- names ------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    double seconds;
} kinds[] = {
#define X(id, name, seconds) [ITEM_##id] = {name, seconds},
    ITEM_KINDS(X)
#undef X
};

static const char *const levels[] = {"junior", "middle", "senior"};
static const char *const point_levels[] = {"must", "should", "bonus"};

const char *item_kind_name(ItemKind kind) {
    return kinds[kind].name;
}

const char *level_name(Level level) {
    return levels[level];
}

const char *point_level_name(PointLevel level) {
    return point_levels[level];
}

/* ---- values of keys ---------------------------------------------------------------------- */

/* One of a list of words; *out its index. */
static bool read_word(YamlIn *y, const char *key, yaml_node_t *v, const char *const *words,
                      size_t n, int *out) {
    char *text = NULL;
    Str list = STR_INIT;
    if (!yaml_in_text(y, key, v, &text)) return false;
    bool found = false;
    for (size_t i = 0; i < n && !found; i++) {
        found = strcmp(text, words[i]) == 0;
        if (found) *out = (int)i;
        str_printf(&list, "%s%s", i ? ", " : "", words[i]);
    }
    if (!found)
        yaml_in_error(y, yaml_in_line(y, v), "%s wants one of %s, got '%s'", key, str_cstr(&list),
                      text);
    str_clear(&list);
    mem_free(text);
    return found;
}

static bool read_kind(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    const char *names[ITEM_KIND_COUNT];
    int at = 0;
    for (int i = 0; i < ITEM_KIND_COUNT; i++) names[i] = kinds[i].name;
    if (!read_word(y, key, v, names, ITEM_KIND_COUNT, &at)) return false;
    *(ItemKind *)field = (ItemKind)at;
    return true;
}

static bool read_level(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    int at = 0;
    if (!read_word(y, key, v, levels, ARRAY_LEN(levels), &at)) return false;
    *(Level *)field = (Level)at;
    return true;
}

static bool read_text(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    return yaml_in_text(y, key, v, field);
}

static bool read_texts(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    return yaml_in_texts(y, key, v, field);
}

static bool read_positive(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    double *out = field;
    if (!yaml_in_number(y, key, v, out)) return false;
    return *out > 0 || yaml_in_error(y, yaml_in_line(y, v), "%s wants a number above 0", key);
}

typedef VEC(ItemPair) Pairs;

static bool add_pair(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    Pairs *pairs = ctx;
    vec_push(pairs, (ItemPair){.name = mem_strdup(name), .line = yaml_in_line(y, k)});
    return yaml_in_text(y, name, v, &pairs->items[pairs->count - 1].text);
}

static bool read_pairs(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    return yaml_in_map(y, key, v, add_pair, field);
}

/* "right: text" or "wrong: text", and "why: text" (of an order: a text alone). */
static bool option_key(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    static const char *const known[] = {"right", "wrong", "why"};
    ItemOption *o = ctx;
    if (!strcmp(name, "why")) return yaml_in_text(y, name, v, &o->why);
    if (strcmp(name, "right") != 0 && strcmp(name, "wrong") != 0)
        return yaml_in_unknown(y, k, known, ARRAY_LEN(known));
    o->right = strcmp(name, "right") == 0;
    return yaml_in_text(y, name, v, &o->text);
}

typedef VEC(ItemOption) Options;

static bool add_option(void *ctx, YamlIn *y, yaml_node_t *n) {
    Options *options = ctx;
    vec_push(options, (ItemOption){.right = false});
    ItemOption *o = &options->items[options->count - 1];
    if (n->type == YAML_SCALAR_NODE) return yaml_in_text(y, "a step", n, &o->text);
    if (!yaml_in_map(y, "an option", n, option_key, o)) return false;
    return o->text || yaml_in_error(y, yaml_in_line(y, n), "an option is right: or wrong: a text");
}

static bool read_options(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    return yaml_in_list(y, key, v, add_option, field);
}

static bool point_key(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    static const char *const known[] = {"id", "level", "text", "say"};
    ItemPoint *p = ctx;
    int level = 0;
    if (!strcmp(name, "id")) return yaml_in_text(y, name, v, &p->id);
    if (!strcmp(name, "text")) return yaml_in_text(y, name, v, &p->text);
    if (!strcmp(name, "say")) return yaml_in_texts(y, name, v, &p->say);
    if (strcmp(name, "level") != 0) return yaml_in_unknown(y, k, known, ARRAY_LEN(known));
    if (!read_word(y, name, v, point_levels, ARRAY_LEN(point_levels), &level)) return false;
    p->level = (PointLevel)level;
    return true;
}

typedef VEC(ItemPoint) Points;

static bool add_point(void *ctx, YamlIn *y, yaml_node_t *n) {
    Points *points = ctx;
    vec_push(points, (ItemPoint){.line = yaml_in_line(y, n)});
    ItemPoint *p = &points->items[points->count - 1];
    if (!yaml_in_map(y, "a point", n, point_key, p)) return false;
    const char *lacks = !p->id ? "id" : !p->text ? "text" : !p->say.count ? "say" : NULL;
    return !lacks || yaml_in_error(y, p->line, "a point has no %s", lacks);
}

static bool read_points(YamlIn *y, const char *key, yaml_node_t *v, void *field) {
    return yaml_in_list(y, key, v, add_point, field);
}

/* ---- the keys ---------------------------------------------------------------------------- */

#define KIND(id) (1u << ITEM_##id)
#define ALL ((1u << ITEM_KIND_COUNT) - 1)
#define VALUES (KIND(NUMBER) | KIND(SHAPE) | KIND(MASK) | KIND(PREDICT) | KIND(FILL))
#define RUN (KIND(CODE) | KIND(BUG))

static const struct ItemKey {
    const char *name;
    size_t field;
    bool (*read)(YamlIn *y, const char *key, yaml_node_t *v, void *field);
    unsigned have, want; /* sets of kinds: which may have it, which must */
} item_keys[] = {
    {"id", offsetof(Item, id), read_text, ALL, ALL},
    {"kind", offsetof(Item, kind), read_kind, ALL, ALL},
    {"level", offsetof(Item, level), read_level, ALL, ALL},
    {"ask", offsetof(Item, ask), read_text, ALL, ALL},
    {"why", offsetof(Item, why), read_text, ALL, VALUES | KIND(CHOICE) | KIND(ORDER) | KIND(BUG)},
    {"hints", offsetof(Item, hints), read_texts, ALL, RUN},
    {"seconds", offsetof(Item, seconds), read_positive, ALL, 0},
    {"draw", offsetof(Item, draw), read_pairs, VALUES, 0},
    {"setup", offsetof(Item, setup), read_text, ALL, 0},
    {"answer", offsetof(Item, answer), read_text, VALUES, VALUES},
    {"unit", offsetof(Item, unit), read_text, KIND(NUMBER), 0},
    {"tolerance", offsetof(Item, tolerance), read_positive, KIND(NUMBER) | KIND(PREDICT), 0},
    {"letters", offsetof(Item, letters), read_texts, KIND(NUMBER) | KIND(SHAPE) | KIND(FILL), 0},
    {"options", offsetof(Item, options), read_options, KIND(CHOICE), KIND(CHOICE)},
    {"steps", offsetof(Item, options), read_options, KIND(ORDER), KIND(ORDER)},
    {"code", offsetof(Item, code), read_text, KIND(PREDICT) | KIND(BUG) | KIND(FILL) | KIND(CHOICE),
     KIND(PREDICT) | KIND(BUG)},
    {"signature", offsetof(Item, signature), read_text, RUN, RUN},
    {"reference", offsetof(Item, reference), read_text, RUN, RUN},
    {"probes", offsetof(Item, probes), read_text, RUN, RUN},
    {"mistakes", offsetof(Item, mistakes), read_pairs, RUN, 0},
    {"forbid", offsetof(Item, forbid), read_texts, RUN, 0},
    {"solution", offsetof(Item, solution), read_text, RUN | KIND(FREE), KIND(FREE)},
    {"points", offsetof(Item, points), read_points, KIND(FREE), KIND(FREE)},
    {"traps", offsetof(Item, traps), read_points, KIND(FREE), KIND(FREE)},
    {"subjects", offsetof(Item, subjects), read_texts, KIND(FREE), 0},
    {"good", offsetof(Item, good), read_texts, KIND(FREE) | RUN, KIND(FREE)},
    {"bad", offsetof(Item, bad), read_texts, KIND(FREE), KIND(FREE)},
};

/* An item while its block is read. */
typedef struct ItemIn {
    Item *item;
    bool seen[ARRAY_LEN(item_keys)];
    int lines[ARRAY_LEN(item_keys)];
} ItemIn;

static bool one_key(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    ItemIn *in = ctx;
    const char *known[ARRAY_LEN(item_keys)];
    for (size_t i = 0; i < ARRAY_LEN(item_keys); i++) {
        known[i] = item_keys[i].name;
        if (strcmp(name, item_keys[i].name) != 0) continue;
        if (in->seen[i]) return yaml_in_error(y, yaml_in_line(y, k), "%s stands twice", name);
        in->seen[i] = true;
        in->lines[i] = yaml_in_line(y, k);
        return item_keys[i].read(y, name, v, (char *)in->item + item_keys[i].field);
    }
    return yaml_in_unknown(y, k, known, ARRAY_LEN(known));
}

static bool keys_fit(const ItemIn *in, YamlIn *y) {
    unsigned kind = 1u << in->item->kind;
    const char *name = kinds[in->item->kind].name;
    for (size_t i = 0; i < ARRAY_LEN(item_keys); i++) {
        if (in->seen[i] && !(item_keys[i].have & kind))
            return yaml_in_error(y, in->lines[i], "an item of kind %s has no %s", name,
                                 item_keys[i].name);
        if (!in->seen[i] && item_keys[i].want & kind)
            return yaml_in_error(y, y->line, "this item of kind %s lacks %s", name,
                                 item_keys[i].name);
    }
    return true;
}

static bool slug(const char *s) {
    if (!islower((unsigned char)*s)) return false;
    while (islower((unsigned char)*s) || isdigit((unsigned char)*s) || *s == '-' || *s == '_') s++;
    return !*s;
}

/* Laws that a kind has beside its keys. */
static bool complete(const Item *it, YamlIn *y) {
    size_t right = 0;
    for (size_t i = 0; i < it->options.count; i++) right += it->options.items[i].right;
    if (!slug(it->id))
        return yaml_in_error(y, y->line, "id is a word of small letters, digits, - and _, not '%s'",
                             it->id);
    if (it->kind == ITEM_CHOICE && (!right || it->options.count < 2))
        return yaml_in_error(y, y->line, "a choice wants two options, one of them right");
    if (it->kind == ITEM_ORDER && it->options.count < 3)
        return yaml_in_error(y, y->line, "an order wants three steps");
    if (it->kind == ITEM_FILL && it->code && !strstr(it->code, "___"))
        return yaml_in_error(y, y->line, "a formula to fill has a gap: ___");
    return true;
}

/* ---- items ------------------------------------------------------------------------------- */

static void texts_clear(Texts *t) {
    for (size_t i = 0; i < t->count; i++) mem_free(t->items[i]);
    vec_clear(t);
}

static void pairs_clear(Pairs *p) {
    for (size_t i = 0; i < p->count; i++) {
        mem_free(p->items[i].name);
        mem_free(p->items[i].text);
    }
    vec_clear(p);
}

static void points_clear(Points *p) {
    for (size_t i = 0; i < p->count; i++) {
        mem_free(p->items[i].id);
        mem_free(p->items[i].text);
        texts_clear(&p->items[i].say);
    }
    vec_clear(p);
}

static void item_free(Item *it) {
    char *owned[] = {it->id,   it->ask,       it->why,       it->setup,  it->answer,  it->unit,
                     it->code, it->signature, it->reference, it->probes, it->solution};
    for (size_t i = 0; i < ARRAY_LEN(owned); i++) mem_free(owned[i]);
    for (size_t i = 0; i < it->options.count; i++) {
        mem_free(it->options.items[i].text);
        mem_free(it->options.items[i].why);
    }
    vec_clear(&it->options);
    texts_clear(&it->hints);
    texts_clear(&it->letters);
    texts_clear(&it->forbid);
    texts_clear(&it->subjects);
    texts_clear(&it->good);
    texts_clear(&it->bad);
    pairs_clear((Pairs *)&it->draw);
    pairs_clear((Pairs *)&it->mistakes);
    points_clear((Points *)&it->points);
    points_clear((Points *)&it->traps);
    mem_free(it);
}

/* "leak" -> "36/leak" */
static void name_item(Item *it) {
    Str id = STR_INIT;
    str_printf(&id, "%d/%s", it->lesson->number, it->id);
    mem_free(it->id);
    it->id = str_detach(&id);
}

bool items_read_one(const Lesson *l, size_t i, Items *items, Err *err) {
    const LessonQuiz *quiz = &l->quizzes.items[i];
    YamlIn y = {.path = l->path, .what = "the quiz", .line = quiz->line, .err = err};
    if (!yaml_in_open(&y, quiz->text, strlen(quiz->text))) return false;
    Item *it = mem_zero(sizeof *it);
    ItemIn in = {.item = it};
    it->lesson = l;
    it->line = quiz->line;
    bool ok = yaml_in_map(&y, y.what, yaml_in_root(&y), one_key, &in) && keys_fit(&in, &y) &&
              complete(it, &y);
    if (ok) {
        name_item(it);
        if (it->seconds == 0) it->seconds = kinds[it->kind].seconds;
        const Item *same = items_find(items, it->id);
        if (same)
            ok = yaml_in_error(&y, y.line, "%s is asked twice (first on line %d)", it->id,
                               same->line);
    }
    yaml_in_close(&y);
    if (ok)
        vec_push(&items->list, it);
    else
        item_free(it);
    return ok;
}

bool items_read(const Lesson *l, Items *items, Err *err) {
    for (size_t i = 0; i < l->quizzes.count; i++)
        if (!items_read_one(l, i, items, err)) return false;
    return true;
}

void items_clear(Items *items) {
    for (size_t i = 0; i < items->list.count; i++) item_free(items->list.items[i]);
    vec_clear(&items->list);
}

const Item *items_find(const Items *items, const char *id) {
    for (size_t i = 0; i < items->list.count; i++)
        if (strcmp(items->list.items[i]->id, id) == 0) return items->list.items[i];
    return NULL;
}
