/* lang: every text of an error, one row a mistake. Printed by the parser and then read: a row
 * that changes is read again. */
#include "config.h"

#include "check_lang.h"

/* The text, then LINE:COL-LEN, the error and what is to be tried. */
static const struct {
    const char *text, *want;
} rows[] = {
    {"print x\n", "1:1-7 SyntaxError: print is a function: what it prints stands in brackets |"
                  " print(x)"},
    {"print \"a\" % b\n",
     "1:1-13 SyntaxError: print is a function: what it prints stands in brackets |"
     " print(\"a\" % b)"},
    {"exec \"x\"\n", "1:1-4 SyntaxError: exec is not part of qkv |"
                     " run the code itself, or define a function"},
    {"match x:\n  case 1: y\n", "1:1-5 SyntaxError: match is not part of qkv |"
                                " write: if x == 1: ... elif x == 2: ..."},
    {"let x = 3\n", "1:1-3 SyntaxError: a variable needs no 'let' |"
                    " assign it: x = 1"},
    {"int x = 3\n", "1:1-3 SyntaxError: a variable needs no type in front |"
                    " assign it: x = 1"},
    {"function f(x) {\n", "1:1-8 SyntaxError: functions begin with def |"
                          " write: def f(x):"},
    {"elseif x:\n", "1:1-6 SyntaxError: 'elseif' is written elif |"
                    " write: elif x > 0:"},
    {"switch (x) {\n", "1:12-1 SyntaxError: blocks are made by indentation, not by braces |"
                       " end the line with ':' and indent the lines that belong to it"},
    {"if x\n  y\n", "1:5-0 SyntaxError: the if wants a ':' at the end of its line |"
                    " add the colon; the lines that belong to it are indented"},
    {"if x = 3:\n  y\n", "1:6-1 SyntaxError: = assigns, and a condition wants a value |"
                         " to compare, write =="},
    {"while x = 3:\n  y\n", "1:9-1 SyntaxError: = assigns, and a condition wants a value |"
                            " to compare, write =="},
    {"if x == 3 then\n  y\n", "1:11-4 SyntaxError: there is no 'then' here |"
                              " write ':' in its place"},
    {"if a:\n  b\nelse if c:\n  d\n", "3:1-7 SyntaxError: 'else if' is one word here |"
                                      " write elif"},
    {"if (a) {\n  b\n}\n", "1:8-1 SyntaxError: blocks are made by indentation, not by braces |"
                           " end the line with ':' and indent the lines that belong to it"},
    {"else {\n", "1:1-4 SyntaxError: an else stands here without its if |"
                 " else lines up with its if, for, while or try"},
    {"if a: b\nelse c: d\n",
     "2:6-1 SyntaxError: else takes no condition: a ':' was expected, and 'c' came |"
     " for a second condition write elif"},
    {"for x in y\n z\n", "1:11-0 SyntaxError: the for wants a ':' at the end of its line |"
                         " add the colon; the lines that belong to it are indented"},
    {"for i in range(3) print(i)\n", "1:19-5 SyntaxError: the for wants a ':', and 'print' came |"
                                     " is an operator missing, or the ':'?"},
    {"for (i = 0; i < 3; i++)\n",
     "1:8-1 SyntaxError: = is a statement's; the bracket wants a value |"
     " to compare, write ==; to give a value in an expression, :="},
    {"for 1 in x: pass\n", "1:5-1 SyntaxError: a number cannot be the variable of a for |"
                           " a name, an attribute a.b or an index a[i] can"},
    {"while True {\n", "1:12-1 SyntaxError: blocks are made by indentation, not by braces |"
                       " end the line with ':' and indent the lines that belong to it"},
    {"def f(x)\n  return x\n", "1:9-0 SyntaxError: the def wants a ':' at the end of its line |"
                               " add the colon; the lines that belong to it are indented"},
    {"def f:\n x\n", "1:6-1 SyntaxError: def wants '(', and ':' came |"
                     " as in: def f(x, y=0):"},
    {"def f(x):\nreturn x\n",
     "2:1-6 IndentationError: the def on line 1 wants an indented block behind it |"
     " indent the lines that belong to it; pass does nothing"},
    {"def 1f(): pass\n", "1:5-2 SyntaxError: a number runs into a name: 1f |"
                         " a name begins with a letter or _; a product needs a *"},
    {"class A\n  pass\n", "1:8-0 SyntaxError: the class wants a ':' at the end of its line |"
                          " add the colon; the lines that belong to it are indented"},
    {"class = 3\n", "1:1-5 SyntaxError: 'class' is a word of the language and cannot be a name |"
                    " take another name: class_"},
    {"def class(): pass\n",
     "1:5-5 SyntaxError: 'class' is a word of the language and cannot be a name |"
     " take another name: class_"},
    {"x = lambda\n",
     "1:11-0 SyntaxError: a parameter list wants a name, and the end of the line came |"
     " as in: def f(x, y=0):"},
    {"else:\n  x\n", "1:1-4 SyntaxError: an else stands here without its if |"
                     " else lines up with its if, for, while or try"},
    {"elif x:\n  y\n", "1:1-4 SyntaxError: an elif stands here without its if |"
                       " elif lines up with its if"},
    {"except A:\n  y\n", "1:1-6 SyntaxError: an except stands here without its try |"
                         " except lines up with its try"},
    {"if x:\n    y\n   else:\n  z\n", "3:1-7 IndentationError: this line is indented by 3, and no "
                                      "block above is: the nearest is indented by 0 |"
                                      " line it up with the block that it belongs to"},
    {"x = 1\n  y = 2\n",
     "2:1-2 IndentationError: this line is indented, and nothing above it opens a block |"
     " line it up with the line above"},
    {"  x = 1\n",
     "1:1-2 IndentationError: this line is indented, and nothing above it opens a block |"
     " line it up with the line above"},
    {"if a:\n    b\n  c\n", "3:1-3 IndentationError: this line is indented by 2, and no block "
                            "above is: the nearest is indented by 0 |"
                            " line it up with the block that it belongs to"},
    {"if a:\n\tb\n        c\n", "3:1-9 IndentationError: this line's indentation mixes tabs and "
                                "spaces differently from the lines above |"
                                " indent every line of a block with spaces only"},
    {"def f():\n", "2:1-0 IndentationError: the def on line 1 wants an indented block behind it |"
                   " indent the lines that belong to it; pass does nothing"},
    {"try:\n  x\ny\n", "3:1-1 SyntaxError: the try on line 1 has neither except nor finally |"
                       " add: except Exception as e:"},
    {"try:\n x\nexcept A, B:\n y\n",
     "3:9-1 SyntaxError: several exception classes stand in brackets |"
     " as in: except (TypeError, ValueError) as e:"},
    {"try:\n x\nexcept:\n y\nexcept A:\n z\n",
     "3:1-6 SyntaxError: an except without a class catches everything, so it must be the last |"
     " move it to the end"},
    {"try:\n x\nexcept* A:\n y\n",
     "3:7-1 SyntaxError: except* (exception groups) is not part of qkv |"
     " catch them with a plain except"},
    {"x = (1,\n  2\ny = 3\n", "1:5-1 SyntaxError: '(' was opened here and never closed |"
                              " add the ')' before line 3 begins"},
    {"x = [1, 2\n   3]\n", "1:9-6 SyntaxError: two values stand side by side in the list: 2 and 3 |"
                           " is a comma missing between them?"},
    {"print(x\n", "1:6-1 SyntaxError: '(' was opened here and never closed |"
                  " add the ')' before the text ends"},
    {"d = {'a': 1\nfor x in y: pass\n",
     "2:11-1 SyntaxError: the comprehension wants '}', and ':' came |"
     " put the '}' before it"},
    {"x = )\n", "1:5-1 SyntaxError: ')' closes a bracket that was never opened |"
                " delete it, or open the bracket before it"},
    {"x = (1]\n", "1:7-1 SyntaxError: ']' does not close the '(' that was opened on this line |"
                  " close it with ')'"},
    {"x = (1,\n 2]\n", "2:3-1 SyntaxError: ']' does not close the '(' that was opened on line 1 |"
                       " close it with ')'"},
    {"s = \"abc\nx\n", "1:5-4 SyntaxError: this string is not closed before the end of the line |"
                       " close it with \"; a text of several lines stands in \"\"\""},
    {"s = 'it's'\n",
     "1:5-5 SyntaxError: two values stand side by side: 'it' and s |"
     " a quote inside a text is written \\', or the text stands in the other quotes"},
    {"s = '''abc\n", "1:5-3 SyntaxError: this string is never closed: the text ends first |"
                     " close it with '''"},
    {"x = “abc”\n", "1:5-3 SyntaxError: this is a typographic quote |"
                    " use ' or \""},
    {"x = a − b\n", "1:7-3 SyntaxError: this is a typographic minus sign |"
                    " use -"},
    {"x = a × b\n", "1:7-2 SyntaxError: this is a multiplication sign |"
                    " use * (or @ for a matrix product)"},
    {"if a ≤ b: c\n", "1:6-3 SyntaxError: this is the sign for at most |"
                      " use <="},
    {"x = a ? b : c\n", "1:7-1 SyntaxError: '?' is no operator |"
                        " for a choice write: a if condition else b"},
    {"x = $y\n", "1:5-1 SyntaxError: '$' is no part of a name |"
                 " names have letters, digits and _"},
    {"x = `y`\n", "1:5-1 SyntaxError: '`' is no quote |"
                  " use ' or \" around a string"},
    {"x = \001\n", "1:5-1 SyntaxError: an invisible control character (U+0001) stands here |"
                   " delete it"},
    {"x++\n", "1:2-2 SyntaxError: '++' is no operator here |"
              " to count up, write: x += 1"},
    {"++x--\n", "1:4-2 SyntaxError: '--' is no operator here |"
                " to count down, write: x -= 1"},
    {"if a && b:\n  c\n", "1:6-2 SyntaxError: '&&' is no operator here |"
                          " write: a and b"},
    {"if a || b:\n  c\n", "1:6-2 SyntaxError: '||' is no operator here |"
                          " write: a or b"},
    {"if !a:\n  b\n", "1:4-1 SyntaxError: '!' is no operator here |"
                      " write: not x"},
    {"x === y\n", "1:3-3 SyntaxError: '===' is no operator here |"
                  " write: a == b, or: a is b"},
    {"x <> y\n", "1:3-2 SyntaxError: '<>' is no operator here |"
                 " write: a != b"},
    {"x => y\n", "1:3-2 SyntaxError: '=>' is no operator here |"
                 " at least is >=; a function is: lambda x: x + 1"},
    {">>> x = 1\n", "1:1-2 SyntaxError: '>>>' is a prompt of Python, not code |"
                    " leave it out; paste the lines behind the prompts"},
    {"... x\n", "1:1-3 SyntaxError: '...' at a line's start is a prompt of Python, not code |"
                " leave it out; paste the lines behind the prompts"},
    {"%matplotlib inline\n",
     "1:1-1 SyntaxError: a line that begins with % is a command of a notebook, not code |"
     " leave the line out"},
    {"!pip install torch\n",
     "1:1-1 SyntaxError: a line that begins with ! is a command of a notebook, not code |"
     " leave the line out; nothing needs to be installed"},
    {"x = 3 4\n", "1:5-3 SyntaxError: two values stand side by side: 3 and 4 |"
                  " is an operator, a comma or a dot missing between them?"},
    {"f(a b)\n", "1:3-3 SyntaxError: two values stand side by side in the call: a and b |"
                 " is a comma missing between them?"},
    {"f(x) y\n", "1:4-3 SyntaxError: two values stand side by side: one that ends in ) and y |"
                 " is an operator, a comma or a dot missing between them?"},
    {"{'a': 1 'b': 2}\n",
     "1:7-5 SyntaxError: two values stand side by side in the dict: 1 and 'b' |"
     " is a comma missing between them?"},
    {"(1 2)\n", "1:2-3 SyntaxError: two values stand side by side in the bracket: 1 and 2 |"
                " is a comma missing between them?"},
    {"x = 012\n", "1:5-3 SyntaxError: a decimal int does not begin with 0: 012 |"
                  " drop the zeros, or write 0o12 for base 8"},
    {"1abc\n", "1:1-4 SyntaxError: a number runs into a name: 1abc |"
               " a name begins with a letter or _; a product needs a *"},
    {"2x + 1\n", "1:1-2 SyntaxError: a number runs into a name: 2x |"
                 " a name begins with a letter or _; a product needs a *"},
    {"10L\n", "1:1-3 SyntaxError: ints take no suffix: 10L |"
              " leave the letter out"},
    {"0b12\n", "1:4-1 SyntaxError: '2' is no digit of a number in base 2 |"
               " 0b has the digits 0-1, 0o 0-7, 0x 0-9 and a-f"},
    {"0x\n", "1:1-2 SyntaxError: 0x wants digits of base 16 behind it |"
             " 0b has the digits 0-1, 0o 0-7, 0x 0-9 and a-f"},
    {"1__0\n", "1:2-1 SyntaxError: an underscore in a number stands between two digits |"
               " 1_000_000 is how it is meant"},
    {"x = 99999999999999999999\n", "1:5-20 SyntaxError: 99999999999999999999 does not fit in 64 "
                                   "bits; ints go up to 9223372036854775807 |"
                                   " a float holds it approximately: write 1e20"},
    {"x = 0xFFFFFFFFFFFFFFFF\n", "1:5-18 SyntaxError: 0xFFFFFFFFFFFFFFFF does not fit in 64 bits; "
                                 "ints go up to 9223372036854775807 |"
                                 " a float holds it approximately: write 1e20"},
    {"x = 9223372036854775808\n", "1:5-19 SyntaxError: 9223372036854775808 does not fit in 64 "
                                  "bits; ints go up to 9223372036854775807 |"
                                  " a float holds it approximately: write 1e20"},
    {"'\\x4'\n", "1:2-3 SyntaxError: \\x wants 2 hexadecimal digits, and 1 came |"
                 " for a plain backslash write \\\\"},
    {"'\\ud800'\n",
     "1:2-6 SyntaxError: \\ud800 is no character: they go up to U+10FFFF, without U+D800..U+DFFF |"
     " type the character itself"},
    {"'\\N{DASH}'\n", "1:2-2 SyntaxError: characters by name (\\N{...}) are not part of qkv |"
                      " type the character itself, or its number: \\u03b1"},
    {"b'x'\n", "1:1-2 SyntaxError: bytes are not part of qkv: text is str, numbers are tensors |"
               " leave the b out"},
    {"f\"{a\"\n", "1:3-1 SyntaxError: the '{' that opens a field of this f-string has no '}' |"
                  " close it with }, or write {{ for a plain brace"},
    {"f\"{}\"\n", "1:3-2 SyntaxError: a field of this f-string has no expression |"
                  " put a value between the braces, or write {{ }} for plain ones"},
    {"f\"{ }\"\n", "1:3-3 SyntaxError: a field of this f-string has no expression |"
                   " put a value between the braces, or write {{ }} for plain ones"},
    {"f\"}\"\n", "1:3-1 SyntaxError: a '}' in this f-string closes no field |"
                 " write }} for a plain brace"},
    {"f\"{x!z}\"\n", "1:6-1 SyntaxError: behind '!' in a field stands r, s or a |"
                     " write !r, !s or !a"},
    {"f\"{x y}\"\n",
     "1:4-3 SyntaxError: two values stand side by side in the field of this f-string: x and y |"
     " is a comma missing between them?"},
    {"f\"{a b:>3}\"\n",
     "1:4-3 SyntaxError: two values stand side by side in the field of this f-string: a and b |"
     " is a comma missing between them?"},
    {"f\"{x:{y}\"\n", "1:3-1 SyntaxError: the '{' that opens a field of this f-string has no '}' |"
                      " close it with }, or write {{ for a plain brace"},
    {"f(x for x in y, 1)\n",
     "1:3-12 SyntaxError: a generator beside other arguments needs brackets |"
     " put it in brackets of its own: f((x for x in xs), y)"},
    {"f(1, x for x in y)\n",
     "1:6-12 SyntaxError: a generator beside other arguments needs brackets |"
     " put it in brackets of its own: f((x for x in xs), y)"},
    {"f(a=1, 2)\n", "1:8-1 SyntaxError: a positional argument stands behind a keyword argument |"
                    " put it before the keyword arguments, or give it its name"},
    {"f(**a, *b)\n", "1:8-2 SyntaxError: a positional argument stands behind a ** argument |"
                     " put it before the keyword arguments, or give it its name"},
    {"f(**a, b)\n", "1:8-1 SyntaxError: a positional argument stands behind a ** argument |"
                    " put it before the keyword arguments, or give it its name"},
    {"f(a=1, a=2)\n", "1:8-3 SyntaxError: the keyword argument a is given twice |"
                      " leave one of the two out"},
    {"f(1=2)\n",
     "1:3-1 SyntaxError: left of = in a call stands the name of a parameter, not a number |"
     " to compare, write =="},
    {"f(a.b=2)\n",
     "1:3-3 SyntaxError: left of = in a call stands the name of a parameter, not an attribute |"
     " to compare, write =="},
    {"return 3\n", "1:1-6 SyntaxError: return stands only in a function |"
                   " to show a value, print it"},
    {"yield 3\n", "1:1-5 SyntaxError: yield stands only in a function |"
                  " put the loop that yields into a def"},
    {"nonlocal x\n", "1:1-8 SyntaxError: nonlocal stands only in a function |"
                     " a variable of the module is reached by global"},
    {"break\n", "1:1-5 SyntaxError: break stands only in a loop |"
                " to leave a function, use return"},
    {"if x: continue\n", "1:7-8 SyntaxError: continue stands only in a loop |"
                         " to leave a function, use return"},
    {"def f():\n  for x in y:\n    def g():\n      break\n",
     "4:7-5 SyntaxError: break stands only in a loop |"
     " to leave a function, use return"},
    {"x = yield\n", "1:5-5 SyntaxError: yield stands only in a function |"
                    " put the loop that yields into a def"},
    {"a + 1 = 2\n", "1:1-5 SyntaxError: an expression cannot be assigned to |"
                    " to compare, write ==; the name that gets the value stands alone on the left"},
    {"f() = 1\n", "1:1-3 SyntaxError: the result of a call cannot be assigned to |"
                  " to compare, write ==; to set an item, write x[i] = value"},
    {"1 = x\n", "1:1-1 SyntaxError: a number cannot be assigned to |"
                " a name, an attribute a.b or an index a[i] can"},
    {"a == b = c\n", "1:1-6 SyntaxError: a comparison cannot be assigned to |"
                     " one = assigns, and == compares: is one of them the other?"},
    {"None = 1\n", "1:1-4 SyntaxError: None cannot be assigned to |"
                   " a name, an attribute a.b or an index a[i] can"},
    {"'a' = 1\n", "1:1-3 SyntaxError: a string cannot be assigned to |"
                  " a name, an attribute a.b or an index a[i] can"},
    {"[x for x in y] = 1\n", "1:1-14 SyntaxError: a comprehension cannot be assigned to |"
                             " a name, an attribute a.b or an index a[i] can"},
    {"(a, b) += 1\n", "1:1-6 SyntaxError: a tuple cannot be changed in place |"
                      " a name, an attribute a.b or an index a[i] can"},
    {"f() += 1\n", "1:1-3 SyntaxError: the result of a call cannot be changed in place |"
                   " a name, an attribute a.b or an index a[i] can"},
    {"(a, b): int = 1\n", "1:7-1 SyntaxError: a ':' ends only the first line of a block |"
                          " blocks begin with if, for, while, def, class, try or with"},
    {"x := 3\n", "1:3-2 SyntaxError: := stands only inside an expression |"
                 " as a statement write ="},
    {"(a.b := 3)\n", "1:2-3 SyntaxError: := gives a value to a plain name, not to an attribute |"
                     " write it as a statement of its own"},
    {"a, *b, *c = 1\n", "1:8-2 SyntaxError: an assignment has two *names |"
                        " only one part can take the rest"},
    {"*a\n", "1:1-2 SyntaxError: a *value stands only in a list, a tuple, a set or a call |"
             " a tuple of it is written with a comma: *x,"},
    {"*a = 1\n", "1:1-2 SyntaxError: a single *name gets its values in a tuple or a list only |"
                 " write it with a comma: *x, = values"},
    {"x = *a\n", "1:5-2 SyntaxError: a *value stands only in a list, a tuple, a set or a call |"
                 " a tuple of it is written with a comma: *x,"},
    {"del f()\n", "1:5-3 SyntaxError: the result of a call cannot be deleted |"
                  " a name, an attribute a.b or an index a[i] can"},
    {"del *a\n", "1:5-2 SyntaxError: a *value stands only in a list, a tuple, a set or a call |"
                 " a tuple of it is written with a comma: *x,"},
    {"x = 1 +\n",
     "1:8-0 SyntaxError: a value was expected behind '+', and the end of the line came |"
     " write the value, or take out the '+'"},
    {"x = not\n",
     "1:8-0 SyntaxError: a value was expected behind 'not', and the end of the line came |"
     " write the value, or take out the 'not'"},
    {"x = a not\n", "1:7-3 SyntaxError: the statement is complete, and 'not' came |"
                    " begin a new line, or separate two statements by ';'"},
    {"x = * 3\n", "1:5-3 SyntaxError: a *value stands only in a list, a tuple, a set or a call |"
                  " a tuple of it is written with a comma: *x,"},
    {"x = a == not b\n",
     "1:10-3 SyntaxError: 'not' binds less tightly than the operator before it |"
     " put it in brackets: (not x)"},
    {"x = 1 or lambda: 2\n", "1:10-6 SyntaxError: a lambda inside an expression needs brackets |"
                             " put it in brackets"},
    {"x = (lambda x: )\n", "1:16-1 SyntaxError: a value was expected behind ':', and ')' came |"
                           " write the value, or take out the ':'"},
    {"x.\n", "1:3-0 SyntaxError: the '.' wants a name, and the end of the line came |"
             " as in: x.shape"},
    {"x.1\n", "1:1-3 SyntaxError: two values stand side by side: x and .1 |"
              " is an operator, a comma or a dot missing between them?"},
    {"x[]\n", "1:2-1 SyntaxError: an index wants a value between the brackets |"
              " all of it is x[:]"},
    {"x[1\n", "1:2-1 SyntaxError: '[' was opened here and never closed |"
              " add the ']' before the text ends"},
    {"a = 1 if b\n", "1:5-6 SyntaxError: a conditional expression wants an else part |"
                     " as in: a if test else b"},
    {"[for y in z]\n", "1:2-3 SyntaxError: a comprehension begins with the value that it makes |"
                       " as in: [x for x in xs]"},
    {"[x, y for x, y in z]\n", "1:7-3 SyntaxError: a comprehension makes one value at a time |"
                               " put the values in brackets: [(x, y) for x, y in pairs]"},
    {"[x for x in y if a else b]\n",
     "1:20-4 SyntaxError: the if behind a comprehension's for is a filter and has no else |"
     " put the choice in front: [a if test else b for x in xs]"},
    {"[*x for x in y]\n", "1:2-2 SyntaxError: a comprehension cannot unpack with * |"
                          " write a second for: [y for x in xs for y in x]"},
    {"{**x for x in y}\n", "1:4-1 SyntaxError: a comprehension cannot unpack with ** |"
                           " loop over its items(): {k: v for d in ds for k, v in d.items()}"},
    {"{1: 2, 3}\n", "1:9-1 SyntaxError: the dict's key wants ':', and '}' came |"
                    " as in: {\"key\": value}"},
    {"{1, 2: 3}\n", "1:6-1 SyntaxError: the set wants '}', and ':' came |"
                    " put the '}' before it"},
    {"{1:}\n", "1:4-1 SyntaxError: a value was expected behind ':', and '}' came |"
               " write the value, or take out the ':'"},
    {"lambda x=1, y: 2\n",
     "1:13-1 SyntaxError: a parameter without a default stands behind one with a default |"
     " give it a default too, or move it forward"},
    {"def f(a, a): pass\n", "1:10-1 SyntaxError: the parameter a stands twice |"
                            " every parameter has a name of its own"},
    {"def f(*): pass\n", "1:7-1 SyntaxError: a bare * wants a keyword-only parameter behind it |"
                         " as in: def f(a, *, b=1)"},
    {"def f(*, **k): pass\n",
     "1:12-1 SyntaxError: a bare * wants a keyword-only parameter behind it |"
     " as in: def f(a, *, b=1)"},
    {"def f(*a, *b): pass\n", "1:11-1 SyntaxError: a parameter list has one * only |"
                              " what stands behind the first * is keyword-only already"},
    {"def f(**k, a): pass\n", "1:12-1 SyntaxError: the ** parameter is the last one |"
                              " move it in front of the ** parameter"},
    {"def f(/, a): pass\n",
     "1:7-1 SyntaxError: '/' stands once, behind positional parameters and before any * |"
     " as in: def f(a, b, /, c)"},
    {"def f(*a=1): pass\n", "1:9-1 SyntaxError: a * or ** parameter takes no default |"
                            " leave the default out: it is () or {} when nothing came"},
    {"def f((a, b)): pass\n", "1:7-1 SyntaxError: a parameter list wants a name, and '(' came |"
                              " as in: def f(x, y=0):"},
    {"def f(a b): pass\n",
     "1:7-3 SyntaxError: two values stand side by side in the parameter list: a and b |"
     " is a comma missing between them?"},
    {"import\n", "1:7-0 SyntaxError: import wants a name, and the end of the line came |"
                 " as in: import torch"},
    {"import a as\n", "1:12-0 SyntaxError: as wants a name, and the end of the line came |"
                      " as in: import numpy as np"},
    {"import a-b\n", "1:9-1 SyntaxError: the statement is complete, and '-' came |"
                     " begin a new line, or separate two statements by ';'"},
    {"from x import\n", "1:14-0 SyntaxError: import wants a name, and the end of the line came |"
                        " as in: import torch"},
    {"from import x\n", "1:6-6 SyntaxError: from wants a name, and 'import' came |"
                        " as in: from torch import nn"},
    {"from x import (a\ny = 1\n", "1:15-1 SyntaxError: '(' was opened here and never closed |"
                                  " add the ')' before line 2 begins"},
    {"from x import a.b\n", "1:16-1 SyntaxError: the statement is complete, and '.' came |"
                            " begin a new line, or separate two statements by ';'"},
    {"raise E, \"x\"\n",
     "1:8-1 SyntaxError: an exception gets its text in brackets, not behind a comma |"
     " write: raise ValueError(\"text\")"},
    {"global x = 1\n", "1:10-1 SyntaxError: the statement is complete, and '=' came |"
                       " begin a new line, or separate two statements by ';'"},
    {"assert\n",
     "1:7-0 SyntaxError: a value was expected behind 'assert', and the end of the line came |"
     " write the value, or take out the 'assert'"},
    {"@dec\nx = 1\n", "2:1-1 SyntaxError: a decorator wants a def or a class behind it |"
                      " put it directly above the def or class that it decorates"},
    {"@dec x\n", "1:6-1 SyntaxError: the decorator wants the end of the line, and 'x' came |"
                 " as in: @property, on a line of its own"},
    {"with open(f) as: x\n", "1:16-1 SyntaxError: a value was expected behind 'as', and ':' came |"
                             " write the value, or take out the 'as'"},
    {"with a as f(): x\n",
     "1:11-3 SyntaxError: the result of a call cannot be what a with assigns to |"
     " a name, an attribute a.b or an index a[i] can"},
    {"async def f(): pass\n", "1:1-5 SyntaxError: async is not part of qkv |"
                              " write a plain def, for or with"},
    {"x = await y\n", "1:5-5 SyntaxError: await is not part of qkv |"
                      " call the function without it"},
    {"async for x in y: pass\n", "1:1-5 SyntaxError: async is not part of qkv |"
                                 " write a plain def, for or with"},
    {"lambda = 3\n", "1:1-6 SyntaxError: 'lambda' is a word of the language and cannot be a name |"
                     " take another name: lambda_"},
    {"pass x\n", "1:6-1 SyntaxError: the statement is complete, and 'x' came |"
                 " begin a new line, or separate two statements by ';'"},
    {"x = 1 y = 2\n", "1:5-3 SyntaxError: two values stand side by side: 1 and y |"
                      " is an operator, a comma or a dot missing between them?"},
    {"x = \\ y\n", "1:5-1 SyntaxError: a backslash joins lines only as a line's last character |"
                   " put the backslash last on its line, or use brackets"},
    {"if True:\n\n\nx\n",
     "4:1-1 IndentationError: the if on line 1 wants an indented block behind it |"
     " indent the lines that belong to it; pass does nothing"},
    {"a, b\n  c\n",
     "2:1-2 IndentationError: this line is indented, and nothing above it opens a block |"
     " line it up with the line above"},
    {"x: int: 3\n", "1:7-1 SyntaxError: a ':' ends only the first line of a block |"
                    " blocks begin with if, for, while, def, class, try or with"},
    {"for x y: pass\n", "1:7-1 SyntaxError: the for wants 'in', and 'y' came |"
                        " as in: for x in xs:"},
    {"while: pass\n", "1:6-1 SyntaxError: a value was expected behind 'while', and ':' came |"
                      " write the value, or take out the 'while'"},
    {"if : pass\n", "1:4-1 SyntaxError: a value was expected behind 'if', and ':' came |"
                    " write the value, or take out the 'if'"},
    {"class A(B: pass\n", "1:10-1 SyntaxError: the class's bases wants ')', and ':' came |"
                          " put the ')' before it"},
    {"x = [1, 2\n", "1:5-1 SyntaxError: '[' was opened here and never closed |"
                    " add the ']' before the text ends"},
    {"throw E\n", "1:1-5 SyntaxError: 'throw' is written raise |"
                  " write: raise ValueError(\"text\")"},
    {"x = {\n  'a': 1,\n  'b': 2\ny = 3\n",
     "1:5-1 SyntaxError: '{' was opened here and never closed |"
     " add the '}' before line 4 begins"},
    {"return\n", "1:1-6 SyntaxError: return stands only in a function |"
                 " to show a value, print it"},
    {"x = new Foo()\n", "1:5-7 SyntaxError: two values stand side by side: new and Foo |"
                        " is an operator, a comma or a dot missing between them?"},
    {"a b c\n", "1:1-3 SyntaxError: two values stand side by side: a and b |"
                " is an operator, a comma or a dot missing between them?"},
    {"(*x)\n", "1:2-2 SyntaxError: a *value stands only in a list, a tuple, a set or a call |"
               " a tuple of it is written with a comma: (*x,)"},
    {"x = y = *a\n", "1:9-2 SyntaxError: a *value stands only in a list, a tuple, a set or a call |"
                     " a tuple of it is written with a comma: *x,"},
    {"x = 1 § 2\n", "1:7-2 SyntaxError: the character § (U+00A7) has no meaning in code |"
                    " inside quotes any character may stand"},
    {", x\n", "1:1-1 SyntaxError: no statement begins with ',' |"
              " take it out, or complete what stands before it"},
    {"global x, 1\n", "1:11-1 SyntaxError: global wants a name, and '1' came |"
                      " as in: global count"},
    {"x ! y\n", "1:3-1 SyntaxError: '!' is no operator here |"
                " unequal is written !=, negation: not x"},
    {"x for x in y\n", "1:3-3 SyntaxError: a for behind a value needs brackets around both |"
                       " a comprehension stands in brackets: [x for x in xs]"},
    {"True = 1\n", "1:1-4 SyntaxError: True cannot be assigned to |"
                   " a name, an attribute a.b or an index a[i] can"},
    {"False = 1\n", "1:1-5 SyntaxError: False cannot be assigned to |"
                    " a name, an attribute a.b or an index a[i] can"},
    {"... = 1\n", "1:1-3 SyntaxError: ... cannot be assigned to |"
                  " a name, an attribute a.b or an index a[i] can"},
    {"{1} = x\n", "1:1-3 SyntaxError: a set cannot be assigned to |"
                  " a name, an attribute a.b or an index a[i] can"},
    {"{} = x\n", "1:1-2 SyntaxError: a dict cannot be assigned to |"
                 " a name, an attribute a.b or an index a[i] can"},
    {"a if b else c = 1\n", "1:1-13 SyntaxError: a conditional expression cannot be assigned to |"
                            " a name, an attribute a.b or an index a[i] can"},
    {"lambda: 1 = 2\n", "1:1-9 SyntaxError: a lambda cannot be assigned to |"
                        " a name, an attribute a.b or an index a[i] can"},
    {"-a = 1\n", "1:1-2 SyntaxError: an expression cannot be assigned to |"
                 " a name, an attribute a.b or an index a[i] can"},
    {"a and b = 1\n", "1:1-7 SyntaxError: an expression cannot be assigned to |"
                      " a name, an attribute a.b or an index a[i] can"},
    {"not a = 1\n", "1:1-5 SyntaxError: an expression cannot be assigned to |"
                    " a name, an attribute a.b or an index a[i] can"},
    {"(x for x in y) = 1\n", "1:1-14 SyntaxError: a generator cannot be assigned to |"
                             " a name, an attribute a.b or an index a[i] can"},
    {"def f():\n  (yield) = 1\n", "2:4-5 SyntaxError: a yield cannot be assigned to |"
                                  " a name, an attribute a.b or an index a[i] can"},
    {"f'{a}' = 1\n", "1:1-6 SyntaxError: a string cannot be assigned to |"
                     " a name, an attribute a.b or an index a[i] can"},
    {"(yield x)\n", "1:2-5 SyntaxError: yield stands only in a function |"
                    " put the loop that yields into a def"},
    {"(a[0] := 1)\n",
     "1:2-4 SyntaxError: := gives a value to a plain name, not to an indexed value |"
     " write it as a statement of its own"},
    {"((a, b) := 1)\n", "1:2-6 SyntaxError: := gives a value to a plain name, not to a tuple |"
                        " write it as a statement of its own"},
    {"([] := 1)\n", "1:2-2 SyntaxError: := gives a value to a plain name, not to a list |"
                    " write it as a statement of its own"},
    {"f([1]=2)\n",
     "1:3-3 SyntaxError: left of = in a call stands the name of a parameter, not a list |"
     " to compare, write =="},
    {"f(a if b else c=2)\n", "1:3-13 SyntaxError: left of = in a call stands the name of a "
                             "parameter, not a conditional expression |"
                             " to compare, write =="},
    {"f(a[0]=1)\n",
     "1:3-4 SyntaxError: left of = in a call stands the name of a parameter, not an indexed value |"
     " to compare, write =="},
    {"f(*a=1)\n", "1:5-1 SyntaxError: = is a statement's; the call wants a value |"
                  " to compare, write ==; to give a value in an expression, :="},
};

START_TEST(mistakes_are_explained)
{
    const char *text = rows[_i].text;
    char *got = parse_text(text, strlen(text), PARSE_FILE);
    ck_assert_msg(strcmp(got, rows[_i].want) == 0, "%s\n  gave %s\n  not  %s", text, got,
                  rows[_i].want);
    mem_free(got);
}
END_TEST

TCase *teach_case(void) {
    TCase *tc = tcase_create("teach");
    tcase_add_loop_test(tc, mistakes_are_explained, 0, (int)ARRAY_LEN(rows));
    return tc;
}
