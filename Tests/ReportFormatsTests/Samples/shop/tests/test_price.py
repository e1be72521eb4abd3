from shop.price import Cart, discount, label


def test_discount():
    assert discount(200, 1) == 180
    assert discount(10, 1) == 10


def test_label():
    assert label(3) == "3.00 EUR"


def test_cart():
    assert Cart().add("x") == 1
