import Testing
import TriageModel
import Workspace

@Suite struct RerunSettingsTests {
  @Test func readsRulesAndWhatTheyShare() throws {
    let settings = try Configuration(
      text: """
        rerun:
          jobs: 3
          error: 0.05
          rules:
            - {framework: pytest, command: [python, -m, pytest, --mpl], env: {CI_NOISE: "{attempt}"}}
            - {tests: "web/*", folder: web, time_limit: 90, command: [npx, jest, "{name}"]}
        """
    ).rerun
    #expect(settings.jobs == 3 && settings.error == 0.05)
    #expect(settings.rules.map(\.framework) == ["pytest", nil])
    #expect(settings.rules[0].environment == ["CI_NOISE": "{attempt}"])
    #expect(settings.rules[1].tests == "web/*" && settings.rules[1].folder == "web")
    #expect(settings.rules[1].timeLimit == 90)
  }

  @Test func aListAloneIsTheRules() throws {
    let rules = try Configuration(text: "rerun: [{command: [run, \"{nodeid}\"]}]").rerun.rules
    #expect(rules.map(\.command) == [["run", "{nodeid}"]])
  }

  /// Their commands are among those that need trust.
  @Test func itsCommandsNeedTrust() throws {
    let commands = try Configuration(text: "rerun: [{command: [run, \"{name}\"]}]").commands
    #expect(commands.map(\.words) == [["run", "{name}"]])
  }

  @Test(arguments: [
    "[{command: run}]", "[{command: []}]", "[{tests: x}]", "[{command: [run, all]}]", "{jobs: 0}", "{jobs: many}",
    "{error: 0}", "{error: 2}", "[{command: [run, \"{name}\"], time_limit: -1}]", "{rules: {a: b}}", "pytest",
    "[{command: [run, \"{name}\"], folder: ../out}]", "[{command: [run, \"{name}\"], env: [a]}]",
    "[{command: [run, \"{name}\"], shell: true}]",
  ])
  func refusesWhatMeansNothing(_ text: String) {
    #expect(throws: ConfigurationError.self) { try Configuration(text: "rerun: " + text) }
  }
}
