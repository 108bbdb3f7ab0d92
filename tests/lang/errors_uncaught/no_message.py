def stop():
    raise ValueError


stop()
