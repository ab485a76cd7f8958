# torch: tensors as values, the topics' rows, torch.nn
libqkv_builtin_a_SOURCES += \
	%D%/linalg.c \
	%D%/nn.c %D%/nn.h \
	%D%/nn_activation.c \
	%D%/nn_attention.c \
	%D%/nn_conv.c \
	%D%/nn_layer.c \
	%D%/nn_loss.c \
	%D%/nn_module.c \
	%D%/np.h \
	%D%/np_binary.c \
	%D%/np_core.c \
	%D%/np_index.c \
	%D%/np_nest.c %D%/np_nest.h \
	%D%/np_pcg.c \
	%D%/np_random.c \
	%D%/np_sum.c \
	%D%/np_type.c \
	%D%/array.c %D%/array.h \
	%D%/tensor_attr.c \
	%D%/tensor_convert.c \
	%D%/tensor_data.c \
	%D%/tensor_hooks.c \
	%D%/tensor_index.c \
	%D%/tensor_legacy.c \
	%D%/tensor_ops.c \
	%D%/tensor_type.c %D%/tensor_type.h \
	%D%/torch.c %D%/torch.h \
	%D%/torch_around.c \
	%D%/torch_args.c %D%/torch_args.h \
	%D%/torch_autograd.c %D%/torch_autograd.h \
	%D%/torch_binary.c \
	%D%/torch_create.c \
	%D%/torch_einsum.c \
	%D%/torch_function.c \
	%D%/torch_index.c \
	%D%/torch_join.c \
	%D%/torch_late.c \
	%D%/torch_linalg.c \
	%D%/torch_misc.c \
	%D%/torch_missing.c \
	%D%/torch_node.c \
	%D%/torch_order.c \
	%D%/torch_pointwise.c \
	%D%/torch_quantile.c \
	%D%/torch_random.c \
	%D%/torch_reduce.c \
	%D%/torch_shape.c \
	%D%/torch_types.c %D%/torch_types.h \
	%D%/torch_unary.c \
	%D%/torch_version.c
PRELUDE_PY += \
	src/prelude/einops.layers.py \
	src/prelude/einops.layers.torch.py \
	src/prelude/einops.py \
	src/prelude/lr_scheduler.py \
	src/prelude/nn.py \
	src/prelude/nn_activation.py \
	src/prelude/nn_attention.py \
	src/prelude/nn_backward_hooks.py \
	src/prelude/nn_batchnorm.py \
	src/prelude/nn_conv.py \
	src/prelude/nn_distance.py \
	src/prelude/nn_dropout.py \
	src/prelude/nn_flatten.py \
	src/prelude/nn_lazy.py \
	src/prelude/nn_linear.py \
	src/prelude/nn_modules_lazy.py \
	src/prelude/nn_parameter.py \
	src/prelude/nn_parameter_lazy.py \
	src/prelude/nn_parametrizations.py \
	src/prelude/nn_parametrize.py \
	src/prelude/nn_normalization.py \
	src/prelude/nn_sparse.py \
	src/prelude/nn_container.py \
	src/prelude/nn_init.py \
	src/prelude/nn_loss.py \
	src/prelude/nn_masks.py \
	src/prelude/nn_module.py \
	src/prelude/nn_modules.py \
	src/prelude/nn_rnn.py \
	src/prelude/nn_transformer.py \
	src/prelude/nn_utils.py \
	src/prelude/nn_utils_norm.py \
	src/prelude/autograd.py \
	src/prelude/distributions.py \
	src/prelude/distributions_constraints.py \
	src/prelude/distributions_part.py \
	src/prelude/linalg.py \
	src/prelude/autograd_function.py \
	src/prelude/autograd_functional.py \
	src/prelude/autograd_gradcheck.py \
	src/prelude/nn_utils_rnn.py \
	src/prelude/numpy._base.py \
	src/prelude/numpy._create.py \
	src/prelude/numpy._more.py \
	src/prelude/numpy._product.py \
	src/prelude/numpy._reduce.py \
	src/prelude/numpy._shape.py \
	src/prelude/numpy._ufunc.py \
	src/prelude/numpy.linalg.py \
	src/prelude/numpy.py \
	src/prelude/numpy.random.py \
	src/prelude/numpy.testing.py \
	src/prelude/optim.py \
	src/prelude/torch_amp.py \
	src/prelude/torch_compiler.py \
	src/prelude/torch_cpu.py \
	src/prelude/torch_cpu_amp.py \
	src/prelude/torch_cuda_amp.py \
	src/prelude/torch_fx.py \
	src/prelude/torch_jit.py \
	src/prelude/torch._calculus.py \
	src/prelude/torch._extra.py \
	src/prelude/torch._nn.py \
	src/prelude/torch._scatter.py \
	src/prelude/torch._shape.py \
	src/prelude/torch.nn.functional._activation.py \
	src/prelude/torch.nn.functional._loss.py \
	src/prelude/torch.nn.functional._pool.py \
	src/prelude/torch.nn.functional._resize.py \
	src/prelude/torch.nn.functional._mha.py \
	src/prelude/torch_utils.py \
	src/prelude/torch_nn_attention.py \
	src/prelude/torch_random.py \
	src/prelude/torch_utils_checkpoint.py \
	src/prelude/torch_utils_samplers.py \
	src/prelude/nn_more_activation.py \
	src/prelude/nn_more_image.py \
	src/prelude/nn_more_loss.py \
	src/prelude/nn_modules_utils.py \
	src/prelude/lr_scheduler_cyclic.py \
	src/prelude/torch_utils_data.py

if HAVE_CHECK
check_PROGRAMS += tests/check_rows
TESTS += tests/check_rows
tests_check_rows_SOURCES = tests/check_rows.c tests/doctest.h tests/check_tap.h
tests_check_rows_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_rows_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
endif

if HAVE_CHECK
check_PROGRAMS += tests/check_unread
TESTS += tests/check_unread
EXTRA_DIST += tests/unread.txt
tests_check_unread_SOURCES = tests/check_unread.c tests/check_tap.h
tests_check_unread_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_unread_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
endif
