import HTTPTypes
import Hummingbird

/// Why a request is not answered as asked, as RFC 9457 has it.
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    /// What is wrong and what to do, as a sentence.
    let detail: String
    /// What of the request is not as it must be.
    let faults: [Schema.Fault]
    var headers: HTTPFields

    init(
        _ status: HTTPResponse.Status,
        _ detail: String,
        faults: [Schema.Fault] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.detail = detail
        self.faults = faults
        self.headers = headers
    }

    static let notFound = Problem(
        .notFound,
        "There is nothing at this address, or nothing that this token may see."
    )

    /// What is looked for within what the token may see, and is not there.
    static func missing(_ what: String) -> Problem {
        Problem(.notFound, "There is no such \(what).")
    }

    static func malformed(_ faults: [Schema.Fault]) -> Problem {
        Problem(.badRequest, "Something in the request is not as it must be.", faults: faults)
    }

    var reply: Reply {
        var reply = Reply(
            status,
            [
                "type": "about:blank",
                "title": .text(status.reasonPhrase),
                "status": .integer(status.code),
                "detail": .text(detail),
                "errors": .list(
                    faults.map { ["at": .text($0.place), "detail": .text($0.detail)] }
                ),
            ]
        )
        reply.contentType = "application/problem+json"
        reply.headers = headers
        return reply
    }

    static let schema = Schema.named("Problem") {
        [
            .takes("type", .string, "Always `about:blank`.", isRequired: true),
            .takes("title", .string, "The name of the status.", isRequired: true),
            .takes("status", .integer(400...599), "The status.", isRequired: true),
            .takes("detail", .string, "What is wrong and what to do.", isRequired: true),
            .takes(
                "errors",
                .list(
                    .object([
                        .takes(
                            "at",
                            .string,
                            "Where: a JSON Pointer (RFC 6901) into the body, or a parameter's name.",
                            isRequired: true
                        ),
                        .takes(
                            "detail",
                            .string,
                            "What was expected, and what was found.",
                            isRequired: true
                        ),
                    ])
                ),
                "What of the request is not as it must be.",
                isRequired: true
            ),
        ]
    }
}
