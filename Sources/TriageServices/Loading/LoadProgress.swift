package import TriageModel

/// How far a load has come.
package struct LoadProgress: Sendable {
  /// What is being done.
  package enum Phase: String, Sendable {
    case opening
    case unpacking
    case reading
    case done
  }

  /// What is being done.
  package var phase = Phase.opening
  /// What is being read, as it is shown.
  package var path = ""
  /// Reports read; while opening, files found.
  package var files = 0
  /// Reports to read, 0 while that is not known.
  package var filesTotal = 0
  /// Bytes read or unpacked.
  package var bytes = 0
  /// Bytes to read or unpack, 0 while that is not known.
  package var bytesTotal = 0
  /// Tests read.
  package var tests = 0
  /// Failing tests among them.
  package var failing = 0
  /// What is known so far, newest run first; nil when the runs are as they were at the last call.
  package var runs: [Run]?

  /// The beginning of a load.
  package init() {}
}
