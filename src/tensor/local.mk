noinst_LIBRARIES += libqkv_tensor.a
# Order: sorting, partial sorting, unique, running sums.
libqkv_tensor_a_SOURCES = \
	%D%/cumulate.c \
	%D%/length.c %D%/length.h \
	%D%/lines.c %D%/lines.h \
	%D%/partsort.c %D%/partsort.h \
	%D%/sort.c %D%/sort.h \
	%D%/unique_rows.c \
	%D%/unique.c

# The core: storage, views, elements, reductions, selection.
libqkv_tensor_a_SOURCES += \
	%D%/advindex.c \
	%D%/argreduce.c \
	%D%/binary.c \
	%D%/cascade.c %D%/cascade.h \
	%D%/columns.c %D%/columns.h \
	%D%/convert.c %D%/convert.h \
	%D%/copy.c %D%/copy.h \
	%D%/create.c %D%/create.h \
	%D%/dtype.c \
	%D%/ewise.c %D%/ewise.h \
	%D%/fits.c \
	%D%/fold.c %D%/fold.h \
	%D%/foldkern.c %D%/foldkern.h \
	%D%/gather.c \
	%D%/half.h \
	%D%/index.h \
	%D%/iter.c %D%/iter.h \
	%D%/join.c %D%/join.h \
	%D%/mask.c \
	%D%/place.h \
	%D%/pointwise.h \
	%D%/poll.h \
	%D%/reduce.c %D%/reduce.h \
	%D%/select.c \
	%D%/shape.c %D%/shapetext.h \
	%D%/softmax.c \
	%D%/storage.c \
	%D%/tensor.h \
	%D%/ternary.c \
	%D%/unary.c \
	%D%/window.c %D%/window.h \
	%D%/view.c %D%/view.h \
	%D%/vmath.h %D%/vpair.h

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
