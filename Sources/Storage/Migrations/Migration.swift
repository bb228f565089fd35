/// One numbered step of the schema; a released step is never edited, a later one mends it.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    /// Statements that both engines accept, separated by semicolons; applied in one transaction.
    package let script: String

    package init(number: Int, name: String, script: String) {
        self.number = number
        self.name = name
        self.script = script
    }
}

extension Migration {
    /// Every step in order.
    package static let all: [Migration] = [
        Migration(number: 1, name: "directory, mirror and history", script: directoryScript),
        Migration(number: 2, name: "decisions", script: decisionsScript),
        Migration(number: 3, name: "staff, tokens and audit log", script: staffScript),
        Migration(number: 4, name: "times of reads", script: readTimesScript),
        Migration(number: 5, name: "fewer references", script: referencesScript),
        Migration(number: 6, name: "cheaper checks", script: checksScript),
    ]
}
