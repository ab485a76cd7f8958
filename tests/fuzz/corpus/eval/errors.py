try:
    [][1 / 0]
except (KeyError, ZeroDivisionError) as e:
    raise ValueError(f'{e!r:>40}') from e
else:
    1
finally:
    print('x')
