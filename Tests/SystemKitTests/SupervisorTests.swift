import Foundation
import Synchronization
import SystemKit
import TestSupport
import Testing

/// Programs under supervision: nothing of them outlives whoever started them.
@Suite struct SupervisorTests {
  private let folder: TemporaryFolder
  private let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]

  init() throws { folder = try TemporaryFolder() }

  private func request(_ script: String, timeLimit: Double = 60) -> ProcessRequest {
    var request = ProcessRequest(["sh", "-c", script], environment: environment, timeLimit: timeLimit)
    request.supervisor = Product.path("assay")
    request.hasOwnSession = true
    request.grace = 0.2
    return request
  }

  @Test(arguments: [0, 1, 3, 77]) func endsAsItsProgramDoes(_ status: Int32) throws {
    let result = try ProcessRunner.run(request("echo hi; exit \(status)"))
    #expect(result.end == .exited(status))
    #expect(result.output == Array("hi\n".utf8))
  }

  @Test func endsByTheSignalThatEndsItsProgram() throws {
    #expect(try ProcessRunner.run(request("kill -9 $$")).end == .signalled(9))
  }

  @Test func saysThatAProgramIsNotInstalled() {
    var request = request("")
    request.arguments = ["no-such-program-of-assay"]
    #expect(throws: ProcessError.notFound) { try ProcessRunner.run(request) }
  }

  @Test func readsNothing() throws {
    #expect(try ProcessRunner.run(request("cat; echo end")).output == Array("end\n".utf8))
  }

  /// A program that ignores the request to end, with a child in a session of its own: a hundred times.
  @Test func aHundredThatAreCancelledLeaveNoProcess() throws {
    let (path, request) = (folder.path, request("", timeLimit: 500))
    let ends = Mutex<[ProcessEnd?]>([])
    for round in 0..<10 {
      DispatchQueue.concurrentPerform(iterations: 10) { place in
        let number = round * 10 + place
        let pipe = "\(path)/\(number).pipe"
        mkfifo(pipe, 0o600)
        let script = """
          trap '' TERM; sleep 600 & a=$!; setsid sh -c 'echo $$ > \(path)/\(number).daemon; exec sleep 600' &
          while [ ! -s \(path)/\(number).daemon ]; do :; done
          echo $$ $a $(cat \(path)/\(number).daemon) > \(path)/\(number); echo > \(pipe); wait; wait
          """
        let cancellation = ProcessCancellation()
        Thread.detachNewThread {
          close(open(pipe, O_RDONLY))
          cancellation.cancel()
        }
        var request = request
        request.arguments = ["sh", "-c", script]
        let end = try? ProcessRunner.run(request, cancellation: cancellation).end
        ends.withLock { $0.append(end) }
      }
    }
    #expect(ends.withLock { $0 } == Array(repeating: .cancelled, count: 100))
    for number in 0..<100 { try #require(try areGone(folder.at("\(number)"))) }
  }

  /// A daemon is the program's too: it ends when the program does.
  @Test func aDaemonThatIsLeftBehindIsEnded() throws {
    let file = folder.at("daemon")
    let script = "setsid sh -c 'echo $$ > \(file); exec sleep 600' & while [ ! -s \(file) ]; do :; done; exit 5"
    #expect(try ProcessRunner.run(request(script)).end == .exited(5))
    #expect(try areGone(file))
  }

  /// Whoever started it is killed outright: here a supervisor stands for assay, which has its own end of a pipe.
  @Test func nothingOutlivesWhoeverIsKilled() throws {
    let file = folder.at("numbers")
    let inner = "echo $$ > \(file).new; mv \(file).new \(file); exec sleep 600"
    mkfifo(folder.at("line"), 0o600)
    let line = open(folder.at("line"), O_RDWR | O_CLOEXEC)
    let assay = try #require(Product.path("assay"))
    let process = try Process.run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "exec 3<\(folder.at("line")); exec \(assay) __supervise 100 -- sh -c '\(inner)'"])
    while !FileManager.default.fileExists(atPath: file) { sched_yield() }
    // The end of the pipe is what a kill leaves: the system closes what the killed process had open.
    close(line)
    process.waitUntilExit()
    #expect(try areGone(file))
  }

  /// Whether the processes of the numbers in a file are gone, or zombies; a minute is for a machine that hangs.
  private func areGone(_ file: String) throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    let numbers = try String(contentsOfFile: file, encoding: .utf8).split { " \n".contains($0) }
    return !numbers.isEmpty
      && numbers.allSatisfy { number in
        while let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
          !status.contains(") Z ")
        {
          if ContinuousClock.now > deadline { return false }
          sched_yield()
        }
        return true
      }
  }
}
