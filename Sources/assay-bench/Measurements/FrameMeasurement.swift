import Foundation

/// From a key to the last byte of its frame, beside a bare ncurses program that draws every cell anew.
struct FrameMeasurement: Measurement {
  let name = "frames"

  func run(_ bench: Bench) throws -> [Figure] {
    let tests = bench.count(1_000_000, small: 100_000)
    bench.say("frames of \(tests) tests")
    let ours = try ScreenSession(bench, [bench.program, try bench.inputs.junit(tests)])
    let peer = try ScreenSession(bench, [bench.itself, InsideWork.flag, "repaint"])
    _ = try peer.settle(since: peer.start)
    _ = try ours.settle(since: ours.start)
    ours.rest()
    // All of the tests, not those alone that need somebody.
    ours.send("A")
    ours.rest()
    let count = bench.count(200, small: 40)
    var figures: [Figure] = []
    let kinds: [(name: String, title: String, keys: [String])] = [
      ("key", "j", ["j"]), ("page", "page down", ["\u{1B}[6~"]),
      // An escape waits for what might follow it: the prompt is left by the other key.
      ("typing", "typing a filter", ["/"] + "calib".map(String.init) + Array(repeating: "\u{7F}", count: 5) + ["\r"]),
      ("screens", "switching screens", ["3", "4", "6", "1"]),
    ]
    for kind in kinds {
      var times = FrameTimes(peerName: "bare repaint")
      for turn in 0..<count {
        times.ours.append(try ours.press(kind.keys[turn % kind.keys.count]))
        times.peer.append(try peer.press("x"))
      }
      ours.send("\u{1B}")
      ours.rest(limit: 5)
      figures += times.figures(kind.name, "key to frame, \(kind.title)", isFull: bench.isFull)
    }
    figures.append(
      Figure(
        name: "screen-memory", title: "memory of the screen on \(tests) tests", ours: Double(ours.account.peakBytes),
        unit: .bytes))
    return figures
  }
}

/// What keys took, in turn on both sides.
struct FrameTimes {
  let peerName: String
  var ours: [Burst] = []
  var peer: [Burst] = []

  init(peerName: String) { self.peerName = peerName }

  /// The middle of them, and where all is measured the worst of a hundred.
  func figures(_ name: String, _ title: String, isFull: Bool) -> [Figure] {
    func figure(_ label: String, _ part: Double) -> Figure {
      Figure(
        name: "\(name)-\(label)", title: "\(title), \(label)", ours: Statistics.quantile(part, of: ours.map(\.frame)),
        peerName: peerName, peer: Statistics.quantile(part, of: peer.map(\.frame)))
    }
    var middle = figure("p50", 0.5)
    middle.note = String(
      format: "%.0f bytes a frame, the peer %.0f; all is there after %.1f ms",
      Statistics.median(ours.map { Double($0.bytes) }), Statistics.median(peer.map { Double($0.bytes) }),
      Statistics.median(ours.map(\.settled)) * 1000)
    return isFull ? [middle, figure("p99", 0.99)] : [middle]
  }
}
