/// The way that led to each state of a follower over the last words, and what it says of the script.
///
/// A path is certain only some words later: the first words after a jump look like words put in until the jump is
/// believed. So the last `depth` steps are kept and read back after each word; what lies before them is settled.
struct FollowerTrace: Equatable, Sendable {
  /// Words that are looked back: some fifteen seconds of speech.
  static let depth = 40
  /// Added to a state from which a word of the script was said, or another in its place.
  private static let saidFlag = 1 << 24
  private static let alteredFlag = 1 << 25

  private let count: Int
  /// Where each state came from, a row a word, the row of word w at w % depth.
  private var rows: [[Int32]]
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

  /// A state from which the next word of the script was said, or another in its place.
  static func said(_ state: Int, asWritten: Bool) -> Int { state | (asWritten ? saidFlag : alteredFlag) }

  /// Opens the row of the next word.
  mutating func begin() {
    let row = heard % FollowerTrace.depth
    if rows[row].isEmpty { rows[row] = Array(repeating: 0, count: 2 * (count + 1)) }
    heard += 1
  }

  /// Notes for the latest word that `state` is best reached from `from`.
  mutating func note(_ state: Int, from: Int) {
    rows[(heard - 1) % FollowerTrace.depth][state] = Int32(truncatingIfNeeded: from)
  }

  /// Hands out the latest word's row: where each state is best reached from.
  mutating func withRow(_ body: (UnsafeMutableBufferPointer<Int32>) -> Void) {
    rows[(heard - 1) % FollowerTrace.depth].withUnsafeMutableBufferPointer { body($0) }
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
      let from = Int(rows[(heard - 1 - back) % FollowerTrace.depth][state])
      let origin = from & (FollowerTrace.saidFlag - 1)
      let isAltered = from & FollowerTrace.alteredFlag != 0
      steps.append(
        Step(said: from == origin ? nil : state - 1, isAltered: isAltered, before: origin % (count + 1)))
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
