import CSampleRate

/// One channel brought to another rate, to 16 kHz unless told otherwise, block by block.
///
/// Blocks are always of the same length (10 ms of the source), however the sound arrived, because the filter's rounding
/// depends on where its input is cut: so a recording gives the same samples played in real time or as fast as it goes.
/// From a whole multiple, as 48 kHz is, a `Decimator` does it; any other rate takes libsamplerate's fastest band-limited
/// filter (Smith, "Digital audio resampling", 97 dB), as nothing downstream looks at the band above 6.4 kHz.
struct Resampler: ~Copyable {
  /// What everything downstream works at, hertz.
  static let rate = 16000

  /// Frames in a full block.
  let blockFrames: Int

  private let state: OpaquePointer?
  private var decimator: Decimator?
  private let ratio: Double
  private var output: [Float]

  /// A resampler from `rate` to `target` hertz; one that does nothing if they are the same.
  init(from rate: Int, to target: Int = Self.rate) {
    blockFrames = max(rate / 100, 1)
    ratio = Double(target) / Double(rate)
    var error: Int32 = 0
    let isMultiple = target > 0 && rate % target == 0
    decimator = isMultiple && rate > target ? Decimator(factor: rate / target) : nil
    state = isMultiple ? nil : src_new(Int32(SRC_SINC_FASTEST), 1, &error)
    // A block's worth, and as much as the filter can still hold back when it is told that no more will come.
    output = state == nil ? [] : [Float](repeating: 0, count: Int(Double(blockFrames) * ratio) + 2048)
  }

  deinit { if let state { src_delete(state) } }

  /// Appends one block to `target`; `last` empties the filter and makes it ready for something unrelated.
  mutating func append(_ block: [Float], last: Bool, to target: inout [Float]) {
    if decimator != nil {
      decimator?.append(block, last: last, to: &target)
      return
    }
    guard let state else {
      target.append(contentsOf: block)
      return
    }
    var offset = 0
    for _ in 0..<64 {
      let (used, made) = process(state, block, offset, last)
      target.append(contentsOf: output[..<made])
      offset += used
      if made == 0 || (offset >= block.count && !last) { break }
    }
    if last { src_reset(state) }
  }

  private mutating func process(
    _ state: OpaquePointer, _ block: [Float], _ offset: Int, _ last: Bool
  ) -> (used: Int, made: Int) {
    let ratio = ratio
    return block.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        // libsamplerate wants an input pointer even for no input.
        var nothing: Float = 0
        return withUnsafePointer(to: &nothing) { empty in
          var data = SRC_DATA()
          data.data_in = input.baseAddress.map { $0 + offset } ?? empty
          data.data_out = output.baseAddress
          data.input_frames = input.count - offset
          data.output_frames = output.count
          data.src_ratio = ratio
          data.end_of_input = last ? 1 : 0
          guard src_process(state, &data) == 0 else { return (input.count - offset, 0) }
          return (data.input_frames_used, data.output_frames_gen)
        }
      }
    }
  }
}
