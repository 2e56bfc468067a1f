/// Which way a figure is better; most have none, for inside a band one is as good as the other.
package enum Better: String, Sendable, CaseIterable { case more, less, neither }
