/// A value at a moment.
package struct ChartSample: Equatable, Sendable {
  /// Seconds since 1970.
  package var at: Double
  /// In the unit of the chart; no number, or one beyond 1e12, is not drawn and breaks a line.
  package var value: Double

  /// A value at a moment, in seconds since 1970.
  package init(at: Double, value: Double) {
    self.at = at
    self.value = value
  }
}

/// What part of time and of the values a chart shows, and where things lie on it.
struct ChartScale {
  /// Seconds since 1970 at the left and at the right.
  let times: ClosedRange<Double>
  /// The values at the bottom and at the top.
  let values: ClosedRange<Double>
  /// Whether all of it is one moment, which then lies in the middle.
  let isMoment: Bool

  /// Values beyond this are not drawn: nothing that is measured is so large, and their differences stay numbers.
  static let valueLimit = 1e12
  /// How many times the distance between the quartiles values may lie beyond those before they are drawn at the edge.
  private static let reach = 4.0

  /// The part that holds the points, the smooth and the band; nil where there is nothing to draw.
  ///
  /// A few values that are far off do not flatten the rest: they are left outside.
  init?(points all: [ChartSample], smooth: [ChartSample], band: ClosedRange<Double>?) {
    let points = all.filter { Self.isDrawn($0) }
    guard let first = points.first else { return nil }
    var (start, end) = (first.at, first.at)
    for point in points { (start, end) = (min(start, point.at), max(end, point.at)) }
    isMoment = start == end
    times = start < end ? start...end : start - 43_200...start + 43_200
    let sorted = points.map(\.value).sorted()
    let (low, high) = (sorted[(sorted.count - 1) / 4], sorted[sorted.count * 3 / 4])
    let near = max(high - low, 0) * Self.reach
    let isFlat = near == 0
    var (bottom, top) = (low, high)
    // Of a few points, or of those that hardly differ, none is far off.
    let inside = isFlat || sorted.count < 5 ? sorted[...] : sorted.filter { $0 >= low - near && $0 <= high + near }[...]
    let line = smooth.filter { Self.isDrawn($0) }.map(\.value)
    let ends = band.map { [$0.lowerBound, $0.upperBound] } ?? []
    for value in [inside.first, inside.last, line.min(), line.max()].compactMap(\.self) + ends
    where abs(value) < Self.valueLimit {
      (bottom, top) = (min(bottom, value), max(top, value))
    }
    if bottom == top { (bottom, top) = (bottom - max(1, abs(bottom) * 0.1), top + max(1, abs(top) * 0.1)) }
    values = bottom...top
  }

  /// Whether a sample has a place.
  static func isDrawn(_ sample: ChartSample) -> Bool {
    abs(sample.value) < valueLimit && abs(sample.at) < valueLimit
  }

  /// The column of a moment on so many; nil outside.
  func column(_ at: Double, of columns: Int) -> Int? {
    guard let place = fraction(at, of: times), (0...1).contains(place) else { return nil }
    return cellIndex(place, columns)
  }

  /// The row of a value on so many, from the top; values outside lie at the edge.
  func row(_ value: Double, of rows: Int) -> Int {
    guard let place = fraction(value, of: values) else { return 0 }
    return max(rows, 1) - 1 - cellIndex(place, rows)
  }
}

/// The few labels of an axis.
enum ChartTicks {
  /// A label and its row, or its first column.
  struct Tick: Equatable {
    let place: Int
    let label: String
  }

  /// Round values on so many rows, from the top: three rows apart at least, and the ends of the range where no two
  /// round ones fit.
  static func values(_ range: ClosedRange<Double>, rows: Int, decimals: Int) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    guard rows > 0, span > 0, span.isFinite else { return [] }
    func ticks(_ values: [Double], _ decimals: Int) -> [Tick] {
      values.compactMap { value in
        guard let place = fraction(value, of: range), (0...1).contains(place) else { return nil }
        return Tick(place: rows - 1 - cellIndex(place, rows), label: chartNumber(value, decimals))
      }
    }
    let step = roundStep(atLeast: span / Double(max((rows - 1) / 3, 1)))
    let first = (range.lowerBound / step).rounded(.up)
    let round = (0..<64).map { (first + Double($0)) * step }.prefix { $0 <= range.upperBound }
    let needed = min(3, max(decimals, step < 0.01 ? 3 : step < 0.1 ? 2 : step < 1 ? 1 : 0))
    let found = ticks(Array(round), step >= 1 ? 0 : needed)
    let distinct = Set(found.map(\.label)).count == found.count && Set(found.map(\.place)).count == found.count
    if found.count >= 2, distinct { return found }
    let ends = ticks(rows == 1 ? [range.upperBound] : [range.lowerBound, range.upperBound], needed)
    return ends.count == 2 && ends[0].label == ends[1].label ? [ends[0]] : ends
  }

  /// Dates on so many columns, from the left: as many as fit with two blanks between, five at most, and the one in the
  /// middle where all is one moment; none is said twice.
  static func dates(_ scale: ChartScale, columns: Int, date: (Double) -> String) -> [Tick] {
    let range = scale.times
    let widest = [range.lowerBound, range.upperBound].map { cellWidth(date($0)) }.max() ?? 0
    guard columns > 0, widest <= columns else { return [] }
    let count = scale.isMoment ? 1 : min(5, max(1, (columns + 8) / (widest + 8)))
    var (ticks, end) = ([Tick](), -2)
    for index in 0..<count {
      let share = count == 1 ? 0.5 : Double(index) / Double(count - 1)
      let label = date(range.lowerBound + share * (range.upperBound - range.lowerBound))
      let (width, centre) = (cellWidth(label), cellIndex(share, columns))
      let place = min(max(centre - width / 2, 0), columns - width)
      guard place >= end + 2, width <= columns, label != ticks.last?.label else { continue }
      ticks.append(Tick(place: place, label: label))
      end = place + width
    }
    return ticks
  }

  /// The next of 1, 2 and 5 times a power of ten.
  private static func roundStep(atLeast least: Double) -> Double {
    var power = 1.0
    while power * 10 <= least, power < 1e15 { power *= 10 }
    while power > least, power > 1e-6 { power /= 10 }
    return [power, 2 * power, 5 * power].first { $0 >= least } ?? 10 * power
  }
}

/// A value with so many decimals; as a power of ten where its digits would be too many to read.
func chartNumber(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "-" }
  if abs(value) >= 1e7 {
    var (mantissa, power) = (abs(value), 0)
    while mantissa >= 9.95, power < 400 { (mantissa, power) = (mantissa / 10, power + 1) }
    return "\(value < 0 ? "-" : "")\(plainNumber(mantissa))e\(power)"
  }
  let scale = [1, 10, 100, 1_000][min(max(decimals, 0), 3)]
  let whole = Int((abs(value) * Double(scale)).rounded())
  let sign = value < 0 && whole > 0 ? "-" : ""
  guard scale > 1 else { return "\(sign)\(whole)" }
  let rest = String(whole % scale)
  return "\(sign)\(whole / scale).\(String(repeating: "0", count: decimals - rest.count))\(rest)"
}
