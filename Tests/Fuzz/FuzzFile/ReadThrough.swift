import CLibFuzzer
import Fuzzing
import Glibc
import Sound

/// The most samples that are read of one input: a compressed file of a few bytes may promise years.
private let sampleLimit = 200_000

/// Any bytes, opened as a recording and read to the end as the analysis reads it: all channels mixed, then one of them
/// alone, brought to 16 kHz.
///
/// What must hold: it ends, nothing is read or written out of bounds (AddressSanitizer), every refusal is a
/// `SoundError`, and every sample that leaves is a number no larger than the mixer's and the filter's bounds.
func readThrough(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let descriptor = fuzz_memory_file(data, size)
  must(descriptor >= 0, "no memory file")
  defer { close(descriptor) }
  for channel in [nil, 1 + size % 4] {
    guard let reader = try? RecordingReader(path: "/proc/self/fd/\(descriptor)", channel: channel) else { continue }
    let channels = reader.format.channels
    must((1...RecordingReader.channelLimit).contains(channels), "\(channels) channels")
    var (samples, count) = ([Float](), 0)
    while count < sampleLimit, reader.next(into: &samples) {
      must(!samples.isEmpty && samples.count <= 4096, "\(samples.count) samples at once")
      for sample in samples { must(sample.isFinite && abs(sample) <= 64, "a sample of \(sample)") }
      count += samples.count
    }
    if let odd = reader.oddSamples {
      must(odd.count > 0 && odd.firstSeconds >= 0 && odd.firstSeconds <= reader.secondsRead, "\(odd)")
    }
  }
  return 0
}
