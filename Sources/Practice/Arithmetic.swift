import Glibc

/// Powers and logarithms, named for what they do: the only mathematics this module takes from the C library.
func log2(of value: Double) -> Double { Glibc.log2(value) }
func exp2(of value: Double) -> Double { Glibc.exp2(value) }
/// The level in decibels of a power relative to full scale; minus infinity of nothing.
func decibels(ofPower power: Double) -> Double { 10 * Glibc.log10(power) }
func exp(of value: Double) -> Double { Glibc.exp(value) }
/// `base` raised to `exponent`.
func power(_ base: Double, _ exponent: Double) -> Double { Glibc.pow(base, exponent) }
/// Power relative to full scale of a level in decibels.
func powerOf(_ decibels: Double) -> Double { Glibc.pow(10, decibels / 10) }
func logarithm(of value: Double) -> Double { Glibc.log(value) }
