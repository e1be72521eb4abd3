internal import CIProviders
internal import DataSyntax
internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageModel

/// The folder that a run is downloaded into: `run.json`, a folder an artifact, `logs/`, as `RunLoader` reads them.
///
/// What is under way lies in `.partial`, which no walk enters. `run.json` is written last, and `.whole` only when nothing
/// more can come: a folder without it is taken up again.
struct DownloadFolder {
  /// The folder, an absolute path.
  let path: String

  /// Makes the folder where it is not there; nil, with `errno` set, where that cannot be done.
  init?(_ path: String) {
    self.path = path
    guard FilePath.makeFolder(path + "/.partial") else { return nil }
  }

  private var mark: String { path + "/.whole" }

  /// Whether all of an ended run is here.
  static func isWhole(_ path: String) -> Bool {
    access(path + "/.whole", F_OK) == 0 && access(path + "/run.json", F_OK) == 0
  }

  /// Where bytes of something lie that is under way.
  func partial(_ name: String) -> String { path + "/.partial/" + Self.plain(name) }

  /// Whether something is here.
  func has(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

  /// Gives a finished file its place; false, with `errno` set, where that cannot be done.
  func place(_ file: String, at name: String) -> Bool {
    FilePath.makeFolder(path + "/" + PathText.folder(name)) && rename(file, path + "/" + name) == 0
  }

  /// An empty folder among what is under way.
  func emptyFolder(for name: String) -> String? {
    let folder = path + "/.partial/unpacked-" + Self.plain(name)
    Self.remove(folder)
    return FilePath.makeFolder(folder) ? folder : nil
  }

  /// Keeps what is missing of an artifact, before it has its place: the run may be taken up without it coming again.
  func keep(_ losses: [String], of name: String) -> Bool {
    let text = losses.map { $0.replacing("\n", with: " ") }.joined(separator: "\n")
    return Array(text.utf8).withUnsafeBytes { FileWriting.replace(partial("losses-" + name), by: $0) }
  }

  /// What was missing of an artifact that has its place.
  func losses(of name: String) -> [String] {
    (RegularFile.text(partial("losses-" + name), limit: 1 << 20) ?? "").split(separator: "\n").map(String.init)
  }

  /// Removes a file, or a folder with all it holds.
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `run.json`; `isWhole` says that nothing more can come of the run. False, with `errno` set, on failure.
  func finish(_ run: CIRun, losses: [String], warnings: [String], isWhole: Bool) -> Bool {
    let bytes = Self.manifest(run, losses: losses, warnings: warnings)
    guard bytes.withUnsafeBytes({ FileWriting.replace(path + "/" + RunManifest.fileName, by: $0) }) else {
      return false
    }
    guard isWhole else {
      unlink(mark)
      return true
    }
    Self.remove(path + "/.partial")
    return [UInt8]().withUnsafeBytes { FileWriting.replace(mark, by: $0) }
  }

  /// What `RunManifest` reads of a run.
  static func manifest(_ run: CIRun, losses: [String], warnings: [String]) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    func text(_ key: String, _ value: String?) {
      guard let value else { return }
      json.key(key)
      json.string(value)
    }
    text("source", run.identity.source)
    text("id", run.identity.id)
    json.key("attempt")
    json.number(run.identity.attempt)
    text("title", run.title)
    text("commit", run.commit)
    text("branch", run.branch)
    text("started_at", run.startedAt?.description)
    text("conclusion", run.conclusion)
    text("link", run.link)
    json.key("labels")
    json.beginObject()
    for label in run.labels.sorted(by: { $0.key < $1.key }) { text(label.key, label.value) }
    json.endObject()
    for (key, texts) in [("incomplete", losses), ("warnings", warnings)] {
      json.key(key)
      json.beginArray()
      for text in texts { json.string(text) }
      json.endArray()
    }
    json.endObject()
    return json.bytes + [0x0A]
  }

  /// A name as a file may have it: one part, not hidden, nothing a shell or a terminal acts on.
  static func plain(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars.prefix(120) {
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "-_.,()+= ".unicodeScalars.contains(scalar)
      result.unicodeScalars.append(isPlain ? scalar : "-")
    }
    while result.utf8.count > 200 { result.removeLast() }
    let isHidden = result.isEmpty || result.hasPrefix(".")
    return isHidden ? "_" + result.dropFirst() : result
  }

  /// The parts of a path as files may have them.
  static func plainPath(_ path: String) -> String {
    path.split(separator: "/").map { plain(String($0)) }.joined(separator: "/")
  }
}
