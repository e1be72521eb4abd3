import Foundation
import RunArtifacts
import SystemKit
import TestSupport
import Testing
import TriageModel

@Suite struct ArchiveTests {
  private let folder: TemporaryFolder
  private let cache: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    cache = try TemporaryFolder()
  }

  private func open(_ path: String, limits: ArtifactLimits = ArtifactLimits()) throws -> ArtifactFolder {
    try ArtifactReader(cacheFolder: cache.path, limits: limits).open(path)
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: [
    (ArchiveMaker.Form.zip, "a.zip"), (.tar, "a.tar"), (.gzipTar, "a.tar.gz"), (.zstdTar, "a.tar.zst"),
    (.xzTar, "a.tar.xz"), (.bzip2Tar, "a.tar.bz2"), (.zip, "download"), (.gzipTar, "artifact.bin"),
  ])
  func opensArchivesByTheirContent(form: ArchiveMaker.Form, name: String) throws {
    let path = try ArchiveMaker.make(
      form, [.file("run/junit.xml", bytes("<testsuite/>")), .folder("run/empty"), .file("ünïcode/日本.log", bytes("x"))],
      in: folder, named: name)
    let opened = try open(path)
    #expect(opened.isArchive)
    #expect(opened.files.map(\.path) == ["run/junit.xml", "ünïcode/日本.log"])
    #expect(opened.refusals == [])
    #expect(opened.damage == nil)
    #expect(RegularFile.text(opened.files[0].location, limit: 100) == "<testsuite/>")
    #expect(opened.files[0].modified?.description == "2026-09-21T14:13:20Z")
  }

  @Test func leavesNothingOutsideTheFolder() throws {
    let path = try ArchiveMaker.make(
      .gzipTar,
      [
        .file("../evil.xml", bytes("1")), .file("a/../../evil.xml", bytes("2")),
        .file("/tmp/assay-evil.xml", bytes("3")),
        .file("C:\\evil.xml", bytes("4")), .file("..\\evil.xml", bytes("5")), .symlink("out", to: "/etc"),
        .file("out/evil.xml", bytes("6")), .hardlink("passwd", to: "/etc/passwd"), .pipe("fifo"),
        .symlink("loop", to: "."), .file("good.xml", bytes("7")), .file("good.xml", bytes("8")),
        .file("good.xml/below.xml", bytes("9")),
      ], in: folder, named: "evil.tgz")
    let opened = try open(path)
    #expect(opened.files.map(\.path) == ["good.xml", "out/evil.xml"])
    #expect(opened.files.allSatisfy { $0.location.hasPrefix(cache.path + "/archives/") })
    #expect(RegularFile.text(opened.files[0].location, limit: 10) == "7")
    let reasons = Dictionary(opened.refusals.map { ($0.path, $0.reason) }) { $1 }
    #expect(reasons["../evil.xml"] == "its path leads out of the folder")
    #expect(reasons["a/../../evil.xml"] == "its path leads out of the folder")
    #expect(reasons["/tmp/assay-evil.xml"] == "its path is absolute")
    #expect(reasons["C:\\evil.xml"] == "its path names a drive")
    #expect(reasons["..\\evil.xml"] == "its path leads out of the folder")
    #expect(reasons["out"] == "it is a link")
    #expect(reasons["passwd"] == "it is a link")
    #expect(reasons["fifo"] == "it is a pipe, a socket or a device")
    #expect(reasons["good.xml"] == "another entry has the same name")
    #expect(reasons["good.xml/below.xml"] == "another entry is a file where this one needs a folder")
    #expect(access(cache.at("archives/evil.xml"), F_OK) != 0)
    #expect(access("/tmp/assay-evil.xml", F_OK) != 0)
  }

  @Test func stopsABombAndKeepsWhatCameBeforeIt() throws {
    var limits = ArtifactLimits()
    limits.ratioFloor = 1 << 20
    let path = try ArchiveMaker.make(
      .zip, [.file("junit.xml", bytes("<testsuite/>")), .zeros("bomb.xml", 64 << 20), .file("after.xml", bytes("x"))],
      in: folder, named: "bomb.zip")
    let opened = try open(path, limits: limits)
    #expect(opened.files.first { $0.path == "junit.xml" }?.size == 12)
    #expect(opened.files.contains { $0.path == "after.xml" } == false)
    #expect(opened.damage == "the archive unpacks to more than 200 times its size (limit)")
    #expect(opened.files.reduce(0) { $0 + $1.size } < 20 << 20)
  }

  @Test func namesTheLimitsOfSizeAndNumber() throws {
    var limits = ArtifactLimits()
    limits.entryBytes = 1000
    limits.totalBytes = 4000
    limits.entries = 6
    let many = (1...8).map { ArchiveMaker.Entry.file("f\($0).xml", bytes("x")) }
    let path = try ArchiveMaker.make(.tar, many, in: folder, named: "many.tar")
    #expect(try open(path, limits: limits).damage == "it holds more than 6 entries (limit)")
    let large = try ArchiveMaker.make(
      .tar, [.zeros("a.bin", 2000), .zeros("b.xml", 10), .zeros("c.bin", 3000)], in: folder, named: "large.tar")
    let opened = try open(large, limits: limits)
    #expect(opened.refusals.first == Refusal(path: "a.bin", reason: "cut at 1000 bytes (limit)"))
    #expect(opened.files.first { $0.path == "b.xml" }?.size == 10)
    #expect(opened.damage == "the archive is larger than 3 KiB unpacked (limit)")
  }

  @Test func countsRefusalsBeyondThoseItNames() throws {
    let name = String(repeating: "long/", count: 2000) + "junit.xml"
    let links = (0..<1500).map { ArchiveMaker.Entry.symlink($0 == 0 ? name : "link-\($0)", to: "x") }
    let path = try ArchiveMaker.make(.tar, [.file("a.xml", bytes("1"))] + links, in: folder, named: "links.tar")
    let first = try open(path)
    #expect(first.refusals.count == 1001)
    #expect(first.refusals.last == Refusal(path: "…", reason: "and 500 more"))
    #expect(first.refusals.first?.path.utf8.count == 4096)
    #expect(first.refusals.first?.path.hasSuffix("/long/junit.xml") == true)
    #expect(first.damage == nil)
    #expect(try open(path) == first)
  }

  @Test func missesAReportAmongTheRefusalsItDoesNotName() throws {
    let links = (0..<1500).map { ArchiveMaker.Entry.symlink($0 == 1400 ? "out/junit.xml" : "link-\($0)", to: "x") }
    let path = try ArchiveMaker.make(.tar, links, in: folder, named: "links.tar")
    let reader = ArtifactReader(cacheFolder: cache.path, isReport: { $0 == "junit.xml" })
    #expect(try reader.open(path).damage == "more than 1,000 entries were left out, out/junit.xml among them")
    #expect(try reader.open(path).damage != nil)
  }

  @Test func saysWhichEntriesNeedAPassword() throws {
    let path = try folder.write("secret.zip", Self.passwordZip)
    let opened = try open(path)
    #expect(opened.files.map(\.path) == ["plain.xml"])
    #expect(opened.refusals == [Refusal(path: "secret.xml", reason: "it is password-protected")])
  }

  @Test(arguments: [ArchiveMaker.Form.zip, .gzipTar, .tar, .zstdTar])
  func keepsWhatATruncatedArchiveStillHolds(form: ArchiveMaker.Form) throws {
    var state: UInt64 = 1
    let noise = (0..<600_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    let path = try ArchiveMaker.make(
      form, [.file("first.xml", bytes("<testsuite/>")), .file("second.bin", noise)], in: folder, named: "whole")
    let whole = try RegularFile.bytes(path, limit: 1 << 20)
    let cut = try folder.write("cut", Array(whole.prefix(whole.count / 2)))
    let opened = try open(cut)
    #expect(opened.files.first?.path == "first.xml")
    #expect(opened.files.first?.size == 12)
    #expect(opened.damage?.contains("damaged in second.bin") == true)
  }

  @Test func readsEveryPrefixWithoutTrap() throws {
    for form in [ArchiveMaker.Form.zip, .gzipTar] {
      let path = try ArchiveMaker.make(
        form, [.file("a/first.xml", bytes("<testsuite/>")), .symlink("b", to: "a"), .file("c.log", bytes("log"))],
        in: folder, named: "small")
      let whole = try RegularFile.bytes(path, limit: 1 << 20)
      for length in stride(from: 0, to: whole.count, by: 3) {
        let cut = try folder.write("cut", Array(whole.prefix(length)))
        let opened = try? open(cut)
        #expect((opened?.files ?? []).allSatisfy { $0.location.hasPrefix(cache.path) || $0.path == "cut" })
      }
    }
  }

  @Test func staysInItsFolderWhateverBytesChange() throws {
    var state: UInt64 = 42
    func random(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for form in [ArchiveMaker.Form.zip, .tar] {
      let path = try ArchiveMaker.make(
        form,
        [.file("aa/bb/first.xml", bytes("<testsuite/>")), .symlink("b", to: "aa"), .folder("c"), .file("c/d", [1])],
        in: folder, named: "small")
      let whole = try RegularFile.bytes(path, limit: 1 << 20)
      for _ in 0..<150 {
        var changed = whole
        for _ in 0...random(below: 4) {
          changed[random(below: changed.count)] =
            [0, 0x2E, 0x2F, 0x5C, 0xFF, UInt8(random(below: 256))][random(below: 6)]
        }
        let opened = try? open(folder.write("changed", changed))
        #expect((opened?.files ?? []).allSatisfy { $0.location.hasPrefix(cache.path) || $0.path == "changed" })
      }
    }
    let top = try FileManager.default.contentsOfDirectory(atPath: cache.path)
    #expect(top == ["archives"])
  }

  @Test func unpacksOnceAndNoticesAChange() throws {
    let path = try ArchiveMaker.make(
      .zip, [.file("a.xml", bytes("1")), .file("../b", bytes("2"))], in: folder, named: "a.zip")
    let first = try open(path)
    let second = try open(path)
    #expect(first == second)
    _ = try ArchiveMaker.make(.zip, [.file("other.xml", bytes("12"))], in: folder, named: "a.zip")
    #expect(try open(path).files.map(\.path) == ["other.xml"])
  }

  @Test func archivesOfOneCommandStayUnpacked() throws {
    let folders = try (0..<40).map { number in
      try open(
        ArchiveMaker.make(.zip, [.file("a.xml", bytes("\(number)"))], in: folder, named: "\(number).zip"))
    }
    #expect(folders.allSatisfy { access($0.files[0].location, F_OK) == 0 })
  }

  @Test func noProgramInheritsTheArchive() throws {
    let path = try ArchiveMaker.make(.zip, [.zeros("a.bin", 32 << 20)], in: folder, named: "a.zip")
    var inherited: Set<Int32> = []
    var wasAsked = false
    let reader = ArtifactReader(cacheFolder: cache.path) { _ in
      wasAsked = true
      inherited.formUnion(OpenDescriptors.inherited(of: path))
      return true
    }
    _ = try reader.open(path)
    #expect(wasAsked)
    #expect(inherited == [])
  }

  @Test func stopsWhenAsked() throws {
    let path = try ArchiveMaker.make(.zip, [.zeros("a.bin", 32 << 20)], in: folder, named: "a.zip")
    let reader = ArtifactReader(cacheFolder: cache.path) { _ in false }
    #expect(throws: ArtifactError.cancelled) { try reader.open(path) }
    let left = try FileManager.default.contentsOfDirectory(atPath: cache.at("archives"))
    #expect(left == [])
  }

  @Test func saysThatTheCacheCannotBeUsed() throws {
    let path = try ArchiveMaker.make(.zip, [.file("a.xml", bytes("1"))], in: folder, named: "a.zip")
    let reader = ArtifactReader(cacheFolder: path)
    let error = #expect(throws: ArtifactError.self) { try reader.open(path) }
    #expect(error?.description.hasPrefix("the folder \(path)/archives to unpack into cannot be used") == true)
  }

  /// `zip` with `plain.xml`, then `zip -P secret` with `secret.xml`, each holding `<a/>`.
  private static let passwordZip: [UInt8] = Array(
    Data(
      base64Encoded:
        "UEsDBAoAAAAAAHlQdV3UHNEBBAAAAAQAAAAJAAAAcGxhaW4ueG1sPGEvPlBLAwQKAAkAAAB5UHVd1BzRARAAAAAEAAAACgAAAHNl"
        + "Y3JldC54bWwTe/Qye3pcrBC6jiC7M9IfUEsHCNQc0QEQAAAABAAAAFBLAQIeAwoAAAAAAHlQdV3UHNEBBAAAAAQAAAAJAAAAAAAA"
        + "AAEAAACkgQAAAABwbGFpbi54bWxQSwECHgMKAAkAAAB5UHVd1BzRARAAAAAEAAAACgAAAAAAAAABAAAApIErAAAAc2VjcmV0Lnht"
        + "bFBLBQYAAAAAAgACAG8AAABzAAAAAAA=") ?? Data())
}
