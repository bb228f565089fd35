/// What `sync --format json` prints.
package struct RunsOutput: Decodable, Sendable {
    package struct Run: Decodable, Sendable {
        package let run: String
        package let property: String
        package let name: String
        package let outcome: String
        package let pmsUnits: Int
        package let residents: Int
        package let created: Int
        package let updated: Int
        package let assigned: Int
        package let ended: Int
        package let alertsOpen: Int
        package let message: String
    }

    package let runs: [Run]

    package var outcomes: Set<String> { Set(runs.map(\.outcome)) }
}
