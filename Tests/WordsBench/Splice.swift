import Foundation
import Practice
import Sound
import Support

/// A talk of which every spoken sentence was recorded by somebody, and takes spliced from those recordings.
struct SplicedTalk {
  /// A sentence and the stretch of a recording it is taken from, in seconds; all of the file without one.
  struct Line {
    var text: String
    var file: String
    var stretch: ClosedRange<Double>?
    /// From its first word to its last, in seconds, where somebody aligned them.
    var said: ClosedRange<Double>?
  }

  /// What a take consists of.
  enum Step {
    /// A sentence of the script is read, by its place among those that were recorded.
    case read(Int)
    /// Something else is said: twenty seconds of a recording from a second of it.
    case aside(String, from: Double)
  }

  /// A take: its sound, and which sentence is read when.
  struct Take {
    var name: String
    var samples: [Float] = []
    /// The samples at which another speaker begins.
    var changes: [Int] = []
    /// Seconds, the place in `Script.sentences`, nil for what is not in the script, and whether it was spoken freely.
    var steps: [(start: Double, end: Double, sentence: Int?, isFree: Bool)] = []
  }

  let markdown: String
  let script: Script
  /// Recorded sentences by section, as places among all recorded ones.
  let sections: [Range<Int>]
  private let lines: [Line]
  /// The place in `Script.sentences` of each.
  private let places: [Int]
  private var sounds: [String: [Float]] = [:]

  private static let room = Speech.room(seconds: 0.4).samples.map { Float($0) / 32_768 }

  /// Reads the recordings; nil where this machine lacks some.
  init?() throws {
    guard let folder = Speech.shared, Speech.isThere else { return nil }
    let parts = Self.parts(folder: folder + "/human/")
    var (text, lines, sections): (String, [Line], [Range<Int>]) = ("", [], [])
    for (index, part) in parts.enumerated() {
      text += "## Part \(index + 1)\n\n" + part.map(\.text).joined(separator: " ") + "\n\n"
      sections.append(lines.count..<lines.count + part.count)
      lines += part
      if index == 2 { text += "## An address\n\n\(Essay.first)\n\n" }
    }
    (markdown, self.lines, self.sections) = (text + "## A declaration\n\n\(Essay.second)\n", lines, sections)
    let script = Script(markdown: markdown)
    let written = script.sentences.map { sentence in
      sentence.tokens.flatMap { script.tokens[$0].readings.first ?? [] }
    }
    places = lines.map { line in
      let words = Script(markdown: line.text).tokens.flatMap { $0.readings.first ?? [] }
      return written.firstIndex { $0 == words } ?? -1
    }
    self.script = script
    for file in Set(lines.map(\.file) + Self.asides.map { folder + "/human/" + $0 }) {
      sounds[file] = try Self.samples(of: file)
    }
    if let odd = places.firstIndex(of: -1) { throw SupportError("not one sentence of the script: \(lines[odd].text)") }
  }

  private static let asides = ["ami_trn03.wav", "ami_trn05.wav", "ami_trn09.wav"]

  private static func parts(folder: String) -> [[Line]] {
    let will = [
      "And Mister John Dashwood had then leisure to consider how much there might be prudently in his power to do for them.",
      "He was not an ill disposed young man.",
      "Unless to be rather cold hearted and rather selfish is to be ill disposed.",
      "Had he married a more amiable woman, he might have been made still more respectable than he was.",
      "He might even have been made amiable himself.",
    ]
    let printing: [(String, ClosedRange<Double>)] = [
      (
        "Printing, in the only sense with which we are at present concerned, differs from most if not from all the arts "
          + "and crafts represented in the exhibition in being comparatively modern.", 0...11.55
      ),
      (
        "For although the Chinese took impressions from wood blocks engraved in relief for centuries before the "
          + "woodcutters of the Netherlands, by a similar process.", 11.55...21.22
      ),
      (
        "Produced the block books, which were the immediate predecessors of the true printed book.", 21.22...26.35
      ),
      (
        "The invention of movable metal letters in the middle of the fifteenth century may justly be considered as the "
          + "invention of the art of printing.", 26.35...34.46
      ),
      ("And it is worth mention in passing that, as an example of fine typography.", 34.46...40.15),
    ]
    let acoustic: [(String, ClosedRange<Double>, ClosedRange<Double>)] = [
      ("This is the acoustic corpus, I'm talking pretty fast here.", 0.9...3.68, 1.05...3.68),
      ("There's nothing else going on.", 3.68...5.12, 3.74...5.12),
      ("We're just, there's some speech errors, but who cares.", 5.12...7.9, 5.18...7.5),
      ("This is me talking really slow and slightly lower in intensity.", 7.9...14.4, 8.6...13.8),
      ("We're just saying some words, and here's some more words, words, words, words.", 14.4...22.7, 14.87...22.2),
      ("And that should be all, thanks.", 22.7...25.9, 24.15...25.4),
    ]
    let cold: [(String, ClosedRange<Double>, ClosedRange<Double>)] = [
      ("So this is the sick corpus.", 1.1...3.6, 1.7...3.6),
      ("I have a cold, so I probably sound quite different than the acoustic corpus.", 3.6...9.8, 4.05...9.2),
      (
        "The recording environment is also quite different, and I'm saying a bunch of different words that I did not "
          + "say in the original one.", 9.8...17.7, 10.55...17.3
      ),
      ("And here's a long pause.", 17.7...21.6, 19.65...21.6),
      ("And I think this is probably good, alright, thanks.", 21.6...25.5, 21.75...24.8),
    ]
    func aligned(_ file: String, _ texts: [(String, ClosedRange<Double>, ClosedRange<Double>)]) -> [Line] {
      texts.map { Line(text: $0.0, file: folder + file, stretch: $0.1, said: $0.2) }
    }
    func lines(_ file: String, _ texts: [(String, ClosedRange<Double>)]) -> [Line] {
      texts.map { Line(text: $0.0, file: folder + file, stretch: $0.1) }
    }
    return [
      zip(will, Speech.paths).map { Line(text: $0, file: $1) },
      lines("ljspeech_a.wav", printing),
      [
        Line(
          text:
            "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.",
          file: folder + "jfk.wav")
      ],
      aligned("mfa_acoustic_corpus.wav", acoustic),
      aligned("mfa_cold_corpus.wav", cold),
      [
        Line(
          text: "He began a confused complaint against the wizard, who had vanished behind the curtain on the left.",
          file: folder + "librispeech_61-70968-0000.wav"),
        Line(text: "Mary rolled the barrel.", file: folder + "praatio_mary.wav"),
      ],
    ]
  }

  /// The samples of a file at 16 kHz, its speech at −26 dBFS: one speaker keeps to one microphone.
  private static func samples(of path: String) throws -> [Float] {
    let reader = try RecordingReader(path: path)
    var (all, buffer): ([Float], [Float]) = ([], [])
    while reader.next(into: &buffer) { all += buffer }
    let powers = stride(from: 0, to: all.count, by: 1_600).map { start in
      let frame = all[start..<min(start + 1_600, all.count)]
      return frame.reduce(0) { $0 + $1 * $1 } / Float(frame.count)
    }.sorted()
    let loud = powers.suffix(max(1, powers.count / 2))
    let gain = 0.05 / max((loud.reduce(0, +) / Float(loud.count)).squareRoot(), 1e-5)
    return all.map { max(-1, min(1, $0 * gain)) }
  }

  /// The take of `steps`, with a breath of room noise where one recording follows another.
  func take(_ name: String, _ steps: [Step]) -> Take {
    var take = Take(name: name, samples: Self.room)
    var before: (file: String, end: Double) = ("", 0)
    for step in steps {
      let line: Line
      let sentence: Int?
      switch step {
      case .read(let number): (line, sentence) = (lines[number], places[number])
      case .aside(let name, let from):
        line = Line(text: "", file: (Speech.shared ?? "") + "/human/" + name, stretch: from...from + 20)
        sentence = nil
      }
      let (file, stretch) = (line.file, line.stretch)
      let sound = sounds[file] ?? []
      let first = min(Int((stretch?.lowerBound ?? 0) * 16_000), sound.count)
      let last = min(stretch.map { Int($0.upperBound * 16_000) } ?? sound.count, sound.count)
      if speaker(before.file) != speaker(file), !take.steps.isEmpty { take.changes.append(take.samples.count) }
      if before.file != file || before.end != stretch?.lowerBound { take.samples += Self.room }
      before = (file, stretch?.upperBound ?? 0)
      let start = take.samples.count
      take.samples += sound[first..<max(first, last)]
      let (from, end) = (Double(start) / 16_000, Double(take.samples.count) / 16_000)
      let cut = stretch?.lowerBound ?? 0
      take.steps.append(
        (
          line.said.map { from + $0.lowerBound - cut } ?? from + silence(sound[first..<max(first, last)]),
          line.said.map { from + $0.upperBound - cut } ?? end, sentence, line.said != nil
        ))
    }
    take.samples += Self.room + Self.room
    return take
  }

  /// Seconds before anybody speaks in a stretch: until a hundredth of a second is louder than 20 dB under speech.
  private func silence(_ sound: ArraySlice<Float>) -> Double {
    for start in stride(from: sound.startIndex, to: sound.endIndex - 160, by: 160)
    where sound[start..<start + 160].reduce(0, { $0 + $1 * $1 }) / 160 > 0.05 * 0.05 / 100 {
      return Double(start - sound.startIndex) / 16_000
    }
    return 0
  }

  /// LibriVox's sentences are files of their own by one reader.
  private func speaker(_ file: String) -> String { file.hasPrefix(Speech.folder) ? Speech.folder : file }

  /// The torture set.
  var takes: [Take] {
    func reading(_ order: [Int]) -> [Step] { order.flatMap { sections[$0] }.map(Step.read) }
    let will = sections[0], aside = Self.asides.map { Step.aside($0, from: 4) }
    return [
      take("straight", reading([0, 1, 2, 3, 4, 5])),
      take("paragraphs skipped", reading([0, 2, 4, 5])),
      take("paragraphs skipped, 2", reading([1, 3, 5])),
      take(
        "sentences repeated",
        [0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9, 10, 10, 11, 12, 13, 14, 14, 15, 16].map(Step.read)),
      take("sentences repeated, 2", [10, 17, 18, 18, 19, 17, 18, 19, 20, 21, 22, 22, 23, 0, 1, 2, 2].map(Step.read)),
      take(
        "asides",
        will.prefix(3).map(Step.read) + [aside[0]] + will.suffix(2).map(Step.read) + reading([1])
          + [aside[1]] + reading([2, 3]) + [aside[2]] + reading([4])),
      take(
        "asides, 2",
        reading([2]) + [.read(11), .read(12), aside[2]] + [13, 14, 15].map(Step.read) + [aside[0]]
          + reading([4]) + [aside[1]] + reading([5])),
      take("another order", reading([3, 0, 5, 2, 1, 4])),
      take("another order, 2", reading([4, 2, 5, 3, 1, 0])),
      take("backwards", reading([5, 4, 3, 2, 1, 0])),
    ]
  }
}
