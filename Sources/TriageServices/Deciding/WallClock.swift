internal import Foundation
package import TriageModel

/// The time of day; `ASSAY_NOW` fixes it for tests and the demo.
package enum WallClock {
  /// Now, by the environment or the system.
  package static func now(environment: [String: String]) -> Timestamp {
    if let fixed = environment["ASSAY_NOW"].flatMap({ Timestamp(iso8601: $0) }) { return fixed }
    return Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
}
