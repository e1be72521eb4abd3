package import TriageModel

/// Tells what a file that is no report holds, from its name and, where the name says nothing, its first bytes.
package enum RunFileKind {
  private static let images: Set<String> = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "tif", "tiff", "ico"]
  private static let texts: Set<String> = [
    "txt", "md", "rst", "html", "htm", "css", "js", "mjs", "ts", "py", "swift", "java", "kt", "go", "rs", "c", "h",
    "cpp",
    "hpp", "rb", "php", "sh", "ini", "cfg", "conf", "toml", "properties", "diff", "patch", "snap", "golden", "approved",
    "received", "feature", "info",
  ]
  private static let data: Set<String> = [
    "json", "jsonl", "ndjson", "xml", "csv", "tsv", "yaml", "yml", "npy", "npz", "parquet", "db", "sqlite",
    "pkl",
    "pickle", "onnx", "pt", "h5", "sarif", "proto", "pb",
  ]
  private static let logs: Set<String> = ["log", "out", "err", "stdout", "stderr"]
  private static let logNames: Set<String> = ["console", "consoletext", "stdout", "stderr", "output", "build", "job"]

  /// The kind of a file; `head` is asked for its first bytes, unpacked, only when the name does not settle it.
  package static func of(name: String, head: () -> [UInt8]) -> RunFile.Kind {
    let name = CompressedName.unpacked(name.lowercased())
    let ending = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    if logs.contains(ending) || isRotatedLog(name, ending) { return .log }
    if images.contains(ending) { return .image }
    if data.contains(ending) { return .data }
    let isPlain = ending == "txt" || ending.isEmpty || ending == name
    if isPlain, isLogName(name) { return .log }
    if !isPlain, texts.contains(ending) { return .text }
    let head = head()
    if LogHead(head).isLog { return .log }
    if ending == "txt" { return .text }
    return isText(head) ? .text : .other
  }

  /// `server.log.1`.
  private static func isRotatedLog(_ name: String, _ ending: String) -> Bool {
    name.contains(".log.") && Int(ending) != nil
  }

  /// `console.txt`, `console-linux.txt`, and the job logs of GitHub's archive, `3_build (3.12).txt`.
  private static func isLogName(_ name: String) -> Bool {
    let stem = name.hasSuffix(".txt") ? String(name.dropLast(4)) : name
    if logNames.contains(stem) || stem.hasPrefix("console") { return true }
    let digits = stem.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return !digits.isEmpty && name.hasSuffix(".txt") && stem.utf8.dropFirst(digits.count).first == UInt8(ascii: "_")
  }

  /// Whether bytes look like text: no NUL, and hardly any control characters.
  static func isText(_ head: [UInt8]) -> Bool {
    if head.isEmpty { return true }
    let allowed: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x1B]
    var controls = 0
    for byte in head where byte < 0x20 && !allowed.contains(byte) {
      if byte == 0 { return false }
      controls += 1
    }
    return controls * 50 <= head.count
  }
}
