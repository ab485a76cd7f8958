/* model: files that are damaged or meant to harm give a clear error, and no memory beyond the
 * limit is taken. */
#include "config.h"

#include "check_model.h"
#include "model/inflate.h"

/* ---- headers of .npy ------------------------------------------------------------------------ */

/* A version 1 file with this dict and n zero bytes behind it. */
static void npy_with(const char *dict, size_t n, Str *out) {
    str_addn(out, "\x93NUMPY\1\0", 8);
    str_addc(out, (char)(strlen(dict) & 255));
    str_addc(out, (char)(strlen(dict) >> 8));
    str_add(out, dict);
    str_fill(out, '\0', n);
}

static void expect_bad(const TensorFormat *f, const Str *bytes, const char *part) {
    TensorSet set = {0};
    Err err = {0};
    ck_assert_msg(!read_bytes(f, bytes->buf, bytes->len, &set, &err), "accepted: %s", part);
    ck_assert_msg(err.kind == ERR_VALUE || err.kind == ERR_MEMORY || err.kind == ERR_RUNTIME, "%s",
                  err_kind_name(err.kind));
    ck_assert_msg(strstr(err.msg, part) != NULL, "wanted '%s', got '%s'", part, err.msg);
    err_clear(&err);
    tensors_clear(&set);
}

#define D "'descr': '<f4', "
#define O "'fortran_order': False, "

START_TEST(bad_headers_of_npy)
{
    static const struct {
        const char *dict;
        size_t n;
        const char *part;
    } rows[] = {
        {"", 0, "byte 0 of its header should begin a dict"},
        {"{}", 0, "each of 'descr', 'fortran_order' and 'shape' once"},
        {"{" D O "'shape': (2,), }x", 8, "nothing behind the dict"},
        {"{" D D O "'shape': (2,)}", 8, "once"},
        {"{" D O "'shape': (2,), 'more': 1}", 8, "once"},
        {"{" D O "'shape': 2}", 8, "a shape in parentheses"},
        {"{" D O "'shape': (-2,)}", 8, "a size that is a whole number"},
        {"{" D O "'shape': (2.5,)}", 8, "a comma or )"},
        {"{" D O "'shape': (2", 8, "a comma or )"},
        {"{" D O "'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}", 4, "at most 16 dimensions"},
        {"{" D O "'shape': (99999999999999999999,)}", 8, "63 bits"},
        {"{'descr': [('a', '<f4')], " O "'shape': (2,)}", 8, "not a record of several"},
        {"{'descr': '<f4, " O "'shape': (2,)}", 8, "a comma or }"},
        {"{'descr': 3, " O "'shape': (2,)}", 8, "a text in quotes"},
        {"{" D "'fortran_order': 0, 'shape': (2,)}", 8, "True or False"},
        {"{'descr': '<f3', " O "'shape': (2,)}", 8, "no type for NumPy's '<f3'"},
        {"{'descr': '=f4', " O "'shape': (2,)}", 8, "no type for NumPy's '=f4'"},
        {"{'descr': '|f4', " O "'shape': (2,)}", 8, "no type for NumPy's '|f4'"},
        {"{'descr': '<f\0', " O "'shape': (2,)}", 8, "a closing quote"},
        {"{'descr': '|O', " O "'shape': (2,)}", 8, "no type for NumPy's '|O'"},
        {"{'descr': '<V2', " O "'shape': (2,)}", 8, "no type for NumPy's '<V2'"},
        {"{" D O "'shape': (3,)}", 8, "shape (3,) of float32 takes 12 bytes, but 8 follow"},
        {"{" D O "'shape': (1,)}", 8, "shape (1,) of float32 takes 4 bytes, but 8 follow"},
        {"{" D O "'shape': (1000000, 1000000)}", 8, "takes 4000000000000 bytes, but 8 follow"},
        {"{" D O "'shape': (4294967296, 4294967296)}", 0, "but 0 follow the header"},
        {"{" D O "'shape': (0, 4294967296, 4294967296)}", 0, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str bytes = STR_INIT;
        npy_with(rows[i].dict, rows[i].n, &bytes);
        expect_bad(&format_npy, &bytes, rows[i].part);
        str_clear(&bytes);
    }
}
END_TEST

START_TEST(odd_headers_of_npy_that_are_right)
{
    static const char *const dicts[] = {
        "{'shape':(2L,),'fortran_order':True,\"descr\":\"<f4\"}",
        "  { 'shape' : ( 1 , 2 ) , 'fortran_order' : False , 'descr' : '>f4' , }  \n",
        "{" D O "'shape': (8, 0, 3)}",
    };
    for (size_t i = 0; i < ARRAY_LEN(dicts); i++) {
        Str bytes = STR_INIT;
        TensorSet set = {0};
        Err err = {0};
        npy_with(dicts[i], i < 2 ? 8 : 0, &bytes);
        ck_assert_msg(read_bytes(&format_npy, bytes.buf, bytes.len, &set, &err), "%s", err.msg);
        tensors_clear(&set);
        str_clear(&bytes);
    }
}
END_TEST

START_TEST(arrays_of_numpy_that_no_tensor_can_be)
{
    static const struct {
        const char *name, *part;
    } rows[] = {{"record.npy", "not a record of several"},
                {"uint16.npy", "no type for NumPy's '<u2'"},
                {"text.npy", "no type for NumPy's '<U2'"}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str bytes = STR_INIT;
        ref_bytes(rows[i].name, &bytes);
        expect_bad(&format_npy, &bytes, rows[i].part);
        str_clear(&bytes);
    }
}
END_TEST

/* ---- headers of safetensors ----------------------------------------------------------------- */

static void safetensors_with(const char *json, size_t n, Str *out) {
    uint8_t len[8];
    le_put(len, strlen(json), 8);
    str_addn(out, (const char *)len, 8);
    str_add(out, json);
    str_fill(out, '\0', n);
}

#define ST(dtype, shape, offsets)                                                                  \
    "{\"dtype\":" dtype ",\"shape\":" shape ",\"data_offsets\":" offsets "}"

START_TEST(bad_headers_of_safetensors)
{
    static const struct {
        const char *json;
        size_t n;
        const char *part;
    } rows[] = {
        {"", 0, "no JSON object"},
        {"[]", 0, "no JSON object"},
        {"{", 0, "not a readable safetensors file"},
        {"{\"a\":1,\"a\":2}", 0, "duplicate object key"},
        {"{\"a\":[[[[[]]]]]}", 0, "nested too deep"},
        {"{\"a\":1}", 0, "'a' is described by no object"},
        {"{\"a\":{}}", 0, "'a' has no dtype"},
        {"{\"a\":" ST("\"F8_E4M3\"", "[1]", "[0,1]") "}", 1, "of type F8_E4M3"},
        {"{\"a\":" ST("7", "[1]", "[0,1]") "}", 1, "has no dtype"},
        {"{\"a\":" ST("\"F32\"", "1", "[0,4]") "}", 4, "has no shape"},
        {"{\"a\":" ST("\"F32\"", "[-1]", "[0,4]") "}", 4, "no whole number"},
        {"{\"a\":" ST("\"F32\"", "[1.0]", "[0,4]") "}", 4, "no whole number"},
        {"{\"a\":" ST("\"F32\"", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,4]") "}", 4,
         "too deep"},
        {"{\"a\":" ST("\"F32\"", "[1]", "[4,0]") "}", 4, "data_offsets [begin, end]"},
        {"{\"a\":" ST("\"F32\"", "[1]", "[-4,0]") "}", 4, "data_offsets [begin, end]"},
        {"{\"a\":" ST("\"F32\"", "[1]", "[0,4,8]") "}", 4, "data_offsets [begin, end]"},
        {"{\"a\":" ST("\"F32\"", "[1]", "\"0-4\"") "}", 4, "data_offsets [begin, end]"},
        {"{\"a\":" ST("\"F32\"", "[2]", "[0,4]") "}", 4, "do not fill"},
        {"{\"a\":" ST("\"F32\"", "[4611686018427387904,4]", "[0,0]") "}", 0, "do not fill"},
        {"{\"a\":" ST("\"F32\"", "[1]", "[0,4]") "}", 3, "'a' ends behind the file"},
        {"{\"a\":" ST("\"F32\"", "[1]", "[0,4]") "}", 5, "belong to no tensor"},
        {"{\"a\":" ST("\"F32\"", "[1]", "[4,8]") "}", 8, "'a' leaves a gap"},
        {"{\"a\":" ST("\"F32\"", "[2]", "[0,8]") ",\"b\":" ST("\"F32\"", "[1]", "[4,8]") "}", 8,
         "'b' overlaps"},
        {"{\"a\":" ST("\"F32\"", "[250000000000]", "[0,1000000000000]") "}", 8, "ends behind"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str bytes = STR_INIT;
        safetensors_with(rows[i].json, rows[i].n, &bytes);
        expect_bad(&format_safetensors, &bytes, rows[i].part);
        str_clear(&bytes);
    }
    Str bytes = STR_INIT;
    str_addn(&bytes, "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10);
    expect_bad(&format_safetensors, &bytes, "longer than the file");
    str_clear(&bytes);
}
END_TEST

/* ---- any file, cut and changed -------------------------------------------------------------- */

static const char *const whole_files[] = {"v1.npy",    "v2.npy",   "fortran.npy",
                                          "zip64.npz", "line.npy", "torch.safetensors"};

START_TEST(every_cut_is_noticed)
{
    for (size_t i = 0; i < ARRAY_LEN(whole_files); i++) {
        const TensorFormat *f = tensors_format(whole_files[i]);
        Str bytes = STR_INIT;
        ref_bytes(whole_files[i], &bytes);
        for (size_t n = 0; n < bytes.len; n++) {
            Str part = STR_INIT;
            str_addn(&part, bytes.buf, n); /* a copy, so that a sanitizer sees its end */
            expect_bad(f, &part, "file");
            str_clear(&part);
        }
        str_clear(&bytes);
    }
}
END_TEST

/* Each bit turned: an error, or tensors; and in a zip archive's contents always an error. */
START_TEST(every_turned_bit_is_survived)
{
    for (size_t i = 0; i < ARRAY_LEN(whole_files); i++) {
        const TensorFormat *f = tensors_format(whole_files[i]);
        Str bytes = STR_INIT;
        ref_bytes(whole_files[i], &bytes);
        for (size_t bit = 0; bit < bytes.len * 8; bit++) {
            TensorSet set = {0};
            Err err = {0};
            bytes.buf[bit / 8] ^= (char)(1 << bit % 8);
            bool ok = read_bytes(f, bytes.buf, bytes.len, &set, &err);
            bytes.buf[bit / 8] ^= (char)(1 << bit % 8);
            ck_assert(ok == (err.kind == ERR_OK));
            size_t at = bit / 8, contents = 30 + strlen("f4_little_C.npy") + 20;
            if (f == &format_npz && at >= contents && at < contents + 224)
                ck_assert_msg(!ok, "bit %zu went unnoticed", bit);
            tensors_clear(&set);
            err_clear(&err);
        }
        str_clear(&bytes);
    }
}
END_TEST

/* ---- archives ------------------------------------------------------------------------------- */

START_TEST(bad_archives)
{
    static const struct {
        int at; /* byte of zip64.npz (negative: from its end) that becomes `to` */
        int to;
        const char *part;
    } rows[] = {
        {0, 'X', "is not where the directory says"},
        {-22, 'X', "has no directory at its end"},
        {-18, 1, "several disks"},
        {-22 - 20 + 15, 1, "zip64 record lies outside"},
        {-22 - 20 - 56, 'X', "zip64 record is damaged"},
        {-22 - 20 - 56 + 32, 2, "count is wrong"},
        {-22 - 20 - 56 + 55, 1, "directory lies outside"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Str bytes = STR_INIT;
        ref_bytes("zip64.npz", &bytes);
        size_t at = rows[i].at < 0 ? bytes.len - (size_t)-rows[i].at : (size_t)rows[i].at;
        bytes.buf[at] = (char)rows[i].to;
        expect_bad(&format_npz, &bytes, rows[i].part);
        str_clear(&bytes);
    }
}
END_TEST

/* The directory of stored.npz changed at `field` of its first record. */
static void expect_bad_record(size_t field, int to, const char *part) {
    Str bytes = STR_INIT;
    ref_bytes("stored.npz", &bytes);
    size_t at = le32((uint8_t *)bytes.buf + bytes.len - 22 + 16);
    bytes.buf[at + field] = (char)to;
    expect_bad(&format_npz, &bytes, part);
    str_clear(&bytes);
}

START_TEST(bad_members)
{
    expect_bad_record(0, 'X', "directory is damaged");
    expect_bad_record(8, 1, "is encrypted");
    expect_bad_record(10, 12, "compressed in a way that is not known");
    expect_bad_record(10, 8, "compressed data are damaged");
    expect_bad_record(16, 0, "checksum is wrong");
    expect_bad_record(24, 1, "sizes that cannot be");
    expect_bad_record(23, 127, "lies outside");
    expect_bad_record(45, 127, "lies outside");
    expect_bad_record(46, 27, "no plain text");
    expect_bad_record(47, 200, "no plain text");
    expect_bad_record(46 + 12, 'X', "is no .npy array");
}
END_TEST

START_TEST(a_name_that_is_there_twice)
{
    TensorSet set = {0};
    Str bytes = STR_INIT;
    Err err = {0};
    for (int i = 0; i < 2; i++) {
        Tensor *t = NULL;
        ck_assert(tensor_scalar_f64(DT_F32, 1, &t, &err));
        tensors_add_take(&set, "q", 1, t);
    }
    ck_assert(written(&format_npz, &set, &bytes, &err));
    expect_bad(&format_npz, &bytes, "'q.npy' is there twice");
    str_clear(&bytes);
    tensors_clear(&set);
}
END_TEST

/* ---- memory --------------------------------------------------------------------------------- */

/* Files as large as they say, read under a limit that they pass. */
START_TEST(the_memory_limit_comes_before_the_memory)
{
    static const char *const files[] = {"v1.npy", "stored.npz", "deflated.npz",
                                        "torch.safetensors"};
    size_t limit = memory_limit();
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        Str bytes = STR_INIT;
        ref_bytes(files[i], &bytes);
        memory_limit_set(64);
        expect_bad(tensors_format(files[i]), &bytes, "the limit is");
        memory_limit_set(limit);
        str_clear(&bytes);
    }
}
END_TEST

/* A header of brackets and commas: refused before the JSON parser makes a tree of it. */
START_TEST(a_header_cannot_grow)
{
    static const char *const units[] = {"[[],", "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"};
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        Str json = STR_INIT, bytes = STR_INIT;
        str_add(&json, "{\"a\":{\"b\":");
        while (json.len < 1 << 20) str_add(&json, units[i]);
        safetensors_with(str_cstr(&json), 0, &bytes);
        expect_bad(&format_safetensors, &bytes, "nested too deep");
        str_clear(&json);
        str_clear(&bytes);
    }
    Str json = STR_INIT, bytes = STR_INIT;
    str_fill(&json, ' ', 17 << 20);
    safetensors_with(str_cstr(&json), 0, &bytes);
    expect_bad(&format_safetensors, &bytes, "longer than 16 MiB");
    str_clear(&json);
    str_clear(&bytes);
}
END_TEST

START_TEST(paths_that_are_no_files_of_tensors)
{
    static const struct {
        const char *path;
        ErrKind kind;
        const char *part;
    } rows[] = {
        {"/nowhere/x.npy", ERR_FILENOTFOUND, "cannot read"},
        {"x.txt", ERR_VALUE, "not a kind of file that holds tensors"},
        {".npy", ERR_VALUE, "not a kind of file that holds tensors"},
    };
    TensorSet set = {0};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        Err err = {0};
        ck_assert(!tensors_load(rows[i].path, &set, &err));
        ck_assert_int_eq(err.kind, rows[i].kind);
        ck_assert_msg(strstr(err.msg, rows[i].part) != NULL, "%s", err.msg);
        err_clear(&err);
        ck_assert(!tensors_save(rows[i].path, &set, false, &err));
        err_clear(&err);
    }
}
END_TEST

TCase *bad_case(void) {
    TCase *tc = tcase_create("bad files");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, bad_headers_of_npy);
    tcase_add_test(tc, odd_headers_of_npy_that_are_right);
    tcase_add_test(tc, arrays_of_numpy_that_no_tensor_can_be);
    tcase_add_test(tc, bad_headers_of_safetensors);
    tcase_add_test(tc, every_cut_is_noticed);
    tcase_add_test(tc, every_turned_bit_is_survived);
    tcase_add_test(tc, bad_archives);
    tcase_add_test(tc, bad_members);
    tcase_add_test(tc, a_name_that_is_there_twice);
    tcase_add_test(tc, the_memory_limit_comes_before_the_memory);
    tcase_add_test(tc, a_header_cannot_grow);
    tcase_add_test(tc, paths_that_are_no_files_of_tensors);
    return tc;
}
