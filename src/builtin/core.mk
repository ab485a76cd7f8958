# Python's builtins and standard modules, and what is written in the dialect
libqkv_builtin_a_SOURCES += \
	%D%/copy.c \
	%D%/core.c %D%/core.h \
	%D%/core_install.c \
	%D%/core_number.c \
	%D%/deque.c \
	%D%/math.c \
	%D%/operator.c \
	%D%/pcre.c %D%/pcre.h \
	%D%/prelude.h \
	%D%/random.c \
	%D%/time.c \
	%D%/unicode.c
nodist_libqkv_builtin_a_SOURCES = %D%/prelude.c

# The part that is written in the dialect: each file becomes an array of bytes (a string
# literal may not be that long) and a row of preludes[].
PRELUDE_PY = \
	src/prelude/__future__.py \
	src/prelude/_dates.py \
	src/prelude/_records.py \
	src/prelude/abc.py \
	src/prelude/argparse.py \
	src/prelude/bisect.py \
	src/prelude/collections.abc.py \
	src/prelude/collections.py \
	src/prelude/contextlib.py \
	src/prelude/dataclasses.py \
	src/prelude/distutils.py \
	src/prelude/distutils.version.py \
	src/prelude/enum.py \
	src/prelude/functools.py \
	src/prelude/heapq.py \
	src/prelude/inspect.py \
	src/prelude/itertools.py \
	src/prelude/json.py \
	src/prelude/keyword.py \
	src/prelude/logging.py \
	src/prelude/numbers.py \
	src/prelude/operator.py \
	src/prelude/packaging.py \
	src/prelude/packaging.version.py \
	src/prelude/qkv.py \
	src/prelude/_repattern.py \
	src/prelude/re.py \
	src/prelude/statistics.py \
	src/prelude/string.py \
	src/prelude/tqdm.auto.py \
	src/prelude/tqdm.autonotebook.py \
	src/prelude/tqdm.notebook.py \
	src/prelude/tqdm.py \
	src/prelude/tqdm.std.py \
	src/prelude/traceback.py \
	src/prelude/types.py \
	src/prelude/typing.py \
	src/prelude/warnings.py
EXTRA_DIST += $(PRELUDE_PY)
CLEANFILES += %D%/prelude.c

%D%/prelude.c: $(PRELUDE_PY) %D%/core.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { \
	echo '/* Made from src/prelude by src/builtin/core.mk. */'; \
	echo '#include "config.h"'; echo '#include <string.h>'; echo '#include "builtin/prelude.h"'; \
	for f in $(PRELUDE_PY); do \
	  echo "static const char text_`basename $$f .py | tr . _`[] = {"; \
	  od -An -v -td1 "$(top_srcdir)/$$f" | sed 's/  */,/g; s/^,//; s/$$/,/'; echo '0};'; \
	done; \
	echo 'const Prelude preludes[] = {'; \
	for f in $(PRELUDE_PY); do \
	  n=`basename $$f .py`; echo "{\"$$n\", text_`echo $$n | tr . _`},"; \
	done; \
	echo '{0}};'; \
	echo 'const char *prelude_text(const char *name) {'; \
	echo '    for (const Prelude *p = preludes; p->name; p++)'; \
	echo '        if (strcmp(p->name, name) == 0) return p->text;'; \
	echo '    return NULL;'; echo '}'; \
	} > $@.tmp && mv $@.tmp $@

if HAVE_CHECK
check_PROGRAMS += tests/check_builtin_examples tests/check_memory
TESTS += tests/check_builtin_examples tests/check_memory
tests_check_memory_SOURCES = tests/check_memory.c tests/check_tap.h
tests_check_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_memory_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
tests_check_builtin_examples_SOURCES = tests/check_builtin_examples.c tests/doctest.h tests/check_tap.h
tests_check_builtin_examples_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_builtin_examples_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)

# The types of src/eval need its modules to be tested against CPython.
check_PROGRAMS += tests/check_evaltypes
TESTS += tests/check_evaltypes
tests_check_evaltypes_SOURCES = tests/check_evaltypes.c tests/doctest.h tests/check_tap.h
tests_check_evaltypes_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_evaltypes_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/evaltypes.txt tests/refs/evaltypes_setup.py tests/refs/make_evaltypes.sh
