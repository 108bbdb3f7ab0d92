# The time module: clocks that only go forward.
import time

start = time.time()
tick = time.perf_counter()
total = sum(i * i for i in range(1000))
elapsed = time.perf_counter() - tick
print(total, elapsed >= 0, elapsed < 60)
print(time.time() >= start, isinstance(start, float), start > 1.6e9)
before = time.monotonic()
time.sleep(0.01)
print(time.monotonic() - before >= 0.009)
print(isinstance(time.process_time(), float), isinstance(time.perf_counter_ns(), int))
print(time.sleep(0))
