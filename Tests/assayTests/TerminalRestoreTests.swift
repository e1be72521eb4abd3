import Foundation
import TerminalKit
import TestSupport
import Testing

/// However the program ends, the terminal it leaves behind works.
@Suite(.serialized, .enabled(if: Tmux.isInstalled && Product.path("assay") != nil, "needs tmux and the built program"))
struct TerminalRestoreTests {
  private static let report = """
    <testsuite name="s">
    <testcase classname="a" name="first_of_two"><failure message="boom">stack</failure></testcase>
    <testcase classname="a" name="second_of_two"><failure message="bang">stack</failure></testcase>
    </testsuite>
    """

  /// A session with the screen open on two failures.
  private func open(term: String = "screen-256color") throws -> (session: Tmux, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write("junit.xml", Self.report)
    let program = try #require(Product.path("assay"))
    let session = try Tmux([program, folder.path], term: term, directory: folder.path)
    try session.waitFor("second_of_two")
    return (session, folder)
  }

  /// The terminal is as the shell had it: settings, screen, cursor, and no mode left on.
  private func expectRestored(_ session: Tmux) throws {
    #expect(!session.isAlternateScreen)
    #expect(session.isCursorVisible)
    let settings = session.settings
    #expect(try #require(settings.after) == #require(settings.before))
    let output = String(decoding: session.output, as: UTF8.self)
    for mode in ["2004", "1000", "1049"] {
      let on = output.components(separatedBy: "\u{1B}[?\(mode)h").count
      let lastOff = try #require(output.range(of: "\u{1B}[?\(mode)l", options: .backwards), "mode \(mode)")
      let lastOn = output.range(of: "\u{1B}[?\(mode)h", options: .backwards)
      #expect(lastOn.map { $0.lowerBound < lastOff.lowerBound } ?? (on == 1), "mode \(mode) is left on")
    }
  }

  @Test(arguments: [
    SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT,
  ])
  func aSignalLeavesAWorkingTerminalAndTheRightStatus(signal: Int32) throws {
    let (session, _) = try open()
    defer { session.close() }
    try session.kill(signal)
    #expect(try session.waitForExit() == 128 + Int(signal))
    try expectRestored(session)
  }

  @Test(arguments: [("q", 0), ("C-c", 128 + Int(SIGINT)), ("C-\\", 128 + Int(SIGQUIT))])
  func aKeyThatEndsItLeavesAWorkingTerminal(key: String, status: Int) throws {
    let (session, _) = try open()
    defer { session.close() }
    session.send(key)
    #expect(try session.waitForExit() == status)
    try expectRestored(session)
  }

  @Test func suspendsToTheShellAndComesBack() throws {
    let (session, _) = try open()
    defer { session.close() }
    session.send("C-z")
    #expect(try session.waitForExit() == 128 + Int(SIGTSTP))
    try session.waitFor("ready>")
    try expectRestored(session)
    // While it sleeps the window changes, and the mouse and paste modes must come back on with the screen.
    session.resize(Size(width: 100, height: 30))
    session.foreground()
    try session.waitFor("second_of_two")
    try session.waitUntil("the new width") { session.isAlternateScreen && session.screen.count <= 30 }
    session.paste("q")
    session.send("q")
    #expect(try session.waitForExit() == 0)
    try expectRestored(session)
  }

  @Test func aPasteReachesNoKey() throws {
    let (session, _) = try open()
    defer { session.close() }
    session.paste("q\nq\u{1B}q")
    session.send("j")
    try session.waitFor("second_of_two")
    #expect(session.isAlternateScreen)
    session.send("q")
    #expect(try session.waitForExit() == 0)
  }

  @Test func followsTheSizeOfTheTerminal() throws {
    let (session, _) = try open()
    defer { session.close() }
    session.resize(Size(width: 20, height: 5))
    try session.waitUntilGone("second_of_two")
    session.resize(Size(width: 120, height: 40))
    try session.waitFor("second_of_two")
    session.send("q")
    #expect(try session.waitForExit() == 0)
    try expectRestored(session)
  }

  @Test(arguments: ["no-such-terminal", "dumb", ""]) func aTerminalItCannotUseGivesAWayOut(term: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("junit.xml", Self.report)
    let program = try #require(Product.path("assay"))
    let session = try Tmux([program, folder.path], term: term, directory: folder.path)
    defer { session.close() }
    #expect(try session.waitForExit() == 2)
    let text = session.screen.joined()
    #expect(text.contains(term == "dumb" ? "assay list" : "TERM=xterm-256color"), "\(text)")
    #expect(!session.output.contains(0x1B) || !session.isAlternateScreen)
  }
}
