/* Printed tensors against the text that PyTorch gave (tests/refs/repr.txt, made by
 * repr.py beside it) and NumPy (numpy.txt), and single numbers against CPython's repr.
 */
#include "config.h"

#include <math.h>

#include "check_tap.h"
#include "repr/repr.h"

static FILE *open_ref(const char *name) {
    Str path = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    str_printf(&path, "%s/tests/refs/%s", top ? top : ".", name);
    FILE *f = fopen(str_cstr(&path), "r");
    ck_assert_msg(f != NULL, "cannot open %s", str_cstr(&path));
    str_clear(&path);
    return f;
}

static DType dtype_of(const char *tag) {
    static const char *const tags[DT_COUNT] = {"bool", "u8",   "i8",  "i16", "i32", "i64",
                                               "f16",  "bf16", "f32", "f64", "c64"};
    for (int i = 0; i < DT_COUNT; i++)
        if (strcmp(tags[i], tag) == 0) return (DType)i;
    ck_abort_msg("no dtype %s", tag);
}

/* The element `i` of repr.py's pattern(). */
static void set_pattern(Tensor *t, int64_t i) {
    double v = (double)((uint64_t)i * 2654435761u % ((uint64_t)1 << 32)) / 2147483648.0 - 1;
    if (t->dtype == DT_I64)
        ((int64_t *)tensor_data(t))[i] = i;
    else if (t->dtype == DT_BOOL)
        ((uint8_t *)tensor_data(t))[i] = v > 0;
    else
        ((float *)tensor_data(t))[i] = (float)v;
}

static void set_bits(Tensor *t, int64_t i, uint64_t bits) {
    size_t size = t->dtype == DT_C64 ? 4 : dtype_size((DType)t->dtype);
    memcpy((char *)tensor_data(t) + (size_t)i * size, &bits, size); /* little endian */
}

typedef struct Case {
    Tensor *t;
    PrintOpts o;
    char suffix[80];
    char head[200];
} Case;

static bool read_case(FILE *f, char **line, size_t *cap, Case *c) {
    while (strncmp(*line, "case ", 5) != 0)
        if (getline(line, cap, f) < 0) return false;
    char tag[8];
    int ndim, at = 0, n = 0;
    snprintf(c->head, sizeof c->head, "%s", *line);
    ck_assert_int_eq(sscanf(*line, "case %7s %d%n", tag, &ndim, &at), 2);
    int64_t shape[TENSOR_MAX_DIM];
    for (int d = 0; d < ndim; d++, at += n) {
        long long v;
        ck_assert_int_eq(sscanf(*line + at, "%lld%n", &v, &n), 1);
        shape[d] = v;
    }
    long long threshold;
    c->suffix[0] = '\0';
    ck_assert_int_ge(sscanf(*line + at, " | %d %lld %d %d %d | %79[^\n]", &c->o.precision,
                            &threshold, &c->o.edgeitems, &c->o.linewidth, &c->o.sci_mode,
                            c->suffix),
                     5);
    c->o.threshold = threshold;
    Err err = {0};
    ck_assert(tensor_empty(dtype_of(tag), ndim, shape, &c->t, &err));
    ck_assert(getline(line, cap, f) >= 0);
    int64_t count = tensor_numel(c->t) * (c->t->dtype == DT_C64 ? 2 : 1);
    bool is_pattern = strncmp(*line, "pattern", 7) == 0;
    char *p = *line;
    for (int64_t i = 0; i < count; i++) {
        if (is_pattern)
            set_pattern(c->t, i);
        else
            set_bits(c->t, i, strtoull(p, &p, 16));
    }
    return true;
}

static void torch_text(Str *out, const Case *c) {
    const char *suffix = c->suffix;
    tensor_repr(out, c->t, c->suffix[0] != '\0', &suffix, &c->o);
}

static void numpy_text(Str *out, const Case *c) {
    tensor_repr_numpy(out, c->t, strcmp(c->suffix, "repr") == 0);
}

static int check_file(const char *name, void (*print)(Str *out, const Case *c)) {
    FILE *f = open_ref(name);
    char *line = NULL;
    size_t cap = 0;
    int cases = 0;
    Case c;
    ck_assert(getline(&line, &cap, f) >= 0);
    while (read_case(f, &line, &cap, &c)) {
        Str want = STR_INIT, got = STR_INIT;
        while (getline(&line, &cap, f) >= 0 && line[0] == '>') str_add(&want, line + 1);
        print(&got, &c);
        str_addc(&got, '\n');
        ck_assert_msg(strcmp(str_cstr(&want), str_cstr(&got)) == 0, "%swanted\n%sgot\n%s", c.head,
                      str_cstr(&want), str_cstr(&got));
        str_clear(&want);
        str_clear(&got);
        tensor_release(c.t);
        cases++;
    }
    free(line);
    fclose(f);
    return cases;
}

START_TEST(prints_as_torch)
{ ck_assert_int_ge(check_file("repr.txt", torch_text), 500); }
END_TEST

START_TEST(prints_as_numpy)
{ ck_assert_int_ge(check_file("numpy.txt", numpy_text), 300); }
END_TEST

START_TEST(strides_are_followed)
{
    Err err = {0};
    Tensor *t = NULL;
    ck_assert(tensor_empty(DT_I64, 1, (int64_t[]){6}, &t, &err));
    for (int i = 0; i < 6; i++) ((int64_t *)tensor_data(t))[i] = i;
    Tensor *v = tensor_view_raw(t, 2, (int64_t[]){3, 2}, (int64_t[]){1, 3}, 0);
    Str s = STR_INIT;
    tensor_repr(&s, v, 0, NULL, NULL);
    ck_assert_str_eq(str_cstr(&s), "tensor([[0, 3],\n        [1, 4],\n        [2, 5]])");
    str_clear(&s);
    tensor_release(v);
    tensor_release(t);
}
END_TEST

/* CPython 3.11's repr of each. */
START_TEST(floats_as_python)
{
    static const struct {
        double v;
        const char *text;
    } rows[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {1e16, "1e+16"},
        {1e15, "1000000000000000.0"},
        {123456789012345680.0, "1.2345678901234568e+17"},
        {1e-4, "0.0001"},
        {1e-5, "1e-05"},
        {1.5e-7, "1.5e-07"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {9007199254740993.0, "9007199254740992.0"},
        {0x1p-44, "5.684341886080802e-14"},
        {0x1p-1074, "5e-324"},
        {0x1p100, "1.2676506002282294e+30"},
        {100.0, "100.0"},
        {(double)0.1f, "0.10000000149011612"},
        {-1.5, "-1.5"},
        {9.5367431640625e-07, "9.5367431640625e-07"},
        {0x1p-1022, "2.2250738585072014e-308"},
        {0x1p-24, "5.960464477539063e-08"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {0x1p70, "1.1805916207174113e+21"},
        {4.35, "4.35"},
        {0.3, "0.3"},
        {2.0 / 3, "0.6666666666666666"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str s = STR_INIT;
        float64_repr(&s, rows[i].v);
        ck_assert_str_eq(str_cstr(&s), rows[i].text);
        ck_assert(strtod(str_cstr(&s), NULL) == rows[i].v);
        str_clear(&s);
    }
}
END_TEST

START_TEST(float32_shortest)
{
    static const struct {
        float v;
        const char *text;
    } rows[] = {{0.1f, "0.1"},
                {1.0f / 3, "0.33333334"},
                {16777216.0f, "16777216.0"},
                {1e-5f, "1e-05"},
                {1e-45f, "1e-45"},
                {3.4028235e38f, "3.4028235e+38"},
                {0x1p-24f, "5.9604645e-08"},
                {1.17549435e-38f, "1.1754944e-38"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str s = STR_INIT;
        float32_repr(&s, rows[i].v);
        ck_assert_str_eq(str_cstr(&s), rows[i].text);
        str_clear(&s);
    }
}
END_TEST

START_TEST(profiles)
{
    PrintOpts o = {7, 7, 7, 7, 1};
    Err err = {0};
    ck_assert(print_opts_profile(&o, "short", &err));
    ck_assert(o.precision == 2 && o.edgeitems == 2 && o.threshold == 1000 && o.sci_mode == 1);
    ck_assert(print_opts_profile(&o, "full", &err));
    ck_assert(o.precision == 4 && o.threshold == INT64_MAX);
    ck_assert(!print_opts_profile(&o, "long", &err));
    ck_assert_int_eq(err.kind, ERR_VALUE);
    ck_assert_int_eq(o.precision, 4);
    err_clear(&err);
}
END_TEST

int main(void) {
    Suite *s = suite_create("tensor_repr");
    TCase *tc = tcase_create("repr");
    tcase_add_test(tc, prints_as_torch);
    tcase_add_test(tc, prints_as_numpy);
    tcase_add_test(tc, strides_are_followed);
    tcase_add_test(tc, floats_as_python);
    tcase_add_test(tc, float32_shortest);
    tcase_add_test(tc, profiles);
    suite_add_tcase(s, tc);
    return check_tap(s);
}
