noinst_LIBRARIES += libqkv_tensor.a
libqkv_tensor_a_SOURCES = \
	%D%/blas.h \
	%D%/matmul.h \
	%D%/repr.h \
	%D%/rng.h \
	%D%/sort.h
