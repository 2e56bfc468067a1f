extension Chart {
  /// What the chart shows, in lines: how many points over what time, the first and the last, the line at three places,
  /// the band, and the changes.
  package var text: [String] {
    let drawn = points.filter { ChartScale.isDrawn($0) }
    let title = unit.isEmpty ? label : "\(label), \(unit)"
    guard let first = drawn.first, let last = drawn.last else { return ["\(title): no session yet."] }
    let (start, end) = (date(first.at), date(last.at))
    guard drawn.count > 1 else { return ["\(title): 1 session, \(start): \(number(first.value))."] }
    let span = start == end ? start : "\(start) to \(end)"
    return [
      "\(title): \(drawn.count) sessions, \(span).", "First \(number(first.value)), last \(number(last.value)).",
    ] + [lineWords, bandWords].compactMap(\.self)
      + changes.filter { ChartScale.isDrawn(ChartSample(at: $0.at, value: $0.after)) }
      .map { "Change on \(date($0.at)): \(number($0.before)) before, \(number($0.after)) since." }
  }

  private var lineWords: String? {
    let line = smooth.filter { ChartScale.isDrawn($0) }
    guard line.count > 1 else { return nil }
    let places = line.count == 2 ? [0, 1] : [0, line.count / 2, line.count - 1]
    let told = places.map { "\(number(line[$0].value)) on \(date(line[$0].at))" }
    return "Smoothed: \(told.joined(separator: ", "))."
  }

  private var bandWords: String? {
    band.map { "Band: \(number($0.lowerBound)) to \(number($0.upperBound))." }
  }

  private func number(_ value: Double) -> String { chartNumber(value, decimals) }
}
