# What is written in the dialect: each file becomes an array of bytes (a string literal may not be
# that long) and a row of preludes[].
noinst_LIBRARIES += libqkv_prelude.a
libqkv_prelude_a_SOURCES = %D%/prelude.h
nodist_libqkv_prelude_a_SOURCES = %D%/prelude.c
EXTRA_DIST += $(PRELUDE_PY)
CLEANFILES += %D%/prelude.c

%D%/prelude.c: $(PRELUDE_PY) Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && { \
	echo '/* Made by src/prelude/local.mk. */'; \
	echo '#include "config.h"'; echo '#include <string.h>'; echo '#include "prelude/prelude.h"'; \
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
