/// What must hold of a figure for a drill to be passed.
package struct DrillRule: Equatable, Sendable {
  /// The bound.
  package enum Bound: Equatable, Sendable {
    case atLeast(Double)
    case atMost(Double)
    case within(ClosedRange<Double>)
  }

  /// One of the kind's measures.
  package var measure: String
  package var bound: Bound

  /// Makes a rule.
  package init(_ measure: String, _ bound: Bound) {
    self.measure = measure
    self.bound = bound
  }

  /// Reads "at least 80 %", "at most 2", "140 to 160"; nil for anything else.
  package static func bound(from text: String) -> Bound? {
    let words = text.lowercased().split(separator: " ").map(String.init)
    func number(_ words: ArraySlice<String>) -> Double? {
      guard var text = words.first, words.count <= 2 else { return nil }
      var isShare = words.count == 2
      if isShare, words.last != "%" { return nil }
      if text.hasSuffix("%") {
        guard !isShare else { return nil }
        isShare = true
        text.removeLast()
      }
      guard let value = Double(text), value.isFinite, abs(value) <= 1e6 else { return nil }
      return isShare ? value / 100 : value
    }
    if words.count >= 3, words[0] == "at", let value = number(words[2...]) {
      return words[1] == "least" ? .atLeast(value) : words[1] == "most" ? .atMost(value) : nil
    }
    guard let to = words.firstIndex(of: "to"), to + 1 < words.count else { return nil }
    let isShare = words.last?.hasSuffix("%") == true
    guard var low = number(words[..<to]), let high = number(words[(to + 1)...]) else { return nil }
    if isShare, !words[..<to].joined().contains("%") { low /= 100 }
    return low <= high ? .within(low...high) : nil
  }

  /// As `bound(from:)` reads it; shares in per cent where `isShare`.
  package func text(isShare: Bool) -> String {
    func number(_ value: Double) -> String {
      let shown = (isShare ? value * 100 : value).rounded(places: 3)
      return shown == shown.rounded() ? String(Int(shown)) : "\(shown)"
    }
    let unit = isShare ? " %" : ""
    return switch bound {
    case .atLeast(let least): "at least " + number(least) + unit
    case .atMost(let most): "at most " + number(most) + unit
    case .within(let range): number(range.lowerBound) + " to " + number(range.upperBound) + unit
    }
  }

  /// How far inside the bound `value` is, as a share of the bound: 0 on it, negative outside.
  func margin(of value: Double) -> Double {
    func share(_ distance: Double, of bound: Double) -> Double { distance / max(abs(bound), 1e-6) }
    return switch bound {
    case .atLeast(let least): share(value - least, of: least)
    case .atMost(let most): most == 0 ? (value <= 0 ? 1 : -1) : share(most - value, of: most)
    case .within(let range):
      min(value - range.lowerBound, range.upperBound - value) / max((range.upperBound - range.lowerBound) / 2, 1e-6)
    }
  }
}
