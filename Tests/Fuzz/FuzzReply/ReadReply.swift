import Fuzzing
import Practice
import Tutor

/// Any bytes, read as what a model's server answers, and what they say read as a model's Markdown.
///
/// The first byte says how long the pieces are that the rest comes in. What must hold: it ends, pieces say the same as
/// the whole, and what is shown or spoken has no control character in it.
func readReply(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let length = Int(bytes.first ?? 0) % 32 + 1
  let body = Array(bytes.dropFirst())
  var (whole, cut) = (ReplyReader(status: 200), ReplyReader(status: 200))
  let said = text(whole.read(body) + whole.finish())
  var pieces: [ChatPiece] = []
  for start in stride(from: 0, to: body.count, by: length) {
    pieces += cut.read(Array(body[start..<min(start + length, body.count)]))
  }
  must(text(pieces + cut.finish()) == said, "pieces say something else")
  must(cut.isDone == whole.isDone && cut.fault == whole.fault, "pieces end otherwise")
  var failure = ReplyReader(status: 500)
  _ = failure.read(body)
  must(isSafe(failure.complaint.message), "a complaint with a control character")
  for markdown in [said, String(decoding: body, as: UTF8.self)] { show(markdown, length) }
  return 0
}

private func show(_ markdown: String, _ length: Int) {
  let reply = ReplyText(markdown: markdown)
  for run in reply.lines.flatMap(\.runs) { must(!run.text.isEmpty && isSafe(run.text), "a run that is not safe") }
  var (spoken, said, rest) = (SpokenReply(), "", Substring(markdown).unicodeScalars)
  while !rest.isEmpty {
    said += spoken.add(String(rest.prefix(length)))
    rest = rest.dropFirst(length)
  }
  said += spoken.finish()
  must(Array(said.utf8) == Array(ReplyText.spoken(markdown).utf8), "pieces are spoken otherwise")
  must(said.split(separator: "\n").allSatisfy { isSafe(String($0)) }, "a voice is told a control character")
}

private func text(_ pieces: [ChatPiece]) -> String {
  pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined()
}

private func isSafe(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && !(0x202A...0x202E).contains($0.value) }
}
