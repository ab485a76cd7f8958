/* The small objects of torch: dtypes, devices, layouts, generators, torch.Size,
 * torch.return_types, finfo and iinfo.
 */
#ifndef QKV_TENSOROBJ_TYPES_H
#define QKV_TENSOROBJ_TYPES_H

#include "eval/interp.h"
#include "value/obj.h"
#include "rng/rng.h"
#include "tensor/tensor.h"

extern Type type_dtype, type_device, type_layout, type_rng, type_size, type_finfo, type_iinfo;

/* Objects that live as long as the process start with this many references. */
enum { IMMORTAL = 1 << 30 };

/* One object per dtype, never freed: identity is equality. */
Value dtype_value(DType dt);
/* False when v is no dtype (int, float and bool, the types, count as one, as in PyTorch). */
bool value_dtype(Value v, DType *out);

/* torch.device('cpu'): the only one there is. */
Value device_cpu(void);

/* torch.default_generator, which manual_seed returns; owned. */
Value generator_default(void);

/* Accepts None, 'cpu', a device; ERR_RUNTIME for 'cuda' and the like. */
bool device_check(Value v, Err *err);
/* layout=: None and torch.strided change nothing, another is an error. */
bool layout_check(Value v, Err *err);
/* pin_memory=: True is an error, there is no CUDA. */
bool pin_memory_check(Interp *in, Value v, Err *err);

/* text as torch.__version__ is: a str that compares as a version. */
Value torch_version_new(const char *text);

/* None is the process's generator. Borrowed from v. */
bool value_rng(Value v, Rng **out, Err *err);

/* Makes torch.Size and the return_types of tuple. */
void tuple_types_install(void);
/* Puts the types and constants into the module torch. */
void torch_types_install(Interp *in, Value module);

#endif
