/// Who does something, as the audit log names them.
package enum AuditActor: Sendable, Equatable {
    /// A person at the command line, by the name of the operating system's user.
    case commandLine(String)
    case staff(StaffID)
    case token(TokenID)

    /// The kind, as it is stored.
    package var kind: String {
        switch self {
        case .commandLine: "command-line"
        case .staff: "staff"
        case .token: "token"
        }
    }

    /// The user's name, or the id of the member of staff or of the token.
    package var name: String {
        switch self {
        case .commandLine(let user): user
        case .staff(let id): id.text
        case .token(let id): id.text
        }
    }

    package init?(kind: String, name: String) {
        switch kind {
        case "command-line": self = .commandLine(name)
        case "staff": self = .staff(StaffID(name))
        case "token": self = .token(TokenID(name))
        default: return nil
        }
    }
}
