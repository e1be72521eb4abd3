/// What kind of change a golden change is, with the numbers that prove it.
package struct Drift: Hashable, Sendable {
  /// The kinds, calm ones first.
  package enum Kind: String, MachineWord {
    /// No value differs: only bytes do (line ends, spaces, the way numbers are written, the order of keys).
    case format
    /// What differs is set aside by rules.
    case setAside = "set-aside"
    /// All differences are as small as rounding makes them.
    case noise
    /// Every changed value moved by the same amount.
    case offset
    /// Every changed value was multiplied by the same amount.
    case factor
    /// The rows are the same, some places further on.
    case shift
    /// The rows or columns are the same in another order.
    case permutation
    /// Values beyond one or two bounds were pulled to them.
    case clipping
    /// One set of words was replaced by another, one for one.
    case remap
    /// There is only one side.
    case oneSided = "one-sided"
    /// None of the others: the output says something else.
    case real
    /// The shape, the columns or the type of the numbers changed.
    case shape
    /// Values that were numbers are NaN, infinite or missing now.
    case nanBorn = "nan"
    /// It could not be compared.
    case unknown
  }

  /// Which kind it is.
  package var kind: Kind
  /// Other kinds of change in the same golden, calm ones first.
  package private(set) var others: [Kind] = []
  /// The proof, a clause with its numbers: `40 of 40 values are max(0.37754, min(0.62246, expected))`.
  package var proof: String

  /// A kind and its proof.
  package init(_ kind: Kind, _ proof: String) {
    self.kind = kind
    self.proof = proof
  }

  /// A kind and its proof, which also names changes of other kinds.
  package init(_ kind: Kind, _ proof: String, with others: some Sequence<Kind>) {
    self.init(kind, proof)
    let found = Set(others)
    self.others = Kind.allCases.filter { $0 != kind && $0 != .format && found.contains($0) }
  }

  /// Every kind of change that is in the golden.
  package var kinds: [Kind] { [kind] + others }
}

extension Drift.Kind {
  /// How people read it.
  package var title: String {
    switch self {
    case .format: "same values, written differently"
    case .setAside: "set aside by rule"
    case .noise: "float noise"
    case .offset: "constant offset"
    case .factor: "constant factor"
    case .shift: "row shift"
    case .permutation: "permutation"
    case .clipping: "clipping to bounds"
    case .remap: "category remap"
    case .nanBorn: "NaN-born"
    case .shape: "shape or dtype"
    case .real: "real change"
    case .oneSided: "new or deleted"
    case .unknown: "not compared"
    }
  }
}
