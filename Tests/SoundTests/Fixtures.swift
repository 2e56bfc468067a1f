import Foundation

@testable import Sound

/// A folder that is gone when the test is.
final class Folder {
  let path: String

  init() throws {
    var template = Array("\(NSTemporaryDirectory())/rostrum-sound-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}

/// Little-endian bytes of an integer.
func bytes(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

/// A WAV file: `tag` 1 is integers, 3 is floats; `claimed` data bytes may be more than there are.
func wav(_ data: [UInt8], rate: Int, channels: Int = 1, bits: Int = 16, tag: Int = 1, claimed: Int? = nil) -> [UInt8] {
  let count = claimed ?? data.count
  let frame = channels * bits / 8
  var file = Array("RIFF".utf8) + bytes(UInt32(36 + count)) + Array("WAVEfmt ".utf8) + bytes(UInt32(16))
  file += bytes(UInt16(tag)) + bytes(UInt16(channels)) + bytes(UInt32(rate)) + bytes(UInt32(rate * frame))
  file += bytes(UInt16(frame)) + bytes(UInt16(bits))
  return file + Array("data".utf8) + bytes(UInt32(count)) + data
}

/// A sine of `count` samples at half of full scale.
func sine(_ hertz: Double, rate: Int, count: Int) -> [Int16] {
  (0..<count).map { Int16(16384 * sin(2 * Double.pi * hertz * Double($0) / Double(rate))) }
}

/// Everything a reader brings until the end, gaps included. Gives up after `seconds` without anything.
func drain(_ reader: SampleReader, seconds: Int = 60) -> (samples: [Float], gaps: [(Double, GapCause)], ended: Bool) {
  var all: [Float] = []
  var gaps: [(Double, GapCause)] = []
  var buffer: [Float] = []
  while true {
    switch reader.next(timeoutMilliseconds: seconds * 1000, into: &buffer) {
    case .samples: all += buffer
    case .gap(let length, let cause): gaps.append((length, cause))
    case .nothing: return (all, gaps, false)
    case .ended: return (all, gaps, true)
    }
  }
}

/// Everything a source brings.
func hear(_ request: SourceRequest) throws -> (samples: [Float], state: CaptureState, description: SourceDescription) {
  let capture = try Capture(request)
  let reader = capture.makeReader()
  capture.start()
  let heard = drain(reader)
  let state = capture.state
  capture.stop()
  return (heard.samples, state, capture.description)
}

/// How often a signal changes sign from minus to plus in a second: its pitch, if it is a sine.
func crossings(_ samples: [Float], rate: Double) -> Double {
  let count = zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
  return Double(count) * rate / Double(samples.count)
}
