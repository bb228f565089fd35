package import LintelModel

/// Why a PMS resident is nobody here, by the rules about who is brought in.
package enum WhyNot {
    /// The first reason that keeps a residency from being brought in; nil where none of these does.
    package static func reason(
        _ known: KnownResidency,
        meaning: StatusMeaning?,
        settings: PropertySettings
    ) -> String? {
        let stated = known.stated
        let status = meaning?.status ?? stated.status
        if known.missingSince != nil { return "the PMS no longer lists it" }
        if meaning?.isExcluded == true {
            return "its lease status “\(stated.statusWord)” is excluded here"
        }
        switch status {
        case .future, .current, .notice: break
        case .unknown:
            return "its lease status “\(stated.statusWord)” has no meaning here yet"
        case .applicant, .past, .cancelled, .evicted:
            return
                "its lease status “\(stated.statusWord)” means \(status.rawValue), and only future, "
                + "current and notice residents are brought in"
        }
        if stated.role == .guarantor { return "a guarantor does not live there" }
        if !settings.roles.contains(stated.role) {
            return "this property does not bring in the role \(stated.role.rawValue)"
        }
        if stated.email == nil {
            switch stated.role {
            case .occupant, .minor:
                return "its role is \(stated.role.rawValue) and it has no e-mail address"
            default: return "it has no e-mail address in the PMS"
            }
        }
        return nil
    }

    /// What the PMS says of a residency, in words without a name.
    package static func says(_ known: KnownResidency) -> String {
        let stated = known.stated
        var parts = ["status “\(stated.statusWord)”", "role \(stated.role.rawValue)"]
        if let unit = stated.key.unit { parts.append("PMS unit \(unit)") }
        if !stated.key.lease.isEmpty { parts.append("lease \(stated.key.lease)") }
        if let start = stated.leaseStart { parts.append("lease from \(start)") }
        if let end = stated.leaseEnd { parts.append("to \(end)") }
        if let moveIn = stated.moveIn { parts.append("move-in \(moveIn)") }
        if let moveOut = stated.moveOut { parts.append("move-out \(moveOut)") }
        if known.missingSince != nil { parts.append("no longer listed") }
        return parts.joined(separator: ", ")
    }
}
