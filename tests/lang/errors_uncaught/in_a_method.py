class Stack:
    def __init__(self):
        self.items = []

    def pop(self):
        if not self.items:
            raise IndexError("the stack is empty")
        return self.items.pop()


class Machine:
    def __init__(self):
        self.stack = Stack()

    def run(self, program):
        for word in program.split():
            if word == "+":
                self.stack.items.append(self.stack.pop() + self.stack.pop())
            else:
                self.stack.items.append(int(word))
        return self.stack.pop()


print(Machine().run("1 2 +"))
print(Machine().run("1 +"))
