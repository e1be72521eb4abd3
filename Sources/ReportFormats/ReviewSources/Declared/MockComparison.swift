internal import DataSyntax
package import TriageModel

/// Compares the answer that a mock was recorded with to the real one: by fields and types, since values are each call's own.
package enum MockComparison {
  /// A recorded answer.
  package static let kind = ItemKind("mock")
  private static let mostNamed = 200
  private static let deepest = 200

  /// One item: whether the recorded answer still has the real one's shape.
  package static func item(
    mock: [UInt8], real: [UInt8], about subject: String, named name: String
  ) throws(DeclaredFile.Failure) -> ReviewItem {
    let (mock, real) = (try DeclaredFile.json(mock), try DeclaredFile.json(real))
    var differences: [String] = []
    compare(mock, real, at: "", depth: 0, to: &differences)
    var item = ReviewItem(kind, about: subject, name, differences.isEmpty ? .passed : .failed)
    if let first = differences.first {
      let more = differences.count > 1 ? ", and \(CountText.of(differences.count - 1, "other difference"))" : ""
      item.message = first + more
      item.details = differences.prefix(mostNamed).joined(separator: "\n")
      if differences.count > mostNamed { item.details += "\n… and \(differences.count - mostNamed) more" }
    }
    item.pair = ReviewItem.Pair(expected: shape(mock), observed: shape(real))
    return item
  }

  private static func compare(
    _ mock: JSONValue, _ real: JSONValue, at path: String, depth: Int, to found: inout [String]
  ) {
    guard depth < deepest else { return found.append("\(path) lies more than \(deepest) deep and was not compared") }
    let place = path.isEmpty ? "the answer" : path
    // Where one of them has nothing, nothing tells its type.
    if mock.typeWord == "null" || real.typeWord == "null" { return }
    guard mock.typeWord == real.typeWord else {
      return found.append("\(place) is a \(real.typeWord), recorded as a \(mock.typeWord)")
    }
    if let recorded = mock.members, let actual = real.members {
      let own = Dictionary(recorded.map { ($0.key, $0.value) }) { $1 }
      let other = Dictionary(actual.map { ($0.key, $0.value) }) { $1 }
      for key in Set(own.keys).union(other.keys).sorted() {
        let name = path.isEmpty ? key : path + "." + key
        guard let own = own[key] else {
          found.append("\(name) is not recorded")
          continue
        }
        guard let other = other[key] else {
          found.append("\(name) is gone")
          continue
        }
        compare(own, other, at: name, depth: depth + 1, to: &found)
      }
    } else if let recorded = mock.array?.first, let actual = real.array?.first {
      compare(recorded, actual, at: path + "[]", depth: depth + 1, to: &found)
    }
  }

  /// The fields of an answer with their types, a line each.
  private static func shape(_ value: JSONValue) -> String {
    var lines: [String] = []
    add(value, at: "", depth: 0, to: &lines)
    return lines.joined(separator: "\n")
  }

  private static func add(_ value: JSONValue, at path: String, depth: Int, to lines: inout [String]) {
    guard depth < deepest, lines.count < mostNamed else { return }
    if let members = value.members {
      for member in members {
        add(member.value, at: path.isEmpty ? member.key : path + "." + member.key, depth: depth + 1, to: &lines)
      }
    } else if let first = value.array?.first {
      add(first, at: path + "[]", depth: depth + 1, to: &lines)
    } else {
      lines.append("\(path.isEmpty ? "the answer" : path): \(value.typeWord)")
    }
  }
}
