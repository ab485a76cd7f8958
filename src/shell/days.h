/* Calendar days of the person, as whole numbers counted from 1970-01-01. */
#ifndef QKV_SHELL_DAYS_H
#define QKV_SHELL_DAYS_H

#include "base/err.h"
#include "base/str.h"

/* The day of a time (seconds since 1970); it begins at four in the morning, so that an evening that
 * ends late is one day. */
int day_of(int64_t seconds);
int day_today(void);
/* "2026-12-05", today, tomorrow, or the next day of that name (thursday, thu): "thursday" on a
 * Thursday is in a week. ERR_VALUE: it is no date. */
bool day_read(const char *text, int *day, Err *err);
void day_text(int day, Str *out); /* "2026-12-05", appended */
int day_of_week(int day);         /* Monday 0 */

#endif
