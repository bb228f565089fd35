import LintelModel

extension JSONOutline {
    /// Judges an answer that must carry a list: its HTTP status, that it is whole, and that the list is
    /// there.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - list: The member that is the list; nil where the answer is the list itself.
    ///   - members: Members beside the list that are wanted.
    ///   - attempt: What was attempted, for errors.
    ///   - secrets: What the vendor may have echoed and nobody may see.
    /// - Returns: What the answer says of its list, whose number of rows is known.
    /// - Throws: ``ConnectorError``, in the vendor's words where it gave some.
    package static func judge(
        _ response: HTTPExchangeResponse,
        list: StaticString?,
        members: [StaticString] = [],
        attempting attempt: String,
        hiding secrets: [Secret]
    ) throws(ConnectorError) -> JSONOutline {
        let outline = try whole(
            response,
            list: list,
            members: members,
            attempting: attempt,
            hiding: secrets
        )
        guard outline.rows == nil else { return outline }
        if let words = outline.words {
            throw ConnectorError(attempting: attempt, words: words, hiding: secrets)
        }
        let expected = list.map { "a list in \"\($0)\"" } ?? "a list"
        throw ConnectorError(
            .malformed,
            attempting: attempt,
            "expected \(expected), and nothing says that it is empty"
        )
    }

    /// Judges an answer that must be whole JSON, with a list or without one.
    package static func whole(
        _ response: HTTPExchangeResponse,
        list: StaticString?,
        members: [StaticString] = [],
        attempting attempt: String,
        hiding secrets: [Secret]
    ) throws(ConnectorError) -> JSONOutline {
        let refusal = ConnectorError(
            response,
            attempting: attempt,
            words: words(in: response.body),
            hiding: secrets
        )
        if let refusal { throw refusal }
        guard !response.body.isEmpty else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "HTTP \(response.status) with an empty body; expected JSON"
            )
        }
        do throws(JSONSkimmer.Failure) {
            return try JSONOutline(of: response.body, list: list, members: members)
        } catch {
            throw ConnectorError(error, attempting: attempt)
        }
    }
}

extension PageEvidence {
    /// The evidence of a JSON list that was judged, with what the vendor says of the list's length.
    package init(_ outline: JSONOutline, total: Int? = nil, namesNext: Bool? = nil) {
        self.init(
            rows: outline.rows ?? 0,
            total: total,
            namesNext: namesNext,
            fingerprint: outline.fingerprint ?? ContentHash(stored: "")
        )
    }
}
