/// Dynamic time warping of a learner's voice onto a model's (Sakoe & Chiba 1978, "Dynamic programming algorithm
/// optimization for spoken word recognition").
///
/// The asymmetric form of their table I with slope constraint P = 1, so that the learner goes nowhere faster than at
/// twice, nor slower than at half, the model's speed; inside an adjustment window of a quarter of the line on either
/// side of the constant delay. Beginning and end are free within that window: where somebody starts behind a voice is
/// told by the delay and is no fault.
struct TimeWarp {
  /// The path: a step of the model, and that of the learner that it fell on.
  private(set) var path: [(model: Int, own: Int)] = []
  /// Mean cost of a step of the model along the path.
  private(set) var cost = Double.infinity
  /// What of it is level, and what is pitch, along the path.
  private(set) var level = Double.infinity, pitch = Double.infinity

  /// The adjustment window, as a share of the line, and in steps at least.
  private static let windowShare = 0.25, leastWindow = 4
  /// What a standard deviation of level, a semitone of pitch, and voiced against unvoiced cost. A line's pitch has a
  /// standard deviation of 2 or 3 semitones, so either weighs the same.
  private static let levelCost = 0.5, semitoneCost = 0.2, voicingCost = 0.5
  /// Costs at most, of level and of pitch: one slip must not outweigh a word.
  private static let costLimit = 1.0

  /// Warps `own` onto the speech of `model`, whose step 0 falls on step `delay` of it before any warping.
  init(_ model: VoiceShape, _ own: VoiceShape, delay: Int) {
    let steps = Array(model.speech)
    let half = max(TimeWarp.leastWindow, Int(Double(steps.count) * TimeWarp.windowShare))
    let width = 2 * half + 1
    guard steps.count > 2 else { return }
    var costs = [Double](repeating: 0, count: steps.count * width)
    for (row, step) in steps.enumerated() {
      for column in 0..<width {
        let parts = TimeWarp.cost(model, step, own, step + delay + column - half)
        costs[row * width + column] = parts.level + parts.pitch
      }
    }
    var sums = [Double](repeating: .infinity, count: steps.count * width)
    var moves = [Int8](repeating: 0, count: steps.count * width)
    for column in 0..<width { sums[column] = costs[column] }
    for row in 1..<steps.count {
      for column in 0..<width {
        let place = row * width + column
        // The same speed; twice the model's, half of it: in columns, which run along with the model.
        var best = (sum: sums[place - width] + costs[place], move: Int8(1))
        if column >= 1 {
          let sum = sums[place - width - 1] + (costs[place - 1] + costs[place]) / 2
          if sum < best.sum { best = (sum, 2) }
        }
        if row >= 2, column + 1 < width {
          let sum = sums[place - 2 * width + 1] + costs[place - width + 1] + costs[place]
          if sum < best.sum { best = (sum, 3) }
        }
        (sums[place], moves[place]) = best
      }
    }
    trace(sums, moves, steps, width: width, first: delay - half)
    let parts = path.map { TimeWarp.cost(model, $0.model, own, $0.own) }
    level = parts.reduce(0) { $0 + $1.level } / Double(parts.count)
    pitch = parts.reduce(0) { $0 + $1.pitch } / Double(parts.count)
  }

  /// Goes back along the cheapest path; `first` is what the first column stands for.
  private mutating func trace(_ sums: [Double], _ moves: [Int8], _ steps: [Int], width: Int, first: Int) {
    var row = steps.count - 1
    guard var column = (0..<width).min(by: { sums[row * width + $0] < sums[row * width + $1] }) else { return }
    cost = sums[row * width + column] / Double(steps.count)
    while true {
      path.append((steps[row], steps[row] + first + column))
      switch moves[row * width + column] {
      case 1: row -= 1
      case 2:
        row -= 1
        column -= 1
      case 3:
        path.append((steps[row - 1], steps[row] + first + column))
        row -= 2
        column += 1
      default:
        path.reverse()
        return
      }
    }
  }

  /// How far apart a step of the model and one of the learner are, 0 to 1 each.
  static func cost(
    _ model: VoiceShape, _ step: Int, _ own: VoiceShape, _ other: Int
  ) -> (level: Double, pitch: Double) {
    let level = min(costLimit, levelCost * abs(model.level(step) - own.level(other)))
    return switch (model.pitch(step), own.pitch(other)) {
    case (let one?, let two?): (level, min(costLimit, semitoneCost * abs(one - two)))
    case (nil, nil): (level, 0)
    default: (level, voicingCost)
    }
  }
}
