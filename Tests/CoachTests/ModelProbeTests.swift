import Glibc
import Recognition
import Support
import Testing

@testable import Coach

/// A model is tried out in a child before it is loaded; here the child is any program that ends well or not.
@Suite struct ModelProbeTests {
  private let scratch: Scratch
  private let model: SphinxModel
  private let places: Places

  init() throws {
    scratch = try Scratch()
    model = SphinxModel(folder: try scratch.folder("model"))
    places = Places.resolve(environment: ["ROSTRUM_HOME": scratch.path("home")], home: "/")
    _ = try scratch.folder("model/en-us")
    for path in model.files() { _ = try write("x", to: path) }
    _ = try write(String(repeating: "word W ER D\n", count: 1_000), to: model.dictionary)
  }

  private func write(_ text: String, to path: String) throws -> String {
    try scratch.write(text, to: String(path.dropFirst(scratch.path("").count)))
  }

  /// What is wrong with the model, nil for nothing.
  private func complaint(_ program: String, trusts: Bool = true) -> RecognitionError? {
    do throws(RecognitionError) {
      try ModelProbe.check(model, places: places, trusts: trusts, program: program)
      return nil
    } catch { return error }
  }

  @Test func `what ends the child is a broken model, named by its folder`() throws {
    let killer = try scratch.write("#!/bin/sh\nkill -SEGV $$\n", to: "crash")
    #expect(chmod(killer, 0o700) == 0)
    for program in ["/bin/false", killer] {
      let error = try #require(complaint(program))
      #expect(error.kind == .modelBroken && error.detail == model.folder)
    }
    #expect(Messages.sentence(try #require(complaint("/bin/false"))).contains("apt install --reinstall"))
  }

  @Test func `a child that does not start, or is stopped, says nothing about the model`() throws {
    #expect(complaint("/nonexistent")?.kind == .failed)
    let stopped = try scratch.write("#!/bin/sh\nkill -TERM $$\n", to: "stop")
    #expect(chmod(stopped, 0o700) == 0 && complaint(stopped)?.kind == .failed)
  }

  @Test func `a good model is tried once, until one of its files changes`() throws {
    #expect(complaint("/bin/true") == nil)
    #expect(complaint("/bin/false") == nil)
    #expect(complaint("/bin/false", trusts: false)?.kind == .modelBroken)
    _ = try write("longer", to: model.sounds + "/mdef")
    #expect(complaint("/bin/false")?.kind == .modelBroken)
  }

  @Test func `a dictionary without words is a broken model, named by the file`() throws {
    _ = try write("word W ER D\n", to: model.dictionary)
    let error = try #require(complaint("/bin/true"))
    #expect(error.kind == .modelBroken && error.detail == model.dictionary)
  }

  @Test(arguments: [
    (RecognitionError.Kind.failed, "\"ngram_search.c\", line 205"), (.scriptRefused, "\"ngram_search.c\", line 205"),
    (.modelBroken, "ERROR: \"ngram_search.c\", line 205: no dashwood"),
  ])
  func `the library's words are for the log alone, a talk's words for nobody`(
    kind: RecognitionError.Kind, logged: String
  ) {
    let error = RecognitionError(
      kind, operation: "ps_end_utt", complaint: "ERROR: \"ngram_search.c\", line 205: no dashwood")
    #expect(!Messages.sentence(error).contains("ngram") && !Messages.sentence(error).contains("()"))
    #expect(Messages.logged(error)["library"] == logged)
  }
}
