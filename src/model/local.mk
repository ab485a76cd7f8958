noinst_LIBRARIES += libqkv_model.a
libqkv_model_a_SOURCES = \
	%D%/attention_json.c %D%/attention_json.h \
	%D%/bytes.c %D%/bytes.h \
	%D%/inflate.c %D%/inflate.h \
	%D%/npy.c %D%/npy.h \
	%D%/npz.c \
	%D%/safetensors.c \
	%D%/set.c \
	%D%/stream.c \
	%D%/tensors.c %D%/tensors.h \
	%D%/zip.c %D%/zip.h
libqkv_model_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS) $(ZLIB_CFLAGS)

if HAVE_CHECK
check_PROGRAMS += tests/check_model
TESTS += tests/check_model
tests_check_model_SOURCES = tests/check_model.c tests/check_model_bad.c tests/check_model.h \
	tests/check_tap.h
tests_check_model_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_model_LDADD = $(MODEL_LIBS) $(CHECK_LIBS)
endif
