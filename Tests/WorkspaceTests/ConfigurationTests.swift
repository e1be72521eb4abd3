import TestSupport
import Testing
import TriageModel
import Workspace

@Suite struct ConfigurationTests {
  @Test func readsItsKeysAndLeavesTheOthersAlone() throws {
    let configuration = try Configuration(
      text: """
        runs: [ci/runs, "results/*/junit.xml"]
        runbooks: runbooks
        goldens: [{expected: tests/**/*.json, actual: out/**/*.actual.json, rtol: 1e-6}]
        rerun: pytest
        owners:
          - {path: tests/, owner: "@a"}
          - path: "*.sql"
            owners: ["@b", "@c"]
        colour: blue
        """)
    #expect(configuration.runs == ["ci/runs", "results/*/junit.xml"])
    #expect(configuration.runbooks == ["runbooks"])
    #expect(configuration.owners.map(\.owners) == [["@a"], ["@b", "@c"]])
    #expect(
      configuration.goldens == [
        GoldenPattern(
          expected: "tests/**/*.json", actual: "out/**/*.actual.json", tolerance: Tolerance(relative: 1e-6))
      ])
    #expect(configuration.warnings == [".assay/config.yaml:9: the key colour is not known"])
  }

  @Test(arguments: [
    ("runs: {a: b}", ".assay/config.yaml:1: runs: expected a list of texts"),
    ("runs:\n  - a\n  - [b]", ".assay/config.yaml:3: runs: expected one text"),
    ("runs: ../other", ".assay/config.yaml:1: runs: ../other leads out of the repository"),
    ("runs: /etc", ".assay/config.yaml:1: runs: /etc leads out of the repository"),
    ("owners: me", ".assay/config.yaml:1: owners: expected patterns with owners"),
    ("owners:\n- path: a\n  who: b", ".assay/config.yaml:3: owners: expected path and owner"),
    ("owners:\n- owner: b", ".assay/config.yaml:2: owners: expected a path and its owner"),
    ("goldens: tests", ".assay/config.yaml:1: goldens: expected a list of expected and actual"),
    ("goldens:\n- expected: a", ".assay/config.yaml:2: goldens: expected both expected and actual"),
    (
      "goldens:\n- {expected: '../a', actual: b}",
      ".assay/config.yaml:2: goldens.expected: ../a leads out of the repository"
    ),
    (
      "goldens:\n- {expected: '*/a', actual: b}",
      ".assay/config.yaml:2: goldens: expected as many stars in actual as in expected"
    ),
    (
      "goldens:\n- {expected: a, actual: b, rtol: nan}",
      ".assay/config.yaml:2: goldens.rtol: expected a number that is not negative"
    ),
    ("- a", ".assay/config.yaml:1: expected keys with values"),
    ("a: 1\na: 2", ".assay/config.yaml:1: a is written twice"),
  ])
  func errorsNameFileLineAndKey(text: String, words: String) {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
    #expect(error?.description == words)
  }

  @Test func syntaxErrorsNameTheLine() {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(text: "runs: a\nb: [c\nd: {") }
    #expect(error?.line == 3 || error?.line == 4)
    #expect(error?.description.hasPrefix(".assay/config.yaml:") == true)
  }

  @Test func smallFilesCannotBecomeLarge() {
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<8 {
      bomb += "a\(level): &a\(level) [" + (1...9).map { _ in "*a\(level - 1)" }.joined(separator: ",") + "]\n"
    }
    let error = #expect(throws: ConfigurationError.self) { try Configuration(text: bomb) }
    #expect(error?.description.hasSuffix("(limit)") == true)
    bomb += "a8: &a8 [*a7, *a7]\n? *a8\n: key\n"
    let keys = #expect(throws: ConfigurationError.self) { try Configuration(text: bomb) }
    #expect(keys?.description == ".assay/config.yaml: it has more than 8 anchors (limit)")
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func deepNestingIsAnErrorNotATrap(opening: String) {
    for count in [100, 900, 100_000] {
      #expect(throws: ConfigurationError.self) { try Configuration(text: String(repeating: opening, count: count)) }
    }
  }

  @Test func hugeFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write(".assay/config.yaml", String(repeating: "# comment\n", count: 200_000))
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(repository: Repository(root: folder.path))
    }
    #expect(error?.description == ".assay/config.yaml: it is larger than 1 MiB (limit)")
  }

  @Test func noFileIsNoError() throws {
    let folder = try TemporaryFolder()
    #expect(try Configuration(repository: Repository(root: folder.path)) == Configuration())
    #expect(try Configuration(repository: nil) == Configuration())
  }

  @Test func settingsAreThePersonsOwn() throws {
    let folder = try TemporaryFolder()
    let directories = Directories(environment: ["XDG_CONFIG_HOME": folder.path, "HOME": "/home/me"])
    #expect(try Settings(directories: directories) == Settings())
    let file = try folder.write(
      "assay/config.yaml", "theme: dark\neditor: code --wait\nmouse: yes\nascii: false\nx: 1\n")
    let settings = try Settings(directories: directories)
    #expect(settings.theme == "dark")
    #expect(settings.editor == "code --wait")
    #expect(settings.mouse)
    #expect(!settings.ascii)
    #expect(settings.warnings == ["\(file):5: the key x is not known"])
    try folder.write("assay/config.yaml", "color: pink")
    let error = #expect(throws: ConfigurationError.self) { try Settings(directories: directories) }
    #expect(error?.description == "\(file):1: color: expected auto, 256, 16, mono or truecolor")
  }
}
