/// What a test did in one run of the history, and what it said there.
package struct PastAttempt: Sendable, Equatable {
  /// What the test did, a result a leg.
  package var results: [ResultRecord]
  /// What this very attempt said; nil when nothing failed, or its run is not open.
  package var text: String?
  /// What failures like its are known as, with what differs masked; nil when nothing failed.
  package var title: String?

  /// What is known of an attempt.
  package init(results: [ResultRecord], text: String? = nil, title: String? = nil) {
    self.results = results
    self.text = text
    self.title = title
  }
}
