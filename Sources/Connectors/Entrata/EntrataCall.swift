/// The body of a request.
struct EntrataCall: Encodable {
    struct Authentication: Encodable {
        let type: String
    }

    struct Method: Encodable {
        let name: String
        let version: String
        let params: [String: String]
    }

    let auth: Authentication
    /// Entrata echoes it; always the same, so that the same answer has the same bytes.
    let requestId = "1"
    let method: Method
}
