import Foundation

/// Screens and other texts that were reviewed once and must stay as they are.
///
/// They lie in `Goldens/` beside the test that names them. `ASSAY_RECORD=1` rewrites them, and fails, so that a recording
/// never passes for a test.
package enum Golden {
  /// Compares a text with `Goldens/<name>.<kind>`; nil where they are equal, else what to say.
  package static func difference(
    _ text: String, named name: String, kind: String = "screen", file: String = #filePath
  ) -> String? {
    let path = path(of: name + "." + kind, file: file)
    let expected = read(path)
    let actual = text.hasSuffix("\n") ? text : text + "\n"
    if environment("ASSAY_RECORD") == "1" {
      if expected == actual { return nil }
      return write(actual, path) ? "recorded \(path); run again without ASSAY_RECORD" : "could not write \(path)"
    }
    guard let expected else { return "no golden \(path); record it with ASSAY_RECORD=1\n\(actual)" }
    return expected == actual ? nil : firstDifference(expected, actual, path)
  }

  private static func firstDifference(_ expected: String, _ actual: String, _ path: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = (0..<max(old.count, new.count)).first { $0 >= old.count || $0 >= new.count || old[$0] != new[$0] } ?? 0
    return """
      differs from \(path):\(line + 1)
      - \(line < old.count ? old[line] : "(end)")
      + \(line < new.count ? new[line] : "(end)")
      the whole:
      \(actual)
      """
  }

  private static func path(of name: String, file: String) -> String {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return folder + "/Goldens/" + name
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, _ path: String) -> Bool {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    mkdir(folder, 0o755)
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fputs(text, file) >= 0
  }
}
