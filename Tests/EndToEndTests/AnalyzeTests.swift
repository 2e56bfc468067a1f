import Foundation
import Glibc
import Support
import Testing

extension EndToEnd {
  /// `rostrum analyze`, from files to files.
  @Suite(.serialized) struct AnalyzeTests {
    private func object(_ line: String) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot))
    func `a recording has the same pauses, syllables and fillers analysed as rehearsed with`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading())
      let analysed = try object(try world.rostrum("analyze", path, "--json").output)
      let events = try #require(
        SeenEvent.all(in: try world.rostrum("rehearse", "--input", path, "--fast", "--json").output))
      let pauses = try #require((analysed["pauses"] as? [String: Any])?["list"] as? [[String: Double]])
      #expect(
        !pauses.isEmpty
          && pauses.compactMap { $0["start"] } == events.filter { $0.kind == "pause" }.compactMap { $0.number("start") }
      )
      let ended = try #require(events.last)
      #expect((analysed["syllables"] as? [String: Any])?["count"] as? Double == ended.number("syllables"))
      #expect((analysed["fillers"] as? [String: Any])?["count"] as? Double == ended.number("fillers"))
      #expect(
        (analysed["loudness"] as? [String: Any])?["integrated_lufs"] as? Double == ended.number("integrated_lufs"))
    }

    @Test(.enabled(if: Speech.shared != nil, "needs ../shared/speech"), arguments: ["mfa_cold_corpus", "jfk"])
    func `a recording has the same figures in the summary as in its analysis`(name: String) throws {
      let world = try World()
      let path = (Speech.shared ?? "") + "/human/\(name).wav"
      let analysed = try object(try world.rostrum("analyze", path, "--json").output)
      let lines = try world.rostrum(
        "rehearse", "--input", path, "--recogniser", "none", "--fast", "--json"
      ).lines
      let ended = try object(try #require(lines.last))
      let summary = try #require(ended["summary"] as? [String: Any])
      for (path, key) in [
        ("pitch.sd_semitones", "pitch_sd_semitones"), ("pitch.median_hz", "pitch_hz"),
        ("pace.articulation_rate", "articulation_rate"), ("pace.words_per_minute", "words_per_minute"),
        ("pauses.share", "pause_share"), ("speech.seconds", "speech_seconds"),
      ] {
        let place = path.split(separator: ".").map(String.init)
        let figure = (analysed[place[0]] as? [String: Any])?[place[1]] as? Double
        #expect(figure == summary[key] as? Double, "\(path)")
      }
      let seconds = try #require(analysed["seconds"] as? Double)
      #expect(abs(seconds - (ended["t"] as? Double ?? 0)) <= 0.005, "\(ended)")
    }

    @Test func `samples that are no numbers are named while rehearsing, as in an analysis`() throws {
      let world = try World()
      var odd = [Float](repeating: 0.1, count: 32_000)
      odd[8_000] = .nan
      let path = try world.scratch.write(Wave.floatFile(odd), to: "odd.wav")
      let words = "1 sample is no number (NaN or infinity), at 0.500 s"
      #expect(try world.rostrum("analyze", path).output.contains(words))
      let done = try world.rostrum("rehearse", "--input", path, "--fast", "--plain", "--recogniser", "none")
      #expect(done.lines.count { $0.contains("note: " + words) } == 1, "\(done)")
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot))
    func `many recordings come in the order asked for, and one that fails stops no other`() throws {
      let world = try World()
      let folder = try world.scratch.folder("takes")
      let reading = try Speech.reading()
      for (index, seconds) in [12.0, 2, 8, 3, 5].enumerated() {
        _ = try world.scratch.write(reading.cut(to: seconds).file, to: "takes/\(index).wav")
      }
      _ = try world.scratch.write("not sound", to: "takes/2b.wav")
      _ = try world.scratch.write("notes", to: "takes/notes.txt")
      _ = try world.scratch.folder("takes/more/.hidden")
      _ = try world.scratch.write(reading.cut(to: 1).file, to: "takes/more/deep.wav")
      _ = try world.scratch.write(reading.cut(to: 1).file, to: "takes/more/.hidden/no.wav")
      let done = try world.rostrum("analyze", "/nonexistent/x.wav", folder, "--json")
      let names = try done.lines.map { try object($0)["file"] as? String ?? "" }
      #expect(
        names.map { $0.dropFirst(folder.count + 1) } == ["0.wav", "1.wav", "2.wav", "3.wav", "4.wav", "more/deep.wav"])
      #expect(
        done.code == 66 && done.errors.contains("2b.wav") && done.errors.contains("/nonexistent/x.wav"), "\(done)")
      let table = try world.rostrum("analyze", folder, "--csv")
      #expect(table.code == 65 && table.output.split(separator: "\r\n").count == 7, "\(table)")
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot))
    func `people get a page and a comparison, without escapes`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading())
      let page = try world.rostrum("analyze", path)
      for word in ["pace", "pauses", "fillers", "loudness", "LUFS", "pitch variety", "━"] {
        #expect(page.output.contains(word), "\(word): \(page)")
      }
      let ascii = try world.rostrum("analyze", path, environment: ["LANG": "C", "LC_ALL": "C"])
      #expect(ascii.code == 0 && ascii.output.unicodeScalars.allSatisfy(\.isASCII), "\(ascii)")
      let plain = try world.rostrum("analyze", path, "--plain")
      #expect(plain.output.contains("pace: ") && !plain.output.contains("━"), "\(plain)")
      let compared = try world.rostrum("analyze", "--compare", path, path)
      #expect(compared.code == 0 && compared.output.contains("within what chance makes"), "\(compared)")
      #expect(![page, ascii, plain, compared].contains { $0.output.contains("\u{1b}") || !$0.errors.isEmpty })
    }

    @Test(.enabled(if: Machine.has("praat") && Speech.isThere, "needs praat and pocketsphinx-testdata"))
    func `Praat reads a TextGrid and finds its tiers`() throws {
      let world = try World()
      let path = try world.file(try Speech.reading())
      #expect(try world.rostrum("analyze", path, "--textgrid").code == 0)
      let script = try world.scratch.write(
        """
        Read from file: "\(world.scratch.path("speech.TextGrid"))"
        tiers = Get number of tiers
        ending = Get end time
        intervals = Get number of intervals: 1
        points = Get number of points: 3
        writeInfoLine: tiers, " ", ending, " ", intervals, " ", points
        """, to: "read.praat")
      let read = try run(["praat", "--run", script], environment: ["HOME": world.scratch.path])
      let numbers = read.output.split(separator: " ").compactMap { Double($0.trimmingCharacters(in: .newlines)) }
      let analysed = try object(try world.rostrum("analyze", path, "--json").output)
      let segments = (analysed["speech"] as? [String: Any])?["segments"] as? [Any] ?? []
      #expect(numbers.count == 4 && numbers[0] == 4 && numbers[1] == analysed["seconds"] as? Double, "\(read)")
      #expect(numbers.last == (analysed["syllables"] as? [String: Any])?["count"] as? Double, "\(read)")
      #expect((2 * segments.count - 1...2 * segments.count + 1).contains(Int(numbers[2])), "\(read)")
    }

    @Test func `a TextGrid is written beside its recording, and never over another without --yes`() throws {
      let world = try World()
      let folder = try world.scratch.folder("takes")
      let path = try world.scratch.write(Wave.tone(hertz: 200, seconds: 2).file, to: "takes/tone.wav")
      let first = try world.rostrum("analyze", path, "--textgrid")
      #expect(first.code == 0 && first.output == folder + "/tone.TextGrid\n", "\(first)")
      let grid = try String(contentsOfFile: folder + "/tone.TextGrid", encoding: .utf8)
      #expect(grid.hasPrefix("File type = \"ooTextFile\"\n") && grid.contains("xmax = 2 "))
      #expect(try world.rostrum("analyze", path, "--textgrid", "--output", "-").output == grid)
      _ = try world.scratch.write("mine", to: "takes/tone.TextGrid")
      let second = try world.rostrum("analyze", path, "--textgrid")
      #expect(second.code == 73 && second.errors.contains("--yes"), "\(second)")
      #expect(try String(contentsOfFile: folder + "/tone.TextGrid", encoding: .utf8) == "mine")
      #expect(try world.rostrum("analyze", path, "--textgrid", "--yes").code == 0)
      #expect(try String(contentsOfFile: folder + "/tone.TextGrid", encoding: .utf8) == grid)
      let table = folder + "/out.csv"
      #expect(try world.rostrum("analyze", path, "--csv", "--output", table).code == 0)
      #expect(try world.rostrum("analyze", path, "--csv", "--output", table).code == 73)
      #expect(world.scratch.listing("takes") == ["out.csv", "tone.TextGrid", "tone.wav"])
    }

    @Test(
      arguments: [
        ("", 64, "rostrum analyze talk.wav"), ("-", 64, "rehearse --input -"), ("a.wav --json --csv", 64, "--csv"),
        ("a.wav --track", 64, "--json"), ("a.wav --channel 0", 64, "--channel 0"),
        ("tone.wav --channel 2", 64, "one channel"),
        ("--compare tone.wav", 64, "two recordings"), ("/dev/zero", 65, "/dev/zero"), ("pipe", 65, "pipe"),
        ("empty", 66, "empty holds no recording"), ("text.wav", 65, "text.wav"), ("nothing.wav", 65, "nothing.wav"),
        ("head.wav", 65, "head.wav"), ("none.wav", 66, "none.wav"),
        ("tone.wav --csv --output empty", 73, "empty is a folder"),
        ("tone.wav --csv --output none/x.csv", 73, "none/x.csv"),
        ("tone.wav --json --output /dev/full", 74, "/dev/full"),
        ("tone.wav tone.wav --textgrid --output x", 64, "folder"),
      ] as [(String, Int32, String)])
    func `what cannot be analysed is named`(arguments: String, code: Int32, word: String) throws {
      let world = try World()
      let folder = try world.scratch.folder("in")
      _ = try world.scratch.folder("in/empty")
      _ = try world.scratch.write(Wave.tone(hertz: 200, seconds: 1).file, to: "in/tone.wav")
      _ = try world.scratch.write("Good evening.", to: "in/text.wav")
      _ = try world.scratch.write([], to: "in/nothing.wav")
      _ = try world.scratch.write(Wave().file, to: "in/head.wav")
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      let before = world.scratch.listing("in")
      let done = try run(
        [RostrumBinary.path, "analyze"] + arguments.split(separator: " ").map(String.init),
        environment: world.environment, folder: folder, timeoutSeconds: 10)
      #expect(done.code == code && done.errors.contains(word), "\(done)")
      #expect(world.scratch.listing("in") == before, "\(world.scratch.listing("in"))")
    }

    /// `R` is the program, `W` a recording.
    @Test(
      arguments: [
        ("$R analyze $W --csv >&-", 74, 0, "Cannot write the output"), ("$R analyze $W --csv | cat", 0, 2, nil),
        ("$R analyze $W --csv --output /dev/stdout | cat", 0, 2, nil),
        ("$R analyze \"$(printf 'bad/nix\\nrostrum: all is well.wav')\"", 66, 0, "bad/nix rostrum: all is well.wav"),
      ] as [(String, Int32, Int, String?)])
    func `what a shell does with the output is minded`(line: String, code: Int32, lines: Int, words: String?) throws {
      let world = try World()
      let tone = try world.file(Wave.tone(hertz: 200, seconds: 1), "tone.wav")
      let done = try run(
        ["/bin/sh", "-c", line],
        environment: world.environment.merging(["R": RostrumBinary.path, "W": tone]) { $1 }, timeoutSeconds: 10)
      #expect(done.code == code && done.output.split(whereSeparator: \.isNewline).count == lines, "\(done)")
      #expect(done.errors.split(separator: "\n").count == (words == nil ? 0 : 1), "\(done)")
      #expect(words.map(done.errors.contains) ?? true, "\(done)")
    }

    @Test(.enabled(if: getuid() == 0 && Machine.has("setpriv"), "needs root and setpriv"))
    func `what may not be read is named`() throws {
      let world = try World()
      chmod(world.scratch.path, 0o755)
      let path = try world.file(Wave.tone(hertz: 200, seconds: 1), "closed.wav")
      chmod(path, 0)
      chmod(try world.scratch.folder("shut"), 0)
      let done = try run(
        obeyingPermissions + [RostrumBinary.path, "analyze", path, world.scratch.path("shut")],
        environment: ["ROSTRUM_HOME": "/nonexistent"])
      #expect(done.code == 77 && done.errors.contains("closed.wav") && done.errors.contains("shut"), "\(done)")
    }

    @Test(arguments: [192_000, 384_000])
    func `loudness is right at any sample rate, and it is said what it was measured on`(rate: Int) throws {
      let world = try World()
      let sounds = try [48_000, rate].map {
        try world.file(Wave.tone(hertz: 1_000, seconds: 3, rate: $0), "\($0).wav")
      }
      let all = try world.rostrum("analyze", sounds[0], sounds[1], "--json").lines.map(object)
      let loudness = all.compactMap { ($0["loudness"] as? [String: Any])?["integrated_lufs"] as? Double }
      #expect(loudness.count == 2 && abs(loudness[0] - loudness[1]) < 0.3, "\(loudness)")
      let warnings = all.map { ($0["warnings"] as? [String] ?? []).joined() }
      #expect(warnings[0].isEmpty && warnings[1].contains("beyond") == (rate > 192_000), "\(warnings)")
    }

    @Test func `torn, odd and silent recordings are analysed as far as they go, and it is said`() throws {
      let world = try World()
      let whole = Wave.tone(hertz: 200, seconds: 2).file
      let torn = try world.scratch.write(Array(whole[..<(44 + 32_001)]), to: "torn.wav")
      var odd = [Float](repeating: 0, count: 32_000)
      odd[24_000] = .nan
      odd[30_000] = .infinity
      let strange = try world.scratch.write(Wave.floatFile(odd), to: "odd.wav")
      let silent = try sparse(seconds: 3_600, world.scratch.path("silent.wav"))
      let whole16 = try world.scratch.write(Wave.floatFile((0..<16_000).map { $0 < 80 ? 0 : -3_000 }), to: "int.wav")
      let done = try world.rostrum("analyze", torn, strange, silent, whole16, "--json")
      #expect(done.code == 0 && done.lines.count == 4, "\(done)")
      let all = try done.lines.map(object)
      #expect(all.map { $0["seconds"] as? Double } == [1, 2, 3600, 1])
      let warnings = all.map { ($0["warnings"] as? [String] ?? []).joined() }
      #expect(warnings[0].contains("ends in the middle") && warnings[0].contains("1.00 s"), "\(warnings)")
      #expect(warnings[1].contains("2 samples are no numbers") && warnings[1].contains("1.500 s"), "\(warnings)")
      #expect(warnings[3].contains("15920 samples lie far beyond full scale, the first at 0.005 s"), "\(warnings)")
      #expect(warnings[2].isEmpty && done.errors.contains("torn.wav: ") && done.errors.contains("odd.wav: "), "\(done)")
      for one in all {
        #expect((one["speech"] as? [String: Any])?["seconds"] as? Double ?? 1 < 0.1)
        #expect((one["pace"] as? [String: Any])?["words_per_minute"] is NSNull)
      }
      #expect(try world.rostrum("analyze", strange).output.contains("no speech heard"))
    }

    @Test(arguments: [false, true])
    func `Ctrl-C keeps what is finished, and replaces nothing by a part`(isThere: Bool) throws {
      let world = try World()
      let quick = try world.file(Wave.tone(hertz: 200, seconds: 1), "quick.wav")
      let long = try sparse(seconds: 60_000, world.scratch.path("long.wav"))
      let table = world.scratch.path("out.jsonl")
      if isThere { _ = try world.scratch.write("before\n", to: "out.jsonl") }
      let running = try world.start("analyze", quick, long, "--json", "--yes", "--output", table)
      // The second recording lasts 17 hours: once the first is done, only a signal ends this.
      #expect(
        eventually {
          !world.scratch.listing().filter { $0.hasPrefix("out.jsonl.") }.allSatisfy {
            (FileManager.default.contents(atPath: world.scratch.path($0))?.count ?? 0) == 0
          }
        })
      kill(running.child.pid, SIGINT)
      let done = running.finish()
      #expect(done.code == 130 && done.errors.contains("1 of 2 recordings"), "\(done)")
      let kept = String(decoding: FileManager.default.contents(atPath: table) ?? Data(), as: UTF8.self)
      if isThere {
        #expect(kept == "before\n" && done.errors.contains("left as it was"), "\(done)")
      } else {
        #expect(kept.split(separator: "\n").count == 1 && kept.contains("quick.wav"), "\(kept)")
        #expect(done.errors.contains("holds only that one"), "\(done)")
      }
    }

    @Test(.enabled(if: Speech.isThere, Speech.whyNot)) func `two hours take no more memory than a minute`() throws {
      let world = try World()
      let minute = Data(try Speech.reading().looped(seconds: 60).file)
      func peak(minutes: Int) throws -> Double {
        let path = try sparse(seconds: 60 * minutes, world.scratch.path("\(minutes).wav"))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: 44)
        for _ in 0..<minutes { try file.write(contentsOf: minute.dropFirst(44)) }
        try file.close()
        let running = try world.start("analyze", path, "--json")
        var peak = 0.0
        while running.child.poll() == nil {
          peak = max(peak, ProcessFigures(pid: running.child.pid)?.peakMebibytes ?? 0)
          usleep(2_000)
        }
        let done = running.finish()
        #expect(done.code == 0 && done.output.contains("\"seconds\":\(60 * minutes)"), "\(done.output.prefix(300))")
        try FileManager.default.removeItem(atPath: path)
        return peak
      }
      let (short, long) = (try peak(minutes: 1), try peak(minutes: 120))
      #expect(short > 5 && long < 60 && long < short + 16, "\(short) MiB for a minute, \(long) MiB for two hours")
    }

    /// Makes a WAV file of silence, 16 kHz mono, that takes no room on the disk, and returns its path.
    private func sparse(seconds: Int, _ path: String) throws -> String {
      let bytes = seconds * 32_000
      var head = Array(Wave().file)
      for (place, size) in [(4, bytes + 36), (40, bytes)] {
        for byte in 0..<4 { head[place + byte] = UInt8(truncatingIfNeeded: size >> (8 * byte)) }
      }
      try Data(head).write(to: URL(fileURLWithPath: path))
      try #require(truncate(path, bytes + 44) == 0)
      return path
    }
  }
}
