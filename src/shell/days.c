/* See days.h. */
#include "config.h"

#include "shell/days.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { DAY = 86400, DAY_BEGINS = 4 * 3600 };

int day_of(int64_t seconds) {
    time_t t = (time_t)(seconds - DAY_BEGINS);
    struct tm local;
    if (!localtime_r(&t, &local)) return (int)(seconds / DAY);
    struct tm date = {.tm_year = local.tm_year, .tm_mon = local.tm_mon, .tm_mday = local.tm_mday};
    return (int)(timegm(&date) / DAY);
}

int day_today(void) {
    return day_of((int64_t)time(NULL));
}

/* n digits at *p, which moves behind them and behind `after`; -1: they are not there. */
static int digits(const char **p, int n, char after) {
    int v = 0;
    for (int i = 0; i < n; i++, ++*p) {
        if (**p < '0' || **p > '9') return -1;
        v = v * 10 + (**p - '0');
    }
    if (**p != after) return -1;
    if (after) ++*p;
    return v;
}

int day_of_week(int day) {
    return (day + 3) % 7; /* 1970-01-01 was a Thursday */
}

static bool day_named(const char *text, int *day) {
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    size_t n = strlen(text);
    int today = day_today();
    bool tomorrow = strcasecmp(text, "tomorrow") == 0;
    *day = today + tomorrow;
    if (tomorrow || strcasecmp(text, "today") == 0) return true;
    for (int i = 0; i < 7; i++)
        if (n >= 3 && strncasecmp(text, names[i], n) == 0) {
            *day = today + 1 + (i - day_of_week(today) + 6) % 7;
            return true;
        }
    return false;
}

bool day_read(const char *text, int *day, Err *err) {
    if (day_named(text, day)) return true;
    const char *p = text;
    int y = digits(&p, 4, '-'), m = y < 0 ? -1 : digits(&p, 2, '-'),
        d = m < 0 ? -1 : digits(&p, 2, '\0');
    struct tm date = {.tm_year = y - 1900, .tm_mon = m - 1, .tm_mday = d};
    time_t t = d > 0 ? timegm(&date) : -1;
    bool same = d > 0 && date.tm_year == y - 1900 && date.tm_mon == m - 1 && date.tm_mday == d;
    if (!same || t < 0) {
        err_set(err, ERR_VALUE, "'%s' is no date", text);
        return err_hint(err, "a date is year-month-day, as 2026-12-05, or tomorrow, thursday");
    }
    *day = (int)(t / DAY);
    return true;
}

void day_text(int day, Str *out) {
    time_t t = (time_t)day * DAY;
    struct tm date;
    char text[32] = "?";
    if (gmtime_r(&t, &date)) strftime(text, sizeof text, "%Y-%m-%d", &date);
    str_add(out, text);
}
