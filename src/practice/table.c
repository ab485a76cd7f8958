/* See table.h. */
#include "config.h"

#include "practice/table.h"

#include <stdlib.h>

#include "practice/atoms.h"
#include "practice/stem.h"
#include "tutor/yaml_in.h"

extern const char practice_concepts[]; /* made of data/concepts.yaml */

typedef struct TableIn {
    Concepts *c;
    const struct Section *section;
    int reach, rows; /* of negations; of `same` */
    const char *var;
} TableIn;

/* ---- sections ----------------------------------------------------------------------------- */

static bool text_phrase(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text, PhraseKind kind,
                        Phrase *out) {
    Atoms a = {0};
    atoms_read(in->c, text, strlen(text), true, &a);
    bool ok = atoms_phrase(&a, kind >= PHRASE_NEGATION ? FROM_GRAMMAR : FROM_ROW, out);
    atoms_clear(&a);
    return ok || yaml_in_error(y, yaml_in_line(y, n), "'%s' is no phrase of 1 to %d words", text,
                               (int)PHRASE_WORDS);
}

/* A list of words or phrases, each given to `each`. */
typedef bool (*EachText)(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text);

typedef struct TextsIn {
    TableIn *in;
    EachText each;
} TextsIn;

static bool one_text(void *ctx, YamlIn *y, yaml_node_t *n) {
    TextsIn *t = ctx;
    char *text = NULL;
    bool ok = yaml_in_text(y, "a phrase", n, &text) && t->each(t->in, y, n, text);
    mem_free(text);
    return ok;
}

static bool each_text(TableIn *in, YamlIn *y, const char *key, yaml_node_t *n, EachText each) {
    return yaml_in_list(y, key, n, one_text, &(TextsIn){in, each});
}

static bool add_phrase(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text, PhraseKind kind,
                       int means) {
    Phrase p;
    if (!text_phrase(in, y, n, text, kind, &p)) return false;
    p.means = means;
    return concepts_add_phrase(in->c, kind, &p) ||
           yaml_in_error(y, yaml_in_line(y, n), "'%s' stands in another row too", text);
}

static bool form_pair(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    TableIn *in = ctx;
    char *base = NULL;
    UNUSED(k);
    if (!yaml_in_text(y, name, v, &base)) return false;
    concepts_add_form(in->c, name, base);
    mem_free(base);
    return true;
}

static bool number_pair(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    TableIn *in = ctx;
    double number = 0;
    UNUSED(k);
    if (!yaml_in_number(y, name, v, &number)) return false;
    concepts_add_number(in->c, name, number);
    return true;
}

static bool variable_text(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text) {
    Str name = STR_INIT;
    str_printf(&name, "$%s", in->var);
    int id = concepts_id(in->c, str_cstr(&name), name.len, true);
    /* the whole spelling has a name first, so that a subscript stays with it */
    if (strchr(text, '_') && !strchr(text, ' ')) concepts_id(in->c, text, strlen(text), true);
    bool ok = add_phrase(in, y, n, text, PHRASE_VARIABLE, id);
    str_clear(&name);
    return ok;
}

static bool variable_pair(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    TableIn *in = ctx;
    UNUSED(k);
    in->var = name;
    return each_text(in, y, name, v, variable_text);
}

static bool negation_text(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text) {
    Phrase p;
    if (!text_phrase(in, y, n, text, PHRASE_NEGATION, &p)) return false;
    if (p.n == 1) concepts_mark(in->c, p.ids[0], WORD_NEGATES);
    return add_phrase(in, y, n, text, PHRASE_NEGATION, in->reach);
}

static bool negation_pair(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    TableIn *in = ctx;
    char *end;
    in->reach = (int)strtol(name, &end, 10);
    if (*end || in->reach < 1)
        return yaml_in_error(y, yaml_in_line(y, k), "negations: a reach is a number of words");
    return each_text(in, y, name, v, negation_text);
}

static bool same_row(void *ctx, YamlIn *y, yaml_node_t *n);

/* What a section is: words that get flags, phrases of a kind, or a way to read it. */
typedef struct Section {
    const char *name;
    unsigned flags;
    PhraseKind kind;
    YamlPair pair;
    YamlItem item;
} Section;

static const Section sections[] = {
    {.name = "forms", .pair = form_pair},          {.name = "numbers", .pair = number_pair},
    {.name = "short", .flags = WORD_SHORT},        {.name = "verbs", .flags = WORD_VERB},
    {.name = "breaks", .flags = WORD_BREAK},       {.name = "turns", .flags = WORD_TURN},
    {.name = "subjects", .flags = WORD_SUBJECT},   {.name = "if", .flags = WORD_IF},
    {.name = "would", .flags = WORD_WOULD},        {.name = "this", .flags = WORD_THIS},
    {.name = "variables", .pair = variable_pair},  {.name = "negations", .pair = negation_pair},
    {.name = "harmless", .kind = PHRASE_HARMLESS}, {.name = "denies", .kind = PHRASE_DENIES},
    {.name = "denied", .kind = PHRASE_DENIED},     {.name = "same", .item = same_row},
};

static bool same_text(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text) {
    char name[24];
    snprintf(name, sizeof name, "@%d", in->rows);
    int id = concepts_id(in->c, name, strlen(name), true);
    concepts_mark(in->c, id, WORD_CONCEPT);
    return add_phrase(in, y, n, text, PHRASE_SAME, id);
}

static bool same_row(void *ctx, YamlIn *y, yaml_node_t *n) {
    TableIn *in = ctx;
    in->rows++;
    return each_text(in, y, "same", n, same_text);
}

static bool flagged_text(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text) {
    Str stem = STR_INIT;
    UNUSED(y);
    UNUSED(n);
    concepts_stem(in->c, text, strlen(text), &stem);
    concepts_mark(in->c, concepts_id(in->c, str_cstr(&stem), stem.len, true), in->section->flags);
    str_clear(&stem);
    return true;
}

static bool phrase_text(TableIn *in, YamlIn *y, yaml_node_t *n, const char *text) {
    return add_phrase(in, y, n, text, in->section->kind, 0);
}

static bool section_pair(void *ctx, YamlIn *y, const char *name, yaml_node_t *k, yaml_node_t *v) {
    TableIn *in = ctx;
    const char *known[ARRAY_LEN(sections)];
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        const Section *s = &sections[i];
        known[i] = s->name;
        if (strcmp(s->name, name) != 0) continue;
        in->section = s;
        if (s->pair) return yaml_in_map(y, name, v, s->pair, in);
        if (s->item) return yaml_in_list(y, name, v, s->item, in);
        return each_text(in, y, name, v, s->flags ? flagged_text : phrase_text);
    }
    return yaml_in_unknown(y, k, known, ARRAY_LEN(known));
}

/* ---- the table ---------------------------------------------------------------------------- */

Concepts *table_read(const char *path, const char *yaml, size_t n, Err *err) {
    if (!stem_open(err)) return NULL;
    YamlIn y = {.path = path, .what = "the table", .line = 1, .err = err};
    TableIn in = {.c = concepts_new()};
    bool ok = yaml_in_open(&y, yaml, n);
    if (ok) {
        ok = yaml_in_map(&y, y.what, yaml_in_root(&y), section_pair, &in);
        yaml_in_close(&y);
    }
    if (ok) return in.c;
    concepts_free(in.c);
    return NULL;
}

Concepts *table(Err *err) {
    static Concepts *read;
    if (!read)
        read = table_read("concepts.yaml", practice_concepts, strlen(practice_concepts), err);
    return read;
}
