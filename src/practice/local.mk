# Practice: items, how they are asked and graded
noinst_LIBRARIES += libqkv_practice.a
libqkv_practice_a_SOURCES = \
	%D%/ask.c %D%/ask.h \
	%D%/atoms.c %D%/atoms.h \
	%D%/bug.c \
	%D%/check.c %D%/check.h \
	%D%/code.c \
	%D%/concepts.c %D%/concepts.h \
	%D%/formula.c %D%/formula.h \
	%D%/grade.c %D%/grade.h %D%/graders.h \
	%D%/item.c %D%/item.h \
	%D%/options.c \
	%D%/owner.c %D%/owner.h \
	%D%/prose.c \
	%D%/say.c %D%/say.h \
	%D%/scopes.c %D%/scopes.h \
	%D%/stem.c %D%/stem.h \
	%D%/table.c %D%/table.h \
	%D%/tokens.c %D%/tokens.h \
	%D%/value.c
libqkv_practice_a_CFLAGS = $(AM_CFLAGS) $(YAML_CFLAGS) $(UTF8PROC_CFLAGS)

# What is written in the dialect: FILE.py is the module FILE
practice_PY = \
	%D%/_bug.py \
	%D%/_grader.py \
	%D%/_mistakes.py \
	%D%/_practice.py
EXTRA_DIST += $(practice_PY)
CLEANFILES += %D%/texts.c %D%/concepts_text.c
nodist_libqkv_practice_a_SOURCES = %D%/texts.c %D%/concepts_text.c
%D%/texts.c: $(practice_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) practice $(practice_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@

# What words mean to the grader of prose, as bytes: no string literal may be that long
EXTRA_DIST += data/concepts.yaml
%D%/concepts_text.c: data/concepts.yaml %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { echo 'extern const char practice_concepts[];'; \
	echo 'const char practice_concepts[] = {'; \
	od -An -v -td1 $(top_srcdir)/data/concepts.yaml | sed 's/  */,/g; s/^,//; s/$$/,/'; \
	echo '0};'; } >$@.tmp && mv $@.tmp $@

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

check_PROGRAMS += tests/check_grader
TESTS += tests/check_grader
tests_check_grader_SOURCES = tests/check_grader.c tests/check_tap.h
tests_check_grader_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_grader_LDADD = $(PRACTICE_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/check_prose
TESTS += tests/check_prose
tests_check_prose_SOURCES = tests/check_prose.c tests/check_tap.h
tests_check_prose_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_prose_LDADD = $(PRACTICE_LIBS) $(CHECK_LIBS)
endif
