/* Fuzz target: any bytes as a lesson file. What is read has steps and parameters that are
 * whole; what is refused says file and line. */
#include "config.h"

#include "tutor/lesson.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Lesson *l = NULL;
    Err err = {0};
    if (lesson_parse("f.md", (const char *)data, size, &l, &err)) {
        if (!l->steps.count || !l->command || !l->title) BUG("a lesson without its parts");
        for (size_t i = 0; i < l->params.count; i++) {
            Str domain = STR_INIT;
            lesson_param_domain(&l->params.items[i], &domain);
            str_clear(&domain);
        }
        lesson_free(l);
    } else if (err.kind == ERR_OK || !str_starts(err.msg, "f.md:"))
        BUG("an error without a place: %s", err.msg);
    err_clear(&err);
    return 0;
}
