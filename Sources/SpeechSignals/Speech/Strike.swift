/// How surely a sound is over at once, as that of a key is.
///
/// What is struck rings: its body for a few hundredths of a second at one low pitch, which repeats itself as well as a
/// voice does, its treble hardly longer than the blow. A voice is struck again in each of its periods, so that the
/// treble of a window is spread over all of it; that of a key lies where the key went down. So the treble tells.
struct Strike {
  /// A piece of the window in samples, 2.5 ms, and how many of them a blow lasts.
  private static let pieceSamples = 40, blowPieces = 4
  /// The part of a window's energy that falls into so short a time where something may have been struck, and where it
  /// surely was: of a voice 0.7 and more does in a frame of twenty, where it begins or ends.
  private static let share: ClosedRange<Float> = 0.65...0.75

  private static let piecesPerFrame = FrameGrid.hop / Strike.pieceSamples

  /// The energy of each piece of the window, raised by 6 dB an octave.
  private var pieces = [Float](repeating: 0, count: PitchCandidates.windowCount / Strike.pieceSamples)

  /// Takes in a window of `PitchCandidates` that has moved on by a frame.
  mutating func update(_ samples: [Float]) {
    let kept = pieces.count - Self.piecesPerFrame
    for piece in 0..<kept { pieces[piece] = pieces[piece + Self.piecesPerFrame] }
    var last = samples[kept * Self.pieceSamples - 1]
    for piece in kept..<pieces.count {
      var energy: Float = 0
      for index in piece * Self.pieceSamples..<(piece + 1) * Self.pieceSamples {
        let change = samples[index] - last
        energy += change * change
        last = samples[index]
      }
      pieces[piece] = energy
    }
  }

  /// How surely most of the window's energy lies within 10 ms, 0 to 1.
  var certainty: Float {
    var (total, most): (Float, Float) = (0, 0)
    for piece in pieces { total += piece }
    for first in 0...pieces.count - Self.blowPieces {
      var blow: Float = 0
      for piece in first..<first + Self.blowPieces { blow += pieces[piece] }
      most = max(most, blow)
    }
    guard total > 0 else { return 0 }
    let (least, enough) = (Self.share.lowerBound, Self.share.upperBound)
    return max(0, min(1, (most / total - least) / (enough - least)))
  }
}
