dist_man_MANS = docs/qkv.1
bashcompdir = $(datadir)/bash-completion/completions
zshcompdir = $(datadir)/zsh/site-functions
dist_zshcomp_DATA = docs/completions/_qkv
EXTRA_DIST += docs/completions/qkv.bash
# what --json writes; tests/check_json.c holds the output against it
dist_doc_DATA = docs/qkv.schema.json

# bash looks the file up by the command's name
install-data-hook:
	$(MKDIR_P) '$(DESTDIR)$(bashcompdir)'
	$(INSTALL_DATA) '$(srcdir)/docs/completions/qkv.bash' '$(DESTDIR)$(bashcompdir)/qkv'

uninstall-hook:
	rm -f '$(DESTDIR)$(bashcompdir)/qkv'
