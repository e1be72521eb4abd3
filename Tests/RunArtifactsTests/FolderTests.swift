import Foundation
import RunArtifacts
import TestSupport
import Testing

@Suite struct FolderTests {
  private let folder: TemporaryFolder
  private let cache: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    cache = try TemporaryFolder()
  }

  private func open(_ path: String, limits: ArtifactLimits = ArtifactLimits()) throws -> ArtifactFolder {
    try ArtifactReader(
      cacheFolder: cache.path, limits: limits,
      hidden: HiddenNames([".report.json", ".benchmarks", ".*.pending-snap"])
    ).open(path)
  }

  @Test func listsFilesSortedWithoutWhatToolsInstall() throws {
    for path in [
      "b/junit.xml", "a.log", ".git/config", "node_modules/x/junit.xml", "target/surefire-reports/TEST-a.xml",
      "venv/lib/x.xml", ".pytest_cache/v/x.json", ".report.json", "src/.lib.rs.pending-snap", ".env",
      ".assay/runs/1/junit.xml", ".assay/config.yaml", ".benchmarks/x.json", "é/z.xml",
    ] {
      try folder.write(path, "x")
    }
    let opened = try open(folder.path)
    #expect(
      opened.files.map(\.path) == [
        ".assay/runs/1/junit.xml", ".benchmarks/x.json", ".report.json", "a.log", "b/junit.xml",
        "src/.lib.rs.pending-snap", "target/surefire-reports/TEST-a.xml", "é/z.xml",
      ])
    #expect(opened.refusals == [])
  }

  @Test func readsAHiddenFolderThatIsTheArgument() throws {
    try folder.write(".git/junit.xml", "x")
    #expect(try open(folder.at(".git")).files.map(\.path) == ["junit.xml"])
  }

  @Test func followsLinksInsideOnceAndNoneOutside() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret.xml", "x")
    try folder.write("run-1/junit.xml", "x")
    try folder.write(".hidden/report.xml", "x")
    try folder.link("latest", to: "run-1")
    try folder.link("run-1/up", to: "..")
    try folder.link("self", to: "self")
    try folder.link("shown", to: ".hidden")
    try folder.link("out", to: outside.path)
    try folder.link("file.xml", to: outside.at("secret.xml"))
    let opened = try open(folder.path)
    #expect(opened.files.map(\.path) == ["run-1/junit.xml", "shown/report.xml"])
    #expect(
      Set(opened.refusals.map { "\($0.path): \($0.reason)" }) == [
        "out: the link leads out of the folder", "file.xml: the link leads out of the folder",
        "self: the link leads nowhere",
      ])
  }

  @Test func neverOpensPipes() throws {
    try folder.write("junit.xml", "x")
    #expect(mkfifo(folder.at("pipe.xml"), 0o600) == 0)
    let opened = try open(folder.path)
    #expect(opened.files.map(\.path) == ["junit.xml"])
    #expect(opened.refusals == [Refusal(path: "pipe.xml", reason: "it is a pipe, a socket or a device")])
    #expect(throws: ArtifactError.notAFile) { try open(folder.at("pipe.xml")) }
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func refusesFoldersItMayNotRead() throws {
    try folder.write("junit.xml", "x")
    try folder.makeFolder("closed")
    chmod(folder.at("closed"), 0)
    defer { chmod(folder.at("closed"), 0o700) }
    #expect(try open(folder.path).refusals == [Refusal(path: "closed", reason: "permission denied")])
    #expect(throws: ArtifactError.noPermission) { try open(folder.at("closed")) }
  }

  @Test func saysWhatIsMissing() throws {
    let error = #expect(throws: ArtifactError.self) { try open(folder.at("none")) }
    #expect(error == .missing)
    #expect(error?.description == "there is no such file or folder")
    #expect(try open(folder.path).files == [])
  }

  @Test func namesTheLimitsOfDepthAndNumber() throws {
    var limits = ArtifactLimits()
    limits.depth = 3
    try folder.write("1/2/3/in.xml", "x")
    try folder.write("1/2/3/4/out.xml", "x")
    let opened = try open(folder.path, limits: limits)
    #expect(opened.files.map(\.path) == ["1/2/3/in.xml"])
    #expect(opened.refusals == [Refusal(path: "1/2/3/4", reason: "more than 3 folders deep (limit)")])
    limits.files = 2
    for number in 1...5 { try folder.write("\(number).xml", "x") }
    let cut = try open(folder.path, limits: limits)
    #expect(cut.files.count == 2)
    #expect(cut.damage == "it holds more than 2 files (limit)")
  }

  @Test func countsRefusalsBeyondThoseItNames() throws {
    for number in 0..<1200 { try folder.link("link-\(number)", to: "nowhere") }
    let refusals = try open(folder.path).refusals
    #expect(refusals.count == 1001)
    #expect(refusals.last == Refusal(path: "…", reason: "and 200 more"))
  }

  @Test func listsTwentyThousandFiles() throws {
    for part in 0..<20 {
      try folder.makeFolder("\(part)")
      for number in 0..<1000 {
        close(Foundation.open(folder.at("\(part)/\(number).xml"), O_CREAT | O_WRONLY, 0o600))
      }
    }
    #expect(try open(folder.path).files.count == 20_000)
  }

  @Test func namesThatAreNoUTF8AreNotLostSilently() throws {
    let name = Array((folder.path + "/bad-").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    let descriptor = Foundation.open(name, O_CREAT | O_WRONLY, 0o600)
    close(descriptor)
    #expect(try open(folder.path).refusals.map(\.reason) == ["its name is not UTF-8"])
  }

  @Test func opensOneFile() throws {
    let path = try folder.write("deep/report.xml", "<a/>")
    let opened = try open(path)
    #expect(opened.isSingleFile)
    #expect(opened.files.map(\.path) == ["report.xml"])
    #expect(opened.files[0].location == path)
  }
}
