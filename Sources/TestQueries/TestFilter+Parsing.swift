internal import SafeText
internal import TriageModel

extension TestFilter {
  /// Reads a filter; an empty text is the filter that every test satisfies.
  package init(parsing text: String) throws(FilterError) {
    var scanner = FilterScanner(text, fields: Self.fields)
    var terms: [Term] = []
    var words: [String] = []
    while let isNegated = try scanner.nextTerm() {
      let question = try Self.question(&scanner)
      if case .text(.any, .word(_, _)) = question, !isNegated, let word = scanner.lastWord { words.append(word) }
      terms.append(Term(isNegated: isNegated, question: question))
    }
    self.text = text
    self.words = words
    // A stable sort, so that terms of one cost are asked as written.
    self.terms = terms.enumerated()
      .sorted { ($0.element.question.cost, $0.offset) < ($1.element.question.cost, $1.offset) }
      .map(\.element)
  }

  private static let fields = ["kind", "outcome", "verdict"] + TextField.allCases.map(\.rawValue).dropFirst()

  private static func question(_ scanner: inout FilterScanner) throws(FilterError) -> Question {
    guard let name = try scanner.fieldName() else { return .text(.any, try scanner.match()) }
    switch name {
    case "outcome": return .outcome(try outcomes(&scanner))
    case "kind": return .kind(try kind(&scanner))
    case "verdict": return .verdict(try verdicts(&scanner))
    case let name:
      guard let field = TextField(rawValue: name) else { return .text(.any, try scanner.match()) }
      return .text(field, try scanner.match())
    }
  }

  /// Names or letters of outcomes, joined by commas.
  private static func outcomes(_ scanner: inout FilterScanner) throws(FilterError) -> Set<Outcome> {
    let start = scanner.column
    var found: Set<Outcome> = []
    for value in scanner.word().split(separator: ",") {
      let name = value.replacing("-", with: "_").lowercased()
      if name == "failing" {
        found.formUnion(Outcome.allCases.filter(\.isFailing))
      } else if let outcome = Outcome.allCases.first(where: { $0.name == name || String($0.letter) == value }) {
        found.insert(outcome)
      } else {
        throw .unknownValue(
          String(value), field: "outcome", column: start, known: ["failing"] + Outcome.allCases.map(\.name))
      }
    }
    return found
  }

  /// Names of verdicts or their first words, joined by commas.
  static func verdicts(_ scanner: inout FilterScanner) throws(FilterError) -> Set<Verdict.Label> {
    let start = scanner.column
    var found: Set<Verdict.Label> = []
    for value in scanner.word().split(separator: ",") {
      let name = String(value)
      guard
        let label = Verdict.Label(word: name)
          ?? Verdict.Label.allCases.first(where: { $0.word.hasPrefix(name.lowercased() + "-") })
      else {
        throw .unknownValue(name, field: "verdict", column: start, known: Verdict.Label.allCases.map(\.word))
      }
      found.insert(label)
    }
    return found
  }

  private static func kind(_ scanner: inout FilterScanner) throws(FilterError) -> ItemKind {
    let start = scanner.column
    let value = try scanner.plainValue()
    if let kind = ItemKind.allCases.first(where: { $0.name == value.lowercased() }) { return kind }
    throw .unknownValue(value, field: "kind", column: start, known: ItemKind.allCases.map(\.name))
  }
}
