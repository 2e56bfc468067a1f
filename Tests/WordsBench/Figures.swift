/// A number with one digit behind the point.
func decimal(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

/// A part of all in percent.
func percent(_ part: Int, _ all: Int) -> String { decimal(100 * Double(part) / Double(max(all, 1))) }

/// The value that `share` of all lie under.
func percentile(_ share: Double, _ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

/// Prints a row of a table, its cells padded to `widths`.
func show(_ cells: [String], _ widths: [Int]) {
  let padded = zip(cells, widths).map { cell, width in
    cell + String(repeating: " ", count: max(0, width - cell.count))
  }
  print(padded.joined(separator: " "))
}
