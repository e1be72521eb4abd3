package import TriageModel

/// What `mutmut results` prints: a mutant a line, `churn.handler.x_handle__mutmut_1: survived`. Where mutmut's own files lie
/// beside it, they tell more and are read instead.
package enum MutmutResults: ReviewSource {
  package static let id = "mutmut-results"
  package static let title = "mutmut results"
  package static let kind = Mutant.kind
  package static let names = ReportNames(
    endings: ["txt", "log"], isPrinted: true, meant: ["mutmut-results.txt"], usualPaths: ["mutmut-results.txt"])

  package static func recognises(_ head: ReportHead) -> Bool {
    let lines = head.bytes.prefix(4096).split(separator: 0x0A).filter { !$0.withUnsafeBytes(XMLBytes.isBlank) }
    return lines.first.map { MutmutLine($0) != nil } ?? false
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    MutmutResultsReader.read(input, into: &builder)
  }
}

/// A mutant's name and what became of it.
private struct MutmutLine {
  let name: String
  let word: String

  init?(_ line: ArraySlice<UInt8>) {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 }
    guard let colon = text.lastIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return nil }
    name = String(decoding: text[..<colon], as: UTF8.self)
    word = String(decoding: text[(colon + 1)...].drop { $0 == 0x20 }.prefix { $0 != 0x0D }, as: UTF8.self)
    guard let mark = name.firstRange(of: "__mutmut_"), !name.utf8.contains(0x20),
      !name[mark.upperBound...].isEmpty, name[mark.upperBound...].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
  }
}

private struct MutmutResultsReader: ReportLineReader {
  var writer: CaseWriter
  private var unread: (count: Int, first: Int) = (0, 0)
  private lazy var isToldBetter = !writer.beside.below(endingIn: ".py.meta").isEmpty

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    if isToldBetter { return }
    guard isWhole, let line = MutmutLine(line) else {
      unread = (unread.count + 1, unread.count == 0 ? writer.line : unread.first)
      return
    }
    var mutant = Mutant(Self.fate(line.word))
    let module = line.name.split(separator: ".").dropLast()
    mutant.file = module.joined(separator: ".")
    mutant.label = line.name.split(separator: ".").last.map(String.init) ?? line.name
    writer.add(mutant.item)
  }

  private static func fate(_ word: String) -> Mutant.Fate {
    switch word {
    case "survived": .survived
    case "no tests": .untested
    case "killed", "timeout", "segfault", "caught by type check": .caught(word)
    case "skipped", "not checked", "check was interrupted by user": .skipped(word)
    default: .unclear(word)
    }
  }

  mutating func finish() {
    if unread.count > 0 { writer.lose("\(CountText.of(unread.count, "line")) tell of no mutant", unread.first) }
  }
}
