import ConnectorKit
import Foundation
import LintelModel

/// A transport that signs in to Rent Manager, sends the token with each request, and signs in once more
/// where the token is not accepted any longer.
///
/// Rent Manager allows a user few sign-ins at a time, so there is one token for all requests and one
/// sign-in at a time.
actor RentManagerSession: HTTPTransport {
    private let settings: RentManagerSettings
    private let transport: any HTTPTransport
    private var token: Secret?
    private var isSigningIn = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ settings: RentManagerSettings, over transport: any HTTPTransport) {
        self.settings = settings
        self.transport = transport
    }

    func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        let first = try await token(unlike: nil)
        let response = try await transport.send(request.signed(with: first, for: settings))
        guard response.status == 401 else { return response }
        let second = try await token(unlike: first)
        return try await transport.send(request.signed(with: second, for: settings))
    }

    /// A token other than that one; the known one, else a new one.
    private func token(unlike refused: Secret?) async throws(ConnectorError) -> Secret {
        while isSigningIn {
            await withCheckedContinuation { waiting.append($0) }
        }
        if let token, token != refused { return token }
        isSigningIn = true
        defer {
            isSigningIn = false
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
        token = nil
        let fresh = try await signIn()
        token = fresh
        return fresh
    }

    private func signIn() async throws(ConnectorError) -> Secret {
        struct Credentials: Encodable {
            enum CodingKeys: String, CodingKey {
                case username = "Username"
                case password = "Password"
                case location = "LocationID"
            }

            let username: String
            let password: String
            let location: Int
        }
        let attempt = "AuthorizeUser"
        let credentials = Credentials(
            username: settings.username,
            password: settings.password.revealed,
            location: settings.location
        )
        let body: Data
        do {
            body = try JSONEncoder().encode(credentials)
        } catch {
            throw ConnectorError(.malformed, attempting: attempt, "the request cannot be written")
        }
        let response = try await transport.send(
            HTTPExchangeRequest(
                method: "POST",
                url: "\(settings.endpoint.text)/Authentication/AuthorizeUser",
                headers: [
                    (name: "Content-Type", value: "application/json"),
                    (name: "Accept", value: "application/json"),
                ],
                body: body
            )
        )
        // A refusal goes on as the answer to the request, where it is judged like any other.
        let refusal = ConnectorError(
            response,
            attempting: attempt,
            words: JSONOutline.words(in: response.body),
            hiding: settings.secrets
        )
        if let refusal { throw refusal }
        let token: String?
        do throws(JSONSkimmer.Failure) {
            token = try JSONSkimmer.read(response.body) { skimmer throws(JSONSkimmer.Failure) in
                try skimmer.kind() == .string ? try skimmer.scalar() : nil
            }
        } catch {
            throw ConnectorError(error, attempting: attempt)
        }
        guard let token, !token.isEmpty,
            token.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 })
        else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "expected a token as a JSON string"
            )
        }
        return Secret(token)
    }
}

extension HTTPExchangeRequest {
    fileprivate func signed(
        with token: Secret,
        for settings: RentManagerSettings
    ) -> HTTPExchangeRequest {
        var request = self
        request.headers.append((name: "X-RM12Api-ApiToken", value: token.revealed))
        request.headers.append((name: "X-RM12Api-LocationId", value: "\(settings.location)"))
        return request
    }
}
