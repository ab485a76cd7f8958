/* model: files of tensors. What NumPy and PyTorch wrote is read; what is written is read back and
 * is whole or absent. */
#include "config.h"

#include "check_model.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/whole.h"
#include "check_tap.h"
#include "tensor/copy.h"
#include "tensor/view.h"

/* ---- shared ---------------------------------------------------------------------------------- */

const char *ref_path(const char *name) {
    static char path[4096];
    const char *top = getenv("abs_top_srcdir");
    snprintf(path, sizeof path, "%s/tests/refs/model/%s", top ? top : ".", name);
    return path;
}

static void file_bytes(const char *path, Str *out) {
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s is missing", path);
    char buf[4096];
    for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;) str_addn(out, buf, n);
    fclose(f);
}

void ref_bytes(const char *name, Str *out) {
    file_bytes(ref_path(name), out);
}

typedef struct StrSink {
    ByteSink sink; /* first */
    Str *out;
} StrSink;

static bool str_put(ByteSink *sink, const void *bytes, size_t n, Err *err) {
    UNUSED(err);
    str_addn(((StrSink *)sink)->out, bytes, n);
    return true;
}

bool written(const TensorFormat *f, const TensorSet *set, Str *out, Err *err) {
    StrSink s = {.sink = {str_put}, .out = out};
    return f->write(&s.sink, set, err);
}

bool read_bytes(const TensorFormat *f, const void *bytes, size_t n, TensorSet *set, Err *err) {
    ByteSource src = source_memory("file", bytes, n);
    return f->read(&src, set, err);
}

Tensor *tensor_named(const TensorSet *set, const char *name) {
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->items[i].name, name) == 0) return set->items[i].t;
    ck_abort_msg("no tensor named %s", name);
    return NULL;
}

static void load_ref(const char *name, TensorSet *set) {
    Err err = {0};
    ck_assert_msg(tensors_load(ref_path(name), set, &err), "%s: %s", name, err.msg);
}

/* ---- what model.py puts into element i ------------------------------------------------------ */

typedef struct RefType {
    const char *code; /* NumPy's */
    DType dt;
} RefType;

static const RefType ref_types[] = {
    {"b1", DT_BOOL}, {"u1", DT_U8},  {"i1", DT_I8},  {"i2", DT_I16},
    {"i4", DT_I32},  {"i8", DT_I64}, {"f2", DT_F16}, {"bf2", DT_BF16},
    {"f4", DT_F32},  {"f8", DT_F64}, {"c8", DT_C64},
};

static double ref_value(DType dt, int i) {
    return dt == DT_BOOL ? i % 3 == 0 : dt == DT_U8 ? 3 * i + 1 : 3 * i - 5;
}

/* t has shape (2, 3, 4) and model.py's values, whatever its strides. */
static void check_values(const char *what, const Tensor *t, DType dt) {
    ck_assert_msg(t->dtype == dt, "%s is %s", what, dtype_name((DType)t->dtype));
    ck_assert_msg(t->ndim == 3 && t->shape[0] == 2 && t->shape[1] == 3 && t->shape[2] == 4,
                  "%s has another shape", what);
    for (int i = 0; i < 24; i++) {
        int64_t at[] = {i / 12, i / 4 % 3, i % 4};
        if (dt == DT_C64) {
            const float *c =
                (const float *)t->st->data + 2 * (t->offset + at[0] * t->stride[0] +
                                                  at[1] * t->stride[1] + at[2] * t->stride[2]);
            ck_assert_msg(c[0] == (float)(3 * i - 5) && c[1] == (float)-i, "%s[%d] is %g %g", what,
                          i, (double)c[0], (double)c[1]);
        } else
            ck_assert_msg(tensor_get_f64(t, at) == ref_value(dt, i), "%s[%d] is %g", what, i,
                          tensor_get_f64(t, at));
    }
}

/* "f4_big_C" -> DT_F32 */
static DType dtype_of_name(const char *name) {
    for (size_t i = 0; i < ARRAY_LEN(ref_types); i++) {
        size_t n = strlen(ref_types[i].code);
        if (strncmp(name, ref_types[i].code, n) == 0 && name[n] == '_') return ref_types[i].dt;
    }
    ck_abort_msg("%s names no type", name);
    return DT_COUNT;
}

/* ---- reading -------------------------------------------------------------------------------- */

START_TEST(archives_of_numpy_are_read)
{
    static const struct {
        const char *name;
        size_t count;
    } rows[] = {{"stored.npz", 34}, {"deflated.npz", 34}, {"zip64.npz", 1}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        TensorSet set = {0};
        load_ref(rows[i].name, &set);
        ck_assert_uint_eq(set.count, rows[i].count);
        for (size_t k = 0; k < set.count; k++)
            check_values(set.items[k].name, set.items[k].t, dtype_of_name(set.items[k].name));
        tensors_clear(&set);
    }
}
END_TEST

START_TEST(single_arrays_are_read)
{
    static const struct {
        const char *name, *shape;
        DType dt;
    } rows[] = {
        {"v1.npy", "(2, 3, 4)", DT_F32}, {"v2.npy", "(2, 3, 4)", DT_F32},
        {"v3.npy", "(2, 3, 4)", DT_F32}, {"fortran.npy", "(2, 3, 4)", DT_F64},
        {"scalar.npy", "()", DT_F64},    {"empty.npy", "(0, 3)", DT_I64},
        {"line.npy", "(5,)", DT_F32},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        TensorSet set = {0};
        Str shape = STR_INIT;
        load_ref(rows[i].name, &set);
        const Tensor *t = set.items[0].t;
        shape_str(&shape, t->ndim, t->shape);
        ck_assert_str_eq(str_cstr(&shape), rows[i].shape);
        ck_assert_int_eq(t->dtype, rows[i].dt);
        if (t->ndim == 3) check_values(rows[i].name, t, rows[i].dt);
        if (t->ndim == 0) ck_assert(tensor_get_f64(t, NULL) == 2.5);
        str_clear(&shape);
        tensors_clear(&set);
    }
}
END_TEST

START_TEST(fortran_order_is_a_transposed_view)
{
    TensorSet set = {0};
    load_ref("fortran.npy", &set);
    const Tensor *t = set.items[0].t;
    ck_assert_int_eq(t->stride[0], 1);
    ck_assert_int_eq(t->stride[1], 2);
    ck_assert_int_eq(t->stride[2], 6);
    tensors_clear(&set);
}
END_TEST

START_TEST(safetensors_are_read_in_their_order)
{
    TensorSet set = {0};
    load_ref("torch.safetensors", &set);
    ck_assert_uint_eq(set.count, 11);
    for (size_t i = 0; i + 1 < set.count; i++)
        check_values(set.items[i].name, set.items[i].t, dtype_of_name(set.items[i].name));
    ck_assert_str_eq(set.items[0].name, "b1_little_C");
    ck_assert_str_eq(set.items[10].name, "h.0.attn.weight");
    ck_assert_int_eq(set.items[10].t->shape[0], 0);
    tensors_clear(&set);
}
END_TEST

/* ---- writing -------------------------------------------------------------------------------- */

/* The bytes of a file that this project wrote are those of the file that NumPy wrote. */
START_TEST(an_array_is_written_as_numpy_writes_it)
{
    static const char *const names[] = {"v1.npy", "scalar.npy", "empty.npy", "line.npy"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        TensorSet set = {0};
        Str want = STR_INIT, got = STR_INIT;
        Err err = {0};
        load_ref(names[i], &set);
        ref_bytes(names[i], &want);
        ck_assert(written(&format_npy, &set, &got, &err));
        ck_assert_uint_eq(got.len, want.len);
        ck_assert_mem_eq(got.buf, want.buf, want.len);
        str_clear(&want);
        str_clear(&got);
        tensors_clear(&set);
    }
}
END_TEST

/* Every dtype; a dense, a transposed, an expanded, an empty and a 0-dim tensor of each. */
static void add_layouts(TensorSet *set, DType dt) {
    static const char *const names[] = {"dense", "turned", "wide", "empty", "scalar"};
    Tensor *ts[5] = {0};
    Err err = {0};
    ck_assert(tensor_zeros(dt, 2, (int64_t[]){3, 2}, &ts[0], &err));
    for (int i = 0; i < 6; i++) tensor_set_i64(ts[0], (int64_t[]){i / 2, i % 2}, i);
    ts[1] = tensor_view_raw(ts[0], 2, (int64_t[]){2, 3}, (int64_t[]){1, 2}, 0);
    ts[2] = tensor_view_raw(ts[0], 2, (int64_t[]){4, 2}, (int64_t[]){0, 1}, 2);
    ck_assert(tensor_zeros(dt, 3, (int64_t[]){2, 0, 5}, &ts[3], &err));
    ck_assert(tensor_scalar_f64(dt, 1, &ts[4], &err));
    for (int i = 0; i < 5; i++) {
        Str name = STR_INIT;
        str_printf(&name, "%s.%s", dtype_name(dt), names[i]);
        tensors_add_take(set, str_cstr(&name), name.len, ts[i]);
        str_clear(&name);
    }
}

static void check_same(const char *name, const Tensor *a, const Tensor *b) {
    ck_assert_msg(a->dtype == b->dtype && tensor_same_shape(a, b), "%s changed its type", name);
    Tensor *x = NULL, *y = NULL;
    Err err = {0};
    ck_assert(tensor_contiguous(a, &x, &err) && tensor_contiguous(b, &y, &err));
    size_t n = (size_t)tensor_numel(x) * dtype_size((DType)x->dtype);
    ck_assert_msg(n == 0 || memcmp(tensor_data(x), tensor_data(y), n) == 0, "%s changed", name);
    tensor_release(x);
    tensor_release(y);
}

static void check_round_trip(const TensorFormat *f, const TensorSet *set) {
    TensorSet back = {0};
    Str bytes = STR_INIT;
    Err err = {0};
    ck_assert_msg(written(f, set, &bytes, &err), "%s: %s", f->ending, err.msg);
    ck_assert_msg(read_bytes(f, bytes.buf, bytes.len, &back, &err), "%s: %s", f->ending, err.msg);
    ck_assert_uint_eq(back.count, set->count);
    for (size_t i = 0; i < set->count; i++) {
        const char *name = set->items[i].name;
        check_same(name, set->items[i].t, f->single ? back.items[0].t : tensor_named(&back, name));
    }
    tensors_clear(&back);
    str_clear(&bytes);
}

START_TEST(what_is_written_is_read_back)
{
    TensorSet every = {0}, numpys = {0};
    for (int dt = 0; dt < DT_COUNT; dt++) {
        add_layouts(&every, (DType)dt);
        if (dt != DT_BF16) add_layouts(&numpys, (DType)dt);
    }
    check_round_trip(&format_safetensors, &every);
    check_round_trip(&format_npz, &numpys);
    for (size_t i = 0; i < numpys.count; i++) {
        TensorSet one = {.items = &numpys.items[i], .count = 1};
        check_round_trip(&format_npy, &one);
    }
    TensorSet none = {0};
    check_round_trip(&format_safetensors, &none);
    check_round_trip(&format_npz, &none);
    tensors_clear(&every);
    tensors_clear(&numpys);
}
END_TEST

START_TEST(elements_begin_at_multiples_of_their_size)
{
    TensorSet set = {0};
    Str bytes = STR_INIT;
    Err err = {0};
    add_layouts(&set, DT_BOOL);
    add_layouts(&set, DT_F64);
    ck_assert(written(&format_safetensors, &set, &bytes, &err));
    ck_assert_uint_eq(le64((const uint8_t *)bytes.buf) % 8, 0);
    const char *bools = strstr(bytes.buf + 8, "\"bool.dense\""), *at = strstr(bools, "offsets");
    ck_assert_ptr_nonnull(at);
    /* behind the doubles: 6 + 6 + 8 + 0 + 1 of them */
    ck_assert_msg(str_starts(at, "offsets\":[168,174]"), "%.40s", at);
    str_clear(&bytes);
    tensors_clear(&set);
}
END_TEST

START_TEST(numpy_has_no_bfloat16)
{
    TensorSet set = {0};
    Str bytes = STR_INIT;
    Err err = {0};
    add_layouts(&set, DT_BF16);
    ck_assert(!written(&format_npz, &set, &bytes, &err));
    ck_assert_str_eq(err.msg, "bfloat16.dense is bfloat16, which NumPy's files do not have");
    ck_assert_ptr_nonnull(strstr(err.hint, "safetensors"));
    err_clear(&err);
    str_clear(&bytes);
    tensors_clear(&set);
}
END_TEST

/* ---- whole or absent ------------------------------------------------------------------------ */

static int files_in(const char *dir) {
    DIR *d = opendir(dir);
    int n = 0;
    for (struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

/* Saves over a file with its n-th system call failing, for n = 1, 2, ... until none fails. */
static void check_faults(const char *dir, const TensorFormat *f, const TensorSet *set) {
    Str path = STR_INIT;
    str_printf(&path, "%s/w%s", dir, f->ending);
    FILE *old = fopen(str_cstr(&path), "w");
    fputs("old", old);
    fclose(old);
    int n = 0;
    for (bool saved = false; !saved;) {
        Err err = {0};
        whole_fail_after(++n);
        saved = tensors_save(str_cstr(&path), set, true, &err);
        whole_fail_after(0);
        ck_assert_int_eq(files_in(dir), 1);
        if (saved) break;
        Str bytes = STR_INIT;
        ck_assert_int_eq(err.kind, ERR_OS);
        ck_assert_ptr_nonnull(strstr(err.msg, "cannot write"));
        file_bytes(str_cstr(&path), &bytes);
        ck_assert_str_eq(str_cstr(&bytes), "old");
        str_clear(&bytes);
        err_clear(&err);
    }
    ck_assert_int_ge(n, 6); /* open, two writes, fsync, close, rename have failed */
    TensorSet back = {0};
    Err err = {0};
    ck_assert(tensors_load(str_cstr(&path), &back, &err));
    tensors_clear(&back);
    unlink(str_cstr(&path));
    str_clear(&path);
}

START_TEST(a_fault_leaves_the_old_file)
{
    char dir[] = "/tmp/qkv-model-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    for (const TensorFormat *const *f = tensor_formats; *f; f++) {
        TensorSet set = {0};
        add_layouts(&set, DT_F32);
        TensorSet one = {.items = set.items, .count = 1};
        check_faults(dir, *f, (*f)->single ? &one : &set);
        tensors_clear(&set);
    }
    rmdir(dir);
}
END_TEST

START_TEST(a_file_is_replaced_only_when_asked)
{
    char dir[] = "/tmp/qkv-model-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    TensorSet set = {0};
    Err err = {0};
    Str path = STR_INIT;
    add_layouts(&set, DT_F32);
    str_printf(&path, "%s/w.npz", dir);
    ck_assert(tensors_save(str_cstr(&path), &set, false, &err));
    ck_assert(!tensors_save(str_cstr(&path), &set, false, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "exists already"));
    err_clear(&err);
    ck_assert(tensors_save(str_cstr(&path), &set, true, &err));
    interrupt_pending = 1; /* Ctrl-C: the old file stays */
    ck_assert(!tensors_save(str_cstr(&path), &set, true, &err));
    ck_assert_int_eq(err.kind, ERR_INTERRUPT);
    err_clear(&err);
    interrupt_pending = 1;
    ck_assert(!tensors_load(str_cstr(&path), &set, &err));
    ck_assert_int_eq(err.kind, ERR_INTERRUPT);
    err_clear(&err);
    ck_assert_int_eq(interrupt_pending, 0);
    ck_assert_int_eq(files_in(dir), 1);
    unlink(str_cstr(&path));
    rmdir(dir);
    str_clear(&path);
    tensors_clear(&set);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("model");
    TCase *tc = tcase_create("files");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, archives_of_numpy_are_read);
    tcase_add_test(tc, single_arrays_are_read);
    tcase_add_test(tc, fortran_order_is_a_transposed_view);
    tcase_add_test(tc, safetensors_are_read_in_their_order);
    tcase_add_test(tc, an_array_is_written_as_numpy_writes_it);
    tcase_add_test(tc, what_is_written_is_read_back);
    tcase_add_test(tc, elements_begin_at_multiples_of_their_size);
    tcase_add_test(tc, numpy_has_no_bfloat16);
    tcase_add_test(tc, a_fault_leaves_the_old_file);
    tcase_add_test(tc, a_file_is_replaced_only_when_asked);
    suite_add_tcase(s, tc);
    suite_add_tcase(s, bad_case());
    return s;
}

int main(void) {
    return check_tap(suite());
}
