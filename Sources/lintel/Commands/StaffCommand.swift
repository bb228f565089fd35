import ArgumentParser
import ConnectorKit
import LintelModel
import Operations
import Server
import Storage

struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "Those who may sign in to the console.",
        subcommands: [List.self, Add.self, Invite.self, Password.self]
    )

    /// What somebody may do, and where.
    struct GrantOptions: ParsableArguments {
        @Option(help: "portfolio-manager, property-manager or viewer.") var role: String
        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp(
                "The properties, by name or id; a viewer without any sees all.",
                valueName: "name"
            )
        )
        var property: [String] = []
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them.")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            struct Row: Encodable {
                let id: String
                let email: String
                let role: String
                let properties: [String]?
                let state: String
            }
            let rows = try await global.open { lintel in
                let names = Dictionary(
                    uniqueKeysWithValues: try await lintel.operations.properties().map {
                        ($0.property.id, $0.property.name)
                    }
                )
                return try await lintel.operations.staff().map { member in
                    var properties: [String]?
                    if case .properties(let named) = member.grant.reach {
                        properties = named.map { names[$0] ?? $0.text }.sorted()
                    }
                    return Row(
                        id: member.id.text,
                        email: member.email,
                        role: member.grant.role.rawValue,
                        properties: properties,
                        state: member.isDisabled
                            ? "disabled" : member.hasPassword ? "active" : "invited"
                    )
                }
            }
            try Listing(
                columns: ["email", "role", "properties", "state"],
                rows: rows.map {
                    [$0.email, $0.role, $0.properties?.joined(separator: ", ") ?? "all", $0.state]
                },
                empty: "Nobody may sign in yet; see: lintel staff add --help"
            ).print(global.format, json: ["staff": rows])
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let somebody sign in with a password."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Their e-mail address.") var email: String
        @OptionGroup var grant: GrantOptions
        @Option(help: "A file that holds the password.") var passwordFile: String

        func run() async throws {
            let password = try secret(from: passwordFile)
            try await global.open { lintel in
                let operations = lintel.operations
                let grant = try await operations.grant(grant.role, properties: grant.property)
                let member = try await operations.addStaff(
                    email,
                    grant,
                    password: password.revealed
                )
                note("\(member.email) may sign in as \(member.grant.role.rawValue)")
            }
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a one-time path with which somebody chooses a password."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Their e-mail address.") var email: String
        @OptionGroup var grant: GrantOptions

        func run() async throws {
            try await global.open { lintel in
                let operations = lintel.operations
                let grant = try await operations.grant(grant.role, properties: grant.property)
                let (member, secret) = try await operations.invite(email, grant)
                note("\(member.email) chooses a password within seven days at this path:")
                say("/invitation/\(secret.revealed)")
            }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give somebody another password; they are signed out everywhere."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Their e-mail address.") var email: String
        @Option(help: "A file that holds the password.") var passwordFile: String

        func run() async throws {
            let password = try secret(from: passwordFile)
            try await global.open { lintel in
                let operations = lintel.operations
                let found = try await operations.staff().first {
                    Folding.email($0.email) == Folding.email(email)
                }
                guard let found else {
                    throw OperationError(
                        "\(email) is no member of staff; see: lintel staff list"
                    )
                }
                try await operations.setPassword(password.revealed, of: found)
                note("\(found.email) signs in with the new password from now on")
            }
        }
    }
}
