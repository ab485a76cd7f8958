/* Exact decimal digits of doubles of everyday size, in 128-bit integers: what printf and strtod
 * compute with big numbers, in a fifth of the time. Each function answers false (or 0) for what
 * it does not cover; the caller then asks the C library.
 *
 *     char text[DECIMAL_TEXT];
 *     int n = decimal_fixed(v, 4, text);
 *     if (!n) n = snprintf(text, sizeof text, "%.4f", v);
 */
#ifndef QKV_BASE_DECIMAL_H
#define QKV_BASE_DECIMAL_H

#include "base/base.h"

enum { DECIMAL_TEXT = 48, DECIMAL_PLACES = 22 };

/* v * 10^places, rounded half to even on v's exact value; v >= 0, 0 <= places <= 22. */
bool decimal_scaled(double v, int places, uint64_t *out);
/* The text of printf's "%.*f", not terminated; its length, or 0. */
int decimal_fixed(double v, int places, char *text);
/* The fewest digits (15 to 17 are tried) that read back as v > 0: v = digits * 10^exp10 to the
 * nearest double. digits may end in zeros. */
bool decimal_shortest(double v, uint64_t *digits, int *exp10);

#endif
