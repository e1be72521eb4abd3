internal import Foundation

/// Where the person's own files lie, after the XDG base directory specification.
package struct Directories: Sendable, Equatable {
  /// Settings and themes.
  package let configuration: String
  /// History, journal, session.
  package private(set) var state: String
  /// What can be made again: unpacked archives.
  package let cache: String

  /// The folders of a person with the given environment; relative paths in it do not count, as the specification says.
  package init(environment: [String: String]) {
    let home = Self.home(environment)
    func folder(_ variable: String, _ standard: String) -> String {
      if let value = environment[variable], value.hasPrefix("/") { return value + "/assay" }
      return home + "/" + standard + "/assay"
    }
    configuration = folder("XDG_CONFIG_HOME", ".config")
    state = folder("XDG_STATE_HOME", ".local/state")
    cache = folder("XDG_CACHE_HOME", ".cache")
  }

  /// The same, with another folder for what is kept of runs and decisions.
  package func withState(in folder: String) -> Directories {
    var directories = self
    directories.state = folder
    return directories
  }

  private static func home(_ environment: [String: String]) -> String {
    if let home = environment["HOME"], home.hasPrefix("/") { return home }
    if let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir { return String(cString: home) }
    return "/tmp"
  }
}
