import Foundation
import Support
import Testing

/// What it costs to hear words beside the sound, and how soon the first of them is there.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"),
  .enabled(if: Speech.isThere && PulseAudio.isThere, "needs speech and pulseaudio"))
struct WordsCost {
  /// The text of the readings, so that its words can be followed.
  private static let talk = """
    # Dashwood

    And Mister John Dashwood had then leisure to consider how much there might be prudently in his power to do for them.
    He was not an ill disposed young man. Unless to be rather cold hearted and rather selfish is to be ill disposed.

    Had he married a more amiable woman he might have been made still more respectable than he was. He might even have
    been made amiable himself.

    """

  /// How the sessions differ: a name, whether there is a script, what hears words.
  private static let ways = [
    ("sound alone", false, "none"), ("script, sound alone", true, "none"), ("words, no script", false, "auto"),
    ("words, script", true, "auto"),
  ]

  @Test func `the cost of hearing words, live`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    let talk = try scratch.write(WordsCost.talk, to: "talk.md")
    let sessions = try WordsCost.ways.map { name, hasScript, recogniser in
      let own = ["ROSTRUM_HOME": scratch.path(name), "ROSTRUM_RECOGNISER": recogniser]
      return (
        name,
        try Pty(
          [RostrumBinary.path, "rehearse", "--device", PulseAudio.device] + (hasScript ? [talk] : []),
          environment: pulse.environment.merging(own) { $1 })
      )
    }
    #expect(eventually { pulse.listeners == sessions.count })
    // Loading a model is paid once; what is measured here is what goes on.
    letRealTimePass(seconds: 4)
    let playing = try pulse.play(try scratch.write(Speech.reading().looped(seconds: 45).file, to: "speech.wav"))
    letRealTimePass(seconds: 2)
    let began = now()
    let first = sessions.map { ProcessFigures(pid: $0.1.child.pid) }
    letRealTimePass(seconds: 30)
    let seconds = now() - began
    var table = Table()
    for (index, (name, terminal)) in sessions.enumerated() {
      let last = try #require(ProcessFigures(pid: terminal.child.pid), "\(terminal.text.suffix(500))")
      let share = ProcessFigures.percent(from: try #require(first[index]), to: last, seconds: seconds)
      let sent = terminal.chunks.map(\.seconds).filter { $0 >= began && $0 <= began + seconds }
      let gap = zip(sent, sent.dropFirst()).map { $1 - $0 }.max() ?? seconds
      table.add("\(name): share of one core", "\(figure(share, 1)) %", aim: name == "words, script" ? "<= 15 %" : "")
      table.add("\(name): peak memory", "\(figure(last.peakMebibytes, 0)) MiB")
      // Beside a script no meter moves: its screen changes when a word is said, and each second.
      let aim = WordsCost.ways[index].1 ? "<= 1000 ms" : "<= 150 ms"
      table.add("\(name): longest stretch without a byte", "\(figure(gap * 1_000, 0)) ms", aim: aim)
      #expect(share > 0)
    }
    playing.child.end()
    table.print()
  }

  @Test func `from the command to the screen, and to the first words`() throws {
    let scratch = try Scratch()
    let talk = try scratch.write(WordsCost.talk, to: "talk.md")
    let sound = try scratch.write(Speech.reading(seconds: 12).file, to: "speech.wav")
    let (begin, more) = (WordsCost.talk.split(separator: "\n")[1], String(repeating: WordsCost.talk, count: 2_000))
    let long = try scratch.write(String(more.prefix(900_000)), to: "long.md")
    var table = Table()
    for (name, path) in [("talk", talk), ("talk of 900 KB", long)] {
      let home = ["ROSTRUM_HOME": scratch.path(name), "ROSTRUM_RECOGNISER": "auto"]
      let started = now()
      let terminal = try Pty([RostrumBinary.path, "rehearse", path, "--input", sound], environment: home)
      let word = begin.split(separator: " ").dropFirst(3).first ?? ""
      #expect(terminal.wait { $0.contains(word) }, "\(terminal.text.suffix(500))")
      let shown = terminal.chunks.first { String(decoding: $0.bytes, as: UTF8.self).contains(word) }?.seconds ?? now()
      #expect(terminal.wait { $0.contains("Summary") }, "\(terminal.text.suffix(500))")
      let cost = try #require(ProcessFigures(pid: terminal.child.pid))
      terminal.type("q")
      _ = terminal.ending()
      let lines = try Pty(
        [RostrumBinary.path, "rehearse", path, "--input", sound, "--json"], environment: home, columns: 500)
      _ = lines.ending()
      let told = lines.chunks.flatMap { chunk in
        String(decoding: chunk.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
          .compactMap { SeenEvent(String($0)) }.map { (wall: chunk.seconds, event: $0) }
      }
      let origin = told.first { $0.event.kind == "second" }.map { $0.wall - $0.event.seconds } ?? 0
      table.add("\(name): its text on the screen", "\(figure((shown - started) * 1_000, 0)) ms")
      if let first = told.first(where: { $0.event.kind == "word" }) {
        let late = first.wall - origin - first.event.seconds
        table.add(
          "\(name): first final words", "\(figure(first.wall - origin)) s into the sound",
          peer: "\(figure(late)) s behind the recogniser")
      }
      table.add("\(name): processor, 12 s of sound", "\(figure(cost.processorSeconds, 2)) s")
      table.add("\(name): peak memory", "\(figure(cost.peakMebibytes, 0)) MiB")
    }
    table.print()
  }
}
