/// Level and pitch over any stretch of an attempt, put together from its contours; steps of `Contour.step` seconds.
struct VoiceTrack: Equatable, Sendable {
  /// Audio time of the first step's beginning, in seconds: a whole number of steps.
  let start: Double
  /// Level in dBFS, -100 where nothing is known.
  private(set) var levels: [Double]
  /// Pitch in semitones over 1 Hz; nil where unvoiced.
  private(set) var pitches: [Double?]

  /// How far under its loudest steps a voice is still taken for one, in dB: Fletcher (1953), "Speech and hearing in
  /// communication", has 28 dB between the strongest vowel and the weakest consonant, which is unvoiced.
  static let range = 25.0

  /// What `contours` say from `from` to `to` seconds.
  init(_ contours: some Sequence<Contour>, from: Double, to: Double) {
    let first = Int((from / Contour.step).rounded(.down))
    let count = max(0, Int((to / Contour.step).rounded(.up)) - first)
    start = Double(first) * Contour.step
    levels = Array(repeating: -100, count: count)
    pitches = Array(repeating: nil, count: count)
    for contour in contours where contour.start < to && contour.start + contour.seconds > from {
      let offset = Int((contour.start / Contour.step).rounded()) - first
      for index in contour.levels.indices where levels.indices.contains(index + offset) {
        levels[index + offset] = contour.levels[index]
        let hertz = contour.pitches[index]
        pitches[index + offset] = hertz > 0 ? 12 * log2(of: hertz) : nil
      }
    }
  }

  /// All of one contour.
  init(_ contour: Contour) {
    self.init([contour], from: contour.start, to: contour.start + contour.seconds - 0.001)
  }

  var count: Int { levels.count }

  /// The level that one voiced step in ten exceeds, in dBFS; nil without a voice.
  var loud: Double? {
    let voiced = zip(levels, pitches).compactMap { $1 == nil ? nil : $0 }.sorted()
    return voiced.count < VoiceTrack.leastSteps ? nil : voiced[voiced.count * 9 / 10]
  }

  /// Voiced steps that a voice has at least: two short syllables.
  static let leastSteps = 4

  /// The steps in which somebody speaks, from the first to the last voiced one that is loud enough; nil without any.
  var speech: Range<Int>? {
    guard let loud else { return nil }
    let isVoice = zip(levels, pitches).map { $1 != nil && $0 >= loud - VoiceTrack.range }
    // A single step is a click or a chair as often as a syllable.
    let pairs = isVoice.indices.dropLast().filter { isVoice[$0] && isVoice[$0 + 1] }
    guard let first = pairs.first, let last = pairs.last else { return nil }
    return first..<last + 2
  }

  /// The pitches of voiced steps that are loud enough, in semitones, with their places, in order.
  var voiced: [(step: Int, semitones: Double)] {
    guard let loud else { return [] }
    return levels.indices.compactMap { step in
      levels[step] >= loud - VoiceTrack.range ? pitches[step].map { (step, $0) } : nil
    }
  }

  /// The same as a contour that begins at `start` seconds, for a scene.
  func contour(start: Double) -> Contour {
    Contour(start: start, levels: levels, pitches: pitches.map { $0.map { exp2(of: $0 / 12) } ?? 0 })
  }
}
