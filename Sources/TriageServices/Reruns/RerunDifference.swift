internal import FailureAnalysis
internal import SafeText
internal import TriageModel

/// Finds what a test printed only where it failed, and only where it passed.
///
/// Lines are compared without what changes with every attempt: numbers, addresses, times and paths are masked. What a
/// failure itself says is left out, since no pass can say it.
struct RerunDifference: Sendable {
  /// Attempts of each kind that are looked at.
  private static let mostAttempts = 10
  /// Bytes of an attempt's output that are looked at: its beginning and its end.
  private static let longestText = 200_000
  /// Lines that are kept of each kind.
  private static let mostLines = 20

  private var failing: [[String]] = []
  private var passing: [[String]] = []

  /// Takes what an attempt printed.
  mutating func add(_ output: String, failed: Bool) {
    if failed ? failing.count >= Self.mostAttempts : passing.count >= Self.mostAttempts { return }
    let bytes = Array(output.utf8)
    let cut =
      bytes.count > Self.longestText
      ? Array(bytes.prefix(Self.longestText / 2) + bytes.suffix(Self.longestText / 2)) : bytes
    let lines = Sanitizer.lines(String(decoding: cut, as: UTF8.self)).filter { line in
      // Rulers between the parts of an output say nothing.
      line.unicodeScalars.contains { $0.properties.isAlphabetic } && !line.hasPrefix("----")
    }
    if failed { failing.append(lines) } else { passing.append(lines) }
  }

  /// The lines that only attempts of one kind have, those of most attempts first; nothing while all ended alike.
  var lines: [RerunSnapshot.OwnLine] {
    if failing.isEmpty || passing.isEmpty { return [] }
    return Self.own(failing, besides: passing, isOfFailing: true)
      + Self.own(passing, besides: failing, isOfFailing: false)
  }

  private static func own(
    _ texts: [[String]], besides others: [[String]], isOfFailing: Bool
  ) -> [RerunSnapshot.OwnLine] {
    var masker = Masker()
    func key(_ line: String) -> [UInt8] {
      var line = line
      line.withUTF8 { masker.mask(UnsafeRawBufferPointer($0)) }
      return masker.masked
    }
    var known: Set<[UInt8]> = []
    for line in others.joined() { known.insert(key(line)) }
    var found: [[UInt8]: (line: String, attempts: Int, place: Int)] = [:]
    for text in texts {
      var seen: Set<[UInt8]> = []
      for line in text {
        let key = key(line)
        guard !known.contains(key), seen.insert(key).inserted else { continue }
        found[key] = found[key].map { ($0.line, $0.attempts + 1, $0.place) } ?? (line, 1, found.count)
      }
    }
    return found.values.sorted { (-$0.attempts, $0.place) < (-$1.attempts, $1.place) }.prefix(mostLines).map {
      RerunSnapshot.OwnLine(isOfFailing: isOfFailing, text: $0.line, attempts: $0.attempts, of: texts.count)
    }
  }
}
