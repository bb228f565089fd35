/// A way in which a PMS fails, by the name it has on the command line.
package enum Fault: String, Sendable, CaseIterable {
    /// Announces a whole answer, sends half of it and closes the connection.
    case drop
    /// Sends the head of the answer and then nothing, until the client gives up.
    case stall
    /// HTTP 403, as where a service is not licensed.
    case forbidden = "403"
    /// HTTP 429 with `Retry-After`.
    case tooManyRequests = "429"
    /// HTTP 500 with a page for people, as a gateway answers.
    case serverError = "500"
    /// HTTP 200 whose body is an error.
    case inBandError = "in-band-error"
    /// HTTP 200 whose body ends in the middle, with a `Content-Length` that agrees.
    case truncatedBody = "truncated-body"
    /// Half the rows of every page, rounded down; the total stays true.
    case shortPage = "short-page"
    /// A well-formed list of nothing, total 0.
    case emptyList = "empty-list"
    /// The first half of every page again in place of its second half; the number of rows stays true.
    case duplicateRows = "duplicate-rows"
    /// A total a tenth above the truth, and at least one.
    case wrongTotal = "wrong-total"

    /// Every name, as an error message lists them.
    package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
