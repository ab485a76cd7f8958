/* Shared by lang's tests: text -> parse -> a compact picture of the tree or of the error. */
#ifndef QKV_TESTS_CHECK_LANG_H
#define QKV_TESTS_CHECK_LANG_H

#include <check.h>

#include "base/str.h"
#include "lang/ast.h"

/* The node as an s-expression: "(+ a (* b 2))". */
void ast_text(Str *s, const Node *n);

/* What parse() makes of a text, owned: the statements' s-expressions, one a line;
 * "incomplete"; or "LINE:COL-LEN Kind: message | hint". */
char *parse_text(const char *text, size_t len, ParseMode mode);

TCase *diag_case(void);
TCase *gist_case(void);
TCase *teach_case(void);
TCase *limits_case(void);

#endif
