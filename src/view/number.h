/* Numbers as people read them: 4,344; 1.2 K; 0.4 µs. All append to a Str. */
#ifndef QKV_VIEW_NUMBER_H
#define QKV_VIEW_NUMBER_H

#include "base/str.h"

/* Rounded to a whole number, with thousands separators. */
void number_grouped(Str *out, double v);
/* Exact with separators up to 999,999,999, then "1.23 G", T, P of 1000. */
void number_count(Str *out, double v);
/* Exact below 1024, then "1.2 K", M, G, T, P of 1024. */
void number_bytes(Str *out, double v);
/* "0.4 µs", "12.3 ms", "1.23 s". */
void number_time(Str *out, int64_t ns);
/* Three digits of a time: "12.3 µs", "412 ns". */
void number_duration(Str *out, double ns);
/* Shortest text that tells an axis's tick from its neighbours `step` away. */
void number_tick(Str *out, double v, double step);
/* With an exponent of its own: "1.2e-8". */
void number_exponent(Str *out, double v, int decimals);
/* With that many decimals; one that would read as 0 and is not, or is 1e8 and more, has an exponent
 * of its own: "0.01", "1e-8", "3.0e9". Also "nan", "inf", "-inf", and "-0" as "0". */
#define NUMBER_FIXED_END 1e8
void number_fixed(Str *out, double v, int decimals);
/* Decimals that show three significant digits of the greatest magnitude, 1 to 6;
 * 0 for whole numbers, 2 for tenths too. */
int number_decimals(double greatest, bool whole);

#endif
