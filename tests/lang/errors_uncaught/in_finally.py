def work():
    try:
        return {}["missing"]
    finally:
        print("cleaned up")


print("before")
work()
