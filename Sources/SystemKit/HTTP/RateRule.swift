internal import Foundation

/// When a server that refuses may be asked again, by what its answer says.
package enum RateRule {
  /// The seconds since 1970 until which nothing is asked; nil where the answer is no matter of rates.
  package static func pause(_ head: HTTPHead, now: Double) -> Double? {
    let after = head.headers["retry-after"].flatMap { moment($0, now) }
    let isUsedUp = ["x-ratelimit-remaining", "ratelimit-remaining"].contains { head.headers[$0] == "0" }
    switch head.status {
    case 429: return after ?? reset(head, now) ?? now + 60
    case 403 where after != nil: return after
    // GitHub says so of its primary limit; what the token may not do has some of the rate left.
    case 403 where isUsedUp: return reset(head, now) ?? now + 60
    case 503: return after
    default: return nil
    }
  }

  private static func reset(_ head: HTTPHead, _ now: Double) -> Double? {
    for name in ["x-ratelimit-reset", "ratelimit-reset"] {
      guard let number = head.headers[name].flatMap({ Double($0) }), number.isFinite, number >= 0 else { continue }
      // Some say the moment, and some how long it is until then.
      return number > 1e9 ? number : now + number
    }
    return nil
  }

  private static func moment(_ text: String, _ now: Double) -> Double? {
    if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? now + seconds : nil }
    return UTC.moment(text)
  }
}

/// Times as HTTP and people write them.
enum UTC {
  /// `Sun, 06 Nov 1994 08:49:37 GMT` in seconds since 1970.
  static func moment(_ text: String) -> Double? {
    let words = text.split { $0 == " " || $0 == ":" }
    guard words.count == 8, let month = months.firstIndex(of: words[2]), let day = Int32(words[1]),
      let year = Int32(words[3]), let hour = Int32(words[4]), let minute = Int32(words[5]), let second = Int32(words[6])
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, Int32(month), day)
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
    return Double(timegm(&parts))
  }

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The time of day, for people: `08:49`.
  static func minute(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return "later" }
    let minutes = Int((seconds / 60).rounded(.up)) % 1440
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return two(minutes / 60) + ":" + two(minutes % 60)
  }
}

/// The time, and waiting for it.
package struct HTTPClock: Sendable {
  /// Seconds since 1970.
  package var now: @Sendable () -> Double
  /// Waits some seconds, as long as the question is answered with true.
  package var wait: @Sendable (Double, () -> Bool) -> Void

  /// A clock of one's own.
  package init(now: @escaping @Sendable () -> Double, wait: @escaping @Sendable (Double, () -> Bool) -> Void) {
    self.now = now
    self.wait = wait
  }

  /// The system's.
  package static let system = HTTPClock(
    now: { Date().timeIntervalSince1970 },
    wait: { seconds, goesOn in
      let end = ContinuousClock.now + .seconds(seconds)
      while ContinuousClock.now < end, goesOn() { poll(nil, 0, 100) }
    })
}
