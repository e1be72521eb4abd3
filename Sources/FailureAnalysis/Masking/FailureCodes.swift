/// Which numbers of a failure's text are codes: they tell failures apart and stay, where all other numbers are noise.
///
/// A number is a code when its surroundings say so, in this order of strength:
/// 1. a word that announces nothing but codes stands before it (`announcing`, `status=503`, `SQLSTATE 23505`, `rc=1`),
///    with words between that only connect (`connecting`: `exited with code 3`);
/// 2. the reason phrase of HTTP follows it (`reasons`: `404 Client Error`);
/// 3. a word that may announce one stands before it (`hinting`), and it is a common status of HTTP (`returned 404`), or, after
///    *error*, stands alone (`CUDA error 700:`);
/// 4. it is compared with another such number: two common statuses of HTTP (`assert 404 == 200`), or nought and an exit
///    status of a shell (`assert 137 == 0`), with only `comparing` words and signs between;
/// 5. it is written as codes are: `ORA-00942`, `SIGSEGV (11)`, `OSError(28, '…')`, `[42601]`, `ApiException: (404)`.
///
/// A share of exactly all, written with its fraction (`100.0%`), stays too.
///
/// Everything else (`expected 5 got 7`, `404 rows`, `200x404`) counts, measures or places something.
enum FailureCodes {
  /// Words that announce codes; also as the last part of a name, as in `http_status`, `responseCode`.
  static let announcing: [StaticString] = [
    "status", "code", "http", "https", "statuscode", "exitcode", "errorcode", "errcode", "retcode", "returncode",
    "signal", "errno", "exitstatus", "exit", "exited", "exits", "rc", "retval", "sqlstate", "sqlcode", "winerror",
    "hresult", "ntstatus", "systemexit", "rcode", "resultcode", "grpcstatus", "httpstatus", "curl", "vendorerror",
  ]
  /// Words between an announcement and its code.
  static let connecting: [StaticString] = [
    "is", "was", "of", "with", "value", "number", "the", "non", "zero", "to", "be", "equal", "equals", "not", "by",
    "received", "expected", "got", "status", "code", "a", "an", "unexpected",
  ]
  /// Words that may announce a common status of HTTP.
  static let hinting: [StaticString] = [
    "returned", "returns", "return", "returning", "got", "received", "responded", "replied", "response", "respond",
    "responds", "answered", "answer", "failed", "gave", "error", "err", "request", "requests", "server", "unexpected",
    "rejected", "reply", "unavailable", "forbidden", "unauthorized", "gateway", "conflict",
  ]
  /// Words that may stand between two compared numbers.
  static let comparing: [StaticString] = [
    "is", "was", "but", "not", "got", "to", "be", "equal", "equals", "want", "wanted", "have", "received", "actual",
    "found", "instead", "expected", "expecting", "left", "right", "match", "matches", "identical", "same", "as",
    "returned", "were", "eql", "deeply", "strictly", "saw", "value", "given",
  ]
  /// Words before *error* that measure it.
  static let measuring: [StaticString] = [
    "absolute", "relative", "squared", "mean", "max", "maximum", "total", "rounding", "average", "median", "min",
    "percentage", "reconstruction", "training", "validation", "test",
  ]
  /// The first words of HTTP's reason phrases.
  static let reasons: [StaticString] = [
    "Client", "Server", "Not", "Service", "Internal", "OK", "Bad", "Forbidden", "Unauthorized", "Gateway", "Too",
    "Conflict", "Gone", "Moved", "Found", "Created", "Accepted", "Unprocessable", "Method", "Request", "Payment",
    "Precondition", "Temporary", "Permanent", "See", "Payload", "Locked", "Unsupported", "Proxy", "Length", "Range",
    "page", "error", "response", "status", "HTTP", "No", "Partial", "Redirect", "NOT", "FORBIDDEN", "UNAUTHORIZED",
    "Expectation", "URI", "Upgrade", "Failed", "Insufficient", "Network", "BAD", "INTERNAL", "SERVICE", "GATEWAY",
  ]
  /// Prefixes of vendors' codes: `ORA-00942`.
  static let vendors: [StaticString] = [
    "ora", "tns", "pls", "sp2", "rman", "cve", "rfc", "sqlcode", "sql", "err", "error", "ec", "http", "db", "jdbc",
    "ftp", "smtp", "amq", "wsws", "mq", "tf", "kt", "net", "hy", "errno", "exit", "status", "code", "rule", "iso",
  ]
  /// Classes of SQLSTATE that are common enough to be known without an announcement.
  static let sqlClasses: Set<Int> = [8, 22, 23, 25, 28, 40, 42, 53, 55, 57]

  /// The statuses of HTTP that tests compare.
  static let commonStatuses: Set<Int> = [
    200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 415,
    418, 422, 423, 429, 451, 500, 501, 502, 503, 504, 507,
  ]
  /// Exit statuses that a shell gives: not found, killed by a signal.
  static let shellStatuses: Set<Int> = [124, 125, 126, 127, 129, 130, 131, 132, 134, 135, 136, 137, 138, 139, 141, 143]

  /// Whether a number may be a status of HTTP at all.
  static func isStatus(_ value: Int) -> Bool {
    switch value {
    case 100...103, 200...208, 226, 300...308, 400...418, 421...426, 428, 429, 431, 444, 451, 499, 500...508, 510, 511,
      520...527:
      true
    default: false
    }
  }

  /// Whether two compared numbers are two codes.
  static func areCompared(_ one: Int, _ other: Int) -> Bool {
    if commonStatuses.contains(one), commonStatuses.contains(other) { return true }
    return one == 0 && shellStatuses.contains(other) || other == 0 && shellStatuses.contains(one)
  }
}

extension [StaticString] {
  /// Whether one of these lower case words is some bytes, letter case ignored.
  func contains(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    for word in self where word.equalsIgnoringCase(bytes, range) { return true }
    return false
  }
}
