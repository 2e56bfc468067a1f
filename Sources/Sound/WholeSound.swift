/// Sound that is short enough to be held whole, as everything downstream hears it: one channel at 16 kHz.
package enum WholeSound {
  /// `samples` of another rate, in hertz, at 16 kHz, in the same blocks as everything else is resampled in.
  package static func resampled(_ samples: [Float], from rate: Int) -> [Float] {
    guard rate > 0, rate != Resampler.rate else { return samples }
    var resampler = Resampler(from: rate)
    var output: [Float] = []
    output.reserveCapacity(samples.count * Resampler.rate / rate + 2_048)
    for start in stride(from: 0, to: max(samples.count, 1), by: resampler.blockFrames) {
      let end = min(start + resampler.blockFrames, samples.count)
      resampler.append(Array(samples[start..<end]), last: end == samples.count, to: &output)
    }
    return output
  }

  /// The recording at `path`, its channels averaged, up to `longest` seconds of it; throws as `RecordingReader` does.
  package static func read(_ path: String, longest: Double) throws(SoundError) -> [Float] {
    let reader = try RecordingReader(path: path)
    let limit = Int(longest * Double(Resampler.rate))
    var (samples, buffer): ([Float], [Float]) = ([], [])
    while samples.count < limit, reader.next(into: &buffer) { samples += buffer }
    return Array(samples.prefix(limit))
  }
}
