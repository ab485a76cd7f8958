/* What the view tests share: tensors by formula and comparison with goldens.
 *
 * A golden is tests/golden/view/NAME.txt: the bytes that would be sent, ESC written
 * as \e. GENERATE=1 in the environment writes them anew; then read the diff.
 */
#ifndef QKV_TESTS_CHECK_VIEW_H
#define QKV_TESTS_CHECK_VIEW_H

#include <check.h>

#include "view/view.h"

/* Every element from its index. */
Tensor *tensor_by(DType dt, int ndim, const int64_t *shape, double (*f)(const int64_t *index));
#define SHAPE(...)                                                                                 \
    (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), (int64_t[]) {                       \
        __VA_ARGS__                                                                                \
    }

/* Draws v, takes it over, and compares. style NULL: no colour. */
void golden_at(const char *name, View *v, int width, const ViewStyle *style);
/* NAME-80 and NAME-40 without colour, NAME-color at 80 columns with 24 bits. */
void golden(const char *name, View *v);
/* The same of several, one under another. */
void golden_all(const char *name, View *const *views, size_t n);
/* Owned plain text of v, which is taken over. */
char *drawn(View *v, int width, const ViewStyle *style);
/* Fails if a line of text is wider than width. */
void fits(const char *text, int width);

Suite *view_matrix_suite(void);
Suite *view_text_suite(void);
Suite *view_thumbs_suite(void);
Suite *view_numbers_suite(void);

#endif
