import Foundation

/// A pair of goldens of a million rows on the screen: opening it, and scrolling.
struct PairMeasurement: Measurement {
  let name = "pair"

  func run(_ bench: Bench) throws -> [Figure] {
    let rows = bench.count(1_000_000, small: 50_000)
    bench.say("a golden of \(rows) rows on the screen")
    try Self.makeProject(bench, rows)
    let peer = try ScreenSession(bench, [bench.itself, InsideWork.flag, "repaint"])
    _ = try peer.settle(since: peer.start)
    let ours = try ScreenSession(
      bench, [bench.program, "-C", bench.scratch + "/project", bench.scratch + "/run"], state: "pair")
    _ = try ours.settle(since: ours.start)
    ours.rest()
    let opening = try ours.press("2", quiet: 2)
    ours.rest()
    ours.send("\r")
    ours.rest()
    var times = FrameTimes(peerName: "bare repaint")
    for turn in 0..<bench.count(200, small: 40) {
      times.ours.append(try ours.press(turn % 4 == 3 ? "\u{1B}[6~" : "j"))
      times.peer.append(try peer.press("x"))
    }
    return [
      Figure(
        name: "pair-open", title: "opening a golden of \(rows) rows, all there", ours: opening.settled,
        peakBytes: ours.account.peakBytes, note: "the first frame after \(Int(opening.frame * 1000)) ms")
    ] + times.figures("pair-scroll", "key to frame, scrolling \(rows) rows", isFull: bench.isFull)
  }

  /// A project with one golden of pytest-regressions, and the run that changed it.
  private static func makeProject(_ bench: Bench, _ rows: Int) throws {
    let files = FileManager.default
    let pair = try bench.inputs.tables(rows, changed: 1)
    for folder in ["project/.git", "project/tests/test_m", "run/basetemp/test_table0"] {
      try files.createDirectory(atPath: "\(bench.scratch)/\(folder)", withIntermediateDirectories: true)
    }
    let base = bench.scratch + "/"
    for (from, to) in [
      (pair.expected, "project/tests/test_m/test_table.csv"),
      (pair.expected, "run/basetemp/test_table0/test_table.csv"),
      (pair.actual, "run/basetemp/test_table0/test_table.obtained.csv"),
    ] {
      try? files.removeItem(atPath: base + to)
      try files.copyItem(atPath: from, toPath: base + to)
    }
    try Data(
      """
      <testsuite name='pytest' tests='1' failures='1'><testcase classname='tests.test_m' name='test_table'>\
      <failure message='differs'>x</failure></testcase></testsuite>
      """.utf8
    ).write(to: URL(filePath: base + "run/junit.xml"))
  }
}
