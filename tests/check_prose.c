/* practice: answers in words, graded by rubrics. Every rubric of lessons/ is held against its own
 * samples and those of the other lessons. */
#include "config.h"

#include <glob.h>
#include <time.h>

#include "builtin/builtin.h"
#include "check_tap.h"
#include "practice/grade.h"
#include "practice/say.h"
#include "practice/table.h"

static Interp *in;

static void begin(void) {
    in = interp_new(&(InterpConfig){.sink = NULL});
    builtin_install(in);
    practice_install(in);
}

static void end(void) {
    interp_free(in);
}

/* ---- one way, one text --------------------------------------------------------------------- */

/* A rubric of a point, and a trap, for each way. Dropped by drop_item. */
static Item item_of(const char *const *ways, size_t n) {
    Item it = {.kind = ITEM_FREE};
    for (size_t i = 0; i < n; i++) {
        ItemPoint p = {.level = POINT_MUST};
        static char text[] = "t";
        p.text = text;
        vec_push(&p.say, mem_strdup(ways[i]));
        vec_push(&it.points, p);
        vec_push(&it.traps, p);
    }
    return it;
}

static void drop_item(Item *it) {
    for (size_t i = 0; i < it->points.count; i++) {
        mem_free(it->points.items[i].say.items[0]);
        vec_clear(&it->points.items[i].say);
    }
    vec_clear(&it->points);
    vec_clear(&it->traps);
}

/* Is the way found in the text? As a trap it is told apart from a point. */
static bool found_as(const char *way, const char *text, bool trap, char **by) {
    Item it = item_of(&way, 1);
    Asked a = {.item = &it};
    Verdict v;
    Err err = {0};
    if (!grade(&a, text, strlen(text), &v, &err)) ck_abort_msg("'%s': %s", way, err.msg);
    const PointSaid *p = trap ? &v.traps.items[0] : &v.points.items[0];
    bool met = p->met;
    if (by && met) *by = mem_strdup(p->by);
    verdict_clear(&v);
    drop_item(&it);
    return met;
}

static void hold(const char *way, const char *text, bool trap, bool wanted) {
    ck_assert_msg(found_as(way, text, trap, NULL) == wanted, "%s%s: '%s' %s", trap ? "trap " : "",
                  way, text, wanted ? "is not found" : "is found");
}

/* A formula in a sentence, each spelling in each. */
static const struct {
    const char *way, *spellings[24];
} formulas[] = {
    {"n^2*d",
     {"n^2 d",
      "n²d",
      "n² · d",
      "n*n*d",
      "d n^2",
      "O(n^2 d)",
      "O(d·n²)",
      "n squared times d",
      "n**2 * d",
      "d * n ** 2",
      "n x n x d",
      "$n^2 d$",
      "\\(n^{2} \\cdot d\\)",
      "2 n^2 d",
      "the square of the sequence length times d",
      "sequence length squared times the key width",
      "n^2 d_k",
      "T² × d",
      "n n d",
      "nnd",
      "L^2 d"}},
    {"sqrt(d_k)",
     {"sqrt(d_k)",
      "sqrt(d)",
      "√d",
      "√(d_k)",
      "√dₖ",
      "\\sqrt{d_k}",
      "$\\sqrt{d_{k}}$",
      "d**0.5",
      "d^0.5",
      "d^(1/2)",
      "d^{1/2}",
      "root d",
      "root of d",
      "the root of the key width",
      "the square root of the key dimension",
      "the square root of the dimension of the keys",
      "d to the power of one half",
      "torch.sqrt(d)",
      "math.sqrt(d_k)",
      "the root of the head size",
      "the square root of d k",
      "sqrt d",
      "Square-root of d_k"}},
    {"root_d", {"sqrt(d_k)", "√d", "the root of the key width", "d ** 0.5"}},
    {"divided root_d",
     {"QK^T/√d", "QKᵀ / sqrt(d_k)", "divided by the square root of d", "dividing by √d_k",
      "\\frac{QK^T}{\\sqrt{d_k}}", "scaled by root d", "scores over √d", "q·k/√d"}},
    {"q*k^t", {"QK^T", "QKᵀ", "Q K^T", "Q @ K.T", "Q times K transposed", "K^T Q", "Q·Kᵀ"}},
    {"4*d^2", {"4d^2", "4 d²", "4·d·d", "d_k^2 * 4", "four d squared", "2*d*2*d"}},
    {"d^2", {"4d^2", "d²", "d squared", "12 d^2"}},
    {"n^2*d+n*d^2", {"n^2 d + n d^2", "n d² + n² d", "n*d*(n + d)", "O(n²d + nd²)", "nd(n+d)"}},
    {"minus_infinity",
     {"-inf", "−∞", "minus infinity", "negative infinity", "-\\infty", "float('-inf')", "-1e9",
      "a very large negative number", "a hugely negative number", "-Infinity", "-10000"}},
    {"alpha", {"α", "alpha", "\\alpha", "Alpha"}},
    {"sum_to_one",
     {"sum to 1", "sums to one", "summing to 1.0", "adds up to one", "sum up to unity",
      "sum exactly to 1"}},
    {"1000", {"1,000", "1000", "a thousand", "1000.0", "1e3"}},
    {"n/w", {"n/w", "n over w", "n divided by w", "\\frac{n}{w}", "n ÷ w"}},
    {"2*n", {"2n", "2·n", "n + n", "twice n", "2 × n"}},
};

START_TEST(formulas_have_many_spellings)
{
    for (size_t i = 0; i < ARRAY_LEN(formulas); i++)
        for (size_t k = 0; k < ARRAY_LEN(formulas[i].spellings) && formulas[i].spellings[k]; k++) {
            static const char *const frames[] = {"It is %s here.", "It is %s.",
                                                 "We have the %s, which is it."};
            for (size_t f = 0; f < ARRAY_LEN(frames); f++) {
                Str text = STR_INIT;
                const char *hole = strstr(frames[f], "%s");
                str_printf(&text, "%.*s%s%s", (int)(hole - frames[f]), frames[f],
                           formulas[i].spellings[k], hole + 2);
                hold(formulas[i].way, str_cstr(&text), false, true);
                str_clear(&text);
            }
        }
}
END_TEST

static const struct {
    const char *way, *text;
    bool found;
} said[] = {
    /* other formulas are others */
    {"n^2*d", "It costs n d^2.", false},
    {"n^2*d", "It costs n^2.", false},
    {"n^2*d", "It costs n^3 d.", false},
    {"sqrt(d_k)", "We divide by d.", false},
    {"sqrt(d_k)", "We divide by the root of n.", false},
    {"sqrt(d_k)", "It is sqrt(d_model) there.", false},
    {"sqrt(d_k)", "It is the root of the embedding size.", false},
    {"4*d^2", "It has 3 d^2 of them.", false},
    {"4*d^2", "It has d^2 of them.", false},
    {"q*k^t", "It is Q times V.", false},
    /* words and their forms */
    {"mask hide", "The masks were hiding it.", true},
    {"normalize", "It is normalised by the sum.", true},
    {"matrix", "These are two matrices of size n.", true},
    {"softmax", "Then we take the sofmax of it.", true},
    {"attention", "It is the attnetion of the model.", true},
    {"causal", "It is a casual mask.", true},
    {"self_attention", "It is self-attention.", true},
    {"weight|probability", "These are the coefficients.", true},
    {"positive", "It depends on the position of it.", false},
    {"encoder", "It is the decoder of it.", false},
    /* following each other */
    {"before_softmax mask", "The mask is added before the softmax.", true},
    {"before_softmax mask", "The mask comes before we take the softmax.", true},
    {"before_softmax mask", "The softmax comes before the mask.", false},
    {"after_softmax mask", "After the softmax comes the mask.", true},
    {"after_softmax mask", "After the mask comes the softmax.", false},
    /* forbidden */
    {"padding hide -decoder", "The padding is hidden.", true},
    {"padding hide -decoder", "The padding is hidden in the decoder.", false},
    /* two neighbouring sentences, not three */
    {"mask minus_infinity", "A mask is added. It is minus infinity there.", true},
    {"mask minus_infinity", "A mask is added. We like it so. It is minus infinity there.", false},
    {"padding hidden", "Padding has no meaning; it is hidden.", true},
    {"cost quadratic", "The cost, e.g. that of scores, is quadratic.", true},
    /* negations */
    {"scores divided", "The scores are not divided.", false},
    {"scores divided", "The scores aren't divided.", false},
    {"scores divided", "The scores are never divided by it.", false},
    {"scores divided", "We don't divide the scores.", false},
    {"scores divided", "We do not have to divide the scores.", false},
    {"hard draws", "Hard attention draws a place.", true},
    {"hard draws", "Hard attention hardly ever draws a place.", false},
    {"scores divided", "Nobody divides the scores.", false},
    {"scores divided", "No, the scores are divided.", true},
    {"scores divided", "The scores are divided, not the values.", true},
    {"scores divided", "The scores are not only divided but masked.", true},
    {"scores divided", "Not the values but the scores are divided.", true},
    {"scores divided", "It is not the case that the scores are divided.", false},
    {"scores divided", "It is not learned, and the scores are divided.", true},
    {"scores divided", "The scores are not summed because they are divided.", true},
    {"not_symmetric", "The matrix is not symmetric.", true},
    {"not_symmetric", "The matrix isn't at all symmetric.", true},
    {"not_symmetric", "The matrix is no longer symmetric.", true},
    {"not_symmetric", "The matrix is symmetric.", false},
    {"not_symmetric", "The matrix is non-symmetric.", true},
    {"not_order attention", "Attention has no notion of order.", true},
    {"not_order attention", "Attention does not know the order of its tokens.", true},
    {"not_order attention", "The order is not known to attention.", true},
    {"not_order attention", "Attention knows the order.", false},
    {"without_scale saturate", "Without the scale the softmax saturates.", true},
    {"without_scale saturate", "With the scale the softmax saturates.", false},
    {"rnn", "The RNNs are slow.", true},
    {"rnn", "It is a recurrent network.", true},
    {"softmax learn", "The softmax hardly learns.", false},
    {"hard sample", "Hard attention samples a value.", true},
    /* contrast */
    {"divided d_model", "We divide by root d rather than by d_model.", false},
    {"divided root_d", "We divide by root d rather than by d_model.", true},
    {"add position", "Instead of adding the position we rotate.", false},
    {"rotate", "Instead of adding the position we rotate.", true},
    {"add position", "Rather than rotate, we add the position.", true},
    {"rotate", "Unlike those that rotate, we add the position.", false},
    /* denials */
    {"scores masked after_softmax", "It is a mistake to mask the scores after the softmax.", false},
    {"mask after_softmax", "A common misconception is that the mask comes after the softmax.",
     false},
    {"mask after_softmax", "Some say that the mask comes after the softmax.", false},
    {"mask after_softmax", "The mask comes after the softmax. That is wrong.", false},
    {"mask after_softmax", "That the mask comes after the softmax is a myth.", false},
    {"mask after_softmax", "The mask comes after the softmax. That is what we do.", true},
    {"mask after_softmax", "It is not a mistake to mask after the softmax.", true},
};

START_TEST(words_negations_and_contrast)
{
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        hold(said[i].way, said[i].text, false, said[i].found);
}
END_TEST

/* What is only supposed steps in no trap; a trap stands in one sentence. */
START_TEST(traps_are_stepped_in_not_spoken_of)
{
    static const struct {
        const char *way, *text;
        bool found;
    } traps[] = {
        {"mask after_softmax", "The mask is applied after the softmax.", true},
        {"mask after_softmax", "If you mask after the softmax, the rows do not sum to one.", false},
        {"mask after_softmax", "Rows do not sum to one if we mask after the softmax.", false},
        {"mask after_softmax", "Masking after the softmax would break the sum.", false},
        {"mask after_softmax", "The mask is not applied after the softmax.", false},
        {"mask after_softmax", "One must never mask after the softmax.", false},
        {"mask after_softmax", "The mask is applied before the softmax, not after it.", false},
        {"mask after_softmax", "It has a mask. After the softmax comes the sum.", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(traps); i++)
        hold(traps[i].way, traps[i].text, true, traps[i].found);
}
END_TEST

/* Every frame around every word for it, plain and negated. */
START_TEST(paraphrases)
{
    static const char *const what[] = {"padding",           "the padding", "each pad token",
                                       "the filler tokens", "any [PAD]",   "padded positions"};
    static const char *const verb[] = {"hidden", "blocked", "masked out", "excluded"};
    static const char *const plain[] = {"So %s is %s.", "In an encoder %s gets %s by the mask.",
                                        "We see to it that %s is %s, whatever else comes.",
                                        "- %s must be %s\n- this is all"};
    static const char *const negated[] = {
        "So %s is not %s.", "In an encoder %s is never %s.", "It isn't true that %s gets %s.",
        "There is no case in which %s is %s.", "It is a myth that %s is %s."};
    for (size_t w = 0; w < ARRAY_LEN(what); w++)
        for (size_t v = 0; v < ARRAY_LEN(verb); v++)
            for (size_t f = 0; f < ARRAY_LEN(plain) + ARRAY_LEN(negated); f++) {
                bool is_plain = f < ARRAY_LEN(plain);
                const char *frame = is_plain ? plain[f] : negated[f - ARRAY_LEN(plain)];
                const char *one = strstr(frame, "%s"), *two = strstr(one + 2, "%s");
                Str text = STR_INIT;
                str_printf(&text, "%.*s%s%.*s%s%s", (int)(one - frame), frame, what[w],
                           (int)(two - one - 2), one + 2, verb[v], two + 2);
                hold("padding hide", str_cstr(&text), false, is_plain);
                hold("padding not_hide", str_cstr(&text), false, !is_plain);
                str_clear(&text);
            }
}
END_TEST

START_TEST(the_words_are_the_persons_own)
{
    static const struct {
        const char *way, *text, *by;
    } quoted[] = {
        {"divided root_d", "Well, they are DIVIDED by √dₖ then.", "DIVIDED by √dₖ"},
        {"mask minus_infinity", "A *mask* puts\n  −∞ there.", "mask* puts −∞"},
        {"self_attention", "It is self-attention.", "self-attention"},
    };
    for (size_t i = 0; i < ARRAY_LEN(quoted); i++) {
        char *by = NULL;
        ck_assert(found_as(quoted[i].way, quoted[i].text, false, &by));
        ck_assert_str_eq(by, quoted[i].by);
        mem_free(by);
    }
}
END_TEST

/* Whose it is: of two subjects, `rnn` and `attention`, the first is asked about. */
START_TEST(what_is_said_has_an_owner)
{
    static const struct {
        const char *text;
        bool is;
    } told[] = {
        {"An RNN takes n²·d operations.", true},
        {"Attention takes n²·d operations, the RNN n·d².", false},
        {"Attention takes n·d² operations, and the RNN takes n²·d.", true},
        {"It is n²·d for attention and n·d² for the RNN.", false},
        {"It is n·d² for attention and n²·d for an RNN.", true},
        {"Attention takes more than an RNN, namely n²·d operations.", false},
        {"Unlike an RNN, attention takes n²·d operations.", false},
        {"We look at the RNN first. It takes n²·d operations.", true},
        {"We look at the RNN first. The scores take n²·d operations.", false},
        {"n²·d operations are what an RNN takes.", true},
        {"Attention and the RNN take n²·d and n·d² operations respectively.", false},
        {"An RNN does not take n²·d operations.", false},
    };
    Item it = item_of((const char *const[]){"rnn> n^2*d"}, 1);
    vec_push(&it.subjects, mem_strdup("rnn|recurrent"));
    vec_push(&it.subjects, mem_strdup("attention"));
    for (size_t i = 0; i < ARRAY_LEN(told); i++) {
        Asked a = {.item = &it};
        Verdict v;
        Err err = {0};
        ck_assert(grade(&a, told[i].text, strlen(told[i].text), &v, &err));
        ck_assert_msg(v.points.items[0].met == told[i].is, "'%s' %s", told[i].text,
                      told[i].is ? "is not found" : "is found");
        verdict_clear(&v);
    }
    mem_free(it.subjects.items[0]);
    mem_free(it.subjects.items[1]);
    vec_clear(&it.subjects);
    drop_item(&it);
}
END_TEST

START_TEST(broken_ways_and_tables)
{
    static const char *const ways[] = {"", "  ", "a||b", "|", "-word", "__"};
    static const struct {
        const char *yaml, *says;
    } tables[] = {
        {"same: [[one two three four five six seven eight nine]]\n", "t:1: 'one two"},
        {"sames: []\n", "unknown key 'sames'"},
        {"same: [[lorem, ipsum], [dolor, lorem]]\n", "'lorem' stands in another row too"},
        {"negations: {x: [not]}\n", "a reach is a number"},
        {"numbers: {two: b}\n", "wants a number"},
        {"- a\n", "the table wants `key: value` lines"},
    };
    Err err = {0};
    Concepts *c = table(&err);
    ck_assert_msg(c != NULL, "%s", err.msg);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        Way w = {0};
        ck_assert_msg(!way_read(c, &(Subjects){.list = {0}}, ways[i], &w, &err), "'%s' is read",
                      ways[i]);
        err_clear(&err);
        way_clear(&w);
    }
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        Concepts *t = table_read("t", tables[i].yaml, strlen(tables[i].yaml), &err);
        ck_assert_msg(t == NULL, "read: %s", tables[i].yaml);
        ck_assert_msg(strstr(err.msg, tables[i].says) != NULL, "%s: %s", tables[i].yaml, err.msg);
        err_clear(&err);
    }
}
END_TEST

/* ---- the lessons' rubrics ------------------------------------------------------------------ */

typedef struct Rubric {
    Lesson *lesson;
    Items items;
} Rubric;

static VEC(Rubric) rubrics;

static void read_rubrics(void) {
    const char *top = getenv("abs_top_srcdir");
    char pattern[600];
    glob_t found;
    begin();
    snprintf(pattern, sizeof pattern, "%s/lessons/*.md", top ? top : ".");
    ck_assert(glob(pattern, 0, NULL, &found) == 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        Rubric r = {0};
        Err err = {0};
        if (!lesson_read(found.gl_pathv[i], &r.lesson, &err) ||
            !items_read(r.lesson, &r.items, &err))
            ck_abort_msg("%s", err.msg);
        vec_push(&rubrics, r);
    }
    globfree(&found);
}

static void drop_rubrics(void) {
    for (size_t i = 0; i < rubrics.count; i++) {
        items_clear(&rubrics.items[i].items);
        lesson_free(rubrics.items[i].lesson);
    }
    vec_clear(&rubrics);
    end();
}

/* Each free item of the course: items[k] of rubrics. */
#define EACH_FREE(r, k, it)                                                                        \
    for (const Rubric *r = rubrics.items; r < rubrics.items + rubrics.count; r++)                  \
        for (size_t k = 0; k < r->items.list.count; k++)                                           \
            for (const Item *it = r->items.list.items[k]; it && it->kind == ITEM_FREE; it = NULL)

static Result result_for(const Item *it, const char *answer, Str *shown) {
    Asked a;
    Verdict v;
    Err err = {0};
    if (!ask(in, it, 1, &a, &err) || !grade(&a, answer, strlen(answer), &v, &err))
        ck_abort_msg("%s: %s", it->id, err.msg);
    Result result = v.result;
    if (shown) str_add(shown, str_cstr(&v.shown));
    verdict_clear(&v);
    asked_clear(&a);
    return result;
}

static int words_of(const char *s) {
    int n = 0;
    for (bool in_word = false; *s; s++) {
        bool letter = !strchr(" \n\t", *s);
        n += letter && !in_word;
        in_word = letter;
    }
    return n;
}

static void hold_sample(const Item *it, const char *answer, bool good, const char *what, size_t i) {
    Str shown = STR_INIT;
    Result r = result_for(it, answer, &shown);
    ck_assert_msg((r == RESULT_RIGHT) == good, "%s: %s sample %zu is %s\n%s\n%s", it->id, what,
                  i + 1, result_name(r), answer, str_cstr(&shown));
    str_clear(&shown);
}

/* Answers that were written without a look at the rubrics: tests/prose/NN-good-K.txt, NN-bad-K.txt.
 */
START_TEST(strangers_answers_are_graded_rightly)
{
    const char *top = getenv("abs_top_srcdir");
    char pattern[600], id[40];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/tests/prose/*.txt", top ? top : ".");
    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 60);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        char text[4000] = "";
        FILE *f = fopen(found.gl_pathv[i], "r");
        ck_assert_ptr_nonnull(f);
        size_t n = fread(text, 1, sizeof text - 1, f);
        fclose(f);
        ck_assert(n > 0 && n < sizeof text - 1);
        snprintf(id, sizeof id, "%.2s/explain", name);
        int held = 0;
        EACH_FREE(r, k, it) {
            if (strcmp(it->id, id) != 0) continue;
            hold_sample(it, text, strstr(name, "good") != NULL, name, 0);
            held++;
        }
        ck_assert_msg(held == 1, "%s is nobody's", name);
    }
    globfree(&found);
}
END_TEST

START_TEST(samples_are_graded_as_they_say)
{
    EACH_FREE(r, k, it) {
        size_t solid = 0;
        for (size_t i = 0; i < it->points.count; i++)
            solid += it->points.items[i].level != POINT_BONUS;
        ck_assert_msg(solid >= 5 && it->traps.count >= 3 && it->good.count >= 5 &&
                          it->bad.count >= 5,
                      "%s has %zu points, %zu traps, %zu good and %zu bad samples", it->id, solid,
                      it->traps.count, it->good.count, it->bad.count);
        hold_sample(it, it->solution, true, "the model answer as", 0);
        for (size_t i = 0; i < it->good.count; i++)
            hold_sample(it, it->good.items[i], true, "good", i);
        for (size_t i = 0; i < it->bad.count; i++)
            hold_sample(it, it->bad.items[i], false, "bad", i);
        for (size_t i = 0; i < it->good.count + it->bad.count; i++) {
            size_t n = it->good.count;
            int words = words_of(i < n ? it->good.items[i] : it->bad.items[i - n]);
            ck_assert_msg(words >= 40 && words <= 160, "%s: a sample of %d words", it->id, words);
        }
    }
}
END_TEST

START_TEST(an_answer_is_not_right_elsewhere)
{
    EACH_FREE(r, k, it) {
        EACH_FREE(q, j, other) {
            if (r == q) continue;
            hold_sample(it, other->solution, false, other->id, 0);
            for (size_t i = 0; i < other->good.count; i++)
                hold_sample(it, other->good.items[i], false, other->id, i);
        }
    }
}
END_TEST

/* What says nothing: the question back, its rubric's words in a row, a sentence over and over. */
START_TEST(nothing_said_is_not_right)
{
    EACH_FREE(r, k, it) {
        Str text = STR_INIT;
        hold_sample(it, it->ask, false, "the question as", 0);
        for (size_t i = 0; i < it->points.count; i++)
            for (size_t w = 0; w < it->points.items[i].say.count; w++)
                str_printf(&text, "%s ", it->points.items[i].say.items[w]);
        for (size_t i = 0; i < text.len; i++)
            if (strchr("|_-", text.buf[i])) text.buf[i] = ' ';
        hold_sample(it, str_cstr(&text), false, "the list of words as", 0);
        for (size_t i = 0; i < it->good.count; i++) {
            const char *dot = strstr(it->good.items[i], ". ");
            str_reset(&text);
            for (int times = 0; times < 8 && dot; times++)
                str_printf(&text, "%.*s. ", (int)(dot - it->good.items[i]), it->good.items[i]);
            if (dot) hold_sample(it, str_cstr(&text), false, "one sentence as", i);
        }
        str_clear(&text);
    }
}
END_TEST

/* A right answer whose every sentence is denied. */
START_TEST(a_denied_answer_is_not_right)
{
    static const char *const denials[] = {"It is a myth that ", "It is not true that ",
                                          "It would be wrong to say that "};
    EACH_FREE(r, k, it) {
        for (size_t i = 0; i < it->good.count * ARRAY_LEN(denials); i++) {
            Str text = STR_INIT;
            const char *denial = denials[i % ARRAY_LEN(denials)];
            str_add(&text, denial);
            for (const char *s = it->good.items[i / ARRAY_LEN(denials)]; *s; s++) {
                str_addc(&text, *s);
                if (strchr(".?!;:", *s) && s[1] == ' ') str_printf(&text, " %s", denial);
            }
            hold_sample(it, str_cstr(&text), false, "denied good", i);
            str_clear(&text);
        }
    }
}
END_TEST

/* Case, the kind of quotes and dashes, and where lines end mean nothing. */
START_TEST(looks_mean_nothing)
{
    EACH_FREE(r, k, it) {
        for (size_t i = 0; i < it->good.count; i++) {
            Str loud = STR_INIT, wrapped = STR_INIT;
            for (const char *s = it->good.items[i]; *s; s++) {
                str_addc(&loud, *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s);
                str_add(&wrapped, *s == ' ' ? "\n" : *s == '\'' ? "’" : (char[]){*s, 0});
            }
            hold_sample(it, str_cstr(&loud), true, "in capitals good", i);
            hold_sample(it, str_cstr(&wrapped), true, "wrapped good", i);
            str_clear(&loud);
            str_clear(&wrapped);
        }
    }
}
END_TEST

/* ---- hostile ------------------------------------------------------------------------------- */

static uint32_t seed = 1;

static uint32_t draw(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static const char *const pieces[] = {"n^2",
                                     "√",
                                     "(",
                                     ")",
                                     "{",
                                     "}",
                                     "\\frac",
                                     "\\sqrt{",
                                     "d_k",
                                     "^",
                                     "^-1/2",
                                     "*",
                                     "/",
                                     "not ",
                                     "no ",
                                     "softmax ",
                                     "mask ",
                                     "before ",
                                     ". ",
                                     ", ",
                                     "\n\n",
                                     "\n- ",
                                     "don't ",
                                     "1,000",
                                     "1e9",
                                     "e.g. ",
                                     "É",
                                     "\xff",
                                     "\xe2\x88",
                                     "\x1b[31m",
                                     "\xe2\x80\xae",
                                     "if ",
                                     "that is wrong",
                                     "root of ",
                                     "squared ",
                                     "to the power of ",
                                     "die Maske ",
                                     "注意力",
                                     "-inf ",
                                     "_",
                                     "'",
                                     "''",
                                     "K.T",
                                     "0/0",
                                     "\t",
                                     "ﬁ",
                                     "½",
                                     "²"};

START_TEST(hostile_answers_are_read)
{
    static const char *const ways[] = {"mask before_softmax", "minus_infinity score", "n^2*d",
                                       "not_order|root_d"};
    Item it = item_of(ways, ARRAY_LEN(ways));
    for (int run = 0; run < 3000; run++) {
        Str text = STR_INIT;
        for (uint32_t n = 1 + draw(60); n > 0; n--) {
            if (draw(4))
                str_add(&text, pieces[draw(ARRAY_LEN(pieces))]);
            else
                str_addc(&text, (char)draw(256));
        }
        Asked a = {.item = &it};
        Verdict v;
        Err err = {0};
        if (grade(&a, text.buf, text.len, &v, &err)) {
            for (size_t i = 0; i < v.points.count; i++)
                ck_assert(!v.points.items[i].met || v.points.items[i].by[0]);
            verdict_clear(&v);
        }
        err_clear(&err);
        str_clear(&text);
    }
    drop_item(&it);
}
END_TEST

/* Processor time of one grading of `unit` repeated to n bytes; *read: it was. */
static double seconds_for(const Item *it, const char *unit, size_t n, bool *read) {
    Str text = STR_INIT;
    Asked a = {.item = it};
    Verdict v;
    Err err = {0};
    while (text.len < n) str_add(&text, unit);
    clock_t from = clock();
    *read = grade(&a, text.buf, n, &v, &err);
    double took = (double)(clock() - from) / CLOCKS_PER_SEC;
    if (*read) verdict_clear(&v);
    err_clear(&err);
    str_clear(&text);
    return took;
}

START_TEST(long_answers_take_no_time)
{
    const char *slower = getenv("QKV_TEST_SLOWER");
    const char *sanitized = getenv("QKV_SANITIZED");
    double times = slower                    ? strtod(slower, NULL)
                   : sanitized && *sanitized ? 8
                                             : 1; /* as limits.c has it */
    static const char *const ways[] = {"mask before_softmax score", "minus_infinity score", "n^2*d",
                                       "score mask -no"};
    Item it = item_of(ways, ARRAY_LEN(ways));
    bool read;
    seconds_for(&it, "x", 1, &read);
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        ck_assert_double_lt(seconds_for(&it, pieces[i], 1500, &read), 0.05 * times);
        ck_assert_double_lt(seconds_for(&it, pieces[i], 30000, &read), 1.0 * times);
    }
    ck_assert_double_lt(seconds_for(&it, "The mask is not score. ", 30000, &read), 1.0 * times);
    ck_assert_double_lt(seconds_for(&it, "a mask of the score is ", 30000, &read), 1.0 * times);
    ck_assert(read);
    ck_assert_double_lt(seconds_for(&it, "a mask of the score is ", 1 << 20, &read), 1.0 * times);
    ck_assert(!read);
    drop_item(&it);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("prose");
    TCase *t = tcase_create("ways");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, formulas_have_many_spellings);
    tcase_add_test(t, words_negations_and_contrast);
    tcase_add_test(t, traps_are_stepped_in_not_spoken_of);
    tcase_add_test(t, paraphrases);
    tcase_add_test(t, the_words_are_the_persons_own);
    tcase_add_test(t, what_is_said_has_an_owner);
    tcase_add_test(t, broken_ways_and_tables);
    tcase_add_test(t, hostile_answers_are_read);
    tcase_add_test(t, long_answers_take_no_time);
    suite_add_tcase(s, t);
    t = tcase_create("rubrics");
    tcase_add_checked_fixture(t, read_rubrics, drop_rubrics);
    tcase_set_timeout(t, 300);
    tcase_add_test(t, strangers_answers_are_graded_rightly);
    tcase_add_test(t, samples_are_graded_as_they_say);
    tcase_add_test(t, an_answer_is_not_right_elsewhere);
    tcase_add_test(t, nothing_said_is_not_right);
    tcase_add_test(t, a_denied_answer_is_not_right);
    tcase_add_test(t, looks_mean_nothing);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
