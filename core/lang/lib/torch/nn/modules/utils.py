# What modules share.


def repeated(value, n):
    """n numbers: a single one stands for all."""
    if isinstance(value, (tuple, list)):
        return tuple(value)
    return (value,) * n
