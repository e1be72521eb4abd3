import Foundation

/// A figure against its budget.
struct BenchRow {
  let figure: Figure
  /// The most it may be; nil where nothing is asked of it at this size.
  let limit: Double?
  let isRatio: Bool
  let goal: Double?
  /// Why it could not be measured.
  var failure: String?

  init(_ figure: Figure, _ budget: Budget?, _ size: BenchSize) {
    self.figure = figure
    isRatio = budget.map { $0.kind == .ratio } ?? true
    goal = budget?.goal
    limit =
      budget.flatMap { size == .full ? $0.full : $0.kind == .ratio ? $0.small : nil }
      ?? (figure.unit == .exponent && size == .full ? Budgets.exponent : nil)
  }

  init(failed name: String, _ failure: String) {
    self.init(Figure(name: name, title: name, ours: .nan), nil, .small)
    self.failure = failure
  }

  /// What stands against the budget; nil where its peer is missing.
  private var value: Double? { figure.unit == .exponent || !isRatio ? figure.ours : figure.ratio }

  var isOver: Bool {
    if failure != nil { return true }
    guard let limit, let value else { return false }
    return value > limit
  }

  var verdict: String {
    if failure != nil { return "FAILED" }
    guard let limit, let value else { return limit == nil ? "" : "no peer" }
    return value > limit ? "OVER" : goal.map { value <= $0 } == true ? "goal" : "within"
  }
}

/// All that was measured, for people or programs.
struct BenchTable {
  let rows: [BenchRow]
  let size: BenchSize

  /// Columns of text.
  var text: String {
    let cells = [["measurement", "ours", "peer", "ratio", "budget", "", "memory"]] + rows.map(Self.cells)
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    var lines = cells.map { row in
      let padded = row.enumerated().map { column, cell in
        cell.padding(toLength: widths[column], withPad: " ", startingAt: 0)
      }
      return padded.joined(separator: "  ").trimmingSuffix(" ")
    }
    for row in rows {
      if let note = row.failure ?? row.figure.note { lines.append("\(row.figure.name): \(note)") }
    }
    let over = rows.filter(\.isOver).map(\.figure.name)
    lines.append(over.isEmpty ? "all within budget" : "over budget: " + over.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  private static func cells(_ row: BenchRow) -> [String] {
    let figure = row.figure
    let peer = figure.peer.map { "\(show($0, figure.unit)) \(figure.peerName ?? "")" }
    return [
      figure.title, show(figure.ours, figure.unit), peer ?? figure.peerName.map { "\($0) missing" } ?? "",
      figure.ratio.map { number($0) } ?? "",
      row.limit.map { row.isRatio || figure.unit == .exponent ? number($0) : show($0, figure.unit) } ?? "", row.verdict,
      figure.peakBytes.map { show(Double($0), .bytes) } ?? "",
    ]
  }

  private static func show(_ value: Double, _ unit: Figure.Unit) -> String {
    switch unit {
    case .seconds where value.isNaN: ""
    case .seconds: value < 1 ? number(value * 1000) + " ms" : number(value) + " s"
    case .bytes: value < 1e6 ? number(value / 1e3) + " kB" : number(value / 1e6) + " MB"
    case .exponent, .count: number(value)
    }
  }

  /// Three digits that count.
  private static func number(_ value: Double) -> String {
    let digits = abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
    return String(format: "%.\(digits)f", value)
  }

  /// One object; times in seconds, memory in bytes.
  var json: String {
    let figures: [[String: Any]] = rows.map { row in
      var object: [String: Any] = [
        "name": row.figure.name, "title": row.figure.title, "unit": row.figure.unit.rawValue,
      ]
      object["ours"] = row.figure.ours.isNaN ? nil : row.figure.ours
      object["peer"] = row.figure.peer
      object["peer_name"] = row.figure.peerName
      object["ratio"] = row.figure.ratio
      object["budget"] = row.limit
      object["goal"] = row.goal
      object["verdict"] = row.verdict.isEmpty ? nil : row.verdict
      object["peak_bytes"] = row.figure.peakBytes
      object["peer_peak_bytes"] = row.figure.peerPeakBytes
      object["note"] = row.failure ?? row.figure.note
      return object
    }
    let whole: [String: Any] = [
      "size": size.rawValue, "is_within": !rows.contains(where: \.isOver), "figures": figures,
    ]
    let data = try? JSONSerialization.data(withJSONObject: whole, options: [.prettyPrinted, .sortedKeys])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    String(reversed().drop { $0 == character }.reversed())
  }
}
