internal import ArgumentParser
internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageOutput
internal import Workspace

/// `assay manual [TOPIC]`: the pages that travel in the binary.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Read the manual: a page a topic.",
    discussion: """
      Without a topic the topics are listed. On a terminal a page opens in $PAGER (else less); into a pipe it is printed.
      """)

  @Argument(help: "The topic.", completion: .list(ManualPage.all.map(\.topic)))
  var topic: String?

  @Flag(help: .hidden)
  var roff = false

  func run() throws {
    if roff { return try print(ManPage.roff(version: Assay.version)) }
    guard let topic else { return try print(Self.topics) }
    guard let page = ManualPage.all.first(where: { $0.topic == topic.lowercased() }) else {
      throw CommandFailure.wrong(Self.unknown(topic))
    }
    if !StandardOutput.isTerminal || !Self.openPager(page) { try print(page.text) }
  }

  private static var topics: String {
    let width = ManualPage.all.map(\.topic.count).max() ?? 0
    let lines = ManualPage.all.map { page in
      "  assay manual " + page.topic.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + page.title + "\n"
    }
    return lines.joined()
  }

  private static func unknown(_ topic: String) -> String {
    let topics = ManualPage.all.map(\.topic)
    let near = NearNames.nearest(to: topic, among: topics, count: 1).first.map { ", did you mean \($0)?" } ?? ""
    return "there is no page \(topic)\(near) (topics: \(topics.joined(separator: ", ")))"
  }

  private func print(_ text: String) throws {
    try StandardOutput.write { sink in sink.append(text) }
  }

  /// Shows a page in the person's pager; false when there is none that works.
  private static func openPager(_ page: ManualPage) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    let pager = environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less"
    guard let words = CommandWords.split(pager), !words.isEmpty else { return false }
    let folder = NSTemporaryDirectory() + "assay-manual-\(UUID().uuidString)"
    let file = folder + "/" + page.topic + ".md"
    guard mkdir(folder, 0o700) == 0 else { return false }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard (try? page.text.write(toFile: file, atomically: false, encoding: .utf8)) != nil else { return false }
    switch ForegroundProcess.run(words + [file]) {
    case .exited(let status): return status == 0
    case .signalled: return true
    case .notStarted: return false
    }
  }
}
