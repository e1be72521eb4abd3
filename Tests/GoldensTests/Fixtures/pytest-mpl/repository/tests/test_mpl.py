import os, pytest
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot as plt
K = float(os.environ.get("K", "1"))
@pytest.mark.mpl_image_compare
def test_plot():
    fig, ax = plt.subplots(figsize=(2,1)); ax.plot([0, 1, K]); return fig
class TestP:
    @pytest.mark.mpl_image_compare(filename="other.png", tolerance=5)
    def test_in(self):
        K = 3 * globals()["K"]
        fig, ax = plt.subplots(figsize=(2,1)); ax.plot([0, 1, K]); return fig
