/// Maven Failsafe's `failsafe-summary.xml`: how many tests ran, and why the machine that ran them died.
package struct FailsafeSummary: Sendable, Equatable {
  /// Tests that ended, with the failed ones.
  package private(set) var completed = 0
  /// Tests that failed, and that ended in an error.
  package private(set) var failing = 0
  /// The first line of what went wrong outside of tests; nil when nothing did.
  package private(set) var message: String?
  /// The classes whose tests crashed the machine, where the message names them.
  package private(set) var crashed: [String] = []
  /// Whether the tests ran out of time.
  package private(set) var isTimeout = false

  /// Reads a summary from its beginning; nil for files that are none.
  package init?(_ head: ReportHead) {
    let found = head.bytes.withUnsafeBytes { XMLRoot.find(in: $0) }
    guard found == .element("failsafe-summary") else { return nil }
    let text = String(decoding: head.bytes, as: UTF8.self)
    completed = Self.number(text, "completed")
    failing = Self.number(text, "errors") + Self.number(text, "failures")
    isTimeout = text.prefix(2000).contains("timeout=\"true\"")
    let lines = (Self.element(text, "failureMessage") ?? "").split(whereSeparator: \.isNewline)
      .map { $0.drop { $0 == " " || $0 == "\t" } }.filter { !$0.isEmpty }
    message = lines.first.map { Self.plain(String($0)) }
    if let place = lines.firstIndex(where: { $0.hasPrefix("Crashed tests") }) {
      crashed = lines[(place + 1)...].prefix { !$0.contains(" ") }.map(String.init)
    }
  }

  /// A text without what quotes it in XML.
  private static func plain(_ text: String) -> String {
    var text = text.hasPrefix("<![CDATA[") ? String(text.dropFirst(9)) : text
    if text.hasSuffix("]]>") { text.removeLast(3) }
    for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
      text = text.replacing(reference, with: character)
    }
    return text
  }

  private static func number(_ text: String, _ name: String) -> Int { Int(element(text, name) ?? "") ?? 0 }

  private static func element(_ text: String, _ name: String) -> String? {
    guard let start = text.firstRange(of: "<\(name)>") else { return nil }
    let rest = text[start.upperBound...]
    return String(rest[..<(rest.firstRange(of: "</\(name)>")?.lowerBound ?? rest.endIndex)])
  }
}
