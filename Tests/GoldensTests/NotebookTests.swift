import Goldens
import Testing
import TriageModel

@Suite struct NotebookTests {
  private struct Cell {
    var source: String
    var output = ""
  }

  /// A notebook as Jupyter writes one after a run: `run` changes what every run does.
  private func notebook(_ cells: [Cell], run: Int, ids: Bool = true) -> [UInt8] {
    let texts = cells.enumerated().map { place, cell in
      let output =
        cell.output.isEmpty
        ? "" : #"{"output_type": "stream", "name": "stdout", "text": ["\#(cell.output)\n"]}"#
      let id = ids ? #""id": "\#(run)-\#(place)", "# : ""
      return #"""
        {"cell_type": "code", "execution_count": \#(run * 10 + place), \#(id)"metadata": {"ExecuteTime": {"end_time": "\#(run)"}},
         "outputs": [\#(output)], "source": ["\#(cell.source)"]}
        """#
    }
    return Array(
      #"{"cells": [\#(texts.joined(separator: ",\n"))], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"#.utf8)
  }

  private let cells = [
    Cell(source: "import os"), Cell(source: "x = load()"), Cell(source: "print(x * 2)", output: "2"),
    Cell(source: "plot(x)"),
  ]

  @Test(arguments: [true, false])
  func runAgainItIsTheSame(ids: Bool) {
    let comparison = GoldenKinds.compare(
      notebook(cells, run: 1, ids: ids), notebook(cells, run: 2, ids: ids), name: "n.ipynb")
    #expect(comparison.kind == "ipynb" && !comparison.differs && comparison.drift.kind == .setAside)
    #expect(comparison.summary.setAsideCount == (ids ? 12 : 8))
  }

  @Test(arguments: 0...4)
  func aCellThatIsNewMovesNoOther(at place: Int) {
    var other = cells
    other[2].output = "3"
    other.insert(Cell(source: "z = 3"), at: place)
    let comparison = GoldenKinds.compare(notebook(cells, run: 1), notebook(other, run: 7), name: "n.ipynb")
    #expect(comparison.summary.added == 1 && comparison.summary.removed == 0 && comparison.summary.changed == 1)
    #expect(comparison.summary.total > 0 && comparison.drift.others.contains(.setAside))
  }

  @Test func anEditedCellIsThatCell() {
    var other = cells
    other[1].source = "x = load(again=True)"
    other.remove(at: 0)
    let comparison = GoldenKinds.compare(notebook(cells, run: 1), notebook(other, run: 7), name: "n.ipynb")
    #expect(comparison.summary.removed == 1 && comparison.summary.added == 0 && comparison.summary.changed == 1)
  }
}
