import pytest

from shop.price import discount, label


@pytest.mark.parametrize("count", [10, 100])
def test_sum(benchmark, count):
    benchmark.pedantic(lambda: sum(discount(i, 1) for i in range(count)), rounds=100, iterations=2)


def test_label(benchmark):
    benchmark.extra_info["rows"] = 3
    benchmark.group = "labels"
    benchmark.pedantic(label, args=(3,), rounds=20)
