/* The dict type over dict.h: updating from anything, and the live views.
 *
 *     if (!dict_update(in, dict_of(d), other, err)) ...
 */
#ifndef QKV_VALUE_DICTOBJ_H
#define QKV_VALUE_DICTOBJ_H

#include "value/row.h"
#include "value/obj.h"

extern Type type_dict_keys, type_dict_values, type_dict_items, type_dict_iter;

/* From a dict, anything with keys(), or an iterable of pairs. */
bool dict_update(Interp *in, Dict *d, Value from, Err *err);
/* d[key], then __missing__ of a subclass, then KeyError. *out is owned. */
bool dict_lookup(Interp *in, Value dict, Value key, Value *out, Err *err);
/* KeyError(text). Always false. */
bool raise_key_text(Interp *in, const char *text, Err *err);
/* A dict to read. */
Value dict_proxy_new(Value dict);
extern Type type_dict_proxy;

extern const NativeRow dict_methods[], dict_keys_methods[];
typedef enum DictPart { DICT_KEYS, DICT_VALUES, DICT_ITEMS } DictPart;
Value dict_view_new(Value dict, DictPart part);
Value dict_iter_new(Value dict, DictPart part, bool reversed);

#endif
