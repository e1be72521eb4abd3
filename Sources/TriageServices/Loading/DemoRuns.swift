internal import Foundation
package import RunArtifacts
internal import SystemKit
internal import Workspace

/// The bundled example, unpacked into the cache by the reader of everybody's archives.
package struct DemoRuns {
  /// The folder that is the demo's own.
  package let folder: String
  /// The folder with the runs.
  package let runs: String
  /// The example project's repository; nil where git is missing, and then commits have no titles.
  package let repository: String?

  /// Unpacks the archive unless that was done before.
  ///
  /// - Parameters:
  ///   - archive: The bytes of demo.tar.xz: `runs/` and `project.bundle`.
  ///   - cacheFolder: `Directories.cache`.
  package init(
    archive: UnsafeRawBufferPointer, cacheFolder: String, environment: [String: String]
  ) throws(DemoError) {
    // The size tells versions of the archive apart well enough: it changes with every byte that xz packs.
    folder = cacheFolder + "/demo/\(archive.count)"
    guard FilePath.makeFolder(folder) else { throw .system(folder, SystemWords.last) }
    let file = folder + "/demo.tar.xz"
    if access(file, R_OK) != 0, !FileWriting.replace(file, by: archive) { throw .system(file, SystemWords.last) }
    let unpacked: ArtifactFolder
    do throws(ArtifactError) {
      unpacked = try ArtifactReader(cacheFolder: cacheFolder, hidden: ResultNames.hidden).open(file)
    } catch {
      throw .artifacts(error)
    }
    runs = unpacked.root + "/runs"
    repository = Self.clone(unpacked.root + "/project.bundle", into: folder + "/project", environment)
  }

  /// Clones the bundle; a clone that is not finished lies elsewhere and is never used.
  private static func clone(_ bundle: String, into folder: String, _ environment: [String: String]) -> String? {
    if access(folder + "/.git", F_OK) == 0 { return folder }
    let unfinished = "\(folder).\(getpid())"
    let command = ["git", "clone", "--quiet", "--branch", "main", bundle, unfinished]
    let request = ProcessRequest(command, environment: GitEnvironment.direct(environment), timeLimit: 60)
    guard (try? ProcessRunner.run(request))?.end == .exited(0) else { return nil }
    // Another assay may have been quicker; then its clone serves.
    return rename(unfinished, folder) == 0 || access(folder + "/.git", F_OK) == 0 ? folder : nil
  }
}

/// Why the demo could not be unpacked. The text fits "could not open the demo: {error}".
package enum DemoError: Error, Equatable, CustomStringConvertible {
  /// The archive's reader refused.
  case artifacts(ArtifactError)
  /// A path of the cache, and the system's words.
  case system(String, String)

  package var description: String {
    switch self {
    case .artifacts(let error): "\(error)"
    case .system(let path, let words): "\(path): \(words)"
    }
  }
}
