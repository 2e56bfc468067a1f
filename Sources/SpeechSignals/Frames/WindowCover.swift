/// Whether a window holds nothing but sound: none of the digital silence of a gate, a pause button or a file's head.
///
/// A window that reaches into digital silence has less power the further it reaches, which depends on where the frames
/// happen to lie. Its power says nothing about the room, and a minimum over windows would keep it for seconds. Before
/// the beginning all is silence, so that a recording is heard alike whether its sound begins at once or after a second
/// of zeros.
struct WindowCover {
  /// Whether there has been a whole window yet.
  private(set) var hasBegun = false
  /// Whether the window around the frame two before the newest, which reaches into both its neighbours, is whole.
  private(set) var isWhole = false

  /// Whether the newest frames were digital silence, newest first. A run that is found in a frame may have begun in the
  /// one before, and what a file begins with, a click or a step of its offset, rings through the frame after.
  private var flat = (true, true, true, true, true)

  /// Takes in whether a frame holds digital silence of 10 ms or the end of one.
  mutating func note(isFlat: Bool) {
    flat = (isFlat, flat.0, flat.1, flat.2, flat.3)
    isWhole = !(flat.0 || flat.1 || flat.2 || flat.3 || flat.4)
    if isWhole { hasBegun = true }
  }
}
