/* What is said about text that does not parse: what was wanted, what came, one thing
 * to try. The tables name the mistakes that people who know another language, an
 * older Python or a notebook bring along. */
#include "config.h"

#include "lang/parse.h"

/* ---- what stands here ------------------------------------------------------------------ */

/* The current token for a message: 'x', the end of the line. */
static const char *got(Parser *p) {
    TokenKind k = p->tok.kind;
    if (k <= TOK_DEDENT) return token_kind_text(k);
    return lex_text(&p->lx, "'%s'", lex_snippet(&p->lx, p->tok.span));
}

static const char *wanted(Parser *p, TokenKind kind) {
    if (kind <= TOK_STRING) return token_kind_text(kind);
    return lex_text(&p->lx, "'%s'", token_kind_text(kind));
}

static bool adjacent(Token a, Token b) {
    return a.span.end == b.span.start;
}

static bool ends_operand(TokenKind k) {
    return (k >= TOK_NAME && k <= TOK_STRING) || k == TOK_RPAR || k == TOK_RSQB ||
           k == TOK_RBRACE || k == TOK_ELLIPSIS || k == KW_NONE || k == KW_TRUE || k == KW_FALSE;
}

/* 3, x, (: what can only be the beginning of another value; + - not may be an operator. */
static bool begins_operand(TokenKind k) {
    return ends_operand(k) ? k != TOK_RPAR && k != TOK_RSQB && k != TOK_RBRACE
                           : k == TOK_LPAR || k == TOK_LSQB || k == TOK_LBRACE;
}

static bool word_is(const Parser *p, Span span, const char *word) {
    size_t n = span.end - span.start;
    return n == strlen(word) && memcmp(p->lx.text + span.start, word, n) == 0;
}

/* Columns of blanks in front of the line that offset stands in. */
static int indent_of(Parser *p, uint32_t offset) {
    size_t len;
    const char *line = source_line(p->lx.src, offset, &len);
    int n = 0;
    while ((size_t)n < len && (line[n] == ' ' || line[n] == '\t')) n++;
    return n;
}

/* An open bracket explains the error when the text ends in it, or when a new line begins no
 * deeper than the bracket's own line: what stands there was meant as a statement. */
static bool fail_never_closed(Parser *p) {
    TokenKind k = p->tok.kind;
    int n = p->lx.nbrackets - (k == TOK_LPAR || k == TOK_LSQB || k == TOK_LBRACE);
    if (n <= p->lx.field || (k != TOK_END && !p->tok.first)) return false;
    uint32_t open = p->lx.brackets[n - 1].at;
    if (k != TOK_END && indent_of(p, p->tok.span.start) > indent_of(p, open)) return false;
    char c = p->lx.brackets[n - 1].open;
    char close = c == '(' ? ')' : c == '[' ? ']' : '}';
    const char *before =
        k == TOK_END ? "the text ends"
                     : lex_text(&p->lx, "line %d begins", lex_line(&p->lx, p->tok.span.start));
    fail(p, ((Span){open, open + 1}), lex_text(&p->lx, "add the '%c' before %s", close, before),
         "'%c' was opened here and never closed", c);
    return true;
}

/* 3 4: p->prev ends a value and p->tok begins one. where: "", " in the list". */
static Node *fail_side_by_side(Parser *p, const char *where, const char *hint) {
    const char *left = lex_snippet(&p->lx, p->prev.span);
    bool closer =
        p->prev.kind == TOK_RPAR || p->prev.kind == TOK_RSQB || p->prev.kind == TOK_RBRACE;
    return fail(p, (Span){p->prev.span.start, p->tok.span.end}, hint,
                "two values stand side by side%s: %s%s and %s", where,
                closer ? "one that ends in " : "", left, lex_snippet(&p->lx, p->tok.span));
}

/* ---- operators of other languages -------------------------------------------------------- */

static const struct {
    TokenKind first, second;
    const char *is, *hint;
} foreign_pairs[] = {
    {TOK_AMP, TOK_AMP, "'&&' is no operator here", "write: a and b"},
    {TOK_PIPE, TOK_PIPE, "'||' is no operator here", "write: a or b"},
    {TOK_PLUS, TOK_PLUS, "'++' is no operator here", "to count up, write: x += 1"},
    {TOK_MINUS, TOK_MINUS, "'--' is no operator here", "to count down, write: x -= 1"},
    {TOK_LT, TOK_GT, "'<>' is no operator here", "write: a != b"},
    {TOK_EQ, TOK_ASSIGN, "'===' is no operator here", "write: a == b, or: a is b"},
    {TOK_NE, TOK_ASSIGN, "'!==' is no operator here", "write: a != b"},
    {TOK_ASSIGN, TOK_GT, "'=>' is no operator here",
     "at least is >=; a function is: lambda x: x + 1"},
    {TOK_ASSIGN, TOK_LT, "'=<' is no operator here", "at most is written <="},
};

static bool fail_foreign_pair(Parser *p, Token a, Token b) {
    if (!adjacent(a, b)) return false;
    for (size_t i = 0; i < ARRAY_LEN(foreign_pairs); i++)
        if (foreign_pairs[i].first == a.kind && foreign_pairs[i].second == b.kind) {
            fail(p, ((Span){a.span.start, b.span.end}), foreign_pairs[i].hint, "%s",
                 foreign_pairs[i].is);
            return true;
        }
    return false;
}

/* ---- a value was expected -------------------------------------------------------------------- */

static const struct {
    TokenKind word;
    const char *what, *hint;
} words[] = {
    {KW_ELSE, "an else stands here without its if", "else lines up with its if, for, while or try"},
    {KW_ELIF, "an elif stands here without its if", "elif lines up with its if"},
    {KW_EXCEPT, "an except stands here without its try", "except lines up with its try"},
    {KW_FINALLY, "a finally stands here without its try", "finally lines up with its try"},
    {KW_ASYNC, "async is not part of qkv", "write a plain def, for or with"},
    {KW_AWAIT, "await is not part of qkv", "call the function without it"},
};

static Node *fail_word(Parser *p) {
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (words[i].word == p->tok.kind)
            return fail(p, p->tok.span, words[i].hint, "%s", words[i].what);
    const char *word = token_kind_text(p->tok.kind);
    if (at(p, KW_FOR) && p->lx.nbrackets > 0)
        return fail(p, p->tok.span, "as in: [x for x in xs]",
                    "a comprehension begins with the value that it makes");
    if (p->tok.kind == KW_LAMBDA || p->tok.kind == KW_YIELD)
        return fail(p, p->tok.span, "put it in brackets",
                    "a %s inside an expression needs brackets", word);
    return fail(p, p->tok.span, lex_text(&p->lx, "if it is to be a name, take another: %s_", word),
                "'%s' is a word of the language; a value was expected here", word);
}

/* A prompt, a magic or a shell command copied along with the code. */
static bool fail_pasted(Parser *p) {
    if (!p->tok.first) return false;
    if (at(p, TOK_RSHIFT))
        return fail(p, p->tok.span, "leave it out; paste the lines behind the prompts",
                    "'>>>' is a prompt of Python, not code"),
               true;
    if (at(p, TOK_PERCENT))
        return fail(p, p->tok.span, "leave the line out",
                    "a line that begins with %% is a command of a notebook, not code"),
               true;
    if (at(p, TOK_BANG))
        return fail(p, p->tok.span, "leave the line out; nothing needs to be installed",
                    "a line that begins with ! is a command of a notebook, not code"),
               true;
    return false;
}

Node *fail_operand(Parser *p) {
    if (p->err->kind != ERR_OK || at(p, TOK_ERROR)) return NULL;
    if (fail_foreign_pair(p, p->prev, p->tok) || fail_foreign_pair(p, p->prev2, p->prev))
        return NULL;
    if (fail_never_closed(p) || fail_pasted(p)) return NULL;
    if (token_is_keyword(p->tok.kind)) return fail_word(p);
    if (at(p, TOK_BANG)) return fail(p, p->tok.span, "write: not x", "'!' is no operator here");
    if (at(p, TOK_STAR) || at(p, TOK_DSTAR))
        return fail(p, p->tok.span, "unpack inside a list, a tuple, a set, a dict or a call",
                    "a value was expected, and %s came", got(p));
    if (p->prev.kind == TOK_NEWLINE || p->prev.kind == TOK_INDENT || p->prev.kind == TOK_DEDENT)
        return fail(p, p->tok.span, "take it out, or complete what stands before it",
                    "no statement begins with %s", got(p));
    const char *before = lex_snippet(&p->lx, p->prev.span);
    return fail(p, p->tok.span, lex_text(&p->lx, "write the value, or take out the '%s'", before),
                "a value was expected behind '%s', and %s came", before, got(p));
}

/* ---- a token was expected ------------------------------------------------------------------- */

static const char *example_of(Parser *p, const char *what) {
    static const char *const examples[][2] = {
        {"class", "class Model(nn.Module):"},
        {"def", "def f(x, y=0):"},
        {"the parameter list", "def f(x, y=0):"},
        {"a parameter list", "def f(x, y=0):"},
        {"a lambda", "lambda x: x + 1"},
        {"import", "import torch"},
        {"from", "from torch import nn"},
        {"as", "import numpy as np"},
        {"the for", "for x in xs:"},
        {"the for of a comprehension", "[x for x in xs]"},
        {"the '.'", "x.shape"},
        {"the dict's key", "{\"key\": value}"},
        {"the index", "x[0, 1:3]"},
        {"global", "global count"},
        {"nonlocal", "nonlocal count"},
        {"the field of this f-string", "f\"{x:.2f}\""},
        {"the decorator", "@property, on a line of its own"},
    };
    for (size_t i = 0; i < ARRAY_LEN(examples); i++)
        if (strcmp(examples[i][0], what) == 0) return lex_text(&p->lx, "as in: %s", examples[i][1]);
    return NULL;
}

Node *fail_expected(Parser *p, TokenKind kind, const char *what) {
    if (p->err->kind != ERR_OK || at(p, TOK_ERROR)) return NULL;
    if (fail_never_closed(p)) return NULL;
    if (fail_foreign_pair(p, p->prev, p->tok)) return NULL;
    bool closing = kind == TOK_RPAR || kind == TOK_RSQB || kind == TOK_RBRACE;
    Span here = p->tok.span;
    if (closing && at(p, TOK_ASSIGN))
        return fail(p, here, "to compare, write ==; to give a value in an expression, :=",
                    "= is a statement's; %s wants a value", what);
    if (closing && at(p, KW_FOR))
        return fail(p, here, "put the values in brackets: [(x, y) for x, y in pairs]",
                    "a comprehension makes one value at a time");
    if (closing && ends_operand(p->prev.kind) && (starts_expr(p->tok.kind) && !at(p, TOK_STAR)))
        return fail_side_by_side(p, lex_text(&p->lx, " in %s", what),
                                 "is a comma missing between them?");
    if (kind == TOK_NAME && token_is_keyword(p->tok.kind) && !at(p, KW_IMPORT))
        return fail(
            p, here, lex_text(&p->lx, "take another name: %s_", token_kind_text(p->tok.kind)),
            "'%s' is a word of the language and cannot be a name", token_kind_text(p->tok.kind));
    if (kind == TOK_NAME && at(p, TOK_ASSIGN) && token_is_keyword(p->prev.kind))
        return fail(p, p->prev.span,
                    lex_text(&p->lx, "take another name: %s_", token_kind_text(p->prev.kind)),
                    "'%s' is a word of the language and cannot be a name",
                    token_kind_text(p->prev.kind));
    const char *hint = example_of(p, what);
    if (!hint && closing) hint = lex_text(&p->lx, "put the '%s' before it", token_kind_text(kind));
    return fail(p, here, hint, "%s wants %s, and %s came", what, wanted(p, kind), got(p));
}

/* ---- a block's header ----------------------------------------------------------------------- */

Node *fail_colon(Parser *p, const char *what) {
    if (p->err->kind != ERR_OK || at(p, TOK_ERROR)) return NULL;
    if (at(p, TOK_NEWLINE))
        return fail(p, p->tok.span, "add the colon; the lines that belong to it are indented",
                    "%s wants a ':' at the end of its line", what);
    if (at(p, KW_IF) && strcmp(what, "the else") == 0)
        return fail(p, ((Span){p->prev.span.start, p->tok.span.end}), "write elif",
                    "'else if' is one word here");
    if (at(p, TOK_LBRACE))
        return fail(p, p->tok.span, "end the line with ':' and indent the lines that belong to it",
                    "blocks are made by indentation, not by braces");
    if (word_is(p, p->tok.span, "then"))
        return fail(p, p->tok.span, "write ':' in its place", "there is no 'then' here");
    if (strcmp(what, "the else") == 0)
        return fail(p, p->tok.span, "for a second condition write elif",
                    "else takes no condition: a ':' was expected, and %s came", got(p));
    if (ends_operand(p->prev.kind) && begins_operand(p->tok.kind))
        return fail(p, p->tok.span, "is an operator missing, or the ':'?",
                    "%s wants a ':', and %s came", what, got(p));
    fail_expected(p, TOK_COLON, what);
    return NULL;
}

/* ---- a statement that is none --------------------------------------------------------------- */

Node *fail_statement(Parser *p) {
    if (p->err->kind != ERR_OK || at(p, TOK_ERROR)) return NULL;
    if (at(p, TOK_INDENT)) {
        lex_fail(&p->lx, ERR_INDENT, p->tok.span, "line it up with the line above",
                 "this line is indented, and nothing above it opens a block");
        return NULL;
    }
    return fail_operand(p);
}

static const struct {
    const char *word, *is, *hint;
} first_words[] = {
    {"exec", "exec is not part of qkv", "run the code itself, or define a function"},
    {"match", "match is not part of qkv", "write: if x == 1: ... elif x == 2: ..."},
    {"case", "case is not part of qkv", "write: if x == 1: ... elif x == 2: ..."},
    {"switch", "switch is not part of qkv", "write: if x == 1: ... elif x == 2: ..."},
    {"type", "type aliases are not part of qkv", "assign it: Pair = tuple"},
    {"let", "a variable needs no 'let'", "assign it: x = 1"},
    {"var", "a variable needs no 'var'", "assign it: x = 1"},
    {"const", "a variable needs no 'const'", "assign it: x = 1"},
    {"int", "a variable needs no type in front", "assign it: x = 1"},
    {"float", "a variable needs no type in front", "assign it: x = 1.0"},
    {"function", "functions begin with def", "write: def f(x):"},
    {"func", "functions begin with def", "write: def f(x):"},
    {"fn", "functions begin with def", "write: def f(x):"},
    {"elseif", "'elseif' is written elif", "write: elif x > 0:"},
    {"elsif", "'elsif' is written elif", "write: elif x > 0:"},
    {"foreach", "'foreach' is written for", "write: for x in xs:"},
    {"until", "there is no 'until'", "write: while not condition:"},
    {"unless", "there is no 'unless'", "write: if not condition:"},
    {"throw", "'throw' is written raise", "write: raise ValueError(\"text\")"},
    {"catch", "'catch' is written except", "write: except ValueError as e:"},
    {"new", "objects are made without 'new'", "call the class: Linear(8, 8)"},
    {"include", "'include' is written import", "write: import torch"},
};

/* print x */
static Node *fail_print(Parser *p, const Node *name) {
    size_t len;
    const char *line = source_line(p->lx.src, name->span.start, &len);
    uint32_t eol = (uint32_t)(line - p->lx.text) + (uint32_t)len;
    Span rest = {p->tok.span.start, MAX(eol, p->tok.span.end)};
    return fail(p, ((Span){name->span.start, rest.end}),
                lex_text(&p->lx, "print(%s)", lex_snippet(&p->lx, rest)),
                "print is a function: what it prints stands in brackets");
}

static Node *fail_first_word(Parser *p, const Node *first) {
    if (word_is(p, first->span, "print")) return fail_print(p, first);
    for (size_t i = 0; i < ARRAY_LEN(first_words); i++)
        if (word_is(p, first->span, first_words[i].word))
            return fail(p, first->span, first_words[i].hint, "%s", first_words[i].is);
    return NULL;
}

static Node *fail_after_statement(Parser *p) {
    switch (p->tok.kind) {
    case TOK_WALRUS:
        return fail(p, p->tok.span,
                    "as a statement write =", ":= stands only inside an expression");
    case TOK_LBRACE:
        return fail(p, p->tok.span, "end the line with ':' and indent the lines that belong to it",
                    "blocks are made by indentation, not by braces");
    case TOK_COLON:
        return fail(p, p->tok.span, "blocks begin with if, for, while, def, class, try or with",
                    "a ':' ends only the first line of a block");
    case TOK_BANG:
        return fail(p, p->tok.span, "unequal is written !=, negation: not x",
                    "'!' is no operator here");
    case KW_FOR:
        return fail(p, p->tok.span, "a comprehension stands in brackets: [x for x in xs]",
                    "a for behind a value needs brackets around both");
    default:
        return NULL;
    }
}

Node *fail_line_goes_on(Parser *p, const Node *first) {
    if (p->err->kind != ERR_OK || at(p, TOK_ERROR)) return NULL;
    if (fail_foreign_pair(p, p->prev, p->tok) || fail_foreign_pair(p, p->prev2, p->prev))
        return NULL;
    const Node *word = first; /* `match [1, 2]:` and `switch (x):` read as an index and a call */
    while (word && at(p, TOK_COLON) && (word->kind == EX_INDEX || word->kind == EX_CALL))
        word = word->kind == EX_INDEX ? word->bin.left : word->call.func;
    if (word && word->kind == EX_NAME) {
        fail_first_word(p, word);
        if (p->err->kind != ERR_OK) return NULL;
    }
    if (first && first->kind == EX_ELLIPSIS)
        return fail(p, first->span, "leave it out; paste the lines behind the prompts",
                    "'...' at a line's start is a prompt of Python, not code");
    fail_after_statement(p);
    if (p->err->kind != ERR_OK) return NULL;
    if (ends_operand(p->prev.kind) && begins_operand(p->tok.kind)) {
        bool quote = p->prev.kind == TOK_STRING && adjacent(p->prev, p->tok);
        return fail_side_by_side(
            p, "",
            quote ? "a quote inside a text is written \\', or the text stands in the other quotes"
                  : "is an operator, a comma or a dot missing between them?");
    }
    return fail(p, p->tok.span, "begin a new line, or separate two statements by ';'",
                "the statement is complete, and %s came", got(p));
}
