import SafeText
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
        editor: vi
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
        GoldenRule(
          expected: "tests/**/*.json", actual: "out/**/*.actual.json", tolerance: Tolerance(relative: 1e-6))
      ])
    #expect(configuration.warnings == [".assay/config.yaml:9: the key colour is not known"])
  }

  @Test func readsWhatIsSetAsideInGoldens() throws {
    let configuration = try Configuration(
      text: #"""
        goldens:
          - ignore: ["$.meta.created_at", "column:run_id", "/\\d{4}-\\d\\d-\\d\\dT.*/"]
          - {expected: "tests/*.json", ignore: $..uuid}
          - {expected: "a/*.csv", actual: "b/*.csv", ignore: ["column:t"]}
        """#)
    #expect(configuration.goldens.map(\.expected) == ["a/*.csv"])
    let ignores = configuration.goldenIgnores
    #expect(
      ignores.rules(for: "x.txt").map(\.source) == ["$.meta.created_at", "column:run_id", #"/\d{4}-\d\d-\d\dT.*/"#])
    #expect(ignores.rules(for: "tests/x.json").last?.source == "$..uuid")
    #expect(ignores.rules(for: "a/x.csv").last?.source == "column:t")
  }

  @Test func readsTheFiguresOfTheHistory() throws {
    let configuration = try Configuration(
      text: """
        history:
          keep: 400d
          triage_minutes: 12
          thresholds:
            known_runs: 20
            mass_failure_share: 0.5
            flaky_day: 7
        """)
    #expect(configuration.history.keepDays == 400)
    var thresholds = Thresholds()
    (thresholds.triageMinutes, thresholds.knownRuns, thresholds.massFailureShare) = (12, 20, 0.5)
    #expect(configuration.history.thresholds == thresholds)
    #expect(
      configuration.warnings == [
        ".assay/config.yaml:7: the key history.thresholds.flaky_day is not known, did you mean flaky_days or fixed_days?"
      ])
    #expect(try Configuration(text: "runs: a").history == HistorySettings())
  }

  @Test func readsTheRulesOfInfrastructure() throws {
    let configuration = try Configuration(
      text: """
        infra:
          - name: feature store is down
            message: 'ConnectionRefusedError.*feature-store'
            test: tests/integration/
            label: {platform: gpu}
        """)
    let rule = try #require(configuration.infra.first)
    #expect(rule.name == "feature store is down" && rule.test == "tests/integration/")
    #expect(rule.labels == ["platform": "gpu"])
    #expect(rule.message?.matches("ConnectionRefusedError: feature-store:8080") == true)
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(text: "infra:\n- name: a\n  message: '(b'")
    }
    #expect(error?.description.hasPrefix(".assay/config.yaml:3: infra.message: expected a pattern; ") == true)
  }

  @Test(arguments: [
    ("runs: {a: b}", ".assay/config.yaml:1: runs: expected a list of texts"),
    ("runs:\n  - a\n  - [b]", ".assay/config.yaml:3: runs: expected one text"),
    ("runs: ../other", ".assay/config.yaml:1: runs: ../other leads out of the repository"),
    ("runs: /etc", ".assay/config.yaml:1: runs: /etc leads out of the repository"),
    ("owners: me", ".assay/config.yaml:1: owners: expected patterns with owners"),
    ("owners:\n- path: a\n  who: b", ".assay/config.yaml:3: owners: expected path and owner"),
    ("owners:\n- owner: b", ".assay/config.yaml:2: owners: expected a path and its owner"),
    ("goldens: tests", ".assay/config.yaml:1: goldens: expected a list of expected and actual, or of ignore"),
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
    (
      "goldens:\n- ignore:\n  - $.a\n  - run_id",
      ".assay/config.yaml:4: goldens.ignore: run_id is no rule: $.path, column:name or /pattern/"
    ),
    (
      "goldens:\n- ignore: ['/(/']",
      ".assay/config.yaml:2: goldens.ignore: missing closing parenthesis, at character 2 of /(/"
    ),
    (
      "goldens:\n- ignore: $.a[",
      ".assay/config.yaml:2: goldens.ignore: the path cannot be read from character 5 on ($.a.b, $.a[*].b, $.a[0], $..b)"
    ),
    ("infra: {name: a}", ".assay/config.yaml:1: infra: expected a list of rules"),
    ("infra:\n- name: a\n  who: b", ".assay/config.yaml:3: infra.who: expected name, message, test and label"),
    (
      "infra:\n- {name: a, test: b}\n- name: all of it",
      ".assay/config.yaml:3: infra: expected a condition in the rule all of it: message, test or label"
    ),
    ("infra:\n- message: a", ".assay/config.yaml:2: infra: expected a name for each rule"),
    ("history: {keep: soon}", ".assay/config.yaml:1: history.keep: expected days as 400d"),
    (
      "history:\n  thresholds:\n    broken_share: 95",
      ".assay/config.yaml:3: history.thresholds.broken_share: expected a number between 0 and 1"
    ),
    (
      "history:\n  thresholds:\n    known_runs: 1.5",
      ".assay/config.yaml:3: history.thresholds.known_runs: expected a whole number between 1 and 10000"
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
