import ArgumentParser
import LintelModel
import Operations
import Server
import Storage

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "People and where they stand.",
        subcommands: [
            List.self, Show.self, Why.self, Assign.self, Unassign.self, Archive.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List people with their assignments, ended ones included."
        )
        @OptionGroup var global: GlobalOptions
        @Option(help: ArgumentHelp("Only this property's.", valueName: "property"))
        var property: String?

        func run() async throws {
            let entries = try await global.open { lintel in
                try await lintel.operations.people(
                    of: try await lintel.operations.property(optional: property)
                )
            }
            let rows = entries.map(PersonRow.init)
            try PersonRow.listing(rows).print(global.format, json: ["people": rows])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one person: assignments, and everything that happened."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The person, by id or e-mail address.") var person: String

        func run() async throws {
            struct Output: Encodable {
                let assignments: [PersonRow]
                let history: [ChangeRow]
            }
            let found = try await global.open { try await $0.operations.person(person) }
            let rows = found.entries.map(PersonRow.init)
            let history = found.history.map(ChangeRow.init)
            switch global.format {
            case .json: try Listing.printJSON(Output(assignments: rows, history: history))
            case .csv: try PersonRow.listing(rows).print(.csv, json: rows)
            case .table:
                try PersonRow.listing(rows).print(.table, json: rows)
                say("")
                try ChangeRow.listing(history).print(.table, json: history)
            }
        }
    }
}

/// One person and one assignment as `people list` prints them.
private struct PersonRow: Encodable {
    let personId: String
    let firstName: String
    let lastName: String
    let email: String
    let phone: String
    let status: String
    let unit: String
    let building: String
    let assignment: String
    let from: String
    let until: String
    let pmsResidentId: String

    init(_ entry: PeopleList.Entry) {
        personId = entry.person.id.text
        firstName = entry.person.firstName
        lastName = entry.person.lastName
        email = entry.person.email ?? ""
        phone = entry.person.phone ?? ""
        status = entry.person.isArchived ? "archived" : entry.status ?? ""
        unit = entry.unit ?? ""
        building = entry.building ?? ""
        assignment = entry.assignment?.state.rawValue ?? ""
        from = entry.assignment?.from.description ?? ""
        until = entry.assignment?.until?.description ?? ""
        pmsResidentId = entry.resident?.text ?? ""
    }

    static func listing(_ rows: [PersonRow]) -> Listing {
        Listing(
            columns: [
                "person_id", "first_name", "last_name", "email", "phone", "status", "unit",
                "building",
                "assignment", "from", "until", "pms_resident_id",
            ],
            rows: rows.map {
                [
                    $0.personId, $0.firstName, $0.lastName, $0.email, $0.phone, $0.status, $0.unit,
                    $0.building, $0.assignment, $0.from, $0.until, $0.pmsResidentId,
                ]
            },
            empty: "Nobody yet. Sync now: lintel sync --all"
        )
    }
}
