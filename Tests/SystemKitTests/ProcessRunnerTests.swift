import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SystemKit

@Suite struct ProcessRunnerTests {
  private let environment = ["PATH": "/usr/bin:/bin", "WORD": "kept"]

  private func run(
    _ arguments: [String], timeLimit: Double = 60, output: ProcessRequest.Output = .kept(limit: 1 << 16),
    change: (inout ProcessRequest) -> Void = { _ in }
  ) throws -> ProcessResult {
    var request = ProcessRequest(arguments, environment: environment, output: output, timeLimit: timeLimit)
    change(&request)
    return try ProcessRunner.run(request)
  }

  private func text(_ result: ProcessResult) -> String { String(decoding: result.output, as: UTF8.self) }

  @Test func givesOutputAndStatus() throws {
    let result = try run(["sh", "-c", "echo $WORD; echo error >&2; exit 3"])
    #expect(text(result) == "kept\n")
    #expect(result.end == .exited(3))
  }

  @Test func errorsComeWithTheOutputWhenAsked() throws {
    let result = try run(["sh", "-c", "echo out; echo error >&2"]) { $0.mergesErrors = true }
    #expect(text(result) == "out\nerror\n")
  }

  @Test func argumentsReachTheProgramAsTheyAre() throws {
    #expect(text(try run(["printf", "%s|", "a b", "$(id)", "'", "ü"])) == "a b|$(id)|'|ü|")
  }

  @Test func anArgumentWithANULIsRefused() {
    #expect(throws: ProcessError.system("an argument holds a NUL")) { try run(["echo", "a\0b"]) }
  }

  @Test func outputCanBeATerminal() throws {
    var request = ProcessRequest(
      ["sh", "-c", "[ -t 1 ] && [ ! -t 0 ] && echo yes"], environment: environment, timeLimit: 60)
    #expect(try ProcessRunner.run(request).output.isEmpty)
    request.outputIsTerminal = true
    request.hasOwnSession = true
    let result = try ProcessRunner.run(request)
    #expect(text(result) == "yes\r\n")
    #expect(result.end == .exited(0))
  }

  @Test func inputIsEmptyUnlessGiven() throws {
    #expect(try run(["cat"]) == ProcessResult(end: .exited(0), output: [], dropped: 0))
    // More than a pipe holds, both ways at once.
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try run(["cat"], output: .kept(limit: 1 << 20)) { $0.input = bytes }.output == bytes)
  }

  @Test func aProgramThatWantsNoInputIsNoFailure() throws {
    let result = try run(["sh", "-c", "exec 0<&-; echo done"]) { $0.input = Array(repeating: 1, count: 1_000_000) }
    #expect(text(result) == "done\n")
    #expect(result.end == .exited(0))
  }

  @Test func beginsInTheFolderGiven() throws {
    let folder = try TemporaryFolder()
    #expect(text(try run(["pwd", "-P"]) { $0.folder = folder.path }).hasSuffix(folder.path + "\n"))
    #expect(throws: ProcessError.system("there is no such file or folder")) {
      try run(["pwd"]) { $0.folder = folder.at("missing") }
    }
  }

  @Test func hasASessionOfItsOwnWhenAsked() throws {
    let script = "import os; print(os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid())"
    #expect(text(try run(["python3", "-c", script])) == "False True\n")
    #expect(text(try run(["python3", "-c", script]) { $0.hasOwnSession = true }) == "True True\n")
  }

  @Test func killsTheWholeGroupWhenTimeIsUp() throws {
    // The grandchild keeps the output open; only the death of the group ends the reading.
    let result = try run(["sh", "-c", "echo begun; sleep 600 & sleep 600"], timeLimit: 0.3)
    #expect(result.end == .timedOut)
    #expect(text(result) == "begun\n")
  }

  @Test func aChildThatIsLeftBehindHoldsNobodyUp() throws {
    let folder = try TemporaryFolder()
    let result = try run(["sh", "-c", "sleep 600 & echo $! > \(folder.at("child")); echo begun"], timeLimit: 500)
    #expect(result.end == .exited(0))
    #expect(text(result) == "begun\n")
    #expect(try isGone(folder.at("child")))
  }

  @Test func aChildMayLiveOnWhereThatIsMeant() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.at("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = try run(["sh", "-c", "cat \(pipe) & exit 0"], output: .nowhere) { $0.leavesChildren = true }
    #expect(result.end == .exited(0))
    // Opens only when the child reads at the other end.
    let descriptor = open(pipe, O_WRONLY)
    #expect(descriptor >= 0)
    close(descriptor)
  }

  @Test func aProgramThatIgnoresTheRequestToEndIsKilled() throws {
    let script = "trap '' TERM; echo begun; while :; do sleep 600; done"
    let result = try run(["sh", "-c", script], timeLimit: 0.3) { $0.grace = 0.2 }
    #expect(result.end == .timedOut)
    #expect(text(result) == "begun\n")
  }

  @Test func aProgramMayTidyUpWhenAskedToEnd() throws {
    let folder = try TemporaryFolder()
    let script = "trap 'echo tidy > \(folder.at("tidy")); exit 0' TERM; while :; do sleep 0.05; done"
    #expect(try run(["sh", "-c", script], timeLimit: 0.3) { $0.grace = 60 }.end == .timedOut)
    #expect(try String(contentsOfFile: folder.at("tidy"), encoding: .utf8) == "tidy\n")
  }

  @Test func stopsAProgramThatTalksTooMuch() throws {
    let result = try run(["yes"], output: .kept(limit: 5000))
    #expect(result.end == .tooMuchOutput)
    #expect(result.output.count == 5000)
    #expect(result.dropped > 0)
  }

  @Test func aGigabyteOfOutputLeavesItsEndsAndItsCount() throws {
    let folder = try TemporaryFolder()
    let before = try peakMemory()
    let file = folder.at("log")
    let result = try run(["head", "-c", "1000000000", "/dev/zero"], output: .file(file, limit: 100_000))
    #expect(result == ProcessResult(end: .exited(0), output: [], dropped: 999_834_464))
    // The beginning, the line that says how much is missing, and the end.
    let size = 100_000 + "\n[999834464 bytes of output were not kept]\n".utf8.count + 65_536
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int == size)
    #expect(try peakMemory() - before < 50_000)
  }

  @Test func anExistingFileIsNotOverwritten() throws {
    let folder = try TemporaryFolder()
    try Data("mine".utf8).write(to: URL(filePath: folder.at("log")))
    #expect(throws: ProcessError.system("file exists")) {
      try run(["echo", "x"], output: .file(folder.at("log"), limit: 10))
    }
    #expect(try String(contentsOfFile: folder.at("log"), encoding: .utf8) == "mine")
  }

  @Test func aProgramThatCannotBeStartedLeavesNoFile() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ProcessError.notFound) {
      try run(["no-such-program-of-assay"], output: .file(folder.at("log"), limit: 10))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.at("log")))
  }

  @Test func twoHundredThatAreCancelledLeaveNoProcess() throws {
    let folder = try TemporaryFolder()
    let (environment, path) = (environment, folder.path)
    let ends = Mutex<[ProcessEnd?]>([])
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      let pipe = "\(path)/\(number).pipe"
      mkfifo(pipe, 0o600)
      let script = "sleep 600 & echo $$ $! > \(path)/\(number); echo > \(pipe); wait"
      let cancellation = ProcessCancellation()
      Thread.detachNewThread {
        // Opens only when the program has come so far.
        close(open(pipe, O_RDONLY))
        cancellation.cancel()
      }
      let request = ProcessRequest(["sh", "-c", script], environment: environment, timeLimit: 500)
      let end = try? ProcessRunner.run(request, cancellation: cancellation).end
      ends.withLock { $0.append(end) }
    }
    #expect(ends.withLock { $0 } == Array(repeating: .cancelled, count: 200))
    for number in 0..<200 { #expect(try isGone(folder.at("\(number)"))) }
  }

  @Test func whatIsCancelledBeforehandNeverStarts() throws {
    let folder = try TemporaryFolder()
    let cancellation = ProcessCancellation()
    cancellation.cancel()
    let request = ProcessRequest(["touch", folder.at("made")], environment: environment, timeLimit: 60)
    #expect(try ProcessRunner.run(request, cancellation: cancellation).end == .cancelled)
    #expect(!FileManager.default.fileExists(atPath: folder.at("made")))
  }

  @Test func noProgramInheritsAPipe() throws {
    let pipe = try #require(PipeEnds())
    defer { [pipe.reading, pipe.writing].forEach { close($0) } }
    #expect([pipe.reading, pipe.writing].map { fcntl($0, F_GETFD) } == [FD_CLOEXEC, FD_CLOEXEC])
    var byte: UInt8 = 7
    #expect(write(pipe.writing, &byte, 1) == 1)
    byte = 0
    #expect(read(pipe.reading, &byte, 1) == 1)
    #expect(byte == 7)
  }

  @Test func saysThatAProgramIsNotInstalled() {
    #expect(throws: ProcessError.notFound) { try run(["no-such-program-of-assay"]) }
  }

  /// Whether the processes of the numbers in a file are gone, or zombies that their parent has not asked about. A killed
  /// process takes a moment to go; a minute is for a machine that hangs.
  private func isGone(_ file: String) throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    let numbers = try String(contentsOfFile: file, encoding: .utf8).split { " \n".contains($0) }
    return numbers.allSatisfy { number in
      while let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8), !status.contains(") Z ")
      {
        if ContinuousClock.now > deadline { return false }
        sched_yield()
      }
      return true
    }
  }

  /// Kilobytes this process has had at most.
  private func peakMemory() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber)))
  }
}
