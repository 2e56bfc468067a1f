/// `value` with `places` decimals, 0 to 3, as people read it; a dash for what is no number.
package func decimal(_ value: Double, _ places: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "-" }
  let scale = [1, 10, 100, 1_000][min(max(places, 0), 3)]
  let whole = Int((abs(value) * Double(scale)).rounded())
  let sign = value < 0 && whole > 0 ? "-" : ""
  guard places > 0 else { return "\(sign)\(whole)" }
  let rest = String(whole % scale)
  return "\(sign)\(whole / scale).\(String(repeating: "0", count: min(places, 3) - rest.count))\(rest)"
}

/// A time as a clock shows it: `1:20`, `1:02:03`.
func clock(_ seconds: Double) -> String {
  let whole = Int(min(max(seconds, 0), 1e6).rounded())
  func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
  return (whole >= 3_600 ? "\(whole / 3_600):" + two(whole / 60 % 60) : "\(whole / 60)") + ":" + two(whole % 60)
}
