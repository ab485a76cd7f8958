# Practice: items, how they are asked and graded
noinst_LIBRARIES += libqkv_practice.a
libqkv_practice_a_SOURCES = \
	%D%/ask.c %D%/ask.h \
	%D%/code.c \
	%D%/grade.c %D%/grade.h %D%/graders.h \
	%D%/item.c %D%/item.h \
	%D%/options.c \
	%D%/value.c
libqkv_practice_a_CFLAGS = $(AM_CFLAGS) $(YAML_CFLAGS)

# What is written in the dialect: FILE.py is the module FILE
practice_PY = \
	%D%/_grader.py \
	%D%/_practice.py
EXTRA_DIST += $(practice_PY)
CLEANFILES += %D%/texts.c
nodist_libqkv_practice_a_SOURCES = %D%/texts.c
%D%/texts.c: $(practice_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) practice $(practice_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@

if HAVE_CHECK
check_PROGRAMS += tests/check_practice
TESTS += tests/check_practice
tests_check_practice_SOURCES = tests/check_practice.c tests/check_tap.h
tests_check_practice_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_practice_LDADD = $(PRACTICE_LIBS) $(CHECK_LIBS)

# What the lessons ask
check_PROGRAMS += tests/check_items
TESTS += tests/check_items
tests_check_items_SOURCES = tests/check_items.c tests/check_tap.h
tests_check_items_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_items_LDADD = $(PRACTICE_LIBS) $(CHECK_LIBS)
endif
