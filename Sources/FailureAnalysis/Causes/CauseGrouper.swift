package import TriageModel

/// Groups signatures into causes: equal keys are one already; close texts are merged where their heads say the same, so
/// exceptions, codes and names are never merged across.
///
/// The order is that of the keys, never that of arrival, so the same failures give the same causes. A cause is led by
/// one signature and takes those within a tenth of its length; what a history knows of a key leads first, so a cause
/// keeps its id as long as the signature it was first seen as, or any other of its known ones, is there.
package struct CauseGrouper: Sendable {
  /// The share of the mean length by which two texts of one cause may differ (Kubernetes triage: 10 %).
  package static let closeness = 0.1

  /// What people decided.
  package var rules: CauseRules
  /// The causes that a history knows keys of.
  package var known: [SignatureKey: CauseID]
  /// Steps of comparing, of about a nanosecond, before the rest is left unmerged, and counted.
  package var stepLimit = 450_000_000

  /// A grouper.
  package init(rules: CauseRules = CauseRules(), known: [SignatureKey: CauseID] = [:]) {
    self.rules = rules
    self.known = known
  }

  /// The causes of failures; a key that is given twice counts twice.
  package func group(_ signatures: [CountedSignature]) -> CauseGrouping {
    let members = Self.unique(signatures)
    var work = GroupingWork(stepLimit: stepLimit)
    var partitions: [UInt64: [Int]] = [:]
    for (place, member) in members.enumerated() where !rules.splits.contains(member.signature.key) {
      partitions[member.signature.boundary, default: []].append(place)
    }
    var groups = members.indices.filter { rules.splits.contains(members[$0].signature.key) }.map { [$0] }
    // Partitions share the step limit: they must come in an order of their own.
    for partition in partitions.values.sorted(by: { $0[0] < $1[0] }) {
      groups += work.clusters(leadersFirst(partition, members), members)
    }
    let merged = applyMerges(groups, members)
    var causes = merged.map { cause($0, members) }
    giveEachItsOwnID(&causes)
    return CauseGrouping(
      causes: causes.sorted { ($1.count, $0.id) < ($0.count, $1.id) }, uncompared: work.uncompared)
  }

  /// One member a key, ascending.
  private static func unique(_ signatures: [CountedSignature]) -> [CountedSignature] {
    var members: [CountedSignature] = []
    for signature in signatures.sorted(by: { $0.signature.key < $1.signature.key }) {
      if let last = members.last, last.signature.key == signature.signature.key {
        members[members.count - 1].count += signature.count
      } else {
        members.append(signature)
      }
    }
    return members
  }

  private func leadersFirst(_ partition: [Int], _ members: [CountedSignature]) -> [Int] {
    func isLeader(_ place: Int) -> Bool { known[members[place].signature.key] == CauseID(members[place].signature.key) }
    return partition.filter(isLeader) + partition.filter { !isLeader($0) }
  }

  /// Puts together what people said is one; a signature they split stays out.
  private func applyMerges(_ groups: [[Int]], _ members: [CountedSignature]) -> [[Int]] {
    var groups = groups
    for merge in rules.merges {
      let keys = Set(merge.keys).subtracting(rules.splits)
      let touched = groups.indices.filter { groups[$0].contains { keys.contains(members[$0].signature.key) } }
      guard let first = touched.first, touched.count > 1 else { continue }
      let all = touched.flatMap { groups[$0] }
      for index in touched.dropFirst().reversed() { groups.remove(at: index) }
      groups[first] = all
    }
    return groups
  }

  /// Where two causes claim an id (one was split), the one that has the id's own signature keeps it.
  private func giveEachItsOwnID(_ causes: inout [Cause]) {
    var taken: Set<CauseID> = []
    func owns(_ place: Int) -> Bool { causes[place].keys.contains { CauseID($0) == causes[place].id } }
    let order = causes.indices.sorted { left, right in
      let (one, two) = (owns(left), owns(right))
      return one == two ? causes[left].keys.lexicographicallyPrecedes(causes[right].keys) : one
    }
    for place in order where !taken.insert(causes[place].id).inserted {
      let free = causes[place].keys.map { CauseID($0) }.first { !taken.contains($0) }
      causes[place].id = free ?? causes[place].id
      taken.insert(causes[place].id)
    }
  }

  private func cause(_ places: [Int], _ members: [CountedSignature]) -> Cause {
    let own = places.sorted().map { members[$0] }
    let keys = own.map(\.signature.key)
    let merge = rules.merges.first { merge in
      merge.keys.contains { !rules.splits.contains($0) && keys.contains($0) }
    }
    let exemplar = own.max { ($0.count, $1.signature.key) < ($1.count, $0.signature.key) }?.signature
    let leader = places.first.map { members[$0].signature.key } ?? SignatureKey(0)
    let isSplit = keys.count == 1 && rules.splits.contains(keys[0])
    let kept = isSplit ? nil : keys.compactMap { known[$0] }.min()
    let text = exemplar?.text ?? []
    return Cause(
      id: merge?.keys.first.map { CauseID($0) } ?? kept ?? CauseID(leader),
      title: merge?.title ?? exemplar?.title ?? "", keys: keys, count: own.reduce(0) { $0 + $1.count }, text: text,
      spans: CommonTokens.spans(text, others: own.map(\.signature.text)))
  }
}

/// The clustering of sets of signatures, and how much work is left.
struct GroupingWork {
  private struct Leader {
    var length: Int
    var sketch: TextSketch
    var fine: FineSketch?
    var member: Int
    var group: Int
  }

  private struct Candidate {
    var distance: Int
    var leader: Int
    var limit: Int
  }

  /// Pairs that were not compared.
  private(set) var uncompared = 0
  private let stepLimit: Int
  private var edits = EditDistance()
  private var candidates: [Candidate] = []

  init(stepLimit: Int) { self.stepLimit = stepLimit }

  private var isCut: Bool { edits.steps >= stepLimit }

  /// Leader clustering in the order given: each joins the closest leader that is near enough, or leads.
  mutating func clusters(_ order: [Int], _ members: [CountedSignature]) -> [[Int]] {
    if order.count == 1 { return [order] }
    var groups: [[Int]] = []
    var leaders: [Leader] = []
    for place in order {
      let text = members[place].signature.text
      if isCut {
        // The others are only counted: a night of a million texts must end too.
        uncompared += leaders.count
        groups.append([place])
        leaders.append(
          Leader(length: text.count, sketch: TextSketch([]), fine: nil, member: place, group: groups.count - 1))
        continue
      }
      let sketch = TextSketch(text)
      let fine = FineSketch(text)
      if let group = closest(text, sketch, fine, leaders, members) {
        groups[group].append(place)
      } else {
        leaders.append(Leader(length: text.count, sketch: sketch, fine: fine, member: place, group: groups.count))
        groups.append([place])
      }
    }
    return groups
  }

  private mutating func closest(
    _ text: [UInt8], _ sketch: TextSketch, _ fine: FineSketch?, _ leaders: [Leader], _ members: [CountedSignature]
  ) -> Int? {
    findCandidates(text.count, sketch, fine, leaders)
    candidates.sort { ($0.distance, $0.leader) < ($1.distance, $1.leader) }
    for (rank, candidate) in candidates.enumerated() {
      if isCut {
        uncompared += candidates.count - rank
        break
      }
      let leader = leaders[candidate.leader]
      if edits.bounded(text, members[leader.member].signature.text, limit: candidate.limit - 1) != nil {
        return leader.group
      }
    }
    return nil
  }

  /// The leaders that no cheap bound rules out.
  private mutating func findCandidates(_ length: Int, _ sketch: TextSketch, _ fine: FineSketch?, _ leaders: [Leader]) {
    candidates.removeAll(keepingCapacity: true)
    edits.steps += leaders.count
    for index in leaders.indices {
      let limit = Int(CauseGrouper.closeness * Double(length + leaders[index].length) / 2)
      guard limit > 1, abs(leaders[index].length - length) < limit else { continue }
      if isCut {
        uncompared += leaders.count - index
        break
      }
      edits.steps += TextSketch.steps
      var distance = sketch.distance(to: leaders[index].sketch)
      guard distance < limit else { continue }
      if let fine, let other = leaders[index].fine {
        edits.steps += FineSketch.steps
        distance = fine.distance(to: other)
        if distance >= limit { continue }
      }
      candidates.append(Candidate(distance: distance, leader: index, limit: limit))
    }
  }
}

/// Which words of a text all members of its cause have, as Kubernetes triage shows it.
enum CommonTokens {
  /// The text in stretches of common and other words, alternating; of at most 200 members the first are asked.
  static func spans(_ text: [UInt8], others: [[UInt8]]) -> [Cause.Span] {
    guard !text.isEmpty else { return [] }
    if others.count < 2 { return [Cause.Span(range: 0..<text.count, isCommon: true)] }
    var common: Set<ArraySlice<UInt8>>?
    for other in others.prefix(200) {
      let words = Set(tokens(other).map { other[$0] })
      common = common?.intersection(words) ?? words
    }
    var spans: [Cause.Span] = []
    for range in tokens(text) {
      let isCommon = common?.contains(text[range]) ?? false
      if let last = spans.last, last.isCommon == isCommon {
        spans[spans.count - 1].range = last.range.lowerBound..<range.upperBound
      } else {
        spans.append(Cause.Span(range: range, isCommon: isCommon))
      }
    }
    return spans
  }

  /// The text in words and what lies between them.
  private static func tokens(_ text: [UInt8]) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, ByteClass.isWord(text[end]) == ByteClass.isWord(text[start]) { end += 1 }
      tokens.append(start..<end)
      start = end
    }
    return tokens
  }
}
