/* Arithmetic of int, float and bool, shared by their types' slots, the VM's general
 * path and the builtins. Ints have 64 bits: a result that does not fit is an
 * OverflowError that says so.
 *
 *     Value v;
 *     if (!int_binary(OP_FLOORDIV, a, b, &v, err)) ...
 */
#ifndef QKV_VALUE_NUMBER_H
#define QKV_VALUE_NUMBER_H

#include "value/value.h"

/* OP_ADD..OP_RSHIFT and the comparisons; *out = VALUE_NOTIMPL for other operators.
 * int / int and int ** negative give floats. ZeroDivisionError, OverflowError, ValueError. */
bool int_binary(Op op, int64_t a, int64_t b, Value *out, Err *err);
bool float_binary(Op op, double a, double b, Value *out, Err *err);
/* What a comparison says of operands that stand in `order` (-1, 0, 1). False: op is none. */
bool order_answers(Op op, int order, Value *out);
bool int_pow_mod(int64_t a, int64_t b, int64_t mod, int64_t *out, Err *err);

/* An overflow of `what` ("9223372036854775807 + 1"). Returns false. */
bool int_overflow(Err *err, const char *fmt, ...) COLD PRINTF_LIKE(2, 3);
/* A float with an integral value; OverflowError, ValueError for inf, nan and big ones. */
bool int_from_float(double v, int64_t *out, Err *err);
/* Rounds half to even at `digits` decimals (negative: tens, hundreds). */
double float_round(double v, int digits);

/* *is_index = false (no error) when v is neither int nor has __index__. */
bool index_try(Interp *in, Value v, int64_t *out, bool *is_index, Err *err);

/* Python's hashes: hash(1) == hash(1.0) == hash(True). */
uint64_t int_hash(int64_t v);
uint64_t float_hash(double v);

/* Decimal digits; str_printf is five times slower. */
void int_repr(Str *out, int64_t v);
/* Text of an int literal (sign, whitespace, underscores; base 0 reads prefixes). 0: not one,
 * 1: fine, -1: more than 64 bits. */
int int_parse(const char *s, size_t n, int base, int64_t *out);
bool float_parse(const char *s, size_t n, double *out);
/* Digits and spaces of other scripts as plain ones; false, and *out untouched, without any. */
bool number_plain_text(const char *s, size_t n, Str *out);
/* Python's float.hex and float.fromhex. */
void float_hex(double v, Str *out);
bool float_from_hex(const char *s, size_t n, double *out, Err *err);
/* complex("1+2j") */
bool complex_parse(const char *s, size_t n, double *re, double *im);

#endif
