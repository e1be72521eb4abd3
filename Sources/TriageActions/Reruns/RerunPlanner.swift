internal import SafeText
internal import TriageModel

/// Works out how tests are run again: whose they are, by which rule, in which processes.
package struct RerunPlanner: Sendable {
  private let context: RerunContext
  private let order: RerunOrder

  /// A planner of reruns in a repository.
  package init(_ order: RerunOrder, in context: RerunContext) {
    self.order = order
    self.context = context
  }

  /// The plan for some tests.
  package func plan(_ tests: [RerunTest]) -> RerunPlan {
    var plan = RerunPlan(order: order)
    var groups: [Group] = []
    for test in tests {
      let found: Group
      do throws(ActionRefusal) {
        found = try group(of: test)
      } catch {
        plan.refused.append((test, error.description))
        continue
      }
      if let index = groups.firstIndex(where: { $0.key == found.key }) {
        groups[index].targets += found.targets
      } else {
        groups.append(found)
      }
    }
    for group in groups {
      var made = invocations(of: group)
      for index in made.indices { apply(group.rule, to: &made[index]) }
      plan.invocations += made
      if group.rule != nil { plan.needsTrust = true }
    }
    plan.warnings = warnings(groups)
    return plan
  }

  /// What can be changed of a test's runs beside the environment.
  ///
  /// - Returns: Whether tests can be run before it in its process, and the variable that fixes its hash function's seed.
  package func abilities(of test: RerunTest) -> (keepsOrder: Bool, hashSeedVariable: String?) {
    let framework = framework(of: test)
    let own = framework ?? RerunFrameworks.all.first { $0.target(test, context) != nil }
    return (framework?.keepsOrder ?? false, own?.hashSeedVariable)
  }

  /// The framework that makes a test's commands; nil where a rule says them whole.
  package func framework(of test: RerunTest) -> (any RerunFramework.Type)? { (try? group(of: test))?.framework }

  /// Tests that are started alike.
  private struct Group {
    var rule: RerunRule?
    var framework: (any RerunFramework.Type)?
    var targets: [RerunTarget]
    var key: [String] {
      [
        framework?.id ?? "", targets.first?.folder ?? "", rule?.tests ?? "",
        rule?.command.joined(separator: "\u{0}") ?? "",
      ]
    }
  }

  private func group(of test: RerunTest) throws(ActionRefusal) -> Group {
    for rule in context.rules where rule.tests.map({ TestPattern($0).matches(test.id) }) ?? true {
      guard let name = rule.framework else {
        let target = RerunFrameworks.all.lazy.compactMap { $0.target(test, context) }.first
        return Group(rule: rule, targets: [RerunTarget(test, selector: target?.selector ?? test.id)])
      }
      guard let framework = RerunFrameworks.named(name) else {
        let known = RerunFrameworks.all.map { $0.id }.joined(separator: ", ")
        throw ActionRefusal("rerun: names the framework \(name); known are \(known)")
      }
      if let target = framework.target(test, context) {
        return Group(rule: rule, framework: framework, targets: [target])
      }
    }
    for framework in RerunFrameworks.all {
      if let target = framework.target(test, context) { return Group(framework: framework, targets: [target]) }
    }
    throw ActionRefusal("no framework is known for it: a rule under rerun: of .assay/config.yaml says how it is run")
  }

  private func invocations(of group: Group) -> [RerunInvocation] {
    if let framework = group.framework {
      return framework.invocations(group.targets, order, command: group.rule?.command, context)
    }
    guard let rule = group.rule else { return [] }
    if rule.command.contains("{nodeids}") { return [configured(rule, group.targets)] }
    return group.targets.map { configured(rule, [$0]) }
  }

  /// A process by a rule's own arguments.
  private func configured(_ rule: RerunRule, _ targets: [RerunTarget]) -> RerunInvocation {
    let arguments = rule.command.flatMap { word in
      word == "{nodeids}" ? targets.map(\.selector) : [filled(word, targets[0])]
    }
    return RerunInvocation(targets, arguments)
  }

  private func apply(_ rule: RerunRule?, to invocation: inout RerunInvocation) {
    if let rule {
      for (name, value) in rule.environment { invocation.environment[name] = filled(value, invocation.targets[0]) }
      if !rule.folder.isEmpty { invocation.folder = rule.folder }
      // A command of its own that is not told where to write tells by its end how it went.
      let isOwn = rule.framework == nil
      if isOwn, !(rule.command + rule.environment.values).contains(where: { $0.contains("{report}") }) {
        invocation.report = .end(framework: "")
      }
      invocation.timeLimit = rule.timeLimit ?? invocation.timeLimit
      invocation.usesTerminal = rule.usesTerminal
    }
    invocation.timeLimit = order.timeLimit ?? invocation.timeLimit
    invocation.arguments = order.wrapper + invocation.arguments
    for (name, value) in order.environment { invocation.environment[name] = value }
  }

  /// A rule's text for a test: what a test is called stays what it is, whatever placeholder its name spells.
  private func filled(_ text: String, _ target: RerunTarget) -> String {
    var result = ""
    var rest = text[...]
    let values = [
      "{nodeid}": target.selector, "{name}": target.test.name, "{file}": target.test.file ?? "",
      "{line}": target.test.line.map(String.init) ?? "", "{report}": RerunInvocation.reportMark,
      "{attempt}": RerunInvocation.attemptMark,
    ]
    while let brace = rest.firstIndex(of: "{") {
      result += rest[..<brace]
      rest = rest[brace...]
      if let (word, value) = values.first(where: { rest.hasPrefix($0.key) }) {
        result += value
        rest = rest.dropFirst(word.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result + rest
  }

  /// Labels of a run that are named.
  private static let mostLabels = 6

  /// What is known of where the tests ran: nothing here makes this machine the same.
  private static func environmentWarning(_ targets: [RerunTarget]) -> String? {
    let labels = Set(targets.flatMap { $0.test.labels.map { "\($0.key)=\($0.value)" } }).sorted()
    if labels.isEmpty { return nil }
    let more = labels.count > mostLabels ? " …" : ""
    return
      "the run was on \(labels.prefix(mostLabels).joined(separator: ", "))\(more); here it is what this machine has"
  }

  private func warnings(_ groups: [Group]) -> [String] {
    let unruled = groups.filter { $0.rule == nil }
    var warnings: [String] = []
    if !unruled.isEmpty {
      let names = Set(unruled.compactMap { $0.framework?.id }).sorted().joined(separator: ", ")
      warnings.append(
        "options and variables that the run itself had are not known to the preset of \(names): a missing one can make a broken test pass (rerun: in .assay/config.yaml)"
      )
    }
    if let environment = Self.environmentWarning(groups.flatMap(\.targets)) { warnings.append(environment) }
    if case .times(1) = order.count {
    } else if order.jobs > 1 {
      warnings.append("attempts run \(order.jobs) at a time: tests that share a port or a file may fail for that alone")
    }
    return warnings
  }
}
