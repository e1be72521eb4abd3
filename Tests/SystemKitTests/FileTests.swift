import Foundation
import SystemKit
import TestSupport
import Testing

@Suite struct FileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func whatCouldMakeAReaderWaitIsRefused() throws {
    mkfifo(folder.at("pipe"), 0o600)
    #expect(throws: FileReadError.notAFile) { try RegularFile(folder.at("pipe")) }
    #expect(throws: FileReadError.notAFile) { try RegularFile(folder.path) }
    #expect(throws: FileReadError.self) { try RegularFile("/dev/zero") }
  }

  @Test func aFileIsReadWholeOrNotAtAll() throws {
    try folder.write("a", "12345")
    #expect(try RegularFile.bytes(folder.at("a"), limit: 5) == Array("12345".utf8))
    #expect(throws: FileReadError.tooLarge(4)) { try RegularFile.bytes(folder.at("a"), limit: 4) }
    #expect(RegularFile.head(folder.at("a"), count: 2) == Array("12".utf8))
    #expect(try RegularFile(folder.at("a")).suffix(2) == Array("45".utf8))
    let error = #expect(throws: FileReadError.self) { try RegularFile(folder.at("none")) }
    #expect(error?.isMissing == true && error?.description == "there is no such file or folder")
  }

  @Test func aFileIsReplacedWholeOrNotAtAll() throws {
    try folder.write("a", "old")
    #expect(Array("new".utf8).withUnsafeBytes { FileWriting.replace(folder.at("a"), by: $0) })
    #expect(RegularFile.text(folder.at("a"), limit: 9) == "new")
    // The name is a folder's: the file beside it does not stay.
    mkdir(folder.at("d"), 0o700)
    #expect(!Array("new".utf8).withUnsafeBytes { FileWriting.replace(folder.at("d"), by: $0) })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "d"])
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    #expect(FilePath.makeFolder(folder.at("x/y/z")) && FilePath.makeFolder(folder.at("x/y")))
    try folder.write("file", "")
    #expect(!FilePath.makeFolder(folder.at("file/below")))
    symlink(folder.at("x/y"), folder.at("link"))
    let real = try #require(FilePath.resolved(folder.at("link/z")))
    let above = try #require(FilePath.resolved(folder.at("x")))
    #expect(real.hasSuffix("/x/y/z") && FilePath.lies(real, in: above))
    #expect(!FilePath.lies("/ab", in: "/a") && FilePath.lies("/a", in: "/a") && FilePath.lies("/a", in: "/"))
  }
}
