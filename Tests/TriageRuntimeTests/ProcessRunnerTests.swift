import Foundation
import Testing

@testable import TriageRuntime

@Suite struct ProcessRunnerTests {
  private let environment = ["PATH": "/usr/bin:/bin", "WORD": "kept"]

  private func run(_ arguments: [String], timeout: Double = 20, outputLimit: Int = 1 << 16) throws
    -> ProcessRunner.Output
  {
    try ProcessRunner.run(arguments, environment: environment, timeout: timeout, outputLimit: outputLimit)
  }

  @Test func givesOutputAndStatus() throws {
    let result = try run(["sh", "-c", "echo $WORD; echo error >&2; exit 3"])
    #expect(String(decoding: result.output, as: UTF8.self) == "kept\n")
    #expect(result.status == .exited(3))
  }

  @Test func argumentsReachTheProgramAsTheyAre() throws {
    let result = try run(["printf", "%s|", "a b", "$(id)", "'", "ü"])
    #expect(String(decoding: result.output, as: UTF8.self) == "a b|$(id)|'|ü|")
  }

  @Test func inputIsEmpty() throws {
    #expect(try run(["cat"]).status == .exited(0))
  }

  @Test func killsTheWholeGroupWhenTimeIsUp() throws {
    // The grandchild keeps the output open; only the death of the group ends the reading.
    let result = try run(["sh", "-c", "echo begun; sleep 600 & sleep 600"], timeout: 0.3)
    #expect(result.status == .timedOut)
    #expect(String(decoding: result.output, as: UTF8.self) == "begun\n")
  }

  @Test func stopsAProgramThatTalksTooMuch() throws {
    let result = try run(["yes"], outputLimit: 5000)
    #expect(result.status == .tooMuchOutput)
    #expect(result.output.count == 5000)
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
}
