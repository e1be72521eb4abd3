package import SystemKit

/// Why a CI service could not be asked. The text fits "could not fetch LINK: {error}".
package enum CIError: Error, Equatable, CustomStringConvertible {
  /// The link cannot be used; why, as a clause.
  case link(String)
  /// There is no answer.
  case http(HTTPError)
  /// The token is missing or refused: the host, and where one is taken from.
  case unauthorized(host: String, hint: String)
  /// The token may not: the right that is missing, and what the server says.
  case forbidden(right: String, host: String, says: String)
  /// There is no such thing, for this token at least.
  case missing(what: String, hint: String)
  /// It was there once.
  case gone(what: String)
  /// The answer is of another kind: a page to log in, mostly.
  case page(host: String, hint: String)
  /// The answer cannot be read; how.
  case unreadable(host: String, words: String)
  /// A status that nothing here knows.
  case status(Int, host: String, says: String)
  /// No run fits.
  case noRuns(String)
  /// The service has no way to do that.
  case unsupported(String)

  package var description: String {
    switch self {
    case .link(let words), .noRuns(let words), .unsupported(let words): words
    case .http(let error): "\(error)"
    case .unauthorized(let host, let hint): "\(host) refuses the request (401): \(hint)"
    case .forbidden(let right, let host, let says):
      "\(host) forbids it (403): the token needs \(right)" + (says.isEmpty ? "" : " (\(says))")
    case .missing(let what, let hint): "there is no \(what) (404)" + (hint.isEmpty ? "" : ", or \(hint)")
    case .gone(let what): "\(what) is no longer there (410)"
    case .page(let host, let hint): "\(host) answered with a web page instead of data: \(hint)"
    case .unreadable(let host, let words): "the answer of \(host) cannot be read (\(words))"
    case .status(let status, let host, let says):
      "\(host) answered with status \(status)" + (says.isEmpty ? "" : " (\(says))")
    }
  }
}
