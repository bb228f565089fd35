import HTTPTypes
import LintelModel
import Operations
import SyncEngine

import struct Foundation.Data

/// One request, once it is known whose token it brings, that it may, and that what it says can be read.
struct Call: Sendable {
    /// Everything done here is done by the token.
    let operations: Operations
    let desk: SyncDesk
    let token: APIToken
    let parameters: [String: String]
    let query: [String: JSON]
    let body: [String: JSON]
    /// The file that was sent.
    let file: Data
    /// The property of the path, or of the unit of the path.
    let property: Property?
    let unit: Unit?

    /// The property of an endpoint whose place is one.
    func theProperty() throws -> Property {
        guard let property else { throw Problem.notFound }
        return property
    }

    /// The unit of an endpoint whose path names one.
    func theUnit() throws -> Unit {
        guard let unit else { throw Problem.notFound }
        return unit
    }

    /// A part of the path, as `run`.
    func parameter(_ name: String) throws -> String {
        guard let value = parameters[name] else { throw Problem.notFound }
        return value
    }

    /// How many items a page has.
    var limit: Int {
        guard case .integer(let limit)? = query["limit"] else { return 50 }
        return limit
    }

    /// Where the page begins; nil for the first.
    ///
    /// - Throws: ``Problem`` where it is none that was given out.
    func cursor() throws -> Cursor? {
        guard let text = query.text("cursor") else { return nil }
        guard let cursor = Cursor(text: text) else { throw Self.cursorIsVoid }
        return cursor
    }

    static let cursorIsVoid = Problem(
        .unprocessableContent,
        "The cursor is none that a page of this list named as its next_cursor.",
        faults: [Schema.Fault(place: "cursor", detail: "is none of this list")]
    )
}

extension [String: JSON] {
    func text(_ name: String) -> String? {
        guard case .text(let text)? = self[name] else { return nil }
        return text
    }

    func flag(_ name: String) -> Bool? {
        guard case .flag(let flag)? = self[name] else { return nil }
        return flag
    }

    func integer(_ name: String) -> Int? {
        guard case .integer(let integer)? = self[name] else { return nil }
        return integer
    }

    func texts(_ name: String) -> [String] {
        guard case .list(let values)? = self[name] else { return [] }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}
