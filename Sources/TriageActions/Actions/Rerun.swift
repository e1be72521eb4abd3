internal import TriageModel

/// Failing tests are run again, here, or the jobs of their run where it ran: as a job that goes on while the person does.
package struct Rerun: FailureAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "rerun", title: "Rerun", verb: "runs them", past: "rerun", key: "R",
    help: "run the marked tests again, else this one", hint: "rerun",
    inputs: [times, place],
    options: [
      ActionOption(atRun, letter: "r", help: "at the run's commit, in a working tree of its own"),
      ActionOption(otherSeeds, letter: "s", help: "with other seeds and inputs than the failure names"),
      ActionOption(onePerCause, letter: "o", help: "of tests that failed alike only the first"),
    ],
    abstract: "Run tests again, here.")

  private static let times: ActionInput = {
    var input = ActionInput("times")
    (input.hint, input.offered) = ("a number, known, fail or prove", "known")
    return input
  }()

  private static let place: ActionInput = {
    var input = ActionInput("where")
    (input.hint, input.offered) = ("here; at the run's CI service: failed, all, or a job", here)
    return input
  }()
  private static let here = "here"

  /// Which jobs are meant where they ran: `failed`, `all`, or a job's name; nil when tests are run here.
  package static func jobs(_ inputs: [String: String]) -> String? {
    let words = inputs["where"].map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) } ?? ""
    return words.isEmpty || words == here ? nil : words
  }

  /// The option that runs them at the run's commit.
  package static let atRun = "at-run"
  /// The option that draws anew what is random.
  package static let otherSeeds = "random"
  /// The option that leaves out tests that failed alike.
  package static let onePerCause = "one-per-cause"

  /// A command of its own has more to ask, shows how far it is, and ends with a status.
  package static var isJob: Bool { true }

  /// A rerun that was not yet told of what.
  package init() {}

  /// One step: the processes of an attempt, and how often.
  package func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan {
    if let words = Self.jobs(facts.inputs) { return try plan(jobs: words, facts) }
    guard let setting = facts.reruns else { throw ActionRefusal("there is no repository to run tests of (-C)") }
    var tests = subjects.compactMap(\.rerun)
    if tests.isEmpty { throw ActionRefusal("only tests of an open run can be run again here") }
    if facts.options.contains(Self.onePerCause) {
      var known: Set<SignatureKey> = []
      tests = tests.filter { $0.signature.map { known.insert($0).inserted } ?? true }
    }
    var order = RerunOrder()
    order.count = try Self.count(facts.input("times"), setting.passes(tests))
    order.jobs = setting.jobs
    if facts.options.contains(Self.atRun) { order.place = .run }
    if facts.options.contains(Self.otherSeeds) { order.seed = .random }
    let rerun = RerunPlanner(order, in: setting.context).plan(tests)
    if rerun.invocations.isEmpty { throw ActionRefusal(rerun.refused.first?.why ?? "there is nothing to run") }
    if rerun.needsTrust, !setting.isTrusted {
      throw ActionRefusal("the commands of .assay/config.yaml are not trusted (assay trust)")
    }
    var plan = Plan()
    plan.steps = [.run(rerun)]
    plan.headline = rerun.headline
    plan.warnings =
      rerun.warnings + (order.place == .here ? setting.treeWarnings : [])
      + rerun.refused.prefix(3).map { "left out: \($0.test.id): \($0.why)" }
    plan.title = "rerun of " + (tests.count == 1 ? tests[0].id : CountText.of(tests.count, "test"))
    return plan
  }

  /// One step: what the service is asked for.
  private func plan(jobs words: String, _ facts: FailureFacts) throws(ActionRefusal) -> Plan {
    guard let found = facts.jobs else { throw ActionRefusal("no CI service can be asked here") }
    let jobs = try found.get()
    var plan = Plan()
    do throws(JobRefusal) {
      let choice = try jobs.choice(words)
      plan.steps = [.runThere(choice)]
      plan.headline = "\(choice.words) of \(jobs.run) would run again at \(jobs.service)"
      plan.title = "rerun of \(CountText.of(choice.jobs.count, "job")) of \(jobs.run) at \(jobs.service)"
    } catch {
      throw ActionRefusal("\(error)")
    }
    return plan
  }

  private static func count(_ text: String?, _ passes: Int) throws(ActionRefusal) -> RerunOrder.Count {
    switch text?.lowercased() {
    case nil, "known": return .untilKnown(most: RerunOrder.usualMost)
    case "fail": return .untilFail(most: RerunOrder.usualMost)
    case "prove": return .prove(passes: passes)
    case let text?:
      guard let count = Int(text), (1...10_000).contains(count) else {
        throw ActionRefusal("\(text) is neither a number of times nor known, fail or prove")
      }
      return .times(count)
    }
  }
}

/// What the plan of a rerun is made in.
package struct RerunSetting: Sendable {
  /// The repository and its rules.
  package var context: RerunContext
  /// Processes at a time.
  package var jobs: Int
  /// Whether a person trusts the commands that the repository names.
  package var isTrusted: Bool
  /// What is to be known of the files here before they are run, a sentence each.
  package var treeWarnings: [String] = []
  /// The passes in a row that prove tests mended.
  package var passes: @Sendable ([RerunTest]) -> Int

  /// A setting.
  package init(
    context: RerunContext, jobs: Int, isTrusted: Bool, passes: @escaping @Sendable ([RerunTest]) -> Int
  ) {
    self.context = context
    self.jobs = jobs
    self.isTrusted = isTrusted
    self.passes = passes
  }
}
