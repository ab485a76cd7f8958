noinst_LIBRARIES += libqkv_grad.a
libqkv_grad_a_SOURCES = \
	%D%/apply.c \
	%D%/backward.c \
	%D%/custom.c %D%/custom.h \
	%D%/elementwise.h \
	%D%/loss.c \
	%D%/node.c %D%/node.h \
	%D%/op.c %D%/op.h \
	%D%/ops.c %D%/ops.h \
	%D%/rows.h \
	%D%/rows_along.c \
	%D%/rows_binary.c \
	%D%/rows_conv.c \
	%D%/rows_copy.c \
	%D%/rows_factor.c \
	%D%/rows_index.c \
	%D%/rows_join.c \
	%D%/rows_linalg.c \
	%D%/rows_loss.c \
	%D%/rows_matmul.c \
	%D%/rows_nll.c \
	%D%/rows_norm.c \
	%D%/rows_point.c \
	%D%/rows_reduce.c \
	%D%/rows_sdpa.c \
	%D%/rows_unary.c \
	%D%/rows_view.c \
	%D%/subscript.c \
	%D%/tape.c %D%/tape.h \
	%D%/trace.c %D%/trace.h \
	%D%/vjp.c %D%/vjp.h \
	%D%/vlinalg.h

if HAVE_CHECK
check_PROGRAMS += tests/check_grad tests/check_grad_rows tests/check_grad_table tests/check_grad_walk
TESTS += tests/check_grad tests/check_grad_rows tests/check_grad_table tests/check_grad_walk
tests_check_grad_SOURCES = tests/check_grad.c tests/check_tap.h
tests_check_grad_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_grad_LDADD = $(GRAD_LIBS) $(CHECK_LIBS)
tests_check_grad_rows_SOURCES = tests/check_grad_rows.c tests/grad_case.h tests/check_tap.h
nodist_tests_check_grad_rows_SOURCES = tests/op_table.c
tests_check_grad_rows_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_grad_rows_LDADD = $(GRAD_LIBS) $(CHECK_LIBS)
tests_check_grad_walk_SOURCES = tests/check_grad_walk.c tests/grad_case.h tests/check_tap.h
nodist_tests_check_grad_walk_SOURCES = tests/op_table.c
tests_check_grad_walk_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_grad_walk_LDADD = $(GRAD_LIBS) $(CHECK_LIBS)
tests_check_grad_table_SOURCES = tests/check_grad_table.c tests/grad_case.h tests/check_tap.h
nodist_tests_check_grad_table_SOURCES = tests/op_table.c
tests_check_grad_table_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_grad_table_LDADD = $(GRAD_LIBS) $(CHECK_LIBS)

# Every row of rows_*.c by the archive's symbols; one that ops.h does not name does not compile.
tests/op_table.c: libqkv_grad.a
	$(AM_V_GEN)$(MKDIR_P) tests && nm -g libqkv_grad.a | LC_ALL=C sort -k3 | $(AWK) ' \
	    BEGIN { print "#include \"config.h\"\n\n#include \"grad/ops.h\"\n"; \
	            print "const OpDef *const op_table[] = {" } \
	    $$2 ~ /^[A-Z]$$/ && $$3 ~ /^opdef_/ { print "    &" $$3 ","; n++ } \
	    END { print "};\nconst int op_table_len = " n ";" }' >$@
CLEANFILES += tests/op_table.c
endif
