extension SessionFigures {
  /// The row of a figure; scores have one for every rubric and criterion. Nil for a name that is none.
  package static func row(_ name: String) -> Row? {
    if let row = rows.first(where: { $0.name == name }) { return row }
    if name.hasPrefix(DrillFigures.prefix) { return DrillFigures.row(name) }
    guard name.hasPrefix(scorePrefix) else { return nil }
    let parts = name.dropFirst(scorePrefix.count).split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let whole = parts[0] == Rubric.listed ? "score" : "score by the rubric \"\(parts[0])\""
    let criterion = parts[1].split(separator: "-").joined(separator: " ")
    return Row(name, parts[1] == Rubric.overall ? whole : "\(whole) for \(criterion)", "points", .more) { _ in nil }
  }
}
