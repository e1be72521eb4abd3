import Foundation

/// Readable expected outputs beside the tests: `Tests/<Module>Tests/Goldens/<name>`.
///
/// With `ASSAY_RECORD=1` a differing golden is rewritten and the test still fails: look at the change, then run again.
package enum Golden {
  /// What is wrong with an output; nil when it is the golden's.
  package static func difference(_ actual: String, from name: String, beside file: String = #filePath) -> String? {
    let folder = (file as NSString).deletingLastPathComponent + "/Goldens"
    let path = folder + "/" + name
    let actual = actual.hasSuffix("\n") ? actual : actual + "\n"
    let expected = try? String(contentsOfFile: path, encoding: .utf8)
    if expected == actual { return nil }
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try actual.write(toFile: path, atomically: true, encoding: .utf8)
        return "recorded Goldens/\(name); look at it and run again"
      } catch {
        return "could not record \(path): \(error)"
      }
    }
    guard let expected else { return "there is no golden \(name) yet; ASSAY_RECORD=1 makes it" }
    return "differs from Goldens/\(name):\n" + firstDifference(expected, actual)
  }

  private static func firstDifference(_ expected: String, _ actual: String) -> String {
    let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let row = zip(left, right).prefix { $0 == $1 }.count
    func line(_ lines: [Substring]) -> String { row < lines.count ? String(lines[row]) : "(no such line)" }
    return "line \(row + 1)\n- \(line(left))\n+ \(line(right))"
  }
}
