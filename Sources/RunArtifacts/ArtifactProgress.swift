/// How far opening artifacts has come.
package enum ArtifactProgress: Sendable, Equatable {
  /// Files found in a folder so far.
  case walking(files: Int)
  /// Bytes unpacked so far, and the packed bytes read of all there are.
  case unpacking(bytes: Int, packed: Int, of: Int)
}
