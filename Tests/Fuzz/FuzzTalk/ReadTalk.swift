import Fuzzing
import Practice

/// Any bytes, read as a talk and checked.
///
/// What must hold: it ends, sections hold all sentences and sentences all tokens, every token can be said, and in parts
/// the talk is the same.
func readTalk(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
  let (script, unsaid) = { ($0.script, $0.unsaid) }(ScriptReader.read(text))
  must(script.sections.flatMap(\.sentences) == Array(script.sentences.indices), "a sentence without a section")
  must(script.sentences.flatMap(\.tokens) == Array(script.tokens.indices), "a token without a sentence")
  must(script.sentences.allSatisfy { !$0.tokens.isEmpty && $0.line > 0 }, "an empty sentence")
  must(unsaid.allSatisfy { $0.lines.lowerBound > 0 }, "a line before the first")
  for token in script.tokens {
    must(!token.text.isEmpty && !token.readings.isEmpty, "a token of nothing")
    must(token.readings.allSatisfy { !$0.isEmpty && $0.allSatisfy { !$0.isEmpty } }, "\(token) cannot be said")
  }
  let parts = ScriptPart.parts(of: text)
  must(parts.map(\.text).joined() == text && Script(parts: parts) == script, "another talk in parts")
  // Every third word is known, with whatever phones.
  let check = TalkCheck(script) { $0.utf8.count % 3 == 0 ? ["S", "IY", "SH", "R", "AH", "L", "K", "S", "T"] : nil }
  must(check.seconds(at: 140).isFinite && check.parts.count == script.sections.count, "no time")
  for twister in check.twisters { must(!script.text(of: twister.tokens).isEmpty, "a tongue twister of nothing") }
  return 0
}
