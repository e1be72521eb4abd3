internal import ArgumentParser
internal import ItemQueries
internal import TriageModel

/// Which items of a list are shown, and in what order, as on the screen of the list.
struct QueryOptions<Order: ItemOrder>: ParsableArguments {
  @Option(help: "Only those that a filter selects.")
  var filter = ""

  @Option(
    help: ArgumentHelp("What they are sorted by: \(Order.allCases.map(\.word).joined(separator: ", "))."),
    transform: Self.order)
  var sort: Order?

  /// The query; an order that is not asked for is the first.
  func query() throws(CommandFailure) -> ItemQuery<Order> {
    guard let first = Order.allCases.first else { throw .wrong("could not sort: there is no order") }
    let query = ItemQuery(filter: filter, order: sort ?? first)
    if let problem = query.problem { throw .wrong("could not read the filter: \(problem)") }
    return query
  }

  private static func order(_ word: String) throws -> Order {
    if let order = Order(word: word) { return order }
    throw ValidationError("\(word) is none of \(Order.allCases.map(\.word).joined(separator: ", "))")
  }
}
