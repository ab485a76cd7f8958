/* Bodies of str's methods, shared by the files that hold them and the one table. */
#ifndef QKV_VALUE_STR_METHODS_H
#define QKV_VALUE_STR_METHODS_H

#include "value/row.h"

bool cp_is_space(uint32_t cp);

/* str_case.c */
bool str_upper(Interp *in, Value *args, Value *out, Err *err);
bool str_lower(Interp *in, Value *args, Value *out, Err *err);
bool str_casefold(Interp *in, Value *args, Value *out, Err *err);
bool str_swapcase(Interp *in, Value *args, Value *out, Err *err);
bool str_title(Interp *in, Value *args, Value *out, Err *err);
bool str_capitalize(Interp *in, Value *args, Value *out, Err *err);
bool str_isdigit(Interp *in, Value *args, Value *out, Err *err);
bool str_isdecimal(Interp *in, Value *args, Value *out, Err *err);
bool str_isnumeric(Interp *in, Value *args, Value *out, Err *err);
bool str_isalpha(Interp *in, Value *args, Value *out, Err *err);
bool str_isalnum(Interp *in, Value *args, Value *out, Err *err);
bool str_isspace(Interp *in, Value *args, Value *out, Err *err);
bool str_isascii(Interp *in, Value *args, Value *out, Err *err);
bool str_isprintable(Interp *in, Value *args, Value *out, Err *err);
bool str_isupper(Interp *in, Value *args, Value *out, Err *err);
bool str_islower(Interp *in, Value *args, Value *out, Err *err);
bool str_istitle(Interp *in, Value *args, Value *out, Err *err);
bool str_isidentifier(Interp *in, Value *args, Value *out, Err *err);

/* str_split.c */
bool str_split_method(Interp *in, Value *args, Value *out, Err *err);
bool str_rsplit(Interp *in, Value *args, Value *out, Err *err);
bool str_splitlines(Interp *in, Value *args, Value *out, Err *err);
bool str_partition(Interp *in, Value *args, Value *out, Err *err);
bool str_rpartition(Interp *in, Value *args, Value *out, Err *err);
bool str_join(Interp *in, Value *args, Value *out, Err *err);
bool str_strip(Interp *in, Value *args, Value *out, Err *err);
bool str_lstrip(Interp *in, Value *args, Value *out, Err *err);
bool str_rstrip(Interp *in, Value *args, Value *out, Err *err);

#endif
