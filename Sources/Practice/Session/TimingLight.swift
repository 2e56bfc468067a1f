/// The light a timer shows a speaker, by the Toastmasters rule.
///
/// Green at the minimum, amber at the midpoint, red at the maximum; red stays on, and never two lights at once. A
/// talk with one length only (`7m`) has its minimum at four fifths of it.
package enum TimingLight: Equatable, Sendable {
  case waiting(untilSeconds: Double)
  case green(leftSeconds: Double)
  case amber(leftSeconds: Double)
  case red(overSeconds: Double)

  /// The light at `elapsed` seconds of a talk of `length`.
  package init(elapsed: Double, length: TalkLength) {
    let most = Double(length.maximumSeconds)
    let least = length.minimumSeconds < length.maximumSeconds ? Double(length.minimumSeconds) : most * 0.8
    switch elapsed {
    case ..<least: self = .waiting(untilSeconds: least - elapsed)
    case ..<((least + most) / 2): self = .green(leftSeconds: most - elapsed)
    case ..<most: self = .amber(leftSeconds: most - elapsed)
    default: self = .red(overSeconds: elapsed - most)
    }
  }
}
