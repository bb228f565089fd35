/// What a PMS said, made fit to be shown: one bounded line without control characters or credentials.
package enum VendorWords {
    /// The longest text kept, in characters.
    package static let limit = 300

    /// The words cut to ``limit``, control characters and runs of space as one space, and each secret
    /// that the vendor may have echoed replaced.
    package static func clean(_ words: String, hiding secrets: [Secret] = []) -> String {
        var shown = ""
        var pending = false
        var count = 0
        var source = words
        for secret in secrets where secret.revealed.utf8.count >= 4 {
            source = source.replacing(secret.revealed, with: secret.description)
        }
        for character in source {
            let isSpace =
                character.isWhitespace
                || character.unicodeScalars.allSatisfy {
                    $0.properties.generalCategory == .control
                        || $0.properties.generalCategory == .format
                }
            if isSpace {
                pending = count > 0
                continue
            }
            if count + (pending ? 1 : 0) >= limit { return shown + "…" }
            if pending {
                shown.append(" ")
                count += 1
                pending = false
            }
            shown.append(character)
            count += 1
        }
        return shown
    }
}
