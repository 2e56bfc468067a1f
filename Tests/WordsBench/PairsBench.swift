import Coach
import Foundation
import Practice
import Recognition
import Sound
import Support
import Testing

/// Minimal pairs, told apart: how often the recogniser hears the word that was said. Runs only when asked:
/// `make bench-words`.
///
/// A voice says every word of a contrast once, in the order in which a drill would ask for them, and the answers are
/// judged as an attempt is.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: SphinxModel.installed.missing() == nil, "needs Debian's package pocketsphinx-en-us"),
  .enabled(if: Machine.has("espeak-ng"), "needs espeak-ng"))
struct PairsBench {
  /// The bounds were found with the first two; the others were kept aside.
  private static let voices = ["en-us", "en-gb", "en-us+f3", "en-us+m2", "en-gb-x-rp", "en-gb-scotland"]

  private struct Tally {
    var (right, other, unsure, missed) = (0, 0, 0, 0)
    /// From a word's end to the choice, in seconds of audio, and seconds of processor time for a choice.
    var (delays, costs): ([Double], [Double]) = ([], [])

    var text: String { "\(percent(right, right + other)) \(percent(unsure, right + other + unsure))" }

    static func + (a: Tally, b: Tally) -> Tally {
      var sum = Tally()
      (sum.right, sum.other, sum.unsure) = (a.right + b.right, a.other + b.other, a.unsure + b.unsure)
      (sum.missed, sum.delays, sum.costs) = (a.missed + b.missed, a.delays + b.delays, a.costs + b.costs)
      return sum
    }
  }

  @Test func `minimal pairs, contrast by contrast`() throws {
    let path = Machine.package + "/Prompts/contrasts/en.yaml"
    let (table, complaints) = ContrastsFile.parse(text: try String(contentsOfFile: path, encoding: .utf8), file: path)
    #expect(complaints.isEmpty)
    let widths = [16] + Self.voices.map { _ in 15 }
    print("\nMinimal pairs, synthetic voices only: right % of those decided, not sure % of all")
    show(["contrast"] + Self.voices, widths)
    var all = Self.voices.map { _ in Tally() }
    for contrast in table.all {
      let found = try Self.voices.map { try attempt(contrast, voice: $0) }
      show([contrast.name] + found.map(\.text), widths)
      all = zip(all, found).map { $0 + $1 }
    }
    show(["= all"] + all.map(\.text), widths)
    let sum = all.reduce(Tally(), +)
    print(
      String(
        format: "choice %.2f s after a word's end, p95 %.2f; processor time p95 %.3f s; %d words not heard",
        percentile(0.5, sum.delays), percentile(0.95, sum.delays), percentile(0.95, sum.costs), sum.missed))
    print("aims: 85 % right of those decided, 25 % not sure, 0.5 s")
    for tally in all.prefix(2) {
      #expect(Double(tally.right) >= 0.85 * Double(tally.right + tally.other))
      #expect(Double(tally.unsure) <= 0.25 * Double(tally.right + tally.other + tally.unsure))
    }
  }

  /// All words of a contrast, said as a drill asks for them.
  private func attempt(_ contrast: Contrast, voice: String) throws -> Tally {
    let pairs = contrast.pairs.prefix(PairItem.pairLimit)
    let drill = Drill(
      id: "bench", kind: .minimalPairs, name: contrast.name, skill: .articulation,
      values: ["pairs": .list(pairs.map(\.text)), "items": .number(Double(2 * pairs.count))], measure: "right")
    let items = PairItem.asked(DrillStart(drill: drill, seed: 7))
    let chooser = try WordChooser(words: PairItem.words(of: drill))
    let scratch = try Scratch()
    var (tally, choices, seconds) = (Tally(), [Choice?](), 0.0)
    for item in items {
      let path = scratch.path("word.wav")
      _ = try run(["espeak-ng", "-v", voice, "-s", "150", "-w", path, item.word])
      let choice = try hear(path, chooser, from: &seconds, into: &tally)
      choices.append(choice)
    }
    for answer in PairVerdict.answers(items, choices) {
      switch answer.outcome {
      case .right: tally.right += 1
      case .other: tally.other += 1
      case .unsure: tally.unsure += 1
      case nil: tally.missed += 1
      }
    }
    return tally
  }

  /// Hears a word with a second of a quiet room behind it; `seconds` is the audio time.
  private func hear(
    _ path: String, _ chooser: WordChooser, from seconds: inout Double, into tally: inout Tally
  ) throws -> Choice? {
    let room = Speech.room(seconds: 0.5).samples.map { Float($0) / 32_768 }
    var (sound, buffer) = (room, [Float]())
    let reader = try RecordingReader(path: path)
    while reader.next(into: &buffer) { sound += buffer }
    sound += room + room
    var (heard, found): ([Heard], Choice?) = ([], nil)
    for start in stride(from: 0, to: sound.count, by: 160) {
      let piece = Array(sound[start..<min(start + 160, sound.count)])
      let began = processorSeconds()
      try chooser.hear(piece.span, into: &heard)
      seconds += Double(piece.count) / 16_000
      guard found == nil, case .choice(let choice)? = heard.last else { continue }
      found = choice
      tally.costs.append(processorSeconds() - began)
      tally.delays.append(seconds - choice.end)
    }
    return found
  }

  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
