import Foundation
import Glibc
import Practice
import Recognition
import Sound
import Support
import Testing

/// How well and how soon words are heard, and what it costs. Runs only when asked: `make bench-words`.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: SphinxModel.installed.missing() == nil, "needs Debian's package pocketsphinx-en-us"))
struct WordsBench {
  /// What came of one recording.
  private struct Outcome {
    var (truth, errors, heard) = (0, 0, 0)
    var (seconds, cost) = (0.0, 0.0)
    /// From the end of a word to its first partial, where that was not taken back.
    var delays: [Double] = []
    var (partials, kept) = (0, 0)
    /// How far starts are off, without sign.
    var starts: [Double] = []

    static func + (left: Outcome, right: Outcome) -> Outcome {
      Outcome(
        truth: left.truth + right.truth, errors: left.errors + right.errors, heard: left.heard + right.heard,
        seconds: left.seconds + right.seconds, cost: left.cost + right.cost, delays: left.delays + right.delays,
        partials: left.partials + right.partials, kept: left.kept + right.kept, starts: left.starts + right.starts)
    }

    var row: [String] {
      [
        percent(errors, truth), "\(heard)/\(truth)", String(format: "%.3f", cost / max(seconds, 0.001)),
        String(format: "%.2f %.2f", percentile(0.5, delays), percentile(0.95, delays)), percent(kept, partials),
        starts.isEmpty ? "-" : String(format: "%.0f", percentile(0.5, starts) * 1_000),
      ]
    }
  }

  @Test func `words, with the general model and with a script`() throws {
    let recordings = try Corpus().recordings
    for language in [try ScriptOfAll.language(ScriptOfAll.markdown(recordings)), .stock] {
      let began = cpuSeconds()
      _ = try PocketSphinx(language: language)
      let loading = cpuSeconds() - began
      print("\n\(language.source): loaded in \(String(format: "%.2f", loading)) s of processor time")
      let widths = [32, 8, 10, 10, 16, 7, 16]
      show(["recording", "wrong %", "words", "real time", "delay p50 p95 s", "kept %", "start off by ms"], widths)
      var (all, styles) = (Outcome(), [String: Outcome]())
      for recording in recordings {
        let outcome = try hear(recording, PocketSphinx(language: language))
        (all, styles[recording.style]) = (all + outcome, (styles[recording.style] ?? Outcome()) + outcome)
        show([recording.name] + outcome.row, widths)
      }
      for (style, outcome) in styles.sorted(by: { $0.key < $1.key }) { show(["= " + style] + outcome.row, widths) }
      show(["= all"] + all.row, widths)
      let peak = ProcessFigures(pid: getpid())?.peakMebibytes ?? 0
      print("peak memory so far \(Int(peak)) MiB")
      #expect(all.truth > 0 && all.heard > 0)
    }
    print("aims: script, read: 10 % wrong; 0.15 of real time; delay p95 1.0 s; starts 100 ms")
  }

  /// Each recording is a take of its own: the recogniser knows neither voice nor microphone.
  private func hear(_ recording: Corpus.Recording, _ recogniser: PocketSphinx) throws -> Outcome {
    let reader = try RecordingReader(path: recording.path)
    var told = 0
    var (partials, words): ([(at: Double, word: Word)], [Word]) = ([], [])
    var (heard, buffer, outcome): ([Heard], [Float], Outcome) = ([], [], Outcome())
    func take() {
      let at = Double(told) / Double(PocketSphinx.sampleRate)
      for entry in heard {
        switch entry {
        case .partial(let word): partials.append((at, word))
        case .final(let word): words.append(word)
        case .over, .choice: break
        }
      }
      heard.removeAll()
    }
    let began = cpuSeconds()
    while reader.next(into: &buffer) {
      told += buffer.count
      try recogniser.hear(buffer.span, into: &heard)
      take()
    }
    try recogniser.finish(into: &heard)
    take()
    outcome.cost = cpuSeconds() - began
    outcome.seconds = reader.secondsRead
    outcome.partials = partials.count
    for (at, word) in partials {
      guard let same = words.first(where: { $0.text == word.text && abs($0.start - word.start) < 0.15 }) else {
        continue
      }
      outcome.kept += 1
      outcome.delays.append(at - same.end)
    }
    let counted = words.flatMap { word in Corpus.words(of: word.text).map { (text: $0, start: word.start) } }
    outcome.truth = recording.words.count
    outcome.heard = counted.count
    outcome.errors = align(recording.words, counted.map(\.text)).errors
    for pair in align(recording.starts.map(\.text), counted.map(\.text)).pairs {
      outcome.starts.append(abs(counted[pair.heard].start - recording.starts[pair.truth].start))
    }
    return outcome
  }

  private func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
