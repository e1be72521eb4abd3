import RunArtifacts
import SystemKit
import TestSupport
import Testing
import TriageModel

@Suite struct FileSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All bytes, and the error that ended the reading, if one did.
  private func read(_ path: String, limits: ArtifactLimits = ArtifactLimits()) -> ([UInt8], ByteSourceError?) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1000)
    do throws(ByteSourceError) {
      let source = try FileSource(path, limits: limits)
      while true {
        var count = 0
        let result = buffer.withUnsafeMutableBytes { buffer in
          Result { () throws(ByteSourceError) in try source.read(into: buffer) }
        }
        count = try result.get()
        if count == 0 { return (bytes, nil) }
        bytes += buffer[..<count]
      }
    } catch {
      return (bytes, error)
    }
  }

  @Test func readsPlainAndCompressedFilesAlike() throws {
    let text = Array(String(repeating: "<testcase name=\"a\"/>\n", count: 1000).utf8)
    let plain = try folder.write("a.xml", text)
    #expect(read(plain) == (text, nil))
    let packed = try ArchiveMaker.compress(text, in: folder, named: "a.xml.gz")
    #expect(read(packed) == (text, nil))
  }

  @Test func stopsAtTheLimitAndSaysWhich() throws {
    var limits = ArtifactLimits()
    limits.reportBytes = 2048
    let path = try folder.write("a.xml", [UInt8](repeating: 65, count: 5000))
    let (bytes, error) = read(path, limits: limits)
    #expect(bytes.count == 2000)
    #expect(error == .limit("it is larger than 2 KiB (limit)"))
  }

  @Test func stopsACompressedBomb() throws {
    var limits = ArtifactLimits()
    limits.ratioFloor = 10_000
    let path = try ArchiveMaker.compress([UInt8](repeating: 0, count: 4 << 20), in: folder, named: "a.xml.gz")
    #expect(read(path, limits: limits).1 == .limit("it unpacks to more than 200 times its size (limit)"))
  }

  @Test func saysWhereACompressedFileBreaksOff() throws {
    let text = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    let path = try ArchiveMaker.compress(text, in: folder, named: "a.xml.gz")
    let whole = try RegularFile.bytes(path, limit: 1 << 20)
    let (bytes, error) = read(try folder.write("cut.gz", Array(whole.prefix(whole.count / 2))))
    #expect(bytes.isEmpty == false)
    #expect(text.starts(with: bytes))
    guard case .damaged = error else {
      Issue.record("no damage was reported: \(String(describing: error))")
      return
    }
  }

  @Test func noProgramInheritsACompressedFile() throws {
    let path = try ArchiveMaker.compress([UInt8](repeating: 65, count: 4000), in: folder, named: "a.xml.gz")
    let source = try FileSource(path)
    withExtendedLifetime(source) { #expect(OpenDescriptors.inherited(of: path) == []) }
  }

  @Test func refusesFolders() {
    #expect(read(folder.path).1 == .system("it is neither a file nor a folder"))
  }
}
