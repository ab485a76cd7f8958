### unicodedata: names are not here
import unicodedata
unicodedata.name('é')
### unicodedata: nor in patterns
import re
re.compile(r'\N{DIGIT ONE}')
