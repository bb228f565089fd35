import Foundation
import LintelModel

extension ConnectorError {
    /// An answer that is not the JSON it should be.
    package init(_ failure: JSONSkimmer.Failure, attempting attempt: String) {
        switch failure {
        case .truncated(let offset):
            self.init(
                .truncated,
                attempting: attempt,
                "the JSON ends at byte \(offset), before its end"
            )
        case .malformed(let offset):
            self.init(
                .malformed,
                attempting: attempt,
                "expected JSON as the vendor writes it, found something else at byte \(offset)"
            )
        }
    }

    /// An answer that is not the XML it should be.
    package init(_ failure: XMLSkimmer.Failure, attempting attempt: String) {
        switch failure {
        case .truncated(let offset):
            self.init(
                .truncated,
                attempting: attempt,
                "the XML ends at byte \(offset), before its end"
            )
        case .malformed(let offset):
            self.init(
                .malformed,
                attempting: attempt,
                "expected XML as the vendor writes it, found something else at byte \(offset)"
            )
        case .declaresType(let offset):
            self.init(
                .malformed,
                attempting: attempt,
                "a document type is declared at byte \(offset), which is refused"
            )
        case .tooDeep(let offset):
            self.init(
                .malformed,
                attempting: attempt,
                "elements are nested more than \(XMLSkimmer.deepest) deep at byte \(offset)"
            )
        }
    }

    /// The refusal that an HTTP status states; nil where it states success.
    ///
    /// `words` are the vendor's own, found in the body.
    package init?(
        _ response: HTTPExchangeResponse,
        attempting attempt: String,
        words: String?,
        hiding secrets: [Secret]
    ) {
        guard !(200...299).contains(response.status) else { return nil }
        let code: Code =
            switch response.status {
            case 401: .unauthorized
            case 403: .forbidden
            case 429: .rateLimited
            case 408, 500...599: .unavailable
            default: .refused
            }
        let said = words.map { ": \(VendorWords.clean($0, hiding: secrets))" } ?? ""
        let pause = response.header("retry-after").flatMap { RetryAfter.seconds($0) }
        self.init(
            code,
            attempting: attempt,
            "HTTP \(response.status)\(said)",
            retryAfterSeconds: code == .rateLimited || code == .unavailable ? pause : nil
        )
    }

    /// A refusal inside an answer of HTTP 200, in the vendor's words.
    package init(
        _ code: Code = .refused,
        attempting attempt: String,
        words: String,
        hiding secrets: [Secret]
    ) {
        self.init(code, attempting: attempt, VendorWords.clean(words, hiding: secrets))
    }
}
