noinst_LIBRARIES += libqkv_tensor.a
# What a tensor is: storage, views, dtypes; making, copying, joining.
libqkv_tensor_a_SOURCES = \
	%D%/convert.c %D%/convert.h \
	%D%/copy.c %D%/copy.h \
	%D%/create.c %D%/create.h \
	%D%/dtype.c \
	%D%/fits.c \
	%D%/half.h \
	%D%/interrupt.h \
	%D%/iter.c %D%/iter.h \
	%D%/join.c %D%/join.h \
	%D%/shape.c %D%/shapetext.h \
	%D%/storage.c \
	%D%/tensor.h \
	%D%/window.c %D%/window.h \
	%D%/view.c %D%/view.h

# Element by element.
libqkv_tensor_a_SOURCES += \
	%D%/binary.c \
	%D%/ewise.c %D%/ewise.h \
	%D%/map.c %D%/map.h \
	%D%/pointwise.h \
	%D%/ternary.c \
	%D%/unary.c \
	%D%/vmath.h %D%/vpair.h

# Along dimensions: sums and their kin, softmax, order.
libqkv_tensor_a_SOURCES += \
	%D%/argreduce.c \
	%D%/cumulate.c \
	%D%/dim_lines.c %D%/dim_lines.h \
	%D%/float_sum.c %D%/float_sum.h %D%/float_sum_plane.h %D%/float_sum_rows.h \
	%D%/layer_row.c %D%/layer_row.h \
	%D%/normalize.c %D%/normalize.h %D%/normalize_kernel.h \
	%D%/partsort.c %D%/partsort.h \
	%D%/reduce.c %D%/reduce.h \
	%D%/reduce_fold.c %D%/reduce_fold.h \
	%D%/reduce_kernels.c %D%/reduce_kernels.h \
	%D%/softmax.c \
	%D%/softmax_columns.c %D%/softmax_columns.h \
	%D%/sort.c %D%/sort.h \
	%D%/sort_keys.c %D%/sort_keys.h \
	%D%/unique.c \
	%D%/unique_rows.c \
	%D%/vector_norm.c %D%/vector_norm.h

# By index and by mask.
libqkv_tensor_a_SOURCES += \
	%D%/gather.c \
	%D%/index.h \
	%D%/index_advanced.c \
	%D%/index_elements.h \
	%D%/index_mask.c \
	%D%/select.c

if HAVE_CHECK
check_PROGRAMS += tests/check_tensor
TESTS += tests/check_tensor
tests_check_tensor_SOURCES = tests/check_tensor.c tests/check_tensor.h tests/check_tap.h \
	tests/check_tensor_view.c tests/check_tensor_pointwise.c tests/check_tensor_reduce.c \
	tests/check_tensor_join.c tests/check_tensor_index.c tests/check_tensor_memory.c \
	tests/check_tensor_tables.c tests/check_tensor_tables.h \
	tests/check_tensor_bits.c
tests_check_tensor_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_tensor_LDADD = $(TENSOR_LIBS) $(CHECK_LIBS)
check_PROGRAMS += tests/check_tensor_sort
TESTS += tests/check_tensor_sort
tests_check_tensor_sort_SOURCES = tests/check_tensor_sort.c tests/check_tap.h
tests_check_tensor_sort_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_tensor_sort_LDADD = $(TENSOR_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/sort.py tests/refs/sort.txt
