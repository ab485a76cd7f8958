noinst_LIBRARIES += libqkv_eval.a
libqkv_eval_a_SOURCES =

# The compiler
libqkv_eval_a_SOURCES += \
	%D%/arith.h \
	%D%/code.c %D%/code.h \
	%D%/comp.h \
	%D%/comp_call.c \
	%D%/comp_code.c \
	%D%/comp_comp.c \
	%D%/comp_def.c \
	%D%/comp_expr.c \
	%D%/comp_flow.c \
	%D%/comp_func.c \
	%D%/comp_name.c \
	%D%/comp_stmt.c \
	%D%/compile.c %D%/compile.h \
	%D%/emit.c \
	%D%/scope.c %D%/scope.h

# The machine and the object model
libqkv_eval_a_SOURCES += \
	%D%/attr.c \
	%D%/bind.c \
	%D%/builtins_obj.c \
	%D%/class.c %D%/class.h \
	%D%/class_type.c \
	%D%/descr.c \
	%D%/dispatch.h \
	%D%/enter.c \
	%D%/exc.c \
	%D%/frames.c %D%/frames.h \
	%D%/func.c \
	%D%/gc.c %D%/gc.h \
	%D%/generator.c \
	%D%/interp.c %D%/interp.h \
	%D%/late.c \
	%D%/limits.c \
	%D%/machine.c %D%/machine.h \
	%D%/module.c \
	%D%/names.c \
	%D%/native.c %D%/native.h %D%/row.h \
	%D%/object.c \
	%D%/obj.h \
	%D%/ops.c %D%/ops.h \
	%D%/overlay.c \
	%D%/run.c \
	%D%/sig.c %D%/sig.h \
	%D%/slots.c \
	%D%/stack.c \
	%D%/stub.c \
	%D%/type.c \
	%D%/typedict.c \
	%D%/value.h \
	%D%/vm.c %D%/vm.h \
	%D%/vm_call.c \
	%D%/vm_help.c %D%/vm_help.h \
	%D%/where.c

# The built-in types
libqkv_eval_a_SOURCES += \
	%D%/builtin_types.c %D%/builtin_types.h \
	%D%/callargs.c %D%/callargs.h \
	%D%/dict.c %D%/dict.h \
	%D%/dictobj.c %D%/dictobj.h \
	%D%/dictproxy.c \
	%D%/dictview.c \
	%D%/format.c %D%/format.h \
	%D%/format_text.c \
	%D%/iterators.c %D%/iterators.h \
	%D%/list.c \
	%D%/list_methods.c \
	%D%/number.c %D%/number.h \
	%D%/number_text.c \
	%D%/numtypes.c \
	%D%/range.c %D%/range.h \
	%D%/seq.c %D%/seq.h \
	%D%/set.c %D%/set.h \
	%D%/set_methods.c \
	%D%/singletons.c \
	%D%/complex.c %D%/complex.h \
	%D%/slice.c \
	%D%/sort.c \
	%D%/str.c %D%/strobj.h \
	%D%/str_case.c \
	%D%/str_methods.c %D%/str_methods.h \
	%D%/str_split.c \
	%D%/tuple.c

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
