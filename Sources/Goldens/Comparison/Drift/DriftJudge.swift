package import TriageModel

/// Says what kind of change two goldens show, and proves it by numbers.
///
/// Structure and NaN outrank all else, since the numbers behind them cannot be trusted. One kind must explain every
/// difference; what two kinds explain together is a real change whose proof names the parts. In doubt it is real.
package enum DriftJudge {
  /// The verdict on all differences together.
  package static func judge(_ evidence: DriftEvidence) -> Drift {
    if !evidence.shape.isEmpty { return Drift(.shape, clauses(evidence.shape)) }
    if evidence.nanBorn > 0 {
      return Drift(.nanBorn, CountText.of(evidence.nanBorn, "number") + " became NaN" + rest(evidence))
    }
    let parts = parts(of: evidence)
    if let shift = evidence.rowShift, shift != 0, parts.isEmpty {
      let way = shift > 0 ? "further down" : "further up"
      return Drift(.shift, "the rows are the same, \(CountText.of(abs(shift), "row")) \(way)")
    }
    if let order = evidence.isPermutation, parts.isEmpty, evidence.otherChanges == 0 {
      return Drift(.permutation, order)
    }
    return mixed(parts, evidence)
  }

  /// The verdicts on numbers and on words, those that there are.
  private static func parts(of evidence: DriftEvidence) -> [Drift] {
    var parts: [Drift] = []
    if evidence.numbers.count > 0 { parts.append(numbers(of: evidence)) }
    if !evidence.words.isEmpty { parts.append(WordDrift.judge(evidence.words, kept: evidence.keptWords)) }
    return parts
  }

  private static func mixed(_ parts: [Drift], _ evidence: DriftEvidence) -> Drift {
    var proofs = parts.map(\.proof)
    if let order = evidence.isPermutation { proofs.insert(order, at: 0) }
    if let shift = evidence.rowShift { proofs.insert("rows moved by \(shift)", at: 0) }
    if evidence.otherChanges > 0 { proofs.append("\(CountText.of(evidence.otherChanges)) added, removed or other") }
    if proofs.isEmpty { return Drift(.format, "every value is the same") }
    if proofs.count == 1, let part = parts.first { return part }
    return Drift(.real, proofs.joined(separator: "; "))
  }

  /// What else changed where NaN was born.
  private static func rest(_ evidence: DriftEvidence) -> String {
    let others = evidence.numbers.count + evidence.words.reduce(0) { $0 + $1.count } + evidence.otherChanges
    return others > evidence.nanBorn ? "; \(CountText.of(others - evidence.nanBorn)) other changes" : ""
  }

  private static func clauses(_ clauses: [String]) -> String {
    let shown = clauses.prefix(4).joined(separator: "; ")
    return clauses.count > 4 ? shown + "; \(clauses.count - 4) more" : shown
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
    if loud == [.clipping] { return Drift(.clipping, proof) }
    return Drift(.real, loud == [.real] && columns.count > 4 ? together.proof : proof)
  }
}
