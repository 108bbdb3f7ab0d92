def outer():
    return missing


outer()
