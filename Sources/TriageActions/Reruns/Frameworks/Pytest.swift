internal import SafeText

/// pytest: tests are selected by node ids, many in one process, in the order in which they are given.
package enum Pytest: RerunFramework {
  /// What names it in a rule.
  package static let id = "pytest"
  /// What is to be known of its reruns.
  package static let note = """
    Node ids, many in one process, by python -m pytest of $VIRTUAL_ENV, else of .venv or venv, else by python3. Options \
    that your CI adds (plugins, --mpl, variables) are not known: say them in a rule.
    """
  /// Node ids are run in the order in which they are given.
  package static let keepsOrder = true
  /// The seed that the order of sets hangs on.
  package static let hashSeedVariable: String? = "PYTHONHASHSEED"
  /// What node ids of one process may have together, in bytes: systems limit an argument vector.
  private static let longestLine = 100_000

  /// What selects a test here, where it is this framework's.
  package static func target(_ test: RerunTest, _ context: RerunContext) -> RerunTarget? {
    guard let end = test.id.firstRange(of: ".py::") else { return nil }
    let file = String(test.id[..<end.lowerBound]) + ".py"
    let name = test.id[end.upperBound...]
    // Methods of classes are unittest's where pytest is not installed.
    if name.contains("::"), !isInstalled(context) { return nil }
    guard let path = PathText.normal(file) else { return nil }
    if context.has(path) { return RerunTarget(test, selector: nodeid(path, name)) }
    // pytest's root may lie below the repository's: its ids begin there.
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let roots = context.folders(last).filter { ($0 + "/" + last).hasSuffix("/" + path) }
    guard roots.count == 1 else { return RerunTarget(test, selector: nodeid(path, name)) }
    let folder = String((roots[0] + "/" + last).dropLast(path.count + 1))
    return RerunTarget(test, selector: nodeid(path, name), folder: folder)
  }

  /// A node id that cannot be taken for an option, nor for a file of arguments (`@file`, since pytest 8.2).
  private static func nodeid(_ path: String, _ name: Substring) -> String {
    (path.hasPrefix("-") || path.hasPrefix("@") ? "./" : "") + path + "::" + name
  }

  /// The processes of an attempt.
  package static func invocations(
    _ targets: [RerunTarget], _ order: RerunOrder, command: [String]?, _ context: RerunContext
  ) -> [RerunInvocation] {
    var all: [RerunInvocation] = []
    var rest = targets[...]
    while !rest.isEmpty {
      var bytes = 0
      let some = rest.prefix { target in
        defer { bytes += target.selector.utf8.count + 1 }
        return bytes == 0 || bytes + target.selector.utf8.count < longestLine
      }
      rest = rest.dropFirst(some.count)
      all.append(invocation(Array(some), order, command, context))
    }
    return all
  }

  private static func invocation(
    _ targets: [RerunTarget], _ order: RerunOrder, _ command: [String]?, _ context: RerunContext
  ) -> RerunInvocation {
    let earlier = order.before.compactMap { target($0, context)?.selector }
    var arguments = (command ?? [python(context), "-m", "pytest"])
    arguments += [
      "-p", "no:cacheprovider", "--color=no", "--continue-on-collection-errors",
      "--junitxml=" + RerunInvocation.reportMark, "-o", "junit_family=xunit1",
      "-o", "junit_logging=all", "-o", "junit_log_passing_tests=true",
    ]
    var environment = ["PYTHONDONTWRITEBYTECODE": "1"]
    if order.seed == .same {
      let seeds = ReplaySeeds(targets.map(\.test))
      arguments += seeds.arguments
      if let replay = seeds.plugin {
        arguments += ["-p", PytestReplay.module]
        environment[PytestReplay.variable] = replay
      }
    }
    if order.isInOrder {
      // A plugin that draws an order would undo the one that is asked for, and a failure before would end it (-x).
      arguments += ["-p", "no:randomly", "--maxfail=0"]
      environment["PYTEST_XDIST_AUTO_NUM_WORKERS"] = "1"
    }
    arguments += earlier + targets.map(\.selector)
    var invocation = RerunInvocation(targets, arguments)
    invocation.environment = environment
    return invocation
  }

  private static func isInstalled(_ context: RerunContext) -> Bool {
    let python = python(context)
    return context.hasProgram(python == "python3" ? "pytest" : String(python.dropLast("python".count)) + "pytest")
  }

  /// It runs nothing where a test that is named is not there, and says which: `ERROR: not found: /root/a.py::test_b`.
  package static func unknownTests(output: String) -> [String] {
    output.split(whereSeparator: \.isNewline).compactMap { line in
      for beginning in ["ERROR: not found: ", "ERROR: file or directory not found: "] where line.hasPrefix(beginning) {
        return String(line.dropFirst(beginning.count))
      }
      return nil
    }
  }

  /// The interpreter that has the project's packages.
  static func python(_ context: RerunContext) -> String {
    var environments = [context.root + "/.venv", context.root + "/venv"]
    if let active = context.environment["VIRTUAL_ENV"] { environments.insert(active, at: 0) }
    return environments.map { $0 + "/bin/python" }.first(where: context.hasProgram) ?? "python3"
  }
}

/// The plugin that shows a Hypothesis test the inputs that it failed with.
package enum PytestReplay {
  /// The module that pytest loads it as.
  package static let module = "assay_replay"
  /// The variable that holds what is replayed, as JSON.
  package static let variable = "ASSAY_REPLAY"
}
