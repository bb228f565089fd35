package import LintelModel
import SQLEngine
import Storage

/// Those who did things, by the names under which people know them.
package struct ActorNames: Sendable {
    private let staff: [StaffID: String]
    private let tokens: [TokenID: String]

    init(_ staff: [StaffMember], _ tokens: [APIToken]) {
        self.staff = Dictionary(uniqueKeysWithValues: staff.map { ($0.id, $0.email) })
        self.tokens = Dictionary(uniqueKeysWithValues: tokens.map { ($0.id, $0.name) })
    }

    package func name(of actor: AuditActor) -> String {
        switch actor {
        case .commandLine(let user): "\(user), at the command line"
        case .staff(let id): staff[id] ?? "somebody who is gone"
        case .token(let id): "token “\(tokens[id] ?? id.text)”"
        }
    }

    /// The address of a member of staff; nil for an id that is none's.
    package func email(of id: String) -> String? { staff[StaffID(id)] }
}

extension Operations {
    package func actorNames() async throws -> ActorNames {
        ActorNames(try await staff(), try await tokens())
    }
}
