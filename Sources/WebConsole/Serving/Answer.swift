import LintelModel

/// What a route answers.
enum Answer: Sendable {
    case page(Page)
    /// Another page next, which says what became of it.
    case redirect(to: String, Notice? = nil)
    /// A file to keep.
    case file(name: String, type: String, [UInt8])
    /// A value for a module in the page, as JSON.
    case json([UInt8])
    /// A session begins or ends, then another page.
    case session(SessionChange, to: String, Notice? = nil)
    /// The progress of a property's sync, told until it is over.
    case progress(PropertyID)

    enum SessionChange: Sendable {
        case begins(String)
        case ends
    }

    /// Why a page is not answered as asked.
    enum Problem: Error, Sendable {
        case notFound
        case forbidden
        case malformed(String)
    }
}

/// A page in the frame of the console.
struct Page: Sendable {
    /// The template's name.
    var template: String
    var title: String
    /// Which place of the navigation it belongs to.
    var section: Section = .none
    /// What the template shows: a value whose stored properties are the template's names.
    var model: any Sendable
    var isRefusal = false

    /// A place of the navigation.
    enum Section: String, Sendable {
        case none, overview, people, upcoming, units, integrations, alerts, activity, staff,
            tokens, properties
    }
}

/// What an act had to say, shown once on the page that follows.
struct Notice: Sendable, Equatable {
    /// The soft colour of a state, and the word for it.
    enum Kind: String, Sendable {
        case ok, see, no, sug
    }

    var kind: Kind
    var text: String

    static func done(_ text: String) -> Notice { Notice(kind: .ok, text: text) }
    static func attention(_ text: String) -> Notice { Notice(kind: .see, text: text) }
}
