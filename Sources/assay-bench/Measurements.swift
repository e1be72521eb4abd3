/// What is measured, in the order of the table.
enum Measurements {
  static let all: [any Measurement] = [
    StartMeasurement(), ReadMeasurement(), ListMeasurement(), IngestMeasurement(), FrameMeasurement(),
    FirstFrameMeasurement(), PairMeasurement(), IdleMeasurement(), FilterMeasurement(), CausesMeasurement(),
    VerdictMeasurement(),
    DiffMeasurement(), DocumentMeasurement(), GrowthMeasurement(),
  ]
}

/// How much each figure may be, by its name.
enum Budgets {
  static let of: [String: Budget] = [
    "version": Budget(full: 2, small: 10, goal: 1.3),
    "read": Budget(full: 3, small: 13, goal: 2.5),
    "list": Budget(full: 4.5, small: 15, goal: 3.5),
    "ingest-new": Budget(full: 4, small: 8.5, goal: 2.5),
    "ingest-known": Budget(full: 2.5, small: 6, goal: 1.5),
    "key-p50": Budget(full: 2.5, small: 7.5, goal: 1.5),
    "key-p99": Budget(full: 2.5, goal: 1.5),
    "page-p50": Budget(full: 2.5, small: 7.5, goal: 1.5),
    "page-p99": Budget(full: 2.5, goal: 1.5),
    "typing-p50": Budget(full: 2.5, small: 8.5, goal: 1.5),
    "typing-p99": Budget(full: 2.5, goal: 1.5),
    "screens-p50": Budget(full: 2.5, small: 4, goal: 1.5),
    "screens-p99": Budget(full: 2.5, goal: 1.5),
    "first-10k": Budget(kind: .value, full: 0.03),
    "first-1m": Budget(kind: .value, full: 0.06),
    "pair-scroll-p50": Budget(full: 2.5, small: 5, goal: 1.5),
    "pair-scroll-p99": Budget(full: 2.5, goal: 1.5),
    "idle-cpu": Budget(kind: .value, full: 0),
    "idle-wakes": Budget(kind: .value, full: 0),
    "filter": Budget(full: 0.25, small: 0.035, goal: 0.05),
    "filter-rg": Budget(full: 2, small: 1.6, goal: 1),
    "causes": Budget(kind: .value, full: 2, small: 4, goal: 1),
    "verdicts": Budget(kind: .value, full: 10, goal: 2),
    "diff-1": Budget(full: 0.3, small: 1, goal: 0.2),
    "diff-100": Budget(full: 0.8, small: 1.9, goal: 0.5),
    "documents": Budget(kind: .value, full: 0.5, small: 6, goal: 0.25),
  ]

  /// The most that an exponent of growth may be before somebody must say why.
  static let exponent = 1.15
}
