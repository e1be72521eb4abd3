import ReportFormats
import TestSupport
import Testing

@Suite struct ForeignFormatsTests {
  @Test func idsAndTitlesAreUniqueAndNoReadersOwn() {
    let ids = ForeignFormats.all.map(\.id)
    let titles = ForeignFormats.all.map(\.title)
    #expect(Set(ids).count == ids.count && Set(titles).count == titles.count)
    #expect(Set(ids).isDisjoint(with: ReportFormats.all.map { $0.id }))
    #expect(Set(titles).isDisjoint(with: ReportFormats.all.map { $0.title }))
  }

  @Test(arguments: [
    "", "{", "[", "[[", "{\"numTotalTests\"", "<", "<?xml", "<!--", "1..", "1..x", "\u{FEFF}", "{\"a\":", "[1,2]",
    "[{}]", "null",
  ])
  func aBeginningOfAnythingIsNoTrap(text: String) {
    #expect(ForeignFormats.format(of: ReportHead(name: "a", bytes: Array(text.utf8))) == nil)
  }

  @Test func aFormatIsKnownByHowItBeginsInAnyEncodingOfXML() {
    let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><testrun failures=\"2\"/>"
    let bytes: [UInt8] =
      [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(ForeignFormats.format(of: ReportHead(name: "a.xml", bytes: bytes))?.id == "eclipse")
  }

  @Test func figuresAreFoundAtEitherEnd() throws {
    let head = Array(#"{"tests": 3, "testsuites": [], "failures":"#.utf8)
    let format = try #require(ForeignFormats.format(of: ReportHead(name: "a.json", bytes: head)))
    let figures = ForeignFigures(of: format, head: head, tail: Array(#""failures": 2}"#.utf8))
    #expect(figures.total == 3 && figures.failed == 2 && figures.saysFailed)
    #expect(ForeignFigures(of: format, head: head, tail: []).failed == nil)
  }
}
