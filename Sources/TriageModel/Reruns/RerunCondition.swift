/// What is changed, one thing at a time, to find what a flaky test hangs on.
package enum RerunCondition: Sendable, Hashable {
  /// After the tests that ran before it in the run, in their order.
  case asInRun
  /// The test alone in its process: what every other condition is compared with.
  case alone
  /// After these tests, by their ids, in this order and in one process.
  case after([String])
  /// After those tests that an order drawn with a seed puts before it.
  case order(seed: UInt64)
  /// With a fixed seed of the hash function (`PYTHONHASHSEED`), on which the order of sets hangs.
  case hashSeed(UInt32)
  /// In another time zone, by its name in the tz database.
  case timeZone(String)
  /// With a clock that begins at a local time, `YYYY-MM-DD hh:mm:ss`.
  case clock(String)
  /// On one processor only.
  case oneProcessor
  /// While other work keeps the processors busy.
  case busyProcessors
  /// Without a network.
  case noNetwork

  /// The kinds of conditions.
  package enum Kind: String, MachineWord, Sendable, CaseIterable {
    case alone
    case asInRun = "as-in-run"
    case after
    case order
    case hashSeed = "hash-seed"
    case timeZone = "time-zone"
    case clock
    case oneProcessor = "one-processor"
    case busyProcessors = "busy-processors"
    case noNetwork = "no-network"

    /// Whether it makes some tests fail that are no flakes, for what it takes away: a network, certificates that are valid.
    package var isDisruptive: Bool { self == .noNetwork || self == .clock }
  }

  /// Its kind.
  package var kind: Kind {
    switch self {
    case .asInRun: .asInRun
    case .alone: .alone
    case .after: .after
    case .order: .order
    case .hashSeed: .hashSeed
    case .timeZone: .timeZone
    case .clock: .clock
    case .oneProcessor: .oneProcessor
    case .busyProcessors: .busyProcessors
    case .noNetwork: .noNetwork
    }
  }

  /// What tells it from others of its kind; nil where there is one only. The ids of tests are not among it.
  package var value: String? {
    switch self {
    case .asInRun, .alone, .after, .oneProcessor, .busyProcessors, .noNetwork: nil
    case .order(let seed): String(seed)
    case .hashSeed(let seed): String(seed)
    case .timeZone(let name): name
    case .clock(let time): time
    }
  }

  /// How people say it, after *fails*: `in the time zone Asia/Kathmandu`.
  package var text: String {
    switch self {
    case .asInRun: "after the tests before it in the run"
    case .alone: "alone"
    case .after(let tests): "after " + tests.joined(separator: " and ")
    case .order(let seed): "in an order drawn with seed \(seed)"
    case .hashSeed(let seed): "with hash seed \(seed)"
    case .timeZone(let name): "in the time zone \(name)"
    case .clock(let time): "with the clock at \(time)"
    case .oneProcessor: "on one processor"
    case .busyProcessors: "on busy processors"
    case .noNetwork: "without a network"
    }
  }

  /// The conditions that are tried of a test of which nothing else is known, beside being alone and as in the run.
  ///
  /// Four orders: a pair of tests is in the wrong order in at least one of them with 96 %. Hash seeds: one that makes a
  /// test fail in a tenth of them is among twenty with 88 %. Zones: the ends of the day and a quarter of an hour. Clocks:
  /// the end of a day, of a year and of a leap February.
  package static let usual: [RerunCondition] =
    (1...4).map { .order(seed: $0) } + (0...19).map { .hashSeed($0) }
    + ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"].map { .timeZone($0) }
    + ["2027-12-31 23:59:59", "2028-02-29 12:00:00"].map { .clock($0) }
    + [.oneProcessor, .busyProcessors, .noNetwork]
}
