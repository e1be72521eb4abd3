/// Whole files of any size up to a limit, for comparing their bytes.
package enum WholeFile {
  /// The bytes of a regular file; throws when it is larger than the limit or shrinks while it is read.
  package static func read(_ path: String, limit: Int) throws(ArtifactError) -> [UInt8] {
    let file = try OpenFile(path)
    guard file.size <= limit else {
      throw .system("it is larger than \(ArtifactLimits.words(bytes: limit)) (limit)")
    }
    let bytes = file.prefix(file.size)
    guard bytes.count == file.size else { throw .system("it could not be read to its end") }
    return bytes
  }
}
