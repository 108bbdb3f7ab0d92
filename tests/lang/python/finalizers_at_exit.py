# gradpad-only: the recorder leaves before the end of the interpreter, of which this is about.
# What CPython 3.11 prints when it runs the program by itself.
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


first = Thing("first")
second = Thing("second")
ring = Thing("ring")
ring.me = ring
weakref.finalize(second, print, "finalized at exit")
weakref.finalize(first, print, "finalized before that")
quiet = weakref.finalize(first, print, "never")
quiet.atexit = False
print("the end")
