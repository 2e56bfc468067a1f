import CLibFuzzer
import Fuzzing
import Glibc

@testable import Sound

/// The most frames that are read of one input: a compressed file of a few bytes may promise years.
private let frameLimit = 200_000

/// Any bytes, opened as a recording and read to the end as the player and the analysis read it: the file's own frames,
/// mixed to one channel, brought to 16 kHz in blocks of 10 ms.
///
/// What must hold: it ends, nothing is read or written out of bounds (AddressSanitizer), every refusal is a
/// `SoundError`, and every sample that leaves is a number no larger than the mixer's and the filter's bounds.
func readThrough(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let descriptor = fuzz_memory_file(data, size)
  must(descriptor >= 0, "no memory file")
  defer { close(descriptor) }
  guard let file = try? AudioFile(path: "/proc/self/fd/\(descriptor)") else { return 0 }
  must(SoundFormat.rates.contains(file.format.rate), "a rate that nothing downstream takes")
  var resampler = Resampler(from: file.format.rate)
  let chunk = max(1, min(4096, (1 << 20) / file.format.frameBytes))
  var raw = [UInt8](repeating: 0, count: chunk * file.format.frameBytes)
  var (frames, mono, block, samples) = (0, [Float](), [Float](), [Float]())
  while frames < frameLimit {
    let reading: SourceReading = raw.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { file.read(into: $0, frames: chunk) } ?? .nothing
    }
    guard case .frames(let got) = reading else { break }
    must(got > 0 && got <= chunk, "\(got) frames of \(chunk)")
    frames += got
    raw.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      SampleConversion.appendMono(start, frames: got, format: file.format, to: &mono)
    }
    for sample in mono {
      block.append(sample)
      if block.count == resampler.blockFrames { flush(&block, last: false, &resampler, &samples) }
    }
    mono.removeAll(keepingCapacity: true)
  }
  flush(&block, last: true, &resampler, &samples)
  return 0
}

private func flush(_ block: inout [Float], last: Bool, _ resampler: inout Resampler, _ samples: inout [Float]) {
  samples.removeAll(keepingCapacity: true)
  resampler.append(block, last: last, to: &samples)
  for sample in samples { must(sample.isFinite && abs(sample) <= 64, "a sample of \(sample)") }
  block.removeAll(keepingCapacity: true)
}
