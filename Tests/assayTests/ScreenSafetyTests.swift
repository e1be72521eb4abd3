import Foundation
import TerminalKit
import TestSupport
import Testing

/// Nothing a report says reaches the terminal as anything but letters.
@Suite(.serialized, .enabled(if: Tmux.isInstalled && Product.path("assay") != nil, "needs tmux and the built program"))
struct ScreenSafetyTests {
  /// A name and texts full of what terminals act on.
  private static let report = """
    <testsuite name="s"><testcase classname="a" name="evil \u{1B}]52;c;aGk=\u{7} \u{1B}[6n \u{9B}6n \u{90}x\u{9C} \u{202E}exe\u{202C}">
    <failure message="boom \u{1B}[c \u{1B}]0;title\u{7}">\u{1B}[31mred\u{1B}[0m \u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\
    \u{1B}P$q\u{1B}\\ 👨\u{200D}👩 \u{E0041} end of it</failure></testcase></testsuite>
    """

  @Test func onlyWhatNcursesWritesReachesTheTerminal() throws {
    let folder = try TemporaryFolder()
    try folder.write("junit.xml", Self.report)
    let program = try #require(Product.path("assay"))
    let session = try Tmux([program, folder.path], size: Size(width: 160, height: 40), directory: folder.path)
    defer { session.close() }
    try session.waitFor("evil")
    session.send("l")
    try session.waitFor("end of it")
    session.send("l", "l", "z", "z", "q")
    #expect(try session.waitForExit() == 0)
    var bytes = session.output[...]
    // The prompt before and after is bash's, with its own sequences.
    if let start = Self.place(of: "\u{1B}[?1049h", in: bytes) { bytes = bytes[start...] }
    if let end = Self.place(of: "\u{1B}[?1049l", in: bytes) { bytes = bytes[..<end] }
    #expect(Self.place(of: "evil", in: bytes) != nil)
    let foreign = Self.foreignSequences(in: bytes)
    #expect(foreign.isEmpty, "\(foreign)")
    #expect(session.screen.allSatisfy { !$0.contains("\u{202E}") })
  }

  /// Names that terminals and libc count differently, and what they did to columns.
  private static let names = [
    "plain", "wide 字字字 한글", "combining e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} o", "family 👨\u{200D}👩\u{200D}👧",
    "heart ❤\u{FE0F}", "flag 🇩🇪 tone 👍🏽 key 1\u{FE0F}\u{20E3}", "hindi स्त्री क्षत्रिय",
    "jamo \u{1112}\u{1161}\u{11AB} alone \u{1161}",
    "new \u{1FAE9}\u{1FACE} trigram ☰", "arabic \u{FDFA} \u{0600}12", "tab\tend", "circled \u{3248}",
  ]

  @Test func columnsStayStraightWhateverTheNames() throws {
    let folder = try TemporaryFolder()
    let cases = Self.names.map {
      "<testcase classname=\"a\" name=\"\($0)\"><failure message=\"m\">x</failure></testcase>"
    }
    try folder.write("junit.xml", "<testsuite name=\"s\">" + cases.joined() + "</testsuite>")
    let program = try #require(Product.path("assay"))
    let session = try Tmux([program, folder.path], size: Size(width: 120, height: 40), directory: folder.path)
    defer { session.close() }
    try session.waitFor("circled")
    let edges = session.screen.dropFirst(2).compactMap { row in
      row.firstIndex(of: "│").map { Line(String(row[..<$0])).width }
    }
    #expect(edges.count > Self.names.count)
    #expect(Set(edges).count == 1, "\(session.screen.joined(separator: "\n"))")
    session.send("q")
    #expect(try session.waitForExit() == 0)
  }

  private static func place(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let wanted = Array(text.utf8)
    return bytes.indices.first { bytes[$0...].starts(with: wanted) }
  }

  /// The control bytes and sequences that drawing does not need.
  private static func foreignSequences(in bytes: ArraySlice<UInt8>) -> [String] {
    // Cursor moves, erasing, scrolling, SGR, repeats, modes; no report, no string, no palette.
    let finals = Set("ABCDGHJKLMPSTX@bdfhlmr".utf8)
    var found: [String] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case 0x1B:
        guard let next = rest.popFirst() else { break }
        if next == 0x5B {
          let parameters = rest.prefix { $0 < 0x40 }
          rest = rest.dropFirst(parameters.count)
          let final = rest.popFirst() ?? 0
          if !finals.contains(final) { found.append("CSI " + String(decoding: parameters + [final], as: UTF8.self)) }
        } else if next == 0x28 || next == 0x29 {
          rest = rest.dropFirst()
        } else if !Set("=>78M".utf8).contains(next) {
          found.append("ESC " + String(UnicodeScalar(next)))
        }
      case 0x08, 0x0A, 0x0D, 0x09, 0x0E, 0x0F: break
      case ..<0x20, 0x7F: found.append("control \(byte)")
      case 0xC2 where rest.first.map { $0 < 0xA0 } ?? false: found.append("C1 \(rest.first ?? 0)")
      default: break
      }
    }
    return found
  }
}
