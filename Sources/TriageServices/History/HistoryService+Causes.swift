package import FailureAnalysis
internal import RunHistory
package import TriageModel

extension HistoryService {
  /// The causes that failures were of when they were first seen; nothing where the store cannot say.
  package func knownCauses(of keys: [SignatureKey]) -> [SignatureKey: CauseID] {
    ((try? store.causes(of: keys, in: repository)) ?? [:]).mapValues { CauseID($0) }
  }

  /// What became of keys that rules name since an older masking; nothing where the store cannot say.
  package func rekeyed(_ keys: [SignatureKey]) -> [SignatureKey: SignatureKey] {
    (try? store.rekeyed(keys, in: repository)) ?? [:]
  }

  /// Remembers the causes of a run, so that they keep their ids; what people's rules made of them is the rules' to say.
  func remember(_ causes: RunCauses) throws(HistoryError) {
    try store.remember(causes: causes.memorable.mapValues { SignatureKey($0.value) }, in: repository)
  }
}
