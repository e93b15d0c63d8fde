import Units

/// Who was told by one announcement of a case, and so who is owed the end of it.
///
/// The set is fixed when the announcement begins; who joins those concerned later gets one catch-up and is owed the
/// end from then on. Whoever was told is told the end, once. Owed nothing is only who certainly heard nothing.
public struct AudienceRecord: Hashable, Sendable {
    /// One of those who were told.
    public struct Member: Hashable, Sendable {
        public let person: String
        /// The first message that told them, which the end follows.
        public let notice: String
        /// That message certainly did not arrive.
        public fileprivate(set) var isUnreached = false

        public init(person: String, notice: String, isUnreached: Bool = false) {
            self.person = person
            self.notice = notice
            self.isUnreached = isUnreached
        }
    }

    /// In the order in which they were told.
    public private(set) var members: [Member] = []
    private var places: [String: Int] = [:]
    private var placesByNotice: [String: Int] = [:]
    /// The end was told, or there never was a beginning.
    public private(set) var isClosed = false
    /// When the promised next word is due.
    public var nextWord: Moment?
    /// News told so far, so that each has a phase of its own.
    public var newsCount = 0

    public init() {}

    /// Who must hear every later phase.
    public var owed: [Member] { isClosed ? [] : members.filter { !$0.isUnreached } }

    public func holds(_ person: String) -> Bool { places[person] != nil }

    /// Somebody was told that it began, or how it stands.
    public mutating func told(_ person: String, by notice: String) {
        guard places[person] == nil else { return }
        places[person] = members.count
        placesByNotice[notice] = members.count
        members.append(Member(person: person, notice: notice))
    }

    /// The first message to somebody certainly did not arrive: they are not owed an end to what they never heard of.
    ///
    /// - Returns: whom it was for; nil when the notice is no first message of this record.
    public mutating func failed(_ notice: String) -> String? {
        guard let place = placesByNotice[notice] else { return nil }
        members[place].isUnreached = true
        return members[place].person
    }

    /// It arrived after all.
    public mutating func arrived(_ notice: String) {
        if let place = placesByNotice[notice] { members[place].isUnreached = false }
    }

    /// Who is owed the end is told it now; nobody is owed anything afterwards.
    public mutating func close() -> [Member] {
        let owed = owed
        isClosed = true
        nextWord = nil
        return owed
    }

    /// It has come back: everybody is told anew.
    public mutating func reopen() {
        members = []
        places = [:]
        placesByNotice = [:]
        isClosed = false
        nextWord = nil
        newsCount = 0
    }
}

extension AudienceRecord {
    /// As a snapshot kept it.
    public init(members: [Member], isClosed: Bool, nextWord: Moment?, newsCount: Int) {
        self.init()
        for member in members {
            told(member.person, by: member.notice)
            self.members[self.members.count - 1] = member
        }
        self.isClosed = isClosed
        self.nextWord = nextWord
        self.newsCount = newsCount
    }
}
