import Practice
import Terminal

/// Earlier attempts in a row: a small strip of bars, the figures, and the best.
enum PastRow {
  /// What is said of them in words; nil where there are none.
  static func words(_ past: DrillState.Past, of measure: DrillMeasure) -> String? {
    guard !past.last.isEmpty || past.best != nil else { return nil }
    var parts: [String] = []
    if let best = past.best { parts.append("best " + DrillWords.value(best, of: measure)) }
    if !past.last.isEmpty {
      let numbers = past.last.map { DrillWords.number($0, of: measure) }.joined(separator: " ")
      parts.append((past.last.count == 1 ? "last " : "last \(past.last.count): ") + numbers)
    }
    return parts.joined(separator: ", ")
  }

  /// Whether what came of an attempt is better than all before it.
  static func isBest(_ result: DrillResult, _ past: DrillState.Past, of measure: DrillMeasure) -> Bool {
    guard result.refusal == nil, result.isComplete, let best = past.best, let value = result.figure(measure.name) else {
      return false
    }
    return switch measure.better {
    case .more: value > best + 1e-9
    case .less: value < best - 1e-9
    case .neither: false
    }
  }

  /// Draws them in one row: bars two columns wide, then the words.
  static func draw(_ past: DrillState.Past, of measure: DrillMeasure, in area: Area, on canvas: inout Canvas) {
    guard let words = words(past, of: measure) else { return }
    let values = past.last.filter(\.isFinite)
    guard values.count >= 2, let least = values.min(), let most = values.max(),
      area.columns >= cellWidth(words) + values.count * 2 + 2
    else { return _ = canvas.put(words, in: area, .value) }
    // The lowest bar is seen, and a difference that is none fills no scale.
    let room = max(most - least, abs(most) * 0.1, 1e-6)
    let bars = values.flatMap { [$0, $0] }
    let place = area.columns(from: 0, count: bars.count)
    canvas.grid.draw(Strip(bars, range: (least - room * 0.4)...max(most, least + room)), in: place, canvas.glyphs)
    canvas.put(words, in: area, column: bars.count + 2, .value)
  }
}
