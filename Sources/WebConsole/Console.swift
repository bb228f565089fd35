import HTTPTypes
package import Hummingbird
import LintelModel
package import Operations
import SQLEngine
import Storage
package import SyncEngine

import struct Foundation.Data

/// The console: the pages with which a property manager works.
///
/// Each page, form and file is a ``Route``; whether somebody may have it is judged in ``admit(_:_:)`` alone.
package struct Console: Sendable {
    let operations: Operations
    let desk: SyncDesk
    let templates: Templates
    let assets: Assets
    /// Whether browsers reach it over TLS: cookies are then kept from any other way.
    let isSecure: Bool
    /// What must be shown to set up the first portfolio manager; nil once there is one.
    let setupCode: BearerSecret?

    /// - Throws: where a template of this program cannot be used.
    package init(
        operations: Operations,
        desk: SyncDesk,
        isSecure: Bool,
        setupCode: BearerSecret?
    ) throws {
        self.operations = operations
        self.desk = desk
        self.isSecure = isSecure
        self.setupCode = setupCode
        templates = try Templates()
        assets = Assets()
    }

    /// Every page, form and file.
    static let routes: [Route] =
        [
            AccountPages.routes, StaffPages.routes, TokenPages.routes, PropertyPages.routes,
            OverviewPages.routes, UnitPages.routes, UnitFilePages.routes, IntegrationPages.routes,
            SetUpPages.routes, SetUpCredentialPages.routes,
            CredentialPages.routes, PropertyIDPages.routes, PMSChangePages.routes,
            LeaseStatusPages.routes,
            UnitMappingPages.routes, PMSUnitPages.routes, MappingFilePages.routes,
            SafetyPages.routes, SyncHistoryPages.routes, SyncPages.routes,
            AlertRecordPages.routes, AlertPages.routes, ActivityPages.routes, PeoplePages.routes,
            PersonPages.routes, FindPages.routes,
            [Route.page("/**", at: .open) { _ in throw Answer.Problem.notFound }],
        ].flatMap(\.self)

    package func add<Context: RequestContext & RemoteAddressRequestContext>(
        to router: Router<Context>
    ) {
        for route in Self.routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                let address = context.remoteAddress?.ipAddress ?? "unknown"
                return try await answer(
                    route,
                    request,
                    context.parameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) },
                    from: address
                )
            }
        }
        router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
        router.get("\(assets.base)/:name") { _, context -> Response in
            guard let file = assets.file(context.parameters.get("name") ?? "") else {
                return Response(status: .notFound)
            }
            return Self.response(
                .ok,
                type: file.type,
                file.bytes,
                cache: "public, max-age=31536000, immutable"
            )
        }
    }

    // MARK: Who may

    /// Judges whether whoever makes a request may have a route: the one place where that is done.
    ///
    /// - Throws: ``Answer/Problem`` where they may not. A property out of somebody's reach is not found.
    private static func admit(
        _ route: Route,
        _ member: StaffMember?,
        _ property: Property?
    ) throws {
        switch route.place {
        case .open: return
        case .signedIn:
            guard member != nil else { throw Answer.Problem.forbidden }
        case .portfolio:
            guard member?.grant.allows(route.permission, at: nil) ?? false else {
                throw Answer.Problem.forbidden
            }
        case .property:
            guard let property, let grant = member?.grant, grant.reach.includes(property.id) else {
                throw Answer.Problem.notFound
            }
            guard grant.allows(route.permission, at: property.id) else {
                throw Answer.Problem.forbidden
            }
        }
    }

    // MARK: Answering

    private func answer(
        _ route: Route,
        _ request: Request,
        _ parameters: [String: String],
        from address: String
    ) async throws -> Response {
        let cookies = request.cookies
        let session = cookies[cookieName("session")].map { BearerSecret($0.value) }
        let guest = cookies[cookieName("guest")].map { BearerSecret($0.value) }
        var member: StaffMember?
        if let session { member = try await operations.signedIn(session) }
        let known = member == nil ? nil : session
        let secret = known ?? guest ?? .random()
        var property: Property?
        if let reference = parameters["property"] {
            property = try await operations.property(id: PropertyID(reference))
        }
        var visit = Visit(
            console: self,
            operations: member.map { operations.acting(as: .staff($0.id)) } ?? operations,
            path: request.uri.path,
            parameters: parameters.mapValues { $0.removingPercentEncoding ?? $0 },
            query: Form(encoded: request.uri.query ?? ""),
            form: Form(),
            member: member,
            session: known,
            property: property,
            address: address,
            csrf: secret.csrf,
            origin: "\(isSecure ? "https" : "http")://\(request.head.authority ?? "localhost")",
            notice: cookies[cookieName("notice")].flatMap { Notice(cookie: $0.value) }
        )
        var response: Response
        do {
            if route.place != .open, member == nil {
                return try await signInFirst(request)
            }
            try Self.admit(route, member, property)
            if route.method == .post {
                visit = try await visit.reading(request, limit: route.formLimit)
            }
            response = try await respond(try await route.handle(visit), visit)
        } catch let problem as Answer.Problem {
            response = try await refuse(problem, visit)
        } catch let error as OperationError {
            // A page keeps what was typed where it can; what it did not expect is said on a page of its own.
            response = try await problemPage(.unprocessableContent, "\(error)", visit)
        } catch let error as SQLError {
            response = try await problemPage(
                .serviceUnavailable,
                "The database does not answer: \(error)",
                visit
            )
        }
        if visit.notice != nil, request.method == .get, response.status == .ok {
            response.setCookie(cookie("notice", "", age: 0))
        }
        if known == nil, guest == nil { response.setCookie(cookie("guest", secret.revealed)) }
        return response
    }

    private func respond(_ answer: Answer, _ visit: Visit) async throws -> Response {
        switch answer {
        case .page(let page):
            return try await html(page.isRefusal ? .unprocessableContent : .ok, page, visit)
        case .redirect(let target, let notice): return redirect(to: target, notice)
        case .file(let name, let type, let bytes):
            var response = Self.response(.ok, type: type, bytes)
            response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
            return response
        case .json(let bytes):
            return Self.response(.ok, type: "application/json; charset=utf-8", bytes)
        case .session(let change, let target, let notice):
            var response = redirect(to: target, notice)
            switch change {
            case .begins(let secret):
                response.setCookie(
                    cookie("session", secret, age: Int(Sessions.longestMilliseconds / 1000))
                )
            case .ends: response.setCookie(cookie("session", "", age: 0))
            }
            return response
        case .progress(let property): return progress(of: property)
        }
    }

    private func signInFirst(_ request: Request) async throws -> Response {
        if try await operations.hasNoStaff() { return redirect(to: "/setup", nil) }
        guard request.method == .get, request.uri.path != "/" else {
            return redirect(to: "/sign-in", nil)
        }
        let next = request.uri.description.addingPercentEncoding(
            withAllowedCharacters: .alphanumerics
        )
        return redirect(to: "/sign-in?next=\(next ?? "")", nil)
    }

    private func redirect(to target: String, _ notice: Notice?) -> Response {
        var response = Self.response(.seeOther, type: "text/plain; charset=utf-8", [])
        response.headers[.location] = target
        if let notice { response.setCookie(cookie("notice", notice.cookie, age: 60)) }
        return response
    }

    private func refuse(_ problem: Answer.Problem, _ visit: Visit) async throws -> Response {
        switch problem {
        case .notFound:
            return try await problemPage(
                .notFound,
                "There is nothing at this address, or nothing that you may see.",
                visit
            )
        case .forbidden:
            return try await problemPage(
                .forbidden,
                "Your role does not include this. A portfolio manager can change that under Staff.",
                visit
            )
        case .malformed(let what): return try await problemPage(.badRequest, what, visit)
        }
    }

    private func problemPage(
        _ status: HTTPResponse.Status,
        _ text: String,
        _ visit: Visit
    ) async throws -> Response {
        let page = Page(
            template: "problem",
            title: "This did not work",
            model: ProblemModel(text: text, back: visit.property == nil ? "/" : visit.at())
        )
        return try await html(status, page, visit)
    }

    private struct ProblemModel: Sendable {
        let text: String
        let back: String
    }

    private func html(
        _ status: HTTPResponse.Status,
        _ page: Page,
        _ visit: Visit
    ) async throws -> Response {
        let frame = try await Frame(page, visit)
        let text = try templates.render(
            page.template,
            FramedPage(frame: frame, page: page.model, csrf: visit.csrf)
        )
        return Self.response(status, type: "text/html; charset=utf-8", Array(text.utf8))
    }

    static func response(
        _ status: HTTPResponse.Status,
        type: String,
        _ bytes: [UInt8],
        cache: String = "no-store"
    ) -> Response {
        var headers: HTTPFields = [
            .contentType: type,
            .cacheControl: cache,
            .contentSecurityPolicy: "default-src 'none'; style-src 'self'; script-src 'self'; "
                + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'",
            .xContentTypeOptions: "nosniff",
        ]
        for name in ["Referrer-Policy", "Cross-Origin-Opener-Policy"] {
            if let name = HTTPField.Name(name) { headers[name] = "same-origin" }
        }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    // MARK: Cookies

    /// Behind TLS the prefix keeps every other host and way from setting it (RFC 6265bis, section 4.1.3).
    func cookieName(_ name: String) -> String {
        isSecure ? "__Host-lintel-\(name)" : "lintel-\(name)"
    }

    private func cookie(_ name: String, _ value: String, age: Int? = nil) -> Cookie {
        Cookie(
            name: cookieName(name),
            value: value,
            maxAge: age,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }
}
