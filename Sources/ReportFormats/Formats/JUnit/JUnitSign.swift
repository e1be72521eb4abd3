/// One sign of a dialect: an attribute of an element, and what it says.
struct JUnitSign: Sendable {
  enum Says: Sendable {
    case anything
    case exactly(String)
    case prefix(String)
    case suffix(String)
    case contains(String)
  }

  let element: JUnitWord
  /// The attribute's name as written.
  let attribute: String
  let says: Says
  let dialect: JUnitDialect

  init(_ element: JUnitWord, _ attribute: String, _ says: Says, _ dialect: JUnitDialect) {
    self.element = element
    self.attribute = attribute
    self.says = says
    self.dialect = dialect
  }

  /// The signs, surest first (the producers' sources; reference: formats of the ecosystem, 2026).
  static let all: [JUnitSign] = [
    JUnitSign(.testsuites, "name", .exactly("pytest tests"), .pytest),
    JUnitSign(.testsuites, "name", .exactly("jest tests"), .jest),
    JUnitSign(.testsuites, "name", .exactly("Mocha Tests"), .mocha),
    JUnitSign(.testsuites, "name", .exactly("AllTests"), .googleTest),
    JUnitSign(.testsuites, "name", .exactly("nextest-run"), .nextest),
    JUnitSign(.testsuites, "uuid", .anything, .nextest),
    JUnitSign(.testsuites, "id", .exactly(""), .playwright),
    JUnitSign(.testsuite, "name", .exactly("pytest"), .pytest),
    JUnitSign(.testsuite, "name", .exactly("TestResults"), .swift),
    JUnitSign(.testsuite, "name", .exactly("Root Suite"), .mocha),
    JUnitSign(.testsuite, "noNamespaceSchemaLocation", .contains("surefire"), .surefire),
    JUnitSign(.testsuite, "hostname", .exactly("tbd"), .catch2),
    JUnitSign(.testsuite, "ignored", .anything, .testNG),
    JUnitSign(.property, "name", .exactly("go.version"), .go),
    JUnitSign(.property, "name", .prefix("surefire."), .surefire),
    JUnitSign(.property, "name", .exactly("random-seed"), .catch2),
    JUnitSign(.testcase, "value_param", .anything, .googleTest),
    JUnitSign(.testcase, "type_param", .anything, .googleTest),
    JUnitSign(.testcase, "file", .suffix(".py"), .python),
    JUnitSign(.testcase, "class", .anything, .phpunit),
    JUnitSign(.testcase, "name", .contains(" \u{203A} "), .playwright),
    JUnitSign(.testcase, "classname", .suffix(".spec.ts"), .playwright),
    JUnitSign(.testcase, "classname", .suffix(".spec.js"), .playwright),
    JUnitSign(.testcase, "classname", .exactly("test"), .node),
    JUnitSign(.testcase, "status", .exactly("disabled"), .ctest),
    JUnitSign(.testcase, "status", .exactly("fail"), .ctest),
  ]
}

extension JUnitSign {
  /// Whether an attribute is the one the sign names and says what it should.
  func isMet(by found: XMLAttribute) -> Bool {
    if found.word == XMLVocabulary.unknown {
      guard attribute.utf8.elementsEqual(found.name) else { return false }
    } else {
      guard attribute.utf8.elementsEqual(JUnitWord.vocabulary.words[Int(found.word)]) else { return false }
    }
    switch says {
    case .anything: return true
    case .exactly(let text): return text.utf8.elementsEqual(found.value)
    case .prefix(let text): return found.value.starts(with: text.utf8)
    case .suffix(let text):
      return found.value.count >= text.utf8.count && found.value.suffix(text.utf8.count).elementsEqual(text.utf8)
    case .contains(let text): return String(decoding: found.value, as: UTF8.self).contains(text)
    }
  }
}
