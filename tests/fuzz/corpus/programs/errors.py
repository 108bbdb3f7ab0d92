def f(x):
    try:
        return 1 / x
    except ZeroDivisionError as e:
        raise ValueError('no') from e
    finally:
        print('f')
try:
    f(0)
except ValueError as e:
    print(e, e.__cause__)
with open('x') as a: pass
