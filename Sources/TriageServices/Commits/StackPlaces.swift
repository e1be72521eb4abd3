internal import TriageModel

/// The repository's own files that a test's failures name, and the file it is defined in.
struct StackPlaces {
  /// Lines of stacks that are looked at.
  private static let mostLines = 20_000

  /// The line that is named last of each file, by the file's path; nil where none is.
  private(set) var lines: [String: Int?] = [:]

  /// The places that the first failing attempt names.
  init(of test: TestIndex, in run: Run, _ ownFiles: OwnFiles) {
    let attempts = run.table.attempts(of: test)
    let attempt = attempts.first { !$0.failures.isEmpty }
    // The innermost frame comes last: a file counts with the line nearest to what went wrong.
    for failure in attempt?.failures ?? [] {
      for text in [failure.message, failure.details] {
        for line in text.split(whereSeparator: \.isNewline).prefix(Self.mostLines) {
          if let place = StackFrame(line: line)?.placed { add(place, ownFiles) }
        }
      }
      if let place = failure.location { add(place, ownFiles) }
    }
    guard let definition = run.table.definition(of: test), let own = ownFiles.resolve(definition) else { return }
    if lines[own.file] == nil { lines[own.file] = .some(own.line) }
  }

  private mutating func add(_ place: SourceLocation, _ ownFiles: OwnFiles) {
    if let own = ownFiles.resolve(place) { lines[own.file] = .some(own.line) }
  }

  /// Those of some files that are named, with their lines.
  func named(among files: [String]) -> [SourceLocation] {
    files.compactMap { file in lines[file].map { SourceLocation(file: file, line: $0) } }
  }
}
