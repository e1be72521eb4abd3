internal import Foundation
internal import Runbooks
internal import SafeText
internal import SystemKit
package import TriageActions
package import TriageModel
internal import Workspace

/// What the next engineer needs to see a failure again: the command, the commit, the inputs, both sides of its goldens,
/// what ran where, and the runbook.
package struct ReproCapsule: Sendable {
  /// A file that belongs to it.
  package struct File: Sendable, Equatable {
    /// Its name in the capsule, without folders.
    package var name: String
    /// Its bytes.
    package var bytes: [UInt8]
  }

  /// The account, as Markdown.
  package private(set) var text = ""
  /// Its files: the account as README.md, goldens, actuals.
  package private(set) var files: [File] = []

  /// Bytes of a golden that is put in.
  private static let largestFile = 8 << 20
  /// Lines of what the failure said.
  private static let longestSaying = 60

  private let dossier: RunDossier
  private let index: TestIndex
  private var run: Run { dossier.run }

  /// The capsule of a test's failure.
  ///
  /// - Parameters:
  ///   - plan: How the test is run again.
  ///   - survey: The golden changes of the run.
  ///   - packages: The packages that are installed here, by name; nil where that is not known.
  package init(
    of test: TestIndex, in dossier: RunDossier, _ plan: RerunPlan, survey: GoldenSurvey?, runbooks: RunbookLibrary,
    packages: [String: String]?
  ) {
    self.dossier = dossier
    index = test
    let id = run.table.id(of: test)
    var lines = ["# Reproduce \(MarkdownText.code(id, limit: 500))", ""]
    lines += origin
    lines += command(plan)
    lines += inputs(plan.tests.first)
    lines += goldens(survey?.changes.filter { $0.testIndex == test || $0.test == id } ?? [], survey)
    lines += environment(packages)
    let pages = runbooks.pages(for: test, in: dossier)
    if let page = pages.first {
      lines += ["", "## Runbook", "", "\(MarkdownText.plain(page.page.title)): \(MarkdownText.code(page.page.path))"]
    }
    lines += saying
    text = lines.joined(separator: "\n") + "\n"
    files.insert(File(name: "README.md", bytes: Array(text.utf8)), at: 0)
  }

  // MARK: - Its parts

  private var origin: [String] {
    var lines = ["- run: \(MarkdownText.code(run.info.name))"]
    if let commit = run.info.commit {
      let title = run.info.commitTitle.map { " \"\(MarkdownText.plain($0))\"" } ?? ""
      lines.append("- commit: \(MarkdownText.code(commit))\(title)")
      lines.append("- checkout: \(MarkdownText.code("git worktree add --detach ../repro \(commit)"))")
    } else {
      lines.append("- commit: the run does not say it")
    }
    if let branch = run.info.branch { lines.append("- branch: \(MarkdownText.code(branch))") }
    if let started = run.info.startedAt { lines.append("- started: \(started)") }
    if let signature = dossier.signature(of: index) { lines.append("- signature: \(signature.text)") }
    if let standing = dossier.standings[index] {
      let why = standing.why.map { MarkdownText.plain($0) }.joined(separator: "; ")
      lines.append("- verdict: \(standing.verdict.label.rawValue)" + (why.isEmpty ? "" : " (\(why))"))
    }
    return lines
  }

  private func command(_ plan: RerunPlan) -> [String] {
    var lines = ["", "## Command", ""]
    if let refused = plan.refused.first { return lines + ["Not known: \(MarkdownText.plain(refused.why))."] }
    for invocation in plan.invocations {
      let variables = invocation.environment(attempt: 1, report: "report.xml").sorted { $0.key < $1.key }
        .map { "\($0.key)=\(RerunCommand.quoted($0.value))" }
      let words = invocation.arguments(attempt: 1, report: "report.xml").map(RerunCommand.quoted)
      let folder = invocation.folder.isEmpty ? [] : ["cd " + RerunCommand.quoted(invocation.folder)]
      lines.append(MarkdownText.block(folder + [(variables + words).joined(separator: " ")]))
    }
    lines += plan.warnings.map { "- \(MarkdownText.plain($0))" }
    return lines
  }

  private func inputs(_ test: RerunTest?) -> [String] {
    guard let test else { return [] }
    let seeds = ReplaySeeds([test])
    var lines = seeds.arguments.map { "- seed: \(MarkdownText.code($0))" }
    for input in ReplaySeeds.inputs(of: test) {
      lines.append(MarkdownText.block(input.split(separator: "\n").map(String.init)))
    }
    return lines.isEmpty ? [] : ["", "## Inputs that it failed with", ""] + lines
  }

  private mutating func goldens(_ changes: [GoldenChange], _ survey: GoldenSurvey?) -> [String] {
    guard let survey, !changes.isEmpty else { return [] }
    var lines = ["", "## Goldens", ""]
    for (number, change) in changes.prefix(20).enumerated() {
      var line = "- \(MarkdownText.code("\(change.location)")): \(change.state.word)"
      for side in ["expected", "actual"] {
        let read = side == "expected" ? survey.expected : survey.actual
        guard let bytes = try? read(change.location), bytes.count <= Self.largestFile else { continue }
        let file = "\(number + 1)-\(side)-\(Self.plainName("\(change.location)"))"
        files.append(File(name: file, bytes: bytes))
        line += ", \(side) \(ContentHash(of: bytes).short) (\(file))"
      }
      lines.append(line)
    }
    if changes.count > 20 { lines.append("- and \(changes.count - 20) more") }
    return lines
  }

  /// A name that is one in any folder: letters, digits, dots and dashes, and never hidden.
  private static func plainName(_ text: String) -> String {
    let name = text.split(separator: "/").last.map(String.init) ?? "golden"
    let letters = name.prefix(100).map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" }
    return String(letters)
  }

  private func environment(_ packages: [String: String]?) -> [String] {
    var lines = ["", "## Where it ran", ""]
    let labels = run.info.labels.merging(run.table.labels(of: index)) { $1 }.sorted { $0.key < $1.key }
    lines += labels.map { "- \(MarkdownText.plain($0.key)): \(MarkdownText.code($0.value))" }
    if labels.isEmpty { lines.append("- the run says nothing of its environment") }
    guard let recorded = RecordedPackages(run) else {
      lines.append("- installed versions: the run left no list of them (pip freeze > pip-freeze.txt)")
      return lines
    }
    guard let packages else { return lines + ["- installed versions: not known here"] }
    let differing = recorded.packages.filter { packages[$0.key] != $0.value }.sorted { $0.key < $1.key }
    lines.append(
      "- installed versions: \(differing.count) of \(recorded.packages.count) differ from \(MarkdownText.code(recorded.file))"
    )
    if !differing.isEmpty {
      lines += ["", "| package | in the run | here |", "|---|---|---|"]
      lines += differing.prefix(100).map {
        "| \(MarkdownText.plain($0.key)) | \(MarkdownText.plain($0.value)) | \(MarkdownText.plain(packages[$0.key] ?? "not installed")) |"
      }
    }
    return lines
  }

  private var saying: [String] {
    let failures = run.table.attempts(of: index).flatMap(\.failures)
    let lines = failures.flatMap { failure in
      Sanitizer.lines(
        failure.details.contains(failure.message) ? failure.details : failure.message + "\n" + failure.details)
    }
    if lines.isEmpty { return [] }
    let cut = lines.count > Self.longestSaying ? ["… \(lines.count - Self.longestSaying) more lines"] : []
    return ["", "## What it said", "", MarkdownText.block(Array(lines.prefix(Self.longestSaying)) + cut)]
  }
}

/// The versions of packages that a run recorded: the file that `pip freeze` writes.
struct RecordedPackages {
  /// The file.
  let file: String
  /// The versions, by package.
  let packages: [String: String]

  /// Those of a run; nil when it left no such list.
  init?(_ run: Run) {
    let names = ["pip-freeze.txt", "freeze.txt", "requirements-frozen.txt", "pip-list.txt", "requirements.lock"]
    for file in run.info.files {
      let name = file.path.split(separator: "/").last.map { $0.lowercased() } ?? ""
      guard names.contains(name), let bytes = try? RegularFile.bytes(file.location, limit: 1 << 20) else { continue }
      let packages = Self.parse(String(decoding: bytes, as: UTF8.self))
      if packages.isEmpty { continue }
      self.file = file.path
      self.packages = packages
      return
    }
    return nil
  }

  /// The lines `name==version`; what else stands in such a file says no version.
  static func parse(_ text: String) -> [String: String] {
    var packages: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let range = line.firstRange(of: "==") else { continue }
      let name = line[..<range.lowerBound].trimmingCharacters(in: .whitespaces).lowercased().replacing("_", with: "-")
      let version = line[range.upperBound...].prefix { !$0.isWhitespace && $0 != ";" && $0 != "#" }
      if !name.isEmpty, !name.hasPrefix("#") { packages[name] = String(version) }
    }
    return packages
  }
}

extension RerunService {
  /// The Python packages that are installed where the tests of a plan run; nil where that cannot be told.
  package func packages(for plan: RerunPlan) -> [String: String]? {
    // Of a rule only the interpreter is asked, if it is one by its name.
    guard let python = plan.invocations.first?.arguments.first,
      python.hasSuffix("python") || python.hasSuffix("python3"),
      !plan.needsTrust || isTrusted()
    else { return nil }
    var request = ProcessRequest(
      [python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"], environment: environment,
      output: .kept(limit: 1 << 20), timeLimit: 60)
    request.folder = repository.root
    guard let result = try? ProcessRunner.run(request), result.end == .exited(0) else { return nil }
    return RecordedPackages.parse(String(decoding: result.output, as: UTF8.self))
  }
}
