import CLibFuzzer

/// Hands the program to libFuzzer, which reads the command line and calls `LLVMFuzzerTestOneInput` until it is done.
package func fuzz(_ one: @escaping @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32) {
  var count = CommandLine.argc
  var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  _ = LLVMFuzzerRunDriver(&count, &words, one)
}

/// Ends the program, saying why, unless `isSo`; a `precondition` would be silent in optimised code.
@inline(__always)
package func must(_ isSo: Bool, _ message: @autoclosure () -> String) {
  if !isSo { fatalError(message()) }
}
