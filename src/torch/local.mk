# The module torch and its parts
noinst_LIBRARIES += libqkv_torch.a
libqkv_torch_a_SOURCES = \
	%D%/autograd.c %D%/autograd.h \
	%D%/binary.c \
	%D%/create.c \
	%D%/creation.c %D%/creation.h \
	%D%/einsum.c \
	%D%/function.c \
	%D%/index.c \
	%D%/join.c \
	%D%/linalg.c \
	%D%/missing.c \
	%D%/node.c \
	%D%/order.c \
	%D%/pointwise.c \
	%D%/products.c \
	%D%/quantile.c \
	%D%/random.c \
	%D%/reduce.c \
	%D%/settings.c \
	%D%/shape.c \
	%D%/torch.c %D%/torch.h \
	%D%/unary.c \
	%D%/version.c

# What is written in the dialect: FILE.py is the module FILE
torch_PY = \
	%D%/torch._calculus.py \
	%D%/torch._decorate.py \
	%D%/torch._extra.py \
	%D%/torch._inplace.py \
	%D%/torch._scatter.py \
	%D%/torch._shape.py \
	%D%/torch.amp.autocast_mode.py \
	%D%/torch.amp.py \
	%D%/torch.autograd._gradcheck.py \
	%D%/torch.autograd.function.py \
	%D%/torch.autograd.functional.py \
	%D%/torch.autograd.py \
	%D%/torch.compiler.py \
	%D%/torch.cpu.amp.py \
	%D%/torch.cpu.py \
	%D%/torch.cuda.amp.py \
	%D%/torch.fx.py \
	%D%/torch.jit.py \
	%D%/torch.linalg._parts.py \
	%D%/torch.optim.lr_scheduler._cyclic.py \
	%D%/torch.optim.lr_scheduler.py \
	%D%/torch.optim.py \
	%D%/torch.random.py \
	%D%/torch.utils.checkpoint.py \
	%D%/torch.utils.data.py \
	%D%/torch.utils.data.sampler.py \
	%D%/torch.utils.py
EXTRA_DIST += $(torch_PY)
CLEANFILES += %D%/texts.c
nodist_libqkv_torch_a_SOURCES = %D%/texts.c
%D%/texts.c: $(torch_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) torch $(torch_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@
