import Goldens
import Testing
import TriageModel

@Suite struct UnseenDifferenceTests {
  @Test(arguments: [
    ("b", "b  ", UnseenDifference.trailingBlanks), ("b\t", "b", .trailingBlanks), ("a b", "a\tb", .blanks),
    ("a b", "a  b", .blanks), ("a b", "a\u{A0}b", .blanks), ("ab", "a\u{200B}b", .invisible),
    ("ab", "\u{FEFF}ab", .invisible),
    ("café", "cafe\u{301}", .normalization), ("Å", "A\u{30A}", .normalization), ("alice", "аlice", .lookAlikes),
    ("a-b", "a–b", .lookAlikes), ("\"a\"", "“a”", .lookAlikes), ("fine", "ﬁne", .lookAlikes),
    ("abc", "ａｂｃ", .lookAlikes),
    ("café ", "cafe\u{301}", .several),
  ])
  func whatNobodySeesIsNamed(left: String, right: String, kind: UnseenDifference) {
    #expect(UnseenDifference(left.utf8, right.utf8) == kind)
    #expect(UnseenDifference(right.utf8, left.utf8) == kind)
  }

  @Test(arguments: [("a", "b"), ("b", "b  c"), ("cafe", "café"), ("Ab", "ab"), ("", "x"), ("a b", "ab")])
  func whatIsSeenIsNot(left: String, right: String) {
    #expect(UnseenDifference(left.utf8, right.utf8) == nil)
  }

  @Test(arguments: [
    ("a\nb  \nc\n", "a\nb\nc\n", "t.txt"), ("n,v\nx,a\n", "n,v\nx,a \n", "t.csv"),
    (#"["café"]"#, "[\"cafe\u{301}\"]", "t.json"),
  ])
  func comparisonsSayIt(left: String, right: String, name: String) {
    let comparison = GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name)
    #expect(comparison.differs && comparison.drift.proof.contains("differs only in"))
    #expect(comparison.remarks.contains { $0.contains("differs only in") })
  }

  @Test(arguments: [
    ("[1,\n2]\n", "[1,\r\n2]\r\n", "t.json", "line ends LF → CR LF"),
    ("a: 1\n", "\u{FEFF}a: 1\n", "t.yml", "byte order mark is new"),
    ("a,b\r\n1,2\r\n", "a,b\n1,2\n", "t.csv", "line ends CR LF → LF"),
    ("{}", "{}\n", "t.json", "the final line end is new"),
    ("a\n", "a", "t.txt", "the final line end vanished"),
  ])
  func lineEndsAndMarksAreNamed(left: String, right: String, name: String, clause: String) {
    let comparison = GoldenKinds.compare(Array(left.utf8), Array(right.utf8), name: name)
    #expect(comparison.drift.kind == .format && comparison.drift.proof.contains(clause), "\(comparison.drift)")
  }

  @Test func namesOfColumnsToo() {
    let comparison = GoldenKinds.compare(Array("a,b\n1,2\n".utf8), Array("a ,b\n1,2\n".utf8), name: "t.csv")
    #expect(comparison.drift.kind == .shape && comparison.remarks.contains { $0.contains("blanks at the end") })
    #expect(comparison.summary.structure.contains("column \"a \" is new"))
  }
}
