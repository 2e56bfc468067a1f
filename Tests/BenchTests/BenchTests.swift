import Foundation
import Support
import Testing

/// What a session costs and how soon it answers. Runs only when asked: it takes two quiet minutes.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: RostrumBinary.isThere, "the program is not built: \(RostrumBinary.path)"))
struct BenchTests {
  @Test(
    .enabled(if: Speech.isThere && PulseAudio.isThere && Machine.has("arecord"), "needs speech, pulseaudio, arecord"))
  func `the cost of a live session`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    var table = Table()
    let peer = try Running(
      ["arecord", "-q", "-D", PulseAudio.device, "-f", "S16_LE", "-r", "48000", "-c", "1", "/dev/null"],
      environment: pulse.environment)
    let sessions = try ["calm", "full"].map { density in
      (density, try rehearsal(pulse, scratch, density: density))
    }
    #expect(eventually(within: 5) { pulse.isHeard })
    let speech = try scratch.write(Speech.reading().looped(seconds: 36).file, to: "speech.wav")
    let playing = try pulse.play(speech)
    #expect(eventually(within: 8) { sessions.allSatisfy { $0.1.chunks.count > 30 } }, "a session draws nothing")
    let began = now()
    let first = sessions.map { ProcessFigures(pid: $0.1.child.pid) }
    let firstPeer = ProcessFigures(pid: peer.child.pid)
    // The full one has its database locked by another program for a while: its bytes must not stop for that.
    let holder = Database.isThere ? try Database(home: scratch.path("full")).holdWriteLock(seconds: 5) : nil
    letRealTimePass(seconds: 30)
    if let holder { #expect(holder.finish().output.contains("free")) }
    let seconds = now() - began
    let lastPeer = try #require(ProcessFigures(pid: peer.child.pid))
    let peerShare = ProcessFigures.percent(from: try #require(firstPeer), to: lastPeer, seconds: seconds)
    for (index, (density, terminal)) in sessions.enumerated() {
      let last = try #require(ProcessFigures(pid: terminal.child.pid), "\(terminal.text.suffix(500))")
      let share = ProcessFigures.percent(from: try #require(first[index]), to: last, seconds: seconds)
      let sent = terminal.chunks.filter { $0.seconds >= began && $0.seconds <= began + seconds }
      let bytes = Double(sent.map(\.bytes.count).reduce(0, +)) / seconds
      table.add(
        "\(density): share of one core", "\(figure(share, 2)) %", aim: "<= 2 %",
        peer: "arecord \(figure(peerShare, 2)) %")
      table.add(
        "\(density): peak memory", "\(figure(last.peakMebibytes)) MiB", aim: "<= 40 MiB",
        peer: "arecord \(figure(lastPeer.peakMebibytes)) MiB")
      table.add("\(density): bytes to the terminal", "\(figure(bytes, 0)) B/s", aim: "<= 2048 B/s")
      table.add("\(density): writes to the terminal", "\(figure(Double(sent.count) / seconds)) /s", aim: ">= 10 /s")
      let gaps = zip(sent, sent.dropFirst()).map { $1.seconds - $0.seconds }
      table.add(
        "\(density): longest stretch without a byte", "\(figure((gaps.max() ?? 0) * 1_000, 0)) ms", aim: "<= 150 ms")
      table.add("\(density): threads", "\(last.threads)")
      #expect(bytes > 0 && share > 0)
    }
    playing.child.end()
    table.add("capture period of the sessions", "the default")
    table.print()
  }

  @Test(.enabled(if: PulseAudio.isThere, "needs pulseaudio")) func `from sound to screen`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    let sessions = try ["calm", "full"].map { ($0, try rehearsal(pulse, scratch, density: $0)) }
    #expect(eventually(within: 5) { pulse.isHeard })
    let listener = try Listener(to: pulse)
    let playing = try pulse.play(try scratch.write(clickTrain(count: 30).file, to: "clicks.wav"))
    _ = playing.finish(seconds: 110)
    letRealTimePass(seconds: 0.6)
    let clicks = listener.clicks
    var table = Table()
    for (density, terminal) in sessions {
      let bars = terminal.chunks.filter { drawsBar($0.bytes) }.map(\.seconds)
      let delays = clicks.compactMap { click in
        bars.first { $0 > click - 0.02 && $0 < click + 0.5 }.map { max(0, $0 - click) }
      }
      let restless = clicks.filter { click in bars.contains { $0 > click - 0.3 && $0 < click - 0.02 } }
      table.add("\(density): sound to screen, p50", "\(figure(percentile(delays, 0.5) * 1_000)) ms")
      table.add("\(density): sound to screen, p95", "\(figure(percentile(delays, 0.95) * 1_000)) ms", aim: "<= 80 ms")
      table.add("\(density): clicks seen of those heard", "\(delays.count) of \(clicks.count)")
      table.add(
        "\(density): clicks before which a bar moved", "\(restless.count)", aim: "0, or the delay looks too short")
      #expect(!delays.isEmpty)
    }
    table.add("capture period of the sessions", "the default")
    table.add("the listener's pieces", "\(figure(listener.pieceSeconds * 1_000)) ms")
    table.print()
    #expect(clicks.count >= 27, "the listener heard \(clicks.count) of 30 clicks")
  }

  @Test(.enabled(if: Speech.isThere && PulseAudio.isThere, "needs speech and pulseaudio"))
  func `audio time against the wall clock`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    let terminal = try Pty(
      [RostrumBinary.path, "rehearse", "--device", PulseAudio.device, "--json"],
      environment: pulse.environment.merging(["ROSTRUM_HOME": scratch.path("home")]) { $1 }, columns: 500)
    #expect(eventually { pulse.isHeard })
    letRealTimePass(seconds: 30)
    let arrivals = terminal.chunks.flatMap { chunk in
      String(decoding: chunk.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
        SeenEvent(String(line)).flatMap { $0.kind == "second" ? (wall: chunk.seconds, audio: $0.seconds) : nil }
      }
    }
    let (first, last) = (try #require(arrivals.first), try #require(arrivals.last))
    let (wall, audio) = (last.wall - first.wall, last.audio - first.audio)
    var table = Table()
    table.add(
      "audio time, \(figure(wall)) s by the wall", "\(figure((audio / wall - 1) * 100, 2)) %", aim: "1 % at most")
    table.print()
    #expect(audio > 0)
  }

  @Test(.enabled(if: Speech.isThere && Database.isThere, "needs speech and sqlite3"))
  func `what kill -9 costs`() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Speech.endless().file, to: "speech.wav")
    var table = Table()
    for moment in [5.0, 5.33, 5.66] {
      let home = scratch.path("home \(moment)")
      let running = try Running(
        [RostrumBinary.path, "rehearse", "--input", path, "--json"], environment: ["ROSTRUM_HOME": home])
      #expect(eventually { running.output.contains("\"began\"") })
      letRealTimePass(seconds: moment)
      running.child.end()
      let told = SeenEvent.all(in: running.output)?.last?.seconds ?? 0
      let kept = Double(try Database(home: home).value("SELECT max(seconds) FROM event")) ?? 0
      table.add("killed after \(figure(moment, 2)) s: told and not kept", "\(figure(told - kept, 2)) s", aim: "<= 1 s")
      table.add("killed after \(figure(moment, 2)) s: kept up to", "\(figure(kept, 2)) s")
    }
    table.print()
  }

  @Test func `start-up`() throws {
    let scratch = try Scratch()
    let home = ["ROSTRUM_HOME": scratch.path("home")]
    var (first, whole): ([Double], [Double]) = ([], [])
    for _ in 0..<20 {
      let began = now()
      let terminal = try Pty([RostrumBinary.path], environment: home)
      #expect(eventually(within: 5, everySeconds: 0.001) { terminal.chunks.contains { contains("ehears", $0) } })
      first.append((terminal.chunks.first?.seconds ?? now()) - began)
      whole.append((terminal.chunks.first { contains("ehears", $0) }?.seconds ?? now()) - began)
      terminal.type("q")
      _ = terminal.child.wait(seconds: 2)
    }
    let version = try ended([RostrumBinary.path, "--version"], home)
    let shell = try ended(["bash", "-c", "true"], [:])
    let top = Machine.has("top") ? try firstByte(["top", "-d", "100"]) : nil
    var table = Table()
    let peer = top.map { "top \(figure($0 * 1_000)) ms" } ?? ""
    table.add(
      "home screen, first byte (median of 20)", "\(figure(percentile(first, 0.5) * 1_000)) ms", aim: "<= 100 ms",
      peer: peer)
    table.add("home screen, its words", "\(figure(percentile(whole, 0.5) * 1_000)) ms")
    table.add(
      "rostrum --version, from start to end", "\(figure(version * 1_000)) ms",
      peer: "bash -c true \(figure(shell * 1_000)) ms")
    table.print()
    #expect(first.count == 20 && version > 0)
  }

  @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `analysis without waiting`() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Speech.reading().looped(seconds: 300).file, to: "long.wav")
    let began = now()
    let done = try run(
      [RostrumBinary.path, "rehearse", "--input", path, "--fast", "--json"],
      environment: ["ROSTRUM_HOME": scratch.path("home")], timeoutSeconds: 120)
    let seconds = now() - began
    var table = Table()
    table.add("--fast, 300 s of speech", "\(figure(seconds, 2)) s", peer: "\(figure(300 / seconds, 0)) times real time")
    table.print()
    #expect(done.code == 0, "\(done.errors)")
  }

  /// A session on the microphone as a speaker starts it, with the default period: calm at 80x24, full at 120x40.
  private func rehearsal(_ pulse: PulseAudio, _ scratch: Scratch, density: String) throws -> Pty {
    let own = ["ROSTRUM_HOME": scratch.path(density)]
    let (columns, rows) = density == "calm" ? (80, 24) : (120, 40)
    return try Pty(
      [RostrumBinary.path, "rehearse", "--device", PulseAudio.device, "--density", density],
      environment: pulse.environment.merging(own) { $1 }, columns: columns, rows: rows)
  }

  /// Whether these bytes hold a block of U+2588 to U+258F: three bytes, E2 96 88 to E2 96 8F.
  private func drawsBar(_ bytes: [UInt8]) -> Bool {
    bytes.indices.dropLast(2).contains {
      bytes[$0] == 0xe2 && bytes[$0 + 1] == 0x96 && (0x88...0x8f).contains(bytes[$0 + 2])
    }
  }

  private func contains(_ word: String, _ chunk: Pty.Chunk) -> Bool {
    String(decoding: chunk.bytes, as: UTF8.self).contains(word)
  }

  /// The median time of 20 runs from start to end.
  private func ended(_ arguments: [String], _ environment: [String: String]) throws -> Double {
    let output = try Child.pipe()
    defer { [output.read, output.write].forEach { close($0) } }
    return percentile(
      try (0..<20).map { _ in
        let began = now()
        let child = try Child(
          arguments, environment: Machine.base.merging(environment) { $1 },
          streams: .descriptors(input: output.read, output: output.write, errors: output.write))
        _ = eventually(within: 5, everySeconds: 0.000_2) { child.poll() != nil }
        return now() - began
      }, 0.5)
  }

  /// The median time of 20 runs from start to the first byte on a terminal.
  private func firstByte(_ arguments: [String]) throws -> Double {
    percentile(
      try (0..<20).map { _ in
        let began = now()
        let terminal = try Pty(arguments)
        _ = eventually(within: 5, everySeconds: 0.001) { !terminal.chunks.isEmpty }
        return (terminal.chunks.first?.seconds ?? now()) - began
      }, 0.5)
  }
}
