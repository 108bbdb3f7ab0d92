prices = {"apple": 3, "pear": 4}
total = sum(prices[fruit] for fruit in ["apple", "fig"])
print(total)
