internal import TriageModel

/// What a document needed so that it could be read: losses are damages, the rest is told once a kind.
struct XMLMends: Equatable {
  /// A repair that lost nothing.
  enum Kind: CaseIterable {
    case controlCharacter, invalidBytes, bareAmpersand, unknownEntity, rawAngle, tagInText, repeatedAttribute
    case unquotedAttribute, missingEnd, strayEnd, outsideText, severalRoots, lateDeclaration, misplacedCDATAEnd

    var words: String {
      switch self {
      case .controlCharacter: "control characters kept"
      case .invalidBytes: "bytes that are not UTF-8 read as Windows-1252"
      case .bareAmpersand: "bare & kept"
      case .unknownEntity: "undeclared entities kept as written"
      case .rawAngle: "raw < kept"
      case .tagInText: "unknown tags in text kept as text"
      case .repeatedAttribute: "repeated attributes: the first of each is kept"
      case .unquotedAttribute: "attribute values without quotes"
      case .missingEnd: "missing end tags"
      case .strayEnd: "end tags without a start"
      case .outsideText: "text outside of the report left out"
      case .severalRoots: "several reports in one file"
      case .lateDeclaration: "XML declarations that are not at the start"
      case .misplacedCDATAEnd: "]]> outside of a CDATA section kept"
      }
    }
  }

  private var firstLines: [Kind: Int] = [:]
  private var counts: [Kind: Int] = [:]
  /// What was lost: line and cause.
  private(set) var losses: [(line: Int, cause: String)] = []

  /// Notes a repair that lost nothing.
  mutating func note(_ kind: Kind, line: Int) {
    counts[kind, default: 0] += 1
    if firstLines[kind] == nil { firstLines[kind] = line }
  }

  /// Notes a loss; the first hundred are kept.
  mutating func lose(_ cause: String, line: Int) {
    if losses.count < 100 { losses.append((line, cause)) }
  }

  /// Whether anything was repaired or lost.
  var isEmpty: Bool { counts.isEmpty && losses.isEmpty }

  /// A sentence a kind of repair: `mended: control characters kept (3, first at line 2)`.
  var warnings: [String] {
    Kind.allCases.compactMap { kind in
      guard let count = counts[kind], let line = firstLines[kind] else { return nil }
      return "mended: \(kind.words) (\(count), first at line \(line))"
    }
  }

  static func == (left: XMLMends, right: XMLMends) -> Bool {
    left.counts == right.counts && left.firstLines == right.firstLines
      && left.losses.elementsEqual(right.losses) { $0 == $1 }
  }
}
