# The module torch and its parts
noinst_LIBRARIES += libqkv_torch.a
libqkv_torch_a_SOURCES = \
	%D%/around.c \
	%D%/autograd.c %D%/autograd.h \
	%D%/binary.c \
	%D%/create.c \
	%D%/einsum.c \
	%D%/function.c \
	%D%/index.c \
	%D%/join.c \
	%D%/late.c \
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
PRELUDE_PY += \
	%D%/autograd.py \
	%D%/autograd_function.py \
	%D%/autograd_functional.py \
	%D%/autograd_gradcheck.py \
	%D%/distributions.py \
	%D%/distributions_constraints.py \
	%D%/distributions_part.py \
	%D%/linalg.py \
	%D%/lr_scheduler.py \
	%D%/lr_scheduler_cyclic.py \
	%D%/optim.py \
	%D%/torch._calculus.py \
	%D%/torch._extra.py \
	%D%/torch._nn.py \
	%D%/torch._scatter.py \
	%D%/torch._shape.py \
	%D%/torch_amp.py \
	%D%/torch_compiler.py \
	%D%/torch_cpu.py \
	%D%/torch_cpu_amp.py \
	%D%/torch_cuda_amp.py \
	%D%/torch_fx.py \
	%D%/torch_jit.py \
	%D%/torch_random.py \
	%D%/torch_utils.py \
	%D%/torch_utils_checkpoint.py \
	%D%/torch_utils_data.py \
	%D%/torch_utils_samplers.py
