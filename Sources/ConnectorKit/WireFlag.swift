/// Yes and no as vendors write them.
package enum WireFlag {
    /// What `true`, `T`, `Y`, `yes`, `1` and their opposites say, in any case; nil for another word.
    package static func read(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "true", "t", "yes", "y", "1": true
        case "false", "f", "no", "n", "0": false
        default: nil
        }
    }
}
