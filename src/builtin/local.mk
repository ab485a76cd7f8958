noinst_LIBRARIES += libqkv_builtin.a
libqkv_builtin_a_SOURCES = \
	%D%/builtin.c %D%/builtin.h \
	%D%/qkv.c %D%/qkv.h \
	%D%/qkv_attention.c \
	%D%/qkv_attn.c \
	%D%/qkv_show.c \
	%D%/qkv_layer.c \
	%D%/qkv_text.c \
	%D%/qkv_trace.c

# Python's builtins, the standard modules and the prelude
include src/builtin/core.mk

include src/builtin/torch.mk
