/* export: every format of every kind of view; files are whole or absent. */
#include "config.h"

#include "check_tap.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/whole.h"
#include "export/export.h"
#include "model/tensors.h"
#include "tensor/create.h"

static char dir[64];

static void begin(void) {
    snprintf(dir, sizeof dir, "/tmp/qkv-export-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void end(void) {
    char cmd[128];
    snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
    ck_assert_int_eq(system(cmd), 0);
}

static const char *path_of(const char *name) {
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static Str content(const char *path) {
    Str s = STR_INIT;
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    for (int c; (c = getc(f)) != EOF;) str_addc(&s, (char)c);
    fclose(f);
    return s;
}

static View *small(void) {
    static const float v[] = {1, 0, 0.25f, 0.75f};
    static const char *const tokens[] = {"=cmd", "a|b,\"c\""};
    Tensor *t = NULL, *mask = NULL;
    Err err = {0};
    int64_t shape[] = {2, 2};
    static const bool open[] = {true, false, true, true};
    ck_assert(tensor_from(DT_F32, 2, shape, v, &t, &err));
    ck_assert(tensor_from(DT_BOOL, 2, shape, open, &mask, &err));
    View *view = view_matrix(t, &(ViewMatrixOpts){.name = "weights",
                                                  .meaning = "softmax(q kᵀ/√8) & <b>",
                                                  .scale = VIEW_WEIGHTS,
                                                  .mask = mask,
                                                  .row_axis = "queries",
                                                  .col_axis = "keys",
                                                  .row_labels = tokens,
                                                  .row_label_count = 2,
                                                  .col_labels = tokens,
                                                  .col_label_count = 2});
    tensor_release(t);
    tensor_release(mask);
    return view;
}

static Str rendered(const char *ending, View *v, Err *err) {
    Str s = STR_INIT;
    const ExportFormat *f = export_wanted(ending, err);
    if (f) f->render(&v, 1, &(ExportOptions){0}, &s, err);
    return s;
}

static void check_text(const char *name, View *v, const char *want) {
    Err err = {0};
    Str s = rendered(name, v, &err);
    if (!strstr(str_cstr(&s), want)) ck_abort_msg("%s lacks\n%s\nin\n%s", name, want, str_cstr(&s));
    str_clear(&s);
}

START_TEST(tables_keep_every_digit)
{
    View *v = small();
    check_text("x.csv", v,
               "queries \\ "
               "keys,\"'=cmd\",\"a|b,\"\"c\"\"\"\n\"'=cmd\",1,0\n\"a|b,\"\"c\"\"\",0.25,0.75\n");
    check_text("x.tsv", v, "\n\"'=cmd\"\t1\t0\n");
    check_text("x.md", v, "| a\\|b,\"c\" | 0.25 | 0.75 |");
    check_text("x.tex", v, "\\begin{bmatrix}\n  1.00 & \\cdot \\\\\n  0.25 & 0.75\n");
    check_text("x.tex", v, "\\cellcolor[gray]{0.85}$\\cdot$");
    check_text("x.html", v, "<td class=\"m\" title=\"masked\">");
    check_text("x.html", v, "&amp; &lt;b&gt;");
    check_text("x.json", v, "\"tokens\": [");
    check_text("x.txt", v, "weights (2, 2)");
    check_text("x.svg", v, "=cmd → =cmd: 1.00");
    view_release(v);
}
END_TEST

/* Each format, twice: the same bytes. */
START_TEST(same_view_same_bytes)
{
    View *v = small();
    for (const ExportFormat *f = export_formats; f->ending; f++)
        for (int theme = 0; theme < PICTURE_THEMES; theme++) {
            Err err = {0};
            Str a = STR_INIT, b = STR_INIT;
            ExportOptions o = {.theme = (PictureTheme)theme};
            bool ok = f->render(&v, 1, &o, &a, &err) && f->render(&v, 1, &o, &b, &err);
            if (!ok && err.kind == ERR_IMPORT) {
                err_clear(&err); /* no cairo here */
                continue;
            }
            if (!ok) ck_abort_msg("%s: %s", f->ending, err.msg);
            ck_assert_uint_gt(a.len, 0);
            ck_assert_uint_eq(a.len, b.len);
            ck_assert_int_eq(memcmp(a.buf, b.buf, a.len), 0);
            str_clear(&a);
            str_clear(&b);
        }
    view_release(v);
}
END_TEST

/* Every kind of view in every format: bytes, or an error that says why not. */
START_TEST(every_view_in_every_format)
{
    static const char *const head[] = {"a", "b"}, *const cells[] = {"x", "1", "y", "2"};
    double y[] = {1, 4, 9};
    View *m = small(), *views[] = {m,
                                   view_thumbs(&m, 1, &(ViewThumbsOpts){.name = "all"}),
                                   view_table(head, 2, cells, 2, NULL),
                                   view_ledger("cost", &(ViewLedgerRow){.step = "q = x"}, 1),
                                   view_curve(&(ViewSeries){"y", NULL, y, 3, false}, 1, NULL),
                                   view_bars(head, y, 2, NULL),
                                   view_markdown("# a\n\n*b*"),
                                   view_text(STYLE_PLAIN, "a\nb"),
                                   view_note(VIEW_WARNING, "careful")};
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        for (const ExportFormat *f = export_formats; f->ending; f++) {
            Err err = {0};
            Str s = STR_INIT;
            bool ok = f->render(&views[i], 1, &(ExportOptions){0}, &s, &err);
            if (!ok && err.kind != ERR_IMPORT) {
                ck_assert_int_eq(err.kind, ERR_VALUE);
                ck_assert_ptr_nonnull(err.hint);
            }
            if (ok) ck_assert_uint_gt(s.len, 0);
            err_clear(&err);
            str_clear(&s);
        }
    for (size_t i = 0; i < ARRAY_LEN(views); i++) view_release(views[i]);
}
END_TEST

START_TEST(numbers_come_back)
{
    static const char *const files[] = {"w.npy", "w.npz", "w.safetensors"};
    View *v = small();
    Err err = {0};
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        TensorSet set = {0};
        ck_assert(export_views(path_of(files[i]), &v, 1, NULL, &err));
        ck_assert(tensors_load(path_of(files[i]), &set, &err));
        ck_assert_uint_eq(set.count, 1);
        ck_assert_double_eq(tensor_get_f64(set.items[0].t, (int64_t[]){1, 1}), 0.75);
        tensors_clear(&set);
    }
    view_release(v);
}
END_TEST

START_TEST(files_are_whole_or_absent)
{
    View *v = small();
    Err err = {0};
    const char *path = path_of("w.svg");
    ck_assert(export_views(path, &v, 1, NULL, &err));
    Str before = content(path);
    ck_assert(!export_views(path, &v, 1, NULL, &err));
    ck_assert_int_eq(err.kind, ERR_OS);
    err_clear(&err);
    for (long n = 1; n <= 5; n++) {
        whole_fail_after(n);
        ExportOptions o = {.replace = true, .theme = PICTURE_PRINT};
        bool ok = export_views(path, &v, 1, &o, &err);
        whole_fail_after(0);
        if (ok) break;
        err_clear(&err);
        Str after = content(path);
        ck_assert_uint_eq(before.len, after.len);
        ck_assert_int_eq(memcmp(before.buf, after.buf, before.len), 0);
        str_clear(&after);
    }
    ck_assert(!export_views(path_of("none/w.svg"), &v, 1, NULL, &err));
    err_clear(&err);
    str_clear(&before);
    view_release(v);
}
END_TEST

START_TEST(unknown_endings_name_all)
{
    Err err = {0};
    ck_assert_ptr_null(export_wanted("mask.docx", &err));
    for (const ExportFormat *f = export_formats; f->ending; f++)
        ck_assert_ptr_nonnull(strstr(err.hint, f->ending));
    err_clear(&err);
    ck_assert_ptr_null(export_wanted("a.b/mask", &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "its ending says no format"));
    err_clear(&err);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("export");
    TCase *c = tcase_create("export");
    tcase_add_checked_fixture(c, begin, end);
    tcase_set_timeout(c, 120);
    tcase_add_test(c, tables_keep_every_digit);
    tcase_add_test(c, same_view_same_bytes);
    tcase_add_test(c, every_view_in_every_format);
    tcase_add_test(c, numbers_come_back);
    tcase_add_test(c, files_are_whole_or_absent);
    tcase_add_test(c, unknown_endings_name_all);
    suite_add_tcase(s, c);
    return s;
}

int main(void) {
    return check_tap(suite());
}
