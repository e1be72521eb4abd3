internal import CPQ

/// What PostgreSQL, or the way to it, said; `code` is its SQLSTATE, empty where the connection itself failed.
struct PostgresError: Error {
  var code: String
  var message: String

  /// The answer that ended badly.
  init(_ result: OpaquePointer) {
    self.init(code: Self.field(result, "C"), Self.field(result, "M"))
  }

  /// An error of the words' first line: what libpq adds to a lost connection are guesses.
  init(code: String = "", _ words: String) {
    self.code = code
    message = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }

  /// No answer came in the time that was given.
  static let late = "late"

  private static func field(_ result: OpaquePointer, _ name: Unicode.Scalar) -> String {
    pq_library_field(result, Int32(name.value)).map { String(cString: $0) } ?? ""
  }

  /// Whether the connection is no longer to be used: it broke, or the server ended it.
  var isLost: Bool {
    code.isEmpty || code == Self.late || code.hasPrefix("08") || code.hasPrefix("57P") || code == "25P03"
  }

  /// Whether tables, or columns of them, are not what the history has.
  fileprivate var isOfOtherTables: Bool {
    ["3F000", "42703", "42704", "42804", "42883", "42809", "42P01", "42P07", "42P10"].contains(code)
  }
}

extension Error {
  /// Whether a server was waited for in vain.
  var isLate: Bool { (self as? PostgresError)?.code == PostgresError.late }
}

extension HistoryError {
  /// A role that lacks the rights that adding needs.
  static func mayOnlyRead(_ name: String, user: String, _ words: String) -> HistoryError {
    .system(
      "\(name): \(user) may only read it; adding needs INSERT, UPDATE and DELETE on the tables of the schema assay "
        + "(\(words))")
  }

  /// A server that can only be read, whoever asks.
  static func takesNoChanges(_ name: String, _ words: String) -> HistoryError {
    .system("\(name): the server takes no changes now, it can only be read (\(words))")
  }

  /// What an error of the server means to a person.
  ///
  /// - Parameters:
  ///   - name: The server and the database.
  ///   - user: The role that asked.
  ///   - isReading: Whether it only wanted to read.
  init(_ error: any Error, _ name: String, user: String, isReading: Bool) {
    if let known = error as? HistoryError {
      self = known
      return
    }
    guard let error = error as? PostgresError else {
      self = .system("\(name): \(error)")
      return
    }
    switch error.code {
    case "42501" where isReading:
      self = .system(
        "\(name): \(user) may not read it: it needs USAGE on the schema assay, and SELECT on its tables (\(error.message))"
      )
    case "42501": self = .mayOnlyRead(name, user: user, error.message)
    case "25006": self = .takesNoChanges(name, error.message)
    case "53100": self = .system("\(name): the server's disk is full (\(error.message))")
    case "55P03", "40P01", "40001": self = .busy
    case "57014": self = .system("\(name): the server took too long over an answer (\(error.message))")
    case PostgresError.late: self = .unreachable(name, "the server does not answer (\(error.message))")
    case _ where error.isOfOtherTables:
      self = .system(
        "\(name): what its schema assay holds is no history of assay (\(error.message)); nothing was changed")
    case _ where error.isLost: self = .unreachable(name, "the connection was lost (\(error.message))")
    default: self = .system("\(name): \(error.message)")
    }
  }
}
