/// Looks in the last three seconds for lines that stay in step with the mains, whatever sounds over them.
///
/// The centre of a line is a redescending M-estimate (Holland & Welsch 1977, "Robust regression using iteratively
/// reweighted least-squares"): a voice that comes and goes is far from it and weighs nothing. Hum is what goes on, in
/// step, before and after something that is not; a tone that stands alone is none, however long it lasts.
struct HumFit {
  private typealias Lines = Phasors.Lines

  /// The length of a block in seconds, and how many are looked at, and at least.
  static let blockSeconds: Float = 0.05
  private static let window = 60, least = 15
  /// How far the mains may be off, in Hz, and where a search begins.
  private static let mostOffset: Float = 0.25
  private static let offsets: [Float] = [-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15]
  /// How near to the centre a block is in step, as a part of the power of that.
  private static let radius: Float = 0.2
  /// The weight of a block at the centre, as the part of the power that it is taken to be off.
  private static let slack: Float = 0.04
  /// How much less a block weighs than the one after it, and how often the centre is renewed.
  private static let memory: Float = 0.93
  private static let rounds = 4
  /// The part of the blocks in which a line must be in step, and one that stands alone.
  private static let share: Float = 0.3, shareAlone: Float = 0.6
  /// Blocks in a row that count as a stretch of it, while a line is looked for, and around something louder.
  private static let stretch: Float = 3
  private static let steadyBlocks = 5, loudBlocks = 3
  /// What counts as louder: so large a part of the power of all lines out of step with them. A voice 6 dB over hum has
  /// that, of which no more than a third lies at the lines.
  private static let loudness: Float = 0.25, louder: Float = 1.25
  /// How much of the quietest block hum is at least.
  private static let rest: Float = 0.3
  /// A line has gone when in so many of so many blocks it had less than half its amplitude.
  private static let goneBlocks: Float = 3, recentBlocks = 10
  /// How much of what is left to correct of the offset is corrected at a time.
  private static let correction: Float = 0.5
  /// What the mean phase of a line squared is at least where there is something to look for.
  private static let promise: Float = 0.1
  private static let fading: Float = 0.95
  private static let tiny = Lines(repeating: 1e-14)

  /// The lines at the newest block, 0 where there is no hum; and by how many Hz the mains are off.
  private(set) var lines = Phasors()
  private(set) var offset: Float = 0
  /// Whether there is hum.
  private(set) var isFound = false

  private var ring = [Phasors](repeating: Phasors(), count: HumFit.window)
  private var blocks = 0
  private var rows = [Phasors](repeating: Phasors(), count: HumFit.window)
  private var count = 0
  /// The mean phase of each line of late, as a phasor: 1 where all blocks were in step, next to 0 where none.
  private var recent = Phasors()

  /// Takes in the lines of the next block.
  mutating func add(_ block: Phasors) {
    if isFound { lines = lines * .turn(hertz: offset, seconds: Self.blockSeconds) }
    ring[blocks % Self.window] = block
    blocks += 1
    let scale = (1 - Self.fading) / (block.power + Self.tiny).squareRoot()
    recent.re = Self.fading * recent.re + scale * block.re
    recent.im = Self.fading * recent.im + scale * block.im
  }

  /// Looks once more what is in step.
  mutating func renew() {
    guard blocks >= Self.least, isFound || isPromising else { return }
    var centre = isFound ? start() : search()
    for _ in 0..<Self.rounds { centre = improved(centre) }
    judge(centre)
  }

  /// Forgets everything.
  mutating func restart() {
    (lines, offset, isFound, blocks) = (Phasors(), 0, false, 0)
    recent = Phasors()
  }

  /// Whether enough of a line was in step in the last second, roughly, to look closer.
  private var isPromising: Bool { recent.power.max() > Self.promise }

  /// Fills `rows` with the blocks, newest first, as they would be had they all been the newest.
  private mutating func turnBlocks() {
    count = min(blocks, Self.window)
    let step = Phasors.turn(hertz: offset, seconds: Self.blockSeconds)
    var turned = Phasors(re: Lines(repeating: 1), im: Lines())
    for age in 0..<count {
      rows[age] = ring[(blocks - 1 - age) % Self.window] * turned
      turned = turned * step
    }
  }

  /// Where a search for the centre of lines begins that are known: where they were.
  private mutating func start() -> Phasors {
    turnBlocks()
    return middle().centre.replacing(with: lines, where: lines.power .> 0)
  }

  /// The same of lines that are not: at the offset that brings most of all in step.
  private mutating func search() -> Phasors {
    var best: (offset: Float, share: Float) = (0, -1)
    for trial in Self.offsets {
      offset = trial
      turnBlocks()
      let share = middle().share
      if share > best.share { best = (trial, share) }
    }
    offset = best.offset
    turnBlocks()
    return middle().centre
  }

  /// The mean of the rows, the softest weighing most, and how much of all is in step, summed over lines.
  private func middle() -> (centre: Phasors, share: Float) {
    var sum = Phasors(), weights = Lines()
    for age in 0..<count {
      let weight = 1 / (rows[age].power + Self.tiny)
      sum.re += weight * rows[age].re
      sum.im += weight * rows[age].im
      weights += weight
    }
    let share = (sum.power / (weights * Float(count))).sum()
    return (Phasors(re: sum.re / weights, im: sum.im / weights), share)
  }

  /// The mean of the rows, those nearest to a centre, and the newest, weighing most.
  private func improved(_ centre: Phasors) -> Phasors {
    let slack = Self.slack * centre.power + Self.tiny
    var sum = Phasors(), weights = Lines(), memory: Float = 1
    for age in 0..<count {
      let weight = memory / ((rows[age] - centre).power + slack)
      sum.re += weight * rows[age].re
      sum.im += weight * rows[age].im
      weights += weight
      memory *= Self.memory
    }
    return Phasors(re: sum.re / weights, im: sum.im / weights)
  }

  /// Decides which lines are there.
  private mutating func judge(_ centre: Phasors) {
    let inStep = blocksInStep(with: centre)
    let isLine = inStep .>= Self.share * Float(count)
    let isNear = Lines().replacing(with: 1, where: isLine)
    if !isFound {
      let alone = max(isNear[0] * inStep[0], isNear[1] * inStep[1])
      guard isNear.sum() >= 2 || alone > Self.shareAlone * Float(count), isNear[0] + isNear[1] + isNear[2] > 0,
        goesOn(centre, isNear)
      else { return }
      isFound = true
    }
    let hasGone = blocksWithout() .>= Self.goneBlocks
    lines = lines.replacing(with: Phasors(), where: hasGone).replacing(with: centre, where: isLine)
    correctOffset(centre, isNear)
    if lines.power.sum() == 0 { (isFound, offset) = (false, 0) }
  }

  /// In how many blocks each line was in step; of a line not yet known, those that stand alone do not count.
  private func blocksInStep(with centre: Phasors) -> Lines {
    let limits = Self.radius * centre.power
    var run = Lines(), total = Lines()
    for age in 0..<count {
      run = (run + 1).replacing(with: 0, where: (rows[age] - centre).power .>= limits)
      let least = isFound ? 1 : Self.stretch
      total += Lines().replacing(with: 1, where: run .> least).replacing(with: least, where: run .== least)
    }
    return total
  }

  /// In how many of the newest blocks each line had less than half the amplitude it is taken to have.
  private func blocksWithout() -> Lines {
    var total = Lines()
    for age in 0..<min(count, Self.recentBlocks) {
      total += Lines().replacing(with: 1, where: rows[age].power .< 0.25 * lines.power)
    }
    return total
  }

  /// Whether the lines are what is left where all else is quiet, and were there before and after something louder that
  /// is out of step with them.
  private func goesOn(_ centre: Phasors, _ isNear: Lines) -> Bool {
    let powers = centre.power + Self.tiny
    let total = (isNear * centre.power).sum()
    let quietest = rows[..<count].reduce(Float.infinity) { min($0, $1.power.sum()) }
    guard total > Self.rest * quietest else { return false }
    var (steady, loud, isAfter) = (0, 0, false)
    for age in 0..<count {
      let across = rows[age].across(centre)
      steady = (isNear * (rows[age] - centre).power).sum() < Self.radius * total ? steady + 1 : 0
      let isAcross = (across * across / powers).sum() > Self.loudness * total
      if isAfter, isAcross, rows[age].power.sum() > Self.louder * total { loud += 1 }
      guard steady >= Self.steadyBlocks else { continue }
      if loud >= Self.loudBlocks { return true }
      isAfter = true
    }
    return false
  }

  /// Learns from how the phase of the lines moves how far the mains are off.
  private mutating func correctOffset(_ centre: Phasors, _ isNear: Lines) {
    let (limits, powers) = (Self.radius * centre.power, centre.power)
    var (moment, weights): (Float, Float) = (0, 0)
    for age in 0..<count {
      let isIn = isNear.replacing(with: 0, where: (rows[age] - centre).power .> limits)
      // The centre is that of the newest blocks, about half a second ago.
      let time = Float(age - Self.recentBlocks) * Self.blockSeconds
      moment += (isIn * Phasors.orders * rows[age].across(centre)).sum() * time
      weights += (isIn * Phasors.orders * Phasors.orders * powers).sum() * time * time
    }
    guard weights > 0 else { return }
    // What lies further back is turned on too little where the offset is too small.
    offset -= Self.correction * moment / weights / (2 * .pi)
    offset = max(-Self.mostOffset, min(Self.mostOffset, offset))
  }
}
