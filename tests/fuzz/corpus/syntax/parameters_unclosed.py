def find(items, ("b"], "b"):
    pass
