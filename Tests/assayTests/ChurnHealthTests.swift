import Foundation
import TestSupport
import Testing

/// The interpreter that counts by other means.
enum Python {
  /// Whether it is there.
  static let isInstalled = Shell.run(["python3", "-c", "import ast"]).status == 0
}

/// The figures of the churn runs, beside those that Python counts over the JUnit files, the logs and the sources.
@Suite(
  .enabled(if: Corpus.exists, "\(Corpus.absence)"), .enabled(if: Python.isInstalled, "there is no python3"))
struct ChurnHealthTests {
  /// Counts by other means: ElementTree over each `junit.xml`, the last lines of `console.log`, `ast` over the sources.
  private static let counting = """
    import ast, glob, json, os, re, sys
    import xml.etree.ElementTree as tree
    runs, project = sys.argv[1:]
    flaky = {'test_feature_store_lookup', 'test_cold_start_budget', 'test_retry_order'}
    by_commit, order, red, flaked, executed, covered = {}, [], 0, 0, 0, []
    for folder in sorted(glob.glob(runs + '/*')):
      manifest = json.load(open(folder + '/run.json'))
      log = open(folder + '/console.log', errors='replace').read()
      # Two runs counted mutants and left out the files that name them: assay calls them incomplete.
      whole = not os.path.exists(folder + '/mutmut-cicd-stats.json')
      cases = tree.parse(folder + '/junit.xml').getroot().iter('testcase')
      # A test whose tear-down failed too stands there twice.
      failed, ran, seconds = set(), set(), 0.0
      for case in cases:
        seconds += float(case.get('time'))
        if case.find('skipped') is not None: continue
        ran.add((case.get('classname'), case.get('name')))
        if case.find('failure') is not None or case.find('error') is not None: failed.add(case.get('name'))
      ran = len(ran)
      retried = set()
      for line in open(folder + '/reportlog.jsonl'):
        entry = json.loads(line)
        if entry.get('outcome') == 'rerun' and entry.get('when') == 'call':
          retried.add(entry['nodeid'].split('::')[-1])
      on_retry = {name for name in retried if name not in failed}
      if os.path.exists(folder + '/coverage.json'):
        totals = json.load(open(folder + '/coverage.json'))['totals']
        covered.append(totals['covered_lines'] / totals['num_statements'])
      if failed - flaky or not whole: red += 1
      gate = float(re.findall(r' in ([0-9.]+)s', log)[-1])
      if not whole: continue
      flaked += len(failed & flaky) + len(on_retry)
      executed += ran
      commit = manifest['commit']
      if commit not in by_commit: order.append(commit)
      passed, total = by_commit.get(commit, (0, 0))
      by_commit[commit] = (passed + ran - len(failed), total + ran)
    asserts = functions = 0
    for path in glob.glob(project + '/tests/**/test_*.py', recursive=True):
      for node in ast.walk(ast.parse(open(path).read())):
        if isinstance(node, ast.FunctionDef) and node.name.startswith('test'):
          functions += 1
          asserts += sum('mpl_image_compare' in ast.dump(d) for d in node.decorator_list)
          for inner in ast.walk(node):
            if isinstance(inner, ast.Assert): asserts += 1
            if isinstance(inner, ast.Call):
              name = ast.unparse(inner.func)
              asserts += name in ('pytest.raises', 'pytest.warns') or name.endswith('_regression.check') \\
                or name.split('.')[-1].startswith(('assert_', 'verify'))
    print(json.dumps({
      'm1': [by_commit[c][0] / by_commit[c][1] for c in order], 'm2': seconds, 'm3': flaked / executed,
      'm4': covered[-1] - covered[-2], 'red': red, 'm5': asserts / functions, 'm10': gate}))
    """

  @Test func figuresAreThoseThatAreCountedByOtherMeans() throws {
    let program = try Program()
    let project = program.folder + "/project"
    let bundle = Corpus.root + "/churn/project.bundle"
    try #require(program.shell(["git", "clone", "-q", "-b", "main", bundle, project]).status == 0)
    try #require(program.run("ingest", "-C", project, Corpus.root + "/churn/runs").status == 0)
    try program.write(Self.counting, to: "count.py")
    let counted = try program.shell(["python3", "count.py", Corpus.root + "/churn/runs", project])
    let expected = try #require(
      try JSONSerialization.jsonObject(with: Data(counted.output.utf8)) as? [String: Any], "\(counted.errors)")
    let answer = try program.run("health", "-C", project, "--json").output
    let report = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
    let figures = try #require(report["figures"] as? [[String: Any]])
    func figure(_ id: String) throws -> [String: Any] { try #require(figures.first { $0["id"] as? String == id }) }
    func isNear(_ id: String, _ number: Double?) throws -> Bool {
      guard let number, let now = try figure(id)["now"] as? Double else { return false }
      // Reports write seconds to the thousandth; all else is the same to the last digit but few.
      return abs(now - number) < (["m2", "m10"].contains(id) ? 0.01 * number : 1e-9)
    }
    let rates = try #require(expected["m1"] as? [Double])
    #expect(try isNear("m1", rates.last))
    let points = try #require(try figure("m1")["points"] as? [[String: Any]])
    let numbers = points.compactMap { $0["number"] as? Double }
    #expect(
      numbers.count == rates.count && zip(numbers, rates).allSatisfy { abs($0 - $1) < 1e-9 }, "\(numbers) \(rates)")
    for id in ["m2", "m3", "m4", "m5", "m10"] {
      let (counted, told) = (expected[id] as? Double, try figure(id)["now"] as? Double)
      #expect(try isNear(id, counted), "\(id): \(told ?? -1), counted \(counted ?? -1)")
    }
    let red = try #require(expected["red"] as? Int)
    #expect(try isNear("budget", Double(red) / 40 / 0.01))
    // M9: no ledger is in the project, so nothing is known; with one it is the commits that git says changed goldens.
    #expect(try figure("m9")["state"] as? String == "unknown")
    try checkGoldenChanges(program, project)
  }

  /// Approves what waits at some commits and commits it, as a person would; then git tells which commits changed goldens.
  private func checkGoldenChanges(_ program: Program, _ project: String) throws {
    let git = ["git", "-C", project, "-c", "user.name=Jo", "-c", "user.email=jo@x.org"]
    for run in ["012", "017"] {
      let folder = Corpus.root + "/churn/runs/" + run
      let approved = try program.shell([
        "env", "XDG_STATE_HOME=\(program.folder)/decisions-\(run)", Program.path(), "approve", "--all", "-C", project,
        "--reason",
        "meant", "--from", folder,
      ])
      // What was approved before is no longer what the second run compared with: that golden is refused.
      try #require(approved.output.contains("approved"), "\(approved.errors)\(approved.output)")
      _ = try program.shell(git + ["add", "-A"])
      try #require(program.shell(git + ["commit", "-qm", "Approve the goldens of \(run)"]).status == 0)
    }
    let changed = try program.shell(
      git + [
        "log", "--format=%h", "--grep", "Approve", "--", ":(glob)tests/unit/test_*/**", "tests/plots/baseline",
        ":(glob)**/*.ambr",
      ])
    let commits = changed.output.split(separator: "\n").count
    let answer = try program.run("health", "-C", project, "--figure", "m9", "--json").output
    let report = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
    let figure = try #require((report["figures"] as? [[String: Any]])?.first)
    #expect(commits > 0 && figure["now"] as? Double == Double(commits) / 8, "\(commits) of 8 by git; \(answer)")
  }
}
