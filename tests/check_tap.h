/* The main of every check_FOLDER program: runs a suite and speaks TAP.
 *
 *     int main(void) { return check_tap(suite()); }
 */
#ifndef QKV_TESTS_CHECK_TAP_H
#define QKV_TESTS_CHECK_TAP_H

#include <check.h>
#include <stdlib.h>

static int check_tap(Suite *s) {
    SRunner *sr = srunner_create(s);
    srunner_set_tap(sr, "-");
    srunner_run_all(sr, CK_SILENT);
    srunner_free(sr);
    return 0; /* the TAP lines carry the verdict */
}

#endif
