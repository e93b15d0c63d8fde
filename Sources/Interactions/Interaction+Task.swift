extension Interaction {
    /// A notice of the channel `task` as an entry on the timeline, for a CRM that keeps the lists of advisors:
    /// somebody calls this person. A case of its own beside the one that it is a part of, known by the notice's id.
    public init(task notice: Notice) {
        self.init(
            id: notice.id,
            key: notice.id,
            seq: 1,
            kind: .task,
            verb: .opened,
            status: .new,
            severity: notice.urgency == .lifeSafety ? .critical : .warning,
            privacy: notice.privacy,
            pipeline: notice.pipeline,
            detector: notice.detector,
            queue: notice.role,
            subject: notice.recipient,
            site: nil,
            title: Bilingual(french: notice.text),
            at: notice.at,
            openedAt: notice.at,
            evidence: [Evidence(name: "about", value: notice.subject)],
            parent: notice.key
        )
    }
}
