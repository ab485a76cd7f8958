noinst_LIBRARIES += libqkv_tensor.a
# Products, random numbers, text, order.
libqkv_tensor_a_SOURCES = \
	%D%/blas.h \
	%D%/matmul.h \
	%D%/repr.h \
	%D%/rng.h \
	%D%/sort.h

# The core: storage, views, elements, reductions, selection.
libqkv_tensor_a_SOURCES += \
	%D%/copy.h \
	%D%/create.h \
	%D%/index.h \
	%D%/join.h \
	%D%/pointwise.h \
	%D%/poll.h \
	%D%/reduce.h \
	%D%/tensor.h \
	%D%/view.h
