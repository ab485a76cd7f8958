noinst_LIBRARIES += libqkv_eval.a
libqkv_eval_a_SOURCES = \
	%D%/attr.c \
	%D%/bind.c \
	%D%/builtins_obj.c \
	%D%/class.c %D%/class.h \
	%D%/class_type.c \
	%D%/descr.c \
	%D%/dispatch.h \
	%D%/enter.c \
	%D%/exc.c \
	%D%/exc_types.c \
	%D%/frames.c %D%/frames.h \
	%D%/func.c \
	%D%/generator.c \
	%D%/interp.c %D%/interp.h \
	%D%/late.c \
	%D%/limits.c \
	%D%/module.c \
	%D%/names.c \
	%D%/native.c %D%/native.h \
	%D%/object_methods.c \
	%D%/overlay.c \
	%D%/run.c \
	%D%/sig.c %D%/sig.h \
	%D%/slots.c \
	%D%/stack.c \
	%D%/stub.c \
	%D%/typedict.c \
	%D%/vm.c %D%/vm.h \
	%D%/vm_call.c \
	%D%/vm_help.c %D%/vm_help.h \
	%D%/where.c

if HAVE_CHECK
check_PROGRAMS += tests/check_eval
TESTS += tests/check_eval
tests_check_eval_SOURCES = tests/check_eval.c tests/check_eval.h \
	tests/check_eval_run.c \
	tests/check_eval_errors.c \
	tests/check_eval_native.c \
	tests/check_eval_objects.c
tests_check_eval_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_eval_LDADD = $(EVAL_LIBS) $(CHECK_LIBS)
endif
