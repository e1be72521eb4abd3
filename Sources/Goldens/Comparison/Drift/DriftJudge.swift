package import TriageModel

/// Says what kind of change two goldens show, and proves it by numbers.
///
/// Structure and lost numbers outrank all else, since the numbers behind them cannot be trusted; what else changed is
/// named behind them. One kind must explain every difference; what two kinds explain together is a real change whose
/// proof names the parts, words first. In doubt it is real.
package enum DriftJudge {
  /// The verdict on all differences together.
  package static func judge(_ evidence: DriftEvidence) -> Drift {
    if evidence.shape.isEmpty { return values(of: evidence) }
    // Rows and columns of one side are what the shape says.
    var shared = evidence
    shared.otherChanges = 0
    let values = values(of: shared)
    let rest = values.kind == .format ? "" : "; " + values.proof
    return Drift(.shape, clauses(evidence.shape) + rest, with: values.kinds)
  }

  /// The verdict on what stands in the places that both sides have.
  private static func values(of evidence: DriftEvidence) -> Drift {
    let rest = rest(of: evidence)
    if evidence.lost.count == 0 { return rest }
    let proof = evidence.lost.proof + (rest.kind == .format ? "" : "; " + rest.proof)
    return Drift(.nanBorn, proof, with: rest.kinds)
  }

  /// The verdict on all but lost numbers.
  private static func rest(of evidence: DriftEvidence) -> Drift {
    var evidence = evidence
    let exchanged = evidence.keepFiniteNumbers()
    let parts = parts(of: evidence, exchanged: exchanged)
    if let shift = evidence.rowShift, shift != 0, parts.isEmpty {
      let way = shift > 0 ? "further down" : "further up"
      return Drift(.shift, "the rows are the same, \(CountText.of(abs(shift), "row")) \(way)")
    }
    if let order = evidence.isPermutation, parts.isEmpty, evidence.otherChanges == 0 {
      return Drift(.permutation, order)
    }
    return mixed(parts, evidence)
  }

  /// The verdicts on words, on what nobody can see and on numbers, those that there are.
  private static func parts(of evidence: DriftEvidence, exchanged: Int) -> [Drift] {
    var parts: [Drift] = []
    if !evidence.words.isEmpty { parts.append(WordDrift.judge(evidence.words, kept: evidence.keptWords)) }
    if evidence.regained > 0 {
      let words = "\(CountText.of(evidence.regained, "number")) stand where NaN, an infinity or nothing stood"
      parts.append(Drift(.real, words, with: [.nanBorn]))
    }
    if exchanged > 0 { parts.append(Drift(.real, "\(CountText.of(exchanged)) infinite or NaN on both sides differ")) }
    if !evidence.unseen.isEmpty { parts.append(Drift(.real, clauses(evidence.unseen))) }
    if evidence.numbers.count > 0 { parts.append(numbers(of: evidence)) }
    return parts
  }

  private static func mixed(_ parts: [Drift], _ evidence: DriftEvidence) -> Drift {
    var proofs = parts.map(\.proof)
    var kinds = parts.flatMap(\.kinds)
    if evidence.otherChanges > 0 {
      // Before numbers: small ones would hide it.
      let words = "\(CountText.of(evidence.otherChanges)) added, removed or other"
      proofs.insert(words, at: evidence.numbers.count > 0 ? max(0, proofs.count - 1) : proofs.count)
    }
    if let order = evidence.isPermutation {
      proofs.insert(order, at: 0)
      kinds.append(.permutation)
    }
    if let shift = evidence.rowShift {
      proofs.insert("rows moved by \(shift)", at: 0)
      kinds.append(.shift)
    }
    if proofs.isEmpty { return Drift(.format, "every value is the same") }
    if proofs.count == 1, let part = parts.first { return part }
    return Drift(.real, proofs.joined(separator: "; "), with: kinds)
  }

  private static func clauses(_ clauses: [String]) -> String {
    let shown = clauses.prefix(4).joined(separator: "; ")
    return clauses.count > 4 ? shown + "; \(clauses.count - 4) more" : shown
  }
}

extension DriftEvidence {
  /// Leaves out the pairs of which one is no finite number, and counts those of which neither is and that are not lost.
  fileprivate mutating func keepFiniteNumbers() -> Int {
    guard numbers.expected.contains(where: { !$0.isFinite }) || numbers.actual.contains(where: { !$0.isFinite }) else {
      return 0
    }
    var exchanged = 0
    var finite = NumberDifferences(types: numbers.types)
    for index in numbers.expected.indices {
      let (expected, actual) = (numbers.expected[index], numbers.actual[index])
      if expected.isFinite, actual.isFinite {
        finite.append(
          expected: expected, actual: actual, place: Int(numbers.indices[index]), column: Int(numbers.columns[index]))
      } else if !expected.isFinite, actual.isInfinite {
        exchanged += 1
      }
    }
    numbers = finite
    return exchanged
  }
}

extension DriftJudge {
  /// The verdict on numbers: as one column, and where that is no kind but a real change, column by column.
  private static func numbers(of evidence: DriftEvidence) -> Drift {
    let columns = NumberDrift.columns(of: evidence)
    if columns.count == 1, let column = columns.first { return column.judge() }
    let together = NumberDrift.together(columns, evidence)
    if together.kind != .real { return together }
    let verdicts = columns.map { (name: $0.name, drift: $0.judge()) }
    let kinds = Set(verdicts.map(\.drift.kind))
    let proof = clauses(verdicts.map { $0.name.isEmpty ? $0.drift.proof : "\($0.name): \($0.drift.proof)" })
    if kinds.count == 1, let kind = kinds.first, kind != .real { return Drift(kind, proof) }
    // Rounding beside a clear cause is what a recomputation looks like: the cause names it.
    let loud = kinds.subtracting([.noise])
    if loud == [.clipping] { return Drift(.clipping, proof, with: kinds) }
    return Drift(.real, loud == [.real] && columns.count > 4 ? together.proof : proof, with: kinds)
  }
}

/// Tells a renaming of categories from words that say something else.
enum WordDrift {
  /// A renaming replaces each word by one other everywhere, no two by the same, and words come more than once: else
  /// every changed sentence would be one.
  static func judge(_ words: [(expected: String, actual: String, count: Int)], kept: Set<String>?) -> Drift {
    let total = words.reduce(0) { $0 + $1.count }
    let isOneToOne =
      Set(words.map(\.expected)).count == words.count && Set(words.map(\.actual)).count == words.count
    let shown = words.sorted { ($1.count, $0.expected, $0.actual) < ($0.count, $1.expected, $1.actual) }.prefix(3)
      .map { "\(quoted($0.expected)) → \(quoted($0.actual)) ×\($0.count)" }.joined(separator: ", ")
    let more = words.count > 3 ? ", \(words.count - 3) more" : ""
    guard isOneToOne, words.count < WordTally.limit, total >= 2 * words.count, total >= 3, let kept,
      kept.isDisjoint(with: words.map(\.expected))
    else { return Drift(.real, "\(CountText.of(total, "word")) changed: \(shown)\(more)") }
    return Drift(.remap, "\(CountText.of(words.count, "word")) renamed everywhere, one for one: \(shown)\(more)")
  }

  private static func quoted(_ word: String) -> String {
    word.count > 24 ? "\"\(word.prefix(24))…\"" : "\"\(word)\""
  }
}

/// Counts which words became which, up to a number of distinct ones.
struct WordTally: Sendable {
  /// What stood there, and what stands there now.
  struct Pair: Hashable {
    var expected: [UInt8]
    var actual: [UInt8]
  }

  /// Distinct changes that are kept.
  static let limit = 1_000

  /// The changes, and how often each was met.
  private(set) var counts: [Pair: Int] = [:]
  /// Changed words beyond those that are kept.
  private(set) var others = 0

  /// Counts a change.
  mutating func add(_ pair: Pair, _ count: Int = 1) {
    if counts[pair] != nil || counts.count < Self.limit { counts[pair, default: 0] += count } else { others += count }
  }

  /// Counts what another tally has seen behind this one.
  mutating func add(_ other: WordTally) {
    for (pair, count) in other.counts { add(pair, count) }
    others += other.others
  }

  /// The words and how often.
  var pairs: [(expected: String, actual: String, count: Int)] {
    counts.map { (String(decoding: $0.expected, as: UTF8.self), String(decoding: $0.actual, as: UTF8.self), $1) }
  }
}
