/// The element and attribute names of JUnit XML that mean something here; raw values are their vocabulary numbers.
enum JUnitWord: UInt8, CaseIterable {
  case testcase, name, classname, time
  case testsuite, testsuites
  case failure, error, skipped, flakyFailure, flakyError, rerunFailure, rerunError
  case message, type, stackTrace
  case systemOut, systemErr
  case properties, property, value
  case status, result, file, line, lineno
  case tests, failures, errors, disabled, ignored, suppressed
  case timestamp, hostname, package, uuid, id
  case assertions, `class`
  case warning, passed, duration
  case valueParam, typeParam

  /// The name as XML writes it.
  var name: String {
    switch self {
    case .systemOut: "system-out"
    case .systemErr: "system-err"
    case .valueParam: "value_param"
    case .typeParam: "type_param"
    default: String(describing: self)
    }
  }

  /// All the names.
  static let vocabulary = XMLVocabulary(allCases.map(\.name))
}
