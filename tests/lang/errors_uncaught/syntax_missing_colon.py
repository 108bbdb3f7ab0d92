print("not reached")
def f(x)
    return x
