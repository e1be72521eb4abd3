import os
import numpy as np, pandas as pd, pytest
K = float(os.environ.get("K", "1"))
def test_data(data_regression): data_regression.check({"a": [1*K, 2, 3], "b": "x"})
def test_num(num_regression): num_regression.check({"v": np.arange(5) * K})
def test_arr(ndarrays_regression): ndarrays_regression.check({"v": np.arange(5) * K})
def test_df(dataframe_regression): dataframe_regression.check(pd.DataFrame({"v": np.arange(5) * K}))
def test_file(file_regression): file_regression.check(f"hello\nworld {K}\n")
@pytest.mark.parametrize("p", ["a-b", "c/d"])
def test_par(data_regression, p): data_regression.check({"p": p, "k": K})
class TestC:
    def test_in_class(self, data_regression): data_regression.check({"k": K})
def test_np(): np.testing.assert_allclose(np.arange(4) * K, np.arange(4.0))
def test_np_eq(): np.testing.assert_array_equal(np.arange(4) * K, np.arange(4.0))
def test_pd(): pd.testing.assert_frame_equal(pd.DataFrame({"a": [1.0 * K, 2.0]}), pd.DataFrame({"a": [1.0, 2.0]}))
