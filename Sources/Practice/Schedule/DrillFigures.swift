/// The figures of an attempt at a drill that trends and bests go by: one table for all kinds.
///
/// An attempt has these and none of the figures of a talk: a pace that a metronome asked for says nothing of how
/// somebody speaks. Shares are kept in percent, as figures of sessions are.
package enum DrillFigures {
  /// What the name of a figure of a drill begins with; one of its kind's measures follows.
  package static let prefix = "drill."
  /// The measure that the drill itself goes by.
  package static let value = prefix + "value"
  /// How far inside its bound the attempt was, in percent of the bound, below 0 where it was outside; of several rules
  /// the narrowest counts. The same for every drill, so that those of one skill can be told together.
  package static let margin = prefix + "margin"

  /// The figures of `session`; none where it is no drill, or was not done to its end, or could not be judged.
  package static func of(_ session: Session) -> [SessionFigures.Value] {
    guard let run = session.drill, let result = run.result, result.isComplete, result.refusal == nil else { return [] }
    let drill = run.drill
    var values: [SessionFigures.Value] = []
    for measure in drill.kind.exercise.measures {
      guard let value = result.figure(measure.name) else { continue }
      let shown = value * scale(of: measure)
      values.append(.init(prefix + measure.name, shown))
      if measure.name == drill.measure { values.append(.init(DrillFigures.value, shown)) }
    }
    let margins = drill.pass.map { rule in result.figure(rule.measure).map(rule.margin) }
    if !margins.isEmpty, !margins.contains(nil) {
      values.append(.init(margin, min(max(100 * (margins.compactMap { $0 }.min() ?? 0), -100), 100)))
    }
    return values
  }

  /// What a measure is multiplied by where it is kept as a figure: 100 for shares.
  package static func scale(of measure: DrillMeasure) -> Double { measure.unit == "%" ? 100 : 1 }

  /// The row of a figure called `name`, of drills of one kind where it is known; nil where there is none of that name.
  package static func row(_ name: String, kind: DrillKind? = nil, measure: String? = nil) -> SessionFigures.Row? {
    guard name.hasPrefix(prefix) else { return nil }
    if name == margin { return .init(margin, "distance inside the bound", "percent", .more) { _ in nil } }
    let wanted = name == value ? measure : String(name.dropFirst(prefix.count))
    guard let wanted else { return .init(value, "result", "", .neither, places: 1) { _ in nil } }
    let kinds = kind.map { [$0] } ?? DrillKind.allCases
    guard let found = kinds.lazy.compactMap({ $0.exercise.measures.first { $0.name == wanted } }).first else {
      return nil
    }
    let unit = found.unit == "%" ? "percent" : found.unit
    return .init(name, found.label, unit, found.better, places: found.unit == "%" ? 0 : found.places) { _ in nil }
  }
}
