import Foundation
import TestSupport
import Testing

/// What strangers write into reports reaches a terminal only in harmless form.
@Suite struct OutputSafetyTests {
  /// A report with one failing test of the given name and message, both in XML's own escapes.
  private static func report(name: String, message: String = "no") -> String {
    "<testsuite><testcase classname=\"S\" name=\"\(name)\"><failure message=\"\(message)\"/></testcase></testsuite>"
  }

  private func outputs(of report: String, _ arguments: [[String]]) throws -> [Shell.Result] {
    let program = try Program()
    try program.write(report, to: "junit.xml")
    return try arguments.map { try program.run($0 + ["junit.xml"]) }
  }

  @Test(arguments: [
    "&#10;&#13;&#9;", "\u{9B}31m", "\u{202E}evil\u{2066}", "\u{200B}\u{FEFF}", "\u{E0041}", "\u{7F}",
    String(repeating: "x", count: 1 << 20), "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
  ])
  func printsHostileNamesHarmlessly(name: String) throws {
    let report = Self.report(name: "a" + name + "b", message: "m" + name.prefix(100))
    let endings = try outputs(
      of: report, [["list"], ["list", "--json"], ["show", "S::a"], ["show", "S::a", "--json"], ["doctor"]])
    for ending in endings {
      #expect(ending.status == 0 && ending.errors.isEmpty)
      #expect(
        ending.output.unicodeScalars.allSatisfy {
          $0 == "\n" || ($0.properties.generalCategory != .control && $0.properties.generalCategory != .format)
        })
    }
    #expect(endings[0].output.split(separator: "\n").count { $0.hasPrefix("  F ") } == 1)
  }

  @Test func saysHostileNamesOfFilesHarmlessly() throws {
    let program = try Program()
    try program.write("nothing", to: "runs/a\u{1B}]0;title\u{7}\n\u{202E}b.json")
    let ending = try program.run(["list", "runs"])
    #expect(ending.status == 3)
    #expect(ending.errors.contains("is no report of a known format"))
    #expect(ending.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(ending.errors.count { $0 == "\n" } == 1)
  }

  @Test func keepsTheNameInJSON() throws {
    let name = "a\n\u{202E}b\u{E0041}\"\\"
    let written = "a&#10;\u{202E}b\u{E0041}&quot;\\"
    let ending = try outputs(of: Self.report(name: written), [["list", "--json"]])[0]
    let json = try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
    #expect((json?["tests"] as? [[String: Any]])?.first?["id"] as? String == "S::" + name)
  }

  @Test func endsQuietlyWhenTheReaderHasGone() throws {
    let program = try Program()
    let cases = (0..<20_000).map { "<testcase classname=\"S\" name=\"t\($0)\"><failure message=\"no\"/></testcase>" }
    try program.write("<testsuite>" + cases.joined() + "</testsuite>", to: "junit.xml")
    for form in ["", "--json"] {
      let pipeline = "\"$0\" list junit.xml \(form) | head -1; exit ${PIPESTATUS[0]}"
      let ending = try program.shell(["bash", "-c", pipeline, try Program.path()])
      #expect(ending.status == 0 && ending.errors.isEmpty)
      #expect(ending.output.count { $0 == "\n" } == 1)
    }
  }
}
