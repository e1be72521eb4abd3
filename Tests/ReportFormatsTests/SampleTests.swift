import Foundation
import ReportFormats
import TestSupport
import Testing
import TriageModel

/// Reports that the real tools make while the test runs: each script in `Samples` says what it made and what it counted.
///
/// Which Python runs them says `ASSAY_SAMPLES_PYTHON`, else it is `python3`. A tool that is missing is no failure.
@Suite struct SampleTests {
  private static let python = ProcessInfo.processInfo.environment["ASSAY_SAMPLES_PYTHON"] ?? "python3"
  private static let scripts = Files.all(in: Files.folder(of: #filePath, up: 1) + "/Samples")
    .filter { Files.name($0).hasPrefix("make_") && $0.hasSuffix(".py") }.sorted()

  @Test(arguments: scripts) func readsWhatItsToolMakes(_ script: String) throws {
    let folder = try TemporaryFolder()
    let made = Shell.run(
      [Self.python, script, folder.path], environment: ["PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": nil])
    if made.status == 75 || made.status == 127 {
      print("skipped \(Files.name(script)): \(made.output)\(made.errors)")
      return
    }
    try #require(made.status == 0, "\(made.errors)")
    let lines = made.output.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let words = line.split(separator: "\t").map(String.init)
      try #require(words.count == 4)
      let known = ReadReport.file(words[0], of: Self.files(in: folder.path))
      let read = try #require(known, "\(line)")
      let failing = read.tests.count { read.table.outcome(of: $0).isFailing }
      #expect(read.table.reports[0].format == words[1])
      #expect("\(read.table.count) \(failing)" == "\(words[2]) \(words[3])", "\(line)")
      #expect(read.result.damages.isEmpty, "\(line)")
      // Nothing of the machine is in a name.
      #expect(!read.lines.contains { $0.contains(folder.path) })
    }
  }

  private static func files(in folder: String) -> [String: [UInt8]] {
    let paths = Files.all(in: folder).filter { !$0.contains("/.git/") && !$0.contains("/__pycache__/") }
    return Dictionary(uniqueKeysWithValues: paths.map { (String($0.dropFirst(folder.count + 1)), Files.bytes($0)) })
  }
}
