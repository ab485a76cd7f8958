# Lessons are found by scanning: the whole folder is shipped and installed, nothing is listed.
EXTRA_DIST += lessons

install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(pkgdatadir)/lessons/lib'
	for f in '$(srcdir)'/lessons/*.md; do $(INSTALL_DATA) "$$f" '$(DESTDIR)$(pkgdatadir)/lessons' || exit 1; done
	for f in '$(srcdir)'/lessons/lib/*.py; do $(INSTALL_DATA) "$$f" '$(DESTDIR)$(pkgdatadir)/lessons/lib' || exit 1; done

uninstall-local:
	rm -rf '$(DESTDIR)$(pkgdatadir)/lessons'
