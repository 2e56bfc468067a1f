/// Whether a sound is over at once, as that of a key is.
///
/// What is struck rings: its body for a few hundredths of a second at one low pitch, which repeats itself as well as a
/// voice does, its treble hardly longer than the blow. A voice is struck again in each of its periods, so that the
/// treble of a window is spread over all of it; that of a key lies where the key went down. So the treble tells.
struct Strike {
  /// A piece of the window in samples, 2.5 ms, and how many of them a blow lasts.
  private static let pieceSamples = 40, blowPieces = 4
  /// The part of a window's energy that falls into so short a time where something was struck: of a voice it is more in
  /// a frame of twenty, where it begins or ends.
  private static let share: Float = 0.7

  private var pieces = [Float](repeating: 0, count: PitchCandidates.windowCount / Strike.pieceSamples)

  /// Whether most of the samples' energy, raised by 6 dB an octave, lies within 10 ms; they are as many as a window of
  /// `PitchCandidates` has.
  mutating func isHeard(in samples: [Float]) -> Bool {
    var total: Float = 0
    var last = samples[0]
    for piece in pieces.indices {
      var energy: Float = 0
      for index in piece * Self.pieceSamples..<(piece + 1) * Self.pieceSamples {
        let change = samples[index] - last
        energy += change * change
        last = samples[index]
      }
      pieces[piece] = energy
      total += energy
    }
    var most: Float = 0
    for first in 0...pieces.count - Self.blowPieces {
      var blow: Float = 0
      for piece in first..<first + Self.blowPieces { blow += pieces[piece] }
      most = max(most, blow)
    }
    return most > Self.share * total
  }
}
