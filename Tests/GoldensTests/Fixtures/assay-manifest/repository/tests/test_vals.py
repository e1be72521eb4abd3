import os
import numpy as np, pandas as pd
K = float(os.environ.get("K", "1"))
def test_np(): np.testing.assert_allclose(np.arange(4) * K, np.arange(4.0), rtol=1e-6)
class TestT:
    def test_pd(self): pd.testing.assert_frame_equal(pd.DataFrame({"a": [1.0 * K, 2.0]}), pd.DataFrame({"a": [1.0, 2.0]}))
def test_data(data_regression): data_regression.check({"a": K})
def test_new(data_regression): data_regression.check({"a": K})
