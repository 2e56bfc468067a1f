/// Moments as people write them.
enum ClockText {
  /// Seconds of `1:20`, `1:02:05`, `80` or `80.5`; nil for anything else.
  static func seconds(_ text: String) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    var seconds = 0.0
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      guard part.allSatisfy({ $0.isASCII && ($0.isNumber || (isLast && $0 == ".")) }), let value = Double(part),
        index == 0 || value < 60
      else { return nil }
      seconds = seconds * 60 + value
    }
    return seconds < 1e6 ? seconds : nil
  }
}
