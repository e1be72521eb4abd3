/// What changed between two texts of the same lines, as one hunk of a unified diff.
struct LinePatch {
  private static let contextLines = 3

  /// The lines that changed, as they were.
  let before: [String]
  /// What stands in their place.
  let after: [String]
  let text: String

  /// The change of a file; `first` is the number of the first line.
  init(of file: String, from old: [String], to new: [String], first: Int, in function: String = "") {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let same = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    before = Array(old[start..<old.count - same])
    after = Array(new[start..<new.count - same])
    let lead = old[max(0, start - Self.contextLines)..<start]
    let trail = old[(old.count - same)...].prefix(Self.contextLines)
    let place = first + start - lead.count
    let sizes = (lead.count + before.count + trail.count, lead.count + after.count + trail.count)
    let header = "@@ -\(place),\(sizes.0) +\(place),\(sizes.1) @@" + (function.isEmpty ? "" : " " + function)
    let lines = lead.map { " " + $0 } + before.map { "-" + $0 } + after.map { "+" + $0 } + trail.map { " " + $0 }
    text = (Self.header(of: file) + [header] + lines).joined(separator: "\n")
  }

  /// The lines that name the file of a change.
  static func header(of file: String) -> [String] {
    let isAbsolute = file.hasPrefix("/")
    return [(isAbsolute ? "--- " : "--- a/") + file, (isAbsolute ? "+++ " : "+++ b/") + file]
  }
}
