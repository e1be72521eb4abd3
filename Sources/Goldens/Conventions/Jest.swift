internal import TriageModel

/// jest and vitest: many snapshots in a `.snap` file a test file; what was received is only in the failure's text.
struct Jest: GoldenConvention {
  let id = "jest"
  let title = "jest and vitest"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let failures = evidence.failures(saying: "Snapshot ").compactMap { failure in
      JestMessage(failure.text).map { (failure: failure, message: $0) }
    }
    guard !failures.isEmpty else { return [] }
    let files = files(evidence)
    return failures.compactMap { pair($0.failure, $0.message, files, evidence) }
  }

  func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]] {
    Dictionary(try JestSnapFile(file).entries.map { ($0.key, $0.text) }) { first, _ in first }
  }

  func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8] {
    try JestSnapFile(file ?? JestSnapFile.empty).replacing(key, with: bytes)
  }

  private func files(_ evidence: GoldenEvidence) -> [(path: String, file: JestSnapFile)] {
    evidence.repository.files.filter { $0.hasSuffix(".snap") && PathText.normal($0) == $0 }.compactMap { path in
      evidence.golden(path).flatMap { try? JestSnapFile($0) }.map { (path, $0) }
    }
  }

  private func pair(
    _ failure: GoldenEvidence.FoundFailure, _ message: JestMessage, _ files: [(path: String, file: JestSnapFile)],
    _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    let source = evidence.run.table.definition(of: failure.test)?.file ?? ""
    let own = files.filter { !source.isEmpty && PathText.name($0.path) == PathText.name(source) + ".snap" }
    if message.isNew { return new(failure, message, source, evidence) }
    let having = (own.isEmpty ? files : own).filter { $0.file.text(message.key) != nil }
    let fitting = having.filter { message.received($0.file.text(message.key)) != nil }
    guard let found = fitting.first ?? having.first else { return nil }
    var pair = start(failure, found.path, message.key, evidence)
    pair.expected = .repository
    if let received = message.received(found.file.text(message.key)) {
      pair.actual = .bytes(received)
      pair.recovery = fitting.count == 1 ? .replayed : .partial
      if fitting.count > 1 { pair.remarks.append("The message fits snapshots of \(fitting.count) files.") }
    } else {
      pair.remarks.append("The difference that the failure shows does not fit the snapshot, or is not all of it.")
    }
    return pair
  }

  /// A snapshot that CI did not write.
  private func new(
    _ failure: GoldenEvidence.FoundFailure, _ message: JestMessage, _ source: String, _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    guard let test = evidence.golden(like: source), let received = message.received(nil) else { return nil }
    let path = PathText.join(PathText.folder(test), "__snapshots__/\(PathText.name(test)).snap")
    var pair = start(failure, path, message.key, evidence)
    pair.expected = .none
    pair.actual = .bytes(received)
    pair.recovery = .replayed
    return pair
  }

  private func start(
    _ failure: GoldenEvidence.FoundFailure, _ path: String, _ key: String, _ evidence: GoldenEvidence
  ) -> GoldenPair {
    GoldenPair(
      place: GoldenPlace(path: path, entry: key), convention: id, test: evidence.run.table.id(of: failure.test),
      testIndex: failure.test, expected: .unknown, actual: .unknown, recovery: .nothing)
  }
}
