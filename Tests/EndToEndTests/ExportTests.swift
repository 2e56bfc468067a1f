import Foundation
import Support
import Testing

extension EndToEnd {
  /// Sessions as files: each form opened by somebody else's program, each place that cannot be written named.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct ExportTests {
    /// A world with a take of 12 s whose words were heard and whose sound is kept; where it stands, and its id.
    private func world() throws -> (World, String, String) {
      let world = try World(["ROSTRUM_RECOGNISER": "pocketsphinx"], withoutNetwork: true)
      let path = try world.file(try Speech.reading(seconds: 12))
      let done = try world.rostrum("rehearse", "--input", path, "--fast", "--keep-audio")
      let id = try #require(savedSession(in: done.output + done.errors), "\(done)")
      #expect(try world.rostrum("sessions", "edit", id, "--title", "A \"quoted\", =title").code == 0)
      return (world, try world.scratch.folder("out"), id)
    }

    private func bytes(_ path: String) -> Data { FileManager.default.contents(atPath: path) ?? Data() }

    @Test func `every form is written, by its name, for its owner alone`() throws {
      let (world, out, id) = try world()
      let starts: [(String, String)] = [
        ("pdf", "%PDF-"), ("png", "\u{fffd}PNG"), ("svg", "<?xml"), ("html", "<!DOCTYPE html>"), ("md", "# "),
        ("csv", "id,started,"), ("json", "{\"schema\":\"rostrum.session/1\""), ("vtt", "WEBVTT"), ("srt", "1\n00:00:"),
      ]
      for (form, start) in starts {
        let done = try world.rostrum("export", id, "--format", form, "--output", out)
        let path = "\(out)/rostrum-\(id).\(form)"
        #expect(done.code == 0 && done.output == path + "\n" && done.errors.isEmpty, "\(done)")
        #expect(String(decoding: bytes(path).prefix(40), as: UTF8.self).hasPrefix(start), "\(form)")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600, "\(form)")
      }
      let document = try #require(
        try JSONSerialization.jsonObject(with: bytes("\(out)/rostrum-\(id).json")) as? [String: Any])
      #expect((document["events"] as? [Any])?.count ?? 0 > 20)
      let rows = String(decoding: bytes("\(out)/rostrum-\(id).csv"), as: UTF8.self).split(separator: "\r\n")
      #expect(rows.count == 2 && rows[1].contains("\"A \"\"quoted\"\", =title\""), "\(rows)")
      let course = try world.rostrum("export", id, "--format", "csv", "--course", "--output", "-")
      #expect(
        course.output.split(separator: "\r\n").count == 13 && course.output.hasPrefix("start_seconds,"), "\(course)")
      let page = String(decoding: bytes("\(out)/rostrum-\(id).html"), as: UTF8.self)
      #expect(page.contains("not for clinical use") && !page.contains("src=\"http"))
    }

    @Test(.enabled(if: Machine.has("pdftotext"), "needs poppler-utils")) func `a PDF is read by another program`()
      throws
    {
      let (world, out, id) = try world()
      #expect(try world.rostrum("export", id, "--output", "\(out)/r.pdf").code == 0)
      let text = try run(["pdftotext", "\(out)/r.pdf", "-"])
      #expect(
        text.code == 0 && text.output.contains("quoted") && text.output.contains("not for clinical use"), "\(text)")
    }

    @Test func `many go into a folder, or as lines and rows into one file`() throws {
      let (world, out, id) = try world()
      let path = try world.file(try Speech.reading(seconds: 3))
      #expect(try world.rostrum("rehearse", "--input", path, "--fast").code == 0)
      let folder = try world.rostrum("export", "--all", "--format", "md", "--output", "\(out)/new")
      #expect(folder.code == 0 && folder.lines.count == 2 && world.scratch.listing("out/new").count == 2, "\(folder)")
      let lines = try world.rostrum("export", "--all", "--format", "json", "--output", "-")
      #expect(lines.code == 0 && lines.lines.count == 2 && lines.lines.allSatisfy { $0.hasPrefix("{\"schema\"") })
      let table = try world.rostrum("export", "--all", "--output", "\(out)/all.csv")
      #expect(table.code == 0)
      let rows = String(decoding: bytes("\(out)/all.csv"), as: UTF8.self).split(separator: "\r\n")
      #expect(rows.count == 3 && rows.count { $0.hasPrefix("id,") } == 1, "\(rows)")
      let captions = try world.rostrum("export", "--all", "--format", "vtt", "--output", "\(out)/captions")
      #expect(world.scratch.listing("out/captions").contains("rostrum-\(id).vtt"), "\(captions)")
      for wrong in [["--all", "--format", "pdf", "--output", "-"], ["--all", id], [], [id, "--format", "doc"]] {
        let refused = try run([RostrumBinary.path, "export"] + wrong, environment: world.environment)
        #expect(refused.code == 64 && !showsTrace(refused.errors), "\(refused)")
      }
    }

    @Test func `nothing is replaced unasked, and a place that cannot be written is named`() throws {
      let (world, out, id) = try world()
      let path = try world.scratch.write("mine", to: "out/mine.md")
      let refused = try world.rostrum("export", id, "--output", path)
      #expect(refused.code == 73 && refused.errors.contains("--yes") && bytes(path) == Data("mine".utf8), "\(refused)")
      #expect(try world.rostrum("export", id, "--output", path, "--yes").code == 0)
      #expect(bytes(path) != Data("mine".utf8))
      let missing = try world.rostrum("export", id, "--output", "\(out)/no/such.md")
      #expect(missing.code == 73 && missing.errors.contains("no/such.md"), "\(missing)")
      let full = try world.rostrum("export", id, "--format", "md", "--output", "/dev/full")
      #expect(full.code == 74 && full.errors.contains("No space left"), "\(full)")
      if Machine.has("setpriv"), getuid() == 0 {
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: out)
        let closed = try run(
          obeyingPermissions + [RostrumBinary.path, "export", id, "--output", "\(out)/x.md"],
          environment: world.environment)
        #expect(closed.code == 77 && closed.errors.contains("x.md"), "\(closed)")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: out)
      }
      #expect(world.scratch.listing("out") == ["mine.md"], "\(world.scratch.listing("out"))")
    }

    @Test func `a piece of the sound is cut out, with its captions beside it`() throws {
      let (world, out, id) = try world()
      let done = try world.rostrum("export", id, "--clip", "0:02-0:06", "--format", "wav", "--output", "\(out)/c.wav")
      #expect(done.code == 0 && done.lines == ["wav", "vtt", "srt"].map { "\(out)/c.\($0)" }, "\(done)")
      #expect(abs(try Wave(path: "\(out)/c.wav").seconds - 4) < 0.01)
      #expect(String(decoding: bytes("\(out)/c.vtt"), as: UTF8.self).hasPrefix("WEBVTT\n\n00:00:"))
      #expect(
        try world.rostrum("export", id, "--clip", "0:02-0:06", "--format", "wav", "--output", "\(out)/c.wav").code == 73
      )
      let phrase = try world.rostrum("export", id, "--clip", "phrase@0:05", "--output", out)
      #expect(phrase.code == 0 && phrase.lines.first?.hasSuffix(".flac") == true, "\(phrase)")
      let none = try world.rostrum("export", id, "--clip", "worst", "--output", out)
      #expect(none.code == 66 && none.errors.contains("1:20-1:40"), "\(none)")
      try FileManager.default.removeItem(atPath: "\(world.home)/data/takes/\(id).flac")
      let silent = try world.rostrum("export", id, "--clip", "phrase@0:05", "--output", "\(out)/d/")
      #expect(silent.code == 66 && !showsTrace(silent.errors), "\(silent)")
    }

    @Test func `a person gets all that is stored of them, and what each part is`() throws {
      let (world, out, id) = try world()
      #expect(try world.rostrum("config", "set", "theme", "mono").code == 0)
      try Data("{\"v\":1,\"consents\":[]}\n".utf8)
        .write(to: URL(fileURLWithPath: "\(world.home)/data/consents.json"))
      let done = try world.rostrum("export", "--everything", "--output", "\(out)/me")
      #expect(done.code == 0 && done.output.contains("1 session"), "\(done)")
      let found = Set(world.scratch.listing("out/me"))
      for part in [
        "README.txt", "sessions/\(id).json", "sound/\(id).flac", "settings/config.yaml", "consents.json", "ledger.csv",
      ] {
        #expect(found.contains(part), "\(part) in \(found)")
        let mode = try FileManager.default.attributesOfItem(atPath: "\(out)/me/\(part)")[.posixPermissions] as? Int
        #expect(mode == 0o600, "\(part)")
      }
      #expect(bytes("\(out)/me/sound/\(id).flac") == bytes("\(world.home)/data/takes/\(id).flac"))
      let again = try world.rostrum("export", "--everything", "--output", "\(out)/me")
      #expect(again.code == 73 && again.errors.contains("not empty"), "\(again)")
    }
  }
}
