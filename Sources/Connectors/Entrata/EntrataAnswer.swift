import ConnectorKit
import Foundation
import LintelModel

/// One answer that was judged whole and free of errors, its records not yet decoded.
struct EntrataAnswer: Sendable {
    let body: Data
    let evidence: PageEvidence

    /// Judges an answer.
    ///
    /// A list that is not there is malformed, never empty, unless the answer counts zero records; `[]`
    /// and `{}` in its place are empty lists, as PHP writes them.
    ///
    /// - Throws: ``ConnectorError``, in Entrata's words where it gave some.
    init(
        _ response: HTTPExchangeResponse,
        to operation: EntrataOperation,
        attempting attempt: String,
        hiding secrets: [Secret]
    ) throws(ConnectorError) {
        let outline = try Self.outline(of: response, to: operation, attempting: attempt)
        if let refusal = Self.refusal(
            in: response,
            outline: outline,
            attempting: attempt,
            hiding: secrets
        ) {
            throw refusal
        }
        guard let outline, let result = outline.result else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "the answer has neither an error nor a result"
            )
        }
        var total = outline.total ?? response.header("x-total-count").flatMap { Int($0.trimmed) }
        guard let rows = outline.rows ?? (total == 0 ? 0 : nil) else {
            let path = (operation.listPath + (operation.recordPath ?? []))
                .map(\.description).joined(separator: ".")
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "the result has no \(path), and nothing says that the list is empty"
            )
        }
        if operation.recordPath != nil, let stated = total, stated == outline.elements,
            stated < rows
        {
            // This total counts the properties around the units, not the units.
            total = nil
        }
        let start = response.body.startIndex
        let stated = response.body[(start + result.lowerBound)..<(start + result.upperBound)]
        body = response.body
        evidence = PageEvidence(
            rows: rows,
            total: operation == .getLeasePickList ? nil : total,
            lastPage: outline.lastPage,
            namesNext: PageEvidence.namesNext(
                inLinks: response.headers.filter { $0.name == "link" }.map(\.value)
            ),
            fingerprint: ContentHash(of: stated)
        )
    }

    /// The outline of a body; nil for one that is no JSON where the status says all there is to say.
    private static func outline(
        of response: HTTPExchangeResponse,
        to operation: EntrataOperation,
        attempting attempt: String
    ) throws(ConnectorError) -> EntrataOutline? {
        let isSuccess = (200...299).contains(response.status)
        guard !response.body.isEmpty else {
            guard isSuccess else { return nil }
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "HTTP \(response.status) with an empty body; expected JSON"
            )
        }
        do throws(JSONSkimmer.Failure) {
            return try EntrataOutline(of: response.body, to: operation)
        } catch {
            guard isSuccess else { return nil }
            switch error {
            case .truncated(let offset):
                throw ConnectorError(
                    .truncated,
                    attempting: attempt,
                    "the JSON ends at byte \(offset), before its end"
                )
            case .malformed(let offset):
                let type = VendorWords.clean(response.header("content-type") ?? "no content type")
                throw ConnectorError(
                    .malformed,
                    attempting: attempt,
                    "expected a JSON object, found something else at byte \(offset) (\(type))"
                )
            }
        }
    }

    /// The error of an answer, whether in its status or in its body; nil where it has none.
    private static func refusal(
        in response: HTTPExchangeResponse,
        outline: EntrataOutline?,
        attempting attempt: String,
        hiding secrets: [Secret]
    ) -> ConnectorError? {
        let isSuccess = (200...299).contains(response.status)
        let inBand = outline?.errorCode ?? outline?.code.flatMap { $0 == "200" ? nil : $0 }
        guard !isSuccess || outline?.errorMessage != nil || inBand != nil else { return nil }
        var message = "HTTP \(response.status)"
        if let inBand { message += ", code \(VendorWords.clean(inBand, hiding: secrets))" }
        if let words = outline?.errorMessage {
            message += ": \(VendorWords.clean(words, hiding: secrets))"
        }
        let judged = isSuccess ? inBand.flatMap { Int($0) } ?? 0 : response.status
        let code: ConnectorError.Code =
            switch judged {
            case 401: .unauthorized
            case 403: .forbidden
            case 310, 429: .rateLimited
            case 408, 500...599: .unavailable
            default: .refused
            }
        let pause = response.header("retry-after").flatMap { RetryAfter.seconds($0) }
        return ConnectorError(
            code,
            attempting: attempt,
            message,
            retryAfterSeconds: code == .rateLimited || code == .unavailable ? pause : nil
        )
    }
}
