/// Shares as people read them.
package enum ShareText {
  /// A share of 0 … 1 as per cent: `15 %`, `7.5 %`, `< 0.1 %`.
  package static func of(_ share: Double) -> String {
    let percent = (share.isFinite ? min(max(share, 0), 1) : 0) * 100
    if percent > 0, percent < 0.1 { return "< 0.1 %" }
    let tenths = Int((percent * 10).rounded())
    // From the share itself: what was rounded to tenths before would be rounded twice.
    if tenths >= 100 { return "\(Int(percent.rounded())) %" }
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
