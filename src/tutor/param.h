/* A lesson's parameter as typed ("6", "1,2,4", "the cat sat") -> its checked value. */
#ifndef QKV_TUTOR_PARAM_H
#define QKV_TUTOR_PARAM_H

#include "tutor/lesson.h"

typedef struct ParamValue {
    ParamType type;
    int64_t i;         /* PT_INT, PT_BOOL */
    double f;          /* PT_FLOAT */
    char *s;           /* PT_STR, PT_CHOICE; owned */
    VEC(int64_t) ints; /* PT_INTS */
} ParamValue;

/* ERR_VALUE: "n must be int 1..64, got '99'". */
bool param_read(const LessonParam *p, const char *text, ParamValue *out, Err *err);
void param_value_clear(ParamValue *v);
/* `text=the cat sat`: do words follow a text's value, which want quotes around them all? said gets
 * the setting as it should be. */
bool param_unquoted(const Lesson *l, int nargs, char *const *args, Str *said);
/* Words among args that have no name=: the error says which parameter would take them. Always
 * false. */
bool param_unnamed(const Lesson *l, int nargs, char *const *args, Err *err);
/* Which parameter "name=value" sets, and the value within it; -1: ERR_VALUE when it is no such
 * word, ERR_NAME with the nearest parameter when there is none of the name. */
int param_index(const Lesson *l, const char *arg, const char **value, Err *err);

#endif
