import Foundation
import TestSupport
import Testing
import SystemKit

@Suite struct WindowedProcessTests {
  @Test func goesOnWhileTheProgramRuns() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.at("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    try WindowedProcess.start(["cat", pipe], environment: ProcessInfo.processInfo.environment)
    // Opens only when the program, which waits for this, reads at the other end.
    let descriptor = open(pipe, O_WRONLY)
    #expect(descriptor >= 0)
    close(descriptor)
  }

  @Test func saysThatThereIsNoSuchProgram() {
    #expect(throws: ProcessError.notFound) {
      try WindowedProcess.start(["no-such-editor"], environment: ProcessInfo.processInfo.environment)
    }
  }
}
