/// The longest part of a list of pairs in which both places rise.
enum LongestRise {
  /// Of pairs whose actual places rise already, those whose expected places rise too.
  static func of(_ pairs: [(expected: Int, actual: Int)]) -> [(expected: Int, actual: Int)] {
    indices(pairs.map(\.expected)).map { pairs[$0] }
  }

  /// The places of a longest rising part of the values; n log n steps, n when they rise already.
  static func indices(_ values: [Int]) -> [Int] {
    var tails: [Int] = []
    var before = Array(repeating: -1, count: values.count)
    for (index, value) in values.enumerated() {
      if let last = tails.last, values[last] < value {
        before[index] = last
        tails.append(index)
        continue
      }
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if values[tails[middle]] < value { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = tails[low - 1] }
      if low < tails.count { tails[low] = index } else { tails.append(index) }
    }
    var chain: [Int] = []
    var place = tails.last ?? -1
    while place >= 0 {
      chain.append(place)
      place = before[place]
    }
    return chain.reversed()
  }
}
