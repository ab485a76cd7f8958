### a class catches its subclasses
for c in (ValueError, Exception, BaseException):
    try:
        raise ValueError('x')
    except c as e:
        print(c.__name__, e)
### handlers are tried in order
def f(e):
    try:
        raise e
    except KeyError:
        return 'key'
    except (ValueError, TypeError):
        return 'value or type'
    except Exception:
        return 'other'
print(f(KeyError(1)), f(TypeError()), f(ValueError()), f(RuntimeError()))
### bare except
try:
    1 / 0
except:
    print('caught')
### else runs without an exception
try:
    x = 1
except ValueError:
    print('no')
else:
    print('else')
finally:
    print('finally')
### finally runs with an exception
try:
    try:
        raise ValueError('a')
    finally:
        print('finally')
except ValueError as e:
    print('outer', e)
### finally runs on return
def f():
    try:
        return 'returned'
    finally:
        print('finally')
print(f())
### a return in finally wins
def f():
    try:
        return 1
    finally:
        return 2
print(f())
### the name is gone after the handler
try:
    raise ValueError('a')
except ValueError as e:
    pass
try:
    e
except NameError as e2:
    print(type(e2).__name__)
### raise again
try:
    try:
        raise ValueError('a')
    except ValueError:
        raise
except ValueError as e:
    print('again', e)
### raise a class
try:
    raise ValueError
except ValueError as e:
    print(repr(e), str(e) == '', e.args)
### raise from
try:
    try:
        raise KeyError('k')
    except KeyError as e:
        raise ValueError('v') from e
except ValueError as e:
    print(e, repr(e.__cause__))
### raise from None
try:
    raise ValueError('v') from None
except ValueError as e:
    print(e, e.__cause__)
### args and str
for e in (ValueError('a'), ValueError('a', 1), ValueError(), KeyError('k'), ValueError(3)):
    print(str(e), repr(e), e.args)
### exceptions of one's own
class MyError(Exception):
    pass
class Worse(MyError):
    def __init__(self, n):
        super().__init__(f'worse {n}')
        self.n = n
try:
    raise Worse(3)
except MyError as e:
    print(type(e).__name__, e, e.n, e.args)
### __str__ of one's own
class E(Exception):
    def __str__(self):
        return 'mine'
try:
    raise E('x')
except E as e:
    print(e, e.args)
### the tree of exceptions
print(issubclass(KeyError, LookupError), issubclass(IndexError, LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(ModuleNotFoundError, ImportError), issubclass(RecursionError, RuntimeError), issubclass(NotImplementedError, RuntimeError), issubclass(UnboundLocalError, NameError), issubclass(StopIteration, Exception), issubclass(KeyboardInterrupt, Exception))
### exceptions print by name
print(ValueError, type(ValueError('x')), ValueError.__name__)
### exceptions compare by identity
a, b = ValueError('x'), ValueError('x')
print(a == b, a == a)
### isinstance of exceptions
try:
    [][0]
except Exception as e:
    print(isinstance(e, IndexError), isinstance(e, LookupError), isinstance(e, KeyError))
### raising what is no exception
try:
    raise 5
except TypeError as e:
    print(type(e).__name__, e)
### an exception in a handler
try:
    try:
        1 / 0
    except ZeroDivisionError:
        [][1]
except IndexError as e:
    print(type(e).__name__, type(e.__context__).__name__)
### nested finally order
def f():
    try:
        try:
            raise ValueError('x')
        finally:
            print('inner')
    except ValueError:
        print('handler')
    finally:
        print('outer')
f()
### an exception through a function
def f():
    raise ValueError('deep')
def g():
    f()
try:
    g()
except ValueError as e:
    print(e)
### recursion limit
def f(n):
    return f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__)
### an attribute that is missing
class A: pass
try:
    A().x
except AttributeError as e:
    print(type(e).__name__, e)
try:
    A.y
except AttributeError as e:
    print(type(e).__name__, e)
### an attribute of a builtin that is missing
for o in ([], 'a', 1, None, {}, (1,)):
    try:
        o.nothing
    except AttributeError as e:
        print(type(e).__name__, e)
### int of bad text
for s in ('a', '', '1.5', '0x10'):
    try:
        int(s)
    except ValueError as e:
        print(type(e).__name__, e)
### float of bad text
try:
    float('abc')
except ValueError as e:
    print(type(e).__name__, e)
### int of the wrong type
try:
    int([])
except TypeError as e:
    print(type(e).__name__, e)
### NotImplementedError
class Base:
    def f(self):
        raise NotImplementedError('subclass it')
try:
    Base().f()
except NotImplementedError as e:
    print(type(e).__name__, e)
### StopIteration of next
try:
    next(iter([]))
except StopIteration as e:
    print(type(e).__name__, e.value)
### except with an expression as class
errors = {'v': ValueError, 'k': KeyError}
try:
    raise KeyError('x')
except errors['k'] as e:
    print('caught', e)
### not callable
for x in (5, None, 'a', [1]):
    try:
        x()
    except TypeError as e:
        print(type(e).__name__, e)
### try in a loop with continue
for x in ('1', 'a', '3'):
    try:
        n = int(x)
    except ValueError:
        print('skip', x)
        continue
    print(n)
### with_traceback and add_note leave the exception alone
try:
    raise ValueError('x').with_traceback(None)
except ValueError as e:
    print(e)
### warnings are exceptions
print(issubclass(UserWarning, Warning), issubclass(DeprecationWarning, Warning), issubclass(Warning, Exception))
### import of an unknown module
try:
    import no_such_module_here
    no_such_module_here.f()
except ImportError as e:
    print('ImportError')
### len of what has none
for x in (5, None):
    try:
        len(x)
    except TypeError as e:
        print(type(e).__name__, e)
### exception with keyword attributes
class HTTPError(Exception):
    def __init__(self, code, *, reason='none'):
        self.code = code
        self.reason = reason
        super().__init__(code, reason)
try:
    raise HTTPError(404, reason='gone')
except HTTPError as e:
    print(e.code, e.reason, e, repr(e))
### a generator cleans up in finally
def g():
    try:
        yield 1
        yield 2
    finally:
        print('closed')
for x in g():
    print(x)
    break
print('after')
### else is not covered by the handlers
try:
    try:
        pass
    except ValueError:
        print('no')
    else:
        raise ValueError('from else')
except ValueError as e:
    print(e)
