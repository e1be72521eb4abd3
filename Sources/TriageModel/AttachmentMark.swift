/// The files that a test's output names: `[[ATTACHMENT|path]]`, as Jenkins, GitLab, Playwright and mocha write it.
package enum AttachmentMark {
  private static let opening = Array("[[ATTACHMENT|".utf8)
  /// Marks that are read of one output.
  private static let most = 1000

  /// The paths in an output, in order: up to `]]`, a reserved `|…`, or the end of the line.
  package static func paths(in output: UnsafeRawBufferPointer) -> [String] {
    var paths: [String] = []
    var place = 0
    while paths.count < most, place + opening.count < output.count,
      let bracket = output[place...].firstIndex(of: 0x5B)
    {
      place = bracket + 1
      guard output[bracket...].starts(with: opening) else { continue }
      let start = bracket + opening.count
      let end = output[start...].firstIndex { $0 == 0x5D || $0 == 0x7C || $0 == 0x0A || $0 == 0x0D }
      guard let end, end > start else { continue }
      paths.append(String(decoding: output[start..<end], as: UTF8.self))
      place = end
    }
    return paths
  }
}
