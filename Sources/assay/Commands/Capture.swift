internal import ArgumentParser
internal import CBundled
internal import TriageOutput

/// `assay capture pytest`: the plugin that keeps golden pairs.
struct Capture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Print the plugin that keeps both sides of golden comparisons with a run.",
    discussion: """
      assay capture pytest > assay_capture.py
      python -m pytest -p assay_capture

      The plugin is one Python file without dependencies. It writes assay-goldens.jsonl and the bytes of both sides into \
      test-results/goldens (--assay-goldens DIR, or assay_goldens in pytest's ini file), for pytest-regressions, syrupy, \
      pytest-mpl, and for comparisons by numpy.testing and pandas.testing that fail. Keep that folder with the run's \
      reports: assay then has every golden's exact bytes. It never makes a test fail.
      """)

  /// Test frameworks that there is a plugin for.
  enum Framework: String, ExpressibleByArgument, CaseIterable {
    case pytest
  }

  @Argument(help: "The test framework.")
  var framework: Framework

  func run() throws {
    let file = bundled_capture_plugin()
    try StandardOutput.write { sink in
      sink.append(UnsafeRawBufferPointer(start: file.bytes, count: file.length))
    }
  }
}
