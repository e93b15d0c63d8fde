import TestSupport
import Testing

@testable import Interactions

@Suite("Routing")
struct RoutingTests {
    @Test("The first rule that holds decides, a text goes first, and nothing is named twice")
    func rules() {
        let routing = Routing(
            Routing.Rule(.critical, of: .technical, by: .watch, .text, .watch, .chat),
            Routing.Rule(.critical, .warning, by: .watch),
            Routing.Rule(.advice, by: .task)
        )
        #expect(routing.channels(for: .critical, .technical, isAudience: false) == [.text, .watch, .chat])
        #expect(routing.channels(for: .warning, .health, isAudience: false) == [.watch])
        #expect(routing.channels(for: .advice, .personal, isAudience: false) == [.task])
        #expect(routing.channels(for: .info, .personal, isAudience: false) == [.text])
    }

    @Test("An audience gets texts, unless the routing says otherwise")
    func audiences() {
        let watches = Routing.Rule(.warning, by: .watch)
        #expect(Routing(watches).channels(for: .warning, .technical, isAudience: true) == [.text])
        let chatty = Routing(watches, audiences: [.chat])
        #expect(chatty.channels(for: .warning, .technical, isAudience: true) == [.chat])
        let silent = Routing(watches, audiences: [])
        #expect(silent.channels(for: .warning, .technical, isAudience: true) == [.text])
    }

    @Test("Another way of asking replaces the text, and the rest comes besides")
    func asked() {
        let standard = Routing.standard
        #expect(
            standard.channels(for: .critical, .health, isAudience: false, asked: .voice) == [
                .voice, .watch, .task,
            ]
        )
        #expect(
            standard.channels(for: .critical, .technical, isAudience: false, asked: .secondText)
                == [.secondText, .watch, .chat]
        )
        #expect(
            Routing.textOnly.channels(for: .warning, .technical, isAudience: false, asked: .voice) == [.voice]
        )
    }

    @Test("The standard shows nothing about health in the team's chat")
    func standard() {
        for severity in Severity.allCases {
            #expect(!Routing.standard.channels(for: severity, .health, isAudience: false).contains(.chat))
        }
        #expect(Routing.standard.channels(for: .advice, .health, isAudience: false) == [.text])
        #expect(Routing.standard.channels(for: .warning, .personal, isAudience: false) == [.text, .watch])
    }

    @Test(
        "Whatever the rules say: somebody is told, once by each channel, and of what is critical by text or voice"
    )
    func always() {
        var dice = Dice(seed: 41)
        func some<Value>(_ values: [Value]) -> [Value] { values.filter { _ in dice.below(3) == 0 } }
        for _ in 0..<5000 {
            let rules = (0..<dice.below(4)).map { _ in
                Routing.Rule(
                    severities: Set(some(Severity.allCases)),
                    privacy: Set(some(PrivacyClass.allCases)),
                    channels: some(Channel.allCases) + some(Channel.allCases)
                )
            }
            let routing = Routing(rules: rules, audiences: some(Channel.allCases))
            for severity in Severity.allCases {
                let isAudience = dice.below(2) == 0
                let asked = dice.below(2) == 0 ? Channel.text : Channel.allCases[dice.below(6)]
                let channels = routing.channels(for: severity, .health, isAudience: isAudience, asked: asked)
                #expect(!channels.isEmpty && Set(channels).count == channels.count)
                #expect(asked == .text || channels.contains(asked))
                let isLoud = channels.contains { [.text, .secondText, .voice].contains($0) }
                #expect(severity != .critical || isLoud, "\(channels)")
            }
        }
    }
}
