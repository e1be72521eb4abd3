/// The clustering of sets of signatures, and how much work is left.
struct GroupingWork {
  private struct Leader {
    var length: Int
    var sketch: TextSketch
    var fine: FineSketch?
    var place: Int
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
          Leader(length: text.count, sketch: TextSketch([]), fine: nil, place: place, group: groups.count - 1))
        continue
      }
      let sketch = TextSketch(text)
      let fine = FineSketch(text)
      if let group = closest(text, sketch, fine, leaders, members) {
        groups[group].append(place)
      } else {
        leaders.append(Leader(length: text.count, sketch: sketch, fine: fine, place: place, group: groups.count))
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
      if edits.bounded(text, members[leader.place].signature.text, limit: candidate.limit - 1) != nil {
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
