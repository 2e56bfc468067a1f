import Foundation
import Support

/// What the benchmarks found, a line a figure, beside its aim and beside a peer that ran at the same time.
///
/// Nothing here judges: a busy machine would fail a test that has nothing wrong with it. The aims are printed so that
/// a person can judge.
struct Table {
  private var rows: [[String]] = [["what", "measured", "aim", "peer"]]

  /// Adds a figure.
  mutating func add(_ what: String, _ measured: String, aim: String = "", peer: String = "") {
    rows.append([what, measured, aim, peer])
  }

  /// The table as aligned text.
  var text: String {
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
        .joined(separator: "   ").trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }

  /// Prints the table in one piece.
  func print() { Swift.print("\n\(text)\n") }
}

/// A number with a fixed count of places.
func figure(_ value: Double, _ places: Int = 1) -> String { String(format: "%.\(places)f", value) }

/// The value below which a share of the sorted values lies; 0 for none.
func percentile(_ values: [Double], _ share: Double) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return 0 }
  return sorted[min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.down)))]
}
