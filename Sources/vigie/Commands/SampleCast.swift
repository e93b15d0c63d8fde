import Interactions
import PipelineKit
import Units

/// Whom the texts of one pipeline are tried with: the names of a directory, or usual and long ones.
struct SampleCast {
    let usual: SampleSubject
    let longest: SampleSubject
    private let assets: ArraySlice<Directory.Asset>
    private let directory: DirectoryIndex?

    init(_ plan: PipelinePlan, _ directory: DirectoryIndex?) {
        self.directory = directory
        assets = plan.identity?.kind.flatMap { directory?.assets(ofKind: $0) } ?? []
        guard let directory, let first = assets.first else {
            usual = .usual(plan.privacy)
            longest = .longest
            return
        }
        func subject(_ asset: Directory.Asset) -> SampleSubject {
            SampleSubject(
                name: asset.name,
                address: directory.site(of: asset)?.address ?? "",
                person: directory.holder(of: asset)
            )
        }
        usual = subject(first)
        longest = assets.lazy.map(subject).max { $0.length < $1.length } ?? usual
    }

    /// The largest audience of any of the pipeline's assets.
    func largest(_ audience: Audience, at now: Moment) -> AudienceSize? {
        guard let directory else { return nil }
        var largest: AudienceSize?
        for asset in assets {
            let members = audience.members(for: asset, in: directory, at: now)
            if members.count > largest?.count ?? 0 { largest = AudienceSize(asset.name, members) }
        }
        return largest
    }
}

/// How many people of which language an audience has.
struct AudienceSize {
    /// The asset that it is the audience of.
    let name: String
    let readers: [Language: Int]

    var count: Int { readers.values.reduce(0, +) }

    init(_ name: String, _ members: [Directory.Person]) {
        self.name = name
        readers = Dictionary(members.map { ($0.language, 1) }, uniquingKeysWith: +)
    }
}

extension SampleSubject {
    fileprivate var length: Int { name.count + address.count }
}
