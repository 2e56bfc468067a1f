/// The way that led to each state of a follower over the last words, and what it says of the script.
///
/// A path is certain only some words later: the first words after a jump look like words put in until the jump is
/// believed. So the last `depth` steps are kept and read back after each word; what lies before them is settled.
struct FollowerTrace: Equatable, Sendable {
  /// Words that are looked back: some fifteen seconds of speech.
  static let depth = 40

  /// How a state was come to, in a byte, for there are millions of them. For a place on the script: 0 where it stays, 1 to
  /// 4 for so many places before it, 5 to 8 for as many before it from away, `best` for a jump; with a flag where a word
  /// of the script was said, or another in its place. For a place away: 0 where it stays, 1 from the script.
  enum Origin {
    static let stays: UInt8 = 0, leaves: UInt8 = 1, along: UInt8 = 1, back: UInt8 = 5, best: UInt8 = 9
    static let saidFlag: UInt8 = 0x40, alteredFlag: UInt8 = 0x80

    /// The flag of a word that was said as it is written, or of another in its place.
    static func flag(asWritten: Bool) -> UInt8 { asWritten ? saidFlag : alteredFlag }
  }

  private let count: Int
  /// How each state was come to, a row a word, the row of word w at w % depth; and the state that jumps came from.
  private var rows: [[UInt8]]
  private var bests = [Int](repeating: 0, count: depth)
  private var heard = 0
  private var settled: [WordMark]
  private var settledPlaces: [Int?] = []

  private(set) var marks: [WordMark]
  /// The places of the latest words, which may still change; at most `depth`.
  private(set) var recentPlaces: [Int?] = []
  var places: [Int?] { settledPlaces + recentPlaces }

  init(count: Int) {
    self.count = count
    rows = Array(repeating: [], count: FollowerTrace.depth)
    settled = Array(repeating: .ahead, count: count)
    marks = settled
  }

  /// Opens the row of the next word, before which `best` was the best state.
  mutating func begin(best: Int) {
    let row = heard % FollowerTrace.depth
    if rows[row].isEmpty { rows[row] = Array(repeating: 0, count: 2 * (count + 1)) }
    bests[row] = best
    heard += 1
  }

  /// Notes for the latest word that `place` is best come to by a jump.
  mutating func noteJump(to place: Int, asWritten: Bool) {
    rows[(heard - 1) % FollowerTrace.depth][place] = Origin.best | Origin.flag(asWritten: asWritten)
  }

  /// Hands out the latest word's row: how each state is best come to.
  mutating func withRow(_ body: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
    rows[(heard - 1) % FollowerTrace.depth].withUnsafeMutableBufferPointer { body($0) }
  }

  /// The state from which `state` was come to with the word `back` words ago, and the flags of how.
  private func origin(of state: Int, back: Int) -> (state: Int, flags: UInt8) {
    let row = (heard - 1 - back) % FollowerTrace.depth
    let code = rows[row][state]
    let way = code & ~(Origin.saidFlag | Origin.alteredFlag)
    if state > count { return (way == Origin.stays ? state : state - count - 1, 0) }
    let flags = code & (Origin.saidFlag | Origin.alteredFlag)
    switch way {
    case Origin.stays: return (state, flags)
    case Origin.best: return (bests[row], flags)
    case Origin.back...: return (count + 1 + state - Int(way - Origin.back) - 1, flags)
    default: return (state - Int(way), flags)
    }
  }

  /// One word on the best path: the place it was taken for, and the place behind the words before it.
  private struct Step: Equatable {
    var said: Int?
    var isAltered: Bool
    var before: Int
  }

  /// Reads the best path back from `state` and brings the marks up to date.
  mutating func settle(at state: Int) {
    var steps: [Step] = []
    var state = state
    let reach = min(heard - settledPlaces.count, FollowerTrace.depth)
    for back in 0..<reach {
      let (origin, flags) = origin(of: state, back: back)
      steps.append(
        Step(
          said: flags == 0 ? nil : state - 1, isAltered: flags == Origin.alteredFlag, before: origin % (count + 1)))
      state = origin
    }
    steps.reverse()
    if steps.count == FollowerTrace.depth, let first = steps.first {
      FollowerTrace.mark(first, in: &settled)
      settledPlaces.append(first.said)
      steps.removeFirst()
    }
    marks = settled
    for step in steps { FollowerTrace.mark(step, in: &marks) }
    recentPlaces = steps.map(\.said)
  }

  /// Four words passed over and more are a passage left out.
  private static let skippedWords = 4

  private static func mark(_ step: Step, in marks: inout [WordMark]) {
    guard let said = step.said else { return }
    if !step.isAltered { marks[said] = .spoken } else if marks[said] != .spoken { marks[said] = .altered }
    guard said > step.before else { return }
    let mark: WordMark = said - step.before >= skippedWords ? .skipped : .missed
    for place in step.before..<said where marks[place] == .ahead { marks[place] = mark }
  }
}
