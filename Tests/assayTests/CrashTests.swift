import Foundation
import TestSupport
import Testing

/// What is left when an approval is cut off or hindered: goldens are old or new, and the journal says which.
@Suite struct CrashTests {
  /// Kills the program at each of its calls that change the disk; the next start mends what is left.
  @Test(.enabled(if: KillPoints.areKnown, "needs Linux and clang"))
  func killedAtAnyCallLeavesOldOrNew() throws {
    let project = try GoldenProject(count: 8, size: 3000)
    let cutOff = try killAtEachCall(of: GoldenProject.approveAll, in: project, reset: project.reset) { (call) throws in
      #expect(!project.versions.contains("torn"), "call \(call)")
      return try checkMended(project, "call \(call)")
    }
    #expect(cutOff.old > 0 && cutOff.new > 0, "\(cutOff)")
  }

  /// Kills the program at random instants, most of them after it began to write.
  @Test func killedAtAnyInstantLeavesOldOrNew() throws {
    let project = try GoldenProject(count: 8, size: 3000)
    var random = Seeded(state: 2026)
    let (lead, writing) = try duration(project)
    for number in 0..<50 {
      try project.reset()
      let program = try project.start(GoldenProject.approveAll)
      if number % 5 == 0 {
        usleep(UInt32.random(in: 0...UInt32(lead), using: &random))
      } else {
        while program.isRunning, !isWriting(project) { usleep(100) }
        usleep(UInt32.random(in: 0...UInt32(writing), using: &random))
      }
      program.kill()
      program.wait()
      #expect(!project.versions.contains("torn"), "instant \(number)")
      _ = try checkMended(project, "instant \(number)")
    }
  }

  /// Runs a command again and again, each time killed at its next call, until it ends by itself.
  ///
  /// `check` looks at what is left and says whether it is new; the answer counts the old and the new.
  private func killAtEachCall(
    of arguments: [String], in project: GoldenProject, reset: () throws -> Void, check: (Int) throws -> Bool
  ) throws -> (old: Int, new: Int) {
    let points = try KillPoints()
    var counts = (old: 0, new: 0)
    for call in 1..<1000 {
      try reset()
      let ending = try project.run(arguments, extra: points.environment(call: call))
      if ending.status == 0 { return counts }
      if try check(call) { counts.new += 1 } else { counts.old += 1 }
    }
    Issue.record("it made over 1000 calls")
    return counts
  }

  private func isWriting(_ project: GoldenProject) -> Bool {
    access(project.folder.at("state/assay/journal"), F_OK) == 0
  }

  /// Microseconds from the start to the first write, and from there to the end.
  private func duration(
    _ project: GoldenProject, of arguments: [String] = GoldenProject.approveAll
  ) throws -> (lead: Int, writing: Int) {
    let clock = ContinuousClock()
    let start = clock.now
    let program = try project.start(arguments)
    while program.isRunning, !isWriting(project) {}
    let middle = clock.now
    #expect(program.wait() == 0)
    let end = clock.now
    func microseconds(_ duration: Duration) -> Int { Int(duration / .microseconds(1)) }
    return (microseconds(middle - start), max(1000, microseconds(end - middle)))
  }

  /// The next start: all old or all new, and nothing else is left; whether it is new.
  private func checkMended(_ project: GoldenProject, _ instant: String) throws -> Bool {
    #expect(try project.run(["log"]).status == 0)
    let versions = Set(project.versions)
    #expect(versions == ["old"] || versions == ["new"], "\(instant): \(project.versions)")
    if versions == ["new"] {
      #expect(project.journal == ["000001.done"] && project.ledger.count == 8, "\(instant)")
      #expect(project.others == [".assay/.gitattributes", ".assay/approvals.jsonl"], "\(instant)")
    } else {
      #expect(project.journal.isEmpty || project.journal == ["000001.back"], "\(instant): \(project.journal)")
      #expect(project.others.isEmpty, "\(instant): \(project.others)")
    }
    return versions == ["new"]
  }

  /// A mutes file that was written by hand is, after a kill at any call and the next start, the old one or the new.
  @Test(.enabled(if: KillPoints.areKnown, "needs Linux and clang"))
  func aMuteThatIsCutOffLeavesTheOldFileOrTheNew() throws {
    let project = try GoldenProject(count: 1)
    let mute = ["mute", "test_golden_0", "--ticket", "T-1", "--reason", "r", "--from", "../run"]
    let old = "# By hand: keep this.\n- {test: \"a\", ticket: T-0, reason: r, expires: 2099-12-31}  # and this\n"
    let path = "project/.assay/mutes.yaml"
    func reset() throws {
      try project.reset()
      try project.folder.write(path, old)
    }
    try reset()
    #expect(try project.run(mute).status == 0)
    let new = Files.text(project.folder.at(path))
    #expect(new.contains(old.dropLast()) && new.contains("T-1"), "\(new)")
    let cutOff = try killAtEachCall(of: mute, in: project, reset: reset) { (call) throws in
      #expect([old, new].contains(Files.text(project.folder.at(path))), "call \(call)")
      #expect(try project.run(["log"]).status == 0)
      let left = Files.text(project.folder.at(path))
      #expect(left == (project.journal == ["000001.done"] ? new : old), "call \(call): \(project.journal)")
      let others = project.others.filter { $0 != ".assay/mutes.yaml" }
      #expect(others == (left == new ? [".assay/.gitattributes"] : []), "call \(call): \(others)")
      return left == new
    }
    #expect(cutOff.old > 0 && cutOff.new > 0, "\(cutOff)")
  }

  @Test func twoAtOnceDecideOnce() throws {
    let project = try GoldenProject(count: 8, size: 3000)
    for _ in 0..<8 {
      try project.reset()
      let programs = try (0..<3).map { _ in try project.start(GoldenProject.approveAll) }
      let statuses = programs.map { $0.wait() }
      #expect(statuses.count { $0 == 0 } == 1, "\(statuses)")
      #expect(Set(project.versions) == ["new"] && project.ledger.count == 8)
      #expect(try project.run(["log", "--verify"]).status == 0)
    }
  }

  @Test func aDiskThatIsFullChangesNothing() throws {
    let project = try GoldenProject(count: 3, size: 100_000)
    // No file may grow beyond 40 kB: as on a full disk, writing fails in the middle.
    let limited = try project.run(
      GoldenProject.approveAll, wrapper: ["bash", "-c", "ulimit -f 40; exec \"$@\"", "bash"])
    #expect(limited.status == 4 && limited.errors.hasPrefix("assay: could not write "), "\(limited)")
    #expect(limited.errors.contains("nothing was changed") && limited.errors.split(separator: "\n").count == 1)
    #expect(Set(project.versions) == ["old"] && project.others.isEmpty)
    #expect(try project.run(GoldenProject.approveAll).status == 0 && Set(project.versions) == ["new"])
  }

  /// Root may write everywhere, so the program runs as nobody then.
  private static let asNobody = getuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
  private static let canBeNobody = Shell.run(asNobody + ["true"]).status == 0

  @Test(.enabled(if: canBeNobody, "root cannot become nobody here"))
  func aFolderThatMayNotBeWrittenChangesNothing() throws {
    let project = try GoldenProject(count: 3)
    let golden = project.golden("test_golden_2")
    try project.folder.makeFolder("state")
    try project.folder.makeFolder(".cache")
    let other = "project/tests/test_m/"
    // The last golden lies in a folder of its own, which is closed.
    try project.folder.makeFolder("project/closed")
    rename(project.folder.at("project/" + golden), project.folder.at("project/closed/test_golden_2.csv"))
    symlink("../../closed/test_golden_2.csv", project.folder.at("project/" + golden))
    if getuid() == 0 { _ = Shell.run(["chown", "-R", "65534:65534", project.folder.path]) }
    chmod(project.folder.at("project/closed"), 0o555)
    let result = try project.run(GoldenProject.approveAll, wrapper: Self.asNobody)
    #expect(result.status == 4 && result.errors.contains("closed/test_golden_2.csv: permission denied"), "\(result)")
    #expect(result.errors.contains("nothing was changed"))
    #expect(Set(project.versions) == ["old"] && project.others == ["closed/test_golden_2.csv"])
    #expect(!Files.all(in: project.folder.at(other)).contains { $0.contains(".tmp") })
    chmod(project.folder.at("project/closed"), 0o755)
    let open = try project.run(GoldenProject.approveAll, wrapper: Self.asNobody)
    #expect(open.status == 0 && Set(project.versions) == ["new"], "\(open)")
  }
}
