import Foundation
import TestSupport
import Testing

/// What is left of the history when adding runs is cut off or hindered: whole runs, and nothing half there.
@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)")) struct HistoryCrashTests {
  /// Enough runs that a kill comes in the middle of them.
  private static let runs = (11...26).map { Corpus.root + "/churn/runs/0\($0)" }
  /// Root may write everywhere, so the program runs as nobody then.
  private static let asNobody = getuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
  private static let canBeNobody = Shell.run(asNobody + ["true"]).status == 0

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var store: String { folder.at("state/assay/history.sqlite") }

  private var environment: [String: String] {
    [
      "HOME": folder.path, "XDG_STATE_HOME": folder.at("state"), "XDG_CACHE_HOME": folder.at("cache"),
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
    ]
  }

  private func start(_ arguments: [String]) throws -> StartedProgram {
    try StartedProgram([Program.path()] + arguments, environment: environment, directory: folder.path)
  }

  private func run(_ arguments: [String], wrapper: [String] = []) throws -> Shell.Result {
    var changes: [String: String?] = [:]
    for name in ProcessInfo.processInfo.environment.keys { changes[name] = .some(nil) }
    for (name, value) in environment { changes[name] = value }
    return Shell.run(wrapper + [try Program.path()] + arguments, environment: changes, directory: folder.path)
  }

  /// Bytes that the store's log has grown to: how far the adding is.
  private var logSize: Int {
    var status = stat()
    return stat(store + "-wal", &status) == 0 ? Int(status.st_size) : 0
  }

  private func reset() { try? FileManager.default.removeItem(atPath: folder.at("state")) }

  /// The history as it is exported: for each run all its lines.
  private func exported() throws -> [String] {
    let ending = try run(["history", "export"])
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending.errors)")
    // Which of the alike failures is the example of a signature is the first come's to say: only the keys are compared.
    let lines = ending.output.split(separator: "\n").map { line in
      (line.hasPrefix("{\"signature\"") ? line.prefix(45) : line) + "\n"
    }
    return lines.joined().components(separatedBy: "{\"run\":").dropFirst().map { $0 }
  }

  /// A run without what is judged by the runs that were there before it.
  private static func withoutJudgements(_ run: String) -> String {
    run.split(separator: "\n").filter { !$0.contains("\"kind\":") && !$0.hasPrefix("{\"signature\"") }
      .map { $0.replacing(/,"verdict":"[a-z-]*"/, with: "") }.joined(separator: "\n")
  }

  @Test func killedAtAnyInstantLeavesWholeRuns() throws {
    let first = try start(["ingest"] + Self.runs)
    var whole = 0
    while first.isRunning {
      whole = max(whole, logSize)
      usleep(100)
    }
    #expect(first.wait() == 0)
    let all = try exported()
    let known = Set(all)
    try #require(known.count == Self.runs.count)
    var random = Seeded(state: 2026)
    var partial = 0
    var before = 0
    for number in 0..<24 {
      // Each third store is empty; the others are fed further.
      if number % 3 == 0 {
        reset()
        before = 0
      }
      let program = try start(["ingest"] + Self.runs)
      let instant = Int.random(in: 0..<whole, using: &random)
      while program.isRunning, logSize <= instant { usleep(100) }
      program.kill(number % 4 == 3 ? SIGINT : SIGKILL)
      program.wait()
      let left = try exported()
      #expect(left.allSatisfy(known.contains), "instant \(number)")
      #expect(left.count >= before, "instant \(number)")
      before = left.count
      if left.count > 0, left.count < Self.runs.count { partial += 1 }
      if number % 6 == 5 {
        #expect(try run(["ingest"] + Self.runs).status == 0)
        #expect(try exported() == all, "instant \(number)")
      }
    }
    #expect(partial > 0, "no kill came while runs were added")
  }

  @Test func twoAtOnceAddTheSameAndOtherRuns() throws {
    #expect(try run(["ingest"] + Self.runs).status == 0)
    let all = try exported()
    let half = Self.runs.count / 2
    for paths in [[Self.runs, Self.runs], [Self.runs.prefix(half), Self.runs.dropFirst(half)].map(Array.init)] {
      reset()
      let programs = try paths.map { try start(["ingest"] + $0) }
      #expect(programs.map { $0.wait() } == [0, 0])
      // Verdicts and items hang on what was known when their run came.
      let hangsOnOrder = paths[0] != paths[1]
      let (found, expected) = (try exported(), hangsOnOrder ? all.map(Self.withoutJudgements) : all)
      #expect((hangsOnOrder ? found.map(Self.withoutJudgements) : found) == expected)
    }
  }

  @Test func aFullDiskKeepsWhatIsWhole() throws {
    #expect(try run(["ingest"] + Self.runs).status == 0)
    let all = try exported()
    var refused = 0
    for kilobytes in [40, 80, 120] {
      reset()
      // No file may grow beyond that: as on a full disk, writing fails in the middle.
      let limited = try run(
        ["ingest"] + Self.runs, wrapper: ["bash", "-c", "ulimit -f \(kilobytes); exec \"$@\"", "bash"])
      if limited.status != 0 {
        refused += 1
        #expect(limited.status == 3 && limited.errors.hasPrefix("assay: could not "), "\(limited)")
        #expect(limited.errors.contains("is it full") && limited.errors.split(separator: "\n").count == 1)
      }
      #expect(try exported().allSatisfy(Set(all).contains))
      #expect(try run(["ingest"] + Self.runs).status == 0)
      #expect(try exported() == all, "\(kilobytes) kB")
    }
    #expect(refused > 0)
  }

  @Test(.enabled(if: canBeNobody, "root cannot become nobody here"))
  func aPlaceThatMayNotBeWrittenIsNamed() throws {
    #expect(try run(["ingest", Self.runs[0]]).status == 0)
    let before = Files.bytes(store)
    chmod(folder.path, 0o755)
    for path in ["state", "state/assay"] { chmod(folder.at(path), 0o555) }
    chmod(store, 0o444)
    for arguments in [["ingest"] + Self.runs, ["flaky", "--json"]] {
      let ending = try run(arguments, wrapper: Self.asNobody)
      #expect(ending.status == 3 && ending.errors.contains("history.sqlite cannot be written"), "\(ending)")
      #expect(ending.errors.split(separator: "\n").count == 1 && ending.output.isEmpty)
    }
    #expect(Files.bytes(store) == before)
  }

  @Test func aStoreOfANewerProgramIsLeftAlone() throws {
    #expect(try run(["ingest", Self.runs[0]]).status == 0)
    // SQLite's header has the schema's number at 60, the largest byte first.
    var bytes = Files.bytes(store)
    bytes[63] = 99
    try Data(bytes).write(to: URL(filePath: store))
    for arguments in [["ingest"] + Self.runs, ["runs", "--json"], ["history", "export"]] {
      let ending = try run(arguments)
      #expect(ending.status == 3 && ending.errors.contains("a newer assay (schema 99"), "\(ending)")
    }
    #expect(Files.bytes(store) == bytes)
    // What could use the history says why it does without: tests that did not run, verdicts.
    let list = try run(["list", Self.runs[0]])
    #expect(list.status == 0 && list.errors.contains("a newer assay"), "\(list)")
    let verdicts = try run(["list", "--json", Corpus.root + "/churn/runs/036"])
    #expect(verdicts.status == 0 && verdicts.output.contains("\"verdict\":null"), "\(verdicts.errors)")
    #expect(verdicts.errors.contains("could not open the history") && verdicts.errors.contains("a newer assay"))
  }

  @Test func aDamagedStoreIsSetAside() throws {
    #expect(try run(["ingest", Self.runs[0]]).status == 0)
    let rubbish = [UInt8](repeating: 0x41, count: 9000)
    try Data(rubbish).write(to: URL(filePath: store))
    let ending = try run(["ingest"] + Self.runs)
    #expect(ending.status == 0 && ending.output.hasPrefix("16 runs added"), "\(ending)")
    #expect(ending.errors.contains("it was set aside as history.sqlite.damaged-1"))
    #expect(Files.bytes(store + ".damaged-1") == rubbish)
    #expect(try exported().count == Self.runs.count)
  }
}
