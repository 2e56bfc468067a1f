/// The clock of the test bench.
///
/// It stands alone in its file because CLinux, which asks for GNU's names, and Foundation see some C types differently.
import CLinux

/// Seconds of CLOCK_MONOTONIC.
package func now() -> Double { Double(rostrum_monotonic_nanoseconds()) / 1e9 }
