import Hummingbird
import LintelModel

/// One page, form or file of the console, as a value: where it is, what it needs, what it answers.
///
/// What a route needs is judged in one place, before its handler runs: see ``Console/admit(_:_:)``.
struct Route: Sendable {
    /// Whom a route is for, and at what it is judged what they may do.
    enum Place: Sendable, Equatable {
        /// Anybody, signed in or not.
        case open
        /// Whoever is signed in.
        case signedIn
        /// Whoever has the permission for the portfolio as a whole.
        case portfolio
        /// Whoever has the permission at the property of the path's `:property`.
        case property
    }

    let method: HTTPRequest.Method
    /// The path as the router reads it, as `/properties/:property/units`.
    let path: String
    let place: Place
    let permission: Permission
    /// How many bytes a form may have.
    let formLimit: Int
    let handle: @Sendable (Visit) async throws -> Answer

    /// A page to look at.
    static func page(
        _ path: String,
        at place: Place = .property,
        needs permission: Permission = .read,
        _ handle: @Sendable @escaping (Visit) async throws -> Answer
    ) -> Route {
        Route(
            method: .get,
            path: path,
            place: place,
            permission: permission,
            formLimit: 0,
            handle: handle
        )
    }

    /// A form that is sent: what it does needs `operate` where nothing else is said.
    ///
    /// - Parameters:
    ///   - path: where it is sent to.
    ///   - place: whom it is for.
    ///   - permission: what it needs.
    ///   - limit: how many bytes it may have.
    ///   - refused: the page of the form with what was typed and what was wrong, once ``FormErrors`` or an
    ///     ``OperationError`` was thrown; nil for a form in which nothing can be wrong: that is said on a page of its own.
    ///   - handle: does what the form asks for.
    /// - Returns: the route.
    static func form(
        _ path: String,
        at place: Place = .property,
        needs permission: Permission = .operate,
        limit: Int = 1 << 20,
        refused: (@Sendable (Visit, FormErrors) async throws -> Page)? = nil,
        _ handle: @Sendable @escaping (Visit) async throws -> Answer
    ) -> Route {
        Route(
            method: .post,
            path: path,
            place: place,
            permission: permission,
            formLimit: limit
        ) { visit in
            do {
                return try await handle(visit)
            } catch {
                guard let refused, let errors = FormErrors(error) else { throw error }
                var page = try await refused(visit, errors)
                page.isRefusal = true
                return .page(page)
            }
        }
    }
}
