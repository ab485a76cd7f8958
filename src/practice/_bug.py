"""What an answer to a bug is: lines that it names, or code in place of what is wrong. See bug.c in C."""
import re

NUMBERS = r'(\d+(?:\s*(?:,|and|&|to|-)\s*\d+)*)'
ALONE = re.compile(NUMBERS + r'\s*[.:]?')
TOLD = re.compile(NUMBERS + r'\s*[:.)]\s+[^\W\d].*')
IN_WORDS = re.compile(r'\blines?\s+' + NUMBERS + r'\b', re.IGNORECASE)


def named(answer):
    """Numbers of lines in "3", "line 3: no root", "it is in line 3"; none in code."""
    answer = answer.strip()
    if '\n' in answer:
        return []
    found = ALONE.fullmatch(answer) or TOLD.fullmatch(answer) or IN_WORDS.search(answer)
    return [int(n) for n in re.findall(r'\d+', found.group(1))] if found else []


def wrong_lines(code, mended):
    """Numbers of the lines of a snippet that the mended one does not have."""
    right = [line.strip() for line in mended.splitlines()]
    lines = code.splitlines()
    if len(lines) == len(right):
        return [i + 1 for i, line in enumerate(lines) if line.strip() != right[i]]
    return [i + 1 for i, line in enumerate(lines) if line.strip() and line.strip() not in right]


def verdict_of_lines(answer, code, mended):
    """None: the answer names no line; '': right; else what there is to say."""
    lines, wrong = named(answer), wrong_lines(code, mended)
    if not lines:
        return None
    count = len(code.splitlines())
    for n in lines:
        if not 1 <= n <= count:
            return f'There is no line {n}: the code has {count}.'
    fine = [n for n in lines if n not in wrong]
    if not fine:
        return ''
    if len(fine) < len(lines):
        return 'Name the one line that is wrong, or mend the code.'
    said = ', '.join(str(n) for n in fine)
    return f'Line{"s" * (len(fine) > 1)} {said} {"do" if len(fine) > 1 else "does"} what {"they" if len(fine) > 1 else "it"} should. Name another, or mend the code.'


def words(line):
    return set(re.findall(r'\w+', line))


def programs(answer, code, mended):
    """The program that an answer is; of a single line the programs in which it stands for another,
    the line that is most like it first, then those that are wrong."""
    line = answer.strip()
    if '\n' in line or line.startswith(('def ', 'class ')):
        return [answer]
    lines = code.splitlines()
    typed = words(line)
    like = [len(typed & words(old)) / max(len(typed | words(old)), 1) for old in lines]
    places = [like.index(max(like))] + [n - 1 for n in wrong_lines(code, mended)]
    made = []
    for at in places:
        old = lines[at]
        indent = old[:len(old) - len(old.lstrip())]
        made.append('\n'.join(lines[:at] + [indent + line] + lines[at + 1:]) + '\n')
    return made
