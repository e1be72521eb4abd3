import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What users of Cobertura's, JaCoCo's and lcov's reports would miss.
@Suite struct CoverageTests {
  private func read(_ text: String, as format: any ReportFormat.Type, files: Set<String> = []) -> ReadReport {
    ReadReport.read(Array(text.utf8), as: format, files: files)
  }

  private func facts(_ read: ReadReport, _ test: Int = 0) -> [String: String] {
    let properties = read.table.attempts(of: TestIndex(test)).last?.properties ?? []
    return Dictionary(properties.map { ($0.name, $0.value) }) { first, _ in first }
  }

  // MARK: - Cobertura

  private func cobertura(
    _ classes: String, source: String = "/ci/shop/src", root: String = "", files: Set<String> = []
  ) -> ReadReport {
    read(
      """
      <coverage line-rate="1" \(root)><sources><source>\(source)</source></sources><packages><package><classes>
      \(classes)</classes></package></packages></coverage>
      """, as: Cobertura.self, files: files)
  }

  private static let cart = #"<class filename="cart.py"><lines><line number="1" hits="1"/></lines></class>"#

  @Test func findsTheFileBelowItsSource() {
    #expect(cobertura(Self.cart).lines.first == "coverage::cart.py passed")
    #expect(cobertura(Self.cart, files: ["src/cart.py"]).lines.first == "coverage::src/cart.py passed")
    let windows = #"<class filename="Carts\Cart.cs"><lines><line number="1" hits="1"/></lines></class>"#
    let found = cobertura(windows, source: #"C:\work\shop\src\"#, files: ["src/Carts/Cart.cs"])
    #expect(found.lines.first == "coverage::src/Carts/Cart.cs passed")
  }

  @Test func putsTheClassesOfAFileTogether() {
    let read = cobertura(
      """
      <class filename="a.cs"><lines><line number="1" hits="0"/><line number="2" hits="0"/></lines></class>
      <class filename="b.cs"><lines/></class>
      <class filename="a.cs"><lines><line number="2" hits="99999999999999999999"/><line number="3" hits="-1"/></lines></class>
      """)
    #expect(read.lines == ["coverage::a.cs passed", "coverage::b.cs passed", "coverage::(all files) passed"])
    #expect(facts(read)["missing"] == "1, 3")
    #expect(facts(read)["covered lines"] == "2")
    #expect(read.result.damages.isEmpty)
  }

  @Test func saysWhenLinesAreMissingOrUnreadable() {
    let few = cobertura(Self.cart, root: #"lines-valid="9" lines-covered="1""#)
    #expect(few.result.damages.map(\.cause) == ["it says that 1 of 9 lines ran and lists 1 of 1"])
    let bad = cobertura(#"<class filename="a"><lines><line number="x" hits="1"/><line number="1"/></lines></class>"#)
    #expect(bad.result.damages.map(\.cause) == ["2 lines without a number or a count"])
  }

  // MARK: - JaCoCo

  private static let jacoco = """
    <report name="r"><sessioninfo id="a" start="1" dump="2"/><group name="core"><package name="com/acme">
    <class name="com/acme/A"><counter type="LINE" missed="7" covered="7"/></class>
    <sourcefile name="A.java"><line nr="3" mi="0" ci="2" mb="0" cb="0"/><line nr="4" mi="1" ci="0" mb="1" cb="1"/>
    <counter type="LINE" missed="1" covered="1"/></sourcefile></package></group>
    <counter type="LINE" missed="1" covered="1"/></report>
    """

  @Test func findsTheFileOfAPackage() {
    let read = read(Self.jacoco, as: JaCoCo.self)
    #expect(read.lines == ["coverage::core/com/acme/A.java passed", "coverage::(all files) passed"])
    #expect(facts(read)["branches"] == "1 of 2")
    #expect(read.result.damages.isEmpty)
    for path in ["core/src/main/java/com/acme/A.java", "src/main/kotlin/com/acme/A.java"] {
      let found = self.read(Self.jacoco, as: JaCoCo.self, files: [path])
      #expect(found.lines.first == "coverage::\(path) passed")
    }
  }

  @Test func comparesCountersWithLines() {
    let text = Self.jacoco.replacing(#"<line nr="3" mi="0" ci="2" mb="0" cb="0"/>"#, with: "")
    #expect(read(text, as: JaCoCo.self).result.damages.count == 2)
  }

  // MARK: - lcov

  @Test func putsTheRecordsOfAFileTogether() {
    let read = read(
      """
      TN:a
      SF:src/a.c
      DA:1,0
      DA:2,5,md5
      BRDA:2,0,0,-
      BRDA:2,0,jump to line 3, or exit,1
      LF:2
      LH:1
      end_of_record
      TN:b
      SF:src/a.c
      DA:1,1
      DA:2,0
      end_of_record

      """, as: LCOV.self)
    #expect(read.lines == ["coverage::src/a.c passed", "coverage::(all files) passed"])
    #expect(facts(read) == ["covered": "2", "lines": "2", "branches": "1 of 2", "covered lines": "1-2"])
    #expect(read.result.damages.isEmpty)
  }

  @Test(arguments: [
    ("SF:a\nDA:1,1\n", "the record of a has no end"),
    ("SF:a\nDA:1,1\nSF:b\nend_of_record\n", "the record of a has no end"),
    ("SF:a\nDA:1,1\nLF:2\nLH:1\nend_of_record\n", "a says that 1 of 2 lines ran and lists 1 of 1"),
    ("SF:a\nDA:x,1\nDA:1\nhello\nend_of_record\n", "3 lines of no known kind, or without numbers"),
    ("SF:a\nDA:1,1\nend_of_record\nSF", "the last line is cut"),
  ])
  func saysWhatIsLost(_ text: String, _ cause: String) {
    #expect(read(text, as: LCOV.self).result.damages.map(\.cause).contains(cause))
  }

  @Test func knowsATracefileByItsBeginning() {
    for (text, isKnown) in [
      ("TN:\nSF:a\nDA:1,1\n", true), ("# made by hand\nSF:a\nend_of_record\n", true), ("TN:\n", false),
      ("SF:\nDA:1,1", false), ("SF: San Francisco\nNY: New York\n", false),
    ] {
      #expect(LCOV.recognises(ReportHead(name: "x.info", bytes: Array(text.utf8))) == isKnown, "\(text)")
    }
  }
}
