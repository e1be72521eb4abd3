import Foundation
import Testing
import TriageModel

@testable import RunArtifacts

@Suite struct FileTimeTests {
  @Test(arguments: [Int.max, Int.min, 0, 253_402_300_800]) func takesAnyTimeThatAFileSystemKeeps(seconds: Int) {
    var status = stat()
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec = seconds
    #else
      status.st_mtim.tv_sec = seconds
    #endif
    #expect(abs(Timestamp(modified: status).milliseconds) <= 253_402_300_799_999)
  }
}
