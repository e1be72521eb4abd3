internal import TriageModel
internal import TriageStyle

/// Finds the files that a test's output names among the files of its run.
///
/// A named path, absolute on another machine perhaps, means the first file whose path it ends with, or whose path ends
/// with it. Both are looked up by their ends: a test may name a thousand paths, and a run hold a hundred thousand files.
struct Attachments {
  /// The first file by its path, of those that are the end of a name.
  private var byPath: [Substring: Int] = [:]
  /// The first file that ends with a name, or is it, by that name.
  private var byName: [Substring: Int] = [:]

  /// Ends of a path that are looked at: more parts than `ArtifactLimits` lets a file of a run have.
  private static let deepest = 80

  /// The named files, each once.
  static func named(by test: TestIndex, in run: Run) -> [FileLink] {
    let names = run.table.attempts(of: test).flatMap { run.table.attachments(of: $0) }
    if names.isEmpty { return [] }
    let attachments = Attachments(names, among: run.info.files)
    var found: [FileLink] = []
    var seen: Set<FileLink> = []
    for name in names {
      guard let file = attachments.file(named: name) else { continue }
      let link = FileLink(run.info.files[file])
      if seen.insert(link).inserted { found.append(link) }
    }
    return found
  }

  private init(_ names: [String], among files: [RunFile]) {
    let whole = Set(names.map { $0[...] })
    let ends = Set(names.flatMap(Self.ends))
    for (number, file) in files.enumerated() {
      let path = file.path[...]
      if byPath[path] == nil, ends.contains(path) { byPath[path] = number }
      for end in Self.ends(of: file.path) where whole.contains(end) && byName[end] == nil { byName[end] = number }
    }
  }

  /// The number of the first file that a name means.
  private func file(named name: String) -> Int? {
    (Self.ends(of: name).map { byPath[$0] } + [byName[name[...]]]).compactMap { $0 }.min()
  }

  /// What is left of a path from each of its last parts on, the shortest first and the whole path last.
  private static func ends(of path: String) -> [Substring] {
    var ends: [Substring] = []
    var index = path.endIndex
    while index > path.startIndex, ends.count < deepest {
      let before = path.utf8.index(before: index)
      if path.utf8[before] == UInt8(ascii: "/") { ends.append(path[index...]) }
      index = before
    }
    if ends.count < deepest { ends.append(path[...]) }
    return ends
  }
}
