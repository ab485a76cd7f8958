# qkv and einops: what attention code wants beyond torch
noinst_LIBRARIES += libqkv_toolkit.a
libqkv_toolkit_a_SOURCES = \
	%D%/attention.c \
	%D%/files.c \
	%D%/layer_kinds.c \
	%D%/ledger.c \
	%D%/masks.c \
	%D%/qkv.c %D%/qkv.h \
	%D%/show.c \
	%D%/text.c

# What is written in the dialect: FILE.py is the module FILE
toolkit_PY = \
	%D%/einops.layers.py \
	%D%/einops.layers.torch.py \
	%D%/einops.py \
	%D%/qkv.py \
	%D%/safetensors.py \
	%D%/safetensors.torch.py \
	%D%/tqdm.auto.py \
	%D%/tqdm.autonotebook.py \
	%D%/tqdm.notebook.py \
	%D%/tqdm.py \
	%D%/tqdm.std.py
EXTRA_DIST += $(toolkit_PY)
CLEANFILES += %D%/texts.c
nodist_libqkv_toolkit_a_SOURCES = %D%/texts.c
%D%/texts.c: $(toolkit_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) toolkit $(toolkit_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@
