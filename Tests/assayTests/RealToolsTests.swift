import Foundation
import TestSupport
import Testing

/// The frameworks themselves, from PyPI: a run fails, its goldens are found and approved, and the frameworks then pass.
@Suite(.serialized, .enabled(if: RealTools.python != nil, "\(RealTools.absence)"))
struct RealToolsTests {
  private let program: Program
  private let python: String

  /// A project whose goldens were recorded and committed while `K` was 1.
  init() throws {
    program = try Program()
    python = try #require(RealTools.python)
    for (name, text) in Self.project { try program.write(text, to: name) }
    _ = try pytest(
      ["--mpl-generate-path=tests/baseline", "--snapshot-update", "--force-regen"], k: 1, isCI: false)
    for name in ["test_text.approved.txt", "test_data.approved.json"] {
      let path = program.folder + "/tests/test_files."
      let received = path + name.replacing("approved", with: "received")
      try? FileManager.default.removeItem(atPath: path + name)
      try FileManager.default.moveItem(atPath: received, toPath: path + name)
    }
    try #require(pytest(["--mpl"], k: 1).status == 0, "the project does not pass as it was recorded")
    try git("init", "-q")
    try git("add", "tests")
    try git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "Record")
  }

  @Test func whatWasApprovedIsWhatTheFrameworksWant() throws {
    let run = ["--mpl", "--mpl-results-path=results/mpl", "--basetemp=results/tmp", "--junitxml=results/junit.xml"]
    #expect(try pytest(run, k: 2).status == 1)
    let found = try recoveries()
    #expect(
      found == [
        "approvaltests exact": 2, "pytest-mpl exact": 1, "pytest-regressions exact": 4,
        "syrupy replayed": 4,
      ])
    try approveAll(11)
    let again = try pytest(["--mpl", "-k", "not values"], k: 2)
    #expect(again.status == 0, "\(again.output)")
  }

  @Test(arguments: [[], ["-n", "2"]]) func theCaptureKeepsWhatMessagesCut(_ workers: [String]) throws {
    try program.write(try program.run("capture", "pytest").output, to: "assay_capture.py")
    let run = ["-p", "assay_capture", "--mpl", "--assay-goldens", "results/goldens", "--junitxml=results/junit.xml"]
    #expect(try pytest(run + workers + ["--deselect", "tests/test_files.py"], k: 3).status == 1)
    let found = try recoveries()
    #expect(
      found == [
        "assay-manifest exact": 2, "pytest-mpl exact": 1, "pytest-regressions exact": 4,
        "syrupy exact": 5,
      ])
    try approveAll(10)
    let again = try pytest(["--mpl", "--deselect", "tests/test_files.py", "-k", "not values"], k: 3)
    #expect(again.status == 0, "\(again.output)")
  }

  @Test func theCaptureChangesNoOutcome() throws {
    try program.write(try program.run("capture", "pytest").output, to: "assay_capture.py")
    // A folder that cannot be made: a file is there.
    try program.write("", to: "results")
    let with = try pytest(["-p", "assay_capture", "--assay-goldens", "results/goldens", "-q", "tests"], k: 2)
    let without = try pytest(["-q", "tests"], k: 2)
    func ending(_ result: Shell.Result) -> Substring? {
      result.output.split(separator: "\n").last?.split(separator: " in ").first
    }
    #expect(with.status == 1)
    #expect(ending(with) == ending(without))
  }

  private func pytest(_ arguments: [String], k: Int, isCI: Bool = true) throws -> Shell.Result {
    let environment = ["env", "K=\(k)", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=."] + (isCI ? ["CI=1"] : [])
    return try program.shell(environment + [python, "-m", "pytest", "-p", "no:cacheprovider"] + arguments)
  }

  private func git(_ arguments: String...) throws {
    let result = try program.shell(["git"] + arguments)
    try #require(result.status == 0, "\(result.errors)")
  }

  private func approveAll(_ count: Int) throws {
    let result = try program.run(
      "approve", "--all", "--from", "results", "--reason", "K is another number", "--yes", "\(count)")
    #expect(result.output.contains("approved "), "\(result.errors)")
  }

  /// How many goldens each convention has found with which recovery.
  private func recoveries() throws -> [String: Int] {
    struct Answer: Decodable {
      struct Golden: Decodable {
        var convention: String
        var recovery: String
        var state: String
      }
      var goldens: [Golden]
    }
    let output = try program.run("goldens", "--json", "results").output
    let answer = try JSONDecoder().decode(Answer.self, from: Data(output.utf8))
    #expect(answer.goldens.allSatisfy { $0.state == "pending" || $0.state == "new" }, "\(output)")
    return answer.goldens.reduce(into: [:]) { $0[$1.convention + " " + $1.recovery, default: 0] += 1 }
  }

  private static let project = [
    "tests/test_regressions.py": """
    import os
    import numpy
    K = float(os.environ["K"])
    def test_data(data_regression): data_regression.check({"a": [K, 2], "b": "x"})
    def test_num(num_regression): num_regression.check({"v": numpy.arange(5) * K})
    def test_arrays(ndarrays_regression): ndarrays_regression.check({"v": numpy.arange(5) * K})
    def test_file(file_regression): file_regression.check(f"hello\\nworld {K}\\n")
    def test_values(): numpy.testing.assert_allclose(numpy.arange(3) * K, numpy.arange(3), rtol=1e-6)
    """,
    "tests/test_snapshots.py": """
    import os
    from syrupy.extensions.json import JSONSnapshotExtension
    K = float(os.environ["K"])
    def test_one(snapshot): assert {"a": K, "b": [1, 2, 3]} == snapshot
    def test_many(snapshot):
        assert [1, 2] == snapshot
        assert snapshot == f"two\\n{K}\\n"
    def test_named(snapshot): assert [K] == snapshot(name="a name")
    def test_json(snapshot): assert {"k": K} == snapshot(extension_class=JSONSnapshotExtension)
    def test_long(snapshot): assert [K if K == 3 and i % 100 == 7 else i for i in range(300)] == snapshot
    """,
    "tests/test_tables.py": """
    import os
    import pandas
    K = float(os.environ["K"])
    def test_values(): pandas.testing.assert_frame_equal(pandas.DataFrame({"a": [K]}), pandas.DataFrame({"a": [1.0]}))
    """,
    "tests/test_figures.py": """
    import os
    import matplotlib; matplotlib.use("agg")
    import matplotlib.pyplot as plot
    import pytest
    K = float(os.environ["K"])
    @pytest.mark.mpl_image_compare
    def test_figure():
        figure, axes = plot.subplots(figsize=(2, 1))
        axes.plot([0, 1, K])
        return figure
    """,
    "tests/test_files.py": """
    import os
    from approvaltests import verify, verify_as_json
    K = float(os.environ["K"])
    def test_text(): verify(f"hello {K}")
    def test_data(): verify_as_json({"k": K})
    """,
  ]
}
