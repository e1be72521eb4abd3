import Goldens
import TriageActions
import TriageMessages
import TriageModel

@testable import TriageUI

/// Golden changes as a run after a library upgrade leaves them, and comparisons to look at.
enum SampleGoldens {
  static func hash(_ text: String) -> ContentHash { ContentHash(of: Array(text.utf8)) }

  static func change(
    _ path: String, _ kind: String, _ drift: Drift, changed: Int, total: Int, relative: Double? = nil,
    state: GoldenState = .pending, recovery: GoldenRecovery = .exact
  ) -> GoldenChange {
    var change = GoldenChange(
      location: GoldenLocation(path: path), convention: "pytest-regressions",
      test: "tests/unit/test_scoring.py::test_scores",
      recovery: recovery, state: state)
    change.kind = kind
    change.drift = drift
    change.expectedHash = hash(path)
    change.currentHash = state == .stale ? hash(path + "now") : hash(path)
    change.actualHash = hash(path + "actual")
    var summary = ChangeSummary(unit: kind == "txt" ? "lines" : "cells")
    summary.changed = changed
    summary.total = total
    summary.maxRelative = relative.map { ChangeSummary.Extreme(value: $0, location: "row 12, score") }
    summary.maxAbsolute = relative.map { ChangeSummary.Extreme(value: $0 * 0.5, location: "row 12, score") }
    summary.smallestRelative = relative
    change.summary = summary
    return change
  }

  /// A real change, a clipping, forty of noise with one that stands out, a stale one, one that was only read in part.
  static var changes: [GoldenChange] {
    let clipping = Drift(.clipping, "31 of 40 values are max(0.37754, min(0.62246, expected))")
    var all = [
      change("tests/unit/test_scoring/test_scores.csv", "csv", clipping, changed: 31, total: 40, relative: 0.64),
      change(
        "tests/unit/test_scoring/test_report.txt", "txt", Drift(.real, "the text says something else"), changed: 2,
        total: 420),
      change(
        "tests/unit/test_scoring/test_nan.npy", "npy", Drift(.nanBorn, "3 of 64 elements became NaN"), changed: 3,
        total: 64),
      change(
        "tests/unit/test_scoring/test_table.json", "json", clipping, changed: 12, total: 20, relative: 0.4,
        state: .stale),
      change(
        "tests/unit/__snapshots__/test_summary.ambr", "txt", clipping, changed: 4, total: 9, relative: 0.3,
        recovery: .partial),
    ]
    for number in 0..<40 {
      let size = number == 17 ? 3e-7 : 2.2e-16 * Double(number % 5 + 1)
      all.append(
        change(
          "tests/golden/layer_\(number).npy", "npy", Drift(.noise, "all of 1,024 elements are within 4 ULP"),
          changed: 1024, total: 4096, relative: size))
    }
    return all.sorted { $0.location < $1.location }
  }

  static func list(_ changes: [GoldenChange] = changes, run: RunRef = RunRef(0, revision: 1)) -> GoldenList {
    GoldenList(run: run, changes: changes, compared: changes.count, isComplete: true)
  }

  /// Two texts of many equal lines, one changed, one added, one removed.
  static var text: Comparison {
    let left = (1...420).map { "line \($0) = \(Double($0) / 8)" }
    var right = left
    right[200] = "line 201 = 25.25  "
    right.insert("a line that is new", at: 210)
    right.remove(at: 400)
    let runs = [
      AlignedRun(.equal, expected: 0..<200, actual: 0..<200),
      AlignedRun(.changed, expected: 200..<201, actual: 200..<201),
      AlignedRun(.equal, expected: 201..<210, actual: 201..<210),
      AlignedRun(.added, expected: 210..<210, actual: 210..<211),
      AlignedRun(.equal, expected: 210..<399, actual: 211..<400),
      AlignedRun(.removed, expected: 399..<400, actual: 400..<400),
      AlignedRun(.equal, expected: 400..<420, actual: 400..<420),
    ]
    let body = TextComparison(
      expected: lines(left), actual: lines(right), alignment: Alignment(runs))
    var comparison = Comparison(kind: "text", body: .text(body))
    comparison.summary.changed = 3
    return comparison
  }

  private static func lines(_ lines: [String]) -> TextLines {
    TextLines(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// Forty rows with a key, of which every third was clipped.
  static func table(rows: Int = 40) -> Comparison {
    var runs: [AlignedRun] = []
    var numbers = NumberDifferences(types: [.float64, .float64, .float64])
    for row in 0..<rows {
      let isChanged = row % 3 == 0
      runs.append(AlignedRun(isChanged ? .changed : .equal, expected: row..<row + 1, actual: row..<row + 1))
      if isChanged { numbers.append(expected: value(row), actual: 0.62246, place: row, column: 2) }
    }
    var columns = ["request", "label", "score", "margin"].enumerated().map {
      TableComparison.Column(name: $1, expected: $0, actual: $0)
    }
    columns[0].isKey = true
    columns[2].isNumeric = true
    columns[2].changed = numbers.count
    columns[3].isNumeric = true
    let table = TableComparison(
      title: "", columns: columns, alignment: Alignment(runs), firstRowNumber: 2, source: Rows())
    var comparison = Comparison(kind: "csv", body: .tables([table]))
    comparison.numbers = numbers
    comparison.summary.changed = numbers.count
    comparison.summary.smallestRelative = 0.64
    comparison.summary.worst = "row 41, score"
    return comparison
  }

  static func value(_ row: Int) -> Double { 0.7 + Double(row) / 100 }

  private struct Rows: TableSource {
    func cells(of row: Alignment.Row, columns: [TableComparison.Column]) -> [TableComparison.Cell] {
      let place = row.expected ?? row.actual ?? 0
      let isChanged = row.kind == .changed
      let margin = "\(Double(place) * 12.5 - 100)"
      return [
        TableComparison.Cell(expected: "r-\(place)", actual: "r-\(place)", kind: .equal),
        TableComparison.Cell(
          expected: place % 2 == 0 ? "ham" : "spam", actual: place % 2 == 0 ? "ham" : "spam", kind: .equal),
        TableComparison.Cell(
          expected: "\(value(place))", actual: isChanged ? "0.62246" : "\(value(place))",
          kind: isChanged ? .changed : .equal),
        TableComparison.Cell(expected: margin, actual: margin, kind: .equal),
      ]
    }

    func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String { "r-\(row.expected ?? 0)" }
  }

  /// A small tree with a change, an addition and what is alike folded.
  static var tree: Comparison {
    struct Rows: TreeSource {
      let rows: [TreeComparison.Row] = [
        .init(depth: 0, label: "", expected: "{4 keys}", actual: "{5 keys}", kind: .changed, isBranch: true),
        .init(depth: 1, label: "", expected: nil, actual: nil, kind: .equal, folded: 3),
        .init(depth: 1, label: "scores", expected: "[20]", actual: "[20]", kind: .changed, isBranch: true),
        .init(depth: 2, label: "[3]", expected: "0.731", actual: "0.62246", kind: .changed),
        .init(depth: 2, label: "", expected: nil, actual: nil, kind: .equal, folded: 16),
        .init(depth: 1, label: "version", expected: nil, actual: "\"2.0\"", kind: .added),
      ]
      var count: Int { rows.count }
      func row(at index: Int) -> TreeComparison.Row { rows[index] }
      func path(at index: Int) -> String { "$" }
    }
    return Comparison(kind: "json", body: .tree(TreeComparison(source: Rows())))
  }

  /// A bar that became longer, on white.
  static var image: Comparison {
    func raster(_ length: Int) -> ImageComparison.Raster {
      var pixels: [UInt8] = []
      for y in 0..<48 {
        for x in 0..<96 {
          let isBar = (12..<36).contains(y) && x < length
          pixels += isBar ? [31, 119, 180, 255] : [255, 255, 255, 255]
        }
      }
      return ImageComparison.Raster(width: 96, height: 48, pixels: pixels)
    }
    let tile = ImageComparison.Tile(x: 48, y: 0, width: 16, height: 48, rms: 96)
    let image = ImageComparison(
      expected: raster(48), actual: raster(64), rms: 31.5, changedPixels: 384, tiles: [tile])
    return Comparison(kind: "png", body: .image(image))
  }

  static var bytes: Comparison {
    let left = Array("not text at all\u{0}\u{1}\u{2} and more of it".utf8)
    let right = Array("not text at oll\u{0}\u{1}\u{3} and more of it!".utf8)
    return Comparison(kind: "bytes", body: .bytes(BytesComparison(expected: left, actual: right)))
  }

  /// The comparison of a golden, by its name.
  static func comparison(of place: GoldenLocation) -> Comparison {
    switch place.path.split(separator: ".").last {
    case "txt", "ambr": text
    case "json": tree
    case "png": image
    case "bin": bytes
    default: table()
    }
  }
}

extension SampleGoldens {
  /// What a decision on the sample would do: all that can be written, the rest left out with its reason.
  static func preview(_ request: DecisionRequest) -> DecisionPreview {
    let held = request.locations.compactMap { place -> DecisionPreview.Held? in
      let obstacle: Obstacle? =
        place.path.hasSuffix("nan.npy")
        ? .nanBorn : place.path.hasSuffix("table.json") ? .stale : place.path.hasSuffix(".ambr") ? .partial : nil
      guard let obstacle, !request.named.contains(obstacle) else { return nil }
      return DecisionPreview.Held(location: place, obstacle: obstacle, reason: "the reason in a clause")
    }
    let places = request.locations.filter { place in !held.contains { $0.location == place } }
    return DecisionPreview(
      request: request, places: places, files: places.map(\.path),
      neverDisplayed: places.count { !request.displayed.contains($0) }, held: held,
      warnings: ["the run's commit is no ancestor of HEAD"])
  }
}
