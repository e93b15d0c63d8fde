/// The rules of a family, by the path of the field; `device/path` goes before `path`.
struct FamilyRules: Sendable {
    var makers: Set<String>
    var fields: [String: FieldRule]
    /// Readings that we have and their decoder has not.
    var ours: Set<String> = []

    func rule(_ path: String, of device: String) -> FieldRule? {
        fields["\(device)/\(path)"] ?? fields[path]
    }
}

extension FamilyRules {
    static let all: [FamilyRules] = [
        .netvox, .elsys, .milesight, .cayenne, .browan, .mclimate, .dragino, .bMeters, .decentlab, .yobiiq,
        .laird, .talkpool, .micropelt,
    ]
}
