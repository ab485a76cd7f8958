# Tensors as values, and what bodies in C take and give
noinst_LIBRARIES += libqkv_tensorobj.a
libqkv_tensorobj_a_SOURCES = \
	%D%/args.c %D%/args.h \
	%D%/array.c %D%/array.h \
	%D%/attr.c \
	%D%/convert.c \
	%D%/data.c \
	%D%/device.c \
	%D%/dtype.c \
	%D%/generator.c \
	%D%/hooks.c \
	%D%/index.c \
	%D%/item.c \
	%D%/legacy.c \
	%D%/operators.c \
	%D%/size.c \
	%D%/slots.c \
	%D%/tensorobj.c %D%/tensorobj.h \
	%D%/types.c %D%/types.h
