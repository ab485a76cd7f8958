### a match that would take for ever stops
import re
try: re.match(r'(a+)+$', 'a' * 60 + 'b')
except RuntimeError as e: print(e)
re.sub('(x+x+)+y', '', 'x' * 60)
### what is not there says so
import re
try: re.compile('a{70000}')
except re.error as e: print(e)
try: print(re.match('(?=(a))', 'a').lastindex)
except NotImplementedError as e: print(e)
re.compile('é', re.A | re.I)
