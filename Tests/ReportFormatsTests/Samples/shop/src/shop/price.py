"""Prices with discounts."""


def discount(total, customers):
    if total > 100:
        rate = 0.1
    elif total > 50:
        rate = 0.05
    else:
        rate = 0
    return total * (1 - rate) * max(customers, 1)


def label(total):
    if total < 0:
        raise ValueError("a price below zero")
    return f"{total:.2f} EUR"


class Cart:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)
        return len(self.items)

    def clear(self):
        while self.items:
            self.items.pop()


def debug():  # pragma: no cover
    print("x")
