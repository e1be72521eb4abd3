internal import FailureAnalysis
internal import RunArtifacts
internal import SystemKit
internal import TriageModel

/// The test functions of a repository as it lies here, and their assertions.
struct AssertionSurvey {
  /// A test function that asserts nothing.
  struct Bare: Equatable {
    var name: String
    var file: String
    var line: Int
  }

  /// Files that are read.
  static let mostFiles = 20_000
  /// Bytes of one file, and of all.
  static let mostBytesOfAFile = 4 << 20
  static let mostBytes = 256 << 20

  /// Files of tests that were read.
  private(set) var files = 0
  private(set) var functions = 0
  private(set) var assertions = 0
  /// The functions that assert nothing, by file and line.
  private(set) var bare: [Bare] = []
  /// What was left out, a clause each.
  private(set) var limits: [String] = []
  /// Why nothing could be read, as a clause.
  private(set) var problem: String?

  /// Reads the files of tests below a folder.
  init(root: String, cacheFolder: String) {
    let folder: ArtifactFolder
    do {
      folder = try ArtifactReader(cacheFolder: cacheFolder).open(root)
    } catch {
      problem = "could not list the files of \(root): \(error)"
      return
    }
    var bytes = 0
    var (tooLarge, unread, left) = (0, 0, 0)
    for file in folder.files {
      guard let language = CodeLanguage(testFile: file.path) else { continue }
      guard files < Self.mostFiles, bytes < Self.mostBytes else {
        left += 1
        continue
      }
      guard file.size <= Self.mostBytesOfAFile else {
        tooLarge += 1
        continue
      }
      guard let text = try? RegularFile.bytes(file.location, limit: Self.mostBytesOfAFile) else {
        unread += 1
        continue
      }
      files += 1
      bytes += text.count
      take(AssertionCount.functions(in: text, language), of: file.path)
    }
    if left > 0 {
      let most = "\(CountText.of(Self.mostFiles)) files or \(CountText.bytes(Self.mostBytes))"
      limits.append("\(CountText.of(left, "file")) beyond \(most) were not read")
    }
    if tooLarge > 0 {
      limits.append("\(CountText.of(tooLarge, "file")) above \(CountText.bytes(Self.mostBytesOfAFile)) were not read")
    }
    if unread > 0 { limits.append("\(CountText.of(unread, "file")) could not be read") }
  }

  private mutating func take(_ found: [TestFunction], of file: String) {
    functions += found.count
    for function in found {
      assertions += function.assertions
      if function.assertions == 0 { bare.append(Bare(name: function.name, file: file, line: function.line)) }
    }
  }
}
