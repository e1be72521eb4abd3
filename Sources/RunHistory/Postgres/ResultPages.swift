internal import TriageModel

/// The results of a run, in order of test and leg, read page by page: a million would be in memory twice otherwise.
final class ResultPages {
  /// Results of a page.
  private static let most = 50_000

  private let link: PostgresLink
  private let run: Int64
  private var rows: PostgresRows?
  private var row = 0
  private var last: StoredResult?

  init(_ link: PostgresLink, of run: Int64) {
    self.link = link
    self.run = run
  }

  /// The next result; nil at the end.
  func next() throws -> StoredResult? {
    if let rows, row < rows.count {
      let result = StoredResult(rows[row])
      row += 1
      last = result
      return result
    }
    if let rows, rows.count < Self.most { return nil }
    let page = try link.ask(
      """
      SELECT \(StoredResult.columns) FROM results WHERE run = $1 AND (test, leg) > ($2, $3)
      ORDER BY test, leg LIMIT $4
      """, .int(run), .int(last?.test ?? -1), .int(last?.leg ?? -1), .int(Int64(Self.most)))
    rows = page
    row = 0
    return page.count == 0 ? nil : try next()
  }
}
