package import TriageModel

/// An order of a list of one kind; items that are alike stay as they came.
package protocol ItemOrder: MachineWord, Hashable {
  /// What is sorted.
  associatedtype Kind: FilteredKind where Kind.Facts == Void
  /// What a menu calls it.
  var title: String { get }
  /// Sorts positions of items.
  func sorted(_ positions: [Int], of items: [Kind.Item]) -> [Int]
}

/// Which items of a list are shown, and in what order: a screen and its command share this one answer.
package struct ItemQuery<Order: ItemOrder>: Equatable, Sendable {
  /// Words and `field:text` terms; empty shows all.
  package var filter: String { didSet { read() } }
  /// What they are sorted by.
  package var order: Order
  /// Why the filter cannot be understood, as a sentence; nil when it can.
  package private(set) var problem: String?
  /// The last filter that was understood: one that is half typed leaves what that one selected.
  private var understood = ItemFilter<Order.Kind>()

  /// A query.
  package init(filter: String = "", order: Order) {
    self.filter = filter
    self.order = order
    read()
  }

  private mutating func read() {
    do throws(FilterError) {
      understood = try ItemFilter(parsing: filter)
      problem = nil
    } catch {
      problem = "\(error)"
    }
  }

  /// The positions of the items that are shown, in order.
  ///
  /// - Parameter isMeant: Whether an item is of the part of the list that is looked at.
  package func positions(
    in items: [Order.Kind.Item], where isMeant: (Order.Kind.Item) -> Bool = { _ in true }
  ) -> [Int] {
    order.sorted(understood.positions(in: items).filter { isMeant(items[$0]) }, of: items)
  }
}
