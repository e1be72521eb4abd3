import Foundation
import TestSupport
import Testing
import SystemKit

@Suite struct FileWatchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("junit.xml", "<testsuite/>")
  }

  private var paths: [String] { [folder.at("junit.xml")] }

  @Test func tellsOfWhatWasWrittenWhileItWasRead() {
    var watch = FileWatch(paths: paths, readSince: 1)
    let looks = [watch.hasChanged(), watch.hasChanged()]
    #expect(looks == [true, false])
  }

  @Test func tellsOfWhatIsTakenAwayAndComesBack() throws {
    var watch = FileWatch(paths: paths, readSince: 1e10)
    var looks = [watch.hasChanged()]
    try FileManager.default.removeItem(atPath: folder.at("junit.xml"))
    looks.append(watch.hasChanged())
    try folder.write("junit.xml", "<testsuite/>")
    looks.append(watch.hasChanged())
    #expect(looks == [false, true, true])
  }
}
