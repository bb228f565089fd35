import LintelModel
import Reconciliation
import SQLEngine

extension Change {
    /// The word for its kind in the history.
    var kind: String {
        switch self {
        case .person: "person"
        case .link: "link"
        case .assignment: "assignment"
        }
    }

    /// The assignment as it is afterwards; nil for other changes.
    var assignment: Assignment? {
        guard case .assignment(_, let after) = self else { return nil }
        return after
    }
}

/// What something was and is, as JSON in the columns `before`, `after`, `personal_before` and
/// `personal_after`.
extension SQLRows {
    mutating func append(beforeAndAfterOf change: Change) {
        switch change {
        case .person(let before, let after):
            append(stateOf: before)
            append(stateOf: after)
            append(detailsOf: before)
            append(detailsOf: after)
        case .link(let before, let after):
            append(stateOf: before)
            append(stateOf: after)
            append(detailsOf: before?.accepted)
            append(detailsOf: after?.accepted)
        case .assignment(let before, let after):
            append(stateOf: before)
            append(stateOf: after)
            appendNull()
            appendNull()
        }
    }

    private mutating func append(stateOf person: Person?) {
        guard let person else { return appendNull() }
        append(person.isArchived ? #"{"archived":true}"# : #"{"archived":false}"#)
    }

    private mutating func append(stateOf link: ResidentLink?) {
        guard let link else { return appendNull() }
        appendText { json in
            json += #"{"person":"#.utf8
            json.append(quoted: link.person.text)
            json.append(UInt8(ascii: "}"))
        }
    }

    private mutating func append(stateOf assignment: Assignment?) {
        guard let assignment else { return appendNull() }
        appendText { json in
            json += #"{"state":""#.utf8
            json += assignment.state.rawValue.utf8
            json += #"","source":""#.utf8
            json += assignment.source.rawValue.utf8
            json += #"","from":""#.utf8
            json += assignment.from.description.utf8
            if let until = assignment.until {
                json += #"","until":""#.utf8
                json += until.description.utf8
            }
            json.append(UInt8(ascii: "\""))
            if let at = assignment.endedAt {
                json += #","ended_at":\#(at.milliseconds)"#.utf8
            }
            if let expected = assignment.expectedUntil {
                json += #","expected_until":"\#(expected)""#.utf8
            }
            json.append(UInt8(ascii: "}"))
        }
    }

    private mutating func append(detailsOf person: Person?) {
        guard let person else { return appendNull() }
        append(details: person.firstName, person.lastName, person.email, person.phone)
    }

    private mutating func append(detailsOf accepted: AcceptedIdentity?) {
        guard let accepted else { return appendNull() }
        append(details: accepted.firstName, accepted.lastName, accepted.email, nil)
    }

    private mutating func append(
        details firstName: String,
        _ lastName: String,
        _ email: String?,
        _ phone: String?
    ) {
        appendText { json in
            json += #"{"first_name":"#.utf8
            json.append(quoted: firstName)
            json += #","last_name":"#.utf8
            json.append(quoted: lastName)
            if let email {
                json += #","email":"#.utf8
                json.append(quoted: email)
            }
            if let phone {
                json += #","phone":"#.utf8
                json.append(quoted: phone)
            }
            json.append(UInt8(ascii: "}"))
        }
    }
}

extension [UInt8] {
    /// Appends a JSON string; control characters, quotes and backslashes are escaped.
    fileprivate mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        if text.utf8.contains(where: Self.mustBeEscaped) {
            for byte in text.utf8 { append(escaped: byte) }
        } else {
            self += text.utf8
        }
        append(UInt8(ascii: "\""))
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0..<0x20:
            self += #"\u00"#.utf8
            self += CollectionOfOne(byte).hexadecimal.utf8
        default: append(byte)
        }
    }
}
