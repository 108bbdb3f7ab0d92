class Account:
    def __init__(self):
        self.balance = 10

    def withdraw(self, amount):
        self.balanec -= amount


account = Account()
account.withdraw(3)
