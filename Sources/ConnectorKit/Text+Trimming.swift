import Foundation

extension String {
    /// The text without space around it; costs nothing where there is none.
    package var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        let isPlain = first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80
        return isPlain ? self : trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
