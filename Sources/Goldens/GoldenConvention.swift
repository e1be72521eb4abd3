internal import TriageModel

/// Where one framework keeps goldens and leaves what a run produced: one file each in `Conventions/`.
package protocol GoldenConvention: Sendable {
  /// The id (`pytest-regressions`), unique in the registry.
  var id: String { get }
  /// How people name the framework.
  var title: String { get }
  /// The hidden names, or patterns for them, that the framework gives to what a run produced.
  var hiddenNames: [String] { get }
  /// The pairs that a run left, those of passing tests too where both sides are there.
  func pairs(in evidence: GoldenEvidence) -> [GoldenPair]
  /// The bytes of each entry of a file of several.
  func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]]
  /// The file with one entry replaced, added (it had none) or removed (`bytes` is nil), every other byte unchanged;
  /// `file` is nil when it has to be made.
  func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8]
}

extension GoldenConvention {
  /// Most frameworks hide nothing.
  package var hiddenNames: [String] { [] }

  /// A convention of whole files has no entries.
  package func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]] { throw .noEntries }

  /// The bytes of one entry of a file of several; nil when it has no such entry.
  package func entry(_ key: String, of file: [UInt8]) throws(SpliceError) -> [UInt8]? { try entries(of: file)[key] }

  /// A convention of whole files has no entries to replace.
  package func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8] {
    throw .noEntries
  }
}

/// Why an entry could not be put into its file. The text fits "could not write X: {error}".
package enum SpliceError: Error, Equatable, CustomStringConvertible {
  /// The convention keeps one golden a file.
  case noEntries
  /// The file is not written as the framework writes it; what was met, and its line.
  case malformed(String, line: Int)
  /// The entry's bytes cannot stand in such a file; why.
  case unwritable(String)
  /// After the change other bytes would differ.
  case notLocal

  package var description: String {
    switch self {
    case .noEntries: "this convention keeps one golden a file"
    case .malformed(let what, let line): "line \(line): \(what)"
    case .unwritable(let reason): reason
    case .notLocal: "other entries of the file would change"
    }
  }
}
