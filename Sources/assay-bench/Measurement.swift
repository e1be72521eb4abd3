/// Something that is measured. One lies in a file of its own and has a line in `Measurements`.
protocol Measurement: Sendable {
  /// The word it is asked for by.
  var name: String { get }
  /// Measures, and says what was found; makes the inputs that are not there yet.
  func run(_ bench: Bench) throws -> [Figure]
}

/// How much is measured.
enum BenchSize: String, CaseIterable {
  /// Two minutes, ratios alone: for CI, where no time means anything by itself.
  case small
  /// What the budgets are about.
  case full
}

/// One line of the table.
struct Figure {
  /// What stands against the budget of this name (`Budgets`).
  let name: String
  let title: String
  /// Ours, in seconds unless `unit` says otherwise.
  var ours: Double
  var unit = Unit.seconds
  /// What is meant beside it, and its own figure; nil where it is missing here.
  var peerName: String?
  var peer: Double?
  /// The most memory that a process of ours had.
  var peakBytes: Int?
  var peerPeakBytes: Int?
  /// What else was seen.
  var note: String?

  /// How many times the peer's ours is.
  var ratio: Double? { peer.flatMap { $0 > 0 ? ours / $0 : nil } }

  enum Unit: String {
    case seconds = "s"
    case bytes = "B"
    case exponent = ""
    case count = "×"
  }
}

/// The most that a figure may be.
struct Budget {
  enum Kind { case ratio, value }
  var kind = Kind.ratio
  /// At full size.
  let full: Double
  /// At the small size, with room for a machine that does something else besides: what doubles is over it. Ratios only.
  var small: Double?
  var goal: Double?
}

/// Something that keeps a measurement from being made.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
