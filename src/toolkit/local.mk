# qkv and einops: what attention code wants beyond torch
noinst_LIBRARIES += libqkv_toolkit.a
libqkv_toolkit_a_SOURCES = \
	%D%/attention.c \
	%D%/layer_kinds.c \
	%D%/ledger.c \
	%D%/masks.c \
	%D%/qkv.c %D%/qkv.h \
	%D%/show.c \
	%D%/text.c
PRELUDE_PY += \
	%D%/einops.layers.py \
	%D%/einops.layers.torch.py \
	%D%/einops.py \
	%D%/qkv.py
