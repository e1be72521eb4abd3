internal import TriageModel

/// What was left alone, the first entries by name and the rest by number: an archive may hold a million links.
struct RefusalList {
  private let limits: ArtifactLimits
  private let isReport: (String) -> Bool
  private var named: [Refusal] = []
  private var unnamed = 0
  /// The first file that was to be a report and is not among those named.
  private(set) var lostReport: String?

  /// A list within limits; `isReport` tells by a file's name, without its folders, that it is missed when refused.
  init(limits: ArtifactLimits, isReport: @escaping (String) -> Bool = { _ in false }) {
    self.limits = limits
    self.isReport = isReport
  }

  /// Adds what lies at `path`, with the reason as in `Refusal`.
  mutating func append(path: String, reason: String) {
    if named.count < limits.refusals {
      named.append(Refusal(path: shortened(path), reason: reason))
      return
    }
    unnamed += 1
    if lostReport == nil, isReport(path.split(separator: "/").last.map(String.init) ?? path) {
      lostReport = shortened(path)
    }
  }

  /// Those named, and one for the rest.
  var all: [Refusal] {
    if unnamed == 0 { return named }
    return named + [Refusal(path: "…", reason: "and \(CountText.of(unnamed)) more")]
  }

  /// A path cut in its middle: its folders say whose it is, its end what it was.
  private func shortened(_ path: String) -> String {
    let bytes = path.utf8
    guard bytes.count > limits.nameBytes else { return path }
    let mark = "…"
    let end = min(limits.nameBytes / 2, 256)
    let start = max(limits.nameBytes - end - mark.utf8.count, 0)
    return String(decoding: bytes.prefix(start), as: UTF8.self) + mark
      + String(decoding: bytes.suffix(end), as: UTF8.self)
  }
}
