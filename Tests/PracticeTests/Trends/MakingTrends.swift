import Practice

/// Seconds of a day.
let daySeconds = 86_400.0

/// Noon of 1 September 2026, UTC.
let firstNoon = 1_788_264_000.0

/// One session a day, or every `days`, from `firstNoon` on.
func sessions(_ values: [Double], days: Double = 1, from start: Double = firstNoon) -> [TrendPoint] {
  values.enumerated().map { TrendPoint(at: start + Double($0) * days * daySeconds, value: $1, id: "\($0)") }
}

let paceFigure = TrendFigure(
  name: "pace", label: "Pace", unit: "words a minute", unitOfOne: "word a minute", decimals: 0,
  more: "you speak # faster", less: "you speak # slower", better: .neither)

let fillerFigure = TrendFigure(
  name: "fillers-per-minute", label: "Fillers", unit: "fillers a minute", unitOfOne: "filler a minute", decimals: 1,
  more: "you say * more fillers a minute", less: "you say * fewer fillers a minute", better: .less,
  risesWithWatching: true)

let gapFigure = TrendFigure(
  name: "awareness-gap", label: "Guess", unit: "fillers", unitOfOne: "filler", decimals: 0, more: "#", less: "#",
  better: .nearZero)

/// Chance for simulations, always the same: SplitMix64 and Box & Muller.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func share() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / 0x1p53
  }

  /// Nearly normal, of deviation 1: the sum of twelve even shares.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + share() } }

  /// Normal, and ten times as wide once in ten.
  mutating func withOutliers() -> Double { share() < 0.1 ? 10 * normal() : normal() }

  /// Without a variance: the quotient of two normal numbers (Cauchy).
  mutating func heavy() -> Double { normal() / max(abs(normal()), 1e-6) }
}
