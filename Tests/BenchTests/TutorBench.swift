import Foundation
import Support
import Synchronization
import Testing

/// How soon an answer is on the screen, and whether anything waits for it. Runs only when asked: it takes a quiet minute.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"),
  .enabled(if: Speech.isThere, Speech.whyNot))
struct TutorBench {
  private static let path = "/v1/chat/completions"
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

  /// Tokens that a server sends, and when each was handed to the socket.
  private final class Tokens: Sendable {
    private let sent: Mutex<[Double]>

    init(count: Int) { sent = Mutex([Double](repeating: 0, count: count)) }

    var times: [Double] { sent.withLock { $0 } }

    /// A word that is in no other text.
    static func word(_ index: Int) -> String { "w\(index + 1_000)q" }

    /// Sends the token at `index`.
    func step(_ index: Int) -> FaultyServer.Step {
      .make {
        let bytes = Array(
          "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(Self.word(index)) \"}}]}\n\n".utf8)
        self.sent.withLock { $0[index] = now() }
        return bytes
      }
    }
  }

  /// The tutor's screen over a session, asking one server; what it is asked is answered by `steps`.
  private struct Talk {
    let scratch: Scratch
    let server: FaultyServer
    let terminal: Pty

    init(_ steps: [FaultyServer.Step], rows: Int = 24, _ environment: [String: String] = [:]) throws {
      scratch = try Scratch()
      let own = ["ROSTRUM_HOME": scratch.path("home"), "ROSTRUM_TUTOR_VOICE": "none"].merging(environment) { $1 }
      let sound = try scratch.write(Speech.reading(seconds: 12).file, to: "speech.wav")
      guard try run([RostrumBinary.path, "rehearse", "--input", sound, "--fast"], environment: own).code == 0 else {
        throw SupportError("no session")
      }
      server = try FaultyServer([TutorBench.path: steps])
      let settings = "endpoints:\n  - name: a\n    url: \(server.url("/v1"))\n    model: m\n    total-seconds: 300\n"
      _ = try scratch.folder("home/config")
      _ = try scratch.write(settings, to: "home/config/config.yaml")
      guard try run([RostrumBinary.path, "config", "allow", "a", "--yes"], environment: own).code == 0 else {
        throw SupportError("not allowed")
      }
      terminal = try Pty([RostrumBinary.path, "tutor", "last"], environment: own, rows: rows)
      guard terminal.wait(until: { $0.contains("Answers come from a") }) else { throw SupportError("no tutor") }
    }

    /// The time at which each of these words was in what had come to the terminal; nil for one that never was.
    func arrivals(_ words: [String]) -> [Double?] {
      let chunks = terminal.chunks
      let all = Data(chunks.flatMap(\.bytes))
      var (ends, total) = ([Int](), 0)
      for chunk in chunks {
        total += chunk.bytes.count
        ends.append(total)
      }
      return words.map { word in
        guard let end = all.range(of: Data(word.utf8))?.upperBound else { return nil }
        return ends.firstIndex { $0 >= end }.map { chunks[$0].seconds }
      }
    }

    /// How often something was written in a second, and the longest stretch without one, between two times.
    func writes(from begin: Double, to end: Double) -> (perSecond: Double, longest: Double) {
      let times = terminal.chunks.map(\.seconds).filter { $0 >= begin && $0 <= end }
      let gaps = zip([begin] + times, times + [end]).map { $1 - $0 }
      return (Double(times.count) / (end - begin), gaps.max() ?? 0)
    }
  }

  @Test func `from a token's arrival to its cell`() throws {
    var table = Table()
    for (name, count, rest, rows, aim) in [
      ("10 tokens a second", 150, 0.1, 40, "<= 20 ms"), ("a flood, 300 a second", 1_200, 0.003, 140, "<= 45 ms"),
    ] {
      let tokens = Tokens(count: count)
      let steps = (0..<count).flatMap { [tokens.step($0), .rest(rest)] }
      let talk = try Talk([.text(Self.head)] + steps + [.text("data: [DONE]\n\n")], rows: rows)
      let words = (0..<count).map(Tokens.word)
      talk.terminal.type("how was it?\r")
      #expect(talk.terminal.wait { $0.contains(words[count - 1]) }, "\(talk.terminal.text.suffix(500))")
      let delays = zip(tokens.times, talk.arrivals(words)).compactMap { sent, seen in seen.map { $0 - sent } }
      for (share, label) in [(0.5, "p50"), (0.95, "p95"), (1, "longest")] {
        table.add(
          "\(name): token to cell, \(label)", milliseconds(percentile(delays, share)), aim: share == 0.95 ? aim : "")
      }
      table.add("\(name): tokens seen", "\(delays.count) of \(count)")
      let times = tokens.times
      let span = (times.last ?? 1) - (times.first ?? 0)
      let (perSecond, longest) = talk.writes(from: times.first ?? 0, to: times.last ?? 1)
      table.add("\(name): tokens sent", "\(figure(Double(count - 1) / span, 0)) /s")
      table.add("\(name): writes to the terminal", "\(figure(perSecond)) /s")
      table.add("\(name): longest stretch without a byte", milliseconds(longest))
    }
    table.print()
  }

  @Test func `keys are answered in a flood, and Esc ends the transfer`() throws {
    var table = Table()
    let piece = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"words and words \"}}]}\n\n"
    var (echoes, stops): ([Double], [Double]) = ([], [])
    for steps: [FaultyServer.Step] in [
      [.text(Self.head + piece), .stall],
      [.text(Self.head)] + (0..<20_000).flatMap { _ in [FaultyServer.Step.text(piece), .rest(0.002)] } + [.stall],
    ] {
      let talk = try Talk(steps)
      for _ in 0..<6 {
        let (departed, seen) = (talk.server.departures, talk.server.requests.count)
        talk.terminal.type("how was it?\r")
        #expect(eventually { talk.server.requests.count > seen })
        letRealTimePass(seconds: 0.5)
        for letter in ["ø", "æ", "ß", "þ"] {
          let mark = talk.terminal.bytes.count
          let pressed = now()
          talk.terminal.type(letter)
          #expect(
            eventually(everySeconds: 0.000_5) { talk.terminal.bytes.dropFirst(mark).contains(Array(letter.utf8)[1]) })
          echoes.append(now() - pressed)
          letRealTimePass(seconds: 0.05)
        }
        let pressed = now()
        talk.terminal.type("\u{1b}")
        let isGone = eventually(within: 5, everySeconds: 0.000_5) { talk.server.departures > departed }
        if isGone { stops.append(now() - pressed) }
        #expect(isGone, "\(talk.terminal.text.suffix(500))")
        letRealTimePass(seconds: 0.2)
        talk.terminal.type("\u{1b}")
        letRealTimePass(seconds: 0.2)
      }
    }
    table.add("key to its letter while an answer streams, p95", milliseconds(percentile(echoes, 0.95)))
    table.add(
      "key to its letter while an answer streams, longest of \(echoes.count)", milliseconds(percentile(echoes, 1)))
    table.add("Esc to the end of the transfer, median", milliseconds(percentile(stops, 0.5)), aim: "<= 100 ms")
    table.add(
      "Esc to the end of the transfer, longest of \(stops.count)", milliseconds(percentile(stops, 1)), aim: "<= 100 ms")
    table.print()
  }

  @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio")) func `what moves while the tutor is waited for`() throws {
    var table = Table()
    let pulse = try PulseAudio()
    let talk = try Talk(
      [.stall], pulse.environment.merging(["ROSTRUM_DEVICE": PulseAudio.device, "ROSTRUM_RECOGNISER": "auto"]) { $1 })
    let playing = try pulse.play(try talk.scratch.write(Speech.reading().looped(seconds: 60).file, to: "talk.wav"))
    talk.terminal.type(" ")
    #expect(talk.terminal.wait { $0.contains("listening") })
    #expect(eventually { pulse.isHeard })
    letRealTimePass(seconds: 4)
    let begin = now()
    letRealTimePass(seconds: 8)
    let listening = talk.writes(from: begin, to: now())
    table.add("listening: writes to the terminal", "\(figure(listening.perSecond)) /s", aim: ">= 10 /s")
    table.add("listening: longest stretch without a byte", milliseconds(listening.longest), aim: "<= 150 ms")
    talk.terminal.type("\u{1b}")
    letRealTimePass(seconds: 0.3)
    talk.terminal.type("how was it?\r")
    #expect(talk.terminal.wait { $0.contains("thinking") })
    let asked = now()
    letRealTimePass(seconds: 5)
    let thinking = talk.writes(from: asked, to: now())
    table.add(
      "thinking: writes to the terminal", "\(figure(thinking.perSecond)) /s", aim: ">= 9.5 /s: its clock has tenths")
    table.add("thinking: longest stretch without a byte", milliseconds(thinking.longest), aim: "<= 150 ms")
    playing.child.end()
    table.print()
  }

  private func milliseconds(_ seconds: Double) -> String { "\(figure(seconds * 1_000)) ms" }
}
