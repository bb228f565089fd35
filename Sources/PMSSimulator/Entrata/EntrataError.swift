/// An error as the vendor states it: in the body, under HTTP 200.
struct EntrataError: Error {
    let code: Int
    let message: String
    var requestID = ""

    static func unauthorized(requestID: String) -> EntrataError {
        EntrataError(
            code: 401,
            message: "Authentication failed: no API key and no user name were sent.",
            requestID: requestID
        )
    }
}
