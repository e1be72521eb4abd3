import Foundation
import ReportFormats
import TerminalKit
import TestSupport
import Testing
import TriageModel

/// Items that are no tests in the real program: the same verbs as tests have, whatever their kind.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not here"), .serialized)
struct ItemFlowTests {
  /// A fixture of each source of which something fails by its report alone.
  static let failing: [(kind: String, path: String)] = ReviewSources.all.compactMap { source in
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../ReportFormatsTests/Fixtures/\(source.id)").standardized.path
    let path = Files.all(in: folder).sorted().first { path in
      let bytes = Files.bytes(path)
      var builder = TestTableBuilder()
      builder.beginReport(ReportInfo(path: path, folder: "", format: source.id))
      let head = ReportHead(name: Files.name(path), bytes: Array(bytes.prefix(ReportHead.length)))
      guard source.recognises(head) else { return false }
      let input = ReportInput(
        path: path, open: { () throws(ByteSourceError) -> any ByteSource in MemorySource(bytes) })
      _ = source.read(input, into: &builder)
      return builder.table.itemCounts[source.kind.word].failing > 0
    }
    return path.map { (source.kind.word, $0) }
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try #require(Shell.run(["git", "init", "-q", folder.at("repo")]).status == 0)
  }

  private var environment: [String: String] {
    ["XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("state"), "USER": "someone"]
  }

  private func assay(_ arguments: String...) throws -> Shell.Result {
    let program = try #require(Product.path("assay"))
    return Shell.run(
      [program] + arguments + ["-C", folder.at("repo")], environment: environment.mapValues { Optional($0) },
      directory: folder.path)
  }

  @Test func someSourcesFailByTheirReports() {
    #expect(Self.failing.map(\.kind).contains("expectation"))
  }

  /// Filter, mute with a ticket, note, undo, and the gate, on an item of each kind.
  @Test(arguments: failing.indices) func theQueueHasTheSameVerbsForAll(index: Int) throws {
    let (kind, path) = Self.failing[index]
    try folder.write("run/" + Files.name(path), Files.text(path))
    let before = try assay("gate", folder.at("run"))
    #expect(before.status != 0 && before.output.contains("other item"))
    let program = try #require(Product.path("assay"))
    let tmux = try Tmux(
      [program, folder.at("run"), "-C", folder.at("repo")], environment: environment,
      size: Size(width: 140, height: 40), directory: folder.path)
    try tmux.waitFor("failing")
    tmux.type("/kind:\(kind)\n")
    try tmux.waitFor("filtered: ")
    tmux.type("g")
    // The cursor may stand on a cause, of which all are muted.
    try tmux.waitUntil("a row is chosen") { tmux.screen.contains { $0.hasPrefix(">") } }
    tmux.type("m")
    try tmux.waitFor("ticket:")
    tmux.type("ML-7")
    tmux.send("Tab")
    tmux.type("known to the vendor")
    tmux.send("Enter")
    if kind == "contract" {
      // A contract blocks a release: its mute has to say that it means that.
      try tmux.waitFor("though it is a contract")
      tmux.type("c")
    }
    try tmux.waitFor("would have hidden")
    tmux.type("y")
    // The header counts it, or the message names it: on a narrow line one of them is cut.
    try tmux.waitFor(" muted ")
    tmux.type("t")
    try tmux.waitFor("note:")
    tmux.type("asked the vendor")
    tmux.send("Enter")
    try tmux.waitFor("+ asked the vendor")
    tmux.type("y")
    try tmux.waitFor("noted at")
    tmux.type("b")
    try tmux.waitFor("unbook")
    tmux.type("u")
    try tmux.waitFor("would")
    tmux.send("Escape")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
    #expect(try assay("mutes").output.contains("ML-7"))
  }

  /// A screen and its command show the same items, and neither is green.
  @Test func aRunOfItemsAloneIsNotGreen() throws {
    let (kind, path) = try #require(Self.failing.first)
    try folder.write("run/" + Files.name(path), Files.text(path))
    let list = try assay("list", folder.at("run"))
    #expect(list.output.contains("\(kind)s failing"))
    #expect(try assay("list", folder.at("run"), "--filter", "kind:test").output.contains("no test matches"))
    #expect(try assay("ingest", folder.at("run")).status == 0)
    #expect(try assay("runs").output.contains("failing of"))
  }
}
